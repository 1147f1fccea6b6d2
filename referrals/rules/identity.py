"""The Finnish personal identity code (henkilötunnus).

The separator tells the century and, since 2023, also tells people apart (`-YXWVU` of the
1900s, `ABCDEF` of the 2000s): two codes that differ in it alone are two people's.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
from stdnum.fi import hetu

CENTURIES = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)


class BadIdentityCode(ValueError):
    """Not a person's code; `code` is "format", "date_or_number", "check_character" or "artificial"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def identity_code(text: str, *, artificial: bool) -> str:
    """The code that `text` writes, in upper case and without spaces around it.

    `artificial` ones (individual number 900–999) are nobody's, made for tests and demos.

    Raises:
        BadIdentityCode: `text` is no code, or an artificial one where none is allowed.
    """
    try:
        code = hetu.validate(unicodedata.normalize("NFKC", text), allow_temporary=True)
    except InvalidChecksum as error:
        raise BadIdentityCode("check_character") from error
    except InvalidComponent as error:
        raise BadIdentityCode("date_or_number") from error
    except ValidationError as error:
        raise BadIdentityCode("format") from error
    if not code.isascii():
        raise BadIdentityCode("format")
    if is_artificial(code) and not artificial:
        raise BadIdentityCode("artificial")
    return code


def is_artificial(code: str) -> bool:
    """Whether a valid `code` is nobody's: its individual number is one of 900–999."""
    return code[7] == "9"


def birth_date(code: str) -> date:
    """The date of birth in a valid `code`."""
    return date(CENTURIES[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))
