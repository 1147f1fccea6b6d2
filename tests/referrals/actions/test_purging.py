"""What is not kept any more goes, whole; all else stays, whoever asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from accounts.actions.forgetting import forget_looks
from accounts.models import AccessLog, Look
from delivery.models import Event
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor, acting
from kela_kunta.base.sealed import blind_index
from referrals.actions.correcting import withdraw
from referrals.actions.detecting import detect_alerts
from referrals.actions.grounds import DETECTOR
from referrals.actions.messaging import mark_read, write_message
from referrals.actions.purging import PURGER, preview_purge, purge_expired
from referrals.actions.recalling import carry_out_recalls, recall
from referrals.actions.releasing import release_alerts
from referrals.actions.working import close, start
from referrals.models import (
    Alert,
    AlertRun,
    AlertState,
    AssistanceImport,
    AssistanceMonth,
    Purge,
    Recipient,
    Referral,
    Trace,
)
from referrals.queries.purges import last_purge
from referrals.queries.reading import referral_for, referrals_of_person
from referrals.rules.ages import years_after
from referrals.rules.lifecycle import WITHDRAWAL_BY_HAND
from referrals.rules.months import add_months
from stats.actions.counting import YearClosed, build_year
from stats.models import Count
from tests.assistance import BORN, month_told, tell, tell_months
from tests.builders import identity_code
from tests.cast import now
from tests.contacts.pages.reading import text_of
from tests.together import at_once

pytestmark = pytest.mark.django_db
JOB = Actor.system("test")
NOON = time(12)


def day_ago(years: int, days: int) -> datetime:
    """Noon in Helsinki so many years and days ago."""
    return datetime.combine(years_after(clock.today(), -years) - timedelta(days=days), NOON, clock.HELSINKI)


@pytest.fixture
def ended(send, handler) -> Callable[..., Referral]:
    """Makes a referral whose client took it back so many years and days ago."""

    def made(years: int, days: int = 0) -> Referral:
        with clock.frozen(day_ago(years, days)):
            referral = send()
            withdraw(referral.pk, by=handler.actor, version=None, reason="client_cancelled", text="")
        return now(referral)

    return made


@pytest.fixture
def discussed(send, pirkanmaa) -> Callable[..., Referral]:
    """Makes a referral with a message that was closed so many years and days ago."""

    def made(years: int, days: int = 0) -> Referral:
        with clock.frozen(day_ago(years, days)):
            referral = send()
            start(referral.pk, by=pirkanmaa.actor, version=None)
            write_message(referral.pk, by=pirkanmaa.actor, text="Soitamme huomenna.")
            close(referral.pk, by=pirkanmaa.actor, version=None, outcome="granted")
        return now(referral)

    return made


def parts_of(referral: Referral) -> dict[str, int]:
    """Rows in every table that tell of it, by the model's name."""
    with acting(JOB):
        found = {
            model.__name__: model._base_manager.filter(**{field.name: referral.pk}).count()
            for model in apps.get_models()
            for field in model._meta.fields
            if field.related_model is Referral
        }
        return found | {"Event": Event.objects.filter(subject_id=referral.pk).count()}


def test_a_referral_goes_ten_years_after_its_end_with_all_that_belongs_to_it(ended):
    referral = ended(10, days=1)
    assert parts_of(referral)["Client"] == parts_of(referral)["SupplementaryApplication"] == 1
    assert purge_expired(clock.today()).gone["referrals"] == 1
    assert set(parts_of(referral).values()) == {0}
    with acting(JOB):
        assert not Referral.objects.exists()


def test_a_day_short_of_ten_years_it_stays(ended):
    ended(10, days=-1)
    assert purge_expired(clock.today()).gone["referrals"] == 0


def test_messages_go_three_years_after_the_end_and_the_referral_stays(discussed):
    discussed(3, days=-1)
    assert purge_expired(clock.today()).gone["messages"] == 0
    older = discussed(3, days=1)
    gone = purge_expired(clock.today()).gone
    assert (gone["referrals"], gone["messages"]) == (0, 1)
    assert (parts_of(older)["Client"], parts_of(older)["Message"]) == (1, 0)


def test_what_is_written_after_the_end_is_not_deleted_before_anybody_could_read_it(discussed, handler):
    referral = discussed(3, days=1)
    write_message(referral.pk, by=handler.actor, text="Asiakas kysyy vielä.")
    mark_read(referral.pk, by=handler.actor)
    assert purge_expired(clock.today()).gone["messages"] == 1
    assert (parts_of(referral)["Message"], parts_of(referral)["MessagesRead"]) == (1, 1)


def test_what_has_not_ended_stays_however_old(send):
    with clock.frozen(datetime(2016, 1, 8, tzinfo=UTC)):
        referral = send()
    assert purge_expired(clock.today()).gone["referrals"] == 0
    assert parts_of(referral)["Client"] == 1


@pytest.mark.parametrize("reason", sorted(WITHDRAWAL_BY_HAND))
def test_mistakes_go_a_year_after_they_were_taken_back(send, handler, reason):
    with clock.frozen(datetime(2025, 10, 1, tzinfo=UTC)):
        referral = send()
        withdraw(referral.pk, by=handler.actor, version=None, reason=reason, text="Väärä.")
    gone = reason in ("sent_by_mistake", "wrong_person", "duplicate")
    with clock.frozen(datetime(2026, 9, 30, tzinfo=UTC)):
        assert purge_expired(clock.today()).gone["referrals"] == 0
    with clock.frozen(datetime(2026, 10, 3, tzinfo=UTC)):
        assert purge_expired(clock.today()).gone["referrals"] == gone


def test_an_alert_that_was_found_is_remembered_though_it_was_a_mistake():
    with clock.frozen(datetime(2025, 10, 1, tzinfo=UTC)):
        tell_months(4)
        detect_alerts(clock.today())
        release_alerts(clock.today())
        with acting(JOB):
            referral = Referral.objects.get()
        withdraw(referral.pk, by=DETECTOR, version=None, reason="duplicate", text="Väärä.")
    with clock.frozen(datetime(2026, 10, 3, tzinfo=UTC)):
        assert purge_expired(clock.today()).gone["referrals"] == 0
    with acting(JOB):
        assert Alert.objects.get().referral_id == referral.pk


def test_counts_stay_and_a_year_that_has_lost_referrals_is_not_counted_again(ended):
    year = ended(10, days=1).sent_at.year
    build_year(year)
    before = list(Count.objects.filter(year=year).values_list("type", "area", "count"))
    assert before
    purge_expired(clock.today())
    with pytest.raises(YearClosed):
        build_year(year)
    assert list(Count.objects.filter(year=year).values_list("type", "area", "count")) == before
    assert build_year(clock.today().year).corrected == 0


@pytest.mark.usefixtures("november")
class TestMonths:
    def told(self) -> list[date]:
        with acting(JOB):
            return list(AssistanceMonth.objects.order_by("month").values_list("month", flat=True))

    def test_a_run_goes_two_years_after_its_last_month_and_the_person_with_the_last_of_them(self):
        tell_months(3, until=date(2024, 10, 1))
        gone = purge_expired(clock.today()).gone
        assert (gone["months"], gone["recipients"]) == (3, 1)
        with acting(JOB):
            assert not Recipient.objects.exists()

    def test_an_unbroken_run_stays_whole_as_long_as_its_last_month_is_young(self):
        tell_months(30, until=date(2024, 11, 1))
        assert purge_expired(clock.today()).gone["months"] == 0
        assert len(self.told()) == 30

    def test_an_older_run_of_the_same_person_goes_and_the_younger_stays(self):
        tell_months(3, until=date(2024, 9, 1))
        tell(month_told(date(2024, 11, 1)))
        gone = purge_expired(clock.today()).gone
        assert (gone["months"], gone["recipients"]) == (3, 0)
        assert self.told() == [date(2024, 11, 1)]

    def test_an_alert_is_not_found_anew_when_its_referral_goes_and_the_run_goes_on(self, ended):
        born, last = date(1980, 1, 1), date(2026, 10, 1)
        tell(*(month_told(add_months(last, -place), born=born) for place in range(136)))
        [found] = detect_alerts(clock.today()).found
        referral = ended(10, days=1)
        with acting(JOB):
            Alert.objects.update(state=AlertState.SENT, release_on=None, referral=referral)
        assert purge_expired(clock.today()).gone["referrals"] == 1
        tell(month_told(date(2026, 11, 1), born=born))
        assert detect_alerts(clock.today()).found == []
        with acting(JOB):
            assert Alert.objects.get().first_month == found.first

    def test_who_was_alerted_of_and_has_no_month_any_more_is_forgotten_with_the_referral(self, ended):
        tell_months(4)
        detect_alerts(clock.today())
        referral = ended(10, days=1)
        with acting(JOB):
            Alert.objects.update(state=AlertState.SENT, last_month=date(2016, 8, 1), referral=referral)
            AssistanceMonth.objects.all().delete()
        assert purge_expired(clock.today()).gone["recipients"] == 1
        with acting(JOB):
            assert not Alert.objects.exists()

    def test_who_was_alerted_of_is_known_as_long_as_the_referral(self):
        tell_months(4)
        detect_alerts(clock.today())
        release_alerts(clock.today())
        with acting(JOB):
            assert Alert.objects.get().referral_id
            AssistanceMonth.objects.all().delete()
        assert purge_expired(clock.today()).gone["recipients"] == 0

    def test_an_import_goes_two_years_after_its_day_and_not_before_its_last_month(self):
        with clock.frozen(datetime(2024, 9, 10, tzinfo=UTC)):
            tell_months(4, until=date(2024, 8, 1))
            tell_months(1, number=901, until=date(2024, 8, 1))
        tell(month_told(date(2026, 10, 1), number=902))
        tell(*(month_told(add_months(date(2024, 8, 1), place), number=901) for place in range(1, 10)))
        gone = purge_expired(clock.today()).gone
        assert (gone["months"], gone["imports"]) == (4, 1)
        with acting(JOB):
            assert AssistanceImport.objects.count() == 3

    def test_an_import_that_was_recalled_goes_two_years_after_that(self, supervisor):
        with clock.frozen(datetime(2024, 9, 10, tzinfo=UTC)):
            tell_months(4, until=date(2024, 8, 1))
        with acting(JOB):
            wanted = AssistanceImport.objects.get()
        with clock.frozen(datetime(2024, 11, 10, tzinfo=UTC)):
            recall(AssistanceImport, wanted.pk, by=supervisor.actor, text="Väärä aineisto.")
            while carry_out_recalls():
                pass
        assert purge_expired(clock.today()).gone["imports"] == 0
        with clock.frozen(datetime(2026, 12, 12, tzinfo=UTC)):
            assert purge_expired(date(2026, 11, 25)).gone["imports"] == 0
        with acting(JOB):
            wanted.recall_done_at = datetime(2024, 10, 31, tzinfo=UTC)
            wanted.save()
        assert purge_expired(clock.today()).gone["imports"] == 1


def test_a_detection_goes_after_ten_years_when_nothing_that_it_found_is_kept(ended):
    tell_months(4)
    detect_alerts(clock.today())
    detect_alerts(clock.today())
    referral = ended(10, days=-1)
    with acting(JOB):
        Alert.objects.update(state=AlertState.SENT, release_on=None, referral=referral, last_month=date(2016, 8, 1))
        AlertRun.objects.update(started_at=day_ago(10, days=1))
        AssistanceMonth.objects.all().delete()
    assert purge_expired(clock.today()).gone["runs"] == 1
    with acting(JOB):
        assert AlertRun.objects.get().alerts.exists()
        Alert.objects.update(referral=ended(10, days=1))
    assert purge_expired(clock.today()).gone["runs"] == 1


def test_only_our_own_jobs_say_that_there_was_a_purge(handler, analyst, etotu):
    far = date(2200, 1, 1)
    for by in (handler.actor, analyst.actor, etotu.actor, PURGER.in_test):
        with pytest.raises(ProgrammingError), transaction.atomic(), acting(by):
            Purge.objects.create(as_of=far, started_at=clock.now())
    purge_expired(clock.today())
    with acting(analyst.actor):
        assert Purge.objects.update(as_of=far) == 0
    assert last_purge() == clock.today()


def test_lines_of_the_access_log_go_after_twelve_years():
    with acting(JOB):
        for years, days in ((12, 2), (12, -2)):
            at = clock.now() - timedelta(days=365.25 * years + days)
            AccessLog.objects.create(
                at=at, role="worker", actor_id="x", look=Look.LIST, referrals=[], about={"d": days}
            )
    assert purge_expired(clock.today()).gone["looks"] == 1
    with acting(JOB):
        assert AccessLog.objects.get().about == {"d": -2}


def test_for_two_years_more_the_auditor_finds_who_looked_at_what_was_deleted(send, handler, pirkanmaa, as_, auditor):
    code = identity_code(BORN)
    with clock.frozen(day_ago(1, days=1)):
        referral = send(client={"identity_code": code})
        with acting(pirkanmaa.actor):
            referral_for(pirkanmaa.actor, referral.pk)
        withdraw(referral.pk, by=handler.actor, version=None, reason="wrong_person", text="Väärä.")
    tell_months(1, until=date(2020, 1, 1))
    with acting(JOB):
        told = [referral.pk, Recipient.objects.get().pk]
    gone = purge_expired(clock.today()).gone
    assert (gone["referrals"], gone["recipients"]) == (1, 1)
    assert set(referrals_of_person(code)) == set(told)
    assert pirkanmaa.name in text_of(as_(auditor).post("/audit/person/", {"person": code}))
    with acting(JOB):
        Trace.objects.all().delete()
        Trace.objects.create(pk=referral.pk, person_index=blind_index(code), at=day_ago(2, days=1))
    assert purge_expired(clock.today()).gone["traces"] == 1
    assert referrals_of_person(code) == []


def test_a_preview_tells_the_same_and_takes_it_back(ended):
    referral = ended(10, days=1)
    told = preview_purge(clock.today())
    assert parts_of(referral)["Client"] == 1
    assert not Purge.objects.exists()
    assert purge_expired(clock.today()).gone == told


def test_test_data_is_its_owners_to_wipe(etotu_test, send_only):
    with clock.frozen(datetime(2024, 1, 10, tzinfo=UTC)):
        referral = send_only(by=etotu_test.actor)
        withdraw(referral.pk, by=etotu_test.actor, version=None, reason="sent_by_mistake", text="Väärä.")
    assert purge_expired(clock.today()).gone["referrals"] == 0


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("SELECT purge_referrals_v1(now() - interval '9 years', NULL, NULL, 10)", []),
        ("SELECT purge_referrals_v1(NULL, now() - interval '10 months', ARRAY['sent_by_mistake'], 10)", []),
        ("SELECT purge_referrals_v1(NULL, now() - interval '2 years', ARRAY['client_cancelled'], 10)", []),
        ("SELECT purge_referrals_v1(NULL, now() - interval '2 years', ARRAY[''], 10)", []),
        ("SELECT purge_messages_v1(now() - interval '2 years')", []),
        ("SELECT purge_months_v1((now() - interval '1 year')::date)", []),
        ("SELECT purge_runs_v1(now() - interval '9 years')", []),
        ("SELECT purge_looks_v1(now() - interval '11 years')", []),
        ("SELECT forget_referrals_v1(ARRAY[%s]::uuid[])", [True]),
    ],
)
@pytest.mark.parametrize("by", [PURGER, Actor.system("retention").in_test])
def test_postgresql_lets_nothing_young_go(begun, statement, values, by):
    with pytest.raises(ProgrammingError), transaction.atomic(), acting(by), connection.cursor() as cursor:
        cursor.execute(statement, [begun.pk for _ in values])


def test_only_our_own_jobs_know_whose_deleted_referrals_were(handler, auditor, etotu):
    with acting(JOB):
        Trace.objects.create(pk=uuid4(), person_index=b"x")
    for by in (handler.actor, auditor.actor, etotu.actor, PURGER.in_test):
        with acting(by):
            assert not Trace.objects.exists()


def test_only_our_own_jobs_purge(handler, analyst, etotu):
    long_ago = datetime(2012, 1, 1, tzinfo=UTC)
    for by in (handler.actor, analyst.actor, etotu.actor):
        with pytest.raises(ProgrammingError), transaction.atomic(), acting(by), connection.cursor() as cursor:
            cursor.execute("SELECT purge_messages_v1(%s)", [long_ago])
        with pytest.raises(ProgrammingError), transaction.atomic():
            forget_looks(long_ago, by=by)


def test_a_purge_that_breaks_off_has_said_that_counts_may_have_lost_their_source(ended):
    """By a clock that is a month fast it breaks off at the access log, of which PostgreSQL knows the time itself."""
    year = ended(10, days=1).sent_at.year
    with clock.frozen(clock.now() + timedelta(days=30)), pytest.raises(ProgrammingError):
        purge_expired(clock.today())
    with acting(JOB):
        assert not Referral.objects.exists()
    assert Purge.objects.get().seconds is None
    with pytest.raises(YearClosed):
        build_year(year)


@pytest.mark.django_db(transaction=True)
def test_two_purges_at_once_and_somebody_who_is_told_of_meanwhile_do_not_stop_each_other(ended, discussed):
    for _ in range(4):
        ended(10, days=1)
        discussed(3, days=1)
    for number in range(900, 904):
        tell_months(3, until=date(2020, 3, 1), number=number)
    purges = [lambda: purge_expired(clock.today()).gone] * 2
    answers = at_once(*purges, partial(tell_months, 3, until=date(2020, 3, 1), number=910))
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    gone = Counter(answers[0]) + Counter(answers[1])
    assert (gone["referrals"], gone["messages"]) == (4, 4)
    assert purge_expired(clock.today()).gone["referrals"] == 0


def test_nothing_is_deleted_as_of_a_day_to_come(ended):
    ended(10, days=-1)
    for purge in (purge_expired, preview_purge):
        with pytest.raises(ValueError, match="still to come"):
            purge(clock.today() + timedelta(days=2))
    with acting(JOB):
        assert Referral.objects.exists()
        assert not Purge.objects.exists()
