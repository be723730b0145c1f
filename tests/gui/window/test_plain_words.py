"""What comes from outside is shown letter by letter: no name of a file and nothing typed is taken for HTML."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from engine.contract.table import Column, Table
from engine.data.idx import idx_bytes
from gui.app.faults import Faults
from gui.form.widgets.number_box import NumberBox
from gui.panels.data.sheet import TableModel
from gui.style.plain import letters_of, plain_tip
from gui.window.dialogs import question_box
from tests.gui.window.shown import shown

MARKUP = '<img src="/nowhere.png">'


def _interpreted(window: QWidget) -> list[str]:
    """Labels and tooltips in which Qt would read ``MARKUP`` as HTML."""
    widgets = window.findChildren(QWidget)
    labels = [one for one in widgets if isinstance(one, QLabel) and one.textFormat() != Qt.TextFormat.PlainText]
    texts = [label.text() for label in labels] + [widget.toolTip() for widget in widgets]
    return [text for text in texts if "<img" in text]


def _everywhere(window: QWidget) -> str:
    widgets = window.findChildren(QWidget)
    return "\n".join([one.text() for one in widgets if isinstance(one, QLabel)] + [one.toolTip() for one in widgets])


def test_in_a_session(qtbot, window, tmp_path):
    shown(qtbot, window, "gates")
    folder = tmp_path / "<b>"
    folder.mkdir()
    path = folder / "session.json"
    path.write_text(json.dumps({"layerwise": 1, "experiment": MARKUP}), encoding="utf-8")
    window.files.open_path(path)
    assert MARKUP in _everywhere(window) and not _interpreted(window)


def test_in_a_number_box(qtbot, window):
    page = shown(qtbot, window, "gates")
    for box in page.findChildren(NumberBox):
        box.setText(MARKUP)
        box.entered.emit(MARKUP)
    assert MARKUP in _everywhere(window) and not _interpreted(window)


def test_in_the_name_of_a_file(qtbot, window, tmp_path):
    page = shown(qtbot, window, "digits")
    path = tmp_path / MARKUP.replace("/", "")
    path.write_bytes(idx_bytes(np.zeros((2, 28, 28), dtype=np.uint8)))
    page.editor.change({"view": "test", "images": str(path)})
    assert path.name in _everywhere(window) and not _interpreted(window)
    page.editor.undo_stack.undo()
    assert not _interpreted(window)


@pytest.mark.logs
def test_in_a_fault(qtbot, window, tmp_path):
    faults = Faults(tmp_path / "log.txt")
    faults.window = window
    window.show()
    faults.report(f"KeyError: {MARKUP}", "details")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    dialog = window.findChild(QMessageBox)
    assert MARKUP in dialog.text() and dialog.textFormat() == Qt.TextFormat.PlainText
    dialog.close()


@pytest.mark.parametrize("text", ["plain", "a < b", "1\n2", MARKUP, "<b>bold</b> & more", "&lt;"])
def test_a_tip_shows_its_letters(text):
    tip = plain_tip(text)
    if Qt.mightBeRichText(tip):
        document = QTextDocument()
        document.setHtml(tip)
        tip = document.toPlainText()
    assert tip == text and letters_of(plain_tip(text)) == text


def test_in_the_name_of_a_pinned_run(qtbot, window):
    page = shown(qtbot, window, "descent")
    qtbot.waitUntil(lambda: window.runner.is_settled)
    if not page.experiment.has_course(page.editor.params):
        page.editor.change({"view": "train"})
        qtbot.waitUntil(lambda: window.runner.is_settled)
    page.pin()
    (card,) = page.shelf_row.cards
    card.renamed.emit(MARKUP)
    (card,) = page.shelf_row.cards
    assert card.name == MARKUP and not _interpreted(window)


def test_in_a_question_about_a_file(qtbot, window):
    box = question_box(window, MARKUP, f"<b>{MARKUP}")
    box.open()
    labels = [one for one in box.findChildren(QLabel) if "<img" in one.text()]
    assert len(labels) == 2 and not _interpreted(box)
    box.close()


def test_in_a_cell_of_a_table(qtbot):
    model = TableModel()
    model.set_table(Table("t", (Column("a", [MARKUP]),)))
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert letters_of(tip) == MARKUP and tip == plain_tip(MARKUP)


_ALLOWED = {
    "gui/style/plain.py": "is it",
    "gui/window/dialogs.py": "is it",
    "gui/app/faults.py": "sets it itself",
    "gui/learner/overview.py": "shows the program's own words only",
}


def test_no_label_and_no_question_of_the_window_guesses_what_its_words_are():
    root = Path(__file__).parents[3]
    guessing = [
        f"{path.relative_to(root).as_posix()}:{node.lineno}"
        for path in sorted((root / "gui").rglob("*.py"))
        if path.relative_to(root).as_posix() not in _ALLOWED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("QLabel", "QMessageBox"))
        or (isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "QLabel" for base in node.bases))
    ]
    assert not guessing, f"use PlainLabel or question_box: {guessing}"
