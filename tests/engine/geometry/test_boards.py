"""Grids on a board: columns line up, nothing overlaps, and every cell is found where it lies."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.geometry.boards import FREE, Block, found_at, laid_out, left_edges

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
