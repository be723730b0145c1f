"""A stop of Tab for what a pointer chooses by a click on one of many points: shown only while it has the keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent

from gui.plots.drawing.api import PixelPainter, font, px, theme
from gui.plots.drawing.stage_item import Control

_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Home: -1_000_000,
    Qt.Key.Key_End: 1_000_000,
}  # fmt: skip


class StepChip(Control):
    """``stepped`` carries by how many points to go on: arrows by one, Home and End to the first and the last."""

    in_figures = False
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        # Above all that is drawn, and nothing that a pointer could meet.
        self.setZValue(200)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setAcceptHoverEvents(False)

    def show_words(self, words: str) -> None:
        """What is chosen, in words."""
        if words != self.words:
            self.words = words
            self.restyle()

    def restyle(self) -> None:
        """Take the room for the words."""
        metrics = QFontMetricsF(font("text"))
        self.resize(metrics.horizontalAdvance(f"◂ {self.words} ▸") + px(20), metrics.height() + px(8))
        self.update()

    def draw(self, sketch: PixelPainter) -> None:
        if self.hasFocus():
            box = QRectF(2, 2, self.size().width() - 4, self.size().height() - 4)
            sketch.panel(box, theme().raised, theme().control_outline, radius=4)
            sketch.words(f"◂ {self.words} ▸", box, "text")
            sketch.focus(box, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self.stepped.emit(_STEPS[event.key()])
        else:
            event.ignore()
