"""The stops of a computation as chips in a row with arrows between them; one is chosen, those before it are reached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPolygonF

from gui.plots.board.choosing import ChoosingItem
from gui.plots.drawing.api import PixelPainter, Role, brush, font, px, theme

_WIDEST = 190


class ChipsItem(ChoosingItem):
    """``chosen`` carries the value of a chip that a person chose, by click or by arrow keys."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: tuple[str, ...] = ()
        self._low = False

    def set_low(self, low: bool) -> None:
        """Leave the second lines out."""
        self._low = low
        self.measure()

    def show_notes(self, notes: Sequence[str]) -> None:
        """The second lines, one a chip."""
        self._notes = tuple(notes)
        self.update()

    def box(self, value: str) -> QRectF:
        """Where a chip is drawn, in the item's coordinates."""
        index = [name for name, _ in self.options].index(value)
        count = len(self.options)
        gap = float(px(26))
        width = min(float(px(_WIDEST)), (self.size().width() - 2 - gap * (count - 1)) / count)
        left = (self.size().width() - count * width - (count - 1) * gap) / 2
        return QRectF(left + index * (width + gap), 1, width, self.size().height() - 2)

    def measure(self) -> None:
        second = 0 if self._low else QFontMetricsF(font("notes")).height()
        self.take_room(px(240), QFontMetricsF(font("strong")).height() + px(8) + second, "across")

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        values = [value for value, _ in self.options]
        reached = values.index(self.value) if self.value in values else -1
        for index, (value, name) in enumerate(self.options):
            box = self.box(value)
            is_chosen = index == reached
            fill = colors.accent if is_chosen else colors.selection_fill if index < reached else colors.surface
            ink = colors.accent_text if is_chosen else colors.text if index < reached else colors.muted_text
            sketch.panel(box, fill, colors.control_outline, radius=px(6))
            if is_chosen and self.hasFocus():
                inset = px(2)
                sketch.focus(box.adjusted(inset, inset, -inset, -inset), px(5))
            note = self._notes[index] if index < len(self._notes) and not self._low else ""
            _draw_words(sketch, box, f"{index + 1} {name}", note, ink)
            if index:
                _draw_arrow(sketch, self.box(values[index - 1]).right(), box)


def _draw_words(sketch: PixelPainter, box: QRectF, name: str, note: str, ink: str) -> None:
    role: Role = "strong" if sketch.width_of(name, "strong") <= box.width() - px(6) else "notes"
    first, second = box, QRectF()
    if note:
        first = QRectF(box.left(), box.top() + px(3), box.width(), sketch.height_of("strong"))
        second = QRectF(box.left(), first.bottom(), box.width(), sketch.height_of())
    sketch.words(name, first, role, ink)
    sketch.words(note, second, color=ink)


def _draw_arrow(sketch: PixelPainter, start: float, box: QRectF) -> None:
    color = theme().control_outline
    y, foot, tip, side = box.center().y(), start + px(4), box.left() - px(4), px(4)
    sketch.line(QPointF(foot, y), QPointF(tip - side, y), color, 1.5)
    sketch.painter.setPen(Qt.PenStyle.NoPen)
    sketch.painter.setBrush(brush(color))
    base = tip - px(6)
    sketch.painter.drawPolygon(QPolygonF([QPointF(tip, y), QPointF(base, y - side), QPointF(base, y + side)]))
