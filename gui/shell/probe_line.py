"""One line under the stage: how far something long has come, or what the engine says of the place under the pointer."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.contract.protocol import Progress
from engine.contract.text import Text
from gui.style.appearance import appearance, follow
from gui.style.foreground import mute
from gui.style.language import show
from gui.style.plain_label import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font

_STAY = Text("Esc stays here")


class ProbeLine(PlainLabel):
    """Keeps its height when there is nothing to say, so that the stage does not jump."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._text: Text | None = None
        self._progress: Progress | None = None
        self.setContentsMargins(GRID, 0, GRID, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._restyle()
        follow(self, appearance().changed, self._restyle)

    def show_text(self, text: Text | None) -> None:
        """What is to be said of a place, or None."""
        self._text = text
        self._write()

    def show_progress(self, progress: Progress | None) -> None:
        """How far something has come; None when it is done."""
        self._progress = progress
        self._write()

    def _write(self) -> None:
        text = self._progress.text if self._progress is not None else self._text
        words = show(text) if text is not None else ""
        if self._progress is not None and self._progress.stoppable:
            words += " · " + show(_STAY)
        elif self._progress is not None and self._progress.fraction is not None:
            words += f" {self._progress.fraction:.0%}"
        self.setText(words)

    def _restyle(self) -> None:
        self.setFont(font("notes"))
        mute(self)
        self.setFixedHeight(self.fontMetrics().height() + GRID // 2)
        self._write()
