"""A municipality's place on the drawing of its county."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from contacts.models import Municipality

pytestmark = pytest.mark.django_db


def drawn(code: str) -> str:
    context = Context({"municipality": Municipality.objects.get(code=code)})
    return Template("{% load maps %}{% little_map municipality %}").render(context)


def test_a_municipality_is_shown_in_its_county():
    html = drawn("837")
    assert 'aria-label="Where Tampere is in the area of Pirkanmaa wellbeing services county"' in html
    assert (html.count('class="here"'), html.count('class="county"')) == (1, 1)


@pytest.mark.parametrize(("code", "why"), [("318", "too small"), ("588", "no more")])
def test_a_municipality_without_an_outline_or_a_county_shows_nothing(code, why):
    assert drawn(code).strip() == "", why


def test_takes_one_statement(django_assert_num_queries):
    municipality = Municipality.objects.get(code="837")
    with django_assert_num_queries(1):
        Template("{% load maps %}{% little_map municipality %}").render(Context({"municipality": municipality}))
