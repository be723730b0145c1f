"""How cells of numbers look wherever they stand: coloured by sign and size, with digits, lit, outlined, chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from engine.contract.text.numerals import format_alike
from engine.contract.text.text import as_written
from gui.plots.axes.keyed import KeyedChart
from gui.plots.drawing.api import PixelPainter, curve_color, pen, px, theme
from gui.plots.drawing.ink import readable_on, with_square_ends
from gui.style.contrast import blend

Place = tuple[int, int]
STEPS: dict[int, Place] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
"""By how many rows and columns an arrow key goes."""
_STRONGEST = 0.88
"""How much of a cell's ground is colour at the largest number."""
_ROUNDING = 1e-12
_STEPPED_BACK, _SHADE = 0.35, 0.15
_TERM_INKS = (1, 4, 3, 5)
"""The curves whose inks the terms of a sum have: none near that of a mistake."""


class CellGrid(KeyedChart):
    """Cell (row, column) of an array lies between those numbers and the next ones, row 0 on top; cells are squares.

    ``chosen`` carries (row, column) when a person moves the selection by keys; clicks are the view's, by the spot.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.values = np.zeros((1, 1))
        self.selected: Place | None = None
        self.vb.invertY(True)
        self.vb.setAspectLocked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in STEPS or self.selected is None:
            event.ignore()
            return
        place = tuple(one + step for one, step in zip(self.selected, STEPS[event.key()], strict=True))
        if all(0 <= one < size for one, size in zip(place, self.values.shape, strict=True)):
            self.chosen.emit(place)


def term_color(term: int) -> str | None:
    """The colour of the cells, and of the words, of a term from 1 on; None for what belongs to none."""
    return curve_color(_TERM_INKS[(term - 1) % len(_TERM_INKS)]) if term else None


def full_size(values: np.ndarray) -> float:
    """The size of a number that has the full colour among these: the largest, or 1 where all are 0 but for rounding."""
    most = float(np.max(np.abs(values[np.isfinite(values)]), initial=0.0))
    return most if most > _ROUNDING else 1.0


def fitting_digits(sketch: PixelPainter, values: np.ndarray, width: float, height: float) -> np.ndarray:
    """The digits of all cells, as many as the widest has room for; at the least one decimal, or none at all."""
    numbers = values.ravel()
    wordings = [format_alike(numbers, 3), format_alike(numbers, 2)]
    wordings += [[as_written(f"{number:.{decimals}f}") for number in numbers] for decimals in (2, 1)]
    has_height = sketch.height_of("number") <= height + 4
    fits = (
        texts
        for texts in wordings
        if has_height and max(sketch.width_of(text, "number") for text in texts) <= width - 4
    )
    return np.array(next(fits, [""] * values.size), dtype=object).reshape(values.shape)


def draw_cell(
    sketch: PixelPainter, box: QRectF, value: float, full: float, words: str, faded: bool = False, shaded: bool = False
) -> str:
    """A cell coloured by sign and size, ``full`` the size that has the full colour, with ``words`` in it.

    Gives its ground as it is seen: a faded one nearer to that of the plot, a ``shaded`` one, outside an array, in grey.
    """
    colors, seen = theme(), _signed_ground(value, full)
    if faded:
        seen = blend(colors.surface, seen, _STEPPED_BACK)
    if shaded:
        seen = blend(seen, colors.muted_text, _SHADE)
    # Mixed here and painted opaque: Qt takes more than ten times as long for a fill that is see-through.
    sketch.fill(box, seen)
    sketch.frame(box, colors.hairline)
    if words:
        inks = (colors.muted_text, colors.text) if faded else (colors.text, colors.surface)
        sketch.words(words, box, "number", readable_on(seen, *inks))
    return seen


def ink_on(value: float, full: float, signed: bool) -> str:
    """The ink that reads on a cell: ``signed`` in the colours of both signs, or else in ink on paper."""
    part = min(abs(value) / full, 1.0)
    ground = _signed_ground(value, full) if signed else blend(theme().raised, theme().text, part)
    return readable_on(ground, theme().text, theme().surface)


def _signed_ground(value: float, full: float) -> str:
    colors = theme()
    part = min(abs(value) / full, 1.0) * _STRONGEST if np.isfinite(value) else 0.0
    return blend(colors.surface, colors.positive if value > 0 else colors.negative, part)


def cells_in_sight(
    sketch: PixelPainter, box: QRectF, cell: float, rows: int, columns: int
) -> tuple[int, int, int, int]:
    """Of the cells in a box the first row that is shown and the one behind the last, and the same of columns."""
    shown = sketch.box.intersected(box)
    first_row, first = int((shown.top() - box.top()) / cell), int((shown.left() - box.left()) / cell)
    last_row, last = int((shown.bottom() - box.top()) / cell), int((shown.right() - box.left()) / cell)
    return first_row, min(last_row + 1, rows), first, min(last + 1, columns)


def draw_lines_between(sketch: PixelPainter, box: QRectF, cell: float, in_sight: tuple[int, int, int, int]) -> None:
    """Lines between the cells in a box that are ``in_sight``, in one stroke: there may be thousands."""
    first_row, last_row, first, last = in_sight
    xs = [box.left() + cell * column for column in range(first, last + 1)]
    ys = [box.top() + cell * row for row in range(first_row, last_row + 1)]
    lines = [QLineF(x, ys[0], x, ys[-1]) for x in xs] + [QLineF(xs[0], y, xs[-1], y) for y in ys]
    sketch.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    sketch.painter.setPen(with_square_ends(pen(theme().hairline)))
    sketch.painter.drawLines(lines)
    sketch.painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def draw_cross(sketch: PixelPainter, box: QRectF) -> None:
    """A cell that plays no part is crossed out."""
    inner = box.adjusted(2, 2, -2, -2)
    for ends in ((inner.topLeft(), inner.bottomRight()), (inner.bottomLeft(), inner.topRight())):
        sketch.line(*ends, theme().muted_text, 1.2)


def draw_marks(
    sketch: PixelPainter,
    box_of: Callable[..., QRectF],
    lit: Mapping[Place, int],
    outlined: Collection[Place],
    selected: Place | None,
    focused: bool,
) -> None:
    """The frames of cells that stand out, of a mistake, and of the one that is chosen; the ring of the keys around it.

    A lit cell has the colour of the term of a sum that it belongs to, and its number where there is room; 0 is a cell
    that belongs to none, or to all.
    """
    colors = theme()
    for place, term in lit.items():
        box = box_of(*place).adjusted(1, 1, -1, -1)
        color = term_color(term)
        if color is None:
            color = colors.selection
            sketch.seen_frame(box, color, px(2.5))
        else:
            sketch.frame(box, color, px(2.5))
        if term and box.height() > 1.5 * sketch.height_of("number"):
            wide = max(0.9 * sketch.height_of(), sketch.width_of(str(term), bold=True) + px(4))
            tag = QRectF(box.left(), box.top(), wide, sketch.height_of())
            sketch.fill(tag, color)
            sketch.words(str(term), tag, color=colors.surface, bold=True)
    for place in outlined:
        sketch.frame(box_of(*place).adjusted(1, 1, -1, -1), colors.wrong, px(2))
    if selected is not None:
        sketch.frame(box_of(*selected).adjusted(1, 1, -1, -1), colors.text, px(3))
        if focused:
            sketch.focus(box_of(*selected))
