"""Tests of kela_kunta.demo.replay."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User
from contacts.queries import register
from kela_kunta.base.actor import acting
from kela_kunta.base.management.commands.replay_year import Command as Refusing
from kela_kunta.demo.loading import REPLAYER
from kela_kunta.demo.plan import TOTALS
from kela_kunta.demo.replay import HalfThere, replay
from kela_kunta.demo.world import UnknownYear, world
from referrals.models import Referral
from referrals.rules.lifecycle import NOT_COUNTED, Status
from referrals.types import TYPES

pytestmark = pytest.mark.django_db


def _rows() -> dict[str, dict[str, object]]:
    with acting(REPLAYER):
        return {
            row["key"]: row | {"code": row.pop("client__person_index")}
            for row in Referral.objects.values(
                "id", "key", "digest", "status", "outcome", "sent_at", "client__person_index"
            )
        }


def test_the_plan_of_2017_has_the_four_figures_and_covers_the_country() -> None:
    plan = world(2017).plan
    assert Counter(one.type for one in plan) == TOTALS[2017]
    assert len(plan) == 105_291
    homes = {one.home.code for one in plan if one.type == "supplementary_application"}
    assert len(homes) == 311 - 16 - 2  # without Åland; Valtimo and Honkajoki are counted with their successors
    assert not any(register().municipality(code).aland for code in homes)  # type: ignore[union-attr]


def test_every_referral_of_a_sample_is_final_and_counted() -> None:
    replay(world(2017, sample=300), processes=1)
    with acting(REPLAYER):
        rows = list(Referral.objects.all())
    assert len(rows) == 300
    assert {row.status for row in rows} <= {Status.CLOSED, Status.WITHDRAWN}
    assert not [row for row in rows if row.withdrawal_reason in NOT_COUNTED]
    assert all(row.outcome in TYPES[row.type].outcomes for row in rows if row.status == Status.CLOSED)
    assert {row.sent_at.year for row in rows} == {2017}


def test_a_second_replay_changes_nothing() -> None:
    replay(world(2017, sample=40), processes=1)
    before = _rows()
    assert replay(world(2017, sample=40), processes=1).events == 0
    assert _rows() == before


def test_a_story_is_the_same_whoever_tells_it_and_whatever_was_told_before() -> None:
    first, second = world(2017, sample=30), world(2017, sample=60)
    teller = second.teller()
    for one in second.plan:
        teller.story(one)
    for one in first.plan:
        assert first.teller().story(one) == teller.story(one)


def test_what_is_half_there_is_not_completed_by_guessing() -> None:
    replay(world(2017, sample=50), processes=1)
    with pytest.raises(HalfThere):
        replay(world(2017, sample=100), processes=1)


def test_workers_of_the_year_cannot_log_in() -> None:
    replay(world(2017, sample=20), processes=1)
    workers = User.objects.filter(username__startswith="2017.")
    assert workers.exists()
    assert not any(worker.is_active or worker.has_usable_password() for worker in workers)


def test_another_year_is_refused_with_the_years_that_are_known() -> None:
    with pytest.raises(UnknownYear):
        replay(world(2016), processes=1)
    with pytest.raises(CommandError, match="it is of 2017"):
        call_command("replay_year", "2016")


def test_the_command_gives_its_result_to_programs() -> None:
    out = StringIO()
    call_command("replay_year", "2017", "--sample", "30", "--processes", "1", "--json", stdout=out)
    assert json.loads(out.getvalue())["referrals"] == 30


def test_where_the_demo_is_not_installed_the_command_says_so() -> None:
    with pytest.raises(CommandError, match="only where KELA_KUNTA_DEMO=1"):
        call_command(Refusing(), "2017")
