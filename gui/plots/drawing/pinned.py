"""The base of what is drawn and gripped in pixels at a place of a plot, such as a handle's ring."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsObject

from engine.contract.interaction.handle import Place
from gui.plots.drawing.in_sight import EDGE, end_in_sight
from gui.style.typography import px


class PinnedItem(QGraphicsObject):
    """Lies above the plot's view box and follows the place ``spot`` of its coordinates; drawn in pixels.

    It is a child of the plot and not of the view box: that one clips its children, and Qt takes the clip of a child
    that ignores transformations for pixels where it is in plot coordinates, so that a press beside its centre is lost.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__(plot)
        self._box: pg.ViewBox = plot.vb
        self._spot: Place = (0.0, 0.0)
        self._foot: Place | None = None
        # Above the view box, whatever lies in it.
        self.setZValue(100)
        for moved in (self._box.sigTransformChanged, self._box.sigRangeChanged, self._box.sigResized):
            moved.connect(self._follow)
        self._box.geometryChanged.connect(self._follow)

    @property
    def spot(self) -> Place:
        """The place in the plot's coordinates."""
        return self._spot

    def set_spot(self, spot: Place, foot: Place | None = None) -> None:
        """Move to a place in the plot's coordinates, or where an arrow there from ``foot`` leaves the plot."""
        self._spot, self._foot = spot, foot
        self._follow()

    def is_on_plot(self) -> bool:
        """Whether the place lies in the part of the plane that the plot shows."""
        return self.plot_box().adjusted(-1, -1, 1, 1).contains(self.pos())

    def plot_box(self) -> QRectF:
        """What the plot shows, in the coordinates of this item's parent."""
        return self._box.mapRectToParent(self._box.rect())

    def to_plot(self, scene_place: QPointF) -> QPointF:
        """A place of the scene in the plot's coordinates."""
        return self._box.mapSceneToView(scene_place)

    def from_plot(self, place: Place) -> QPointF:
        """A place of the plot's coordinates in those of this item's parent."""
        return self._box.mapToParent(self._box.mapFromView(QPointF(*place)))

    def moved_on_stage(self) -> None:
        """Called when the item, or the part of the plane that the plot shows, has another place on the stage."""

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
