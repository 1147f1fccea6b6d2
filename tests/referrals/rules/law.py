"""The parameters of law and practice that an installation begins with, as the migrations put them into their tables."""

from __future__ import annotations

from importlib import import_module

from referrals.rules import deadlines, release

_first = import_module("referrals.migrations.0002_parameters")

DEADLINES = [deadlines.Rule(*row) for row in _first.DEADLINES]
RELEASES = [release.Rule(*row) for row in _first.RELEASES]
