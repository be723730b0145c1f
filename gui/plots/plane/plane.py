"""A plane with equal scales on both axes, for drawings in which angles matter."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from engine.contract.numerals import rounded_down
from gui.plots.axes.axis import dress_axes
from gui.plots.axes.chart import Chart
from gui.plots.axes.magnified import NOTCH, wheel_scrolls
from gui.plots.drawing.api import font, theme

_MOST = 50.0


class Plane(Chart):
    """A plot with aspect ratio 1:1 that always shows at least ``square``; the axes do not move during a drag.

    If ``zooms`` is set, the wheel magnifies at the pointer; where the wheel alone scrolls the stage, Ctrl must be held.
    ``show_whole``, an export and turning the wheel back show the square again.
    """

    zooms = False

    def __init__(self, square: QRectF, x_name: str, y_name: str) -> None:
        super().__init__()
        self._names = (x_name, y_name)
        self._part: QRectF | None = None
        self._kept: QRectF | None = None
        self.setAspectLocked(True)
        self.set_square(square)

    def set_square(self, square: QRectF) -> None:
        """Set the square of the plane that is to be visible, and show it unmagnified."""
        self.square, self._part = square, None
        self._space_ticks()
        self.show_square()

    def show_square(self) -> None:
        """Show the square, or the magnified part of it, and as much more as the plot has room for."""
        self.setRange(self._part or self.square, padding=0)

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        is_within = self.vb.sceneBoundingRect().contains(event.scenePos())
        if not (self.zooms and is_within) or (not self.is_magnified and wheel_scrolls(event)):
            event.ignore()
            return
        shown = self._part or self.square
        factor = NOTCH ** -event.delta()
        side = min(max(shown.width() * factor, self.square.width() / _MOST), self.square.width())
        self._magnify(self.vb.mapSceneToView(event.scenePos()), side / shown.width())

    @property
    def is_magnified(self) -> bool:
        """Whether only a part of the square is shown, magnified."""
        return self._part is not None

    def show_whole(self) -> None:
        """Show the whole square, unmagnified."""
        self._part = None
        self._space_ticks()
        self.show_square()

    def setExportMode(self, on: bool, options: object = None) -> None:
        """Show the whole square in an export."""
        if on:
            self._kept, self._part = self._part, None
        else:
            self._part = self._kept
        self._space_ticks()
        self.show_square()

    def _magnify(self, fixed: QPointF, factor: float) -> None:
        """Magnify by a factor, keeping the point ``fixed`` in place."""
        seen = self.vb.viewRect()
        middle = fixed + (seen.center() - fixed) * factor
        size = (self._part or self.square).size() * factor
        whole = size.width() >= self.square.width() * 0.999
        self._part = None if whole else QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2,
                                               size.width(), size.height())  # fmt: skip
        self._space_ticks()
        self.show_square()

    def show_title(self, words: str) -> None:
        """Show words above the plot; "" frees their room."""
        if words:
            style = {"color": theme().text, "size": f"{font('strong').pixelSize()}px", "bold": True}
            self.setTitle(escape(words, quote=False), **style)  # which it takes for HTML
        else:
            self.titleLabel.setText("")
            self.setTitle(None)
        # pyqtgraph keeps a label as wide as its words, and the plot with it: planes side by side would differ.
        self.titleLabel.setMinimumWidth(0)

    def restyle(self) -> None:
        """Apply the style's colours and fonts to the axes."""
        dress_axes(self, *self._names)
        self._space_ticks()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._space_ticks()
        self.show_square()

    def _space_ticks(self) -> None:
        """Set the same tick distance on both axes: about four ticks in the square, or as many as there is room for."""
        shown = self._part or self.square
        spacing = rounded_down(max(shown.width(), shown.height()) / 4)
        scale = min(self.vb.width() / shown.width(), self.vb.height() / shown.height())
        room = 1.25 * QFontMetricsF(font("notes")).horizontalAdvance("\N{MINUS SIGN}0.5")
        while 0 < spacing * scale < room and spacing < max(shown.width(), shown.height()):
            spacing = rounded_down(2.5 * spacing)
        for side in ("bottom", "left"):
            self.getAxis(side).setTickSpacing(levels=[(spacing, 0)])
