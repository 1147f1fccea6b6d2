"""Catalogues are held against the code by a reader that must see what people see."""

import polib
import pytest

from tools import translations


@pytest.fixture
def code(tmp_path, monkeypatch):
    """A small product of one page and one module, with its own catalogues."""
    (tmp_path / "contacts").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "contacts" / "words.py").write_text(
        'label = _("Sent")\nmonth = pgettext("month", "May")\nfound = ngettext("%(n)s row", "%(n)s rows", n)\n'
    )
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}<p>it's 100% {% translate 'Sent' %}</p>\n"
        "   {% blocktranslate trimmed %}\n  Sent by {{ name }}\n  {% endblocktranslate %}"
    )
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(translations, "LANGUAGES", ("fi",))
    monkeypatch.setattr(translations, "catalogues", lambda: sorted(tmp_path.rglob("*.po")))
    return tmp_path


def catalogue(code) -> polib.POFile:
    return polib.pofile(str(code / "locale" / "fi" / "LC_MESSAGES" / "django.po"))


def translate(code, **texts: str | dict[int, str]) -> None:
    entries = catalogue(code)
    for entry in entries:
        text = texts.get(entry.msgid.split()[0].lower(), "x")
        if entry.msgid_plural:
            entry.msgstr_plural = text if isinstance(text, dict) else {0: "%(n)s x", 1: "%(n)s x"}
        else:
            entry.msgstr = text if text != "x" or "%" not in entry.msgid else entry.msgid
    entries.save()


def test_texts_of_modules_and_pages_are_found_once(code):
    found = translations.messages()
    assert set(found) == {(None, "Sent"), ("month", "May"), (None, "%(n)s row"), (None, "Sent by %(name)s")}
    assert found[None, "Sent"].files == ["contacts/words.py", "templates/page.html"]


def test_without_a_catalogue_that_is_the_fault(code):
    assert translations.faults() == ["fi: there is no catalogue"]


def test_what_is_new_is_untranslated_until_somebody_does_it(code):
    translations.update("fi")
    assert 'fi: untranslated "Sent"' in translations.faults()
    translate(code)
    assert translations.faults() == []


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(code):
    translations.update("fi")
    translate(code, sent="Lähetetty %(name)s")
    (code / "contacts" / "words.py").write_text('label = _("New")\n')
    translations.update("fi")
    assert {entry.msgid: entry.msgstr for entry in catalogue(code)} == {
        "New": "", "Sent": "Lähetetty %(name)s", "Sent by %(name)s": "Lähetetty %(name)s",
    }  # fmt: skip


def test_a_translation_with_another_place_is_a_fault(code):
    translations.update("fi")
    translate(code, sent="Lähetti %(nimi)s")
    assert 'fi: other places in the translation of "Sent by %(name)s"' in translations.faults()


def test_a_text_that_the_code_lost_is_a_fault(code):
    translations.update("fi")
    translate(code)
    (code / "contacts" / "words.py").write_text("")
    assert 'fi: no longer used "May"' in translations.faults()
