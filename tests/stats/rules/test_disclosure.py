"""Small counts cannot be computed back: an attacker who knows every sum that is told tries it by linear programming."""

from __future__ import annotations

from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from stats.rules.disclosure import SMALL, atoms, is_small, nested_atoms, protect, told

COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))


def interval(place: int, size: int, sums: list[tuple[set[int], int]]) -> tuple[float, float]:
    """The least and the most that an unknown can be, of `size` unknowns, when these sums of some are known."""
    rows = [[1 if unknown in members else 0 for unknown in range(size)] for members, _sum in sums]
    totals = [total for _members, total in sums]
    wanted = [1 if unknown == place else 0 for unknown in range(size)]
    least = linprog(wanted, A_eq=rows or None, b_eq=totals or None, method="highs")
    most = linprog([-one for one in wanted], A_eq=rows or None, b_eq=totals or None, method="highs")
    return least.fun, -most.fun if most.status == 0 else float("inf")


@given(st.dictionaries(st.integers(0, 30), COUNTS, min_size=1, max_size=9))
def test_parts_are_told_in_groups_that_are_not_small_wherever_the_whole_allows(counts):
    groups = atoms(counts)
    assert sorted(place for group in groups for place in group) == sorted(counts)
    for group in groups:
        total = sum(counts[place] for place in group)
        if len(group) == 1 and len(counts) > 1:
            assert not is_small(total)
        elif is_small(total):
            assert group == frozenset(counts)


@settings(max_examples=60)
@given(st.dictionaries(st.integers(0, 30), COUNTS, min_size=2, max_size=7))
def test_a_hidden_part_can_be_one_more_or_one_less(counts):
    places = sorted(counts)
    groups = atoms(counts)
    sums = [({places.index(place) for place in group}, sum(counts[place] for place in group)) for group in groups]
    for place in places:
        if is_small(counts[place]):
            least, most = interval(places.index(place), len(places), sums)
            assert most - least >= 1


BLOCKS = st.dictionaries(st.integers(0, 30), st.tuples(COUNTS, st.integers(0, 3)), min_size=1, max_size=9)


@given(BLOCKS)
def test_groups_within_blocks_are_as_safe_and_cut_no_block_that_is_not_small(parts):
    counts = {place: count for place, (count, _block) in parts.items()}
    block_of = {place: block for place, (_count, block) in parts.items()}
    groups = nested_atoms(counts, block_of)
    assert sorted(place for group in groups for place in group) == sorted(counts)
    whole = sum(counts.values())
    for group in groups:
        assert not is_small(sum(counts[place] for place in group)) or is_small(whole)
        if any(is_small(counts[place]) for place in group):
            assert len(group) > 1 or len(counts) == 1 or is_small(whole)
    blocks = {block: [place for place in counts if block_of[place] == block] for block in block_of.values()}
    sums = {block: sum(counts[place] for place in places) for block, places in blocks.items()}
    if not any(is_small(total) for total in sums.values()):
        assert all(told(places, groups) for places in blocks.values())


def test_an_area_is_told_when_it_cuts_no_group():
    groups = [frozenset("ab"), frozenset("c"), frozenset("d")]
    assert told("abc", groups)
    assert told("cd", groups)
    assert not told("acd", groups)
    assert told("", groups)


def test_zeros_are_hidden_only_where_nothing_else_hides_a_small_count():
    assert frozenset("ab") in atoms({"a": 2, "b": 9, "c": 0})
    assert atoms({"a": 2, "b": 0, "c": 0}) == [frozenset("abc")]


TABLES = st.integers(1, 5).flatmap(
    lambda rows: st.integers(2, 4).flatmap(
        lambda columns: st.lists(COUNTS, min_size=rows * columns, max_size=rows * columns).map(
            lambda counts: {(place // columns, place % columns): count for place, count in enumerate(counts)}
        )
    )
)


@settings(max_examples=100)
@given(TABLES)
def test_no_small_cell_can_be_computed_from_the_cells_and_sums_that_are_told(cells):
    assume(len({column for (_row, column), count in cells.items() if count}) > 1)
    protected = protect(cells)
    unknowns = sorted(protected.cells)
    known = []
    for row in {row for row, _column in cells}:
        members = {unknowns.index(cell) for cell in unknowns if cell[0] == row}
        known.append((members, sum(cells[unknowns[place]] for place in members)))
    for column in {column for _row, column in cells} - protected.columns:
        members = {unknowns.index(cell) for cell in unknowns if cell[1] == column}
        known.append((members, sum(cells[unknowns[place]] for place in members)))
    known = [(members, total) for members, total in known if members]
    for cell, count in cells.items():
        if is_small(count):
            assert cell in protected.cells
            least, most = interval(unknowns.index(cell), len(unknowns), known)
            assert most - least >= 1, (cell, count)


@given(TABLES)
def test_a_table_without_small_cells_and_sums_is_told_whole(cells):
    large = {cell: count + SMALL + 1 for cell, count in cells.items()}
    assert protect(large).cells == protect(large).columns == frozenset()


def test_a_column_without_any_is_told_and_one_that_has_all_is_the_sums():
    cells = {("a", "urgent"): 0, ("b", "urgent"): 0, ("a", "other"): 3, ("b", "other"): 70}
    assert protect(cells).cells == protect(cells).columns == frozenset()


@given(TABLES)
def test_of_columns_never_one_alone_is_hidden(cells):
    assert len(protect(cells).columns) != 1


def test_a_column_with_a_small_sum_is_hidden_with_another():
    rows, columns = range(3), ("a", "b", "c")
    cells = dict.fromkeys(((row, column) for row in rows for column in columns), 100)
    cells |= {(0, "a"): 2, (1, "a"): 0, (2, "a"): 0, (0, "b"): 50}
    assert protect(cells).columns == {"a", "b"}
    assert all((row, "c") not in protect(cells).cells for row in rows)


def test_pairs_of_rows_and_columns_hide_one_small_cell():
    cells = dict.fromkeys(combinations(range(4), 2), 20) | {(0, 0): 20, (1, 1): 3, (2, 2): 20, (3, 3): 20}
    assert (1, 1) in protect(cells).cells
    assert len(protect(cells).cells) >= 4
