"""The parameters of law and practice that an installation begins with, as the migrations put them into their tables."""

from __future__ import annotations

from importlib import import_module

from referrals.rules import deadlines, release

_first = import_module("referrals.migrations.0004_parameters")
_acknowledging = import_module("referrals.migrations.0007_acknowledge_rules")

DEADLINES = [
    *(deadlines.Rule(*row) for row in _first.DEADLINES),
    *(
        deadlines.Rule("", clock, urgent, None, None, unit, amount, "acknowledge")
        for clock, urgent, unit, amount in _acknowledging.CLOCKS
    ),
]
RELEASES = [release.Rule(*row) for row in _first.RELEASES]
