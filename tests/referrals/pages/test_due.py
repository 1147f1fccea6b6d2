from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from kela_kunta.base import clock
from referrals.models import Referral
from referrals.pages.due import due_of


@pytest.mark.parametrize(
    ("arrived", "due_on", "today", "state", "marks", "left", "words"),
    [
        ("2026-11-24", "2026-12-03", "2026-11-24", "", 7, 7, "7 working days left"),
        ("2026-11-24", "2026-12-03", "2026-12-02", "soon", 7, 1, "1 working day left"),
        ("2026-11-24", "2026-12-03", "2026-12-03", "soon", 7, 0, "today, 11 hours left"),
        ("2026-11-24", "2026-12-03", "2026-12-04", "late", 7, 0, "1 working day late"),
        ("2026-11-24", "2026-12-03", "2026-12-05", "late", 7, 0, "1 working day late"),
        ("2026-11-24", "2026-12-03", "2026-12-09", "late", 7, 0, "4 working days late"),
        ("2026-11-28", "2026-12-09", "2026-11-28", "", 7, 7, "8 working days left"),
        ("2026-11-24", "2026-11-25", "2026-11-24", "soon", 1, 1, "1 working day left"),
        ("2026-11-02", "2026-12-02", "2026-11-02", "", 5, 5, "22 working days left"),
    ],
)  # fmt: skip
def test_ruler_and_words_agree(arrived, due_on, today, state, marks, left, words):
    referral = Referral(
        due_on=date.fromisoformat(due_on), delivered_at=datetime.fromisoformat(arrived).replace(hour=8, tzinfo=UTC)
    )
    at = datetime.fromisoformat(today).replace(hour=10, minute=30, tzinfo=UTC)
    with clock.frozen(at), translation.override("en"):
        due = due_of(referral)
    assert (due.state, due.marks, due.left, due.words) == (state, marks, left, words)


def test_nothing_is_due_of_what_nobody_holds():
    assert due_of(Referral(due_on=None)) is None
