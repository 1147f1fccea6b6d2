"""Version 1 of the PxWeb API: a tree of folders, the metadata of tables, and queries sent to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from stats.pxweb.answering import MOST_CELLS, Question, answer
from stats.pxweb.calls import body_of, open_to_all, texts_of
from stats.pxweb.catalogue import CONTENTS, COUNT, DATABASE, TABLES, PxTable, table_of
from stats.pxweb.formats import ANSWERS, Layout, json_px_of, json_stat_1_of
from stats.pxweb.problems import NoExpression, NoFormat, NoLanguage, NoTable, NoVariable, Refused, TooMany

STATUSES: dict[type[Refused], int] = {TooMany: 403, NoLanguage: 404}
REFERRALS = "referrals"  # the only folder
FORMATS = {
    "json": lambda data: JsonResponse(json_px_of(data)),
    "json-stat": lambda data: JsonResponse(json_stat_1_of(data)),
    "json-stat2": lambda data: ANSWERS["json-stat2"](data, Layout([])),
    "csv": lambda data: ANSWERS["csv"](data, Layout([data.dimensions[-1].code])),
    "csv2": lambda data: ANSWERS["csv"](data, Layout([])),
    "csv3": lambda data: ANSWERS["csv"](data, Layout([], show="usecodes")),
    "px": lambda data: ANSWERS["px"](data, Layout([])),
    "xlsx": lambda data: ANSWERS["xlsx"](data, Layout([])),
}


def _parts(path: str) -> list[str]:
    return [name for name in path.split("/") if name]


def _language(_request: HttpRequest, path: str) -> str | None:
    return next(iter(_parts(path)), None)


@open_to_all("GET", "POST", language=_language, statuses=STATUSES)
def browse(request: HttpRequest, path: str) -> HttpResponse:
    """`language/database/folder/table`: what is in there; of a table its metadata, and its counts for a query."""
    names = _parts(path)[1:]
    if "config" in request.GET:
        return JsonResponse(
            {
                "maxValues": MOST_CELLS,
                "maxCells": MOST_CELLS,
                "maxCalls": settings.STATISTICS_CALLS_PER_MINUTE,
                "timeWindow": 60,
                "CORS": False,
            }
        )
    if len(names) == 3 and names[:2] == [DATABASE, REFERRALS]:
        table = table_of(names[2])
        return _data(table, body_of(request)) if request.method == "POST" else JsonResponse(_metadata(table))
    if names not in ([], [DATABASE], [DATABASE, REFERRALS]):
        raise NoTable("/".join(names))
    return JsonResponse(_folder(names), safe=False)


def _folder(names: list[str]) -> list[dict[str, str]]:
    if not names:
        return [{"dbid": DATABASE, "text": _("Kela and the municipalities: referrals in social assistance")}]
    if names == [DATABASE]:
        return [{"id": REFERRALS, "type": "l", "text": _("Referrals from Kela")}]
    return [
        {"id": table.id, "type": "t", "text": table.title(), "updated": f"{table.updated():%Y-%m-%dT%H:%M:%S}"}
        for table in TABLES.values()
    ]


def _metadata(table: PxTable) -> dict[str, Any]:
    contents = {"code": CONTENTS, "text": _("Contents"), "values": [COUNT], "valueTexts": [_("Referrals")]}
    return {"title": table.title(), "variables": [contents, *(_variable(table, name) for name in table.variables)]}


def _variable(table: PxTable, name: str) -> dict[str, Any]:
    """In the order in which old clients count the members."""
    whole = table.dimension(name)
    return {
        "code": name,
        "text": whole.label,
        "values": [code for code, _label in whole.values],
        "valueTexts": [label for _code, label in whole.values],
    } | ({"time": True} if whole.is_time else {"elimination": True})


def _data(table: PxTable, body: Mapping[str, Any]) -> HttpResponse:
    response = body.get("response") or {}
    form = str(response.get("format") or "px").lower() if isinstance(response, dict) else ""
    if form not in FORMATS:
        raise NoFormat(form)
    return FORMATS[form](answer(table, _question(table, body.get("query") or [])))


def _question(table: PxTable, query: Any) -> Question:
    """As the query asks. Of time everything is taken where nothing is chosen; other variables are then summed over."""
    if not isinstance(query, list) or not all(isinstance(part, dict) for part in query):
        raise Refused("query is not a list of objects.")
    selection, codelists = {table.time: ["*"]}, {}
    for part in query:
        name, chosen = part.get("code"), part.get("selection")
        if not isinstance(name, str) or not isinstance(chosen, dict):
            raise NoVariable("code or selection is missing.")
        filter, values = str(chosen.get("filter") or "item"), texts_of(chosen.get("values") or [], "values")
        kind, _colon, codelist = filter.partition(":")
        if kind.lower() == "top":
            values = [f"top({number})" for number in values]
        elif kind.lower() in ("vs", "agg"):
            codelists[name] = codelist
        elif kind.lower() not in ("item", "all"):
            raise NoExpression(filter)
        selection[name] = values
    return Question(selection, codelists)
