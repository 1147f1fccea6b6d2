"""What a receiver's answer to a webhook means."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_PUT_OFF = timedelta(hours=6)  # that a receiver may ask for
_SECONDS = re.compile(r"[0-9]{1,9}")


def error_of(status: int) -> str:
    """Why an answer with this HTTP status is no receipt, as a code; "" for one that is.

    Codes: gone (it wants no more), redirected (nobody follows), busy (429 and 503), answered_error.
    """
    if 200 <= status < 300:
        return ""
    if status == 410:
        return "gone"
    if 300 <= status < 400:
        return "redirected"
    return "busy" if status in (429, 503) else "answered_error"


def put_off(retry_after: str | None, *, now: datetime) -> datetime | None:
    """The moment before which the receiver asks not to be called (`Retry-After`: seconds or an HTTP date).

    At most `LONGEST_PUT_OFF` from `now`; None where it asks for nothing that can be understood.
    """
    if not retry_after:
        return None
    text = retry_after.strip()
    if _SECONDS.fullmatch(text):
        asked = timedelta(seconds=int(text))
    else:
        try:
            moment = parsedate_to_datetime(text)
            asked = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
        except (ValueError, TypeError, OverflowError):
            return None
    return now + min(max(asked, timedelta()), LONGEST_PUT_OFF)
