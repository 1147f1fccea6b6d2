"""The shipped files, and files that are refused whole."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from contacts.reference_files import SHIPPED, BadReference, read, types
from contacts.rules.history import END, Span
from referrals.types import TYPES

BEGINNING_OF_2017 = date(2017, 1, 1)


def rows(file: str) -> list[dict[str, str]]:
    with (SHIPPED / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def in_force(year: int) -> int:
    return sum(not row["valid_to"] or row["valid_to"] >= f"{year}-12-31" for row in rows("municipalities.csv"))


def problems(folder) -> list[str]:
    with pytest.raises(BadReference) as refused:
        read(folder)
    return refused.value.problems


class TestShipped:
    @pytest.mark.parametrize(
        ("year", "count"), [(2017, 311), (2018, 311), (2019, 311), (2020, 310), (2021, 309), (2024, 309), (2025, 308)]
    )
    def test_as_many_municipalities_are_in_force_as_there_were(self, year, count):
        # A municipality that ends on 31.12.2019 is still in force in 2019.
        assert in_force(year) == count

    def test_the_people_of_2017_are_all_in_municipalities_that_have_a_figure(self):
        people = {row["code"]: row["population_2017"] for row in rows("municipalities.csv")}
        assert sum(int(number) for number in people.values() if number) == 5_513_130
        assert [code for code, number in people.items() if not number] == ["099", "174", "442", "911"]

    def test_every_type_belongs_to_a_task(self):
        assert set(types()) == set(TYPES)

    def test_no_responsibility_begins_before_2017(self):
        spans = [span for spans in read().duties.values() for span in spans]
        assert min(span.first for span in spans) == BEGINNING_OF_2017

    def test_authorities_are_named_without_a_guess_in_three_languages(self):
        names = {row["code"]: row for row in rows("authorities.csv")}
        assert names["municipality-837"]["name_en"] == "City of Tampere"
        assert names["municipality-837"]["name_fi"] == "Tampereen kaupunki"
        assert names["municipality-009"]["name_fi"] == "Alavieska (kunta)"
        assert names["county-90"]["name_sv"] == "Helsingfors stad"

    def test_uncertain_responsibilities_are_marked(self):
        assert read().duties["061", "under_25"][0].note == "medium"
        assert read().duties["405", "under_25"] == [
            Span(BEGINNING_OF_2017, date(2022, 12, 31), "joint-eksote", "high"),
            Span(date(2023, 1, 1), END, "county-11", "high"),
        ]


class TestRefused:
    def test_every_problem_is_named_by_file_and_line(self, edit):
        edit("regions.csv", "21,Ahvenanmaa", "19,Ahvenanmaa")
        edit("municipality_regions.csv", "009,17,,", "009,99,2026-02-30,")
        edit("municipality_regions.csv", "035,21,,", "035,19,,")
        edit("responsibilities.csv", "005,social_services,municipality-005", "005,social_services,municipality-000")
        found = problems(edit("municipalities.csv", "009,Alavieska,Alavieska,fi,,,,2610", "009,,Alavieska,fr,,,,many"))
        assert [problem for problem in found if 'no "21"' not in problem] == [
            'municipalities.csv, line 3: name_fi cannot be ""',
            'municipalities.csv, line 3: languages cannot be "fr"',
            'municipalities.csv, line 3: population_2017 cannot be "many"',
            'regions.csv, line 20: code "19" stands twice',
            'municipality_regions.csv, line 3: no "99" is known',
            "municipality_regions.csv, line 3: valid_from and valid_to must be dates such as 2026-01-31, or empty",
            'responsibilities.csv, line 5: no "municipality-000" is known',
        ]
        assert len(found) == 7 + 15

    @pytest.mark.parametrize(
        ("file", "old", "new", "problem"),
        [
            (
                "responsibilities.csv",
                "837,social_services,county-08,2023-01-01,,high",
                "837,social_services,county-08,2022-12-31,,high",
                "overlaps another line of 837",
            ),
            (
                "responsibilities.csv",
                "837,social_services,county-08,2023-01-01,,high",
                "837,social_services,county-08,2023-01-01,2022-01-01,high",
                "valid_from is later than valid_to",
            ),
            (
                "responsibilities.csv",
                "837,social_services,county-08,",
                "837,social_srvices,county-08,",
                'no "social_srvices" is known',
            ),
            (
                "responsibilities.csv",
                "588,social_services,county-12,2023-01-01,2024-12-31,high",
                "588,social_services,county-12,2023-01-01,,high",
                "588 ends on 2024-12-31, its responsibilities too",
            ),
            (
                "municipalities.csv",
                "588,Pertunmaa,Pertunmaa,fi,,2024-12-31,507",
                "588,Pertunmaa,Pertunmaa,fi,,2024-12-31,",
                "valid_to and successor_code are given together or not at all",
            ),
            (
                "municipalities.csv",
                "588,Pertunmaa,Pertunmaa,fi,,2024-12-31,507",
                "588,Pertunmaa,Pertunmaa,fi,,2024-12-31,588",
                "a municipality cannot succeed itself",
            ),
            (
                "municipalities.csv",
                "588,Pertunmaa,Pertunmaa,fi,,2024-12-31,507",
                "588,Pertunmaa,Pertunmaa,fi,,2024-12-31,700,",
                "more columns than in the first line",
            ),
            ("postal_codes.csv", "33720,", "3372,", 'code cannot be "3372"'),
            ("postal_codes.csv", "19430,Pertunmaa,", "19430,,", 'name_fi cannot be ""'),
            ("postal_codes.csv", "19430,Pertunmaa,Pertunmaa,588", "19430,Pertunmaa,Pertunmaa,999", 'no "999" is known'),
            ("postal_codes.csv", "19430,Pertunmaa", "19420,Pertunmaa", 'code "19420" stands twice'),
            ("types.csv", "type,task", "type;task", "the columns must be type,task"),
        ],
    )
    def test_a_line_that_cannot_be_true_is_refused(self, edit, file, old, new, problem):
        found = problems(edit(file, old, new))
        assert found
        assert found[0].startswith(f"{file}, line ")
        assert found[0].endswith(problem)

    def test_a_missing_file_and_one_in_another_encoding_are_refused(self, edit):
        folder = edit("VERSION", "2026-11", "2027-01")
        (folder / "counties.csv").unlink()
        (folder / "districts.csv").write_bytes("code,name_fi,name_sv,name_en\n1,Itä,Öst,East\n".encode("latin-1"))
        assert "counties.csv: the file is missing or cannot be read" in problems(folder)
        assert "districts.csv: the file is not in UTF-8" in problems(folder)

    def test_a_folder_that_is_none_is_refused(self, tmp_path):
        assert "VERSION: the file is missing or cannot be read" in problems(tmp_path / "nowhere")
