"""A Chromium for the browser tests: the machine's own, Playwright's, or a newly installed one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO = (
    "There is no Chromium: install the package `chromium`, or run `.venv/bin/playwright install --with-deps chromium`."
)
# Without these Chromium calls home.
QUIET = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync"]


class NoChromium(RuntimeError):
    """None was found, and none could be had; the sentence says how to install one."""

    def __init__(self) -> None:
        super().__init__(HOW_TO)


def launch(playwright: Playwright) -> Browser:
    """Start a Chromium without a window.

    Raises:
        NoChromium: there is none, nor a way to install one here.
    """
    own = Path(playwright.chromium.executable_path)
    found = _found(own) or _installed(own)
    if found is None:
        raise NoChromium
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=found, args=QUIET + as_root)


def _found(own: Path) -> str | None:
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or (str(own) if own.exists() else None)


def _installed(own: Path) -> str | None:
    for commands in _ways():
        if all(subprocess.run(command, capture_output=True, check=False).returncode == 0 for command in commands):
            return _found(own)
    return None


def _ways() -> list[list[list[str]]]:
    """Commands that install one, the surer first: Debian's package brings its libraries along."""
    ways = []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
        ways.append([["apt-get", "update"], install])
    ways.append([[sys.executable, "-m", "playwright", "install", "chromium"]])
    return ways
