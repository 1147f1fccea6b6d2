"""The life cycle: the table of lawful moves, and that no sequence of moves leaves it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from referrals.rules.lifecycle import (
    BY_MOVE,
    HELD,
    PAIRS,
    RECEIVERS,
    SENDERS,
    Move,
    Status,
    allowed_moves,
    withdrawable,
)

# The table of the rules, section 6, written out once more.
TABLE = {
    "sent": {"delivered", "unroutable", "withdrawn"},
    "unroutable": {"delivered", "withdrawn"},
    "delivered": {"acknowledged", "in_progress", "returned", "delivered", "withdrawn"},
    "acknowledged": {"in_progress", "returned", "delivered", "closed", "withdrawn"},
    "in_progress": {"returned", "delivered", "closed"},
    "returned": {"delivered", "withdrawn"},
    "closed": set(),
    "withdrawn": set(),
}
ROLES = {
    "sent → delivered": {"system"},
    "sent → unroutable": {"system"},
    "unroutable → delivered": {"supervisor"},
    "delivered → acknowledged": {"worker", "lead", "authority_system"},
    "delivered → in_progress": {"worker", "lead", "authority_system"},
    "acknowledged → closed": {"worker", "lead", "authority_system"},
    "in_progress → closed": {"worker", "lead", "authority_system"},
    "delivered → returned": {"worker", "lead", "authority_system"},
    "in_progress → returned": {"worker", "lead", "authority_system"},
    "in_progress → delivered": {"worker", "lead", "authority_system", "system"},
    "returned → delivered": {"handler", "supervisor"},
    "sent → withdrawn": {"handler", "supervisor", "kela_system", "system"},
    "returned → withdrawn": {"handler", "supervisor", "kela_system", "system"},
}
EVERYBODY = [
    "handler", "supervisor", "editor", "analyst", "auditor", "admin", "worker", "lead", "directory",
    "kela_system", "authority_system", "statistics_system", "system",
]  # fmt: skip


def destinations(status: str, *, role: str, is_sender: bool = True, holds: bool = True) -> set[str]:
    moves = allowed_moves(status, role=role, is_sender=is_sender, holds=holds)
    return {str(BY_MOVE[move].to) for move in moves if BY_MOVE[move].to}


def test_the_moves_lead_exactly_where_the_table_says():
    assert {(source, to) for source, targets in TABLE.items() for to in targets} == PAIRS


@pytest.mark.parametrize(("step", "roles"), ROLES.items())
def test_each_step_is_for_its_roles_alone(step, roles):
    source, to = step.split(" → ")
    assert {role for role in EVERYBODY if to in destinations(source, role=role)} == roles


@pytest.mark.parametrize("role", ["editor", "analyst", "auditor", "admin", "directory", "statistics_system", ""])
def test_other_roles_move_nothing(role):
    assert not [move for status in Status for move in allowed_moves(status, role=role, is_sender=True, holds=True)]


@pytest.mark.parametrize("role", sorted(RECEIVERS))
def test_an_authority_moves_only_what_it_holds(role):
    assert not [move for status in Status for move in allowed_moves(status, role=role, is_sender=False, holds=False)]


def test_a_handler_withdraws_and_reroutes_only_what_they_sent_and_a_supervisor_everything():
    for status, move in (("delivered", Move.WITHDRAW), ("returned", Move.REROUTE)):
        assert move in allowed_moves(status, role="handler", is_sender=True, holds=False)
        assert move not in allowed_moves(status, role="handler", is_sender=False, holds=False)
        assert move in allowed_moves(status, role="supervisor", is_sender=False, holds=False)


def test_what_is_in_progress_cannot_be_withdrawn():
    assert {str(status) for status in Status if withdrawable(status)} == {
        "sent", "unroutable", "delivered", "acknowledged", "returned",
    }  # fmt: skip


def test_urgency_is_raised_by_either_side_and_lowered_by_the_authority_alone():
    for status in HELD:
        able = {
            move: {role for role in EVERYBODY if move in allowed_moves(status, role=role, is_sender=True, holds=True)}
            for move in (Move.RAISE_URGENCY, Move.LOWER_URGENCY)
        }
        assert able == {Move.RAISE_URGENCY: SENDERS | RECEIVERS, Move.LOWER_URGENCY: RECEIVERS}


def test_a_decision_is_attached_in_every_status_but_withdrawn():
    allowed = {
        status
        for status in Status
        if Move.ATTACH_DECISION in allowed_moves(status, role="handler", is_sender=True, holds=False)
    }
    assert allowed == set(Status) - {Status.WITHDRAWN}


def test_every_move_has_a_rule():
    assert set(BY_MOVE) == set(Move)


class NoSequenceLeavesTheTable(RuleBasedStateMachine):
    """Whoever does whatever is allowed, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.status = Status.SENT
        self.way = ["sent"]

    @rule(data=st.data(), role=st.sampled_from(EVERYBODY), is_sender=st.booleans(), holds=st.booleans())
    def move(self, data, role, is_sender, holds) -> None:
        moves = allowed_moves(self.status, role=role, is_sender=is_sender, holds=holds)
        if moves:
            to = BY_MOVE[data.draw(st.sampled_from(moves))].to
            if to is not None:
                assert to in TABLE[self.status]
                self.status = to
                self.way.append(to)

    @invariant()
    def status_is_of_the_table(self) -> None:
        assert self.status in TABLE

    @invariant()
    def what_is_final_never_moves_again(self) -> None:
        if self.status in ("closed", "withdrawn"):
            assert not [to for role in EVERYBODY for to in destinations(self.status, role=role)]

    @invariant()
    def nobody_works_on_what_never_arrived(self) -> None:
        assert self.status not in HELD or "delivered" in self.way


TestNoSequenceLeavesTheTable = NoSequenceLeavesTheTable.TestCase
TestNoSequenceLeavesTheTable.settings = settings(max_examples=60, stateful_step_count=25)


def test_every_status_is_reached_from_sent():
    reached, waiting = set(), ["sent"]
    while waiting:
        status = waiting.pop()
        if status not in reached:
            reached.add(status)
            waiting += TABLE[status]
    assert reached == {str(status) for status in Status}


def test_moves_are_offered_in_one_order():
    """The likely one first, so that pages can make it the great button."""
    order = list(BY_MOVE)
    for status, role, is_sender in product(Status, EVERYBODY, (True, False)):
        moves = allowed_moves(status, role=role, is_sender=is_sender, holds=True)
        assert moves == sorted(moves, key=order.index)
