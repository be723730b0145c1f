"""A plane with equal scales on both axes, for pictures in which angles matter."""

from __future__ import annotations

import math

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from gui.plots.axis import NumberAxis, dress_axes
from gui.style.theme import theme
from gui.style.typography import font


class Plane(pg.PlotItem):
    """A plot locked to 1:1 that always shows at least ``square``; the axes do not move while things are dragged."""

    def __init__(self, square: QRectF, x_name: str, y_name: str) -> None:
        axes = {side: NumberAxis(orientation=side) for side in ("bottom", "left")}
        super().__init__(enableMenu=False, axisItems=axes)
        self._names = (x_name, y_name)
        self.setAspectLocked(True)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.vb.setDefaultPadding(0)
        self.set_square(square)

    def set_square(self, square: QRectF) -> None:
        """Show another part of the plane from now on."""
        self.square = square
        self._space_ticks()
        self.show_square()

    def show_square(self) -> None:
        """Show the square again, and as much more as the room gives."""
        self.setRange(self.square, padding=0)

    def show_title(self, words: str) -> None:
        """Words above the plot; none gives its room back."""
        if words:
            style = {"color": theme().text, "size": f"{font('strong').pixelSize()}px", "bold": True}
            self.setTitle(words, **style)
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
        spacing = _round_step(max(self.square.width(), self.square.height()) / 4)
        scale = min(self.vb.width() / self.square.width(), self.vb.height() / self.square.height())
        room = 1.25 * QFontMetricsF(font("notes")).horizontalAdvance("\N{MINUS SIGN}0.5")
        while 0 < spacing * scale < room and spacing < max(self.square.width(), self.square.height()):
            spacing = _round_step(2.5 * spacing)
        for side in ("bottom", "left"):
            self.getAxis(side).setTickSpacing(levels=[(spacing, 0)])


def _round_step(length: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above ``length``."""
    power = 10.0 ** math.floor(math.log10(length))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= length * 1.0000001)
