"""The command that holds an export against a published schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.contacts.exchange.hsds_shape import schema
from tools.check_hsds import main


@pytest.mark.parametrize(
    ("status", "code", "said"), [("active", 0, "1 services keep"), ("open", 1, "service 1, status:")]
)
def test_faults_are_told_with_their_place(tmp_path: Path, capsys, status, code, said):
    service = {"id": "0b7d6e1c-0000-4000-8000-000000000001", "name": "Housing", "status": status}
    (tmp_path / "service.json").write_text(json.dumps(schema("service")))
    (tmp_path / "export.json").write_text(json.dumps({"contents": [service]}))
    assert main(tmp_path / "service.json", tmp_path / "export.json") == code
    assert said in capsys.readouterr().out
