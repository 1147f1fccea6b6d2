"""Translation catalogues, compiled without gettext being installed."""

from __future__ import annotations

from pathlib import Path

import polib

from tools.servers import ROOT

LOCALE = ROOT / "kela_kunta" / "locale"


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> None:
    """Make the .mo beside every .po that has changed since."""
    for source in catalogues():
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))


if __name__ == "__main__":
    compile_catalogues()
