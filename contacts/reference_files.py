"""The reference files, read whole: what they say, or every problem named by file and line."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contacts.rules.history import BEGINNING, END, Span, joined

SHIPPED = Path(__file__).parent / "reference"
VERSION = "VERSION"
NAMES = ("name_fi", "name_sv", "name_en")
AREAS = {"regions": "region", "counties": "county", "districts": "district"}
DAYS = ("valid_from", "valid_to")

COLUMNS: dict[str, tuple[str, ...]] = {
    **{f"{areas}.csv": ("code", *NAMES) for areas in AREAS},
    "municipalities.csv": (
        "code", "name_fi", "name_sv", "languages", *DAYS, "successor_code", "population_2017", "population_2022",
    ),
    "authorities.csv": ("code", "kind", *NAMES),
    "types.csv": ("type", "task"),
    **{f"municipality_{areas}.csv": ("municipality_code", f"{area}_code", *DAYS) for areas, area in AREAS.items()},
    "responsibilities.csv": ("municipality_code", "task", "authority_code", *DAYS, "confidence"),
    "postal_codes.csv": ("code", "name_fi", "name_sv", "municipality_code"),
}  # fmt: skip

PLACE_NAME = r"[^\x00-\x1f]{1,60}"
# How a column is written; codes of other files and dates are looked at apart.
SHAPES = {
    **dict.fromkeys(NAMES, r"[^\x00-\x1f]{1,120}"),
    "code": r"\d{1,2}",
    "code of municipalities.csv": r"\d{3}",
    "code of authorities.csv": "[a-z]+(-[a-z0-9]+)?",
    "code of postal_codes.csv": r"\d{5}",
    "name_fi of postal_codes.csv": PLACE_NAME,
    "name_sv of postal_codes.csv": PLACE_NAME,
    "kind": "kela|municipality|joint_authority|county",
    "languages": "fi|sv|fi sv|sv fi",
    "population_2017": r"\d{0,8}",
    "population_2022": r"\d{0,8}",
    "type": "[a-z0-9_]{1,40}",
    "task": "[a-z_]{1,40}",
    "confidence": "high|medium|low",
}

Row = dict[str, str]
Lines = list[tuple[int, Row]]
Table = dict[str, Row]
Spans = dict[tuple[str, ...], list[Span]]


class BadReference(Exception):
    """The files cannot be loaded; `problems` names each by file and line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Reference:
    """What the files say. Spans are of a municipality, in `duties` of a municipality and a referral type."""

    version: str
    digest: str
    areas: dict[str, Table]
    municipalities: Table
    authorities: Table
    members: dict[str, Spans]
    duties: Spans
    postal_codes: Table


def read(folder: Path = SHIPPED) -> Reference:
    """Everything in `folder`.

    Raises:
        BadReference: a file or column is missing, something is not written as it should be, a code is unknown or
            stands twice, two spans of one subject overlap, a responsibility is longer than its municipality.
    """
    reader = _Reader(folder)
    if not reader.whole:
        reader.stop_on_problems()
    reference = Reference(
        version=reader.version,
        digest=reader.digest,
        areas={areas: reader.table(f"{areas}.csv") for areas in AREAS},
        municipalities=reader.municipalities(),
        authorities=reader.table("authorities.csv"),
        members={areas: reader.members(areas, f"{area}_code") for areas, area in AREAS.items()},
        duties=reader.duties(),
        postal_codes=reader.postal_codes(),
    )
    reader.stop_on_problems()
    return reference


def types(folder: Path = SHIPPED) -> list[str]:
    """The referral types that somebody has to be responsible for."""
    with (folder / "types.csv").open(encoding="utf-8", newline="") as file:
        return [row["type"] for row in csv.DictReader(file)]


class _Reader:
    """Reads file by file and collects the problems."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self.whole = True
        self._content = {name: self._bytes(folder / name) for name in (VERSION, *COLUMNS)}
        self._lines: dict[str, Lines] = {name: self._read(name) for name in COLUMNS}
        self.version = self._content[VERSION].decode(errors="replace").strip()[:40]
        self.digest = hashlib.sha256(b"\0".join(self._content.values())).hexdigest()

    def stop_on_problems(self) -> None:
        if self.problems:
            raise BadReference(list(dict.fromkeys(self.problems)))

    def table(self, file: str) -> Table:
        """The rows by their code."""
        found: Table = {}
        for line, row in self._lines[file]:
            if row["code"] in found:
                self._problem(file, line, f'code "{row["code"]}" stands twice')
            found[row["code"]] = row
        return found

    def municipalities(self) -> Table:
        """The municipalities by code, each ended one with a successor."""
        file = "municipalities.csv"
        found = self.table(file)
        for line, row in self._lines[file]:
            self._span(file, line, row, row["code"])
            if bool(row["valid_to"]) != bool(row["successor_code"]):
                self._problem(file, line, "valid_to and successor_code are given together or not at all")
            elif row["successor_code"]:
                self._known(file, line, row["successor_code"], found)
                if row["code"] in _line_of_successors(row["successor_code"], found):
                    self._problem(file, line, "a municipality cannot succeed itself")
        return found

    def members(self, areas: str, column: str) -> Spans:
        """Which area each municipality belongs to, and when."""
        file = f"municipality_{areas}.csv"
        known = {row["code"] for _, row in self._lines[f"{areas}.csv"]}
        lines = [(line, row, (row["municipality_code"],), row[column]) for line, row in self._lines[file]]
        return self._spans(file, lines, known)

    def duties(self) -> Spans:
        """Who is responsible for each municipality and type, and when."""
        file = "responsibilities.csv"
        types: defaultdict[str, list[str]] = defaultdict(list)
        for _, row in self._lines["types.csv"]:
            types[row["task"]].append(row["type"])
        municipalities = {row["code"]: row for _, row in self._lines["municipalities.csv"]}
        for line, row in self._lines[file]:
            self._known(file, line, row["task"], types)
            end = municipalities.get(row["municipality_code"], {}).get("valid_to")
            if end and (not row["valid_to"] or row["valid_to"] > end):
                self._problem(file, line, f"{row['municipality_code']} ends on {end}, its responsibilities too")
        lines = [
            (line, row, (row["municipality_code"], type), row["authority_code"])
            for line, row in self._lines[file]
            for type in types.get(row["task"], ())
        ]
        return self._spans(file, lines, {row["code"] for _, row in self._lines["authorities.csv"]})

    def postal_codes(self) -> Table:
        """The postal codes, each in a municipality that is or was."""
        file = "postal_codes.csv"
        municipalities = {row["code"] for _, row in self._lines["municipalities.csv"]}
        for line, row in self._lines[file]:
            self._known(file, line, row["municipality_code"], municipalities)
        return self.table(file)

    def _spans(self, file: str, lines: Sequence[tuple[int, Row, tuple[str, ...], str]], values: set[str]) -> Spans:
        municipalities = {row["code"] for _, row in self._lines["municipalities.csv"]}
        found: defaultdict[tuple[str, ...], list[Span]] = defaultdict(list)
        for line, row, subject, value in lines:
            self._known(file, line, subject[0], municipalities)
            self._known(file, line, value, values)
            span = self._span(file, line, row, value)
            if span is None:
                continue
            if any(span.first <= other.last and other.first <= span.last for other in found[subject]):
                self._problem(file, line, f"overlaps another line of {row['municipality_code']}")
            found[subject].append(span)
        return {subject: joined(spans) for subject, spans in found.items()}

    def _span(self, file: str, line: int, row: Row, value: str) -> Span | None:
        try:
            first = date.fromisoformat(row["valid_from"]) if row["valid_from"] else BEGINNING
            last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else END
        except ValueError:
            self._problem(file, line, "valid_from and valid_to must be dates such as 2026-01-31, or empty")
            return None
        if first > last:
            self._problem(file, line, "valid_from is later than valid_to")
            return None
        return Span(first, last, value, row.get("confidence", ""))

    def _bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError:
            self._broken(f"{path.name}: the file is missing or cannot be read")
            return b""

    def _read(self, file: str) -> Lines:
        """The lines of `file`, those with problems too; none when it is not such a file at all."""
        try:
            text = self._content[file].decode("utf-8-sig")
        except UnicodeDecodeError:
            self._broken(f"{file}: the file is not in UTF-8")
            return []
        reader = csv.DictReader(io.StringIO(text, newline=""), restkey="more", restval="")
        if tuple(reader.fieldnames or ()) != COLUMNS[file]:
            self._broken(f"{file}, line 1: the columns must be {','.join(COLUMNS[file])}")
            return []
        lines: Lines = []
        for row in reader:
            if row.pop("more", None):
                self._problem(file, reader.line_num, "more columns than in the first line")
            for column, value in row.items():
                if not re.fullmatch(_shape(file, column), value):
                    self._problem(file, reader.line_num, f'{column} cannot be "{value}"')
            lines.append((reader.line_num, row))
        return lines

    def _known(self, file: str, line: int, code: str, among: Container[str]) -> None:
        if code not in among:
            self._problem(file, line, f'no "{code}" is known')

    def _broken(self, sentence: str) -> None:
        """Without this file the others cannot be judged."""
        self.whole = False
        self.problems.append(sentence)

    def _problem(self, file: str, line: int, sentence: str) -> None:
        self.problems.append(f"{file}, line {line}: {sentence}")


def _shape(file: str, column: str) -> str:
    return SHAPES.get(f"{column} of {file}") or SHAPES.get(column, ".*")


def _line_of_successors(code: str, municipalities: Table) -> set[str]:
    line: set[str] = set()
    while code in municipalities and code not in line:
        line.add(code)
        code = municipalities[code]["successor_code"]
    return line
