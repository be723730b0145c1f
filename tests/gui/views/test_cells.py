"""Cells of a picture are chosen by a click or by keys, and digits can be read on every colour."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.contract.api import Cell, Frame, Params, Picture, parameter, table_of, untranslated
from gui.plots.pictures.cells import CellPicture, fitting_digits
from gui.stage.fields_on_stage import words_and_marks, words_at
from gui.stage.snapshot import Layout
from gui.stage.view import Snapshot, View
from gui.style.theme import set_theme
from tests.gui.views.hand import brought_up, opened_view, picture

_VALUES = np.array([[1.0, -2.0, 0.0], [4.0, 0.5, -8.0]])
_DIGITS = (("1", "−2", "0"), ("4.0", "0.5", "−8.0"))


class _Params(Params):
    selected: tuple[int, int] = parameter((0, 1), Cell(label=untranslated("cell"), rows=2, columns=3, effect="view"))


class _Grid(Picture[_Params, Frame]):
    params_type, frame_type = _Params, Frame

    def compute(self, params, streams):
        return Frame(finished=True)

    def headline(self, params, frame):
        return untranslated("six cells")

    def main_tables(self, params, frame):
        return (table_of("cells", value=_VALUES.ravel()),)


class _GridView(View):
    def build(self):
        self.cells = CellPicture()
        self.selects(self.cells, "selected")

    def layout_for(self, params, wide, compact):
        return Layout(("cells",), (1,), (1,))

    def show_snapshot(self, current, ghost):
        self.cells.show_cells(_VALUES, selected=current.params.selected)


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, _GridView(_Grid()), Snapshot(_Params(), Frame(finished=True)), (420, 300))


def _middle(view, row, column) -> QPoint:
    return view.stage.mapFromScene(view.cells.cell_box(row, column).center())


@pytest.mark.parametrize("place", list(np.ndindex(_VALUES.shape)))
def test_a_click_chooses_the_cell_that_shows_the_number(view, place):
    assert words_at(view.stage, _middle(view, *place)) == _DIGITS[place[0]][place[1]]
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=_middle(view, *place))
    assert [changes for changes, _ in view.edits] == [{"selected": place}]


def test_a_click_beside_the_cells_chooses_nothing(view):
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=_middle(view, 0, 0) - QPoint(0, 200))
    assert view.edits == []


@pytest.mark.parametrize(
    ("key", "place"),
    [(Qt.Key.Key_Left, (0, 0)), (Qt.Key.Key_Right, (0, 2)), (Qt.Key.Key_Down, (1, 1)), (Qt.Key.Key_Up, None)],
)
def test_arrow_keys_move_the_choice_within_the_grid(view, key, place):
    view.stage.setFocus()
    view.cells.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view.stage, key)
    assert [changes for changes, _ in view.edits] == ([] if place is None else [{"selected": place}])


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_largest_numbers_have_the_strongest_colours(view, name):
    set_theme(name)
    image = picture(view)
    corner = [view.cells.cell_box(*place).topLeft() for place in ((0, 2), (0, 0), (1, 0))]
    none, some, more = (image.pixelColor(view.stage.mapFromScene(one) + QPoint(9, 9)) for one in corner)
    apart = [abs(one.red() - none.red()) + abs(one.blue() - none.blue()) for one in (some, more)]
    assert 0 < apart[0] < apart[1]
    set_theme("light")


def test_words_that_do_not_fit_into_their_cells_are_in_none_of_them_and_the_picture_says_so(view):
    long = np.full((1, 30), 0.125)
    view.cells.show_cells(long, [["0.125"] * 30])
    assert not view.cells.words_fit() and view.cells.has_own_words
    assert words_at(view.stage, _middle(view, 0, 3)) == ""
    view.cells.show_cells(long.reshape(3, 10)[:, :4], [["0.125"] * 4] * 3)
    assert view.cells.words_fit() and words_at(view.stage, _middle(view, 0, 3)) == "0.125"


@pytest.mark.parametrize("size", [(820, 330), (600, 260), (900, 560)])
def test_the_names_of_low_cells_are_not_cut_off_at_the_top(qtbot, size):
    view = opened_view(qtbot, "convolution", size=size)
    view.draw(view.current.params.replaced({"view": "im2col"}), view.current.frame)
    QTest.qWait(0)
    names = [box for words, box in words_and_marks(view.stage) if words.startswith("M = im2col")]
    # The box of words has a few pixels above their letters.
    assert len(names) == 1 and names[0].top() >= view.board.vb.sceneBoundingRect().top() - 4


class _Ruler:
    """A sketch on which every character is ten pixels wide."""

    def height_of(self, style):
        return 10

    def width_of(self, text, style):
        return 10 * len(text)


def test_halves_are_rounded_away_from_0_where_cells_are_narrow():
    values = np.array([[3.25, -2.25, 0.25, 1.75]])
    assert fitting_digits(_Ruler(), values, 44, 20).tolist() == [["3.3", "−2.3", "0.3", "1.8"]]
