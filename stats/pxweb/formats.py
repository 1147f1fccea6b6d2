"""Answers in the forms that PxWeb has, beside those of our own exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.http import HttpResponse, JsonResponse

from stats.exports.dataset import HIDDEN, Dataset
from stats.exports.files import WRITERS
from stats.exports.jsonstat import jsonstat_of
from stats.exports.tabular import BOM
from stats.pxweb.catalogue import CONTENTS, COUNT

SEPARATORS = {"separatortab": "\t", "separatorspace": " ", "separatorsemicolon": ";"}
SHOWN: Mapping[str, Callable[[tuple[str, str]], str]] = {
    "usecodes": lambda value: value[0],
    "usetexts": lambda value: value[1],
    "usecodesandtexts": lambda value: " ".join(value),
}
INCLUDE_TITLE = "includetitle"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table of text is laid out: `across` names the variables that go across, the rest go down."""

    across: Sequence[str]
    show: str = "usetexts"
    separator: str = ","
    has_title: bool = False


def csv_of(data: Dataset, layout: Layout) -> bytes:
    """Texts in quotes and numbers without, a column for every combination of what goes across; UTF-8 with BOM."""
    down = [one for one in data.dimensions if one.code not in layout.across]
    across = [one for one in data.dimensions if one.code in layout.across]
    text = SHOWN[layout.show]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=layout.separator, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    if layout.has_title:
        writer.writerows([[data.title], []])
    names = [one.code for one in down + across]
    columns = list(product(*(one.values for one in across)))
    heads = [" ".join([data.measure, *map(text, column)]) for column in columns]
    writer.writerow([*(one.code if layout.show == "usecodes" else one.label for one in down), *heads])
    for row in product(*(one.values for one in down)):
        counts = [_count(data, names, row + column) for column in columns]
        writer.writerow([*map(text, row), *(HIDDEN if count is None else count for count in counts)])
    return (BOM + file.getvalue()).encode()


def json_px_of(data: Dataset) -> dict[str, Any]:
    """Version 1's own JSON: a row for every cell, its values as text."""
    kinds = [(one.code, one.label, "t" if one.is_time else "d") for one in data.dimensions]
    keys = product(*([code for code, _label in one.values] for one in data.dimensions))
    return {
        "columns": [
            {"code": code, "text": label, "type": kind} for code, label, kind in [*kinds, (COUNT, data.measure, "c")]
        ],
        "comments": [],
        "data": [
            {"key": list(key), "values": [HIDDEN if count is None else str(count)]}
            for key, count in zip(keys, data.cube(), strict=True)
        ],
        "metadata": [
            {
                "infofile": "",
                "updated": data.updated.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "label": data.title,
                "source": data.source,
            }
        ],
    }


def json_stat_1_of(data: Dataset) -> dict[str, Any]:
    """JSON-stat before its second version, which old clients of version 1 ask for."""
    told = jsonstat_of(data, CONTENTS)
    dimension = told["dimension"] | {"id": told["id"], "size": told["size"], "role": told["role"]}
    names = ("label", "source", "updated", "value", "status")
    return {"dataset": {"dimension": dimension} | {name: told[name] for name in names if name in told}}


def _count(data: Dataset, names: Sequence[str], values: Sequence[tuple[str, str]]) -> int | None:
    """The count of the cell with these values of the variables `names`."""
    codes = {name: code for name, (code, _label) in zip(names, values, strict=True)}
    return data.cells.get(tuple(codes[one.code] for one in data.dimensions), 0)


def _csv(data: Dataset, layout: Layout) -> HttpResponse:
    return HttpResponse(csv_of(data, layout), content_type="text/csv; charset=utf-8")


ANSWERS: Mapping[str, Callable[[Dataset, Layout], HttpResponse]] = {
    "json-stat2": lambda data, _layout: JsonResponse(jsonstat_of(data, CONTENTS)),
    "csv": _csv,
    "px": lambda data, _layout: WRITERS["px"](data),
    "xlsx": lambda data, _layout: WRITERS["xlsx"](data),
    "json-px": lambda data, _layout: JsonResponse(json_px_of(data)),
}
