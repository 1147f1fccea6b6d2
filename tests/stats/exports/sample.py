"""A small table with everything that is awkward in one: hidden cells, zeros, quotes, formulas, å ä ö."""

from __future__ import annotations

from datetime import UTC, datetime

from stats.exports.dataset import Dataset, Dimension

SAMPLE = Dataset(
    name="kela_kunta_2017_type_region",
    title='Lähetteet "tyypin" ja maakunnan mukaan, 2017',
    measure="Lähetteitä",
    dimensions=[
        Dimension("year", "Vuosi", [("2016", "2016"), ("2017", "2017")], is_time=True),
        Dimension("type", "Tyyppi", [("under_25", "=Alle 25"), ("immigrant", "Maahanmuuttaja")]),
        Dimension("region", "Maakunta", [("01", "Uusimaa"), ("21", "Åland – Ahvenanmaa"), ("withheld", "Salattu")], is_place=True),
    ],
    cells={
        ("2017", "under_25", "01"): 1234, ("2017", "under_25", "21"): 0, ("2017", "under_25", "withheld"): None,
        ("2017", "immigrant", "01"): 5, ("2016", "immigrant", "21"): None, ("2016", "under_25", "01"): 7,
    },
    source="Kela",
    updated=datetime(2018, 1, 1, 2, 30, tzinfo=UTC),
    language="fi",
    notes=["Kaksi lukua ei kerrota."],
)  # fmt: skip
