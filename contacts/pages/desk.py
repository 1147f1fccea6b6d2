"""The desk of those who keep the directory: what waits to be confirmed, what is missing, and all that is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import Role
from accounts.pages import for_roles
from contacts.actions import keeping
from contacts.models import Authority, Entry, LocalPractice
from contacts.pages import changes
from contacts.pages.keeping import KEEPERS
from contacts.pages.previews import KIND_WORDS
from contacts.queries.completeness import missing_kinds
from contacts.queries.entries import KELA, KINDS, changes_of, entries_of, freshness_of, proposals_for
from contacts.rules.freshness import Freshness, review_on
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.fold import fold
from kela_kunta.base.problems import Problem

ON_A_PAGE = 50
NEWEST = 8
ORDER = (Freshness.STALE, Freshness.DUE, Freshness.FRESH)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the list; `keeps` where whoever looks may confirm it."""

    row: Entry
    name: str
    kind_word: str
    place: str
    state: Freshness
    review_on: Any
    keeps: bool

    @property
    def waits(self) -> bool:
        return self.state != Freshness.FRESH


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """`?owner=` is for Kela's editor, who also looks after practices of the authorities; `?show=` and `?q=` narrow the list.

    A POST confirms all entries that wait and are named by `entry` as "kind/id/version".
    """
    by = request.actor
    owner = _owner(request, by)
    if request.method == "POST":
        return _confirm_all(request, by)
    lines = _lines(owner.code, by)
    text, show = request.GET.get("q", "").strip(), request.GET.get("show", "")
    wanted = [line for line in lines if _matches(line, text, show)]
    context = {
        "owner": owner,
        "owners": _owners(by),
        "waiting": [line for line in lines if line.waits],
        "missing": missing_kinds(owner.code, clock.today()) if owner.code != KELA else [],
        "proposals": [(row, changes.name_of(row)) for row in proposals_for(by.authority)],
        "page": Paginator(wanted, ON_A_PAGE).get_page(request.GET.get("page")),
        "found": len(wanted),
        "changes": changes.newest(list(changes_of(owner.code)[:NEWEST])),
        "text": text,
        "show": show,
        "kinds": [(code, word) for code, word in KIND_WORDS.items() if keeping.may_keep(by, owner.code, KINDS[code])],
        "all_kinds": KIND_WORDS.items(),
    }
    return render(request, "contacts/desk.html", context)


def _lines(owner: str, by: Actor) -> list[Line]:
    """The owner's entries, what waits longest first."""
    today = clock.today()
    lines = [
        Line(
            row,
            changes.name_of(row),
            str(KIND_WORDS[row.KIND]),
            row.municipality.name if row.municipality else "",
            freshness_of(row, today),
            review_on(row.confirmed_on, row.review_months),
            keeping.may_keep(by, owner, type(row)),
        )
        for row in entries_of(owner)
        if not (isinstance(row, LocalPractice) and row.valid.upper and row.valid.upper <= today)
    ]
    return sorted(lines, key=lambda line: (ORDER.index(line.state), line.review_on, line.name, line.row.pk))


def _matches(line: Line, text: str, show: str) -> bool:
    if show and show != line.row.KIND:
        return False
    words = fold(f"{line.name} {line.place} {line.kind_word} {getattr(line.row, 'person', '')}")
    return all(word in words for word in fold(text).split())


def _confirm_all(request: HttpRequest, by: Actor) -> HttpResponse:
    """Confirm each that still is the version shown; what somebody changed meanwhile stays."""
    done = 0
    rows = {f"{line.row.KIND}/{line.row.pk}/{line.row.version}": line.row for line in _lines(by.authority, by)}
    for named in request.POST.getlist("entry"):
        if row := rows.get(named):
            try:
                keeping.confirm_entry(row, version=row.version, by=by)
            except Problem:
                continue
            done += 1
    messages.success(
        request, ngettext("%(count)s entry confirmed.", "%(count)s entries confirmed.", done) % {"count": done}
    )
    return redirect("contacts:desk")


def _owner(request: HttpRequest, by: Actor) -> Authority:
    code = request.GET.get("owner", "") if by.role == Role.EDITOR else ""
    found = Authority.objects.filter(pk=code.replace("\x00", "") or by.authority).first()
    if found is None:
        raise Http404
    return found


def _owners(by: Actor) -> list[Authority]:
    """Whose desk Kela's editor can open: Kela first."""
    if by.role != Role.EDITOR:
        return []
    return sorted(Authority.objects.all(), key=lambda row: (row.code != KELA, row.sort_key))
