"""How gunicorn serves the site; the address to bind comes from its command line."""

workers = 2
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 3
accesslog = "-"
# The path without its query string, the status, and how many milliseconds it took.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(M)s ms"


def on_starting(server):
    """What gunicorn itself tells of failures keeps to the same rule as our own log lines."""
    from kela_kunta.base.logs import WithoutQuery

    for handler in server.log.error_log.handlers:
        handler.addFilter(WithoutQuery())
