"""A greyscale image under a tint for each position, with a box, and a square that covers a part of the image."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QKeyEvent

from gui.plots.axes.chart import KeyedChart
from gui.plots.drawing.api import PixelPainter, PlotOverlay, px, theme
from gui.plots.drawing.ink_image import ink_image
from gui.plots.pictures.cells import STEPS
from gui.plots.pictures.pixel_picture import draw_grid
from gui.plots.surface.signed import tint_of

Square = tuple[float, float, float]
"""Upper row, left column and side of a square, in pixels of the image."""
_STRONGEST, _PALER = 0.8, 0.5
"""The opacity of a full tint, and that of the image under a tint."""


class TintedPicture(KeyedChart):
    """A plot of an image: pixel (row, column) lies at x from column to column + 1 and y from −row − 1 to −row; y goes
    upwards.

    ``stepped`` carries the step (rows, columns) of an arrow key that asks for the next position.
    """

    stepped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.vb.setAspectLocked(True)
        self._picture = _Picture()
        self.put(self._picture)

    def show_picture(
        self,
        ink: np.ndarray,
        tint: np.ndarray | None,
        tinted: Square,
        box: Square | None,
        cover: Square,
        fill: str | None,
    ) -> None:
        """Show the image ``ink`` (S, S) of bytes. ``tint`` (H, H) from −1 to 1 is laid over its square ``tinted``;
        ``box`` is a square to be framed, None for no frame.

        The square ``cover`` is filled with ``paper`` or ``ink``; if ``fill`` is None, only its outline is drawn.
        """
        self._picture.given = ink, tint
        self._picture.state = tinted, box, cover, fill
        self.restyle()
        self.vb.setRange(QRectF(0, -len(ink), len(ink), len(ink)), padding=0.01)

    @property
    def tint(self) -> np.ndarray | None:
        """The tint (H, H) that is shown; None if there is none."""
        return self._picture.given[1] if self._picture.given is not None else None

    def restyle(self) -> None:
        """Apply the current colours."""
        self._picture.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.stepped.emit(*STEPS[event.key()])
        else:
            event.ignore()


class _Picture(PlotOverlay):
    """The overlay of image, tint, cover and box, from bottom to top."""

    given: tuple[np.ndarray, np.ndarray | None] | None = None

    def restyle(self) -> None:
        if self.given is not None:
            ink, tint = self.given
            self._ink = ink_image(ink)
            self._tint = None if tint is None else tint_of(tint, _STRONGEST)
        self.redraw()

    def draw(self, sketch: PixelPainter) -> None:
        if self.given is None:
            return
        tinted, box, cover, fill = self.state
        side = len(self.given[0])
        whole = _area(sketch, (0, 0, side))
        sketch.fill(whole, theme().raised)
        sketch.painter.setOpacity(1.0 if self._tint is None else _PALER)
        sketch.picture(whole, self._ink)
        sketch.painter.setOpacity(1.0)
        if self._tint is not None:
            self._tint.paint(sketch.painter, _area(sketch, tinted))
        draw_grid(sketch, whole, side)
        sketch.frame(whole, theme().control_outline)
        _draw_cover(sketch, _area(sketch, cover), fill)
        if box is not None:
            draw_box(sketch, _area(sketch, box))


def draw_box(sketch: PixelPainter, box: QRectF) -> None:
    """Draw the frame around the selected part of the image."""
    sketch.seen_frame(box, theme().selection, 2)


def _area(sketch: PixelPainter, square: Square) -> QRectF:
    top, left, side = square
    return sketch.area(left, -top - side, left + side, -top)


def _draw_cover(sketch: PixelPainter, box: QRectF, fill: str | None) -> None:
    """Draw the square that covers a part of the image: filled with "paper" or "ink" and hatched, so that it is not
    mistaken for a part of the image, or only its outline if ``fill`` is None.
    """
    colors, step = theme(), px(9)
    if fill is not None:
        ground, line = (colors.text, colors.surface) if fill == "ink" else (colors.raised, colors.muted_text)
        sketch.fill(box, ground)
        sketch.painter.setClipRect(box)
        for number in range(1, int(2 * box.width() / step) + 1):
            corner = box.topLeft() + QPointF(number * step, 0)
            sketch.line(corner, corner + QPointF(-box.width(), box.width()) * 2, line, opacity=0.35)
        sketch.painter.setClipping(False)
    sketch.seen_frame(box, colors.handle, 2)
