from __future__ import annotations


def test_definitions_name_every_type(as_, analyst):
    assert len(as_(analyst).get("/stats/definitions/").context["types"]) == 6


def test_definitions_say_how_small_counts_are_hidden(as_, handler):
    page = as_(handler).get("/stats/definitions/").content.decode()
    assert 'id="small"' in page
    assert "a count of 1 to 4" in page


def test_definitions_are_not_for_the_auditor(as_, auditor):
    assert as_(auditor).get("/stats/definitions/").status_code == 403


def test_definitions_say_where_tools_find_the_figures(as_, handler):
    assert "<code>http://127.0.0.1/api/pxweb/v2</code>" in as_(handler).get("/stats/definitions/").content.decode()
