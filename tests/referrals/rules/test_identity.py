from datetime import date

import pytest

from referrals.rules.identity import BadIdentityCode, birth_date, identity_code
from tests.builders import identity_code as artificial

SEPARATORS = [("+", 1890)] + [(mark, 1990) for mark in "-YXWVU"] + [(mark, 2003) for mark in "ABCDEF"]


@pytest.mark.parametrize(("separator", "year"), SEPARATORS)
def test_every_separator_is_read_and_tells_the_century(separator, year):
    code = artificial(date(year, 5, 12), separator=separator)
    assert identity_code(code, artificial=True) == code
    assert birth_date(code) == date(year, 5, 12)


def test_codes_that_differ_in_the_separator_alone_stay_different():
    born = date(1990, 1, 1)
    codes = {identity_code(artificial(born, separator=mark), artificial=True) for mark in "-YXWVU"}
    assert len(codes) == 6


@pytest.mark.parametrize("text", [" 010190-900p ", "010190-900P", "\uff10\uff11\uff10\uff11\uff19\uff10-900P"])
def test_small_letters_spaces_around_and_wide_characters_do_no_harm(text):
    assert identity_code(text, artificial=True) == "010190-900P"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("010190-900A", "check_character"),
        ("320190-900P", "date_or_number"),
        ("290299-9002", "date_or_number"),
        (artificial(date(1850, 1, 1), number=1), "date_or_number"),
        ("010190G900P", "format"),
        ("010190900P", "format"),
        ("010190--900P", "format"),
        ("\u0660\u0661\u0660\u0661\u0669\u0660-900P", "format"),
        ("010190-900P\x00", "format"),
        ("", "format"),
        ("x" * 1_000_000, "format"),
    ],
)
def test_what_is_no_code_is_refused_and_says_why(text, code):
    with pytest.raises(BadIdentityCode) as refusal:
        identity_code(text, artificial=True)
    assert refusal.value.code == code


def test_artificial_codes_are_refused_where_only_people_are_meant():
    with pytest.raises(BadIdentityCode) as refusal:
        identity_code("010190-900P", artificial=False)
    assert refusal.value.code == "artificial"
