"""Version 2 of the PxWeb API: tables, their metadata, lists of codes and data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kela_kunta.base import clock
from stats import wording
from stats.exports.jsonstat import described as jsonstat_described
from stats.pxweb.answering import MOST_CELLS, Question, answer, described, usual
from stats.pxweb.calls import body_of, open_to_all, texts_of
from stats.pxweb.catalogue import CODELISTS, CONTENTS, COUNT, FOLDER, TABLES, PxTable, codelist_label, table_of
from stats.pxweb.formats import ANSWERS, INCLUDE_TITLE, SEPARATORS, SHOWN, Layout
from stats.pxweb.problems import NoCodelist, NoFormat, NoPage, NoVariable, Refused
from stats.pxweb.selection import listed

VERSION = "2.0.0"
_OF_VARIABLE = re.compile(r"(valuecodes|codelist)\[(.+)\]", re.IGNORECASE)


def _parameters(request: HttpRequest) -> dict[str, str]:
    """What stands behind the `?`; names are the same in capitals, but for those of variables."""
    found = {}
    for name, value in request.GET.items():
        of_variable = _OF_VARIABLE.fullmatch(name)
        found[f"{of_variable[1].lower()}[{of_variable[2]}]" if of_variable else name.lower()] = str(value)
    return found


def _language(request: HttpRequest, **_rest: str) -> str | None:
    return _parameters(request).get("lang")


@open_to_all("GET", language=_language)
def config(_request: HttpRequest) -> HttpResponse:
    """What a client must know before it asks."""
    return JsonResponse(
        {
            "apiVersion": VERSION,
            "languages": [{"id": code, "label": label} for code, label in settings.LANGUAGES],
            "defaultLanguage": settings.LANGUAGE_CODE,
            "maxDataCells": MOST_CELLS,
            "maxCallsPerTimeWindow": settings.STATISTICS_CALLS_PER_MINUTE,
            "timeWindow": 60,
            "sourceReferences": [{"language": code, "text": _source(code)} for code, _label in settings.LANGUAGES],
            "defaultDataFormat": "json-stat2",
            "dataFormats": list(ANSWERS),
            "features": [],
        }
    )


@open_to_all("GET", language=_language)
def tables(request: HttpRequest) -> HttpResponse:
    """The tables: `query` looks in their titles and variables, `pastDays` at when they were updated."""
    asked = _parameters(request)
    words = asked.get("query", "").lower().split()
    found = [table for table in map(_table, TABLES.values()) if _has(table, words)]
    if days := _number(asked, "pastdays"):
        since = f"{clock.now() - timedelta(days=min(days, 100_000)):%Y-%m-%dT%H:%M:%SZ}"
        found = [table for table in found if table["updated"] >= since]
    size, number = _number(asked, "pagesize") or len(TABLES), _number(asked, "pagenumber") or 1
    pages = max(1, -(-len(found) // size))
    if number > pages:
        raise NoPage(str(number))
    page = {"pageNumber": number, "pageSize": size, "totalElements": len(found), "totalPages": pages}
    near = [("prev", number - 1), ("next", number + 1), ("last", pages)]
    links = [_page_link(asked, rel, to) for rel, to in near if 1 <= to <= pages and to != number]
    return JsonResponse(
        {
            "language": translation.get_language(),
            "tables": found[(number - 1) * size : number * size],
            "page": page | {"links": links},
            "links": [_page_link(asked, "self", number)],
        }
    )


@open_to_all("GET", language=_language)
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One of them."""
    return JsonResponse({"language": translation.get_language()} | _table(table_of(name)))


@open_to_all("GET", language=_language)
def metadata(request: HttpRequest, name: str) -> HttpResponse:
    """A table's variables and all their values, as JSON-stat 2 without values."""
    return JsonResponse(_metadata(table_of(name)) | {"value": []})


@open_to_all("GET", language=_language)
def codelist(request: HttpRequest, name: str) -> HttpResponse:
    """The values that a variable has by another list of codes."""
    if name not in CODELISTS:
        raise NoCodelist(name)
    found = CODELISTS[name]
    values = found.dimension(found.codelists[name], today=True).values
    return JsonResponse(
        {
            "id": name,
            "label": codelist_label(name),
            "language": translation.get_language(),
            "type": "Valueset",
            "values": [{"code": code, "label": label} for code, label in values],
            "links": [_link("self", "pxweb:v2-codelist", name)],
        }
    )


@open_to_all("GET", "POST", language=_language)
def data(request: HttpRequest, name: str) -> HttpResponse:
    """The counts: of what the address chooses, or the body; without either of the latest time."""
    asked = _parameters(request)
    table = table_of(name)
    form = asked.get("outputformat", "json-stat2").lower()
    if form not in ANSWERS:
        raise NoFormat(form)
    body = body_of(request) if request.method == "POST" else {}
    question = _question_of(body) if body.get("selection") else _question(asked)
    found = answer(table, question if question.selection else usual(table))
    return ANSWERS[form](found, _layout(table, asked, body))


def _number(asked: Mapping[str, str], name: str) -> int | None:
    text = asked.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 10):
        raise Refused(f"{name} is not a whole number above 0.")
    return int(text)


def _question(asked: Mapping[str, str]) -> Question:
    """As the address asks: `valueCodes[region]=01,02` and `codelist[region]=region_today`."""
    of: dict[str, dict[str, str]] = {"valuecodes": {}, "codelist": {}}
    for name, value in asked.items():
        if found := _OF_VARIABLE.fullmatch(name):
            of[found[1]][found[2]] = value
    return Question(
        {name: listed(value) for name, value in of["valuecodes"].items()},
        {name: value for name, value in of["codelist"].items() if value},
    )


def _question_of(body: Mapping[str, Any]) -> Question:
    """As the body asks."""
    selection, codelists = {}, {}
    parts = body["selection"]
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise Refused("selection is not a list of objects.")
    for part in parts:
        name = part.get("variableCode")
        if not isinstance(name, str):
            raise NoVariable("variableCode is missing.")
        selection[name] = texts_of(part.get("valueCodes") or [], "valueCodes")
        if codelist := part.get("codelist") or part.get("codeList"):
            codelists[name] = str(codelist)
    return Question(selection, codelists)


def _layout(table: PxTable, asked: Mapping[str, str], body: Mapping[str, Any]) -> Layout:
    placement = body.get("placement") or {}
    if not isinstance(placement, dict):
        raise Refused("placement is not an object.")
    heading = texts_of(placement.get("heading") or listed(asked.get("heading", "")), "heading")
    stub = texts_of(placement.get("stub") or listed(asked.get("stub", "")), "stub")
    if unknown := {*heading, *stub} - {*table.variables, CONTENTS}:
        raise NoVariable(", ".join(sorted(unknown)))
    options = listed(asked.get("outputformatparams", "").lower())
    if unknown := set(options) - {*SEPARATORS, *SHOWN, INCLUDE_TITLE}:
        raise NoFormat(", ".join(sorted(unknown)))
    return Layout(
        across=heading if heading or stub else [table.time],
        show=next((option for option in options if option in SHOWN), "usetexts"),
        separator=next((SEPARATORS[option] for option in options if option in SEPARATORS), ","),
        has_title=INCLUDE_TITLE in options,
    )


def _metadata(table: PxTable) -> dict[str, Any]:
    dimensions = [table.dimension(name) for name in table.variables]
    document = jsonstat_described(described(table, dimensions, {}), CONTENTS)
    for name, variable in document["dimension"].items():
        lists = [one for one, of in table.codelists.items() if of == name]
        variable["extension"] = {
            "elimination": name not in (table.time, CONTENTS),
            "show": "value",
            "codeLists": [
                {
                    "id": one,
                    "label": codelist_label(one),
                    "type": "Valueset",
                    "links": [_link("metadata", "pxweb:v2-codelist", one)],
                }
                for one in lists
            ],
        }
    contents = document["dimension"][CONTENTS]
    contents["category"]["unit"] = {COUNT: {"base": document["dimension"][CONTENTS]["label"], "decimals": 0}}
    contents["extension"] |= {"measuringType": {COUNT: "Flow"}, "adjustment": {COUNT: "None"}}
    document["extension"] = {
        "px": {
            "tableid": table.id,
            "decimals": 0,
            "aggregallowed": False,
            "language": translation.get_language(),
            "heading": [table.time],
            "stub": [*(name for name in table.variables if name != table.time), CONTENTS],
            "subject-code": FOLDER,
            "subject-area": document["source"],
        }
    }
    document["link"] = {
        "self": [{"href": _address("pxweb:v2-metadata", table.id)}],
        "describes": [{"href": _address("pxweb:v2-data", table.id)}],
    }
    return document


def _table(table: PxTable) -> dict[str, Any]:
    times = [code for code, _label in table.dimension(table.time).values]
    return {
        "id": table.id,
        "type": "Table",
        "label": table.title(),
        "description": "",
        "updated": f"{table.updated():%Y-%m-%dT%H:%M:%SZ}",
        "firstPeriod": times[0] if times else "",
        "lastPeriod": times[-1] if times else "",
        "category": "public",
        "variableNames": [_("Referrals"), *(str(wording.DIMENSIONS[name]) for name in table.variables)],
        "discontinued": False,
        "source": _("Kela and the municipalities: referrals in social assistance"),
        "subjectCode": FOLDER,
        "timeUnit": "Monthly" if table.time == "month" else "Annual",
        "paths": [[{"id": FOLDER, "label": _("Referrals from Kela")}]],
        "links": [
            _link("self", "pxweb:v2-table", table.id),
            _link("metadata", "pxweb:v2-metadata", table.id),
            _link("data", "pxweb:v2-data", table.id),
        ],
    }


def _has(table: Mapping[str, Any], words: list[str]) -> bool:
    text = " ".join([table["id"], table["label"], *table["variableNames"]]).lower()
    return all(word in text for word in words)


def _address(name: str, *args: str, **parameters: Any) -> str:
    """A whole address on this site, in the language active now."""
    query = urlencode({"lang": translation.get_language()} | parameters)
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}?{query}"


def _link(rel: str, name: str, *args: str) -> dict[str, str]:
    return {"rel": rel, "hreflang": translation.get_language() or "", "href": _address(name, *args)}


def _page_link(asked: Mapping[str, str], rel: str, number: int) -> dict[str, str]:
    kept = {name: value for name, value in asked.items() if name in ("query", "pastdays", "pagesize")}
    href = _address("pxweb:v2-tables", **kept, pageNumber=number)
    return {"rel": rel, "hreflang": translation.get_language() or "", "href": href}


def _source(language: str) -> str:
    with translation.override(language):
        return _("Kela and the municipalities: referrals in social assistance")
