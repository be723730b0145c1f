"""The choice of a surface and of a place on its map."""

from __future__ import annotations

import pytest

from engine.calculus.surfaces import SURFACES
from engine.contract.fields import parameter
from engine.contract.params import Params
from engine.contract.text import Refused, untranslated
from engine.experiments.shared.surfaces.surface_choice import (
    OWN,
    OWN_REACH,
    OWN_TEXT,
    chosen_surface,
    function_field,
    map_of,
    own_field,
    place_field,
    reach_field,
)


class _OnAMap(Params):
    function: str = parameter("elongated", function_field())
    own: str = parameter(OWN_TEXT, own_field())
    reach: float = parameter(OWN_REACH, reach_field())
    place: tuple[float, ...] = parameter((-7.0, 2.0), place_field(untranslated("place"), untranslated("place")))


def test_a_place_on_the_map_stays_and_one_off_it_gives_way_to_the_functions_start():
    params = _OnAMap()
    assert params.place == (-7, 2)
    assert params.replaced({"place": (8.0, -8.0)}).place == (8, -8)
    assert params.replaced({"function": "rosenbrock"}).place == SURFACES["rosenbrock"].start
    assert params.replaced({"function": OWN, "reach": 2.0}).place == (-1, 1)


def test_the_learners_own_function_is_a_surface_like_the_others():
    surface = chosen_surface(OWN, "x0*x1", 3.0)
    assert (surface.low, surface.high, surface.minima) == ((-3, -3), (3, 3), ())
    assert surface.expression(2.0, 3.0) == 6
    assert chosen_surface("beale", "x0", 3.0) is SURFACES["beale"]


def test_a_bad_function_is_refused_with_its_column_and_its_name():
    with pytest.raises(Refused, match=r"own: column 4: .*operator"):
        _OnAMap().with_text("own", "x0 x1")


def test_a_map_is_made_once():
    surface = SURFACES["intended"]
    one = map_of(surface.text, surface.names, surface.low, surface.high, (-1.0,))
    assert one is map_of(surface.text, surface.names, surface.low, surface.high, (-1.0,))
    middle = one.values[70, 70] - surface.expression(1.0, 2.0, -1.0)
    assert abs(middle) < 1e-6
    assert one.values[70, 70] != map_of(surface.text, surface.names, surface.low, surface.high, (2.0,)).values[70, 70]
