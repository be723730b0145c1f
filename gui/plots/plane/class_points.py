"""Points of the plane with their class as colour and symbol, their label, and a cross where the answer is wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Signal

from gui.plots.drawing.api import brush, font, pen, px, theme

# pyqtgraph draws every symbol into the same square; these factors make them look equally large.
_SIDES = ((0.5, -0.75), (0.5, 1.75), (-0.25, 0.5), (1.25, 0.5))
"""Where a label may stand: below its point, above, to the right and to the left, as anchors of the text."""
_RING = 11
"""Pixels around the centre of a handle that are left free."""
_EQUAL_AREA = {"o": 1.0, "t1": 1.25, "s": 0.9, "d": 1.2}


class ClassPointsItem(pg.GraphicsObject):
    """A scatter whose symbol and colour are the class, with ✓ or × and a label at each point where asked for.

    Where points are ``hollow`` only their rims have the colour.

    ``clicked`` carries the number of the point, ``hovered`` that of the one under the pointer or None.
    """

    clicked = Signal(int)
    hovered = Signal(object)

    def __init__(self, size: float = 15, labelled: bool = True, hollow: bool = False) -> None:
        super().__init__()
        self.setFlag(self.GraphicsItemFlag.ItemHasNoContents)
        self._size = size
        self._labelled, self._hollow = labelled, hollow
        self.rings = pg.ScatterPlotItem(parent=None)
        self.scatter = pg.ScatterPlotItem(parent=None, hoverable=True, tip=None)
        for item in (self.rings, self.scatter):
            item.setParentItem(self)
        self._under_pointer: int | None = None
        self.scatter.sigHovered.connect(self._scatter_hovered)
        self.scatter.sigClicked.connect(self._scatter_clicked)
        self._texts: list[pg.TextItem] = []
        self._clear_of: tuple[tuple[float, float], ...] = ()
        self._labelled_places = np.empty((0, 2))

    def boundingRect(self) -> object:
        return self.scatter.boundingRect()

    def point_at(self, place: QPointF) -> int | None:
        """The number of the point at a place of the item's coordinates; None where there is none."""
        spots = self.scatter.pointsAt(place)
        return spots[0].index() if len(spots) else None

    def show_points(
        self,
        places: np.ndarray,
        classes: Sequence[int],
        labels: Sequence[str] = (),
        right: Sequence[bool] | np.ndarray | None = None,
        selected: int | None = None,
        clear_of: Sequence[tuple[float, float]] = (),
    ) -> None:
        """Places (N, 2) with their classes; ``right`` marks each, ``selected`` lies on a disc. Labels stand where they
        cover no handle, which lie at ``clear_of``.
        """
        self._clear_of, self._labelled_places = tuple(clear_of), places
        colors = theme()
        size = px(self._size)
        self.scatter.setData(
            x=places[:, 0],
            y=places[:, 1],
            symbol=[colors.class_symbols[c] for c in classes],
            size=[size * _EQUAL_AREA[colors.class_symbols[c]] for c in classes],
            brush=[brush(colors.surface if self._hollow else colors.class_colors[c]) for c in classes],
            pen=[pen(colors.class_colors[c], 2) for c in classes] if self._hollow else pen(colors.surface, 1.5),
        )
        wrong = np.flatnonzero(~np.asarray(right, dtype=bool)) if right is not None else np.array([], dtype=int)
        # The selected point lies on a disc, so that its mark is not taken for a second ring of a wrong one.
        ringed = [*([selected] if selected is not None else []), *wrong]
        ring_pens = [pen(colors.selection, 1, opacity=0)] * (selected is not None) + [pen(colors.wrong, 2.5)] * len(
            wrong
        )
        ring_brushes = [brush(colors.selection, 0.3)] * (selected is not None) + [brush(colors.wrong, 0)] * len(wrong)
        ring_sizes = [size * 2.7] * (selected is not None) + [size * 1.9] * len(wrong)
        self.rings.setData(
            x=places[ringed, 0] if ringed else [],
            y=places[ringed, 1] if ringed else [],
            symbol="o",
            size=ring_sizes or size,
            pen=ring_pens or None,
            brush=ring_brushes or None,
        )
        self._show_labels(places, labels, right)

    def _show_labels(
        self, places: np.ndarray, labels: Sequence[str], right: Sequence[bool] | np.ndarray | None
    ) -> None:
        colors = theme()
        while len(self._texts) < len(labels):
            text = pg.TextItem(anchor=(0.5, 0))
            text.setParentItem(self)
            self._texts.append(text)
        for index, text in enumerate(self._texts):
            text.setVisible(index < len(labels))
            if index < len(labels):
                mark = "" if right is None else (" ✓" if right[index] else " ×")
                wrong = right is not None and not right[index]
                text.setFont(font("strong" if wrong else "text"))
                text.setText(labels[index] + mark, color=colors.wrong if wrong else colors.text)
                text.fill = brush(colors.surface, 0.0)
                text.setPos(*places[index])
        self._place_labels()

    def viewTransformChanged(self) -> None:
        self._place_labels()

    def _place_labels(self) -> None:
        """Each label below its point, or where a handle lies there, on the first of the other sides that is free."""
        pixel = self.pixelVectors()
        if pixel[0] is None:
            return
        across, up, reach = pixel[0].x(), abs(pixel[1].y()), px(_RING)
        rings = [QPointF(x / across, -y / up) for x, y in self._clear_of]
        for text, (x, y) in zip(self._texts, self._labelled_places.tolist(), strict=False):
            size = text.boundingRect().size()
            text.setAnchor(_free_side(QPointF(x / across, -y / up), size, rings, reach))

    def label_boxes(self) -> list[QRectF]:
        """Where the labels stand, in the scene."""
        return [text.mapRectToScene(text.boundingRect()) for text in self._texts if text.isVisible()]

    def _scatter_clicked(self, _: object, spots: Sequence[pg.SpotItem]) -> None:
        if len(spots):
            self.clicked.emit(spots[0].index())

    def _scatter_hovered(self, _: object, spots: Sequence[pg.SpotItem], __: object) -> None:
        index = spots[0].index() if len(spots) else None
        if index != self._under_pointer:
            self._under_pointer = index
            self.hovered.emit(index)


def _free_side(place: QPointF, size: QSizeF, rings: Sequence[QPointF], reach: float) -> tuple[float, float]:
    """The first side of a place where a label of this size covers no ring, all in pixels; where none is, the first."""
    width, height = size.width(), size.height()
    for across, down in _SIDES:
        box = QRectF(place.x() - across * width, place.y() - down * height, width, height)
        near = box.adjusted(-reach, -reach, reach, reach)
        if not [ring for ring in rings if near.contains(ring)]:
            return across, down
    return _SIDES[0]
