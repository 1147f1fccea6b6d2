"""The command that holds an export against a published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contacts.exchange.hsds_shape import OBJECTS, schema
from tools.check_hsds import FORMATS, main

SERVICE = {"id": "0b7d6e1c-0000-4000-8000-000000000001", "name": "Housing", "status": "active"}
URL = {"id": "0b7d6e1c-0000-4000-8000-000000000002", "url": "https://a.example/"}


def apart(folder: Path) -> None:
    """The schemas one by one, each in a file of its own that refers to the others, as they are published."""
    for name in OBJECTS:
        text = json.dumps(schema(name)["$defs"][name]).replace("#/$defs/", "")
        told = json.loads(text, object_hook=_with_suffix)
        (folder / f"{name}.json").write_text(
            json.dumps({"$id": f"https://specification.example/3.1/{name}.json"} | told)
        )


def _with_suffix(value: dict[str, Any]) -> dict[str, Any]:
    return value | {"$ref": value["$ref"] + ".json"} if isinstance(value.get("$ref"), str) else value


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({}, 0, "1 services keep"),
        ({"status": "open"}, 1, "service 1, status:"),
        ({"additional_urls": [URL]}, 0, "1 services keep"),
        ({"additional_urls": [URL | {"url": "https://a.example/työ"}]}, 1, "service 1, additional_urls/0/url:"),
        ({"last_modified": "2026-11-25"}, 1, "service 1, last_modified:"),
        ({"email": "nobody"}, 1, "service 1, email:"),
    ],
)
@pytest.mark.parametrize("way", ["in one", "apart"])
def test_faults_are_told_with_their_place(tmp_path: Path, capsys, way, change, code, said):
    if way == "apart":
        apart(tmp_path)
    else:
        (tmp_path / "service.json").write_text(json.dumps(schema("service")))
    (tmp_path / "export.json").write_text(json.dumps({"contents": [SERVICE | change]}))
    assert main(tmp_path / "service.json", tmp_path / "export.json") == code
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("format", "good", "bad"),
    [
        ("uri", "https://a.example/x?y=%20#z", "https://a.example/x y"),
        ("uri", "mailto:a@b.example", "a.example"),
        ("uri", "https://[::1]/", "https://a.example/100%"),
        ("uri", "https://a.example/#", "https://a.example/#a#b"),
        ("uri", "https://%C3%A4.example", "https://%zz.example"),
        ("date-time", "2026-11-25T12:00:00.000+02:00", "2026-11-25T12:00:00"),
        ("date-time", "2026-11-25t12:00:00z", "2026-02-30T12:00:00Z"),
        ("email", "a@b.example", "a@hyvä.example"),
    ],
)
def test_formats_are_those_of_the_rfcs(format, good, bad):
    assert FORMATS.conforms(good, format)
    assert not FORMATS.conforms(bad, format)
