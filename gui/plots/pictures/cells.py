"""The look of cells with values: coloured by sign and size, with digits, highlighted, outlined, selected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter

from engine.contract.numerals import format_alike
from engine.contract.text import as_written
from gui.plots.axes.chart import KeyedChart
from gui.plots.drawing.api import PixelPainter, PlotOverlay, curve_color, font, pen, px, theme
from gui.plots.drawing.ink import readable_on, with_square_ends
from gui.style.foreground import blend

CellIndex = tuple[int, int]
STEPS: dict[int, CellIndex] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
"""The step in (rows, columns) of each arrow key."""
_STRONGEST = 0.88
"""The share of the sign's colour in the background of the cell with the largest absolute value."""
_NUDGE = _ROUNDING = 1e-12
_ALMOST_NONE = "≈0"
_MARGIN, _TIGHT = 4, 1
"""Pixels of a cell's width that its digits leave free, usually and in a narrow cell."""
_STEPPED_BACK, _SHADE = 0.35, 0.15
_TERM_INKS = (1, 4, 3, 5)
"""The curve styles whose colours the terms of a sum have; none is similar to the colour of mistakes."""


class CellGrid(KeyedChart):
    """The base of grids of square cells: cell (row, column) lies at x from column to column + 1 and y from row to row +
    1, with row 0 on top.

    ``chosen`` carries (row, column) when arrow keys move the selection; clicks are handled by the view.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.values = np.zeros((1, 1))
        self.selected: CellIndex | None = None
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
    """The colour for the cells and words of a term of a sum, whose number counts from 1; None for 0, which means no
    term.
    """
    return curve_color(_TERM_INKS[(term - 1) % len(_TERM_INKS)]) if term else None


def full_size(values: np.ndarray) -> float:
    """The absolute value that has the full colour: the largest one, or 1 if all values are 0 up to rounding."""
    most = float(np.max(np.abs(values[np.isfinite(values)]), initial=0.0))
    return most if most > _ROUNDING else 1.0


def fitting_digits(sketch: PixelPainter, values: np.ndarray, width: float, height: float) -> np.ndarray:
    """The texts of all cells, with as many digits as fit for the widest; at least one decimal, or all empty.

    A value that is not 0 never reads 0: if the decimals do not suffice, it is written like 2e−7, or ≈0 in a narrow
    cell. Halves are rounded away from 0, as by hand: means of four would otherwise read 0.2 for 0.25, but 1.8 for 1.75.
    """
    numbers = values.ravel() * (1 + _NUDGE)
    wordings = [format_alike(numbers, 3), format_alike(numbers, 2)]
    if any(_reads_zero(number, 2) and not _reads_zero(number, 3) for number in numbers):
        wordings.append(_to_decimals(numbers, 3))
    wordings += [_to_decimals(numbers, 2), _to_decimals(numbers, 1)]
    # Rather a tight cell than one that does not tell its number.
    choices = [(one, _MARGIN) for one in wordings] + [(one, _TIGHT) for one in wordings[2:]]
    choices += [(_to_decimals(numbers, decimals, _ALMOST_NONE), _MARGIN) for decimals in (2, 1)]
    has_height = sketch.height_of("number") <= height + _MARGIN
    fits = (
        texts
        for texts, margin in choices
        if has_height and max(sketch.width_of(text, "number") for text in texts) <= width - margin
    )
    return np.array(next(fits, [""] * values.size), dtype=object).reshape(values.shape)


def _reads_zero(number: float, decimals: int) -> bool:
    """Whether a value that is not 0, even up to rounding errors, reads 0 with this number of decimals."""
    return abs(number) > _ROUNDING and float(f"{number:.{decimals}f}") == 0


def _to_decimals(numbers: np.ndarray, decimals: int, instead: str = "{:.0e}") -> list[str]:
    """The values as text with this number of decimals; ``instead`` is the format of those that would read 0."""
    usual = f"{{:.{decimals}f}}"
    return [as_written((instead if _reads_zero(number, decimals) else usual).format(number)) for number in numbers]


def draw_cell(
    sketch: PixelPainter, box: QRectF, value: float, full: float, words: str, faded: bool = False, shaded: bool = False
) -> str:
    """Draw a cell with ``words``, coloured by the sign and size of its value; the absolute value ``full`` has the full
    colour.

    Returns the background drawn: paler if ``faded``, greyer if ``shaded``, for a cell outside an array.
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


def number_box(sketch: PixelPainter, cell: QRectF, words: str) -> QRectF:
    """The box that the words in the middle of a cell take."""
    width, height = sketch.width_of(words, "number"), sketch.height_of("number")
    return QRectF(cell.center().x() - width / 2, cell.center().y() - height / 2, width, height)


def ink_on(value: float, full: float, signed: bool) -> str:
    """The text colour that is readable on a cell's background, given its ``value`` and the absolute value ``full`` that
    has the full colour.

    If ``signed``, the background is coloured by sign, otherwise a grey between the colours of paper and ink.
    """
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
    """The range of visible cells of a grid that fills a box: first row, end of rows, first column, end of columns.

    ``cell`` is the side of a cell in pixels; the ends are exclusive.
    """
    shown = sketch.box.intersected(box)
    first_row, first = int((shown.top() - box.top()) / cell), int((shown.left() - box.left()) / cell)
    last_row, last = int((shown.bottom() - box.top()) / cell), int((shown.right() - box.left()) / cell)
    return first_row, min(last_row + 1, rows), first, min(last + 1, columns)


def draw_lines_between(sketch: PixelPainter, box: QRectF, cell: float, in_sight: tuple[int, int, int, int]) -> None:
    """Draw lines between the cells ``in_sight`` as one stroke, since there may be thousands."""
    first_row, last_row, first, last = in_sight
    xs = [box.left() + cell * column for column in range(first, last + 1)]
    ys = [box.top() + cell * row for row in range(first_row, last_row + 1)]
    lines = [QLineF(x, ys[0], x, ys[-1]) for x in xs] + [QLineF(xs[0], y, xs[-1], y) for y in ys]
    sketch.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    sketch.painter.setPen(with_square_ends(pen(theme().hairline)))
    sketch.painter.drawLines(lines)
    sketch.painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def draw_cross(sketch: PixelPainter, box: QRectF) -> None:
    """Draw a cross over a cell that is not used."""
    inner = box.adjusted(2, 2, -2, -2)
    for ends in ((inner.topLeft(), inner.bottomRight()), (inner.bottomLeft(), inner.topRight())):
        sketch.line(*ends, theme().muted_text, 1.2)


def draw_marks(
    sketch: PixelPainter,
    box_of: Callable[..., QRectF],
    lit: Mapping[CellIndex, int],
    outlined: Collection[CellIndex],
    selected: CellIndex | None,
    focused: bool,
    texts: Mapping[CellIndex, str] = MappingProxyType({}),
) -> None:
    """Draw the frames of highlighted, outlined and selected cells, and the focus ring around the selected one.

    ``lit`` maps a cell to the number of the term of a sum that it belongs to; 0 is for a cell that belongs to no term,
    or to all. The frame has the term's colour, and shows its number if there is room beside the cell's text in
    ``texts``.
    """
    colors = theme()
    for place, term in lit.items():
        box = box_of(*place).adjusted(1, 1, -1, -1)
        color = term_color(term)
        if color is None:
            color = colors.selection
            sketch.seen_frame(box, color, 2)
        else:
            sketch.frame(box, color, 2)
        if term and box.height() > 1.5 * sketch.height_of("number"):
            wide = max(0.9 * sketch.height_of(), sketch.width_of(str(term), bold=True) + px(4))
            tag = QRectF(box.left(), box.top(), wide, sketch.height_of())
            if tag.intersects(number_box(sketch, box, texts.get(place, ""))):
                continue
            sketch.fill(tag, color)
            sketch.words(str(term), tag, color=colors.surface, bold=True)
    for place in outlined:
        sketch.frame(box_of(*place).adjusted(1, 1, -1, -1), colors.wrong, 2)
    if selected is not None:
        sketch.frame(box_of(*selected).adjusted(1, 1, -1, -1), colors.text, 3)
        if focused:
            sketch.focus(box_of(*selected))


class CellPicture(CellGrid):
    """A grid of cells with digits if even the longest text fits, otherwise only with colours.

    Values without digits can be read in the tooltip and the table. Of values like 0.25, a row of 900 pixels has room
    for 26 at a zoom of 100 %. If a view sets its own ``texts``, they must fit in a large window, in several lines if
    need be.
    """

    def __init__(self) -> None:
        super().__init__()
        self.has_own_words = False
        self._cells = _Cells(self)
        self.put(self._cells)

    def show_cells(
        self,
        values: np.ndarray,
        texts: Sequence[Sequence[str]] | None = None,
        *,
        most: float | None = None,
        lit: Collection[CellIndex] = (),
        outlined: Collection[CellIndex] = (),
        selected: CellIndex | None = None,
    ) -> None:
        """Show values (rows, columns); ``texts`` replaces their digits, ``most`` is the absolute value that has the
        full colour.

        ``lit`` cells are highlighted and all others faded, ``outlined`` ones have a frame in the colour of a mistake,
        the cell ``selected`` a frame in that of the selection.
        """
        self.values, self.selected = np.asarray(values), selected
        self.has_own_words = texts is not None
        if texts is None:
            texts = [format_alike(row) for row in self.values]
        self._cells.show(self.values, texts, most, frozenset(lit), frozenset(outlined), selected)
        rows, columns = self.values.shape
        self.vb.setRange(QRectF(0, 0, columns, rows), padding=0.02)

    def words_fit(self) -> bool:
        """Whether the cells are large enough to show their digits or other texts."""
        return self._cells.words_fit(self.cell_box(0, 0).width())

    def cell_box(self, row: int, column: int) -> QRectF:
        """The rectangle of a cell, in scene coordinates."""
        return self.vb.mapViewToScene(QRectF(column, row, 1, 1)).boundingRect()


class _Cells(PlotOverlay):
    """The overlay of cells with their digits, and of the frames around them."""

    def __init__(self, picture: CellPicture) -> None:
        super().__init__()
        self._picture = picture

    def show(self, values: np.ndarray, texts: Sequence[Sequence[str]], *marks: object) -> None:
        shown = tuple(tuple(float(value) for value in row) for row in values)
        self.show_state(shown, tuple(tuple(row) for row in texts), *marks)

    def words_fit(self, side: float) -> bool:
        """Whether cells of this side length in pixels have room for the longest text."""
        metrics = QFontMetricsF(font("number"))
        widest = max((metrics.horizontalAdvance(text) for row in self.state[1] for text in row), default=0.0)
        return widest <= side - 4 and metrics.height() <= side

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        values, texts, most, lit, outlined, selected = self.state
        full = most or full_size(np.array(values))
        has_room = self.words_fit(sketch.at(1, 0).x() - sketch.at(0, 0).x())
        for place, value in np.ndenumerate(np.array(values)):
            words = texts[place[0]][place[1]] if has_room else ""
            draw_cell(sketch, self._box(sketch, *place), value, full, words, bool(lit) and place not in lit)
        others = dict.fromkeys(lit - outlined, 0)
        draw_marks(sketch, partial(self._box, sketch), others, outlined, selected, self._picture.hasFocus())

    @staticmethod
    def _box(sketch: PixelPainter, row: int, column: int) -> QRectF:
        return QRectF(sketch.at(column, row), sketch.at(column + 1, row + 1)).normalized()
