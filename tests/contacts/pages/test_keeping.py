"""Entries of the directory as their keepers write them."""

from __future__ import annotations

from uuid import uuid4

import pytest

from accounts.models import Role
from contacts.bodies import BODIES
from contacts.models import Contact, LocalPractice, ServicePoint
from contacts.pages.keeping import LINES
from contacts.queries.entries import entry
from kela_kunta.base import clock
from tests.cast import LAPLAND, PIRKANMAA, _person
from tests.contacts.pages.reading import text_of
from tests.directory import contact, practice

pytestmark = pytest.mark.django_db
NEW = "/contacts/entries/new/contact/"
BODY = {"kind": "housing", "audience": "public", "channel": "phone", "phone": "040 123 4567", "review_months": "6"}


@pytest.fixture
def keeper(db):
    return _person("directory.pirkanmaa", Role.DIRECTORY, PIRKANMAA)


@pytest.fixture
def editor(db):
    return _person("editor", Role.EDITOR, "kela")


def at(row, part: str = "") -> str:
    return f"/contacts/entries/{row.KIND}/{row.pk}/{part}"


def test_a_keeper_adds_a_contact_and_reads_it(as_, keeper):
    answer = as_(keeper).post(NEW, BODY | {"hours": "ma-pe 9-15", "municipality": "837"}, follow=True)
    row = Contact.objects.get()
    assert (row.owner_id, row.municipality_id, row.phone, row.hours) == (
        PIRKANMAA, "837", "+358401234567", "Mo-Fr 09:00-15:00; PH closed",
    )  # fmt: skip
    assert "Added to the directory." in text_of(answer)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"phone": ""}, "Give a phone number, an e-mail address or a link."),
        ({"kind": "x"}, "This is not one of the choices."),
        ({"channel": "email"}, "This way is preferred, but it is not given."),
        ({"hours": "joskus"}, "Write the hours like"),
        ({"municipality": "091"}, "The authority does not serve this municipality."),
        ({"municipality": "999"}, "There is no such municipality today."),
        ({"district": "1"}, "Only a contact of Kela has an area of Kela"),
        ({"link": "javascript:alert(1)", "channel": "phone"}, "Write the address like https://example.fi/."),
        ({"review_months": "99"}, "At most 24 months."),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(as_, keeper, change, sentence):
    answer = as_(keeper).post(NEW, BODY | change)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Contact.objects.exists()


def test_who_is_slower_is_told_and_loses_nothing_typed(as_, keeper):
    row = contact("housing", title_fi="Vanha")
    first = as_(keeper).post(at(row), BODY | {"version": "1", "title_fi": "Ensimmäinen"})
    assert first.status_code == 302
    second = as_(keeper).post(at(row), BODY | {"version": "1", "title_fi": "Toinen"})
    assert second.status_code == 409
    assert "Somebody has changed this since you opened it." in text_of(second)
    assert "Toinen" in second.content.decode()
    assert entry("contact", row.pk).title_fi == "Ensimmäinen"


def test_history_tells_field_by_field_who_changed_what_and_all_can_be_taken_back(as_, keeper):
    row = contact("housing", title_fi="Vanha")
    browser = as_(keeper)
    browser.post(at(row), BODY | {"version": "1", "title_fi": "Uusi"})
    told = text_of(browser.get(at(row, "history/")))
    assert "Role or name of the service, in Finnish Vanha → Uusi" in told
    assert keeper.name in told
    browser.post(at(row, "undo/"), {"version": "2"})
    assert entry("contact", row.pk).title_fi == "Vanha"


def test_what_was_removed_is_asked_about_once_and_can_be_brought_back(as_, keeper):
    row = contact("housing", title_fi="Asumisneuvonta")
    browser = as_(keeper)
    assert "Remove Asumisneuvonta?" in text_of(browser.get(at(row, "remove/")))
    assert "Removed." in text_of(browser.post(at(row, "remove/"), {"version": "1"}, follow=True))
    assert browser.get(at(row)).headers["Location"] == at(row, "history/")
    assert "Bring it back" in text_of(browser.get(at(row, "history/")))
    browser.post(at(row, "undo/"), {"version": "2"})
    assert browser.get(at(row)).status_code == 200


def test_a_practice_is_proposed_by_one_side_and_holds_when_the_other_agrees(as_, keeper, editor):
    body = {"topic": "urgent", "text_fi": "Soita ensin.", "from": "2026-01-01", "review_months": "6"}
    as_(keeper).post("/contacts/entries/new/local_practice/", body)
    row = LocalPractice.objects.get()
    assert not row.agreed
    assert "Wait for your side's agreement" in text_of(as_(editor).get("/contacts/desk/"))
    assert "Agree" in text_of(as_(editor).get(at(row)))
    as_(editor).post(at(row, "agree/"), {"version": "1"})
    assert LocalPractice.objects.get().agreed
    again = as_(keeper).post(at(row), body | {"version": "2", "text_fi": "Älä soita."})
    assert again.status_code == 409
    assert "Propose a new version instead." in text_of(again)


def test_a_new_version_begins_with_the_old_one(as_, keeper, editor):
    row = practice("Soita ensin.")
    form = as_(editor).get(f"/contacts/entries/new/local_practice/?like={row.pk}&owner={PIRKANMAA}")
    assert "Soita ensin." in form.content.decode()
    assert as_(editor).get("/contacts/entries/new/local_practice/").status_code == 404


@pytest.mark.parametrize("part", ["confirm/", "remove/", "undo/"])
def test_others_read_and_cannot_write(as_, handler, pirkanmaa, part):
    row = contact("housing", title_fi="Asumisneuvonta")
    stranger = _person("directory.lapland", Role.DIRECTORY, LAPLAND)
    for person in (handler, pirkanmaa, stranger):
        page = as_(person).get(at(row))
        assert "Asumisneuvonta" in text_of(page)
        assert "Save" not in text_of(page)
        assert as_(person).post(at(row, part), {"version": "1"}).status_code in (302, 403, 404)
        assert as_(person).post(at(row), BODY | {"version": "1"}).status_code == 403
    assert entry("contact", row.pk).version == 1


def test_what_is_not_there_is_not_found(as_, keeper):
    for path in (
        NEW.replace("contact", "x", 1),
        f"/contacts/entries/contact/{uuid4()}/",
        f"/contacts/entries/x/{uuid4()}/",
    ):
        assert as_(keeper).get(path).status_code == 404
    assert as_(keeper).get(f"/contacts/entries/contact/{uuid4()}/history/").status_code == 404
    assert as_(keeper).post(f"/contacts/entries/contact/{uuid4()}/undo/", {"version": "1"}).status_code == 404


def test_who_is_slower_sees_what_stands_now_beside_what_was_typed(as_, keeper):
    row = contact("housing", title_fi="Vanha")
    as_(keeper).post(at(row), BODY | {"version": "1", "title_fi": "Ensimmäinen"})
    told = text_of(as_(keeper).post(at(row), BODY | {"version": "1", "title_fi": "Toinen"}))
    assert "What stands" in told
    assert "Role or name of the service, in Finnish Ensimmäinen" in told


def test_a_row_more_saves_nothing_and_keeps_what_was_typed(as_, keeper):
    typed = {"name_fi": "Palvelupiste", "serves[0]": "837", "rows": "serves+"}
    answer = as_(keeper).post("/contacts/entries/new/service_point/", typed)
    assert answer.status_code == 200
    assert 'name="serves[1]"' in answer.content.decode()
    assert "Palvelupiste" in answer.content.decode()


def test_what_an_entry_says_stays_where_it_is_not_among_the_usual_choices(as_, keeper):
    row = contact("housing", languages=["fi", "vi"], municipality_id="091")
    page = as_(keeper).get(at(row)).content.decode()
    assert 'value="vi"' in page
    assert 'value="091" selected' in page


def test_codes_are_told_by_their_names(as_, handler):
    row = contact("housing", languages=["fi", "vi"], municipality_id="837")
    told = text_of(as_(handler).get(at(row)))
    assert "Tampere" in told
    assert "Finnish, Vietnamese" in told


def test_a_proposal_stands_beside_the_version_before_and_differences_are_marked(as_, keeper, handler):
    practice("Soita päivystykseen heti.")
    today = clock.today().isoformat()
    body = {"topic": "urgent", "text_fi": "Soita virka-aikana heti.", "from": today, "review_months": "6"}
    as_(keeper).post("/contacts/entries/new/local_practice/", body)
    row = LocalPractice.objects.get(kela_agreed_on=None)
    for person in (keeper, handler):
        page = as_(person).get(at(row)).content.decode()
        assert "<del>päivystykseen</del>" in page
        assert "<ins>virka-aikana</ins>" in page


def test_a_practice_that_has_been_in_force_ends_where_it_would_be_removed(as_, keeper):
    row = practice("Soita ensin.")
    assert "It ends today." in text_of(as_(keeper).get(at(row, "remove/")))
    as_(keeper).post(at(row, "remove/"), {"version": str(row.version)})
    assert LocalPractice.objects.get().valid.upper == clock.today()


def test_kelas_editor_comes_back_to_the_desk_of_the_authority(as_, editor):
    row = practice("Soita ensin.")
    answer = as_(editor).post(at(row, "confirm/"), {"version": str(row.version), "next": "desk"})
    assert answer["Location"] == f"/contacts/desk/?owner={PIRKANMAA}"
    assert f"/contacts/desk/?owner={PIRKANMAA}" in as_(editor).get(at(row)).content.decode()


def test_kela_has_no_practices_of_its_own(as_, editor):
    assert as_(editor).get("/contacts/entries/new/local_practice/?owner=kela").status_code == 404
    assert "+ local practice" not in text_of(as_(editor).get("/contacts/desk/"))
    assert "+ local practice" in text_of(as_(editor).get(f"/contacts/desk/?owner={PIRKANMAA}"))


def test_what_cannot_be_taken_back_is_told_in_words(as_, keeper):
    first = contact("housing", source_id="ptv:1", title_fi="Asumisneuvonta")
    browser = as_(keeper)
    browser.post(at(first, "remove/"), {"version": "1"})
    contact("housing", source_id="ptv:1")
    answer = browser.post(at(first, "undo/"), {"version": "2"}, follow=True)
    assert "That cannot stand again beside what has been written since." in text_of(answer)
    assert "Somebody has changed this" in text_of(browser.post(at(first, "undo/"), {"version": "1"}, follow=True))


def test_an_entry_is_undone_at_its_own_address_alone(as_, keeper):
    row, browser = contact(), as_(keeper)
    assert browser.post(f"/contacts/entries/service_point/{row.pk}/undo/", {"version": "1"}).status_code == 404
    assert entry("contact", row.pk).version == 1
    assert browser.post(at(row, "undo/"), {"version": "1"}).status_code == 302
    assert not Contact.objects.exists()


def test_what_no_database_can_hold_is_a_wrong_answer_and_no_fault_of_ours(as_, keeper, editor):
    row, nothing = contact(), "\x00"
    assert as_(keeper).get(NEW, {"municipality": nothing}).status_code == 200
    assert as_(keeper).post(NEW, BODY | {"municipality": nothing}).status_code == 422
    assert as_(keeper).post(at(row), BODY | {"municipality": nothing, "version": "1"}).status_code == 422
    assert as_(editor).get("/contacts/entries/new/local_practice/", {"owner": nothing}).status_code == 404
    assert list(Contact.objects.all()) == [row]


@pytest.mark.parametrize("version", ["", "x", "-1", "0", "2", "9" * 40, "\N{ARABIC-INDIC DIGIT ONE}"])
def test_a_version_that_is_not_the_newest_changes_nothing(as_, keeper, version):
    row, browser = contact(), as_(keeper)
    for part in ("", "confirm/", "remove/"):
        assert browser.post(at(row, part), BODY | {"version": version}).status_code == 409
    browser.post(at(row, "undo/"), {"version": version})
    assert entry("contact", row.pk).version == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
def test_who_has_no_directory_sees_none_of_it(as_, role):
    row = contact()
    browser = as_(_person(str(role), role, "kela"))
    assert browser.get(at(row)).status_code == 403
    assert browser.get(at(row, "history/")).status_code == 403


def test_a_form_asks_every_field_of_its_kind_once():
    for kind, body in BODIES.items():
        assert sorted(name for line in LINES[body] for name in line) == sorted(body().fields), kind


def test_what_was_typed_for_an_entry_removed_meanwhile_can_be_added_anew(as_, keeper):
    row = contact("housing", title_fi="Vanha")
    browser = as_(keeper)
    browser.post(at(row, "remove/"), {"version": "1"})
    answer = browser.post(at(row), BODY | {"version": "1", "title_fi": "Kirjoitettu"})
    assert answer.status_code == 409
    assert "Somebody has removed this since you opened it." in text_of(answer)
    assert 'action="/contacts/entries/new/contact/"' in answer.content.decode()
    assert "Kirjoitettu" in answer.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("act", ["confirm/", "remove/"])
def test_whoever_acts_on_a_removed_entry_comes_to_its_history(as_, keeper, act):
    row = contact("housing", title_fi="Vanha")
    browser = as_(keeper)
    browser.post(at(row, "remove/"), {"version": "1"})
    answer = browser.post(at(row, act), {"version": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == at(row, "history/")
    assert "Somebody has removed this since you opened it." in text_of(answer)
    assert browser.get(at(row)).headers["Location"] == at(row, "history/")
    assert browser.get(f"/contacts/entries/contact/{uuid4()}/").status_code == 404


def test_a_service_points_other_municipalities_are_chosen_by_name(as_, keeper):
    browser = as_(keeper)
    new = "/contacts/entries/new/service_point/"
    assert '<option value="211">Kangasala</option>' in browser.get(new).content.decode()
    body = {"kind": "office", "municipality": "837", "serves[0]": "211", "serves[1]": "", "name_fi": "Sarviksen piste",
            "street_fi": "Sarvijaakonkatu 1", "postal_code": "33100", "review_months": "6"}  # fmt: skip
    browser.post(new, body)
    assert ServicePoint.objects.get().serves == ["211"]
    gone = body | {"serves[0]": "999"}
    assert browser.post(new, gone).status_code == 422
