from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from uuid import UUID

import pytest

from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.models import Referral
from referrals.types import TYPES
from tests.builders import body, decision, identity_code
from tests.cast import now

URL = "/referrals/new/supplementary-application/"


class Inputs(HTMLParser):
    """The names and values that a browser would send with the main form."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(text[text.index("<main") :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.found[given["name"]] = given.get("value") or ""


def flat(value, name: str = "") -> dict[str, str]:
    """A body as a browser sends it from the form."""
    if isinstance(value, dict):
        inner = [
            flat(one, f"{name}{'.' if name and not name.endswith(']') else ''}{key}") for key, one in value.items()
        ]
    elif isinstance(value, list) and value and isinstance(value[0], str) and name == "details.reasons":
        return {name: value}
    elif isinstance(value, list):
        inner = [flat(one, f"{name}[{place}]") for place, one in enumerate(value)]
    else:
        return {name: "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)}
    return {key: one for part in inner for key, one in part.items()}


def typed(type: str = "supplementary_application", **facts) -> dict[str, str]:
    return flat({key: value for key, value in body(type, **facts).items() if key != "type"}) | {
        "key": "key-of-the-form"
    }


def all_referrals() -> list[Referral]:
    with acting(Actor.system("test")):
        return list(Referral.objects.select_related("client").order_by("id"))


def test_only_kela_sends(as_, client, handler, supervisor, pirkanmaa, analyst):
    for user, status in ((handler, 200), (supervisor, 200), (pirkanmaa, 403), (analyst, 403)):
        assert as_(user).get("/referrals/new/").status_code == status
        assert as_(user).get(URL).status_code == status
        assert as_(user).post(URL, typed() | {"step": "send"}).status_code in (302 if status == 200 else 403,)
    assert client.get(URL).status_code == 302


def test_choice_tells_when_to_use_each_type(as_, handler):
    page = as_(handler).get("/referrals/new/").content.decode()
    for kind in TYPES.values():
        assert f"/referrals/new/{kind.slug}/" in page
        assert str(kind.when) in page


def test_unknown_type_is_not_found(as_, handler):
    assert as_(handler).get("/referrals/new/none-such/").status_code == 404


def test_open_referrals_are_shown_before_the_form_is_filled(as_, send, handler):
    code = send("social_work_need").client.identity_code
    page = as_(handler).post(URL, {"step": "person", "identity_code": code.lower()})
    assert page.status_code == 200
    assert "The client has an open referral already." in page.content.decode()
    assert f'value="{code}"' in page.content.decode()


@pytest.mark.parametrize("code", ["010190-901A", "010190-9", "", "\x00", "x" * 100_000])
def test_wrong_code_is_told_before_anything_else_is_asked(as_, handler, code):
    page = as_(handler).post(URL, {"step": "person", "identity_code": code})
    assert page.status_code == 422
    assert 'id="identity_code-error"' in page.content.decode()


def test_client_without_a_code_is_asked_for_the_birth_date(as_, handler):
    page = as_(handler).post(URL, {"step": "person", "without_code": "1"}).content.decode()
    assert 'name="client.birth_date"' in page
    assert 'name="client.no_identity_code_reason"' in page


@pytest.mark.parametrize("type", TYPES)
def test_every_type_goes_from_the_form_over_the_last_look_to_the_sent_referral(as_, handler, type):
    browser, address = as_(handler), f"/referrals/new/{TYPES[type].slug}/"
    facts = {"basic_decision": decision(clock.today())} if type == "supplementary_application" else {}
    form = browser.post(address, {"step": "person", "identity_code": identity_code(date(1990, 1, 1))})
    assert form.status_code == 200
    check = browser.post(address, typed(type, **facts) | {"step": "check"})
    assert check.status_code == 200, check.context["form"].errors
    sent = browser.post(address, Inputs(check.content.decode()).found | {"step": "send"})
    (referral,) = all_referrals()
    assert sent.headers["Location"] == f"/referrals/{referral.pk}/"
    assert referral.type == type
    assert browser.get(sent.headers["Location"]).status_code == 200


def test_what_the_form_sends_is_what_the_interface_sends(as_, handler, send):
    by_api = send(basic_decision=decision(clock.today()))
    as_(handler).post(URL, typed(basic_decision=decision(clock.today())) | {"step": "send"})
    by_form = all_referrals()[-1]
    with acting(Actor.system("test")):
        assert details(by_form) == details(by_api)
        assert list(by_form.decisions.values("number", "lines")) == list(by_api.decisions.values("number", "lines"))


def details(referral: Referral) -> dict:
    found = getattr(referral, TYPES[referral.type].related_name)
    return {field.name: getattr(found, field.name) for field in found._meta.fields if field.name != "referral"}


def test_double_click_sends_once(as_, handler):
    browser = as_(handler)
    answers = {browser.post(URL, typed() | {"step": "send"}).headers["Location"] for _ in range(2)}
    assert len(answers) == len(all_referrals()) == 1


def test_same_form_with_other_content_is_told_of_and_not_lost(as_, handler):
    browser = as_(handler)
    browser.post(URL, typed() | {"step": "send"})
    answer = browser.post(URL, typed(common={"additional_information": "Something new."}) | {"step": "send"})
    assert answer.status_code == 422
    assert "Something new." in answer.content.decode()
    assert answer.context["key"] != "key-of-the-form"
    assert len(all_referrals()) == 1


def test_faults_stand_by_their_fields_and_above_and_nothing_typed_is_lost(as_, handler):
    wrong = typed(
        client={"family_name": "Säilyvä", "phone": "12"}, urgent_supplementary=True,
        expenses=[{"code": "other", "amount": "-5", "text": ""}],
    )  # fmt: skip
    answer = as_(handler).post(URL, wrong | {"step": "check"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="client-phone-error"' in page
    assert 'id="details-urgent_supplementary_reason-error"' in page
    assert 'href="#client-phone"' in page
    assert 'value="Säilyvä"' in page
    assert "The amount cannot be negative." in page
    assert not all_referrals()


def test_box_beside_says_where_it_goes_why_and_by_when(as_, handler):
    box = as_(handler).post(URL, typed() | {"step": "aside"}).content.decode()
    assert "Pirkanmaa wellbeing services county" in box
    assert "Home municipality Tampere" in box
    urgent = typed(client={"place_of_stay": "091"}, urgent_supplementary=True)
    box = as_(handler).post(URL, urgent | {"step": "aside"}).content.decode()
    assert "City of Helsinki" in box
    assert "Urgent: place of stay Helsinki" in box
    assert (
        "Åland"
        in as_(handler).post(URL, typed(client={"home_municipality": "478"}) | {"step": "aside"}).content.decode()
    )
    assert "Give the municipality" in as_(handler).post(URL, {"step": "aside"}).content.decode()


def test_last_look_shows_the_warnings_and_where_it_goes(as_, handler):
    facts = {"urgent_supplementary": True, "urgent_supplementary_reason": "No food."}
    page = as_(handler).post(URL, typed(**facts) | {"step": "check"}).content.decode()
    assert "An urgent supplementary need makes Kela treat the basic application as urgent too." in page
    assert "Where is the client now?" in page
    assert "Pirkanmaa" in page


def test_row_is_added_without_losing_what_is_typed(as_, handler):
    answer = as_(handler).post(URL, typed(client={"family_name": "Säilyvä"}) | {"rows": "details.expenses+"})
    page = answer.content.decode()
    assert 'name="details.expenses[1]amount"' in page
    assert 'value="Säilyvä"' in page
    assert 'value="250.00"' in page


def test_change_leads_back_to_the_form_with_everything_in_it(as_, handler):
    check = as_(handler).post(URL, typed(client={"family_name": "Säilyvä"}) | {"step": "check"})
    form = as_(handler).post(URL, Inputs(check.content.decode()).found | {"step": "form"}).content.decode()
    assert 'value="Säilyvä"' in form
    assert 'value="key-of-the-form"' in form


@pytest.mark.parametrize("step", ["person", "form", "aside", "check", "send", "\x00", ""])
@pytest.mark.parametrize(
    "data",
    [
        {},
        {"key": "\x00", "client.family_name": "\x00"},
        {"key": "k" * 1000, "details.expenses[9999]code": "x", "details.expenses": "y", "details": "z", "client": "w"},
        {"client.home_municipality": "999", "client.identity_code": "x" * 100_000, "rows": "details.none+"},
        {"rows": "client+"}, {"rows": "details.expenses-77"}, {"details.urgent_supplementary": ["true", "false"]},
        {"details.expenses[0]amount": "NaN", "details.application_period.from": "2026-13", "client.phone": "+"},
        {"additional_information": "x" * 11_000, "client_informed_on": "9999-99-99", "client.home_municipality": "８３７"},
    ],
)  # fmt: skip
def test_odd_data_is_answered_and_sends_nothing(as_, handler, step, data):
    assert as_(handler).post(URL, data | {"step": step}).status_code in (200, 422)
    assert not all_referrals()


def test_ten_megabytes_of_text_are_refused_with_a_sentence(as_, handler):
    answer = as_(handler).post(URL, typed(common={"additional_information": "x" * 10_000_000}) | {"step": "send"})
    assert answer.status_code == 422
    assert "At most 10000 characters." in answer.content.decode().replace("10 000", "10000").replace("10,000", "10000")
    assert not all_referrals()


def test_nothing_of_the_client_stands_in_an_address(as_, handler):
    browser = as_(handler)
    for step in ("check", "form"):
        page = browser.post(URL, typed() | {"step": step}).content.decode()
        for link in page.split('href="')[1:] + page.split('action="')[1:] + page.split('hx-post="')[1:]:
            assert "900" not in link.split('"')[0]
            assert "Esimerkki" not in link.split('"')[0]
    sent = browser.post(URL, typed() | {"step": "send"}).headers["Location"]
    assert UUID(sent.strip("/").split("/")[-1])
    assert now(all_referrals()[0]).status == "sent"
