"""The stage of `layers`: cells are chosen by click, keys and pointer, pulled, and readable in every layer."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.contract.catalogue import load
from engine.contract.protocol import RandomStreams
from engine.experiments.ch5_backpropagation.layers.params import PARTS, PITFALLS, LayersParams
from gui.stage.fields_on_stage import words_and_marks, words_at
from gui.stage.view import Snapshot
from gui.style.language import translate
from gui.style.typography import set_zoom
from tests.gui.views.hand import draw, opened_view

LAYERS = load("layers")
LARGEST = {"samples": 4, "inputs": 4, "neurons": 3}


def _shot(**values):
    params = LayersParams(**values)
    return Snapshot(params, LAYERS.compute(params, RandomStreams(0)))


@pytest.fixture
def view(qtbot):
    return opened_view(qtbot, "layers")


def _place(view, name, row, column) -> QPoint:
    """The middle of a cell of the grid of this name."""
    grid = next(grid for grid in view.board.grids if translate(grid.name) == name)
    return view.stage.mapFromScene(view.board.cell_box(grid, row, column).center())


def _grid(view, name):
    return next(grid for grid in view.board.grids if translate(grid.name) == name)


def test_the_two_products_of_the_opening_cell_are_lit(view):
    assert _grid(view, "dW").selected == (0, 1)
    assert dict(_grid(view, "X").lit) == {(0, 0): 1, (1, 0): 2}
    assert dict(_grid(view, "dZ").lit) == {(0, 1): 1, (1, 1): 2}
    assert not _grid(view, "W").lit
    assert view.words.shown_words() == "dW[0,1] = X[0,0]·dZ[0,1] + X[1,0]·dZ[1,1] = 1·0.5 + 3·2 = 6.5"
    assert words_at(view.stage, _place(view, "dW", 0, 1)) == "6.50"


def test_matrices_stand_as_they_are_multiplied_and_gradients_opposite(view):
    x, w, z, dx, dw, dz = (_grid(view, name).block for name in ("X", "W", "Z", "dX", "dW", "dZ"))
    assert x.top == z.top and w.left == z.left and w.top > z.top and x.left < z.left
    assert (dx.left, dz.left, dw.left) == (x.left, z.left, w.left)
    assert z.top > dz.top > dw.top


@pytest.mark.parametrize(
    ("name", "cell", "changes"),
    [
        ("dX", (1, 2), {"part": "dx", "selected": (1, 2)}),
        ("db", (0, 1), {"part": "db", "selected": (0, 1)}),
        ("Z", (0, 0), {"part": "z", "selected": (0, 0)}),
    ],
)
def test_a_click_chooses_a_cell_that_is_made(view, name, cell, changes):
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=_place(view, name, *cell))
    assert [one for one, _ in view.edits] == [changes]


def test_the_pointer_shows_what_a_cell_is_made_of_and_leaves_the_choice_alone(view):
    port = view.stage.viewport()
    QTest.mouseMove(port, _place(view, "dX", 0, 0))
    QTest.qWait(20)
    assert _grid(view, "dX").selected == (0, 0)
    assert dict(_grid(view, "W").lit) == {(0, 0): 1, (0, 1): 2}
    QTest.mouseMove(port, QPoint(3, 3))
    QTest.qWait(20)
    assert _grid(view, "dW").selected == (0, 1) and view.edits == []


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        (Qt.Key.Key_Left, {"part": "dw", "selected": (0, 0)}),
        (Qt.Key.Key_Down, {"part": "dw", "selected": (1, 1)}),
        (Qt.Key.Key_Up, {"part": "db", "selected": (0, 1)}),
    ],
)
def test_arrow_keys_go_to_the_next_cell_that_is_made(view, key, changes):
    view.stage.setFocus()
    view.board.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.stage, key)
    assert [one for one, _ in view.edits] == [changes]


def test_every_cell_that_is_made_is_reached_by_keys(view):
    """From the chosen cell on, whatever the arrows lead to."""
    reached, waiting = set(), [("dw", (0, 1))]
    view.board.setFocus(Qt.FocusReason.TabFocusReason)
    while waiting:
        part, selected = waiting.pop()
        if (part, selected) in reached:
            continue
        reached.add((part, selected))
        view.draw(**vars(_shot(part=part, selected=selected)))
        view.edits.clear()
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            QTest.keyClick(view.stage, key)
        waiting += [(one["part"], tuple(one["selected"])) for one, _ in view.edits]
    assert len(reached) == 4 + 6 + 2 + 6


def test_a_given_cell_is_pulled_up(view):
    start = _place(view, "W", 2, 1)
    port = view.stage.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, start - QPoint(0, 30))
    QTest.qWait(0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 30))
    changes, gesture = view.edits[-1]
    assert gesture == "drag w21" and changes["w"][2][1] > 2.3 and changes["w"][:2] == view.current.params.w[:2]


@pytest.mark.parametrize(("pitfall", "layer"), [(one, layer) for one, some in PITFALLS.items() for layer in some])
def test_the_wrong_cells_are_outlined_beside_the_right_ones(view, pitfall, layer):
    shot = _shot(layer=layer, pitfall=pitfall)
    draw(view, shot)
    assert sum(len(grid.outlined) for grid in view.board.grids) == shot.frame.differing > 0


@pytest.mark.parametrize("layer", PARTS)
@pytest.mark.parametrize(("zoom", "size"), [(1.0, (660, 520)), (2.0, (1300, 900)), (1.0, (1500, 800))])
def test_all_cells_show_their_numbers_however_large_the_layer(view, layer, zoom, size):
    set_zoom(zoom)
    view.resize(*size)
    draw(view, _shot(layer=layer, **LARGEST))
    shown = [words for words, _ in words_and_marks(view.stage)]
    cells = sum(len(grid.values) * len(grid.values[0]) for grid in view.board.grids)
    assert sum(any(letter.isdigit() for letter in words) for words in shown) >= cells
    stage = view.stage.sceneRect()
    for grid in view.board.grids:
        box = view.board.cell_box(grid, 0, 0).united(
            view.board.cell_box(grid, len(grid.values) - 1, len(grid.values[0]) - 1)
        )
        assert stage.contains(box)


def test_what_a_number_was_before_is_seen(view):
    before = _shot(x=((4.0, -2.0, 0.5), (3.0, 1.0, -1.0)))
    now = _shot()
    plain = draw(view, now)
    assert draw(view, now, before) != plain
    assert _grid(view, "X").before[0][0] == 4.0
    assert draw(view, now, _shot(layer="relu")) == plain


@pytest.mark.parametrize("width", [460, 520, 600, 900])
@pytest.mark.parametrize("size", [3.0, 8.0])
def test_no_cell_reads_0_whose_number_is_not_0(view, width, size):
    """As where the goal is reached: every gradient is small there, and none is 0."""
    shot = _shot(layer="softmax_loss", x=((-size, -size, size), (size, -size, -size)))
    view.resize(width, 480)
    draw(view, shot)
    for name in ("y", "L", "dX"):
        for (row, column), value in np.ndenumerate(np.array(_grid(view, name).values)):
            words = words_at(view.stage, _place(view, name, row, column))
            assert value and words and words.strip("−0."), (name, row, column, words)
