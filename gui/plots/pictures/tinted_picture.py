"""A picture of ink under a tint: what a map says of each of its places, a box, and a square that covers a part."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent

from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.sketch import Sketch
from gui.plots.pictures.cells import CellChart
from gui.plots.pictures.pixel_picture import ink_image
from gui.style.theme import theme
from gui.style.typography import scaled

Square = tuple[float, float, float]
"""Upper row, left column and side, in pixels of the picture."""
STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_STRONGEST = 0.8
"""How much of the tint covers the ink where it is strongest."""
_PALER = 0.5
"""How strong ink is under a tint."""


class TintedPicture(CellChart):
    """Pixel (row, column) lies at x from column to column + 1 and y from −row − 1 to −row: heights grow upwards.

    ``stepped`` carries (rows, columns) when an arrow key asks for the next place.
    """

    stepped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.vb.setAspectLocked(True)
        self._marks = _Picture()
        self.put(self._marks)

    def show_picture(
        self,
        ink: np.ndarray,
        tints: np.ndarray | None = None,
        tinted: Square = (0, 0, 0),
        box: Square | None = None,
        cover: Square | None = None,
        is_ink: bool = False,
        see_through: bool = False,
    ) -> None:
        """Ink (S, S) of bytes; ``tints`` (H, H) from −127 to 127 lie over the square ``tinted`` of it.

        ``box`` is framed. The ``cover`` is of paper, or ``is_ink``; where it is ``see_through`` only its rim is drawn.
        """
        side = len(ink)
        self._marks.show_picture(ink, tints, tinted, box, cover, is_ink, see_through)
        self.vb.setRange(QRectF(0, -side, side, side), padding=0.01)

    def restyle(self) -> None:
        """Take colours anew."""
        self._marks.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.stepped.emit(*STEPS[event.key()])
        else:
            event.ignore()


class _Picture(OverPlot):
    """Ink, tint, cover and box, from the lowest to the uppermost."""

    def __init__(self) -> None:
        super().__init__()
        self._ink: np.ndarray | None = None
        self._tints: np.ndarray | None = None
        self._images: list[QImage | None] = [None, None]

    def show_picture(self, ink: np.ndarray, tints: np.ndarray | None, *state: object) -> None:
        if ink is not self._ink or tints is not self._tints:
            self._ink, self._tints = ink, tints
            self.restyle()
        self.show_state(*state)

    def restyle(self) -> None:
        if self._ink is not None:
            self._images = [ink_image(self._ink), None if self._tints is None else _tint_image(self._tints)]
        self.redraw()

    def draw(self, sketch: Sketch) -> None:
        if self._ink is None:
            return
        tinted, box, cover, is_ink, see_through = self.state
        colors, side = theme(), len(self._ink)
        whole = _area(sketch, (0, 0, side))
        ink, tint = self._images
        sketch.fill(whole, colors.raised)
        sketch.painter.setOpacity(1.0 if tint is None else _PALER)
        sketch.picture(whole, ink)
        sketch.painter.setOpacity(1.0)
        if tint is not None:
            sketch.picture(_area(sketch, tinted), tint)
        _draw_grid(sketch, whole, side)
        sketch.frame(whole, colors.control_outline)
        if cover is not None:
            _draw_cover(sketch, _area(sketch, cover), is_ink, see_through)
        if box is not None:
            draw_box(sketch, _area(sketch, box))


def draw_box(sketch: Sketch, box: QRectF, thick: bool = False) -> None:
    """A frame that is seen on any ground."""
    width = scaled(4 if thick else 2.5)
    sketch.frame(box, theme().surface, width + scaled(2.5))
    sketch.frame(box, theme().selection, width)


def _area(sketch: Sketch, square: Square) -> QRectF:
    top, left, side = square
    return sketch.area(left, -top - side, left + side, -top)


def _draw_grid(sketch: Sketch, whole: QRectF, count: int) -> None:
    if whole.width() / count < 5:
        return
    for number in range(1, count):
        x, y = (int(start + number * whole.width() / count) for start in whole.topLeft().toTuple())
        for ends in (
            (QPointF(x, whole.top()), QPointF(x, whole.bottom())),
            (QPointF(whole.left(), y), QPointF(whole.right(), y)),
        ):
            sketch.line(*ends, theme().hairline, 0.6, opacity=0.7)


def _draw_cover(sketch: Sketch, box: QRectF, is_ink: bool, see_through: bool) -> None:
    """The cover hides what is under it, and a hatching says that it is not the picture's own paper."""
    colors = theme()
    if not see_through:
        sketch.fill(box, colors.text if is_ink else colors.raised)
        sketch.painter.setClipRect(box)
        step = scaled(9)
        for number in range(1, int(2 * box.width() / step) + 1):
            corner = box.topLeft() + QPointF(number * step, 0)
            ends = corner, corner + QPointF(-2 * box.width(), 2 * box.width())
            sketch.line(*ends, colors.surface if is_ink else colors.muted_text, 1, opacity=0.35)
        sketch.painter.setClipping(False)
    sketch.frame(box, colors.surface, scaled(4))
    sketch.frame(box, colors.handle, scaled(2), Qt.PenStyle.SolidLine)


def _tint_image(tints: np.ndarray) -> QImage:
    """−127 to 127 in the colours of both signs, the nearer to 0 the more transparent."""
    colors = theme()
    pixels = np.empty((*tints.shape, 4), dtype=np.uint8)
    for sign, color in ((tints > 0, colors.positive), (tints <= 0, colors.negative)):
        made = QColor(color)
        pixels[sign, :3] = made.blue(), made.green(), made.red()
    pixels[..., 3] = np.rint(np.abs(tints.astype(float)) * (_STRONGEST * 255 / 127))
    height, width = tints.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
