"""The directory written by those who keep it: an entry's own page, a new one, and its history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.pages import for_roles
from contacts.actions import keeping
from contacts.actions.keeping import may_keep
from contacts.bodies import BODIES
from contacts.exchange.known import known_on, unknown_codes
from contacts.exchange.tables import json_of
from contacts.models import Authority, Entry, LocalPractice, Municipality
from contacts.pages import changes
from contacts.pages.search import READERS
from contacts.pages.telling import Kept
from contacts.queries import entries, municipalities_on
from contacts.queries.entries import KELA, KINDS, served_by
from contacts.queries.practices import version_before
from contacts.rules.differences import differences
from kela_kunta.base import clock
from kela_kunta.base.actor import Actor
from kela_kunta.base.forms import ROWS, Form
from kela_kunta.base.languages import LANGUAGES
from kela_kunta.base.problems import FieldError, Invalid, NotAllowed, NotFound, Problem
from referrals.types import TYPES

KEEPERS = ("directory", "lead", "editor")
COMMON_LANGUAGES = ("fi", "sv", "en", "se", "smn", "sms", "ru", "uk", "et", "ar", "so", "fa", "ckb", "fse")

LINES: dict[type[Any], list[list[str]]] = {
    BODIES["contact"]: [
        ["kind", "audience"],
        ["municipality", "district"],
        ["title_fi", "title_sv"],
        ["person", "phone"],
        ["email", "link"],
        ["channel", "hours"],
        ["languages"],
        ["note_fi", "note_sv"],
        ["review_months"],
    ],
    BODIES["service_point"]: [
        ["kind", "municipality"],
        ["serves"],
        ["name_fi", "name_sv"],
        ["street_fi", "street_sv"],
        ["postal_code", "hours"],
        ["phone", "email"],
        ["languages"],
        ["hands_over_commitments"],
        ["note_fi", "note_sv"],
        ["review_months"],
    ],
    BODIES["local_practice"]: [
        ["topic", "municipality"],
        ["types"],
        ["urgent_only"],
        ["text_fi", "text_sv"],
        ["from", "to"],
        ["review_months"],
    ],
}


class EntryForm(Form):
    """The questions of an entry of `model`, with the choices that its owner has."""

    def __init__(
        self,
        model: type[Entry],
        owner: str,
        data: QueryDict | None = None,
        errors: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        served = list(municipalities_on(clock.today())) if owner == KELA else served_by(owner, clock.today())
        places = [(row.code, row.name) for row in served]
        choices: dict[str, Any] = {
            "municipality": places,
            "serves[]": list(places),
            "languages": [(code, LANGUAGES[code]) for code in COMMON_LANGUAGES if code in LANGUAGES],
            "types": [(code, kind.short_label) for code, kind in TYPES.items()],
        }
        super().__init__(BODIES[model.KIND](), data, errors, initial=initial, choices=choices)
        self._add_what_stands(choices)

    def _add_what_stands(self, choices: dict[str, Any]) -> None:
        """What the entry says already is among the choices, or it would be lost by saving."""
        spoken = self.values.get("languages") or []
        for name, said in {
            "municipality": [self.values.get("municipality")],
            "serves[]": self.values.get("serves") or [],
        }.items():
            offered = dict(choices[name])
            places = [str(code).replace("\x00", "") for code in said if code and code not in offered]
            if places:
                choices[name] += [(row.code, row.name) for row in Municipality.objects.filter(pk__in=places)]
        offered = dict(choices["languages"])
        choices["languages"] += [(code, LANGUAGES.get(code, code)) for code in spoken if code not in offered]

    def shown(self, owner: str) -> list[list[str]]:
        """The fields to ask, those of a line beside each other: Kela's areas only of Kela."""
        return [[name for name in line if name != "district" or owner == KELA] for line in LINES[type(self.serializer)]]


def of_entry(view: Callable[[HttpRequest, Entry], HttpResponse]) -> Callable[[HttpRequest, str, UUID], HttpResponse]:
    """A view of one entry; where somebody has removed it, the way to its history instead."""

    @wraps(view)
    def wrapped(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
        try:
            row = _entry(kind, id)
        except Http404:
            return _gone(request, kind, id)
        return view(request, row)

    return wrapped


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new entry; `?kind=`, `?municipality=` and the like begin it, `?owner=` says whose practice Kela's editor proposes,
    and `?like=` names one of which a new version is proposed."""
    model = _model(kind)
    owner = _owner(request, model)
    if not may_keep(request.actor, owner.code, model):
        raise Http404
    if request.method != "POST":
        return _new_page(
            request, owner, EntryForm(model, owner.code, initial=_begun(request, model, owner.code)), model
        )
    if ROWS in request.POST:
        return _new_page(request, owner, EntryForm(model, owner.code, request.POST), model)
    form, values = _read(model, owner.code, request.POST)
    if values is not None:
        row = keeping.add_entry(model, values, owner=owner.code, by=request.actor)
        messages.success(request, _("Added to the directory."))
        return redirect("contacts:entry", kind=kind, id=row.pk)
    return _new_page(request, owner, form, model, status=422)


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
@of_entry
def entry(request: HttpRequest, row: Entry) -> HttpResponse:
    """One entry: what stands, what was done to it and, for those who keep it, the form."""
    if request.method != "POST":
        return _entry_page(request, row)
    if not may_keep(request.actor, row.owner_id, type(row)):
        return _entry_page(request, row, problem=str(NotAllowed.title), status=NotAllowed.status)
    if ROWS in request.POST:
        return _entry_page(request, row, EntryForm(type(row), row.owner_id, request.POST))
    form, values = _read(type(row), row.owner_id, request.POST)
    if values is None:
        return _entry_page(request, row, form, status=422)

    def act() -> None:
        keeping.change_entry(row, values, version=_version(request), by=request.actor)

    return _done(request, row, act, _("Saved."), form)


@for_roles(*KEEPERS)
@require_POST
@of_entry
def confirm(request: HttpRequest, row: Entry) -> HttpResponse:
    """It is right as it stands; `next` is where the button was."""
    return _done(
        request,
        row,
        lambda: keeping.confirm_entry(row, version=_version(request), by=request.actor),
        _("Confirmed: it is right as it stands."),
    )


@for_roles(*KEEPERS)
@require_POST
@of_entry
def agree(request: HttpRequest, row: Entry) -> HttpResponse:
    """The other side agrees to a practice."""
    if not isinstance(row, LocalPractice):
        raise Http404
    return _done(
        request,
        row,
        lambda: keeping.agree_practice(row, version=_version(request), by=request.actor),
        _("Agreed. It is shown beside the form on the days on which it is in force."),
    )


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
@of_entry
def remove(request: HttpRequest, row: Entry) -> HttpResponse:
    """Asks once, then takes the entry out of the directory."""
    if not may_keep(request.actor, row.owner_id, type(row)):
        raise Http404
    if request.method != "POST":
        ends = isinstance(row, LocalPractice) and keeping.was_in_force(row, clock.today())
        return render(request, "contacts/remove.html", {"row": row, "name": changes.name_of(row), "ends": ends})

    def act() -> None:
        keeping.remove_entry(row, version=_version(request), by=request.actor)

    return _done(request, row, act, _("Removed. Its history stays, and it can be brought back."), gone=True)


@for_roles(*READERS)
@require_safe
def history(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """What was done to an entry, also to one that is no more."""
    told = changes.told(list(entries.history(id)))
    if not told or told[0].kind != kind:
        raise Http404
    last = told[0]
    keeps = may_keep(request.actor, last.owner_code, _model(kind))
    return render(request, "contacts/history.html", {"kind": kind, "id": id, "changes": told, "keeps": keeps})


@for_roles(*KEEPERS)
@require_POST
def undo(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """What stood before the newest change stands again."""
    _model(kind)
    if not entries.history(id).filter(kind=kind).exists():
        raise Http404
    try:
        restored = keeping.undo(id, version=_version(request), by=request.actor)
    except keeping.Contradicted:
        messages.error(request, _("That cannot stand again beside what has been written since."))
    except Problem as problem:
        messages.error(request, _said(problem))
    else:
        messages.success(request, _("What stood before stands again.") if restored else _("Removed again."))
        if restored:
            return redirect("contacts:entry", kind=kind, id=id)
    return redirect("contacts:history", kind=kind, id=id)


def _done(
    request: HttpRequest,
    row: Entry,
    act: Callable[[], Any],
    said: str,
    form: EntryForm | None = None,
    *,
    gone: bool = False,
) -> HttpResponse:
    """Do it and go back to where it was asked; where it cannot be, the entry as it is now, with what was typed."""
    try:
        act()
    except Invalid as problem:
        if form:
            form.refuse(problem.errors)
        return _entry_page(request, row, form, problem=_said(problem), status=422)
    except Problem as problem:
        try:
            now = _entry(row.KIND, row.pk)
        except Http404:
            return _gone(request, row.KIND, row.pk)
        return _entry_page(request, now, form, problem=_said(problem), status=problem.status)
    messages.success(request, said)
    back = request.POST.get("next", "")
    if back == "desk" or gone:
        return redirect(_desk_of(row, request.actor))
    return redirect("contacts:entry", kind=row.KIND, id=row.pk)


def _gone(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """For an entry that somebody removed: its history, from which it can be brought back; what was typed to be saved
    stands in the form of a new one.

    Raises:
        Http404: there never was such an entry.
    """
    last = entries.history(id).filter(kind=kind).first()
    if last is None:
        raise Http404
    model = _model(kind)
    typed = request.method == "POST" and request.resolver_match and request.resolver_match.url_name == "entry"
    if not typed or not may_keep(request.actor, last.owner_id, model):
        if request.method == "POST":
            messages.error(request, _("Somebody has removed this since you opened it."))
        return redirect("contacts:history", kind=kind, id=id)
    return _new_page(request, last.owner, EntryForm(model, last.owner_id, request.POST), model, gone=id, status=409)


def _desk_of(row: Entry, by: Actor) -> str:
    """The desk on which the entry stands for `by`: Kela's editor has one for each authority."""
    return reverse("contacts:desk") + (f"?owner={row.owner_id}" if row.owner_id != by.authority else "")


def _said(problem: Problem) -> str:
    return str(problem.errors[0].detail if problem.errors else problem.title)


def _new_page(
    request: HttpRequest,
    owner: Authority,
    form: EntryForm,
    model: type[Entry],
    *,
    gone: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    """`gone` is the entry for which this was typed, and which somebody has removed meanwhile."""
    context = {"form": form, "lines": form.shown(owner.code), "owner": owner, "kind": model.KIND, "gone": gone}
    return render(request, "contacts/new.html", context | {"title": changes.NEW[model.KIND]}, status=status)


def _entry_page(
    request: HttpRequest, row: Entry, form: EntryForm | None = None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    by, now = request.actor, clock.now()
    keeps = may_keep(by, row.owner_id, type(row))
    agreed = isinstance(row, LocalPractice) and row.agreed
    if form is None and keeps and not agreed:
        form = EntryForm(type(row), row.owner_id, initial=json_of(row, BODIES[row.KIND]()))
    context = {
        "row": row,
        "kind": row.KIND,
        "name": changes.name_of(row),
        "kept": Kept.of(row, now),
        "facts": changes.facts_of(row),
        "form": form,
        "lines": form.shown(row.owner_id) if form else [],
        "keeps": keeps,
        "desk": _desk_of(row, by),
        "beside": _beside(row) if isinstance(row, LocalPractice) else None,
        "is_practice": isinstance(row, LocalPractice),
        "may_agree": isinstance(row, LocalPractice) and not row.agreed and _is_others_turn(row, by),
        "changes": changes.told(list(entries.history(row.pk)))[:5],
        "problem": problem,
    }
    return render(request, "contacts/entry.html", context, status=status)


def _beside(row: LocalPractice) -> dict[str, Any] | None:
    """The version before and this one, with what differs; None for the first."""
    before = version_before(row)
    if before is None:
        return None
    texts = [(before.text_fi, row.text_fi, "fi"), (before.text_sv, row.text_sv, "sv")]
    return {
        "before": before,
        "days": [changes.word(one, "valid", one.valid) for one in (before, row)],
        "texts": [(*differences(old, new), language) for old, new, language in texts if old or new],
    }


def _is_others_turn(row: LocalPractice, by: Actor) -> bool:
    mine = row.kela_agreed_on if by.of_kela else row.owner_agreed_on
    return may_keep(by, row.owner_id, LocalPractice) and mine is None


def _read(model: type[Entry], owner: str, data: QueryDict) -> tuple[EntryForm, dict[str, Any] | None]:
    """The form as typed, and its values when all is well."""
    typed = EntryForm(model, owner, data)
    body = BODIES[model.KIND](data=typed.body())
    valid = body.is_valid()
    form = EntryForm(model, owner, data, body.errors)
    if not valid:
        return form, None
    faults = list(unknown_codes(body.validated_data, known_on(clock.today()), owner=owner))
    form.refuse(FieldError(f"#/{fault.pointer}", fault.code, fault.detail) for fault in faults)
    return form, None if faults else dict(body.validated_data)


def _begun(request: HttpRequest, model: type[Entry], owner: str) -> dict[str, Any]:
    """What the address begins a new entry with; what cannot be used is left out."""
    if like := request.GET.get("like", ""):
        try:
            row = entries.entry(model.KIND, UUID(like))
        except (ValueError, NotFound):
            row = None
        if row is not None and row.owner_id == owner:
            return {**json_of(row, BODIES[model.KIND]()), "from": clock.today().isoformat(), "to": None}
    fields = BODIES[model.KIND]().fields
    return {name: value for name, value in request.GET.items() if name in fields and value}


def _owner(request: HttpRequest, model: type[Entry]) -> Authority:
    """Whose entry it becomes: the keeper's own authority; for Kela's editor a practice's is asked for."""
    code = request.actor.authority
    if request.actor.of_kela and model is LocalPractice:
        code = request.GET.get("owner", "")
    found = Authority.objects.filter(pk=code.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found


def _model(kind: str) -> type[Entry]:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _entry(kind: str, id: UUID) -> Entry:
    try:
        return entries.entry(kind, id)
    except NotFound as error:
        raise Http404 from error


def _version(request: HttpRequest) -> int:
    """The version that the page showed; 0, which none is, where the page says none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
