"""A few results with their names, large enough to be read from afar, side by side or one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from gui.plots.drawing.api import LEFT, PixelPainter, Role, StageItem, font, pen, px, theme

_BAR, _COUNT = 4, 3


@dataclass(frozen=True)
class ReadOut:
    """A result as text, its name above, a note below; ``color`` is a theme's, of the curve that it belongs to.

    ``stressed`` sets the note in bold: it is what is to be noticed.
    """

    name: str
    value: str
    note: str
    color: str
    stressed: bool = False


class ReadOuts(StageItem):
    """``show_values`` for the results; figures are of one width, so that nothing moves while they change."""

    def __init__(self) -> None:
        super().__init__()
        self._values: tuple[ReadOut, ...] = ()
        self._upright = False
        self.restyle()

    def set_upright(self, upright: bool) -> None:
        """Have the results one above the other."""
        self._upright = upright
        self.restyle()

    def show_values(self, values: Sequence[ReadOut]) -> None:
        """The results in their order."""
        self._values = tuple(values)
        self.update()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        notes = QFontMetricsF(font("notes")).height()
        if self._upright:
            # Lines of Chinese fonts are higher than their characters; they may come closer where the stage is low.
            line = 0.8 * (notes + QFontMetricsF(font("headline")).height())
            self.take_room(px(112), _COUNT * line)
        else:
            self.take_room(px(240), 2 * notes + QFontMetricsF(_large()).height() + px(8), "across")

    def needed_width(self) -> float:
        """The room for the results one above the other, whatever their figures are at the moment."""
        names, numbers = QFontMetricsF(_bold("notes")), QFontMetricsF(_large())
        widest = max((names.horizontalAdvance(one.name) for one in self._values), default=0.0)
        return max(widest, numbers.horizontalAdvance("0.00e\N{MINUS SIGN}00")) + px(_BAR) + px(14)

    def shown_texts(self) -> list[str]:
        """Everything that is written, name by name.

        For whoever reads a stage from outside: Qt cannot tell painted words.
        """
        return [text for one in self._values for text in (one.name, one.value, one.note)]

    def draw(self, sketch: PixelPainter) -> None:
        across, down = (1, len(self._values)) if self._upright else (len(self._values), 1)
        for index, one in enumerate(self._values):
            width, height = sketch.box.width() / across, sketch.box.height() / down
            left, top = (0, index * height) if self._upright else (index * width, 0)
            _draw(sketch, QRectF(left, top, width - px(4), height - px(2)), one)


def _draw(sketch: PixelPainter, box: QRectF, one: ReadOut) -> None:
    colors = theme()
    sketch.fill(QRectF(box.left(), box.top() + 1, px(_BAR), box.height() - 2), one.color, radius=2)
    box = box.adjusted(px(_BAR) + px(6), 0, 0, 0)
    notes, large = sketch.height_of(), QFontMetricsF(_large()).height()
    fits = box.height() >= notes + large - 2
    face, middle = (_large(), large) if fits else (_bold("headline"), sketch.height_of("headline"))
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
