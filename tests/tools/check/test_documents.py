"""Links of the documents are followed."""

import pytest

from tools.check import documents


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "ROOT", tmp_path)

    def written(text: str):
        (tmp_path / "other.md").write_text("# Who may see what?\n\n```\n# not a heading\n```\n")
        document = tmp_path / "README.md"
        document.write_text(text)
        return document

    return written


@pytest.mark.parametrize(
    "text",
    [
        "[there](other.md)", "[a heading](other.md#who-may-see-what)", "[elsewhere](https://example.org/x)",
        "# Its own\n[here](#its-own)", "`[code](nowhere.md)`", "```\n[code](nowhere.md)\n```",
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_no_fault(write, text):
    assert list(documents.faults(write(text))) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[nowhere](nowhere.md)", "README.md: there is no nowhere.md"),
        ("[x](other.md#not-a-heading)", "README.md: other.md has no heading for #not-a-heading"),
        ("[x](#none)", "README.md: it has no heading for #none"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault(write, text, fault):
    assert list(documents.faults(write(text))) == [fault]
