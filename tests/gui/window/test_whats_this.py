"""What is this?: everything says in a sentence what it is, by the pointer and by keys, and nothing else happens."""

from __future__ import annotations

import itertools
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget

from engine.contract.language import LANGUAGES
from engine.glossary import term
from gui.form.controls.base import Control
from gui.page.field_help import meaning_of
from gui.panels.data.sheet import Sheet
from gui.plots.board.table import FittingWords, TableItem
from gui.plots.plane.plane import Plane
from gui.stage.accessible.help_texts import meaning_at
from gui.style.language import set_language, translate
from gui.window import words
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


def test_the_menu_shows_whether_the_pointer_asks(qtbot, window):
    shown(qtbot, window, "gates")
    menu = window.actions_of_window.menu
    action = next(one for command, one in window.actions_of_window.actions if command.name == words.WHAT_IS_THIS)
    for is_on in (True, False):
        action.trigger()
        assert window.whats_this.is_on is is_on
        menu.aboutToShow.emit()
        assert action.isChecked() is is_on
        menu.aboutToHide.emit()


def test_a_term_in_a_text_is_explained(qtbot, window):
    page = shown(qtbot, window, "gates")
    label = page.headline.findChild(QLabel)
    label.setText("the learning rate is 0.1")
    meaning = meaning_of(label, QCursor.pos())
    assert meaning.name == "learning rate"


_TEXTS = {
    "en": (
        ("A ", ""), ("learning rate", "learning_rate"), (" for a biased ", ""), ("bias", "bias"), (" and all ", ""),
        ("Weights", "weight"), (": the ", ""), ("gradient", "gradient"), (" by ", ""), ("gradients", "gradient"),
        ("-", ""), ("bias", "bias"),
    ),
    "zh_CN": (
        ("用", ""), ("学习率", "learning_rate"), ("梯度", "gradient"), ("和", ""), ("偏置", "bias"),
        ("权重", "weight"), ("，", ""), ("梯度", "gradient"),
    ),
    "ja": (
        ("まず", ""), ("学習率", "learning_rate"), ("勾配", "gradient"), ("と", ""), ("バイアス", "bias"),
        ("重み", "weight"), ("、", ""), ("勾配", "gradient"),
    ),
}  # fmt: skip
"""Texts in pieces, each with the term that it names; where names follow one another, no sign is between them."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_at_every_sign_of_a_text_the_term_is_explained_whose_name_covers_it(qtbot, code):
    """And of no other: not in the middle of a word, nor beside a name, nor behind the end of the line."""
    set_language(code)
    whole = QWidget()
    qtbot.addWidget(whole)
    edit = QTextEdit(whole)
    edit.resize(900, 100)
    edit.setPlainText("".join(piece for piece, _ in _TEXTS[code]))
    whole.show()
    expected = [term_id for piece, term_id in _TEXTS[code] for _ in piece]
    lefts = []
    for column in range(len(expected) + 1):
        cursor = edit.textCursor()
        cursor.setPosition(column)
        lefts.append(edit.cursorRect(cursor).center())
    behind = lefts[-1] + QPoint(60, 0)
    found = []
    for left, right in pairwise([*lefts, behind]):
        for share in (0.3, 0.7):
            spot = QPoint(round(left.x() + share * (right.x() - left.x())), left.y())
            meaning = meaning_of(edit, edit.viewport().mapToGlobal(spot))
            found.append(meaning.name if meaning is not None else "")
    assert found == [translate(term(one).name) if one else "" for one in [*expected, ""] for _ in range(2)]


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
