"""Reading the reference files whole, with every problem named by file and line."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from contacts.rules.history import BEGINNING, END, Span

SHIPPED = Path(__file__).parent / "reference"

COLUMNS = {
    "regions.csv": ["code", "name_fi", "name_sv", "name_en"],
    "counties.csv": ["code", "name_fi", "name_sv", "name_en"],
    "districts.csv": ["code", "name_fi", "name_sv", "name_en"],
    "municipalities.csv": [
        "code", "name_fi", "name_sv", "languages", "valid_from", "valid_to", "successor_code", "population_2017",
        "population_2022",
    ],
    "authorities.csv": ["code", "kind", "name_fi", "name_sv", "name_en"],
    "types.csv": ["type", "task"],
    "municipality_regions.csv": ["municipality_code", "region_code", "valid_from", "valid_to"],
    "municipality_counties.csv": ["municipality_code", "county_code", "valid_from", "valid_to"],
    "municipality_districts.csv": ["municipality_code", "district_code", "valid_from", "valid_to"],
    "responsibilities.csv": ["municipality_code", "task", "authority_code", "valid_from", "valid_to", "confidence"],
}  # fmt: skip


class BadReference(Exception):
    """The files cannot be loaded; `problems` names each by file and line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(slots=True)
class Reference:
    """The files' content. Dated facts are spans by (municipality) or, for duties, (municipality, type)."""

    digest: str
    areas: dict[str, dict[str, dict[str, str]]]
    municipalities: dict[str, dict[str, str]]
    authorities: dict[str, dict[str, str]]
    members: dict[str, dict[tuple[str, ...], list[Span]]] = field(default_factory=dict)
    duties: dict[tuple[str, ...], list[Span]] = field(default_factory=dict)


def read(folder: Path = SHIPPED) -> Reference:
    """Everything in `folder`.

    Raises:
        BadReference: a file or column is missing, a date is malformed, a code is unknown or stands twice, two spans
            of the same subject overlap.
    """
    problems: list[str] = []
    rows = {name: list(_rows(folder / name, columns, problems)) for name, columns in COLUMNS.items()}
    if problems:
        raise BadReference(problems)
    digest = hashlib.sha256()
    for name in COLUMNS:
        digest.update((folder / name).read_bytes())
    reference = Reference(
        digest=digest.hexdigest(),
        areas={name: _by_code(f"{name}.csv", rows, problems) for name in ("regions", "counties", "districts")},
        municipalities=_by_code("municipalities.csv", rows, problems),
        authorities=_by_code("authorities.csv", rows, problems),
    )
    for line, row in rows["municipalities.csv"]:
        _span("municipalities.csv", line, row, row["code"], problems)
        for column in ("population_2017", "population_2022"):
            if row[column] and not row[column].isdecimal():
                problems.append(f'municipalities.csv, line {line}: {column} "{row[column]}" is not a number')
        if row["successor_code"]:
            _known("municipalities.csv", line, row["successor_code"], reference.municipalities, problems)
    for name, column in (("regions", "region"), ("counties", "county"), ("districts", "district")):
        file = f"municipality_{name}.csv"
        reference.members[name] = _spans(
            file, [(line, row, [row["municipality_code"]], row[f"{column}_code"]) for line, row in rows[file]],
            reference.areas[name], reference, problems,
        )
    types: defaultdict[str, list[str]] = defaultdict(list)
    for _, row in rows["types.csv"]:
        types[row["task"]].append(row["type"])
    reference.duties = _spans(
        "responsibilities.csv",
        [
            (line, row, [row["municipality_code"], type], row["authority_code"])
            for line, row in rows["responsibilities.csv"]
            for type in types[row["task"]]
        ],
        reference.authorities, reference, problems,
    )
    if problems:
        raise BadReference(list(dict.fromkeys(problems)))
    return reference


def _rows(path: Path, columns: list[str], problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.exists():
        problems.append(f"{path.name}: the file is missing")
        return
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, restkey="", restval="")
        if reader.fieldnames != columns:
            problems.append(f"{path.name}, line 1: the columns must be {','.join(columns)}")
            return
        for row in reader:
            if row.pop("", None):
                problems.append(f"{path.name}, line {reader.line_num}: too many columns")
            yield reader.line_num, row


Numbered = dict[str, list[tuple[int, dict[str, str]]]]


def _by_code(file: str, rows: Numbered, problems: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line, row in rows[file]:
        if not row["code"] or row["code"] in found:
            problems.append(f'{file}, line {line}: code "{row["code"]}" is empty or stands twice')
        found[row["code"]] = row
    return found


def _known(file: str, line: int, code: str, among: dict[str, dict[str, str]], problems: list[str]) -> None:
    if code not in among:
        problems.append(f'{file}, line {line}: no "{code}" is known')


def _span(file: str, line: int, row: dict[str, str], value: str, problems: list[str]) -> Span | None:
    try:
        first = date.fromisoformat(row["valid_from"]) if row["valid_from"] else BEGINNING
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else END
    except ValueError:
        problems.append(f"{file}, line {line}: valid_from and valid_to must be dates such as 2026-01-31, or empty")
        return None
    if first > last:
        problems.append(f"{file}, line {line}: valid_from is later than valid_to")
        return None
    return Span(first, last, value, row.get("confidence", ""))


def _spans(
    file: str,
    lines: list[tuple[int, dict[str, str], list[str], str]],
    values: dict[str, dict[str, str]],
    reference: Reference,
    problems: list[str],
) -> dict[tuple[str, ...], list[Span]]:
    found: defaultdict[tuple[str, ...], list[Span]] = defaultdict(list)
    for line, row, key, value in lines:
        _known(file, line, key[0], reference.municipalities, problems)
        _known(file, line, value, values, problems)
        span = _span(file, line, row, value, problems)
        if span is None:
            continue
        if any(span.first <= other.last and other.first <= span.last for other in found[tuple(key)]):
            problems.append(f"{file}, line {line}: overlaps another line of the same municipality")
        found[tuple(key)].append(span)
    return dict(found)
