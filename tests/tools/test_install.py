"""Tests of tools.install."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from tools.install import install, told_to_pip
from tools.servers import ROOT

WHEEL = "small-1.0-py3-none-any.whl"
ABOUT = {
    "small.py": "",
    "small-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n",
    "small-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "small-1.0.dist-info/RECORD": "small.py,,\n",
}


@pytest.fixture
def pin(tmp_path, monkeypatch):
    """A package that can be had without any network, and what pins it, by its own hash or another."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with ZipFile(shelf / WHEEL, "w") as wheel:
        for name, text in ABOUT.items():
            wheel.writestr(name, text)
    for tool in ("PIP", "UV"):
        monkeypatch.setenv(f"{tool}_NO_INDEX", "1")
        monkeypatch.setenv(f"{tool}_FIND_LINKS", str(shelf))
    right = hashlib.sha256((shelf / WHEEL).read_bytes()).hexdigest()

    def write(digest: str = right) -> Path:
        requirements = tmp_path / "requirements.txt"
        requirements.write_text(f"small==1.0 \\\n    --hash=sha256:{digest}\n")
        return requirements

    return write


@pytest.fixture
def place(tmp_path):
    return tmp_path / "venv"


def has_small(place: Path) -> bool:
    command = [place / "bin" / "python", "-c", "import small"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_where_uv_cannot_be_had_pip_makes_everything(pin, place):
    assert install(pin(), place)
    assert not (place / "bin" / "uv").exists()
    assert has_small(place)


def test_uv_installs_where_it_is_there(pin, place, capfd):
    (place / "bin").mkdir(parents=True)
    shutil.copy(ROOT / ".venv" / "bin" / "uv", place / "bin" / "uv")
    assert install(pin(), place)
    assert has_small(place)
    assert capfd.readouterr().err == ""


def test_a_package_with_another_hash_is_installed_by_neither(pin, place, capfd):
    (place / "bin").mkdir(parents=True)
    shutil.copy(ROOT / ".venv" / "bin" / "uv", place / "bin" / "uv")
    assert not install(pin("0" * 64), place)
    assert not has_small(place)
    assert "uv could not install these packages; pip tries." in capfd.readouterr().err


@pytest.mark.parametrize(
    ("told", "variables"),
    [
        ("", {}),
        ("global.timeout='60'\nglobal.extra-index-url='https://more.example/simple'\n", {}),
        (
            "global.cert='/own.crt'\nglobal.index-url='https://own.example/simple'\n",
            {"UV_DEFAULT_INDEX": "https://own.example/simple", "SSL_CERT_FILE": "/own.crt"},
        ),
        (
            ":env:.index-url='https://now.example/simple'\nglobal.index-url='https://own.example/simple'\n",
            {"UV_DEFAULT_INDEX": "https://now.example/simple"},
        ),
    ],
)
def test_uv_goes_by_what_pip_has_been_told(told, variables):
    assert told_to_pip(told) == variables


@pytest.mark.parametrize("name", ["install.txt", "base.txt", "demo.txt", "dev.txt"])
def test_every_package_is_pinned_with_hashes(name):
    pins = (ROOT / "requirements" / name).read_text().split("\n    # via")[:-1]
    assert pins
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
