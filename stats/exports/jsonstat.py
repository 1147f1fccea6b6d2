"""Figures as JSON-stat 2.0 (json-stat.org/full)."""

from __future__ import annotations

from typing import Any

from stats.exports.dataset import HIDDEN, Dataset

MEASURE = "count"


def jsonstat_of(data: Dataset, measure: str = MEASURE) -> dict[str, Any]:
    """A dataset whose values stand in the order of its dimensions, the last changing first; one not told is null, with
    its status. `measure` names the dimension of what is counted."""
    document = described(data, measure)
    document["value"] = list(data.cube())
    if hidden := {str(place): HIDDEN for place, count in enumerate(document["value"]) if count is None}:
        document["status"] = hidden
    return document


def described(data: Dataset, measure: str = MEASURE) -> dict[str, Any]:
    """The same without its values."""
    roles = {
        "time": [one.code for one in data.dimensions if one.is_time],
        "geo": [one.code for one in data.dimensions if one.is_place],
        "metric": [measure],
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": data.title,
        "source": data.source,
        "updated": data.updated.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "note": list(data.notes),
        "id": [*(one.code for one in data.dimensions), measure],
        "size": [*(len(one.values) for one in data.dimensions), 1],
        "dimension": {
            one.code: {
                "label": one.label,
                "category": {
                    "index": {code: place for place, (code, _label) in enumerate(one.values)},
                    "label": dict(one.values),
                },
            }
            for one in data.dimensions
        }
        | {
            measure: {
                "label": data.measure,
                "category": {
                    "index": {MEASURE: 0},
                    "label": {MEASURE: data.measure},
                    "unit": {MEASURE: {"label": data.measure, "decimals": 0}},
                },
            }
        },
        "role": {role: names for role, names in roles.items() if names},
    }
