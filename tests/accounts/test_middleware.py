from __future__ import annotations

from typing import Any

import pytest

from tests.cast import url


def test_no_browser_keeps_a_page_about_a_client(as_: Any, pirkanmaa: Any, send: Any) -> None:
    assert as_(pirkanmaa).get(url(send())).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/email/", "/accounts/password/reset/"])
def test_nobody_signs_up_or_resets_a_password_alone(client: Any, path: str) -> None:
    assert client.get(path).status_code == 404
