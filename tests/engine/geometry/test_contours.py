"""Lines of equal height against the function that they belong to."""

from __future__ import annotations

import numpy as np
import pytest

from engine.geometry.contours import contour_segments, round_levels

X, Y = np.linspace(-2, 2, 81), np.linspace(-1, 1.5, 61)
GRID = np.meshgrid(X, Y)

FUNCTIONS = {
    "plane": lambda x, y: 3 * x - y,
    "bowl": lambda x, y: x**2 + y**2,
    "saddle": lambda x, y: x**2 - y**2,
    "waves": lambda x, y: np.sin(3 * x) * np.cos(4 * y),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("level", [-0.5, 0.0, 0.3, 1.0])
def test_the_function_has_the_level_along_its_line(name, level):
    f = FUNCTIONS[name]
    lines = contour_segments(X, Y, f(*GRID), level)
    ends = np.concatenate([lines[:, :2], lines[:, 2:]])
    assert f(ends[:, 0], ends[:, 1]) == pytest.approx(level, abs=2e-2)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_side_of_a_cell_that_the_line_crosses_is_an_end_of_a_piece(name):
    """As many crossings as a plain loop over the grid's edges finds, each met by one piece a cell."""
    values = FUNCTIONS[name](*GRID)
    above = values > 0.3
    inside = 2 * np.sum(above[1:-1, :-1] != above[1:-1, 1:]) + 2 * np.sum(above[:-1, 1:-1] != above[1:, 1:-1])
    border = sum(np.sum(line[:-1] != line[1:]) for line in (above[0], above[-1], above[:, 0], above[:, -1]))
    assert 2 * len(contour_segments(X, Y, values, 0.3)) == inside + border


def test_a_circle_is_closed_and_as_long_as_a_circle():
    lines = contour_segments(X, Y, FUNCTIONS["bowl"](*GRID), 0.6401)
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]).sum()
    assert length == pytest.approx(2 * np.pi * 0.8, rel=1e-2)
    ends = np.round(np.concatenate([lines[:, :2], lines[:, 2:]]), 9)
    assert np.all(np.unique(ends, axis=0, return_counts=True)[1] == 2)


@pytest.mark.parametrize("flip", [1, -1])
def test_the_middle_decides_where_two_lines_pass_through_one_cell(flip):
    x = y = np.array([0.0, 1.0])
    for centre in (0.2, -0.2):
        values = flip * np.array([[1.0, -1.0], [-1.0, 1.0]]) + centre
        lines = contour_segments(x, y, values, 0.0)
        assert len(lines) == 2
        # High ground is joined where the middle is high: then each piece cuts off a low corner.
        low_corners = np.argwhere(values <= 0)[:, ::-1]
        high_corners = np.argwhere(values > 0)[:, ::-1]
        cut_off = low_corners if centre > 0 else high_corners
        middles = (lines[:, :2] + lines[:, 2:]) / 2
        distance = np.abs(middles[:, None] - cut_off[None]).sum(axis=2).min(axis=1)
        assert np.all(distance < 1)


def test_where_there_is_no_value_there_is_no_line():
    values = FUNCTIONS["plane"](*GRID)
    values[30:, :] = np.nan
    lines = contour_segments(X, Y, values, 0.0)
    assert len(lines) and np.all(np.isfinite(lines)) and np.max(lines[:, [1, 3]]) <= Y[29] + 1e-12
    assert contour_segments(X, Y, np.full_like(values, np.nan), 0.0).shape == (0, 4)


def test_the_largest_numbers_that_can_be_drawn_have_lines_as_well():
    values = 1e100 * np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert len(contour_segments(X[:2], Y[:2], values, 0.0)) == 2
    assert len(contour_segments(X[:2], Y[:2], np.abs(values) - np.array([[0, 9e99], [9e99, 0]]), 5e99)) == 2


def test_levels_are_round_numbers_in_ascending_order():
    values = FUNCTIONS["bowl"](*GRID)
    levels = round_levels(values, np.linspace(0.05, 0.95, 7))
    assert np.all(np.diff(levels) > 0)
    assert all(float(f"{level:.1e}") == level for level in levels)
    assert round_levels(-values, np.array([0.5]))[0] < 0
    assert len(round_levels(np.full((3, 3), np.nan), np.array([0.5]))) == 0
