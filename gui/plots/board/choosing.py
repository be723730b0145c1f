"""The bases of controls on the stage that have several options in a row, one of them on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from gui.plots.drawing.stage_item import Control
from gui.style.typography import font, px

_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ChoosingItem(Control):
    """``chosen`` carries the value of an option that a person chose, by click or by arrow keys.

    A subclass says by ``box`` where each of the ``options`` is drawn, and by ``measure`` what room they need.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.options: tuple[tuple[str, str], ...] = ()
        """Values and their names."""
        self.value = ""

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Values and names in the language in use; takes fonts and colours anew."""
        self.options = tuple(options)
        self.measure()

    def show_value(self, value: str) -> None:
        """Show an option as chosen."""
        self.value = value
        self.update()

    def box(self, value: str) -> QRectF:
        """Where an option is drawn, in the item's coordinates."""
        raise NotImplementedError

    def measure(self) -> None:
        """Take the room for the options."""
        raise NotImplementedError

    def option_at(self, place: QPointF) -> str | None:
        """The value of the option that is drawn at a place of the item's coordinates."""
        return next((value for value, _ in self.options if self.box(value).contains(place)), None)

    def choose(self, value: str) -> None:
        """A person means this option."""
        if value != self.value:
            self.chosen.emit(value)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        value = self.option_at(event.pos())
        if value is not None:
            self.choose(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [value for value, _ in self.options]
        if event.key() not in _STEPS or self.value not in values:
            event.ignore()
            return
        index = values.index(self.value) + _STEPS[event.key()]
        if 0 <= index < len(values):
            self.choose(values[index])


class RowItem(ChoosingItem):
    """Options side by side, ``gap`` pixels apart, each as wide as its name with ``padding`` at both sides.

    It is there for the hand only: a figure that is exported does not show it.
    """

    in_figures = False
    gap, padding = 0, 12

    def box(self, value: str) -> QRectF:
        left = 1.0
        for (option, _), width in zip(self.options, self.widths(), strict=True):
            if option == value:
                return QRectF(left, 1, width, self.size().height() - 2)
            left += width + self.gap
        return QRectF()

    def measure(self) -> None:
        width = sum(self.widths()) + self.gap * max(0, len(self.options) - 1) + 2
        self.take_room(width, QFontMetricsF(font("text")).height() + px(8), "not")

    def widths(self) -> list[float]:
        """How wide each option is."""
        metrics = QFontMetricsF(font("text"))
        return [metrics.horizontalAdvance(name) + 2 * px(self.padding) for _, name in self.options]
