"""A year on paper: what the page of the year tells, as a PDF that can be printed, read aloud and sent on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.pages import for_roles
from kela_kunta.base.paper import LINE, SMALL, TEXT, Column, Paper
from referrals.wording import time_text
from stats import charts, wording
from stats.exports.dataset import HIDDEN
from stats.pages.drawing import RATE, Map
from stats.pages.reading import READERS
from stats.pages.year import glance
from stats.templatetags.figures import decimal

WIDTH = 174.0  # mm between the margins
NAME = 52.0  # mm, of the column that names the rows
MAP, CHART = (64.0, 112.0), (174.0, 46.0)  # mm, width and height
SHADES = ("#f0f0ee", "#dcebfa", "#b2d3f4", "#7fade0", "#4a81c0", "#12508f")  # as on the pages by day
BAR = "#4a81c0"
_POINT = re.compile(r"(\d+) (\d+)")


@for_roles(*READERS)
@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    """In the reader's language, or in that of `?language=`; `?measure=` changes the map."""
    wanted = request.GET.get("language", "")
    with translation.override(wanted if wanted in dict(settings.LANGUAGES) else get_language()):
        paper = paper_of(glance(request, year))
    return HttpResponse(
        bytes(paper.output()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="kela_kunta_{year}_{paper.lang}.pdf"'},
    )


def paper_of(context: dict[str, Any]) -> Paper:
    """The report of a year, as `year.glance` tells it, in the language active now."""
    year, found = context["year"], context["found"]
    title = _("Notices and applications sent from Kela to the municipalities %(year)s") % {"year": year}
    counted = time_text(found.counted.built_at)
    paper = Paper(
        title=title,
        language=(get_language() or "fi")[:2],
        foot=_("Kela–kunta · counted %(at)s from the referrals themselves") % {"at": counted},
    )
    paper.heading(title, 1)
    if not context["ended"]:
        paper.paragraph(_("The year is under way: the figures are those of 1 January until today."))
    _types(paper, context)
    _regions(paper, context)
    _months(paper, context)
    _urgent(paper, context)
    _outcomes(paper, context)
    _notes(paper, context)
    return paper


def _types(paper: Paper, context: dict[str, Any]) -> None:
    paper.heading(_("By type"))
    paper.tabulate(
        [Column(_("Type"), WIDTH - 60), Column("", 14), Column(_("Sent"), 26), Column("%", 20)],
        [
            [str(figure.type.short_label), figure.type.mark, intcomma(figure.count), decimal(figure.share)]
            for figure in context["figures"]
        ],
        together=[_("Together"), "", intcomma(context["found"].total), ""],
    )
    if context["change"]:
        paper.paragraph(
            _("In %(year)s %(count)s were sent.") % {"year": context["year"] - 1, "count": intcomma(context["before"])}
        )


def _regions(paper: Paper, context: dict[str, Any]) -> None:
    paper.heading(_("By region"))
    _map(paper, context["map"])
    types = context["types"]
    wide = (WIDTH - NAME) / (len(types) + 2)
    names = dict(wording.NOWHERE)
    paper.tabulate(
        [
            Column(_("Region"), NAME),
            *(Column(kind.mark, wide) for kind in types),
            Column(_("Together"), wide),
            Column("/ 1 000", wide),
        ],
        [
            [
                str(row.area.name if row.area else names[row.code]),
                *map(intcomma, counts),
                intcomma(row.total),
                decimal(rate),
            ]
            for row, counts, rate, _width in context["table"]
        ],
        together=[
            _("Whole country"),
            *(intcomma(figure.count) for figure in context["figures"]),
            intcomma(context["found"].total),
            "",
        ],
    )
    paper.paragraph(
        _("/ 1 000: per 1 000 inhabitants of 31.12.%(year)s.") % {"year": context["people_year"]}, size=SMALL
    )


def _map(paper: Paper, drawn: Map) -> None:
    """The map by outlines whatever was asked for, with the key of its shades at its right."""
    width, height = MAP
    paper.room(height + LINE)
    left, top = paper.l_margin, paper.get_y()
    across = max(int(x) for area in drawn.areas for x, _y in _POINT.findall(area.path))
    down = max(int(y) for area in drawn.areas for _x, y in _POINT.findall(area.path))
    scale = min(width / across, height / down)
    with paper.tagged("Figure", alt=_("Map of the referrals by area; the figures stand in the table")):
        paper.set_draw_color("#ffffff")
        paper.set_line_width(0.15)
        for area in drawn.areas:
            paper.set_fill_color(SHADES[area.shade])
            for ring in area.path.split("Z"):
                points = [(left + int(x) * scale, top + int(y) * scale) for x, y in _POINT.findall(ring)]
                if points:
                    paper.polygon(points, style="DF")
        paper.set_draw_color("#000000")
        write = decimal if drawn.measure == RATE else intcomma
        _key(paper, left + width + 10, top + 6, [(shade, f"{write(a)}–{write(b)}") for shade, a, b in drawn.key])
    paper.set_xy(left, top + down * scale + 2)
    paper.paragraph(
        _("Outlines: National Land Survey of Finland, administrative areas 9/2024 (CC BY 4.0), simplified."), size=SMALL
    )


def _key(paper: Paper, left: float, top: float, shades: Sequence[tuple[int, str]]) -> None:
    for place, (shade, text) in enumerate([*shades, (0, _("not Kela's task"))]):
        paper.set_fill_color(SHADES[shade])
        paper.rect(left, top + place * 7, 8, 5, style="F")
        paper.set_xy(left + 10, top + place * 7)
        paper.cell(text=text, h=5)


def _months(paper: Paper, context: dict[str, Any]) -> None:
    paper.heading(_("By month"))
    months = context["months"]
    if not months:
        paper.paragraph(
            _("Not told, lest somebody be recognised.")
            if context["ended"]
            else _("Not told while the year is under way.")
        )
        return
    _bars(paper, [count for _month, count, _width in months["rows"]])
    paper.tabulate(
        [Column(_("Month"), NAME), Column(_("Sent"), 26)],
        [[f"{month}/{context['year']}", _told(count)] for month, count, _width in months["rows"]],
    )


def _bars(paper: Paper, counts: Sequence[int | None]) -> None:
    """A bar for each month from January on."""
    width, height = CHART
    paper.room(height + 2 * LINE)
    left, top = paper.l_margin, paper.get_y()
    step = width / len(counts)
    with paper.tagged("Figure", alt=_("Bars of the referrals by month; the figures stand in the table")):
        paper.set_font("text", size=SMALL)
        paper.set_fill_color(BAR)
        for place, (count, length) in enumerate(zip(counts, charts.lengths(counts), strict=True)):
            tall = (height - LINE) * (length or 0) / 100
            x = left + place * step
            paper.rect(x + 2, top + height - tall, step - 4, tall, style="F")
            paper.set_xy(x, top + height - tall - LINE)
            paper.cell(step, LINE, _told(count), align="C")
            paper.set_xy(x, top + height)
            paper.cell(step, LINE, str(place + 1), align="C")
        paper.set_font("text", size=TEXT)
    paper.set_xy(left, top + height + 2 * LINE)


def _urgent(paper: Paper, context: dict[str, Any]) -> None:
    paper.heading(_("Urgent"))
    if not context["urgent"]:
        paper.paragraph(_("None was urgent."))
        return
    paper.tabulate(
        [Column(_("Type"), WIDTH - 60), Column(_("Urgent"), 40), Column("%", 20)],
        [[str(kind.short_label), _told(count), decimal(part)] for kind, count, part in context["urgent"]],
    )


def _outcomes(paper: Paper, context: dict[str, Any]) -> None:
    paper.heading(_("Outcomes"))
    paper.tabulate(
        [Column(_("Outcome"), WIDTH - 30), Column(_("Sent"), 30)],
        [[label, _told(count)] for label, count, _width in context["outcomes"]],
    )


def _notes(paper: Paper, context: dict[str, Any]) -> None:
    paper.heading(_("What the figures mean"))
    for note in (
        *wording.notes(hidden=0),
        _("Regions follow the division in force on the last day of the year."),
        _("%(mark)s: not told, lest somebody be recognised.") % {"mark": HIDDEN},
        *([_("With every count, for Kela's analysts alone: not to be passed on as it is.")] if context["full"] else []),
        _("Source: %(source)s") % {"source": _("Kela and the municipalities: referrals in social assistance")},
    ):
        paper.paragraph(note)


def _told(count: int | None) -> str:
    return HIDDEN if count is None else str(intcomma(count))
