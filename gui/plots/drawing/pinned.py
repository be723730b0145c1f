"""The base of items drawn and gripped in pixels at a point of a plot, such as a handle's ring."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsObject

from engine.contract.handle import Position
from gui.plots.drawing.stage_item import EDGE, end_in_sight
from gui.style.typography import px


class PinnedItem(QGraphicsObject):
    """An item that stays at the point ``spot`` of a plot's coordinates, above its view box; drawn in pixels.

    It is a child of the plot and not of the view box, which clips its children: for a child that ignores
    transformations Qt takes the clip to be in pixels although it is in plot coordinates, so that presses beside the
    item's centre are lost.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__(plot)
        self._box: pg.ViewBox = plot.vb
        self._spot: Position = (0.0, 0.0)
        self._foot: Position | None = None
        # Above the view box, whatever lies in it.
        self.setZValue(100)
        for moved in (self._box.sigTransformChanged, self._box.sigRangeChanged, self._box.sigResized):
            moved.connect(self._follow)
        self._box.geometryChanged.connect(self._follow)

    @property
    def spot(self) -> Position:
        """The item's point in plot coordinates."""
        return self._spot

    def set_spot(self, spot: Position, foot: Position | None = None) -> None:
        """Move to a point in plot coordinates. With a ``foot``, if the point is out of sight, the item is placed where
        the arrow from ``foot`` to the point leaves the plot.
        """
        self._spot, self._foot = spot, foot
        self._follow()

    def is_on_plot(self) -> bool:
        """Whether the item's point lies in the visible part of the plot."""
        return self.plot_box().adjusted(-1, -1, 1, 1).contains(self.pos())

    def plot_box(self) -> QRectF:
        """The visible part of the plot, in coordinates of the item's parent."""
        return self._box.mapRectToParent(self._box.rect())

    def to_plot(self, scene_place: QPointF) -> QPointF:
        """A point of the scene, converted to plot coordinates."""
        return self._box.mapSceneToView(scene_place)

    def from_plot(self, place: Position) -> QPointF:
        """The point ``place`` of the plot in coordinates of the item's parent."""
        return self._box.mapToParent(self._box.mapFromView(QPointF(*place)))

    def moved_on_stage(self) -> None:
        """Hook: called when the item or the visible part of the plot has moved on the stage."""

    def _follow(self, *_: object) -> None:
        if self._box.rect().isEmpty():
            # Before its first layout a view box has no size, and its transform nothing that could be turned round.
            return
        place = self._box.mapFromView(QPointF(*self._spot))
        if self._foot is not None:
            foot, edge = self._box.mapFromView(QPointF(*self._foot)), px(EDGE)
            place = end_in_sight(foot, place, self._box.rect(), edge, edge)
        self.setPos(self._box.mapToParent(place))
        self.moved_on_stage()
