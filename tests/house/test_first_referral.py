"""docs/how-to/first-referral.md works, word for word."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pytest

from kela_kunta.base.actor import Actor, acting
from kela_kunta.demo.accounts import make_accounts
from referrals.actions.routing import route_pending
from referrals.models import Referral
from tools.servers import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = ROOT / "docs" / "how-to" / "first-referral.md"
PATIENCE = 60  # seconds
SAID = ["sent", "the same answer", "delivered", "Aino", "acknowledged", "stale"]


def blocks() -> list[str]:
    """What the page gives to run, in order."""
    return re.findall(r"^```bash\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)


def run(script: str, folder: Path, service: str) -> tuple[int, str, str]:
    """Run it while the router does its work; its status, and what it said."""
    with subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "SERVICE": service},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        end = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < end:
            route_pending()
            time.sleep(0.2)
        process.kill()
        out, errors = process.communicate()
    return process.returncode, out, errors


def test_whoever_follows_the_page_word_for_word_has_an_acknowledged_referral_and_leaves_nothing(live_server, tmp_path):
    make_accounts()
    status, said, errors = run("\n".join(blocks()), tmp_path, live_server.url)
    assert (status, errors) == (0, "")
    assert said.splitlines()[: len(SAID)] == SAID
    assert list(tmp_path.iterdir()) == []
    with acting(Actor.system("test").in_test):
        assert not Referral.objects.exists()


def test_the_page_tells_every_answer_that_its_commands_print():
    page = PAGE.read_text()
    assert all(f"prints `{word}`" in page for word in SAID if word not in ("the same answer", "Aino"))
