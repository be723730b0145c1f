"""The dialog with what the learner still knows: sentences, two small plots if there are figures, and a file to save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from engine.contract.text import Text
from gui.learner.interval_plot import IntervalPlot
from gui.learner.stays_file import SUFFIX, figures_of, figures_text
from gui.learner.stays_words import rows_of, told
from gui.learner.what_stays import WhatStays
from gui.panels.wrapped import wrapped_label
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words
from gui.window.dialogs import ask_where_to_save
from gui.window.regions import PageArea

_FIRST, _SECOND = Text("Right, of questions with new numbers"), Text("Right, by how sure you were")
_HERE = Text("Computed from your answers, which stay on this computer. Lines: where the true share lies, by 95%.")
_SAVE = Text("Save the figures…")
_WHAT_IS_SAVED = Text("This and nothing else is written:")
_FILTER = Text("Figures (*.stays.json)")


class WhatStaysDialog(QDialog):
    """Shows a learner's figures; deleted when closed. ``write(path, text)`` writes the file to hand over, whose text is
    shown before it is saved.
    """

    def __init__(self, stays: WhatStays, folder: Path, write: Callable[[Path, str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate(words.WHAT_STAYS))
        self._folder, self._write = folder, write
        self.text = figures_text(figures_of(stays))
        self.sentences = wrapped_label()
        self.sentences.setText("\n".join(translate(one) for one in told(stays)))
        self.sentences.setFont(font("text"))
        self.plots = [IntervalPlot(), IntervalPlot()]
        page, area = QWidget(), PageArea()
        column = QVBoxLayout(page)
        column.setSpacing(px(GRID))
        column.addWidget(self.sentences)
        for plot, title, rows in zip(self.plots, (_FIRST, _SECOND), rows_of(stays), strict=True):
            heading = PlainLabel(translate(title))
            heading.setFont(font("strong"))
            heading.setVisible(bool(rows))
            column.addWidget(heading)
            column.addWidget(plot)
            plot.show_rows(title, rows)
        self.note = wrapped_label()
        self.note.setFont(font("notes"))
        self.note.setText(translate(_HERE))
        self.note.setVisible(not stays.is_empty)
        column.addWidget(self.note)
        self.what_is_saved, self.shown = wrapped_label(), wrapped_label()
        self.what_is_saved.setText(translate(_WHAT_IS_SAVED))
        self.shown.setText(self.text)
        self.what_is_saved.setFont(font("text"))
        self.shown.setFont(font("code"))
        for label in (self.what_is_saved, self.shown):
            label.hide()
            column.addWidget(label)
        column.addStretch(1)
        area.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.save_button = QPushButton(translate(_SAVE))
        self.save_button.clicked.connect(self._save)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        # Only now: the box shows what is added to it.
        self.save_button.setVisible(not stays.is_empty)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area)
        layout.addWidget(buttons)

    def sizeHint(self) -> QSize:
        return QSize(px(640), px(560))

    def _save(self) -> None:
        """Show the text to be saved; when clicked again, ask for the file."""
        if self.shown.isHidden():
            self.what_is_saved.show()
            self.shown.show()
            return
        start = self._folder / f"layerwise{SUFFIX}"
        path = ask_where_to_save(self, _SAVE, start, translate(_FILTER), _completed)
        if path is not None:
            self._write(path, self.text)


def _completed(path: Path, _: str) -> Path:
    return path if path.name.endswith(SUFFIX) else path.with_name(path.name + SUFFIX)
