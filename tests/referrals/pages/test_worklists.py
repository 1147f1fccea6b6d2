from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import AccessLog
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.escalating import escalate_waiting
from tests.builders import person
from tests.cast import now, url
from tests.directory import paused

WORKLIST, SEARCH, BULK = "/referrals/", "/referrals/search/", "/referrals/bulk/"
HTMX = {"HX-Request": "true"}


def names(response) -> list[str]:
    """The links to referrals, in order."""
    return [row.name for group in response.context["groups"] for row in group.rows]


def test_right_authority_sees_it_and_its_neighbour_does_not(as_, send, pirkanmaa, lapland):
    send()
    assert "Esimerkki, Aino" in as_(pirkanmaa).get(WORKLIST).content.decode()
    assert "Esimerkki" not in as_(lapland).get(WORKLIST).content.decode()


def test_nobody_is_led_to_the_login_and_other_roles_are_refused(client, as_, analyst):
    assert client.get(WORKLIST).headers["Location"].startswith("/accounts/login/")
    assert as_(analyst).get(WORKLIST).status_code == 403


def test_handler_sees_what_was_sent_and_what_came_back(as_, send, handler, handler2, pirkanmaa):
    referral = send()
    assert names(as_(handler).get(WORKLIST)) == ["Esimerkki, Aino"]
    assert names(as_(handler2).get(WORKLIST)) == []
    assert names(as_(handler).get(WORKLIST, {"view": "back"})) == []
    as_(pirkanmaa).post(url(referral, "return"), {"version": referral.version, "reason": "other", "text": "Why?"})
    assert names(as_(handler).get(WORKLIST, {"view": "back"})) == ["Esimerkki, Aino"]


def test_supervisor_sees_what_has_no_receiver(as_, send, supervisor, handler):
    send(client={"home_municipality": "478"})
    assert names(as_(supervisor).get(WORKLIST, {"view": "unroutable"})) == ["Esimerkki, Aino"]


def test_every_view_of_every_role_opens(as_, send, handler, supervisor, pirkanmaa, lead):
    send()
    for user in (handler, supervisor, pirkanmaa, lead):
        page = as_(user).get(WORKLIST)
        for view, _total in page.context["views"]:
            assert as_(user).get(WORKLIST, {"view": view.name}).status_code == 200


def test_inbox_is_grouped_by_time_nearest_deadline_first(as_, send, pirkanmaa):
    arrival = datetime(2026, 11, 16, 8, tzinfo=UTC)
    for days, family_name in ((0, "Myöhäinen"), (0, "Kiireinen"), (7, "Rauhallinen")):
        with clock.frozen(arrival + timedelta(days=days)):
            urgent = (
                {"urgent_supplementary": True, "urgent_supplementary_reason": "Nälkä."}
                if family_name == "Kiireinen"
                else {}
            )
            send(client={"family_name": family_name}, **urgent)
    with clock.frozen(datetime(2026, 11, 25, 10, tzinfo=UTC)):
        page = as_(pirkanmaa).get(WORKLIST)
    assert [(group.name, group.total) for group in page.context["groups"]] == [("late", 1), ("today", 1), ("later", 1)]
    assert names(page) == ["Kiireinen, Aino", "Myöhäinen, Aino", "Rauhallinen, Aino"]


def test_new_ones_stand_latest_first_whatever_their_deadline(as_, send, pirkanmaa):
    arrival = datetime(2026, 11, 23, 8, tzinfo=UTC)
    for days, family_name in ((0, "Maanantainen"), (2, "Keskiviikkoinen")):
        with clock.frozen(arrival + timedelta(days=days)):
            send(client={"family_name": family_name})
    with clock.frozen(arrival + timedelta(days=2, hours=1)):
        page = as_(pirkanmaa).get(WORKLIST, {"view": "new"})
    assert [group.name for group in page.context["groups"]] == ["today", "week"]
    assert names(page) == ["Keskiviikkoinen, Aino", "Maanantainen, Aino"]
    assert (page.context["found"], page.context["takes_bulk"]) == (2, True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"type": "social_work_need"}, ["Toinen, Aino"]),
        ({"municipality": "211"}, ["Toinen, Aino"]),
        ({"urgent": "yes"}, []),
        ({"status": "delivered"}, ["Esimerkki, Aino", "Toinen, Aino"]),
        ({"assignee": "none"}, ["Esimerkki, Aino", "Toinen, Aino"]),
        ({"status": "closed"}, []),
    ],
)
def test_filters_stand_in_the_query_string(as_, send, pirkanmaa, query, found):
    send()
    send("social_work_need", client={"family_name": "Toinen", "home_municipality": "211"})
    assert sorted(names(as_(pirkanmaa).get(WORKLIST, query))) == found


@pytest.mark.parametrize(
    "query",
    [
        {"view": "\x00"}, {"view": "none such"}, {"type": "x" * 5000}, {"assignee": "not-a-uuid"}, {"cursor": "%%%"},
        {"cursor": "WyI+IiwgIngiLCAieSJd"}, {"municipality": ["1", "2"]}, {"status": "\ud800"}, {"urgent": "maybe"},
    ],
)  # fmt: skip
def test_odd_query_shows_the_first_page(as_, send, pirkanmaa, query):
    send()
    page = as_(pirkanmaa).get(
        WORKLIST,
        {
            name: value if isinstance(value, list) else str(value).encode("utf-8", "surrogatepass")
            for name, value in query.items()
        },
    )
    assert page.status_code == 200
    assert names(page) == ["Esimerkki, Aino"]


def test_rows_swapped_into_the_page_equal_the_page_loaded_whole(as_, send, pirkanmaa):
    send()
    send("social_work_need", client={"family_name": "Toinen"})
    browser = as_(pirkanmaa)
    part = browser.get(WORKLIST, {"view": "open", "type": "social_work_need"}, headers=HTMX).content.decode()
    whole = browser.get(WORKLIST, {"view": "open", "type": "social_work_need"}).content.decode()
    assert without_tokens(part.strip()) in without_tokens(whole)
    assert "Esimerkki" not in part


def without_tokens(text: str) -> str:
    return "".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_pages_follow_each_other_without_gap_or_repetition(as_, send, pirkanmaa, monkeypatch):
    monkeypatch.setattr("referrals.pages.worklists.ROWS_ON_A_PAGE", 2)
    sent = {send(client=person(date(1980, 1, day))).pk for day in range(1, 6)}
    browser, cursor, seen = as_(pirkanmaa), "", []
    while cursor is not None:
        page = browser.get(WORKLIST, {"cursor": cursor}).context["page"]
        seen += [referral.pk for referral in page]
        cursor = page.next
    assert len(seen) == len(sent)
    assert set(seen) == sent


def test_search_finds_by_name_and_by_code_and_never_by_the_address(as_, send, pirkanmaa, lapland):
    code = send(client={"family_name": "Hämäläinen-Etsitty"}).client.identity_code
    send(client=person(date(1970, 5, 5), family_name="Muu"))
    for text in ("hamalainen", "etsitty aino", code, code.lower()):
        found = as_(pirkanmaa).post(SEARCH, {"text": text}).content.decode()
        assert "Hämäläinen-Etsitty" in found, text
        assert "Muu" not in found
        assert "Hämäläinen" not in as_(lapland).post(SEARCH, {"text": text}).content.decode()
    assert as_(pirkanmaa).get(f"{SEARCH}?text=etsitty").headers["Location"] == WORKLIST


@pytest.mark.parametrize("text", ["", "\x00", "%", "_", "x" * 100_000, "010190-900P" * 3, "'; --"])
def test_odd_search_text_is_answered(as_, send, pirkanmaa, text):
    send()
    assert as_(pirkanmaa).post(SEARCH, {"text": text}).status_code in (200, 302)


def test_every_list_and_search_leaves_a_line_in_the_log(as_, send, pirkanmaa):
    send()
    as_(pirkanmaa).get(WORKLIST)
    as_(pirkanmaa).post(SEARCH, {"text": "Esimerkki"})
    with acting(Actor.system("test")):
        assert sorted(AccessLog.objects.values_list("look", flat=True)) == ["list", "search"]


def test_ticked_ones_are_acknowledged_and_the_rest_is_told(as_, send, pirkanmaa, pirkanmaa2):
    first, second, third = send(), send(), send()
    as_(pirkanmaa2).post(url(second, "acknowledge"), {"version": second.version})
    answer = as_(pirkanmaa).post(
        BULK,
        {"action": "acknowledge", "reach": "picked", "pick": [first.pk, second.pk, "junk"], "view": "open"},
        follow=True,
    )
    assert [now(referral).status for referral in (first, second, third)] == [
        "acknowledged",
        "acknowledged",
        "delivered",
    ]
    assert "1 referral done. 1 had been taken care of already." in answer.content.decode()


def test_all_that_match_are_acknowledged_over_more_than_one_page(as_, send, pirkanmaa, monkeypatch):
    monkeypatch.setattr("referrals.pages.worklists.ROWS_ON_A_PAGE", 1)
    both = [send("social_work_need"), send("social_work_need")]
    other = send()
    page = as_(pirkanmaa).get(WORKLIST, {"type": "social_work_need"})
    assert len(page.context["page"]) == 1
    as_(pirkanmaa).post(BULK, {"action": "acknowledge", "reach": "all", "view": "open", "type": "social_work_need"})
    assert [now(referral).status for referral in both] == ["acknowledged"] * 2
    assert now(other).status == "delivered"


def test_worker_takes_and_lead_gives(as_, send, pirkanmaa, pirkanmaa2, lead):
    first, second = send(), send()
    as_(pirkanmaa).post(BULK, {"action": "take", "reach": "picked", "pick": [first.pk]})
    as_(lead).post(
        BULK, {"action": "assign", "reach": "picked", "pick": [first.pk, second.pk], "give_to": pirkanmaa2.pk}
    )
    assert now(first).assignee_id == pirkanmaa2.pk
    assert (now(second).status, now(second).assignee_id) == ("in_progress", pirkanmaa2.pk)


def test_lead_gives_all_that_match_and_the_filter_by_assignee_holds(as_, send, pirkanmaa, pirkanmaa2, lead):
    mine, free = send(), send()
    as_(pirkanmaa).post(BULK, {"action": "take", "reach": "picked", "pick": [mine.pk]})
    every = {"view": "open", "reach": "all", "assignee": "none", "give_to": ""}
    as_(lead).post(BULK, every | {"action": "acknowledge"})
    as_(lead).post(BULK, every | {"action": "assign", "give_to": pirkanmaa2.pk})
    assert (now(mine).assignee_id, now(free).assignee_id) == (pirkanmaa.pk, pirkanmaa2.pk)


def test_page_asks_for_the_receiver_of_work_apart_from_the_filter(as_, send, lead):
    send()
    page = as_(lead).get(WORKLIST, {"assignee": "none"}).content.decode()
    form = page[page.index('action="/referrals/bulk/"') :]
    assert form.count('name="assignee"') == form.count('name="give_to"') == 1


def test_neighbour_cannot_acknowledge_in_bulk(as_, send, lapland):
    referral = send()
    as_(lapland).post(BULK, {"action": "acknowledge", "reach": "picked", "pick": [referral.pk]})
    assert now(referral).status == "delivered"


@pytest.mark.parametrize(
    "data", [{}, {"action": "assign"}, {"action": "x", "reach": "all"}, {"action": "assign", "give_to": "\x00"}]
)
def test_odd_bulk_changes_nothing(as_, send, pirkanmaa, data):
    referral = send()
    assert as_(pirkanmaa).post(BULK, data | {"pick": [referral.pk]}).status_code == 302
    assert now(referral).status == "delivered"


def test_protected_person_stands_nameless_in_the_list_of_the_cleared_and_in_no_other(as_, send, pirkanmaa, pirkanmaa2):
    send(client={"non_disclosure": True})
    cleared = as_(pirkanmaa2).get(WORKLIST).content.decode()
    assert "Protected person" in cleared
    assert "Esimerkki" not in cleared
    assert names(as_(pirkanmaa).get(WORKLIST)) == []


def test_supervisor_sees_what_is_handed_over_time_and_again(as_, send, supervisor, pirkanmaa, lapland):
    referral = send()
    holders = [pirkanmaa, lapland, pirkanmaa, lapland]
    for holder, target in zip(holders, ["county-21", "county-08", "county-21", "county-08"], strict=True):
        assert names(as_(supervisor).get(WORKLIST, {"view": "passed_on"})) == []
        as_(holder).post(
            url(referral, "transfer"),
            {"version": now(referral).version, "authority": target, "reason": "moved", "text": ""},
        )
    assert names(as_(supervisor).get(WORKLIST, {"view": "passed_on"})) == ["Esimerkki, Aino"]


def test_supervisor_sees_what_is_late_at_an_authority(as_, send, supervisor):
    with clock.frozen(datetime(2026, 11, 16, 8, tzinfo=UTC)):
        send(on=date(2026, 11, 16))
    with clock.frozen(datetime(2026, 11, 25, 8, tzinfo=UTC)):
        assert names(as_(supervisor).get(WORKLIST, {"view": "late"})) == []
    with clock.frozen(datetime(2026, 11, 26, 8, tzinfo=UTC)):
        assert names(as_(supervisor).get(WORKLIST, {"view": "late"})) == ["Esimerkki, Aino"]


URGENT = {"urgent_supplementary": True, "urgent_supplementary_reason": "No food."}


@pytest.fixture
def escalated(send, lead):
    """One escalated at its delivery, among others that are late."""
    with clock.frozen(datetime(2026, 11, 2, 8, tzinfo=UTC)):
        send(client={"family_name": "Myöhäinen"})
    paused(lead)
    return send(client={"family_name": "Hätäinen"}, **URGENT)


@pytest.mark.parametrize("view", ["open", "new"])
def test_what_is_escalated_stands_first_and_marked(as_, escalated, pirkanmaa, lead, view):
    for user in (pirkanmaa, lead):
        page = as_(user).get(WORKLIST, {"view": view})
        assert names(page) == ["Hätäinen, Aino", "Myöhäinen, Aino"]
        first = page.context["groups"][0]
        assert (first.name, first.total) == ("escalated", 1)
        assert (page.context["found"], page.context["late"]) == (2, 1)
        assert '<span class="tag escalated">Escalated</span>' in page.content.decode()


def test_it_has_a_view_of_its_own_until_somebody_acknowledges_it(as_, escalated, pirkanmaa, supervisor):
    for user, view in ((pirkanmaa, "escalated"), (supervisor, "paused")):
        assert names(as_(user).get(WORKLIST, {"view": view})) == ["Hätäinen, Aino"]
    as_(pirkanmaa).post(url(escalated, "acknowledge"), {"version": escalated.version})
    for user, view in ((pirkanmaa, "escalated"), (supervisor, "paused")):
        assert names(as_(user).get(WORKLIST, {"view": view})) == []
    assert names(as_(pirkanmaa).get(WORKLIST)) == ["Myöhäinen, Aino", "Hätäinen, Aino"]


def test_supervisor_sees_apart_what_nobody_noted_in_time(as_, send, supervisor):
    with clock.frozen(datetime(2026, 11, 2, 8, tzinfo=UTC)):
        send(client={"family_name": "Unohdettu"}, **URGENT)
    escalate_waiting()
    assert names(as_(supervisor).get(WORKLIST, {"view": "unnoted"})) == ["Unohdettu, Aino"]
    assert names(as_(supervisor).get(WORKLIST, {"view": "paused"})) == []


def test_start_page_shows_what_is_escalated_before_all_else(as_, escalated, pirkanmaa, supervisor):
    for user in (pirkanmaa, supervisor):
        page = as_(user).get("/")
        assert [row.name for row in page.context["rows"]] == ["Hätäinen, Aino"]


def test_what_is_escalated_is_counted_once_and_shown_once_over_all_pages(as_, send, lead, pirkanmaa, monkeypatch):
    monkeypatch.setattr("referrals.pages.worklists.ROWS_ON_A_PAGE", 2)
    paused(lead)
    sent = {send(**URGENT).pk for _ in range(3)} | {send().pk for _ in range(3)}
    browser, cursor, seen = as_(pirkanmaa), "", []
    while cursor is not None:
        page = browser.get(WORKLIST, {"cursor": cursor})
        assert page.context["found"] == 6
        seen += [row.referral.pk for group in page.context["groups"] for row in group.rows]
        cursor = page.context["page"].next
    assert len(seen) == len(sent)
    assert set(seen) == sent


def test_filters_hold_for_what_is_escalated_too(as_, escalated, pirkanmaa):
    assert names(as_(pirkanmaa).get(WORKLIST, {"type": "under_25"})) == []
    assert names(as_(pirkanmaa).get(WORKLIST, {"urgent": "no"})) == ["Myöhäinen, Aino"]


def test_a_look_at_what_is_escalated_is_in_the_access_log(as_, escalated, pirkanmaa, auditor):
    as_(pirkanmaa).get(WORKLIST)
    with acting(auditor.actor):
        assert AccessLog.objects.filter(actor_id=str(pirkanmaa.pk), referrals__contains=[escalated.pk]).exists()


def test_the_neighbour_sees_nothing_of_it(as_, escalated, lapland):
    assert names(as_(lapland).get(WORKLIST, {"view": "escalated"})) == []
