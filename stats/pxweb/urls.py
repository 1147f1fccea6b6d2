from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpResponse
from django.urls import URLPattern, path

from stats.pxweb import v1, v2

app_name = "pxweb"


def _both(route: str, call: Callable[..., HttpResponse], name: str) -> Iterator[URLPattern]:
    """Clients write addresses with a stroke at the end and without."""
    yield path(f"{route}/", call)
    yield path(route, call, name=name)


urlpatterns = [
    *_both("v2/config", v2.config, "v2-config"),
    *_both("v2/tables", v2.tables, "v2-tables"),
    *_both("v2/tables/<str:name>", v2.table, "v2-table"),
    *_both("v2/tables/<str:name>/metadata", v2.metadata, "v2-metadata"),
    *_both("v2/tables/<str:name>/data", v2.data, "v2-data"),
    *_both("v2/codelists/<str:name>", v2.codelist, "v2-codelist"),
    *_both("v2/codeLists/<str:name>", v2.codelist, "v2-codelist-as-told"),
    path("v1/<path:path>", v1.browse, name="v1"),
]
