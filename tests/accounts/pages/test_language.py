"""Choosing the language of the pages, and with it of letters."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_who_chooses_a_language_is_written_to_in_it(as_, lead, handler):
    assert (lead.language, handler.language) == ("fi", "fi")
    answer = as_(lead).post("/accounts/language/", {"language": "sv", "next": "/accounts/own/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/own/")
    assert answer.cookies["language"].value == "sv"
    assert dict(User.objects.values_list("pk", "language")) == {lead.pk: "sv", handler.pk: "fi"}


@pytest.mark.parametrize("language", ["de", "xx", "", "sv" * 200])
def test_a_language_that_is_none_of_ours_changes_nothing(as_, lead, language):
    assert as_(lead).post("/accounts/language/", {"language": language}).status_code == 302
    assert User.objects.get(pk=lead.pk).language == "fi"


def test_looking_at_the_address_changes_nothing(as_, lead):
    as_(lead).get("/accounts/language/?language=sv")
    assert User.objects.get(pk=lead.pk).language == "fi"


def test_who_is_not_logged_in_chooses_for_the_browser_alone(lead):
    answer = Client().post("/accounts/language/", {"language": "sv"})
    assert answer.cookies["language"].value == "sv"
    assert User.objects.get(pk=lead.pk).language == "fi"
