from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from kela_kunta.base.paper import Column, Paper


def sheet(rows: int = 3) -> PdfReader:
    paper = Paper(title="Taulukko", language="fi", foot="Kela–kunta")
    paper.heading("Otsikko", 1)
    paper.paragraph("Ensin teksti.")
    with paper.tagged("Figure", alt="Neliö"):
        paper.rect(20, 100, 5, 5)
    paper.tabulate(
        [Column("Alue", 60), Column("Määrä", 30)],
        [[f"Rivi {number}", "1"] for number in range(rows)],
        together=["Yhteensä", str(rows)],
    )
    return PdfReader(io.BytesIO(bytes(paper.output())))


def elements(reader: PdfReader) -> list[Any]:
    """Those of the whole structure, in reading order."""
    found: list[Any] = []

    def walk(element: Any) -> None:
        for child in element["/K"]:
            if not isinstance(child, int):
                found.append(child.get_object())
                walk(found[-1])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object())
    return found


def test_it_says_its_title_and_language_and_that_it_is_tagged() -> None:
    root = sheet().trailer["/Root"]
    assert sheet().metadata.title == "Taulukko"
    assert root["/Lang"] == "fi"
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value


def test_structure_tells_headings_text_figures_and_tables_in_the_order_of_reading() -> None:
    roles = [element["/S"] for element in elements(sheet(1))]
    assert roles == ["/H1", "/P", "/Figure", "/Table", "/TR", "/TH", "/TH", "/TR", "/TH", "/TD", "/TR", "/TH", "/TD"]


def test_cells_that_head_say_what_they_head_and_figures_what_they_show() -> None:
    found = elements(sheet(1))
    assert [one["/A"]["/Scope"] for one in found if one["/S"] == "/TH"] == ["/Column", "/Column", "/Row", "/Row"]
    assert [one["/Alt"] for one in found if one["/S"] == "/Figure"] == ["Neliö"]


def test_every_number_of_content_leads_to_its_element() -> None:
    reader = sheet(120)
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    by_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in reader.pages:
        held = [element.get_object() for element in by_page[page["/StructParents"]]]
        assert [element["/K"][0] for element in held] == list(range(len(held)))
        assert all(element.raw_get("/Pg") == page.indirect_reference for element in held)


def test_a_long_table_has_its_heads_on_every_page_but_says_them_once() -> None:
    reader = sheet(120)
    assert len(reader.pages) == 3
    assert all("Määrä" in page.extract_text() for page in reader.pages)
    assert [one["/A"]["/Scope"] for one in elements(reader) if one["/S"] == "/TH"].count("/Column") == 2


def test_page_number_is_for_the_eye_only() -> None:
    page = sheet().pages[0]
    assert "1/1" in page.extract_text()
    assert page.get_contents().get_data().count(b"/Artifact BMC") == 3  # the rules of the table, and the foot
