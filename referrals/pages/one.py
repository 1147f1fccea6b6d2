"""One referral: all facts, its story, and what may be done with it now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Look, Role
from accounts.pages import for_roles
from contacts.queries import register
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.problems import NotFound, Problem
from referrals import queries, wording
from referrals.actions.messaging import mark_read
from referrals.actions.moving import moves_for
from referrals.models import Referral
from referrals.pages.due import due_of
from referrals.pages.facts import Fact, decisions_of, details_of
from referrals.pages.filters import INBOX, KELA
from referrals.pages.preview import place_of
from referrals.pages.reaching import kelas_side, receiver
from referrals.pages.story import story_of
from referrals.queries.attachments import attachments_of
from referrals.rules.ages import age_on
from referrals.rules.lifecycle import HELD, Move, Status
from referrals.types import TYPES

NOTHING_TYPED = {"message": "", "message_error": "", "note": "", "note_error": ""}


def referral_or_404(by: Actor, referral_id: UUID, *, look: Look = Look.VIEW) -> Referral:
    """The referral, if it is there and for `by`; else 404, as for one that never was."""
    try:
        return queries.referral_for(by, referral_id, look=look)
    except NotFound as error:
        raise Http404 from error


@for_roles(*KELA, *INBOX)
@require_safe
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    answer = page(request, referral_or_404(request.actor, referral_id))
    if request.method == "GET":  # who opens it reads; what was new is still marked as such on the page just made
        mark_read(referral_id, by=request.actor)
    return answer


def page(
    request: HttpRequest, referral: Referral, *, problem: Problem | None = None, typed: dict[str, str] | None = None
) -> HttpResponse:
    """The referral's page, with what went wrong on top, if something did, and what was typed of a message or a note."""
    others = queries.others_open_of(request.actor, referral)
    context = whole(referral, by=request.actor) | {
        "problem": problem,
        "typed": NOTHING_TYPED | (typed or {}),
        "own_side": wording.authority_name(request.actor.authority),
        "others": [(other, TYPES[other.type]) for other in others],
        **across(referral, by=request.actor),
    }
    status = problem.status if problem else 422 if typed else 200
    return render(request, "referrals/one.html", context, status=status)


def done(request: HttpRequest, referral: Referral, move: Move) -> HttpResponse:
    """Back to the referral; to the worklist when it is out of this person's sight."""
    messages.success(request, _("Done: %(move)s.") % {"move": wording.MOVES[move]})
    if request.actor.role in INBOX and referral.receiving_authority_id != request.actor.authority:
        return redirect("referrals:worklist")
    return redirect("referrals:one", referral.pk)


def whole(referral: Referral, *, by: Actor) -> dict[str, Any]:
    """All that the page, the forms of its moves and the printed sheet tell."""
    kind, today, names = TYPES[referral.type], clock.today(), register()
    details = getattr(referral, kind.related_name)
    facts, sums = details_of(kind, details)
    names_places = by.cleared or not referral.protected
    return {
        "referral": referral,
        "client": referral.client,
        "names": names,
        "clocks": clocks_of(referral),
        "age": age_on(referral.client.birth_date, today),
        "kind": kind,
        "matter": kind.matter(details),
        "due": due_of(referral),
        "facts": facts,
        "sums": sums,
        "additional_information": referral.additional_information,
        "decisions": decisions_of(referral) if kind.takes_decision else [],
        "steps": story_of(referral, queries.history(referral), among=names, names_places=names_places),
        "routing": wording.routing_text(referral.routing_reason, names_places=names_places, among=names),
        "outcome": wording.outcome_text(referral.type, referral.outcome) if referral.outcome else "",
        "return_reason": wording.label(wording.RETURN_REASONS, referral.return_reason),
        "attachments": attachments_of(referral),
        "files_late": referral.attachments_due is not None and referral.attachments_due <= clock.now(),
        "faulty": queries.faulty_receipt(referral),
        "conversation": queries.conversation(by, referral.pk),
        "moves": [(move, str(move).replace("_", "-"), at_once(move, by)) for move in offered(referral, by)],
    }


def across(referral: Referral, *, by: Actor) -> dict[str, Any]:
    """How `by` reaches the other side, and what was agreed: `receiver` for Kela's people while an authority has it,
    `kelas` for an authority's.

    Of a protected person's place nothing shows to the uncleared: they get what holds for the whole area.
    """
    place = place_of(referral.routing_reason) or referral.municipality_id or ""
    facts: dict[str, Any] = {
        "municipality": place if by.cleared or not referral.protected else "",
        "urgent": referral.urgent,
    }
    authority = referral.receiving_authority_id
    if authority and by.role in INBOX:
        side = kelas_side(authority, referral.type, **facts)
        return {"receiver": None, "kelas": side, "agreed": side.agreed}
    if authority and referral.status in HELD:
        there = receiver(authority, referral.type, **facts, by=by)
        return {"receiver": there, "kelas": None, "agreed": there.side.agreed}
    return {"receiver": None, "kelas": None, "agreed": ()}


def clocks_of(referral: Referral) -> list[Fact]:
    """The deadlines beside the main one: of taking note, and of a personal discussion."""
    clocks = []
    if referral.status == Status.DELIVERED and referral.acknowledge_by:
        clocks.append(Fact(_("To be acknowledged"), wording.until_text(referral.acknowledge_by)))
    if referral.discussion_due_on and referral.status in HELD:
        clocks.append(Fact(_("Personal discussion"), wording.day_until_text(referral.discussion_due_on)))
    return clocks


def at_once(move: Move, by: Actor) -> bool:
    """Whether a click is enough: a lead is asked who begins the work."""
    return move is Move.ACKNOWLEDGE or (move is Move.START and by.role != Role.LEAD)


def offered(referral: Referral, by: Actor) -> list[Move]:
    """The moves that make sense now, of those that `by` may make, the likely one first."""
    kind = TYPES[referral.type]
    senseless = set()
    if not kind.takes_decision:
        senseless.add(Move.ATTACH_DECISION)
    if not kind.can_be_urgent or referral.urgent:
        senseless.add(Move.RAISE_URGENCY)
    if not referral.urgent:
        senseless.add(Move.LOWER_URGENCY)
    return [move for move in moves_for(referral, by) if move not in senseless]
