"""Make `.venv` and install into it what a requirements file pins by hash. Needs Python alone, since it runs before all else.

uv does in three seconds what takes pip twenty. pip installs uv, and everything where uv does
not run or finds no index.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLER = ROOT / "requirements" / "install.txt"
# The file names all that is needed; packages are compiled when first imported, and only those that are.
PINNED = ["install", "--no-deps", "--require-hashes", "-r"]
QUIETLY = ["-qq", "--disable-pip-version-check", "--no-compile"]
Command = list["str | Path"]


def install(requirements: Path, place: Path) -> bool:
    """Install into the virtual environment at `place`, made if there is none; whether that went well.

    What failed has said why on standard error.
    """
    python, uv = place / "bin" / "python", place / "bin" / "uv"
    if not python.exists():
        venv.create(place, symlinks=True)
    if not uv.exists():
        _by_pip(python, INSTALLER)
    if uv.exists():
        if _by_uv(uv, python, requirements):
            return True
        print("uv could not install these packages; pip tries.", file=sys.stderr)
    return _by_pip(python, requirements)


def told_to_pip(configuration: str) -> dict[str, str]:
    """uv's variables for the index and the certificates that `pip config list` tells of. The environment's come first
    in the list, and count."""
    told = {}
    for variable, name in (("UV_DEFAULT_INDEX", "index-url"), ("SSL_CERT_FILE", "cert")):
        if found := re.search(rf"^\S+\.{name}='(.*)'$", configuration, re.MULTILINE):
            told[variable] = found[1]
    return told


def _by_uv(uv: Path, python: Path, requirements: Path) -> bool:
    """By uv, from where pip has been told to install."""
    told = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    command: Command = [uv, "pip", *PINNED, requirements, "--quiet", "--python", python]
    return subprocess.run(command, env=os.environ | told_to_pip(told.stdout), check=False).returncode == 0


def _by_pip(python: Path, requirements: Path) -> bool:
    """By the pip of the Python that runs this, which is there at once; else by one of the environment's own."""
    pip: Command = [sys.executable, "-m", "pip", "--python", python]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        subprocess.run([python, "-m", "ensurepip"], stdout=subprocess.DEVNULL, check=False)
        pip = [python, "-m", "pip"]
    return subprocess.run([*pip, *PINNED, requirements, *QUIETLY], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(not install(Path(sys.argv[1]), ROOT / ".venv"))
