"""The one settings module. Values come from the environment through kela_kunta.env."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF

from kela_kunta import env

BASE_DIR = Path(__file__).resolve().parent.parent

# What this installation is
DEMO = env.flag("KELA_KUNTA_DEMO", "1 for the demo with invented people on the own machine; refused elsewhere.")
SECRET_KEY = env.text("SECRET_KEY", "Signs sessions and forms; at least 50 random characters.")
if len(SECRET_KEY) < 50:
    env.stop("SECRET_KEY must have at least 50 characters.")
# Health probes come from the machine itself.
ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS", "Host names that this site answers to."), "127.0.0.1"]
PUBLIC_URL = env.url("PUBLIC_URL", "Where people reach this site; http only in the demo.", "https", "http")
SEALING_KEYS = env.keys("SEALING_KEYS", "Encrypt identity codes; the highest version seals, all of them unseal.")
INDEX_KEY = env.key("INDEX_KEY", "Makes the blind index of identity codes.")
ALLOW_ARTIFICIAL_IDENTITY_CODES = (
    env.flag("ALLOW_ARTIFICIAL_IDENTITY_CODES", "1 accepts identity codes with an individual number of 900 to 999.")
    or DEMO
)
SECURE = not DEMO
if DEMO and urlsplit(PUBLIC_URL).hostname not in ("127.0.0.1", "localhost"):
    env.stop("KELA_KUNTA_DEMO=1 is only for the own machine: PUBLIC_URL must begin with http://127.0.0.1.")
if SECURE and not PUBLIC_URL.startswith("https://"):
    env.stop("PUBLIC_URL must begin with https://.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "template_partials",
    "csp",
    *(["kela_kunta.demo"] if DEMO else []),  # before base, whose replay_year only refuses
    "kela_kunta.base",
    "kela_kunta.integration",
    "contacts",
    "accounts",
    "delivery",
    "referrals",
    "stats",
]

MIDDLEWARE = [
    "kela_kunta.base.middleware.ApiProblems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "kela_kunta.base.middleware.BodyLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.login.SecondFactorMiddleware",
    "accounts.middleware.ActingMiddleware",
]

ROOT_URLCONF = "kela_kunta.urls"
WSGI_APPLICATION = "kela_kunta.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kela_kunta.context.frame",
            ],
        },
    }
]

# PostgreSQL is the truth: the application connects as a role that owns nothing.
DATABASE = env.database("DATABASE_URL", "PostgreSQL, as kela_kunta_app; for `migrate` alone as kela_kunta_owner.")
DATABASES = {
    "default": DATABASE
    | {
        "CONN_HEALTH_CHECKS": True,  # else each pooled connection fails once after PostgreSQL was away
        "OPTIONS": DATABASE["OPTIONS"]
        | {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
            "application_name": "kela_kunta",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "base_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # else 300, and wrong passwords for others push out those for one
    }
}

# Celery and Redis only wake workers up: rows are the queue, the sweep is the retry.
REDIS_URL = env.url(
    "REDIS_URL", "Redis or Valkey, which wakes the workers.", "redis", "rediss", default="redis://127.0.0.1:6379/0"
)
ROUTE_EVERY = env.seconds("ROUTE_EVERY", "How often the sweep routes what no wake-up reached.", 30)
DELIVER_EVERY = env.seconds("DELIVER_EVERY", "How often the sweep delivers letters and webhooks that wait.", 30)
WEBHOOK_PORTS = env.ports("WEBHOOK_PORTS", "Ports that webhooks may be called at.", ["443", "8443"])
WEBHOOK_LOOPBACK = env.flag(
    "WEBHOOK_LOOPBACK", "1 calls webhooks on the own machine too, by http and at any port; only with KELA_KUNTA_DEMO=1."
)
if WEBHOOK_LOOPBACK and not DEMO:
    env.stop("WEBHOOK_LOOPBACK=1 is only for the demo: a webhook must never lead to our own side of the wall.")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "health_check_interval": 5,
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
# Else Celery closes the pool around every task, and a new connection costs more than routing; see kela_kunta/celery.py.
CELERY_DB_REUSE_MAX = sys.maxsize
CELERY_TASK_SERIALIZER = "json"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Helsinki"
CELERY_BEAT_SCHEDULE = {
    "route what waits": {
        "task": "referrals.route_pending",
        "schedule": timedelta(seconds=ROUTE_EVERY),
        "options": {"expires": ROUTE_EVERY},
    },
    "deliver what waits": {
        "task": "delivery.deliver_pending",
        "schedule": timedelta(seconds=DELIVER_EVERY),
        "options": {"expires": DELIVER_EVERY},
    },
    "remind who does not fetch": {
        "task": "delivery.remind_unfetched",
        "schedule": timedelta(minutes=10),  # by the day's three times; what one missed the next one does
        "options": {"expires": 600},
    },
    "forget calls of long ago": {
        "task": "delivery.forget_old_deliveries",
        "schedule": crontab(hour="3", minute="40"),
        "options": {"expires": 3600},
    },
    "hand over what an ended authority holds": {
        "task": "referrals.hand_over_ended",
        "schedule": crontab(minute="5"),  # the first after midnight matters; a later one comes for what that one missed
        "options": {"expires": 3600},
    },
    "escalate what nobody takes note of": {
        "task": "referrals.escalate_waiting",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 60},
    },
    "find whom the months paid mean": {
        "task": "referrals.detect_alerts",
        "schedule": crontab(hour="4", minute="20"),
        "options": {"expires": 3600},
    },
    "send the alerts whose day has come": {
        "task": "referrals.release_alerts",
        "schedule": crontab(minute="35"),
        "options": {"expires": 3600},
    },
    "carry out recalls": {
        "task": "referrals.carry_out_recalls",
        "schedule": timedelta(seconds=60),
        "options": {"expires": 60},
    },
    "measure how fast the authorities are": {
        "task": "referrals.measure_pace",
        "schedule": crontab(minute="20"),
        "options": {"expires": 3600},
    },
    "ask who keeps the directory": {
        "task": "contacts.check_directory",
        "schedule": crontab(hour="4", minute="0"),
        "options": {"expires": 3600},
    },
    "forget files that nobody imported": {
        "task": "contacts.forget_uploads",
        "schedule": crontab(minute="40"),
        "options": {"expires": 3600},
    },
    "forget expired tokens": {
        "task": "accounts.clear_expired_tokens",
        "schedule": crontab(hour="3", minute="15"),
        "options": {"expires": 3600},
    },
    "delete what is not kept any more": {
        "task": "referrals.purge_expired",
        "schedule": crontab(hour="3", minute="45"),
        "options": {"expires": 3600},
    },
    "fold what has changed into the counts": {
        "task": "stats.fold_counts",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "count the year": {
        "task": "stats.build_counts",
        "schedule": crontab(hour="2", minute="30"),
        "options": {"expires": 3600},
    },
}

# Letters
MAIL_SERVER = env.mail("EMAIL_URL", "The mail server that takes letters.")
EMAIL_BACKEND, EMAIL_FILE_PATH = MAIL_SERVER.backend, MAIL_SERVER.folder
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starttls, MAIL_SERVER.tls
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Whom letters come from; nobody reads answers.")

# Languages and times
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "kela_kunta" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

# Who logs in, and how
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.login.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_RATE_LIMITS = {  # a whole office may come from one address
    "login": "300/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "token_failed": "30/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0  # whoever ends TLS adds the caller to X-Forwarded-For
MFA_ADAPTER = "accounts.login.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kela–kunta"
SECOND_FACTOR_REQUIRED = not DEMO
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# The browser's guard
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# REST API
API_CALLS_PER_MINUTE = env.count(
    "API_CALLS_PER_MINUTE",
    "How often a client, or an address without a valid token, may call the API in a minute.",
    3_000,
)
TOKENS_PER_MINUTE = env.count(
    "TOKENS_PER_MINUTE", "How often a client may fetch an access token from one address in a minute.", 60
)
STATISTICS_CALLS_PER_MINUTE = env.count(
    "STATISTICS_CALLS_PER_MINUTE",
    "How often an address may call the PxWeb API, which is open to everybody, in a minute.",
    60,
)
XROAD_SERVERS = env.networks(
    "XROAD_SERVERS", "Security servers of X-Road, whose X-Road headers are believed; nobody else's are.", []
)
CLIENT_CERTIFICATE_HEADER = env.header(
    "CLIENT_CERTIFICATE_HEADER",
    "The header in which the proxy tells the certificate of mutual TLS, and overwrites whatever callers send.",
)
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.ApiClient"
OAUTH2_PROVIDER = {
    "OAUTH2_VALIDATOR_CLASS": "accounts.ways.ClientValidator",
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "SCOPES_BACKEND_CLASS": "accounts.scopes.ClientScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 10 * 60,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    # The best current practice of RFC 9700, whole.
    **{
        f"COMPLIANT_BCP_RFC9700_{part}": True
        for part in (
            "IMPLICIT_GRANT",
            "PASSWORD_GRANT",
            "PKCE_METHOD",
            "PKCE_REQUIRED",
            "ACCESS_TOKEN_TRANSPORT",
            "AUTHZ_RESPONSE_ISS",
            "TOKEN_STORAGE",
            "REFRESH_TOKEN",
            "REDIRECT_URI_SCHEME",
            "REDIRECT_URI_MATCHING",
        )
    },
}
REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "accounts.api.problem_response",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "accounts.schema.ApiSchema",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kela–kunta",
    "DESCRIPTION": "Referrals from Kela to the authority that is to act, and what becomes of them.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["accounts.schema.tidy"],
}

# Static files, with names that change when they do
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "kela_kunta" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Log lines tell what happened and to which id; never a name, a code, a query string or a body.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_query": {"()": "kela_kunta.base.logs.WithoutQuery"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_query"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
