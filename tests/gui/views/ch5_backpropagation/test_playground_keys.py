"""The network of `playground` by keys alone: arrows reach every part of it, and Enter does what a click does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.geometry.network_places import bias_of, index_of
from gui.plots.network.network_walk import START, Part, part_beside, part_there
from gui.stage.view import Snapshot
from tests.gui.views.hand import draw, opened_view, picture

Key = Qt.Key
_WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))


@pytest.fixture
def view(qtbot):
    made = opened_view(qtbot, "playground", size=(1000, 510))
    made.places = []
    made.placed.connect(lambda path, value: made.places.append((path, value)))
    return made


def _press(view, *keys):
    for key in keys:
        QTest.keyClick(view.stage, key)


@pytest.mark.parametrize("sizes", [(2, 2), (2, 3, 2), (7, 8, 1, 6, 4)])
def test_arrows_reach_every_part_of_a_network_and_nothing_else(sizes):
    found, rest = {START}, [START]
    while rest:
        part = rest.pop()
        new = {part_beside(sizes, part, way) for way in _WAYS} - found
        found |= new
        rest += new
    neurons = {Part("neuron", layer, number) for layer, count in enumerate(sizes) for number in range(count)}
    weights = {
        Part("weight", layer, source, target)
        for layer, (n, m) in enumerate(pairwise(sizes))
        for source in range(n)
        for target in range(m)
    }
    counts = {Part("count", layer, sign) for layer in range(1, len(sizes) - 1) for sign in (-1, 1)}
    assert found == neurons | weights | counts
    assert all(part_there(sizes, part) == part for part in found)


def test_a_smaller_network_has_a_part_for_each_of_a_larger_one():
    for part in (Part("neuron", 3, 7), Part("weight", 2, 7, 6), Part("count", 2, 1)):
        there = part_there((2, 3, 2), part)
        assert there == part_there((2, 3, 2), there) and there.layer < 3


def test_the_network_is_one_stop_of_tab_whose_every_part_shows_a_ring(view):
    view.stage.setFocus()
    before = picture(view)
    _press(view, Key.Key_Tab)
    assert view.keys.focused_control() is view.network
    seen = [before]
    for keys in ((), (Key.Key_Right,), (Key.Key_Left, Key.Key_Up), (Key.Key_Right,)):
        _press(view, *keys)
        now = picture(view)
        assert all(now != one for one in seen), view.network.part
        seen.append(now)
    assert view.network.words == "hidden layer 1: one neuron more"
    _press(view, Key.Key_Escape)
    assert picture(view) == before


def test_enter_does_what_a_click_does(view):
    sizes = view.current.frame.sizes
    view.stage.setFocus()
    _press(view, Key.Key_Tab, Key.Key_Down, Key.Key_Return)
    assert view.edits.pop() == ({"enlarged": 2, "selected": bias_of(sizes, 1, 1) + 1}, "")
    _press(view, Key.Key_Left, Key.Key_Return)
    part, weight = view.network.part, view.edits.pop()[0]
    assert weight == {"selected": index_of(sizes, f"W1[{part.number},1]") + 1}
    _press(view, Key.Key_Right, Key.Key_Up, Key.Key_Up, Key.Key_Return, Key.Key_Right, Key.Key_Return)
    assert [changes for changes, _ in view.edits] == [{"hidden": (2,)}, {"hidden": (4,)}]


def test_a_weight_that_was_chosen_by_keys_is_typed_or_nudged(view):
    view.stage.setFocus()
    _press(view, Key.Key_Tab, Key.Key_Left)
    part = view.network.part
    path = f"W1[{part.number},{part.target}]"
    index = index_of(view.current.frame.sizes, path)
    draw(view, Snapshot(view.current.params.replaced({"selected": index + 1}), view.current.frame))
    _press(view, Key.Key_Return)
    assert view.typed.isVisible()
    view.typed.setText("0.5")
    QTest.keyClick(view.typed, Key.Key_Return)
    assert view.places == [(path, 0.5)]
    assert view.keys.focused_control() is view.network
    _press(view, Key.Key_Tab)
    assert view.keys.focused_control() is view.buttons
    _press(view, Key.Key_Return)
    value = float(view.current.frame.parameters[index])
    assert view.places[1:] == [(path, round(value - 1, 2))]
