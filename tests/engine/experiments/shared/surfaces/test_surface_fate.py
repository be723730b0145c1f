"""What a descent is called: sharp thresholds on bowls, and one run for each of the names."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus.expressions import Expression
from engine.calculus.surfaces import SURFACES
from engine.experiments.shared.surfaces.surface_fate import Region, fate_of
from engine.experiments.shared.surfaces.surface_walk import Walk, exact_gradient

REGION = Region((-9.0, -9.0), (9.0, 9.0))
LONG_BOWL = "x0^2/20 + x1^2"


def name_of(text, start, rate, steps, region=REGION):
    """What becomes of so many steps of exact descent."""
    expression = Expression(text, ("x0", "x1"))
    exact = exact_gradient(expression)
    walk = Walk(expression, exact, np.array(start), lambda x, gradient: x - rate * gradient)
    for _ in range(steps):
        walk.advance()
    return fate_of(walk, region, exact)


@pytest.mark.parametrize(
    ("share", "name"),
    [(0.999, "zigzag"), (0.999999, "zigzag"), (1.0, "oscillating"), (1.000001, "diverged"), (1.01, "diverged")],
)
@pytest.mark.parametrize("curvature", [0.5, 2.0, 64.0])
def test_the_border_at_two_over_the_curvature_is_sharp(curvature, share, name):
    rate = share * 2 / curvature
    assert name_of(f"{curvature / 2}*(x0^2 + x1^2)", (-3.0, 2.0), rate, 12) == name


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("rate", [0.01, 0.3, 0.9, 1.0, 1.05])
def test_the_name_does_not_depend_on_units(scale, rate):
    """x measured in other units, and f as well, is the same descent."""
    start, region = (-7.0 * scale, 2.0 * scale), Region((-9.0 * scale,) * 2, (9.0 * scale,) * 2)
    text = f"{1 / scale**2!r}*({LONG_BOWL})"
    for steps in (0, 5, 30, 120):
        plain = name_of(LONG_BOWL, (-7.0, 2.0), rate, steps)
        assert name_of(text, start, rate * scale**2, steps, region) == plain


@pytest.mark.parametrize(
    ("text", "start", "rate", "steps", "name"),
    [
        (LONG_BOWL, (-7.0, 2.0), 0.9, 0, "start"),
        (LONG_BOWL, (-7.0, 2.0), 0.3, 10, "under_way"),
        (LONG_BOWL, (-7.0, 2.0), 0.9, 30, "zigzag"),
        (LONG_BOWL, (-7.0, 2.0), 0.9, 100, "converged"),
        (LONG_BOWL, (-7.0, 2.0), 0.01, 30, "crawling"),
        (LONG_BOWL, (-7.0, 2.0), 1e-10, 30, "crawling"),
        (LONG_BOWL, (0.0, 0.0), 0.9, 0, "converged"),
        (LONG_BOWL, (0.0, 0.0), 0.9, 12, "converged"),
        (LONG_BOWL, (-7.0, 2.0), 10.0, 300, "diverged"),
        ("x0^2 - x1^2", (-2.0, 1e-4), 0.1, 25, "saddle_point"),
        ("x0^2 - x1^2", (-2.0, 0.0), 0.1, 80, "saddle_point"),
        ("x0^2 - x1^2", (-2.0, 1e-4), 0.1, 90, "unbounded_below"),
        ("(x1 - 2)^3", (1.0, 0.0), 0.01, 60, "unbounded_below"),
        ("x0 + 0*x1", (0.0, 0.0), 1.0, 12, "left_the_plot"),
        ("x0 + 0*x1", (0.0, 0.0), 1.0, 5, "under_way"),
        ("0", (1.0, 1.0), 0.5, 0, "plateau"),
        ("0", (1.0, 1.0), 0.5, 9, "plateau"),
        ("relu(x0) + 0*x1", (-1.0, 1.0), 0.5, 9, "plateau"),
        ("abs(x0) + 0*x1", (0.25, 1.0), 0.5, 12, "oscillating"),
        ("log(x0) + x1", (0.01, 1.0), 1.0, 1, "no_value"),
        ("log(x0) + x1", (0.01, 1.0), 1.0, 2, "no_value"),
        ("log(x0)", (-2.0, 2.0), 0.9, 0, "no_value"),
        ("x0^x1", (-2.0, 2.0), 0.1, 0, "no_value"),
        ("x0^0.5 + x1^2", (0.0, 2.0), 0.1, 0, "no_value"),
        ("sqrt(x0) + x1^2", (2.0, 2.0), 0.5, 9, "no_value"),
        ("exp(x0^2) + 0*x1", (4.0, 1.0), 1.0, 1, "diverged"),
        ("(x0 - 200)^2 + x1^2", (0.0, 0.0), 0.1, 15, "left_the_plot"),
        ("(x0 - 200)^2 + x1^2", (0.0, 0.0), 0.1, 100, "converged"),
        ("x0 + 0*x1", (0.0, 0.0), 1.0, 300, "unbounded_below"),
        ("-x0^2 - x1^2", (0.0, 0.0), 0.1, 9, "maximum"),
        ("-x0^2 + 0*x1", (0.0, 1.0), 0.1, 0, "maximum"),
    ],
)
def test_every_name_has_its_run(text, start, rate, steps, name):
    assert name_of(text, start, rate, steps) == name


def test_a_swing_that_grows_below_the_first_value_is_not_yet_called_diverged():
    """x1 swings wider, but x0 comes down more: f is still below where it began."""
    assert name_of(LONG_BOWL, (-7.0, 0.1), 1.05, 10) == "oscillating"
    assert name_of(LONG_BOWL, (-7.0, 0.1), 1.05, 40) == "diverged"


def test_a_growing_swing_outside_of_the_region_is_diverged_and_not_only_left():
    assert name_of(LONG_BOWL, (-7.0, 2.0), 1.05, 30) == "diverged"


BEALE = SURFACES["beale"].text
ROSENBROCK = SURFACES["rosenbrock"].text


@pytest.mark.parametrize(
    ("text", "start", "rate"),
    [
        (BEALE, (-4.0, 4.0), 3e-5),
        (BEALE, (-1.8, 4.0), 1e-4),
        (BEALE, (-4.0, -4.0), 1e-5),
        (BEALE, (4.0, 4.0), 1e-5),
        (ROSENBROCK, (-1.8, 0.0), 1e-4),
    ],
)
def test_after_a_plunge_short_steps_are_not_yet_an_arrival(text, start, rate):
    """A rate that is far too small makes every step short, and beside a first plunge every gradient looks small."""
    names = {name_of(text, start, rate, steps, Region((-4.5, -4.5), (4.5, 4.5))) for steps in (10, 30, 100, 200)}
    assert names <= {"under_way", "crawling"}


def test_without_the_gradient_no_level_place_is_named_but_movements_are():
    expression = Expression(LONG_BOWL, ("x0", "x1"))
    exact = exact_gradient(expression)
    for rate, known, unknown in ((0.9, "converged", "under_way"), (1.0, "oscillating", "oscillating")):
        walk = Walk(expression, exact, np.array([-7.0, 2.0]), lambda x, gradient, rate=rate: x - rate * gradient)
        for _ in range(200):
            walk.advance()
        assert (fate_of(walk, REGION, exact), fate_of(walk, REGION, None)) == (known, unknown)


def test_a_path_that_is_drawn_as_it_is_keeps_its_places_once_and_no_more_moments_than_it_is_told():
    expression = Expression(LONG_BOWL, ("x0", "x1"))
    walk = Walk(expression, exact_gradient(expression), np.array([-7.0, 2.0]), lambda x, g: x - 0.1 * g, 20)
    for _ in range(100):
        walk.advance()
    path = walk.path(REGION.low, REGION.high)
    assert path.drawn is path.places and path.places.base is None and not path.places.flags.writeable
    assert len(path) <= 21 and path.steps[0] == 0 and path.steps[-1] == 100
    far = Walk(expression, exact_gradient(expression), np.array([-7.0, 2.0]), lambda x, g: x - 30 * g)
    for _ in range(9):
        far.advance()
    assert far.path(REGION.low, REGION.high).drawn is not far.path(REGION.low, REGION.high).places


def test_a_gradient_that_is_kept_is_the_one_that_would_be_computed_and_nobody_can_write_into_it():
    expression = Expression("x0 ** 2 / 20 + x1 ** 3", ("x0", "x1"))
    exact = exact_gradient(expression)
    places = [np.array(place) for place in ((-7.0, 2.0), (0.0, -0.0), (-0.0, 0.0), (np.inf, 1.0), (-7.0, 2.0))] * 4
    for place in places:
        found = exact(place)
        assert found.tobytes() == np.array(expression.gradient(*place)).tobytes()
        found += 1
