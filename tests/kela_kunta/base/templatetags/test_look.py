from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils import translation

from kela_kunta.base import clock
from kela_kunta.base.problems import FieldError
from kela_kunta.base.templatetags import look
from tests.kela_kunta.base.asking import form


@dataclass(frozen=True)
class Deadline:
    on: date
    state: str
    marks: int
    left: int
    words: str


def drawn(template: str, **context: object) -> str:
    return engines["django"].from_string("{% load look %}" + template).render(context)


@pytest.fixture(autouse=True)
def _in_finnish():
    with translation.override("fi"), clock.frozen(datetime(2026, 11, 25, 10, tzinfo=UTC)):
        yield


def test_a_day_of_another_year_tells_its_year():
    assert look.day(date(2026, 11, 23)) == "Ma 23.11."
    assert look.day(date(2027, 1, 4)) == "Ma 4.1.2027"


def test_the_ruler_is_hidden_from_screen_readers_and_the_words_stand_beside_it():
    html = drawn("{% due due %}", due=Deadline(date(2026, 11, 27), "soon", 7, 2, "2 days left"))
    assert html.count("<i") == 7
    assert html.count('<i class="left">') == 2
    assert 'class="ruler soon" aria-hidden="true"' in html
    assert "Pe 27.11." in html
    assert "2 days left" in html


def test_a_question_is_tied_to_its_label_hint_and_fault():
    asked = form("client.name=")
    asked.refuse([FieldError("#/client/name", "required", "Fill <this> in.")])
    html = drawn('{% field form "client.name" %}', form=asked)
    assert '<label for="client-name">Name</label>' in html
    assert 'aria-describedby="client-name-hint client-name-error" aria-invalid="true"' in html
    assert "Fill &lt;this&gt; in." in html


def test_a_question_after_another_names_the_input_that_it_follows():
    html = drawn('{% field form "client.town" when="client.protected=true" %}', form=form())
    assert 'data-when="client.protected=true"' in html
    assert 'data-when="expenses[0]code=other"' in drawn(
        '{% field form "text" when="expenses.0.code=other" %}', form=form()
    )


def test_rows_are_added_and_removed_by_plain_buttons():
    html = drawn('{% field form "expenses" %}', form=form("expenses[0]amount=1&expenses[1]amount=2"))
    assert 'name="rows" value="expenses+"' in html
    assert 'name="rows" value="expenses-1"' in html


def test_the_summary_leads_to_the_wrong_question():
    asked = form("client.name=")
    asked.refuse([FieldError("#/client/name", "required", "Fill this in.")])
    html = drawn('{% include "parts/errors.html" %}', form=asked)
    assert '<a href="#client-name">Name: Fill this in.</a>' in html
    assert "autofocus" in html


def test_nothing_is_drawn_with_styles_that_the_browsers_guard_refuses():
    html = drawn('{% field form "client" %}{% field form "expenses" %}{% field form "reasons" %}', form=form())
    assert "style=" not in html
    assert "<script" not in html
