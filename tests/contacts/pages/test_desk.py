"""The desk of those who keep the directory."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import Role
from contacts.models import Contact
from contacts.queries.entries import entry
from kela_kunta.base import clock
from tests.cast import PIRKANMAA, _person
from tests.contacts.pages.reading import text_of
from tests.directory import contact, practice

pytestmark = pytest.mark.django_db
DESK = "/contacts/desk/"


@pytest.fixture
def keeper(db):
    return _person("directory.pirkanmaa", Role.DIRECTORY, PIRKANMAA)


@pytest.fixture
def editor(db):
    return _person("editor", Role.EDITOR, "kela")


def test_what_waits_is_confirmed_by_one_click(as_, keeper):
    stale = contact("housing", on=clock.today() - timedelta(days=400), title_fi="Asumisneuvonta")
    browser = as_(keeper)
    assert "1 entry to be confirmed" in text_of(browser.get(DESK))
    answer = browser.post(
        f"/contacts/entries/contact/{stale.pk}/confirm/", {"version": stale.version, "next": "desk"}, follow=True
    )
    assert "Everything was confirmed in time." in text_of(answer)
    assert entry("contact", stale.pk).confirmed_by == keeper.name


def test_all_that_wait_are_confirmed_at_once_but_for_those_changed_meanwhile(as_, keeper):
    long_ago = clock.today() - timedelta(days=400)
    first, second = contact("housing", on=long_ago), contact("child_welfare", on=long_ago)
    named = [f"contact/{first.pk}/{first.version}", f"contact/{second.pk}/7", "contact/x/1"]
    assert "1 entry confirmed." in text_of(as_(keeper).post(DESK, {"entry": named}, follow=True))
    assert entry("contact", second.pk).version == 1


def test_missing_kinds_lead_to_the_form_begun(as_, keeper):
    contact("housing", municipality_id="837")
    page = as_(keeper).get(DESK).content.decode()
    assert "/contacts/entries/new/contact/?kind=housing&amp;municipality=980" in page
    assert "/contacts/entries/new/contact/?kind=child_welfare" in page
    form = as_(keeper).get("/contacts/entries/new/contact/?kind=housing&municipality=980").content.decode()
    assert '<option value="980" selected>' in form


def test_it_is_the_first_page_of_who_keeps_the_directory(as_, keeper, editor):
    for person in (keeper, editor):
        assert as_(person).get("/", follow=True).redirect_chain == [(DESK, 302)]


def test_the_editor_looks_after_practices_of_all(as_, editor):
    practice("Soita ensin.")
    text = text_of(as_(editor).get(f"{DESK}?owner={PIRKANMAA}"))
    assert "Urgent situations local practice" in text
    assert as_(editor).get(f"{DESK}?owner=nobody").status_code == 404


def test_the_list_is_narrowed_by_words_and_kind(as_, keeper):
    contact("housing", title_fi="Asumisneuvonta")
    contact("child_welfare", title_fi="Päivystys", person="Ääkkönen")
    browser = as_(keeper)
    assert "1 entry Search" in text_of(browser.get(f"{DESK}?q=aakko"))
    assert "0 entries Search" in text_of(browser.get(f"{DESK}?show=service_point"))


def test_it_is_not_for_those_who_only_read(as_, handler, pirkanmaa):
    for person in (handler, pirkanmaa):
        assert as_(person).get(DESK).status_code == 403
    assert not Contact.objects.exists()


def test_an_owner_that_cannot_be_is_the_editors_own(as_, editor):
    assert as_(editor).get("/contacts/desk/", {"owner": "\x00"}).status_code == 200
    assert as_(editor).get("/contacts/desk/", {"owner": "nobody"}).status_code == 404
