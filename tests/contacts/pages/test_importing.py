"""A file through the page: chosen, previewed, confirmed, taken back."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role, User
from contacts.actions.keeping import change_entry
from contacts.models import Contact, LocalPractice, ServicePoint, Upload
from kela_kunta.base.actor import acting
from tests.contacts.exchange import catalogue
from tests.contacts.exchange.entries import PIRKANMAA, add, all_of, contact_row, known_postal_codes, state, table

pytestmark = pytest.mark.django_db
URL = "/contacts/import/"


@pytest.fixture
def keeper(db: None) -> User:
    return User.objects.create_user("directory.pirkanmaa", name="Kaisa", role=Role.DIRECTORY, authority_id=PIRKANMAA)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor", name="Eeva", role=Role.EDITOR, authority_id="kela")


def choose(browser: Any, content: bytes, name: str = "contacts.csv", **fields: str) -> Any:
    return browser.post(URL, {"kind": "contact", "step": "preview", "file": SimpleUploadedFile(name, content)} | fields)


def hidden(answer: Any) -> dict[str, str]:
    """What the confirming form sends."""
    page = answer.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("upload", "digest")} | {
        "step": "import"
    }


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_form_asks_for_a_file_and_shows_how_to_make_one(as_, keeper):
    page = as_(keeper).get(URL).content.decode()
    assert 'type="file"' in page
    assert 'enctype="multipart/form-data"' in page
    assert "/contacts/export/?format=xlsx&amp;kind=service_point&amp;owner=county-08" in page
    assert 'name="owner"' not in page


def test_a_thousand_rows_with_seven_bad_ones_tell_exactly_the_seven_and_change_nothing(as_, keeper):
    add()
    before = state()
    rows = [contact_row(number) for number in range(1000)]
    for number in (3, 50, 51, 400, 777, 900, 999):
        rows[number]["phone"] = "12"
    answer = choose(as_(keeper), table(*rows))
    assert answer.status_code == 422
    told = re.findall(r'<tr><th scope="row">(\d+)</th><td>(\w+)</td>', answer.content.decode())
    assert told == [(str(number + 2), "phone") for number in (3, 50, 51, 400, 777, 900, 999)]
    assert "7 things are wrong in the file" in text(answer)
    assert state() == before
    with acting(keeper.actor):
        assert not Upload.objects.exists()


def test_a_file_is_previewed_confirmed_and_taken_back(as_, keeper):
    browser = as_(keeper)
    row = add()
    content = table(
        {"id": str(row.pk), "kind": "adult_social_work", "title_fi": "Aikuissosiaalityö", "phone": "040 7654321"},
        contact_row(),
    )
    shown = choose(browser, content)
    assert shown.status_code == 200
    assert "Added 1 Changed 1 Unchanged 0 Removed 0" in text(shown)
    assert "Aikuissosiaalityö (837) , Row 2 · Telephone 040 1234567 040 7654321" in text(shown)
    assert "3 Asumisneuvonta 1 contact" in text(shown)
    assert Contact.objects.count() == 1
    done = browser.post(URL, hidden(shown))
    assert done.status_code == 302
    assert [row.phone for row in all_of(Contact)] == ["+358407654321", "+358401230001"]
    page = browser.get(done.url)
    assert "Added 1 Changed 1 Removed 0" in text(page)
    assert "2 entries would be again as before the import." in text(page)
    back = browser.post(done.url)
    assert back.status_code == 302
    assert "2 entries are as they were before." in text(browser.get(back.url))
    assert [row.phone for row in all_of(Contact)] == ["+358401234567"]
    assert "Nothing is left of this import" in text(browser.get(done.url))
    assert done.url in browser.get(URL).content.decode()


def test_what_is_not_in_the_table_goes_only_when_asked(as_, keeper):
    add()
    content = table(contact_row())
    assert "Removed 0" in text(choose(as_(keeper), content))
    shown = choose(as_(keeper), content, whole="on")
    assert "Removed 1" in text(shown)
    as_(keeper).post(URL, hidden(shown))
    assert [row.title_fi for row in all_of(Contact)] == ["Asumisneuvonta 1"]


def test_a_change_between_preview_and_import_is_shown_before_anything_is_done(as_, keeper):
    row = add()
    shown = choose(as_(keeper), table({"id": str(row.pk), "kind": "adult_social_work", "phone": "040 7654321"}))
    change_entry(row, {"email": "a@kunta.example"}, version=1, by=keeper.actor)
    again = as_(keeper).post(URL, hidden(shown))
    assert again.status_code == 409
    assert "has changed since the preview" in text(again)
    assert Contact.objects.get(pk=row.pk).phone == "+358401234567"
    assert as_(keeper).post(URL, hidden(again)).status_code == 302
    assert Contact.objects.get(pk=row.pk).phone == "+358407654321"


def test_a_file_that_went_wrong_between_preview_and_import_tells_why(as_, keeper):
    row = add()
    shown = choose(as_(keeper), table({"id": str(row.pk), "kind": "adult_social_work", "phone": "040 7654321"}))
    with acting(keeper.actor):
        Contact.objects.filter(pk=row.pk).delete()
    again = as_(keeper).post(URL, hidden(shown))
    assert again.status_code == 422
    assert "There is no such entry" in text(again)


@pytest.mark.parametrize("id", ["", "x", "0f8fad5b-d9cb-469f-a165-70867728950e"])
def test_a_file_that_is_not_kept_is_told(as_, keeper, id):
    answer = as_(keeper).post(URL, {"step": "import", "upload": id, "digest": "x"})
    assert answer.status_code == 410
    assert "Choose it once more" in text(answer)


def test_somebody_elses_file_cannot_be_confirmed(as_, keeper, lead):
    shown = choose(as_(keeper), table(contact_row()))
    assert as_(lead).post(URL, hidden(shown)).status_code == 410
    assert all_of(Contact) == []


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"", 422, "There is nothing in the file."),
        (b"kind;phone\n", 422, "nothing in the file but the heading"),
        (b"colour;phone\nred;1\n", 422, "There is no such column."),
        (b"PK\x03\x04 and more", 422, "This Excel file is broken."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 422, "of the old kind or has a password"),
        (b"{not json", 422, "This is not JSON."),
        (b"x" * (10 * 1024 * 1024 + 1), 413, "larger than 10 MB"),
        (b"kind\n" + b"x\n" * 20_001, 413, "more than 20 000 rows"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_beside_the_form(as_, keeper, content, status, sentence):
    answer = choose(as_(keeper), content)
    assert answer.status_code == status
    assert sentence in text(answer)


@pytest.mark.parametrize("fields", [{"kind": ""}, {"kind": "pause"}])
def test_what_stands_in_it_must_be_said(as_, keeper, fields):
    assert choose(as_(keeper), table(contact_row()), **fields).status_code == 422


def test_no_file_is_told(as_, keeper):
    answer = as_(keeper).post(URL, {"kind": "contact", "step": "preview"})
    assert answer.status_code == 422


def test_a_table_cannot_name_another_owner(as_, keeper):
    shown = choose(as_(keeper), table(contact_row()), owner="county-21")
    as_(keeper).post(URL, hidden(shown))
    assert [row.owner_id for row in Contact.objects.all()] == [PIRKANMAA]


def test_the_editor_imports_for_kela_and_practices_for_all(as_, editor):
    assert 'name="owner"' in as_(editor).get(URL).content.decode()
    as_(editor).post(URL, hidden(choose(as_(editor), table(contact_row()), owner="kela")))
    assert [row.owner_id for row in Contact.objects.all()] == ["kela"]
    refused = choose(as_(editor), table(contact_row()), owner=PIRKANMAA)
    assert refused.status_code == 403
    assert "Kela brings local practices only" in text(refused)
    practices = table({"topic": "urgent", "text_fi": "Soita ensin.", "from": "2026-01-01"})
    shown = choose(as_(editor), practices, owner=PIRKANMAA, kind="local_practice")
    assert "hold when the other side has agreed" in text(shown)
    as_(editor).post(URL, hidden(shown))
    assert [row.owner_id for row in LocalPractice.objects.all()] == [PIRKANMAA]


def test_the_service_catalogue_is_previewed_with_what_is_left_out(as_, keeper):
    known_postal_codes("33100")
    content = catalogue.file(
        catalogue.office(),
        catalogue.line(serviceChannelType="EChannel"),
        catalogue.organization(phoneNumbers=[catalogue.phone("116117", None)]),
    )
    shown = choose(as_(keeper), content, "ptv.json")
    assert "Added 2 Changed 0 Unchanged 0 Removed 0" in text(shown)
    assert "1 is left out" in text(shown)
    assert "Only places and telephone services are kept here" in text(shown)
    assert (
        "Esimerkin hyvinvointialue: Telephone numbers left out, since they cannot be called from everywhere or are none: 1."
        in text(shown)
    )
    as_(keeper).post(URL, hidden(shown))
    assert [row.source_id for row in all_of(ServicePoint)] == [f"channel:{catalogue.OFFICE}"]


@pytest.mark.parametrize("name", ["handler", "supervisor", "analyst", "auditor", "pirkanmaa"])
def test_others_may_not_even_look(as_, request, name):
    browser = as_(request.getfixturevalue(name))
    assert browser.get(URL).status_code == 403
    assert browser.post(URL).status_code == 403
    assert browser.get(f"{URL}{uuid4()}/").status_code == 403


def test_another_authoritys_import_is_not_taken_back(as_, keeper, db):
    done = as_(keeper).post(URL, hidden(choose(as_(keeper), table(contact_row()))))
    other = User.objects.create_user("lead.lapland", name="L", role=Role.LEAD, authority_id="county-21")
    assert "Take the import back" not in text(as_(other).get(done.url))
    assert as_(other).post(done.url).status_code == 403
    assert len(all_of(Contact)) == 1


def test_an_import_that_never_was_is_not_found(as_, keeper):
    assert as_(keeper).get(f"{URL}{uuid4()}/").status_code == 404
    assert as_(keeper).post(f"{URL}{uuid4()}/").status_code == 404


def test_texts_of_a_file_are_no_markup(as_, keeper):
    shown = choose(as_(keeper), table(contact_row(title_fi="<script>alert(1)</script>")))
    assert "<script>alert" not in shown.content.decode()
    wrong = choose(as_(keeper), b"<b>;phone\n1;2\n")
    assert "<b>;" not in wrong.content.decode()
    assert "&lt;b&gt;" in wrong.content.decode()


def test_a_catalogue_of_which_nothing_could_be_taken_is_not_said_to_stand_there(as_, keeper):
    answer = choose(as_(keeper), catalogue.file(catalogue.office(id=None)), "catalogue.json")
    assert "Nothing would change. " in text(answer)
    assert "It has no identifier of the catalogue." in text(answer)
