"""Which values of a variable a question means: codes, and the expressions of PxWeb instead of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stats.pxweb.problems import NoExpression, NoValue

_COUNTED = re.compile(r"(top|bottom)\( *(\d{1,6}) *(?:, *(\d{1,6}) *)?\)", re.IGNORECASE)
_BETWEEN = re.compile(r"(range|from|to)\((.*)\)", re.IGNORECASE)
_LIKE_ONE = re.compile(r"\w+\(.*\)")
_PARTS = re.compile(r"\[[^\]]*\]|[^,(]*\([^)]*\)|[^,]+")


def listed(text: str) -> list[str]:
    """What stands between the commas of an address's selection; brackets and parentheses keep theirs."""
    return [part.strip().removeprefix("[").removesuffix("]") for part in _PARTS.findall(text) if part.strip()]


def chosen(wanted: Iterable[str], codes: Sequence[str], *, is_time: bool = False) -> list[str]:
    """The `codes` that some of `wanted` means, in the order of `codes`.

    `*` stands for any signs and `?` for one; top(number, offset) and bottom(…) count from the
    first code, of a time from the latest; range(code, code), from(code) and to(code) take part.

    Raises:
        NoValue, NoExpression
    """
    found = {code for part in wanted for code in _meant(part, codes, is_time)}
    return [code for code in codes if code in found]


def _meant(part: str, codes: Sequence[str], is_time: bool) -> Sequence[str]:
    if part in codes:
        return [part]
    if counted := _COUNTED.fullmatch(part):
        return _counted(counted, codes, is_time)
    if between := _BETWEEN.fullmatch(part):
        return _between(between[1].lower(), between[2], codes)
    if _LIKE_ONE.fullmatch(part):
        raise NoExpression(part)
    found = [code for code in codes if _pattern(part).fullmatch(code)] if set(part) & {"*", "?"} else []
    if not found and part != "*":
        raise NoValue(part)
    return found


def _counted(expression: re.Match[str], codes: Sequence[str], is_time: bool) -> Sequence[str]:
    from_last = is_time == (expression[1].lower() == "top")
    ordered = codes[::-1] if from_last else codes
    offset = int(expression[3] or 0)
    return ordered[offset : offset + int(expression[2])]


def _between(name: str, inside: str, codes: Sequence[str]) -> Sequence[str]:
    ends = [end.strip() for end in inside.split(",")]
    if len(ends) != (2 if name == "range" else 1):
        raise NoExpression(f"{name}({inside})")
    for end in ends:
        if end not in codes:
            raise NoValue(end)
    first = 0 if name == "to" else codes.index(ends[0])
    last = len(codes) - 1 if name == "from" else codes.index(ends[-1])
    return codes[first : last + 1]


def _pattern(part: str) -> re.Pattern[str]:
    # Runs of stars are one, or a long one would take its time.
    plain = re.escape(re.sub(r"\*+", "*", part))
    return re.compile(plain.replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)
