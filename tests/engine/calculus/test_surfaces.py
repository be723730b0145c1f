"""The surfaces: their minima are minima, their maps are honest, and nothing in them is another function."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus.expressions import Expression
from engine.calculus.surfaces import SURFACES
from engine.geometry.surface_map import SPREAD, surface_map


@pytest.mark.parametrize("name", SURFACES)
def test_at_its_minima_a_surface_is_flat_and_nowhere_lower_around(name):
    surface = SURFACES[name]
    chance = np.random.default_rng(0)
    for minimum in surface.minima:
        assert [float(part) for part in surface.expression.gradient(*minimum)] == pytest.approx(
            [0] * len(minimum), abs=1e-4
        )
        around = np.array(minimum)[:, None] + chance.normal(scale=0.3, size=(len(minimum), 500))
        assert np.all(surface.expression(*around) >= surface.expression(*minimum) - 1e-9)
    values = [float(surface.expression(*minimum)) for minimum in surface.minima]
    assert values == pytest.approx([0] * len(values), abs=1e-8)


@pytest.mark.parametrize("name", SURFACES)
def test_start_and_minima_lie_in_the_region(name):
    surface = SURFACES[name]
    for place in (surface.start, *surface.minima):
        assert len(place) == len(surface.names)
        for low, part, high in zip(surface.low, place, surface.high, strict=False):
            assert low < part < high


@pytest.mark.parametrize("name", SURFACES)
def test_the_region_is_a_square_so_that_equal_scales_fill_it(name):
    low, high = SURFACES[name].low, SURFACES[name].high
    assert 0.7 <= (high[0] - low[0]) / (high[1] - low[1]) <= 1.4


@pytest.mark.parametrize("name", ["elongated", "saddle", "rosenbrock", "himmelblau"])
def test_a_map_shows_the_function_with_higher_places_in_higher_shades(name):
    surface = SURFACES[name]
    made = surface_map(surface.expression, surface.low, surface.high)
    grid_x, grid_y = np.meshgrid(made.x, made.y)
    assert made.values == pytest.approx(surface.expression(grid_x, grid_y), rel=1e-6, abs=1e-6)
    assert made.x[-1] - made.x[0] == pytest.approx(SPREAD * (surface.high[0] - surface.low[0]))
    order = np.argsort(surface.expression(grid_x, grid_y), axis=None)
    assert np.all(np.diff(made.shades.ravel()[order].astype(int)) >= 0)
    assert made.shades.min() == 1 and made.shades.max() >= 250
    assert 10 <= len(made.levels) <= 14 and len(made.lines) > 100
    assert made.holds(*surface.start) and not made.holds(made.x[0], made.y[0])
    assert all(not array.flags.writeable for array in (made.values, made.shades, made.lines))


def test_a_place_without_a_value_has_the_shade_0():
    made = surface_map(lambda x, y: np.where(x > 0, x, np.nan), (-1, -1), (1, 1))
    assert np.array_equal(made.shades == 0, np.isnan(made.values))
    assert np.all(made.shades[:, made.x <= 0] == 0) and np.all(made.shades[:, made.x > 0] > 0)


def test_a_plain_has_one_shade_and_no_lines():
    made = surface_map(lambda x, y: np.full_like(x, 3.0), (-1, -1), (1, 1))
    assert len(np.unique(made.shades)) == 1 and len(made.lines) == 0


def test_a_map_fits_into_a_frame():
    surface = SURFACES["himmelblau"]
    made = surface_map(surface.expression, surface.low, surface.high)
    assert sum(array.nbytes for array in (made.values, made.shades, made.lines, made.x, made.y)) < 200 * 1024


@pytest.mark.parametrize("text", ["sin(90*x0)", "sin(300*x0)*cos(311*x1)", "tan(50*x0*x1)", "1/sin(40*x0*x1)"])
def test_a_function_that_waves_faster_than_the_grid_still_fits_into_a_frame(text):
    made = surface_map(Expression(text, ("x0", "x1")), (-4, -4), (4, 4))
    assert made.lines.nbytes <= 104_000
    assert sum(array.nbytes for array in (made.values, made.shades, made.lines, made.x, made.y)) < 210 * 1024
