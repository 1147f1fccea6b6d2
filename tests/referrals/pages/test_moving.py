from __future__ import annotations

import pytest

from kela_kunta.base import clock
from tests.builders import decision
from tests.cast import now, url


def move(browser, referral, slug: str, *, version: int | None = None, **data):
    return browser.post(url(referral, slug), {"version": version or now(referral).version} | data)


def test_worker_acknowledges_starts_and_closes(as_, send, pirkanmaa):
    referral, browser = send(), as_(pirkanmaa)
    assert move(browser, referral, "acknowledge").headers["Location"] == url(referral)
    assert now(referral).status == "acknowledged"
    move(browser, referral, "start")
    assert (now(referral).status, now(referral).assignee_id) == ("in_progress", pirkanmaa.pk)
    move(browser, referral, "close", outcome="granted", text="")
    assert (now(referral).status, now(referral).outcome) == ("closed", "granted")


def test_every_offered_form_opens(as_, begun, pirkanmaa, lead, handler):
    for user in (pirkanmaa, lead, handler):
        for _move, slug, at_once in as_(user).get(url(begun)).context["moves"]:
            if not at_once:
                assert as_(user).get(url(begun, slug)).status_code == 200, slug


def test_return_says_why_and_proposes_where(as_, begun, pirkanmaa, handler):
    answer = move(as_(pirkanmaa), begun, "return", reason="wrong_authority", text="Lives in Rovaniemi.")
    assert answer.content.decode().count('role="alert"') == 2  # the list of errors, and the frame's empty one
    assert answer.status_code == 422
    assert "Say which authority it belongs to." in answer.content.decode()
    assert "Lives in Rovaniemi." in answer.content.decode()
    assert now(begun).status == "in_progress"
    move(
        as_(pirkanmaa),
        begun,
        "return",
        reason="wrong_authority",
        text="Lives in Rovaniemi.",
        proposed_authority="county-21",
    )
    assert (now(begun).status, now(begun).proposed_authority_id) == ("returned", "county-21")
    page = as_(handler).get(url(begun)).content.decode()
    assert "Wrong authority" in page
    assert "Lives in Rovaniemi." in page


def test_handler_sends_a_returned_one_on_to_the_proposed_authority(as_, begun, pirkanmaa, handler, lapland):
    move(as_(pirkanmaa), begun, "return", reason="wrong_authority", text="Moved.", proposed_authority="county-21")
    form = as_(handler).get(url(begun, "reroute"))
    assert '<option value="county-21" selected>' in form.content.decode()
    move(as_(handler), begun, "reroute", authority="county-21", text="As proposed.")
    assert as_(lapland).get(url(begun)).status_code == 200
    assert as_(pirkanmaa).get(url(begun)).status_code == 404


def test_transfer_hands_over_and_the_giver_comes_back_to_the_worklist(as_, begun, pirkanmaa, lapland):
    answer = move(as_(pirkanmaa), begun, "transfer", authority="county-21", reason="moved", text="")
    assert answer.headers["Location"] == "/referrals/"
    assert as_(lapland).get(url(begun)).status_code == 200


def test_supervisor_chooses_the_receiver_of_what_had_none(as_, send, supervisor, handler):
    referral = send(client={"home_municipality": "478"})
    assert move(as_(handler), referral, "resolve", authority="county-08", text="Stays in Tampere.").status_code == 409
    move(as_(supervisor), referral, "resolve", authority="county-08", text="Stays in Tampere.")
    assert (now(referral).status, now(referral).receiving_authority_id) == ("delivered", "county-08")


def test_two_at_once_get_one_winner_and_one_clear_message(as_, begun, pirkanmaa, pirkanmaa2):
    read = begun.version
    move(as_(pirkanmaa2), begun, "raise-urgency", version=read, reason="No food.")
    answer = move(as_(pirkanmaa), begun, "close", version=read, outcome="granted", text="What I typed.")
    page = answer.content.decode()
    assert answer.status_code == 412
    assert "The referral has changed since you read it." in page
    assert pirkanmaa2.name in page
    assert "What I typed." in page
    assert f'name="version" value="{read + 1}"' in page
    assert now(begun).status == "in_progress"


def test_one_click_on_an_old_page_changes_nothing(as_, send, pirkanmaa, pirkanmaa2):
    referral = send()
    move(as_(pirkanmaa2), referral, "acknowledge", version=referral.version)
    answer = move(as_(pirkanmaa), referral, "acknowledge", version=referral.version)
    assert answer.status_code == 412
    assert pirkanmaa2.name in answer.content.decode()


def test_lead_gives_work_to_another(as_, send, lead, pirkanmaa):
    referral = send()
    move(as_(lead), referral, "start", assignee=str(pirkanmaa.pk))
    assert now(referral).assignee_id == pirkanmaa.pk
    move(as_(lead), referral, "assign", assignee=str(lead.pk))
    assert now(referral).assignee_id == lead.pk


def test_handler_withdraws_and_attaches_a_decision(as_, send, handler):
    referral = send()
    page = as_(handler).get(url(referral, "attach-decision"))
    assert page.status_code == 200
    given = decision(clock.today())
    data = {"version": referral.version, "number": given["number"], "decided_on": given["decided_on"], "result": "granted",
            "period.from": given["period"]["from"], "period.to": given["period"]["to"]}  # fmt: skip
    for place, line in enumerate(given["calculation_lines"]):
        data |= {
            f"calculation_lines[{place}]{name}": str(value).lower() if isinstance(value, bool) else value
            for name, value in line.items()
        }
    assert as_(handler).post(url(referral, "attach-decision"), data).status_code == 302
    assert "179,71" in as_(handler).get(url(referral)).content.decode()
    move(as_(handler), referral, "withdraw", reason="client_cancelled", text="")
    assert now(referral).status == "withdrawn"


def test_outcome_is_corrected_without_a_new_status(as_, begun, pirkanmaa):
    move(as_(pirkanmaa), begun, "close", outcome="granted", text="")
    move(as_(pirkanmaa), begun, "correct-outcome", outcome="rejected", text="A slip of the hand.")
    assert (now(begun).status, now(begun).outcome) == ("closed", "rejected")


def test_neighbour_and_nobody_cannot_move_it(as_, client, send, lapland):
    referral = send()
    for slug in ("acknowledge", "start", "return", "close", "transfer"):
        assert move(as_(lapland), referral, slug).status_code == 404
        assert move(client, referral, slug).headers["Location"].startswith("/accounts/login/")
    assert now(referral).version == referral.version


def test_move_that_is_not_ones_own_changes_nothing(as_, send, handler, pirkanmaa):
    referral = send()
    assert move(as_(handler), referral, "acknowledge").status_code == 409
    assert move(as_(handler), referral, "close", outcome="granted").status_code == 409
    assert as_(pirkanmaa).get(url(referral, "withdraw")).status_code == 409
    assert now(referral).status == "delivered"


@pytest.mark.parametrize("slug", ["deliver", "fail", "succeed", "none-such", "return_", "print-it"])
def test_what_is_no_move_of_a_persons_is_not_found_or_refused(as_, send, pirkanmaa, slug):
    assert as_(pirkanmaa).get(url(send(), slug)).status_code in (404, 409)


@pytest.mark.parametrize(
    "data",
    [{}, {"version": "x"}, {"version": "9" * 400}, {"version": "-1"}, {"version": "\x00"}, {"text": "\x00", "version": "2"},
     {"text": "x" * 50_000, "version": "2", "reason": "x" * 50_000}, {"reason": ["other", "moved"], "version": "²"}],
)  # fmt: skip
@pytest.mark.parametrize("slug", ["acknowledge", "return", "transfer", "raise-urgency"])
def test_odd_data_is_refused_and_changes_nothing(as_, send, pirkanmaa, slug, data):
    if slug == "acknowledge" and data.get("version") == "2":
        data = data | {"version": "1"}
    referral = send()
    assert as_(pirkanmaa).post(url(referral, slug), data).status_code in (409, 412, 422)
    assert now(referral).status == "delivered"
