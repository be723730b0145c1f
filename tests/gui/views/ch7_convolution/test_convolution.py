"""The stage of `convolution`: window and sum of the opening, pointer, keys, pulling, marks, and readable numbers."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.experiments.ch7_convolution.convolution import Convolution
from engine.experiments.ch7_convolution.convolution.params import CHOSEN_IN, ConvolutionParams
from gui.stage.fields_on_stage import words_and_marks, words_at
from gui.stage.view import Snapshot
from gui.style.language import translate
from gui.style.typography import set_zoom
from tests.gui.views.hand import drag, draw, opened_view, picture

CONVOLUTION = Convolution()


def _shot(index=5, **values):
    params = ConvolutionParams(**values)
    return Snapshot(params, CONVOLUTION.stop(params, min(index, params.cells)))


@pytest.fixture
def view(qtbot):
    return opened_view(qtbot, "convolution")


def _grid(view, name):
    return next(grid for grid in view.board.grids if translate(grid.name) == name)


def _place(view, name, row, column) -> QPoint:
    """The middle of a cell of the grid of this name."""
    return view.stage.mapFromScene(view.board.cell_box(_grid(view, name), row, column).center())


def test_the_window_of_the_cell_just_made_is_lit_and_its_sum_written_out(view):
    window = {(1 + a, b): 3 * a + b + 1 for a in range(3) for b in range(3)}
    assert dict(_grid(view, "X").lit) == window
    assert dict(_grid(view, "W").lit) == {(row - 1, column): term for (row, column), term in window.items()}
    assert _grid(view, "X").windows == ((1, 0, 3, 3),)
    assert _grid(view, "Z").selected == (1, 0)
    assert _grid(view, "X⊙W").values[0] == (0.0, 0.0, -1.0)
    assert view.words.shown_words() == ("Z[1,0] = 0·1 + 1·0 + 1·(−1) + 0·1 + 1·0 + 1·(−1) + 0·1 + 1·0 + 1·(−1) = −3")
    assert view.note.shown_words() == "Output size: OH = OW = ⌊(6 + 2·0 − 3)/1⌋ + 1 = 4"
    assert words_at(view.stage, _place(view, "Z", 1, 0)) == "−3"


def test_cells_that_the_walk_has_not_made_are_empty(view):
    assert words_at(view.stage, _place(view, "Z", 0, 3)) == "2"
    assert words_at(view.stage, _place(view, "Z", 2, 2)) == ""


def test_the_pointer_on_an_input_cell_shows_every_output_that_it_feeds(view):
    QTest.mouseMove(view.stage.viewport(), _place(view, "X", 0, 1))
    QTest.qWait(20)
    assert set(_grid(view, "Z").lit) == {(0, 0), (0, 1)}
    assert dict(_grid(view, "W").lit) == {(0, 0): 2, (0, 1): 1}
    assert _grid(view, "X").selected == (0, 1)
    assert view.words.shown_words() == "0·0 → Z[0,0],  0·1 → Z[0,1]"
    QTest.mouseMove(view.stage.viewport(), QPoint(3, 3))
    QTest.qWait(20)
    assert _grid(view, "Z").selected == (1, 0) and view.edits == []


@pytest.mark.parametrize(
    ("name", "place", "changes"),
    [
        ("Z", (2, 3), {"part": "z", "selected": (2, 3)}),
        ("X", (4, 0), {"part": "x0", "selected": (4, 0)}),
    ],
)
@pytest.mark.parametrize("beside", [0, 12])
def test_a_click_keeps_a_cell(view, name, place, changes, beside):
    """In its middle, where the handle of a given number lies, and beside that."""
    where = _place(view, name, *place) + QPoint(beside, beside)
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [one for one, _ in view.edits] == [changes]


def test_arrow_keys_go_from_cell_to_cell(view):
    view.board.setFocus(Qt.FocusReason.TabFocusReason)
    for key, changes in (
        (Qt.Key.Key_Down, {"part": "z", "selected": (2, 0)}),
        (Qt.Key.Key_Right, {"part": "z", "selected": (1, 1)}),
        (Qt.Key.Key_Left, {"part": "x0", "selected": (1, 5)}),
    ):
        view.edits.clear()
        QTest.keyClick(view.stage, key)
        assert [one for one, _ in view.edits] == [changes]


def test_a_weight_is_pulled_up(view):
    start, port = _place(view, "W", 1, 1), view.stage.viewport()
    height = view.board.cell_box(_grid(view, "W"), 1, 1).height()
    end = start - QPoint(0, round(2 * height))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, end)
    QTest.qWait(0)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    changes, gesture = view.edits[-1]
    assert gesture == "drag w0_1_1" and changes["kernel1"][1][1] == pytest.approx(2.0, abs=0.2)


def test_what_is_never_read_is_crossed_out_and_padding_told_apart(view):
    draw(view, _shot(height=7, width=7, stride=3))
    assert _grid(view, "X").crossed == {(row, column) for row in range(7) for column in range(7) if 6 in (row, column)}
    assert "crossed out" in view.note.shown_words() and "⌊1.33⌋" in view.note.shown_words()
    draw(view, _shot(padding=1))
    inside = {(row, column) for row in range(1, 7) for column in range(1, 7)}
    every = {(row, column) for row in range(8) for column in range(8)}
    assert _grid(view, "X").outside == every - inside and not _grid(view, "X").crossed


def test_a_row_of_the_matrix_and_the_column_of_weights_are_lit_together(view):
    draw(view, _shot(view="im2col"))
    matrix, weights = _grid(view, "M = im2col(X)"), _grid(view, "w")
    assert dict(matrix.lit) == {(4, column): column + 1 for column in range(9)}
    assert dict(weights.lit) == {(row, 0): row + 1 for row in range(9)}
    assert _grid(view, "z").selected == (4, 0)


def test_the_copies_of_an_input_cell_are_lit_where_their_gradients_are_added(view):
    draw(view, _shot(view="col2im", part="dx0", selected=(0, 1)))
    assert set(_grid(view, "dM = dz·wᵀ").lit) == {(0, 1), (1, 0)}
    assert view.words.shown_words() == "dX[0,1] = 0 + 0 = 0"


@pytest.mark.parametrize("kind", ["backward", "col2im"])
def test_the_gradient_of_the_input_grows_from_step_to_step(view, kind):
    shown = []
    for index in (0, 1, 5, 16):
        draw(view, _shot(index, view=kind))
        shown.append(_grid(view, "dX").values[2])
    assert shown == [(0,) * 6, (1, 0, -1, 0, 0, 0), (3, 0, -3, 2, 0, -2), (3, 1, -4, 1, 1, -2)]


def test_the_sum_of_a_gradient_is_written_as_far_as_the_walk_has_come(view):
    draw(view, _shot(5, view="backward", part="dx0", selected=(2, 2)))
    assert view.words.shown_words() == "dX[2,2] = 1·(−1) + 0·0 + 0·1 + 2·(−1) = −3"
    assert len(_grid(view, "dZ").lit) == 9


@pytest.mark.parametrize("pitfall", ["overwritten", "turned"])
@pytest.mark.parametrize("kind", ["backward", "col2im"])
def test_the_wrong_cells_are_outlined_beside_the_right_ones(view, kind, pitfall):
    shot = _shot(view=kind, pitfall=pitfall)
    draw(view, shot)
    assert sum(len(grid.outlined) for grid in view.board.grids) == shot.frame.differing > 0


@pytest.mark.parametrize("kind", CHOSEN_IN)
@pytest.mark.parametrize(("zoom", "size"), [(1.0, (660, 520)), (2.0, (1300, 900))])
def test_the_numbers_of_every_view_can_be_read(view, kind, zoom, size):
    set_zoom(zoom)
    view.resize(*size)
    draw(view, _shot(16, view=kind))
    shown = [words for words, _ in words_and_marks(view.stage)]
    cells = sum(len(grid.values) * len(grid.values[0]) for grid in view.board.grids)
    assert sum(any(letter.isdigit() for letter in words) for words in shown) >= cells


@pytest.mark.parametrize("padding", [0, 2])
def test_no_number_of_a_term_lies_on_the_number_of_its_cell(view, padding):
    numbered = set()
    for width in range(400, 1300, 100):
        view.resize(width, 520)
        draw(view, _shot(padding=padding))
        weights = _grid(view, "W")
        for place in weights.lit:
            cell = view.board.cell_box(weights, *place)
            boxes = [
                box.adjusted(3, 3, -3, -3) for _, box in words_and_marks(view.stage) if cell.contains(box.center())
            ]
            numbered.add(len(boxes))
            assert not any(one.intersects(other) for one, other in combinations(boxes, 2)), (width, place)
    assert 2 in numbered  # where there is room


def test_a_selected_cell_ahead_of_the_walk_shows_its_value_paler(view):
    for values in ({}, {"view": "im2col"}, {"view": "channels", "channels": 2}):
        shot = _shot(part="z", selected=(2, 2), **values)
        draw(view, shot)
        place = (10, 0) if "im2col" in values.values() else (2, 2)
        ahead = _grid(view, "z" if "im2col" in values.values() else "Z")
        assert place not in ahead.empty and ahead.faint == {place}
        assert np.array(ahead.values)[place] == shot.frame.arrays["z"][2, 2]


def test_what_a_number_was_before_is_seen(view):
    now, before = _shot(), _shot(input1=((0.0,) * 6,) * 6)
    plain = draw(view, now)
    assert draw(view, now, before) != plain
    assert _grid(view, "Z").before[1][0] == 0.0
    assert draw(view, now, _shot(height=5)) != draw(view, now, before)


def _corner(view, row, column) -> QPoint:
    """The upper left corner of a cell of the input."""
    return view.stage.mapFromScene(view.board.cell_box(_grid(view, "X"), row, column).topLeft())


def _changes(view) -> dict:
    return {name: value for changes, _ in view.edits for name, value in changes.items()}


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_the_edge_of_the_window_takes_it_along_and_the_middle_of_a_cell_its_number(qtbot, zoom):
    set_zoom(zoom)
    view = opened_view(qtbot, "convolution", size=(900 * zoom, 560 * zoom))
    picture(view)
    window, away = _grid(view, "X").windows[0], _place(view, "X", 2, 2) - _place(view, "X", 1, 0)
    # On its edge, and between the middles of its cells.
    for start in (_corner(view, 2, 0), _corner(view, 1, 0), _corner(view, 3, 2)):
        view.edits.clear()
        drag(view, start, start + away)
        assert _changes(view) == {"part": "z", "selected": (2, 2)}, f"from {start.toTuple()} in {window}"
    view.edits.clear()
    middle = _place(view, "X", 2, 1)
    drag(view, middle, middle + QPoint(0, -60))
    assert set(_changes(view)) == {"input1"}


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("padding", [0, 2])
@pytest.mark.parametrize("way", ["window", "backward"])
def test_a_window_goes_where_it_is_brought_on_every_array_that_shows_it(channels, stride, padding, way):
    shot = _shot(1, channels=channels, stride=stride, padding=padding, view=way)
    windows = [one for one in CONVOLUTION.handles(shot.params, shot.frame) if one.framing]
    assert len(windows) == channels
    for output in np.ndindex(shot.params.output_height, shot.params.output_width):
        brought = shot.params.replaced({"part": "dz" if way == "backward" else "z", "selected": output})
        for handle in [one for one in CONVOLUTION.handles(brought, shot.frame) if one.framing]:
            changes = CONVOLUTION.drag(shot.params, shot.frame, handle.id, handle.place)
            again = shot.params.replaced(changes)
            found = [one.place for one in CONVOLUTION.handles(again, shot.frame) if one.id == handle.id]
            assert found == [handle.place]


def test_over_the_edge_of_the_window_it_stays_in_sight(view):
    QTest.mouseMove(view.stage.viewport(), _corner(view, 2, 0))
    QTest.qWait(20)
    assert _grid(view, "X").windows == ((1, 0, 3, 3),)
