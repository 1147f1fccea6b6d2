"""A referral on paper: a PDF whose text can be selected, in the reader's language."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from uuid import UUID

import fontpkg_noto_sans
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from accounts.models import Look
from accounts.pages import for_roles
from kela_kunta.base import clock
from referrals import wording
from referrals.pages import one
from referrals.pages.facts import Decision, Fact, Sum
from referrals.pages.filters import INBOX, KELA
from referrals.pages.story import Step
from referrals.types.figures import day_text
from referrals.wording import time_text

FONT = Path(fontpkg_noto_sans.ROOT) / "files" / "NotoSans[wdth,wght].ttf"
logging.getLogger("fontTools").setLevel(logging.WARNING)  # It tells of every table of the font.
logging.getLogger("fpdf").setLevel(logging.ERROR)  # It tells which letters of a name the font has not.
LABEL = 52  # mm
LINE = 5.2  # mm


@for_roles(*KELA, *INBOX)
@require_safe
def pdf(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    referral = one.referral_or_404(request.actor, referral_id, look=Look.PRINT)
    sheet = sheet_of(one.whole(referral, by=request.actor), printed_by=request.actor.name)
    return HttpResponse(
        bytes(sheet.output()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{referral.pk}.pdf"', "Cache-Control": "no-store"},
    )


class Sheet(FPDF):
    """The paper: A4, one column, who printed it at the foot of every page."""

    def __init__(self, *, foot: str) -> None:
        super().__init__(format="A4")
        self.foot = foot
        self.add_font("text", fname=FONT)
        self.set_font("text", size=10)
        self.set_margins(20, 18, 20)
        self.set_auto_page_break(True, margin=20)
        self.set_lang(get_language() or "fi")
        self.add_page()

    def normalize_text(self, text: str) -> str:
        """The font has no arrow."""
        return str(super().normalize_text(text.replace("→", "–")))

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("text", size=8)
        self.cell(text=self.foot)
        self.cell(w=0, text=f"{self.page_no()}/{{nb}}", align="R")
        self.set_font("text", size=10)

    def heading(self, text: str, *, size: int = 13) -> None:
        self.ln(3)
        self.set_font("text", size=size)
        self.paragraph(text, height=size * 0.5)
        self.set_font("text", size=10)
        self.ln(1)

    def paragraph(self, text: str, *, height: float = LINE) -> None:
        self.multi_cell(0, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def fact(self, label: Any, value: str) -> None:
        """A label with its value beside it, over as many lines as it takes."""
        if not value:
            return
        if self.will_page_break(2 * LINE):
            self.add_page()
        page, top = self.page, self.get_y()
        self.multi_cell(LABEL - 2, LINE, str(label), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        bottom = self.get_y()
        self.set_xy(self.l_margin + LABEL, top)
        self.multi_cell(0, LINE, value, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        if self.page == page:
            self.set_y(max(bottom, self.get_y()))

    def amount(self, label: str, amount: str) -> None:
        """A line of a sum, the amount at the right."""
        if self.will_page_break(LINE):
            self.add_page()
        top = self.get_y()
        self.cell(w=0, h=LINE, text=amount, align="R")
        self.set_xy(self.l_margin, top)
        self.multi_cell(self.epw - 30, LINE, label, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def sheet_of(context: dict[str, Any], *, printed_by: str) -> Sheet:
    """The whole referral, as `one.whole` tells it."""
    referral = context["referral"]
    sheet = Sheet(
        foot=_("Kela–kunta · printed %(time)s by %(name)s") % {"time": time_text(clock.now()), "name": printed_by}
    )
    sheet.set_title(str(context["kind"].label))
    sheet.heading(str(context["kind"].label), size=17)
    sheet.paragraph(wording.label(wording.STATUSES, referral.status) + (f" · {_('Urgent')}" if referral.urgent else ""))
    if referral.protected:
        sheet.paragraph(_("Non-disclosure for personal safety"))
    _client(sheet, context)
    sheet.heading(_("What it is about"))
    for sum in context["sums"]:
        _sum(sheet, sum)
    for fact in _facts(context):
        sheet.fact(fact.label, fact.value)
    for decision in context["decisions"][:1]:
        _decision(sheet, decision)
    _messages(sheet, context)
    sheet.heading(_("Story"))
    for step in context["steps"]:
        sheet.fact(time_text(step.at), _step(step))
    return sheet


def _client(sheet: Sheet, context: dict[str, Any]) -> None:
    referral, client, names = context["referral"], context["client"], context["names"]
    sheet.heading(client.full_name, size=15)
    for fact in (
        Fact(_("Telephone"), client.phone or client.phone_missing_reason),
        Fact(_("Identity code"), client.identity_code or client.no_identity_code_reason),
        Fact(_("Date of birth"), day_text(client.birth_date)),
        Fact(_("Home municipality"), wording.municipality_name(client.home_municipality_id, names)),
        Fact(_("Place of stay"), wording.municipality_name(client.place_of_stay_id, names)),
        Fact(_("Place of permanent stay"), wording.municipality_name(client.permanent_stay_id, names)),
        Fact(_("Language"), wording.language_name(client.contact_language)),
        Fact(_("Interpreter's language"), wording.language_name(client.interpreter_language)),
        Fact(_("Client was told on"), day_text(referral.client_informed_on) if referral.client_informed_on else ""),
    ):
        sheet.fact(fact.label, fact.value)


def _facts(context: dict[str, Any]) -> list[Fact]:
    referral, due = context["referral"], context["due"]
    return [
        *context["facts"],
        Fact(_("Additional information"), referral.additional_information),
        Fact(_("Attachments"), ", ".join(one.name for one in context["attachments"])),
        Fact(_("Referral sent"), f"{time_text(referral.sent_at)}, {referral.sender_name}"),
        Fact(_("Own reference"), referral.sender_reference),
        Fact(_("Receiver"), wording.authority_name(referral.receiving_authority_id, context["names"])),
        Fact(_("Why here"), context["routing"]),
        Fact(_("Deadline"), f"{day_text(due.on)}, {due.words}" if due else ""),
        Fact(_("Assignee"), referral.assignee.name if referral.assignee else ""),
        Fact(_("Outcome"), ". ".join(filter(None, [context["outcome"], referral.outcome_text]))),
        Fact(_("Returned"), ". ".join(filter(None, [context["return_reason"], referral.return_text]))),
    ]


def _sum(sheet: Sheet, sum: Sum) -> None:
    for label, text, amount in sum.rows:
        sheet.amount(f"{label}, {text}" if text else label, amount)
    sheet.amount(_("Together"), sum.total)
    sheet.ln(2)


def _decision(sheet: Sheet, decision: Decision) -> None:
    sheet.heading(_("Kela's decision and calculation"))
    for fact in decision.facts:
        sheet.fact(fact.label, fact.value)
    for month in decision.months:
        sheet.ln(2)
        sheet.paragraph(month.title)
        for label, note, amount, _counts in month.lines:
            sheet.amount(f"{label} ({note})", amount)
        sheet.amount(_("Deficit") if month.is_deficit else _("Surplus"), month.balance)


def _messages(sheet: Sheet, context: dict[str, Any]) -> None:
    """What both sides said to each other; an internal note never stands on paper."""
    messages = [said.message for said in context["conversation"] if not said.message.internal]
    if messages:
        sheet.heading(_("Messages"))
    for message in messages:
        who = f"{message.author_name}, {wording.authority_name(message.side, context['names'])}"
        sheet.fact(time_text(message.at), f"{who}\n{message.text}")


def _step(step: Step) -> str:
    return "\n".join(filter(None, [f"{step.what}{' · ' if step.who else ''}{step.who}", step.why, step.written]))
