"""Grids on a board: columns line up, nothing overlaps, and every cell is found where it lies."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.boards.layout import FAULTY, FREE, Block, cells_on_way, found_at, laid_out, left_edges, stacked

_SIZE = st.tuples(st.integers(1, 4), st.integers(1, 4))


@given(sizes=st.fixed_dictionaries(dict.fromkeys("abcd", _SIZE)))
def test_cells_are_found_in_their_middle_and_columns_begin_alike(sizes):
    lines = [["a", FREE, "b"], [FREE, "c", "d"]]
    blocks, down = laid_out(lines, left_edges(lines, sizes.get), sizes.get, 1.0, lambda line: line[0] == FREE)
    by_name = {block.array: block for block in blocks}
    for block in blocks:
        for place in np.ndindex(sizes[block.array]):
            assert found_at(blocks, *block.middle(*place)) == (block, (block.array, *place))
    assert by_name["b"].left == by_name["d"].left
    assert by_name["d"].named_beside and not by_name["a"].named_beside
    assert by_name["c"].top <= by_name["a"].top - sizes["a"][0]
    assert down > sum(max(sizes[one][0] for one in pair) for pair in ("ab", "cd"))


def test_beside_all_blocks_nothing_is_found():
    assert found_at([Block("a", 0.0, 0.0, 2, 2)], 2.1, -0.5) is None
    assert found_at([Block("a", 0.0, 0.0, 2, 2)], 0.5, 0.1) is None


def test_a_row_may_be_folded_into_an_image():
    image = Block("x", 0.0, 0.0, 2, 3, sample=4)
    assert image.cell(1, 2) == ("x", 4, 5)


def test_the_rows_above_the_first_that_is_shown_are_left_out():
    long = Block("x", 0.0, 0.0, 2, 3, first=5)
    assert found_at([long], 2.5, -1.5) == (long, ("x", 6, 2))


@given(sizes=st.fixed_dictionaries(dict.fromkeys("abcde", _SIZE)))
def test_arrays_in_a_column_stand_below_one_another_and_lines_do_not_meet(sizes):
    blocks = {block.array: block for block in stacked([[("a",), ("b", "c")], [("d",), ("e",)]], sizes.get)}
    assert {name: (block.rows, block.columns) for name, block in blocks.items()} == sizes
    assert blocks["a"].left == blocks["d"].left == 0.0
    assert blocks["b"].left == blocks["c"].left == blocks["e"].left > max(sizes[one][1] for one in "ad")
    assert blocks["a"].top == blocks["b"].top and blocks["d"].top == blocks["e"].top
    assert blocks["c"].top < blocks["b"].top - sizes["b"][0]
    assert blocks["d"].top < min(blocks[one].top - sizes[one][0] for one in "abc")


def test_what_a_mistake_makes_stands_where_it_is_named_and_is_as_large_as_its_array():
    sizes = {"a": (2, 3), "b": (1, 1)}
    blocks = stacked([[("a", "a!"), ("b",)]], sizes.__getitem__, first_of=lambda array: 4 * (array == "a"))
    assert [(block.array, block.kind, block.first) for block in blocks] == [
        ("a", "", 4),
        ("a", FAULTY, 4),
        ("b", "", 0),
    ]
    assert (blocks[1].rows, blocks[1].columns, blocks[1].left) == (2, 3, 0.0)
    assert blocks[1].top < blocks[0].top - 2


@given(way=st.lists(st.tuples(st.floats(-2, 6), st.floats(-6, 2)), min_size=1, max_size=4), side=st.floats(0.3, 2.0))
def test_the_cells_on_a_way_hang_together_and_hold_its_ends(way, side):
    block = Block("a", 0.0, 0.0, 4, 4, side=side)
    cells = cells_on_way(block, way)
    assert len(set(cells)) == len(cells)
    for place in way:
        found = found_at([block], *place)
        assert found is None or found[1] in cells
    assert cells_on_way(block, [block.middle(1, 0), block.middle(1, 3)]) == [("a", 1, column) for column in range(4)]


def test_a_block_shows_a_part_of_its_array():
    numbers = np.arange(12.0).reshape(4, 3)
    assert Block("a", 0.0, 0.0, 2, 3, first=1).part_of(numbers).tolist() == numbers[1:3].tolist()
    assert Block("a", 0.0, 0.0, 1, 3, sample=2).part_of(numbers).tolist() == [numbers[2].tolist()]
