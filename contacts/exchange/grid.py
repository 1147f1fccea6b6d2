"""A table as a file holds it: rows of cells, and what is wrong with them, by row and column as people see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from kela_kunta.base.problems import Problem, Text

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000  # without the heading
MOST_COLUMNS = 60


class Unreadable(Problem):
    """The file as a whole cannot be taken; `detail` says why."""

    status, code, title = 422, "unreadable", _("The file cannot be read.")


class TooManyRows(Problem):
    """More than `MOST_ROWS`."""

    status, code, title = 413, "too_many_rows", _("There are more than 20 000 rows. Divide the file.")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that holds no text that could be taken."""

    code: str
    text: Text


Cell: TypeAlias = str | Wrong


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in the file: `row` counts as people see it, the heading is 1; 0 stands for the whole file,
    an empty `column` for the whole row."""

    row: int
    column: str
    code: str
    text: Text


@dataclass(slots=True)
class Grid:
    """The rows that hold something, each with its number, and what else the file holds that is not read."""

    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    def add(self, number: int, cells: list[Cell]) -> None:
        """Take a row unless it is blank.

        Raises:
            TooManyRows: it is one too many.
            Unreadable: it has more cells than any table here.
        """
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            return
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(_("There are more than 60 columns."))
        if len(self.rows) > MOST_ROWS:
            raise TooManyRows
        self.rows.append((number, cells))
