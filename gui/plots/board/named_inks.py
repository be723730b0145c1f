"""A legend that is a control: what is drawn, each with its ink, name and newest number, and one of them is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from gui.plots.board.choosing import ChoosingItem
from gui.plots.drawing.pieces import CENTRE, LEFT, Role, Sketch, curve_color, curve_pen, font, scaled, theme

_SAMPLE, _GAP, _WIDEST = 26, 6, 150
_LEFT, _RIGHT, _NUMBER = 6, 4, "0.0000"
"""The margins of the words in their box, and a number for which there is room."""


@dataclass(frozen=True)
class NamedInk:
    """An option by its ``value``, in the ink of curve ``number``; the first of the ``notes`` that fits stands below."""

    value: str
    number: int
    notes: tuple[str, ...]


class NamedInks(ChoosingItem):
    """``show_inks`` says which of the options are drawn, and so can be chosen; they share the width between them."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self._inks: tuple[NamedInk, ...] = ()

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        self._names = dict(options)
        super().set_options(options)
        self.show_inks(self._inks)

    def show_inks(self, inks: Sequence[NamedInk]) -> None:
        """What is drawn, in this order."""
        self._inks = tuple(inks)
        self.options = tuple((ink.value, self._names[ink.value]) for ink in inks if ink.value in self._names)
        self.update()

    @property
    def inks(self) -> tuple[NamedInk, ...]:
        """What is drawn, in this order."""
        return self._inks

    def box(self, value: str) -> QRectF:
        gap, widths = scaled(_GAP), self._widths()
        index = [ink.value for ink in self._inks].index(value)
        return QRectF(1 + sum(widths[:index]) + index * gap, 1, widths[index], self.size().height() - 2)

    def _widths(self) -> list[float]:
        """All alike; where that is too narrow for the longest name, names that are shorter make way."""
        count = max(1, len(self._inks))
        room = self.size().width() - 2 - scaled(_GAP) * (count - 1)
        alike = min(float(scaled(_WIDEST)), room / count)
        advance, margins = QFontMetricsF(font("notes")).horizontalAdvance, scaled(_LEFT) + scaled(_RIGHT) + 1
        # A width does not depend on the number of the moment, or the boxes would move while a run goes on.
        needed = [margins + max(advance(self._names.get(ink.value, "")), advance(_NUMBER)) for ink in self._inks]
        spare = (room - sum(needed)) / count
        if max(needed, default=0.0) <= alike or spare < 0:
            return [alike] * count
        return [width + spare for width in needed]

    def measure(self) -> None:
        lines = QFontMetricsF(font("strong")).height() + QFontMetricsF(font("notes")).height()
        self.take_room(scaled(240), lines + scaled(6), "across")

    def draw(self, sketch: Sketch) -> None:
        colors = theme()
        for ink in self._inks:
            box, is_chosen = self.box(ink.value), ink.value == self.value
            fill, rim = (colors.selection_fill, colors.text) if is_chosen else (colors.surface, colors.hairline)
            sketch.panel(box, fill, rim, 1.5 if is_chosen else 1, radius=scaled(5))
            if is_chosen and self.hasFocus():
                sketch.frame(box.adjusted(3, 3, -3, -3), colors.accent, radius=scaled(3))
            self._draw_words(sketch, box.adjusted(scaled(_LEFT), scaled(2), -scaled(_RIGHT), -scaled(2)), ink)

    def _draw_words(self, sketch: Sketch, box: QRectF, ink: NamedInk) -> None:
        """The sample of the ink is left out where there is room for the name only."""
        name = self._names.get(ink.value, "")
        lead = scaled(_SAMPLE) + scaled(6)
        role: Role = "strong" if sketch.width_of(name, "strong") <= box.width() else "notes"
        first = QRectF(box.left(), box.top(), box.width(), sketch.height_of("strong"))
        second = QRectF(box.left(), first.bottom(), box.width(), sketch.height_of())
        needed = max(sketch.width_of(name, role), *(sketch.width_of(note) for note in ink.notes[-1:]))
        if needed + lead <= box.width():
            y = first.center().y()
            sketch.painter.setPen(curve_pen(ink.number, 2.6))
            sketch.painter.drawLine(QPointF(box.left(), y), QPointF(box.left() + scaled(_SAMPLE), y))
            first.setLeft(box.left() + lead)
            second.setLeft(first.left())
            align = LEFT
        else:
            align = CENTRE
        sketch.words(sketch.elided(name, first.width(), role), first, role, curve_color(ink.number), align)
        sketch.words(sketch.fitting(ink.notes, second.width()), second, color=theme().muted_text, align=align)
