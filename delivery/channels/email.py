"""Letters by e-mail: their words, and what a server's answer means."""

from __future__ import annotations

import logging
import re
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from delivery.models import Letter
from delivery.rules.outcomes import Failure

# An answer by a machine to a machine's letter would only go round (RFC 3834; the second is Exchange's own).
_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
_BLANK_LINES = re.compile(r"\n{3,}")
AWAY = Failure("server_away")
LOST = Failure("connection_lost")
logger = logging.getLogger(__name__)


def address_of(letter: Letter) -> str | Failure:
    """Where the letter goes now."""
    if letter.reader is None:
        return letter.address
    if not letter.reader.is_active:
        return Failure("reader_left", final=True)
    return letter.reader.email or Failure("no_address", final=True)


def write(letter: Letter, address: str) -> EmailMultiAlternatives:
    """The letter in its reader's language, as plain text and as HTML.

    A letter sent twice carries the same Message-ID, by which the reader's server can tell.
    """
    with translation.override(letter.language):
        facts = letter.data | {"authority": letter.authority, "site": settings.PUBLIC_URL, "language": letter.language}
        subject, text, html = (
            render_to_string(f"letters/{letter.kind}{ending}", facts) for ending in (".subject.txt", ".txt", ".html")
        )
    headers = _HEADERS | {"Message-ID": f"<{letter.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>"}
    plain = _BLANK_LINES.sub("\n\n", text).strip() + "\n"
    message = EmailMultiAlternatives(" ".join(subject.split()), plain, to=[address], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def dial(connection: BaseEmailBackend) -> Failure | None:
    """Begin to talk to the mail server, unless we do already; a failure concerns every letter, not one."""
    try:
        connection.open()
    except (SMTPException, OSError) as error:
        hang_up(connection)
        return failure_of(error) if isinstance(error, SMTPResponseException) else AWAY
    return None


def send(message: EmailMultiAlternatives, connection: BaseEmailBackend) -> Failure | None:
    """Hand the message to the mail server; None when it took it."""
    try:
        return None if connection.send_messages([message]) else LOST
    except (SMTPException, OSError, BadHeaderError, UnicodeError) as error:
        hang_up(connection)  # after some refusals the server is gone, and the next letter begins anew
        return failure_of(error)


def failure_of(error: Exception) -> Failure:
    """What an error of the mail server, or on the way to it, means for the letter.

    A refusal for good (5xx) of the reader or of the words ends it; one of us (password, sender) does not: that is
    mended here.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return Failure("address_refused", final=all(code >= 500 for code, _ in error.recipients.values()))
    if isinstance(error, SMTPDataError):
        return Failure("letter_refused", final=error.smtp_code >= 500)
    if isinstance(error, SMTPNotSupportedError | BadHeaderError | UnicodeError):
        return Failure("address_unusable", final=True)
    if isinstance(error, SMTPResponseException):
        return Failure("sender_refused")
    return LOST


def hang_up(connection: BaseEmailBackend) -> None:
    """End the talk; a server that is gone needs no farewell."""
    try:
        connection.close()
    except (SMTPException, OSError) as error:
        logger.info("the mail server was gone before the end: %s", type(error).__name__)
