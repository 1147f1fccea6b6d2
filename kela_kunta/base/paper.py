"""A PDF that screen readers can read: every piece of text stands in the document's structure (tagged PDF, ISO 32000-1,
14.7 and 14.8), and what is only for the eye is marked as such."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import fontpkg_noto_sans
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.prefs import ViewerPreferences
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject

FONT = Path(fontpkg_noto_sans.ROOT) / "files" / "NotoSans[wdth,wght].ttf"
logging.getLogger("fontTools").setLevel(logging.WARNING)  # It tells of every table of the font.
TEXT, SMALL = 10, 8  # points
LINE = 5.2  # mm
ROW = 5.4  # mm


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what stands above it, and how wide it is in mm. All but the first are numbers, at the right."""

    head: str
    width: float


class _Element(StructElem):
    """A part of the document: its role, what it stands in, and of a heading cell what it heads."""

    __slots__ = ("a",)

    def __init__(self, role: str, parent: PDFObject, page: int, alt: str | None, heads: str) -> None:
        super().__init__(struct_type=f"/{role}", parent=parent, kids=[], page_number=page, alt=alt)
        self.a = f"<</O /Table /Scope /{heads}>>" if heads else None


class _Structure(StructureTreeBuilder):
    """The document's structure as a tree; the library's own holds figures only, one beside the other."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[StructElem] = [self.doc_struct_elem]
        self._elements: list[StructElem] = []

    def begin(self, role: str, page: int, *, alt: str | None = None, heads: str = "") -> _Element:
        element = _Element(role, self.open[-1], page, alt, heads)
        self.open[-1].k.append(element)
        self._elements.append(element)
        self.open.append(element)
        return element

    def mark(self, element: StructElem, page: int) -> tuple[int, int]:
        """The numbers of the page among those with structure, and of the element's content on it."""
        place = self.spid_per_page_number.setdefault(page, len(self.spid_per_page_number))
        on_page = self.struct_tree_root.parent_tree.nums[place]
        on_page.append(element)
        element.k.append(len(on_page) - 1)
        return place, len(on_page) - 1

    def __iter__(self) -> Iterator[PDFObject]:
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        yield from self._elements


class Paper(FPDF):
    """A4 in `language`, with a title, one column of text, and `foot` with the page's number at the foot of every page."""

    def __init__(self, *, title: str, language: str, foot: str) -> None:
        super().__init__(format="A4")
        self.struct_builder: _Structure = _Structure()
        self.foot = foot
        self.add_font("text", fname=FONT)
        self.set_margins(18, 18, 18)
        self.set_auto_page_break(True, margin=20)
        self.set_title(title)
        self.set_lang(language)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_font("text", size=TEXT)
        self.add_page()

    def footer(self) -> None:
        with self.only_seen():
            self.set_y(-14)
            self.set_font("text", size=SMALL)
            self.cell(text=self.foot)
            self.cell(w=0, text=f"{self.page_no()}/{{nb}}", align="R")
            self.set_font("text", size=TEXT)

    @contextmanager
    def only_seen(self) -> Iterator[None]:
        """What is drawn meanwhile is for the eye only."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    @contextmanager
    def group(self, role: str, *, alt: str | None = None) -> Iterator[None]:
        """What is written meanwhile belongs together, such as the rows of a table."""
        self.struct_builder.begin(role, self.page, alt=alt)
        yield
        self.struct_builder.open.pop()

    @contextmanager
    def tagged(self, role: str, *, alt: str | None = None, heads: str = "") -> Iterator[None]:
        """What is drawn meanwhile, all on the present page, is one element of that role."""
        element = self.struct_builder.begin(role, self.page, alt=alt, heads=heads)
        element.pg = self.pages[self.page]  # type: ignore[assignment]
        self.pages[self.page].struct_parents, number = self.struct_builder.mark(element, self.page)
        self._set_min_pdf_version("1.7")
        self._out(f"/{role} <</MCID {number}>> BDC")
        yield
        self._out("EMC")
        self.struct_builder.open.pop()

    def heading(self, text: str, level: int = 2) -> None:
        """A heading of `level`, with room for some lines after it; readers find it in the outline too."""
        size = {1: 20, 2: 14}.get(level, 11)
        self.room(size + 30)
        self.ln(0 if level == 1 else 5)
        self.set_font("text", size=size)
        self._write(f"H{level}", text, size * 0.5)
        self.set_font("text", size=TEXT)
        self.ln(2)

    def paragraph(self, text: str, *, size: float = TEXT) -> None:
        """At most a page long; it is not broken."""
        self.set_font("text", size=size)
        self._write("P", text, LINE * size / TEXT)
        self.set_font("text", size=TEXT)
        self.ln(1)

    def tabulate(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, together: Sequence[str] | None = None
    ) -> None:
        """The first cell of a row heads it; `together` is the last row, under a rule. The heads stand on every page, of which
        those after the first are for the eye only."""
        with self.group("Table"):
            self._heads(columns, again=False)
            for row in rows:
                self._row(columns, row)
            if together:
                self._rule()
                self._row(columns, together)
        self.set_font("text", size=TEXT)
        self.ln(2)

    def room(self, height: float) -> bool:
        """Whether it took a new page so that `height` mm are left."""
        if breaks := self.will_page_break(height):
            self.add_page()
        return bool(breaks)

    def _write(self, role: str, text: str, height: float) -> None:
        self.room(cast(float, self.multi_cell(0, height, text, align="L", dry_run=True, output="HEIGHT")))
        with self.tagged(role):
            self.multi_cell(0, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _heads(self, columns: Sequence[Column], *, again: bool) -> None:
        self.set_font("text", size=SMALL)
        if again:
            with self.only_seen():
                self._cells(columns, [column.head for column in columns])
        else:
            self.room(4 * ROW)
            self._row(columns, [column.head for column in columns], is_head=True)
        self._rule()
        self.set_font("text", size=SMALL + 1)

    def _row(self, columns: Sequence[Column], texts: Sequence[str], *, is_head: bool = False) -> None:
        if not is_head and self.room(ROW):
            self._heads(columns, again=True)
        with self.group("TR"):
            for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
                heads = "Column" if is_head else "Row" if place == 0 else ""
                with self.tagged("TH" if heads else "TD", heads=heads):
                    self._cell(column, text, place)
        self.ln(ROW)

    def _cells(self, columns: Sequence[Column], texts: Sequence[str]) -> None:
        for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
            self._cell(column, text, place)
        self.ln(ROW)

    def _cell(self, column: Column, text: str, place: int) -> None:
        self.cell(column.width, ROW, text, align="R" if place else "L")

    def _rule(self) -> None:
        with self.only_seen():
            self.set_line_width(0.2)
            self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
