"""What log lines may hold."""

from __future__ import annotations

import logging
import re

_QUERY = re.compile(r"\?[^\s\"']*")


class WithoutQuery(logging.Filter):
    """Cuts query strings and the texts of exceptions, where people's data could stand."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = _QUERY.sub("?…", record.getMessage())
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            for text in filter(None, (repr(error), str(error))):
                message = message.replace(text, type(error).__name__)
            record.exc_text = _places(error)
        record.msg, record.args = message, ()
        return True


def _places(error: BaseException) -> str:
    """The kind of an error and the places it passed, without its text."""
    places = []
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        places.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return "\n".join([type(error).__name__, *places])
