"""Coming in, as a person with a browser does."""

import pytest

from tests.accessible import assert_accessible

PASSWORD = "demo-kela-kunta"
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def handler_with_password(handler):
    handler.set_password(PASSWORD)
    handler.save(update_fields=["password"])
    return handler


def log_in(page, user) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit], main button:not([type])")


def test_a_handler_logs_in_and_finds_the_worklist(page, handler_with_password):
    log_in(page, handler_with_password)
    page.wait_for_url("**/")
    assert page.get_by_role("link", name="Sent").first.is_visible()


def test_a_wrong_password_says_so_and_keeps_the_name(page, handler_with_password):
    page.goto("/accounts/login/")
    page.fill("[name=login]", "handler")
    page.fill("[name=password]", "wrong")
    page.click("main [type=submit], main button:not([type])")
    page.wait_for_selector("text=/not correct/")
    assert page.input_value("[name=login]") == "handler"


def test_axe_finds_nothing_at_the_door(page):
    page.goto("/accounts/login/")
    assert_accessible(page)
