"""A few results with their names, large enough to be read from afar, side by side or one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from gui.plots.drawing.api import LEFT, PixelPainter, Role, StageItem, font, pen, px, theme

_BAR, _COUNT = 4, 3
_INDENT, _APART = 6, 4
"""Pixels between the coloured bar of a result and its text, and between two results."""


@dataclass(frozen=True)
class ReadOut:
    """A result as text, with its name above and a note below; ``color`` is the theme colour of the name and the bar
    beside it.

    ``stressed`` sets the note in bold.
    """

    name: str
    value: str
    note: str
    color: str
    stressed: bool = False


class ReadOuts(StageItem):
    """A row or column of results; digits have equal width, so that nothing moves while they change."""

    def __init__(self) -> None:
        super().__init__()
        self._values: tuple[ReadOut, ...] = ()
        self._upright = False
        self.restyle()

    def set_upright(self, upright: bool) -> None:
        """Place the results one above the other (True) or side by side."""
        self._upright = upright
        self.restyle()

    def show_values(self, values: Sequence[ReadOut]) -> None:
        """Show the results in this order."""
        self._values = tuple(values)
        self.update()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        notes = QFontMetricsF(font("notes")).height()
        if self._upright:
            # Lines of Chinese fonts are higher than their characters; they may come closer where the stage is low.
            line = 0.8 * (notes + QFontMetricsF(font("headline")).height())
            self.take_room(px(112), _COUNT * line)
        else:
            self.take_room(px(240), 2 * notes + QFontMetricsF(_large()).height() + px(8), "across")

    def needed_width(self) -> float:
        """The width that results placed one above the other need, whatever their present digits."""
        names, numbers = QFontMetricsF(_bold("notes")), QFontMetricsF(_large())
        widest = max((names.horizontalAdvance(one.name) for one in self._values), default=0.0)
        return max(widest, numbers.horizontalAdvance("0.00e\N{MINUS SIGN}00")) + px(_BAR) + px(14)

    def shown_texts(self) -> list[str]:
        """All texts of the results, name by name.

        For code that reads a stage from outside, since Qt cannot return painted words.
        """
        return [text for one in self._values for text in (one.name, one.value, one.note)]

    def draw(self, sketch: PixelPainter) -> None:
        across, down = (1, len(self._values)) if self._upright else (len(self._values), 1)
        width, height = sketch.box.width() / max(1, across), sketch.box.height() / max(1, down)
        face, widths = self._fitting(sketch, width, height)
        left = top = 0.0
        for one, wide in zip(self._values, widths, strict=True):
            _draw(sketch, QRectF(left, top, wide - px(_APART), height - px(2)), one, face)
            left, top = (0.0, top + height) if self._upright else (left + wide, 0.0)

    def _fitting(self, sketch: PixelPainter, width: float, height: float) -> tuple[QFont, list[float]]:
        """The largest font in which no value is cut off, and the width of each result. Widths are equal if that is
        enough; otherwise each result gets what it needs and an equal share of the rest.
        """
        low = height - px(2) < sketch.height_of() + QFontMetricsF(_large()).height() - 2
        faces = [_bold("headline"), _bold("notes")] if low else [_large(), _bold("headline"), _bold("notes")]
        alike = [width] * len(self._values)
        for face in faces:
            needs = [self._need(one, face) for one in self._values]
            if max(needs, default=0.0) <= width:
                break
            spare = sum(alike) - sum(needs)
            if not self._upright and spare >= 0:
                return face, [need + spare / len(needs) for need in needs]
        return face, alike

    def _need(self, one: ReadOut, face: QFont) -> float:
        """The width of a result without cutting off its name or its value; the note may be cut off."""
        names, numbers = QFontMetricsF(_bold("notes")), QFontMetricsF(face)
        words = max(names.horizontalAdvance(one.name), numbers.horizontalAdvance(one.value))
        return words + px(_BAR) + px(_INDENT) + px(_APART) + 1


def _draw(sketch: PixelPainter, box: QRectF, one: ReadOut, face: QFont) -> None:
    colors = theme()
    sketch.fill(QRectF(box.left(), box.top() + 1, px(_BAR), box.height() - 2), one.color, radius=2)
    box = box.adjusted(px(_BAR) + px(_INDENT), 0, 0, 0)
    notes, middle = sketch.height_of(), QFontMetricsF(face).height()
    lines = [(one.name, _bold("notes"), one.color, notes), (one.value, face, colors.text, middle)]
    if box.height() >= 2 * notes + middle - 2:
        note = _bold("notes") if one.stressed else font("notes")
        lines.append((one.note, note, colors.text if one.stressed else colors.muted_text, notes))
    spare = box.height() - sum(line[3] for line in lines)
    row = QRectF(box.left(), box.top() + min(spare / 2, px(4)), box.width(), 0)
    for text, face, color, height in lines:
        row.setHeight(height)
        sketch.painter.setFont(face)
        sketch.painter.setPen(pen(color))
        words = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, row.width())
        sketch.painter.drawText(row, LEFT, words)
        row.moveTop(row.bottom())


def _large() -> QFont:
    made = _bold("headline")
    made.setPixelSize(px(22))
    return made


def _bold(role: Role) -> QFont:
    made = font(role)
    made.setBold(True)
    return made
