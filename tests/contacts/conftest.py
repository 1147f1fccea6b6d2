"""A newer version of the reference files, made from the shipped one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from contacts.reference_files import SHIPPED

Edit = Callable[..., Path]


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """`edit(file, old, new)` replaces a text that stands once in a copy of the files; back comes their folder."""
    folder = tmp_path / "reference"
    shutil.copytree(SHIPPED, folder)

    def replace(file: str, old: str, new: str) -> Path:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return replace
