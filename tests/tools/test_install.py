"""Tests of tools.install."""

from __future__ import annotations

import pytest

from tools.install import read_pins
from tools.servers import ROOT

PINNED = """\
amqp==5.4.2 \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
    # via
    #   -r base.txt
    #   kombu

# The following packages are needed too:
anyio==4.16.0 \\
    --hash=sha256:cccc
    # via httpx
"""


def test_each_package_comes_with_its_hashes_and_without_remarks():
    first = "amqp==5.4.2 \\\n    --hash=sha256:aaaa \\\n    --hash=sha256:bbbb"
    assert list(read_pins(PINNED)) == [first, "anyio==4.16.0 \\\n    --hash=sha256:cccc"]


@pytest.mark.parametrize("name", ["demo.txt", "dev.txt"])
def test_every_package_we_pin_is_read_and_has_a_hash(name):
    text = (ROOT / "requirements" / name).read_text()
    pins = list(read_pins(text))
    assert len(pins) == text.count("==")
    assert all("--hash=sha256:" in pin for pin in pins)
