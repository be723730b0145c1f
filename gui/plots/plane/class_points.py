"""Points of the plane with their class as colour and symbol, a label, and ✓ or × for right and wrong answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import Role, brush, font, pen, px, theme
from gui.style.painting import tells_faults

# pyqtgraph draws every symbol into the same square; these factors make them look equally large.
_SIDES = ((0.5, -0.75), (0.5, 1.75), (-0.25, 0.5), (1.25, 0.5))
"""Text anchors of a label: below its point, above, to the right and to the left, in the order in which they are
tried.
"""
_RING = 11
"""Pixels around the centre of a handle that labels leave free."""
_EQUAL_AREA = {"o": 1.0, "t1": 1.25, "s": 0.9, "d": 1.2}


class ClassPointsItem(pg.GraphicsObject):
    """A scatter plot in which symbol and colour show the class, with ✓ or × and a label at each point if wanted.

    If points are ``hollow``, only their outlines have the colour.

    ``clicked`` carries the index of a point, ``hovered`` that of the one under the pointer, or None.
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
        self._shown: tuple[object, ...] = ()

    def boundingRect(self) -> object:
        return self.scatter.boundingRect()

    def point_at(self, place: QPointF) -> int | None:
        """The index of the point at a position in item coordinates; None if there is none."""
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
        """Show points at ``places`` (N, 2) with their classes; ``right`` adds ✓ or ×, and the point ``selected`` lies
        on a disc. Labels avoid handles at ``clear_of``.
        """
        self._clear_of, self._labelled_places = tuple(clear_of), places
        shown = (places.tobytes(), *classes, None if right is None else tuple(right), selected, theme(), px(self._size))
        if shown != self._shown:  # a line that is dragged past them changes no point, and setting them takes a while
            self._shown = shown
            self._show_marks(places, classes, right, selected)
        self._show_labels(places, labels, right)

    def _show_marks(
        self,
        places: np.ndarray,
        classes: Sequence[int],
        right: Sequence[bool] | np.ndarray | None,
        selected: int | None,
    ) -> None:
        """Set the points of the scatter plot, and the rings and the disc behind them."""
        colors, size = theme(), px(self._size)
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
        """Place each label below its point, or, if a handle is there, on the first free side."""
        pixel = self.pixelVectors()
        if pixel[0] is None:
            return
        across, up, reach = pixel[0].x(), abs(pixel[1].y()), px(_RING)
        rings = [QPointF(x / across, -y / up) for x, y in self._clear_of]
        for text, (x, y) in zip(self._texts, self._labelled_places.tolist(), strict=False):
            size = text.boundingRect().size()
            text.setAnchor(_free_side(QPointF(x / across, -y / up), size, rings, reach))

    def label_boxes(self) -> list[QRectF]:
        """The boxes of the labels, in scene coordinates."""
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
    """The first side of a point on which a label of this size covers no ring, as a text anchor; the first side if none
    is free.
    """
    width, height = size.width(), size.height()
    for across, down in _SIDES:
        box = QRectF(place.x() - across * width, place.y() - down * height, width, height)
        near = box.adjusted(-reach, -reach, reach, reach)
        if not [ring for ring in rings if near.contains(ring)]:
            return across, down
    return _SIDES[0]


class ClassLegend(pg.GraphicsWidget):
    """A legend of class symbols with a word for each, the ring that marks wrong answers, and a note if there is
    room.
    """

    def __init__(self) -> None:
        super().__init__()
        self._words: Sequence[str] = ()
        self._note = self._wrong = ""
        self.restyle()

    def show_words(self, words: Sequence[str], note: str = "", wrong: str = "") -> None:
        """Set one word for each class, from class 0 on; ``wrong`` names the ring."""
        self._words, self._note, self._wrong = words, note, wrong
        self.update()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        self.setMinimumHeight(px(20))
        self.setMaximumHeight(px(20))
        self.update()

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        size, middle, left = px(11), self.size().height() / 2, float(px(8))
        painter.setFont(font(self._role(size, left)))
        metrics = QFontMetricsF(painter.font())
        for number, word in enumerate(self._words):
            painter.save()
            painter.translate(QPointF(left + size / 2, middle))
            drawSymbol(
                painter, colors.class_symbols[number], size, pen(colors.surface), brush(colors.class_colors[number])
            )
            painter.restore()
            left = self._write(painter, left + size + px(5), word, colors.text, metrics) + px(16)
        if self._wrong:
            painter.setPen(pen(colors.wrong, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + size / 2, middle), size / 2, size / 2)
            left = self._write(painter, left + size + px(5), self._wrong, colors.text, metrics) + px(16)
        if left + metrics.horizontalAdvance(self._note) <= self.size().width():
            self._write(painter, left, self._note, colors.muted_text, metrics)

    def _role(self, size: float, left: float) -> Role:
        """The usual font role, or a small one if the words of the classes would be cut off."""
        metrics = QFontMetricsF(font("text"))
        needed = left + sum(size + px(21) + metrics.horizontalAdvance(word) for word in (*self._words, self._wrong))
        return "text" if needed <= self.size().width() + px(16) or not self._words else "notes"

    def _write(self, painter: QPainter, left: float, words: str, color: str, metrics: QFontMetricsF) -> float:
        width = metrics.horizontalAdvance(words)
        painter.setPen(pen(color))
        box = QRectF(left, 0, width + 2, self.size().height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        return left + width
