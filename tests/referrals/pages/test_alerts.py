"""Kela's pages about the detection."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import AccessLog, User
from delivery.channels import email
from delivery.models import Letter
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from referrals.actions.detecting import detect_alerts
from referrals.actions.recalling import carry_out_recalls
from referrals.actions.releasing import release_alerts
from referrals.actions.routing import route_batch
from referrals.actions.working import start
from referrals.models import Alert, AlertRule, AlertRun, AssistanceImport, Recipient, Referral
from referrals.rules.months import add_months, month_of
from tests.assistance import BORN, month_told, recipient_of, tell, tell_months
from tests.builders import identity_code
from tests.contacts.pages.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
ALERTS = "/referrals/alerts/"
JOB = Actor.system("test")


def night() -> AlertRun:
    run = detect_alerts(clock.today()).run
    while release_alerts(clock.today()):
        pass
    return run


def tell_import() -> AssistanceImport:
    """Of four months of one person."""
    tell_months(4)
    with acting(JOB):
        return AssistanceImport.objects.get()


def test_who_reaches_the_limit_next_month_is_listed_and_the_look_is_logged(as_, handler):
    tell_months(3)
    night()
    shown = text_of(as_(handler).get(ALERTS))
    assert "Esimerkki, Oiva" in shown
    assert "3 months: 8–10/2026" in shown
    with acting(JOB):
        logged = AccessLog.objects.get()
        assert (logged.about, logged.referrals) == ({"view": "alerts/coming"}, [recipient_of().pk])


@pytest.mark.parametrize(("facts", "view"), [({"unemployed": None}, "lacking"), ({}, "coming")])
def test_who_is_not_on_assistance_any_more_is_listed_no_longer(as_, handler, facts, view):
    tell_months(4 if facts else 3, **facts)
    night()
    assert "Esimerkki" in text_of(as_(handler).get(ALERTS, {"view": view}))
    with clock.frozen(datetime(2027, 1, 1, tzinfo=UTC)):
        assert "Esimerkki" not in text_of(as_(handler).get(ALERTS, {"view": view}))


def test_the_auditor_finds_who_saw_a_person_in_the_lists(as_, handler, auditor):
    tell_months(3)
    night()
    as_(handler).get(ALERTS)
    found = as_(auditor).post("/audit/person/", {"person": identity_code(BORN)})
    assert "Handler" in text_of(found)


def test_filters_narrow_and_nonsense_in_them_is_as_if_not_there(as_, handler):
    tell_months(3)
    night()
    browser = as_(handler)
    assert "Esimerkki" not in text_of(browser.get(ALERTS, {"type": "over_25"}))
    assert "Esimerkki" not in text_of(browser.get(ALERTS, {"municipality": "091"}))
    assert "Esimerkki" in text_of(browser.get(ALERTS, {"municipality": "837", "type": "under_25"}))
    assert (
        browser.get(ALERTS, {"view": "x\x00", "type": "x\x00", "municipality": "\x00", "page": "x"}).status_code == 200
    )


def test_what_lacks_a_fact_says_which(as_, handler):
    tell_months(4, unemployed=None)
    night()
    assert "whether it was paid because of unemployment" in text_of(as_(handler).get(ALERTS, {"view": "lacking"}))


def test_what_waits_for_a_monday_tells_its_day(as_, handler):
    with acting(JOB):
        AlertRule.objects.update(most_at_once=0, lot_size=1)
    tell_months(4)
    detect_alerts(clock.today())
    with acting(JOB):
        day = Alert.objects.get().release_on
    assert f"{day.day}.{day.month}.{day.year}" in text_of(as_(handler).get(ALERTS, {"view": "waiting"}))


def test_a_protected_person_shows_to_nobody_who_is_not_cleared_and_nameless_to_the_cleared(as_, handler, supervisor):
    tell_months(3, non_disclosure=True)
    night()
    assert "Nobody at the moment." in text_of(as_(handler).get(ALERTS))
    shown = text_of(as_(supervisor).get(ALERTS))
    assert "Protected person" in shown
    assert "Esimerkki" not in shown
    assert "Tampere" not in shown.split("Protected person")[1][:60]


def test_who_is_still_on_assistance_four_months_after_is_counted_and_named(as_, handler):
    then = add_months(month_of(clock.today()), -4)
    with clock.frozen(datetime(then.year, then.month, 3, 12, tzinfo=UTC)):
        for number in (900, 901, 902):
            tell_months(4, number=number)
        night()
    tell(month_told(month_of(clock.today())), month_told(month_of(clock.today()), number=901, amount="0.00"))
    shown = text_of(as_(handler).get(ALERTS, {"view": "after"}))
    for figure in ("Alerts sent 3", "Still on assistance in 11/2026 1", "No longer 1", "Not told 1"):
        assert figure in shown
    assert shown.count("Esimerkki, Oiva") == 1


def test_a_run_tells_its_numbers_and_a_handler_cannot_recall_it(as_, handler):
    tell_months(4)
    run = night()
    browser = as_(handler)
    assert "1 sent, 0 waiting" in text_of(browser.get(f"{ALERTS}runs/{run.pk}/"))
    assert "Recall" not in text_of(browser.get(f"{ALERTS}runs/{run.pk}/"))
    assert browser.post(f"{ALERTS}runs/{run.pk}/", {"text": "Väärä."}).status_code == 422
    assert f"runs/{run.pk}/" in browser.get(ALERTS, {"view": "runs"}).content.decode()


def test_a_supervisor_sees_what_a_recall_would_do_and_recalls_with_a_reason(as_, supervisor):
    tell_months(4)
    run = night()
    browser, address = as_(supervisor), f"{ALERTS}runs/{run.pk}/"
    assert "1 alert that nobody works on is withdrawn." in text_of(browser.get(address))
    assert "Write why." in text_of(browser.post(address, {"text": " "}))
    assert "The run is recalled." in text_of(browser.post(address, {"text": "Väärä aineisto."}, follow=True))
    while carry_out_recalls():
        pass
    assert "All that nobody worked on has been withdrawn" in text_of(browser.get(address))
    with acting(JOB):
        assert Referral.objects.get().withdrawal_reason == "recalled_run"
    assert "recalled already" in text_of(browser.post(address, {"text": "Taas."}))


def test_a_handler_sees_an_import_and_cannot_recall_it(as_, handler):
    made = tell_import()
    browser, address = as_(handler), f"{ALERTS}imports/{made.pk}/"
    assert f"imports/{made.pk}/" in browser.get(ALERTS, {"view": "imports"}).content.decode()
    shown = text_of(browser.get(address))
    assert "By REST, by Hälytyshaku." in shown
    assert "Months told 4" in shown
    assert "Recall" not in shown
    assert browser.post(address, {"text": "Väärä."}).status_code == 422


def test_a_supervisor_sees_what_the_recall_of_an_import_would_do_and_recalls_it_with_a_reason(as_, supervisor):
    made = tell_import()
    night()
    browser, address = as_(supervisor), f"{ALERTS}imports/{made.pk}/"
    shown = text_of(browser.get(address))
    assert "1 alert that nobody works on is withdrawn." in shown
    assert "4 months are forgotten" in shown
    assert "Write why." in text_of(browser.post(address, {"text": " "}))
    assert "The import is recalled." in text_of(browser.post(address, {"text": "Väärä aineisto."}, follow=True))
    while carry_out_recalls():
        pass
    assert "All that nobody worked on has been withdrawn" in text_of(browser.get(address))
    with acting(JOB):
        referral = Referral.objects.get()
    assert referral.withdrawal_reason == "recalled_import"
    assert "Withdrawn: The months behind it were recalled" in text_of(browser.get(f"/referrals/{referral.pk}/"))
    assert "recalled already" in text_of(browser.post(address, {"text": "Taas."}))


def test_who_works_on_an_alert_reads_that_its_months_were_recalled(as_, supervisor, pirkanmaa):
    made = tell_import()
    night()
    while route_batch():
        pass
    with acting(pirkanmaa.actor):
        referral = Referral.objects.get()
    start(referral.pk, by=pirkanmaa.actor, version=None)
    as_(supervisor).post(f"{ALERTS}imports/{made.pk}/", {"text": "Väärä aineisto."})
    while carry_out_recalls():
        pass
    shown = text_of(as_(pirkanmaa).get(f"/referrals/{referral.pk}/"))
    assert "Kela recalled the months that this was found in" in shown
    assert "Väärä aineisto." in shown


@pytest.mark.parametrize(
    "address",
    [ALERTS, *(f"{ALERTS}{what}/01a21461-9c55-76dd-9aaf-d37930449dfd/" for what in ("runs", "imports"))],
)
def test_an_authority_has_no_such_pages(as_, pirkanmaa, lead, address):
    assert as_(pirkanmaa).get(address).status_code == 403
    assert as_(lead).get(address).status_code == 403


@pytest.mark.parametrize("what", ["runs", "imports"])
def test_what_is_unknown_is_not_found(as_, supervisor, what):
    assert as_(supervisor).get(f"{ALERTS}{what}/01a21461-9c55-76dd-9aaf-d37930449dfd/").status_code == 404


@pytest.mark.parametrize("view", ["coming", "waiting", "lacking", "after", "runs", "imports"])
def test_every_list_costs_the_same_number_of_statements_however_long(as_, handler, view, django_assert_max_num_queries):
    for number in range(900, 912):
        tell_months(3 + number % 3, number=number, unemployed=None if number % 4 == 0 else True)
    night()
    with django_assert_max_num_queries(28):
        as_(handler).get(ALERTS, {"view": view})


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_receiver_is_told_how_many_wait(as_, lead, pirkanmaa, lapland, language):
    User.objects.filter(pk=lead.pk).update(email="lead@pirkanmaa.example", language=language)
    with acting(JOB):
        AlertRule.objects.update(most_at_once=1, lot_size=2)
    for number in (900, 901, 902):
        tell_months(4, number=number)
    detect_alerts(clock.today())
    assert "Under 25: 3 alerts more wait at Kela, to come in lots on Mondays, the next on 30.11.2026." in text_of(
        as_(pirkanmaa).get("/referrals/")
    )
    assert "wait at Kela" not in text_of(as_(lapland).get("/referrals/"))
    with acting(JOB):
        letter = Letter.objects.get()
        message = email.write(letter, "lead@pirkanmaa.example")
    assert letter.data == {"alerts": 3, "weeks": 2}
    assert "{{" not in message.subject + message.body
    assert "3" in message.subject


def test_one_that_a_rule_refuses_on_its_day_is_listed_with_the_reason_until_it_is_found_anew(as_, handler):
    tell_months(4)
    with acting(JOB):
        Recipient.objects.update(phone="+358 40")
    night()
    shown = text_of(as_(handler).get(ALERTS, {"view": "refused"}))
    assert "Esimerkki, Oiva" in shown
    assert "What is in the way" in shown
    assert "phone" in shown.lower()
    with clock.frozen(clock.now() + timedelta(days=90)):
        assert "The ground is gone" in text_of(as_(handler).get(ALERTS, {"view": "refused"}))
    tell_months(4, phone="+358 50 000 0000", amount="600.00")
    night()
    assert "Esimerkki, Oiva" not in text_of(as_(handler).get(ALERTS, {"view": "refused"}))
    with acting(JOB):
        assert Referral.objects.get().type == "under_25"
