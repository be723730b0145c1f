"""A surface in its box: its faces fill exactly what lies between floor and ceiling, and what lies on it lies on it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus.surfaces import SURFACES
from engine.experiments.shared.surfaces.surface_choice import map_of
from engine.geometry.relief import CELLS, HEIGHT, relief, relief_of

GRID = np.linspace(-2.0, 2.0, 21)
X, Y = np.meshgrid(GRID, GRID)


def area_below(shown):
    """How much of the floor the faces cover, as seen from above."""
    total = 0.0
    for face in shown.faces:
        x, y = shown.vertices[list(face), :2].T
        total += 0.5 * float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    return total * shown.side**2


def test_a_plane_within_the_box_is_drawn_whole_and_lies_where_it_is():
    shown = relief(GRID, GRID, X + 2 * Y, -6.0, 6.0)
    assert len(shown.faces) == 400 and shown.is_square.all()
    assert area_below(shown) == pytest.approx(16)
    assert shown.vertices.min(axis=0) == pytest.approx([-0.5, -0.5, -HEIGHT / 2])
    assert shown.vertices.max(axis=0) == pytest.approx([0.5, 0.5, HEIGHT / 2])


def test_what_leaves_the_box_is_cut_off_exactly_there():
    # Between its lines of the grid a plane is a plane: x + y lies below 1 on this part of the square.
    shown = relief(GRID, GRID, X + Y, -9.0, 1.0)
    assert area_below(shown) == pytest.approx(16 - 0.5 * 3**2)
    drawn = shown.vertices[[corner for face in shown.faces for corner in face], 2]
    assert np.abs(drawn).max() <= HEIGHT / 2 + 1e-12
    both = relief(GRID, GRID, X + Y, -1.0, 1.0)
    assert area_below(both) == pytest.approx(16 - 2 * 0.5 * 3**2)


def test_cells_without_a_value_are_left_out():
    with np.errstate(invalid="ignore"):
        shown = relief(GRID, GRID, np.sqrt(X), -1.0, 2.0)
    assert len(shown.faces) == 200
    assert np.isnan(shown.height_at(np.array([[-1.0, 0.0]]))).all()


def test_a_way_is_laid_on_the_surface_and_ends_where_there_is_none():
    shown = relief(GRID, GRID, X**2 + Y**2, 0.0, 2.0)
    way = np.array([[-1.0, 0.2], [1.0, 0.2], [np.nan, np.nan], [5.0, 5.0]])
    fine, lifted = shown.divided(way), shown.lifted(way)
    assert len(fine) == len(lifted) > CELLS * 2 / 4
    on = np.isfinite(lifted[:, 2])
    heights = (lifted[on, 2] / HEIGHT + 0.5) * 2.0
    assert heights == pytest.approx(shown.height_at(fine[on]))
    assert np.abs(heights - (fine[on] ** 2).sum(axis=1)).max() < 0.02
    assert on.sum() > 20 and not on[-1]


def test_a_way_that_jumps_for_ever_is_not_followed_into_every_cell():
    shown = relief(GRID, GRID, X**2 + Y**2, 0.0, 8.0)
    jumps = np.array([[2.0 * (-1) ** n, 0.0] for n in range(1000)])
    assert 1000 <= len(shown.divided(jumps)) < 10_000


def test_contours_and_rim_lie_at_their_heights():
    shown = relief(GRID, GRID, X**2 + Y**2, -0.5, 2.5, levels=(0.5, 1.0, 7.0))
    heights = (shown.contours[..., 2] / HEIGHT + 0.5) * 3.0 - 0.5
    assert set(np.round(heights.ravel(), 9)) == {0.5, 1.0}
    assert len(shown.rims) and np.abs(shown.rims[..., 2] - HEIGHT / 2).max() < 1e-9


def test_a_face_turned_to_the_lamp_is_lighter_than_a_level_one():
    level, to_lamp, from_lamp = (relief(GRID, GRID, slope * (X - Y), -9.0, 9.0).lights for slope in (0, 1, -1))
    assert level == pytest.approx(0) and (to_lamp > 0).all() and (from_lamp < 0).all()


def test_a_box_without_height_is_refused():
    with pytest.raises(ValueError, match="not above"):
        relief(GRID, GRID, X, 1.0, 1.0)


@pytest.mark.parametrize("name", [name for name, one in SURFACES.items() if len(one.names) == 2])
def test_the_map_and_the_relief_have_one_scale_of_shades(name):
    surface = SURFACES[name]
    shown = map_of(surface.text, surface.names, surface.low, surface.high)
    made = relief_of(shown, surface.low, surface.high, float(np.nanmin(shown.values)) - 1, float(shown.levels[-1]))
    assert relief_of(shown, surface.low, surface.high, made.floor, made.ceiling) is made
    middles = made.from_box(np.array([made.vertices[list(face), :2].mean(axis=0) for face in made.faces]))
    columns, rows = (np.abs(axis[:, None] - middles[:, n]).argmin(axis=0) for n, axis in enumerate((shown.x, shown.y)))
    apart = np.abs(made.shades - shown.shades[rows, columns].astype(float))[made.is_square]
    assert np.median(apart) < 4


def test_all_of_the_function_is_shown_within_its_heights():
    """As far as the grid is fine: the drawn surface is the function."""
    surface = SURFACES["himmelblau"]
    shown = map_of(surface.text, surface.names, surface.low, surface.high)
    made = relief_of(shown, surface.low, surface.high, -20.0, 300.0)
    places = np.random.default_rng(3).uniform(-6, 6, (500, 2))
    exact, drawn = surface.expression(*places.T), made.height_at(places)
    known = (exact < 280) & np.isfinite(drawn)
    assert (np.isfinite(drawn) | (exact > 280)).all()
    assert np.abs(drawn - exact)[known].max() < 8
