"""A plane with equal scales on both axes, for pictures in which angles matter."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from engine.contract.text.numerals import rounded_down
from gui.plots.axes.axis import dress_axes
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import font, theme

_NOTCH = 1.0015
"""The factor of magnification for each unit of a wheel's turn, of which a notch has 120."""
_MOST = 50.0


class Plane(Chart):
    """A plot locked to 1:1 that always shows at least ``square``; the axes do not move while things are dragged.

    Once it is told to zoom, the wheel magnifies what lies under the pointer; turned back, it shows the square again,
    and so do ``show_whole`` and an export.
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
        """Show another part of the plane from now on."""
        self.square, self._part = square, None
        self._space_ticks()
        self.show_square()

    def show_square(self) -> None:
        """Show the square, or the part of it that is magnified, and as much more as the room gives."""
        self.setRange(self._part or self.square, padding=0)

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        if not self.zooms or not self.vb.sceneBoundingRect().contains(event.scenePos()):
            event.ignore()
            return
        shown = self._part or self.square
        factor = _NOTCH ** -event.delta()
        side = min(max(shown.width() * factor, self.square.width() / _MOST), self.square.width())
        self._magnify(self.vb.mapSceneToView(event.scenePos()), side / shown.width())

    @property
    def is_magnified(self) -> bool:
        """Whether a part of the square is shown larger."""
        return self._part is not None

    def show_whole(self) -> None:
        """Magnify nothing any more."""
        self._part = None
        self._space_ticks()
        self.show_square()

    def setExportMode(self, on: bool, options: object = None) -> None:
        """A figure shows the whole square."""
        if on:
            self._kept, self._part = self._part, None
        else:
            self._part = self._kept
        self._space_ticks()
        self.show_square()

    def _magnify(self, fixed: QPointF, factor: float) -> None:
        """Show so much of what is seen that the place ``fixed`` stays where it is."""
        seen = self.vb.viewRect()
        middle = fixed + (seen.center() - fixed) * factor
        size = (self._part or self.square).size() * factor
        whole = size.width() >= self.square.width() * 0.999
        self._part = None if whole else QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2,
                                               size.width(), size.height())  # fmt: skip
        self._space_ticks()
        self.show_square()

    def show_title(self, words: str) -> None:
        """Words above the plot; none gives its room back."""
        if words:
            style = {"color": theme().text, "size": f"{font('strong').pixelSize()}px", "bold": True}
            self.setTitle(escape(words, quote=False), **style)  # which it takes for HTML
        else:
            self.titleLabel.setText("")
            self.setTitle(None)
        # pyqtgraph keeps a label as wide as its words, and the plot with it: planes side by side would differ.
        self.titleLabel.setMinimumWidth(0)

    def restyle(self) -> None:
        """Take colours and fonts of the axes from the style."""
        dress_axes(self, *self._names)
        self._space_ticks()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._space_ticks()
        self.show_square()

    def _space_ticks(self) -> None:
        """The same distance between ticks on both axes, about four in the square, or as many as there is room for."""
        shown = self._part or self.square
        spacing = rounded_down(max(shown.width(), shown.height()) / 4)
        scale = min(self.vb.width() / shown.width(), self.vb.height() / shown.height())
        room = 1.25 * QFontMetricsF(font("notes")).horizontalAdvance("\N{MINUS SIGN}0.5")
        while 0 < spacing * scale < room and spacing < max(shown.width(), shown.height()):
            spacing = rounded_down(2.5 * spacing)
        for side in ("bottom", "left"):
            self.getAxis(side).setTickSpacing(levels=[(spacing, 0)])
