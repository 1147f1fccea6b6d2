"""Outlines as paths of a drawing."""

from __future__ import annotations

import json

from kela_kunta.base.outlines import Frame, outlines

SQUARE = [[1_000, 1_000], [3_000, 1_000], [3_000, 2_000], [1_000, 2_000], [1_000, 1_000]]


def test_north_is_up_and_the_height_follows_the_width():
    frame = Frame.around([SQUARE], width=200)
    assert (frame.width, frame.height) == (200, 100)
    assert frame.path([SQUARE]) == "M0 100L200 100L200 0L0 0L0 100Z"


def test_what_would_be_too_tall_is_drawn_narrower():
    frame = Frame.around([SQUARE], width=200, tallest=50)
    assert (frame.width, frame.height) == (100, 50)


def test_points_that_fall_on_one_place_are_drawn_once():
    assert Frame.around([SQUARE], width=2).path([[[1_000, 1_000], [1_001, 1_001], [3_000, 2_000]]]) == "M0 1L2 0Z"


def test_islands_belong_to_their_area(tmp_path):
    file = tmp_path / "areas.geojson"
    areas = {"1": ("Polygon", [SQUARE]), "2": ("MultiPolygon", [[SQUARE], [SQUARE]])}
    features = [
        {"properties": {"code": code}, "geometry": {"type": type, "coordinates": coordinates}}
        for code, (type, coordinates) in areas.items()
    ]
    file.write_text(json.dumps({"features": features}))
    assert outlines(file) == {"1": [SQUARE], "2": [SQUARE, SQUARE]}
