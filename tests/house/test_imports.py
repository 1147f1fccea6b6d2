"""What may know what, beyond the contracts of import-linter in pyproject.toml."""

import os
import subprocess
import sys

import pytest

from tools.servers import ROOT

RULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in ROOT.glob("*/rules/*.py")
    if path.stem != "__init__"
)


@pytest.mark.parametrize("module", RULES)
def test_rules_load_without_a_framework(module):
    """In a process of its own, with nothing set: also what a rule imports must know no Django."""
    program = f"import sys, {module}; sys.exit('django' in sys.modules or 'psycopg' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env={"PATH": os.environ["PATH"]}, check=False)
    assert ended.returncode == 0


def test_every_folder_of_code_is_a_package():
    """Else import-linter and mypy pass it over without a word."""
    rooms = ("kela_kunta", "contacts", "accounts", "delivery", "referrals", "stats", "tools")
    folders = {path.parent for room in rooms for path in (ROOT / room).rglob("*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
