from __future__ import annotations

from pyaxis import pyaxis

from stats.exports.px import px_of
from tests.stats.exports.sample import SAMPLE


def test_a_reader_of_the_format_reads_it(tmp_path):
    file = tmp_path / "table.px"
    file.write_bytes(px_of(SAMPLE))
    read = pyaxis.parse(str(file), encoding="utf-8-sig")
    frame = read["DATA"]
    row = frame[(frame["Vuosi"] == "2017") & (frame["Tyyppi"] == "=Alle 25") & (frame["Maakunta"] == "Uusimaa")]
    assert list(row["DATA"]) == ["1234"]
    assert len(frame) == 12
    assert read["METADATA"]["TITLE"] == ["Lähetteet 'tyypin' ja maakunnan mukaan, 2017"]


def test_long_texts_are_cut_into_pieces_and_nothing_breaks_out_of_its_quotes():
    text = px_of(SAMPLE).decode("utf-8-sig")
    assert text.endswith('DATA=\r\n7 0 0\r\n0 ".." 0\r\n1234 0 ".."\r\n5 0 0;\r\n')
    assert text.count('"') % 2 == 0
    assert 'CODES("Maakunta")="01","21","withheld";' in text
