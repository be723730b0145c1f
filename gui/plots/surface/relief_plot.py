"""A relief: a function of two variables as a surface in a box, rotated by the mouse, with paths and points on it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pyqtgraph.GraphicsScene.mouseEvents import MouseDragEvent
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsItem

from engine.geometry.aspect import Aspect
from engine.geometry.relief import HEIGHT, Relief
from gui.plots.axes.chart import KeyedChart
from gui.plots.drawing.api import PixelPainter, PlotOverlay, px
from gui.plots.surface.relief_box import ReliefBox, below_corner, below_edge
from gui.plots.surface.relief_ground import ReliefGround
from gui.plots.surface.relief_laid import ReliefLaid
from gui.plots.surface.relief_parts import ReliefParts

_A_PIXEL = 0.4
"""Degrees of rotation for each pixel of a drag."""
_KEYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-3, 0), Qt.Key.Key_Right: (3, 0), Qt.Key.Key_Up: (0, 3), Qt.Key.Key_Down: (0, -3),
}  # fmt: skip
"""Degrees by which each arrow key turns and tilts the relief; with Shift ten times as much."""
_BESIDE, _ABOVE = 46, 6
"""Pixels reserved for tick texts and names beside the box, and the smaller margin above it."""


class ReliefPlot(KeyedChart):
    """A plot of a relief that can be rotated. ``turned`` carries by how many degrees to turn and tilt it, since the
    drag began or by one key, and whether it was a key; ``let_go`` follows a drag. ``first_wanted`` asks for the initial
    direction of view.

    Plot coordinates are those of the projection, with the middle of the box at the origin and its longer side 1.
    """

    turned = Signal(float, float, bool)
    let_go = Signal()
    first_wanted = Signal()

    def __init__(self, *names: str) -> None:
        self.aspect, self.relief, self.words = Aspect(0, 90), None, ""
        super().__init__()
        self.setAspectLocked(True)
        # A click gives the keys to the plot: its view box would keep the arrows to itself.
        self.vb.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsFocusable, False)
        self._drawing = _Drawing(self, names)
        self.addItem(self._drawing, ignoreBounds=True)

    relief: Relief | None

    def show_relief(self, shown: Relief, aspect: Aspect, parts: ReliefParts, words: str) -> None:
        """Show the surface, with what lies on it, from the direction ``aspect``; ``words`` describe that direction."""
        is_new = self.relief is None or self.relief.reach != shown.reach or self.aspect.tilt != aspect.tilt
        self.relief, self.aspect, self.words = shown, aspect, words
        self._drawing.show_parts(parts)
        if is_new:
            self.fit()

    @property
    def parts(self) -> ReliefParts:
        """The paths, lines, arrows and marks on the surface."""
        return self._drawing.parts

    def place_at(self, scene_place: QPointF) -> QPointF | None:
        """The point of the plane whose place on the surface is visible at a point of the scene; None outside the
        surface.
        """
        if self.relief is None:
            return None
        met = self.aspect.met(self.relief, self.vb.mapSceneToView(scene_place).toTuple())
        return None if met is None else QPointF(*met)

    def restyle(self) -> None:
        """Apply the current colours and fonts."""
        self._drawing.forget()
        self.fit()

    def fit(self) -> None:
        """Fit the box into the plot, with room to turn it by any angle; tilting changes its size a little."""
        room, reach = self.vb.rect(), self.relief.reach if self.relief is not None else (0.5, 0.5)
        across, (along, upright) = math.hypot(*reach), self.aspect.rise
        up = across * along + HEIGHT / 2 * upright
        # As far down as a corner turns, with numbers below it, and an edge, with numbers and its name.
        low_edge = max(reach) * along + HEIGHT / 2 * upright
        lows = ((up, below_corner()), (low_edge, below_edge()))
        width, height, above = max(1.0, room.width()), max(1.0, room.height()), px(_ABOVE)
        unit = max(
            2 * across / max(1.0, width - 2 * px(_BESIDE)),
            *((up + low) / max(1.0, height - above - below) for low, below in lows),
        )
        bottom = max(low + below * unit for low, below in lows)
        spare = height * unit - (up + above * unit) - bottom
        self.setRange(QRectF(-width * unit / 2, -bottom - spare / 2, width * unit, height * unit), padding=0)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS:
            times = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            turn, tilt = _KEYS[event.key()]
            self.turned.emit(turn * times, tilt * times, True)
        elif event.key() == Qt.Key.Key_Home:
            self.first_wanted.emit()
        else:
            event.ignore()


class _Drawing(PlotOverlay):
    """The overlay that draws box, surface and everything on it; computed places are kept until something changes."""

    def __init__(self, plot: ReliefPlot, names: Sequence[str]) -> None:
        super().__init__()
        self._plot, self._names = plot, names
        self.parts = ReliefParts()
        self._ground: tuple[tuple[object, ...], ReliefGround] | None = None
        self._laid: ReliefLaid | None = None
        self._in_figure = False

    def show_parts(self, parts: ReliefParts) -> None:
        self.parts, self._laid = parts, None
        self.update()

    def forget(self) -> None:
        self._ground = self._laid = None
        self.redraw()

    def setExportMode(self, on: bool, options: object = None) -> None:
        self._in_figure = on

    def draw(self, sketch: PixelPainter) -> None:
        shown = self._plot.relief
        if shown is None:
            return
        to_device = None if self._in_figure else sketch.painter.deviceTransform()
        key = (shown, self._plot.aspect, sketch.transform, to_device)
        if self._ground is None or self._ground[0] != key:
            self._ground, self._laid = (key, ReliefGround(*key)), None
        ground = self._ground[1]
        if self._laid is None:
            self._laid = ReliefLaid(ground, self.parts)
        box = ReliefBox(ground, self._names)
        box.paint_behind(sketch)
        ground.paint(sketch.painter)
        box.paint_before(sketch)
        self._laid.paint(sketch)
        if self._plot.hasFocus() and not self._in_figure:
            sketch.focus(sketch.box.adjusted(2, 2, -2, -2))

    def mouseDragEvent(self, event: MouseDragEvent) -> None:
        """Turn the relief by a drag of the left button; called by pyqtgraph."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        way = event.scenePos() - event.buttonDownScenePos(Qt.MouseButton.LeftButton)
        self._plot.turned.emit(way.x() * _A_PIXEL, way.y() * _A_PIXEL, False)
        if event.isFinish():
            self._plot.let_go.emit()

    def mouseClickEvent(self, event: object) -> None:
        """Ask for the initial direction of view on a double click; called by pyqtgraph."""
        if event.double():  # type: ignore[attr-defined]
            self._plot.first_wanted.emit()
        else:
            event.ignore()  # type: ignore[attr-defined]
