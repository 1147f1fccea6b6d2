"""Install what a requirements file pins by hash. Needs Python and pip alone, since it runs before all else.

pip takes most of its time to read each package's list of releases, one after another: so two of
them download at the same time, each half of the packages, and one installs all.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PIP = [sys.executable, "-m", "pip"]
QUIETLY = ["-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes"]  # the file names all that is needed


def install(requirements: Path) -> int:
    """Download and install; 0, or what the pip that failed ended with."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        pins = list(read_pins(requirements.read_text()))
        downloads = [_download(folder, number, pins[number::2]) for number in range(2)]
        ended = [process.wait() for process in downloads]
        if any(ended):
            return max(ended)
        # Packages are compiled when first imported, and only those that are.
        found = ["--no-compile", "--no-index", "--find-links", place]
        return subprocess.call([*PIP, "install", *QUIETLY, *found, "-r", str(requirements)])


def read_pins(text: str) -> Iterator[str]:
    """Each package with its version and hashes, as pip reads them."""
    pin: list[str] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace() and pin:
            yield "\n".join(pin)
            pin = []
        pin.append(line)
    if pin:
        yield "\n".join(pin)


def _download(folder: Path, number: int, pins: list[str]) -> subprocess.Popen[bytes]:
    half = folder / f"{number}.txt"
    half.write_text("\n".join(pins) + "\n")
    return subprocess.Popen([*PIP, "download", *QUIETLY, "--dest", str(folder), "-r", str(half)])


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1])))
