"""Tests stand where the product stands: referrals/rules/routing.py is tested by tests/referrals/rules/test_routing.py."""

from collections import Counter
from pathlib import Path

import pytest

from tools.servers import ROOT

TESTS = ROOT / "tests"
# These look at the house as a whole, at failures of servers, and at whole ways through the browser.
ACROSS = {"house", "faults", "browser"}
# Tests of an edge are named by what its callers do.
EDGES = {"api", "pages"}


def files() -> list[Path]:
    found = (path.relative_to(TESTS) for path in TESTS.rglob("test_*.py"))
    return sorted(path for path in found if path.parts[0] not in ACROSS)


@pytest.mark.parametrize("test", files(), ids=str)
def test_every_test_has_its_subject(test):
    folder, name = ROOT / test.parent, test.stem.removeprefix("test_")
    is_of_an_edge = folder.name in EDGES and folder.is_dir()
    assert is_of_an_edge or (folder / f"{name}.py").exists() or (folder / name).is_dir()


def test_every_test_has_a_name_of_its_own(request):
    """Of two tests of one name, pytest-xdist runs one."""
    names = Counter(item.nodeid for item in request.session.items)
    assert [name for name, count in names.items() if count > 1] == []
