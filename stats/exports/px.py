"""Figures as a PX file (PC-Axis file format, AXIS-VERSION 2013), in one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from stats.exports.dataset import HIDDEN, Dataset, Dimension

LONGEST = 256  # characters of one string constant


def px_of(data: Dataset) -> bytes:
    """The file: the first dimensions in the stub, the last one across; what is not told is "..". UTF-8 with BOM."""
    stub, heading = data.dimensions[:-1], data.dimensions[-1:]
    lines = [
        'CHARSET="ANSI"',
        'AXIS-VERSION="2013"',
        'CODEPAGE="utf-8"',
        f"LANGUAGE={_quoted(data.language)}",
        f'CREATION-DATE="{data.updated:%Y%m%d %H:%M}"',
        "DECIMALS=0",
        "SHOWDECIMALS=0",
        f"MATRIX={_quoted(_matrix(data.name))}",
        'SUBJECT-CODE="ST"',
        f"SUBJECT-AREA={_quoted(data.source)}",
        f"TITLE={_quoted(data.title)}",
        f"CONTENTS={_quoted(data.measure)}",
        f"UNITS={_quoted(data.measure)}",
        *([f"STUB={_names(stub)}"] if stub else []),
        f"HEADING={_names(heading)}",
        *(f"VALUES({_quoted(one.label)})={_listed(label for _code, label in one.values)}" for one in data.dimensions),
        *(f"CODES({_quoted(one.label)})={_listed(code for code, _label in one.values)}" for one in data.dimensions),
        *(f"TIMEVAL({_quoted(one.label)})={_times(one)}" for one in data.dimensions if _scale(one)),
        f'LAST-UPDATED="{data.updated:%Y%m%d %H:%M}"',
        f"SOURCE={_quoted(data.source)}",
        *(f"NOTE={_quoted(note)}" for note in data.notes),
    ]
    across = prod(len(one.values) for one in heading)
    counts = [_quoted(HIDDEN) if count is None else str(count) for count in data.cube()]
    table = "\r\n".join(" ".join(counts[at : at + across]) for at in range(0, len(counts), across))
    text = "".join(f"{line};\r\n" for line in lines) + f"DATA=\r\n{table};\r\n"
    return ("\ufeff" + text).encode()


def _scale(dimension: Dimension) -> str:
    """The format's name for times such as 2017 or 2017M03; "" for what is neither."""
    lengths = {len(code) for code, _label in dimension.values} if dimension.is_time else set()
    return {frozenset([4]): "A1", frozenset([7]): "M1"}.get(frozenset(lengths), "")


def _times(dimension: Dimension) -> str:
    """The periods, months without their M, as the format wants them."""
    return f"TLIST({_scale(dimension)}),{_listed(code.replace('M', '') for code, _label in dimension.values)}"


def _names(dimensions: Sequence[Dimension]) -> str:
    return _listed(one.label for one in dimensions)


def _listed(texts: Iterable[str]) -> str:
    return ",".join(map(_quoted, texts))


def _quoted(text: str) -> str:
    """A string constant; a long one in pieces, as the format wants. There is no way to write a quotation mark."""
    plain = " ".join(text.split()).replace('"', "'")
    pieces = [plain[at : at + LONGEST] for at in range(0, len(plain), LONGEST)] or [""]
    return "\r\n".join(f'"{piece}"' for piece in pieces)


def _matrix(name: str) -> str:
    """At most 20 letters and digits."""
    return "".join(mark for mark in name if mark.isalnum())[:20]
