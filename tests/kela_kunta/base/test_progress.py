"""Tests of kela_kunta.base.progress."""

from __future__ import annotations

from io import StringIO

import pytest

from kela_kunta.base import progress
from kela_kunta.base.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_that_ends_its_line_when_all_is_done() -> None:
    out = Terminal()
    told = Progress(4, "referrals", out)
    told.add(2)
    assert out.getvalue().endswith("2 / 4 referrals")
    assert "\n" not in out.getvalue()
    told.add(2)
    assert out.getvalue().endswith("4 / 4 referrals\n")


def test_elsewhere_a_line_comes_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    out = StringIO()
    told = Progress(4, "referrals", out)
    told.add(1)
    assert out.getvalue() == ""
    monkeypatch.setattr(progress, "_LINE_EVERY", 0)
    told.add(1)
    assert out.getvalue() == "2 / 4 referrals\n"


def test_a_program_that_wants_json_hears_nothing() -> None:
    Progress(1, "referrals", None).add(1)
