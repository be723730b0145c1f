"""One line under the stage: how far something long has come, or what the engine says of the place under the pointer."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from engine.contract.run.protocol import Progress
from engine.contract.text.text import Text
from gui.style.appearance import appearance, connect_while_visible
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain_label import PlainLabel
from gui.style.still import Still
from gui.style.tokens import GRID
from gui.style.typography import font

_STAY = Text("Esc stays here")


class ProbeLine(Still):
    """Keeps its height when there is nothing to say, so that the stage does not jump."""

    def __init__(self) -> None:
        self._words = PlainLabel()
        super().__init__(self._words)
        self._text: Text | None = None
        self._progress: Progress | None = None
        self._words.setContentsMargins(GRID, 0, GRID, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._restyle()
        connect_while_visible(self, appearance().changed, self._restyle)

    def text(self) -> str:
        """What is said at the moment."""
        return self._words.text()

    def show_text(self, text: Text | None) -> None:
        """What is to be said of a place, or None."""
        self._text = text
        self._write()

    def show_progress(self, progress: Progress | None) -> None:
        """How far something has come; None when it is done."""
        if progress is not None or self._progress is not None:
            self._progress = progress
            self._write()

    def _write(self) -> None:
        text = self._progress.text if self._progress is not None else self._text
        words = translate(text) if text is not None else ""
        if self._progress is not None and self._progress.stoppable:
            words += " · " + translate(_STAY)
        elif self._progress is not None and self._progress.fraction is not None:
            words += f" {self._progress.fraction:.0%}"
        self._words.setText(words)

    def _restyle(self) -> None:
        self._words.setFont(font("notes"))
        use_secondary_ink(self._words)
        self.setFixedHeight(self._words.fontMetrics().height() + GRID // 2)
        self._write()
