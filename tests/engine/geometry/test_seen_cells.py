"""The cell that is seen at a pixel is that of the nearest face there, as a depth buffer finds it: random views."""

from __future__ import annotations

import numpy as np
import pytest

from engine.geometry.aspect import Aspect
from engine.geometry.relief import relief
from engine.geometry.seen_cells import NOTHING, Screen, hidden_on, seen_cells
from tests.engine.geometry.test_aspect import PIXELS, VIEWS, depth_buffer, surface

SCREEN = Screen(-1.0, 1.0, 2 / PIXELS, PIXELS, PIXELS)


def beside_another(cells):
    """The pixels (R, C) around which not all have one cell: through these an edge may go."""
    padded = np.pad(cells, 1, mode="edge")
    rows, columns = cells.shape
    around = [padded[down : down + rows, right : right + columns] for down in range(3) for right in range(3)]
    return ~(np.stack(around) == cells).all(axis=0)


@pytest.mark.parametrize("seed", VIEWS[:8])
def test_the_cell_at_a_pixel_is_that_of_the_nearest_face(seed):
    shown, aspect = surface(seed)
    _, _, nearest, _ = depth_buffer(shown, aspect)
    numbers = shown.cells @ np.array([len(shown.x) - 1, 1])
    expected = np.where(nearest >= 0, numbers[nearest], NOTHING)[::-1]
    found = seen_cells(shown, aspect, SCREEN)
    assert (found != NOTHING).sum() > 500
    wrong = found != expected
    assert wrong.mean() < 0.01
    # A face that is no plane bends otherwise between its corners than the two triangles of the depth buffer do.
    assert (wrong & ~beside_another(expected)).mean() < 2e-3


def test_pixels_of_any_size_show_the_same_surface():
    shown, aspect = surface(3)
    coarse = seen_cells(shown, aspect, SCREEN)
    fine = seen_cells(shown, aspect, Screen(-1.0, 1.0, 2 / PIXELS / 3, 3 * PIXELS, 3 * PIXELS))
    assert (fine[1::3, 1::3] == coarse).mean() > 0.999


def test_a_part_of_the_picture_is_that_part():
    shown, aspect = surface(5)
    unit = 2 / PIXELS
    part = seen_cells(shown, aspect, Screen(-1.0 + 30 * unit, 1.0 - 40 * unit, unit, 25, 50))
    assert (part == seen_cells(shown, aspect, SCREEN)[40:65, 30:80]).mean() > 0.999


def test_from_above_every_cell_is_seen_where_it_lies_and_none_without_a_height():
    grid = np.linspace(0, 1, 5)
    heights = np.add.outer(grid, grid)
    heights[0, 0] = np.nan
    shown = relief(grid, grid, heights, -1.0, 3.0)
    found = seen_cells(shown, Aspect(0, 90), Screen(-0.5, 0.5, 0.25, 4, 4))
    assert found.tolist() == [[12, 13, 14, 15], [8, 9, 10, 11], [4, 5, 6, 7], [NOTHING, 1, 2, 3]]


def test_heights_without_measure_neither_warn_nor_hide_what_is_there():
    grid = np.linspace(0, 1, 9)
    heights = np.tile(10.0 ** np.linspace(-2, 300, 9), (9, 1))
    found = seen_cells(relief(grid, grid, heights, 0.0, 1.0), Aspect(0, 45), SCREEN)
    drawn = found[found != NOTHING]
    assert len(drawn) and not (drawn % 8).any()


def test_what_pixels_say_is_hidden_is_so_along_the_rays():
    screen, wrong, hidden = Screen(-1.0, 1.0, 2 / 300, 300, 300), [], []
    for seed in VIEWS[:8]:
        shown, aspect = surface(seed, cells=36, highest=50.0)
        random = np.random.default_rng(seed)
        ends = zip(shown.low, shown.high, strict=True)
        plane = np.stack([random.uniform(low, high, 1500) for low, high in ends], axis=1)
        places = shown.in_box(plane, shown.height_at(plane))
        found = hidden_on(screen, seen_cells(shown, aspect, screen), shown, aspect, places)
        expected = aspect.hidden(shown, places)
        wrong.append((found != expected).mean())
        hidden.append(expected.mean())
        assert not found[np.isnan(places).any(axis=1)].any()
    assert max(wrong) < 0.01 and max(hidden) > 0.1
