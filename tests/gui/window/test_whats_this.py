"""What is this?: everything says in a sentence what it is, by the pointer and by keys, and nothing else happens."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gui.form.controls.base import Control
from gui.page.field_help import meaning_of
from gui.panels.data.sheet import Sheet
from gui.plots.board.fitting_words import FittingWords
from gui.plots.board.table import TableItem
from gui.plots.plane.plane import Plane
from gui.stage.accessible.help_texts import meaning_at
from gui.style.language import translate
from tests.gui.views.hand import opened_view
from tests.gui.window.shown import shown

LEFT = Qt.MouseButton.LeftButton


def _sheets(window):
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]


def test_a_press_while_asking_says_what_is_there_and_does_nothing_else(qtbot, window):
    page = shown(qtbot, window, "gates")
    window.whats_this.toggle()
    assert QApplication.overrideCursor().shape() == Qt.CursorShape.WhatsThisCursor
    viewport, before = page.view.stage.viewport(), page.editor.params
    handle = next(item for item in page.view.handle_items.values() if item.isVisible())
    place = page.view.stage.mapFromScene(handle.mapToScene(0, 0))
    QTest.mousePress(viewport, LEFT, pos=place)
    QTest.mouseMove(viewport, place + QPoint(60, 40))
    QTest.mouseRelease(viewport, LEFT, pos=place + QPoint(60, 40))
    (sheet,) = _sheets(window)
    assert sheet.accessibleDescription()
    assert window.rect().contains(sheet.geometry())
    assert page.editor.params == before
    assert QApplication.overrideCursor() is None
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not _sheets(window)
    # From now on a press is a press again.
    page.view.move_handle(handle.handle_id, (0.9, 0.9))
    assert page.editor.params != before


def test_escape_and_a_second_time_leave_the_asking(qtbot, window):
    page = shown(qtbot, window, "gates")
    for leave in (lambda: QTest.keyClick(page.view.stage, Qt.Key.Key_Escape), window.whats_this.toggle):
        window.whats_this.toggle()
        assert window.whats_this.is_on
        leave()
        assert not window.whats_this.is_on
        assert QApplication.overrideCursor() is None
        assert not _sheets(window)


def test_enter_asks_about_what_has_the_focus(qtbot, window):
    page = shown(qtbot, window, "gates")
    control = next(control for control in page.findChildren(Control) if control.name == "b")
    focused = control.focus_widgets()[0]
    focused.setFocus()
    window.whats_this.toggle()
    QTest.keyClick(focused, Qt.Key.Key_Return)
    (sheet,) = _sheets(window)
    assert translate(control.field.help) in sheet.accessibleDescription()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is focused


def test_the_button_shows_whether_the_pointer_asks(qtbot, window):
    shown(qtbot, window, "gates")
    button = window.top_bar._question
    button.click()
    assert window.whats_this.is_on
    assert button.isChecked()
    button.click()
    assert not window.whats_this.is_on
    assert not button.isChecked()


def test_a_term_in_a_text_is_explained(qtbot, window):
    page = shown(qtbot, window, "gates")
    label = page.headline.findChild(QLabel)
    label.setText("the learning rate is 0.1")
    meaning = meaning_of(label, QCursor.pos())
    assert meaning.name == "learning rate"


_KINDS = {
    "gates": {"neuron": "A neuron", "table": "sum a", "legend": "The key"},
    "xor": {"table": "A table on its side"},
    "forward": {"product": "A product of matrices"},
    "playground": {"legend": "The key"},
    "digits": {"strip": "The layers", "canvas": "Paper"},
}


def _meant(view, scene_place):
    return meaning_at(view, view.stage.mapFromScene(scene_place))


@pytest.mark.parametrize("experiment_id", _KINDS)
def test_the_parts_of_a_picture_say_what_they_are_rather_than_what_it_says_as_a_whole(qtbot, experiment_id):
    view = opened_view(qtbot, experiment_id)
    whole = translate(view.experiment.headline(view.current.params, view.current.frame))
    said = set()
    for item in view.stage.ci.items:
        box = item.mapRectToScene(item.boundingRect())
        for across, down in itertools.product((0.25, 0.5, 0.75), repeat=2):
            place = QPointF(box.left() + across * box.width(), box.top() + down * box.height())
            meaning = _meant(view, place)
            if not isinstance(item, FittingWords | Plane):
                assert meaning.sentence != whole, type(item).__name__
            said.add(meaning.name)
    assert set(_KINDS[experiment_id].values()) <= said


def test_a_column_of_a_table_says_what_it_has_for_the_row(qtbot):
    view = opened_view(qtbot, "gates")
    table = next(item for item in view.stage.ci.items if isinstance(item, TableItem))
    below = table.size().height() / 5
    for row, value in enumerate(("−0.2", "0.3", "0.3", "0.8"), start=1):
        meaning = _meant(view, table.mapToScene(QPointF(0.27 * table.size().width(), (row + 0.5) * below)))
        assert meaning.name == "sum a" and f": {value} in this one" in meaning.sentence
    heading = _meant(view, table.mapToScene(QPointF(0.27 * table.size().width(), 0.5 * below)))
    assert heading.name == "sum a" and ":" not in heading.sentence


@pytest.mark.parametrize("experiment_id", ["gates", "playground"])
def test_a_point_says_what_its_place_and_mark_are_and_what_is_known_of_it(qtbot, experiment_id):
    view = opened_view(qtbot, experiment_id)
    points = view.points.scatter.data
    place = view.points.mapToScene(QPointF(points["x"][0], points["y"][0]))
    meaning, pixel = _meant(view, place), view.stage.mapToScene(view.stage.mapFromScene(place))
    assert meaning.name == "A sample" and meaning.sentence.startswith("Where it lies are its two values")
    assert meaning.sentence.endswith(translate(view.probe_at(pixel)))
