"""Figures as files to take away, by the name of the format."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse

from stats.exports.dataset import Dataset
from stats.exports.jsonstat import jsonstat_of
from stats.exports.px import px_of
from stats.exports.tabular import csv_of, xlsx_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"csv": "CSV", "xlsx": "XLSX", "jsonstat": "JSON-stat 2.0", "px": "PX"}


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


WRITERS: dict[str, Callable[[Dataset], HttpResponse]] = {
    "csv": lambda data: _file(csv_of(data), "text/csv; charset=utf-8", f"{data.name}.csv"),
    "xlsx": lambda data: _file(xlsx_of(data), XLSX, f"{data.name}.xlsx"),
    "jsonstat": lambda data: JsonResponse(jsonstat_of(data)),
    "px": lambda data: _file(px_of(data), "text/x-px; charset=utf-8", f"{data.name}.px"),
}
