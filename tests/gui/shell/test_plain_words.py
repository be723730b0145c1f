"""What comes from outside is shown letter by letter: no name of a file and nothing typed is taken for HTML."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from engine.data.idx import idx_bytes
from gui.form.number_box import NumberBox
from gui.shell.faults import Faults
from gui.style.plain_tip import plain_tip
from tests.gui.shell.shown import shown

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
    assert tip == text
