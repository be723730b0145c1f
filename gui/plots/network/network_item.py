"""A network of neurons as a graph: every weight is an edge, its width the size and its colour the sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import (
    QGraphicsObject,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gui.plots.drawing.ink import brush, pen, sign_color
from gui.plots.drawing.pixels import in_pixels
from gui.plots.network.network_measures import TRACK, NetworkMeasures, Node
from gui.style.theme import theme
from gui.style.typography import scaled

_FADED = 0.55
_FAINT_EDGE = 0.28
_LABEL_ROOM = 84
"""Pixels between two layers from which every edge has room for its number; below, only those that are lit."""


@dataclass(frozen=True)
class Edge:
    """From one node to another, by their numbers; ``words`` is the weight as it is written on the edge."""

    source: int
    target: int
    weight: float
    words: str
    lit: bool = False


class NetworkItem(QGraphicsObject):
    """Lies in a plot's coordinates and is drawn in pixels; all edges are drawn by this one item.

    ``clicked`` carries the number of a node.
    """

    clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._nodes: tuple[Node, ...] = ()
        self._edges: tuple[Edge, ...] = ()
        self._headings: tuple[tuple[float, str, str], ...] = ()
        self._brief = False
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptHoverEvents(True)

    def show_network(
        self, nodes: Sequence[Node], edges: Sequence[Edge], headings: Sequence[tuple[float, str, str]] = ()
    ) -> None:
        """Draw these; ``headings`` are words at the top over the column of nodes at their x, and brief ones."""
        self._nodes, self._edges, self._headings = tuple(nodes), tuple(edges), tuple(headings)
        self.update()

    def range_changed(self, brief: bool) -> None:
        """The plot shows another part of its plane, with room for whole nodes or for ``brief`` ones."""
        self.prepareGeometryChange()
        self._brief = brief
        self.update()

    def node_box(self, number: int) -> QRectF:
        """Where a node is drawn, in pixels of the scene."""
        return self._measures().boxes[number]

    def boundingRect(self) -> QRectF:
        # The parent is the group of a view box's children; what is seen of them is the box's range.
        box = self._view_box()
        return QRectF() if box is None else box.viewRect()

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        back, _ = self.sceneTransform().inverted()
        for node, box in zip(self._nodes, self._measures().boxes, strict=True):
            if node.clickable:
                path.addRect(back.mapRect(box))
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        measures = self._measures()
        with in_pixels(painter, self):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for edge in sorted(self._edges, key=lambda one: one.lit):
                self._paint_edge(painter, edge, measures)
            self._paint_labels(painter, measures)
            for number in range(len(self._nodes)):
                self._paint_node(painter, number, measures)
            self._paint_headings(painter, measures)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        number = self._node_at(event.scenePos())
        if number is None:
            event.ignore()
        else:
            self.clicked.emit(number)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        over = self._node_at(event.scenePos()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    # Edges

    def _paint_edge(self, painter: QPainter, edge: Edge, measures: NetworkMeasures) -> None:
        color = sign_color(edge.weight) if edge.weight else theme().control_outline
        style = Qt.PenStyle.SolidLine if edge.weight else Qt.PenStyle.DotLine
        width = min(6.0, 1.0 + 4.0 * abs(edge.weight) ** 0.5 * (1.0 if edge.lit else 0.6))
        painter.setPen(pen(color, width, style, 1.0 if edge.lit else _FAINT_EDGE))
        painter.drawLine(*self._ends(edge, measures))

    def _paint_labels(self, painter: QPainter, measures: NetworkMeasures) -> None:
        """The numbers on the edges, near their targets, where those of one neuron lie apart from those of the next."""
        ends = [self._ends(edge, measures) for edge in self._edges]
        gap = min((end.x() - start.x() for start, end in ends), default=0.0)
        for edge, (start, end) in zip(self._edges, ends, strict=True):
            targets, sources = measures.in_layer[edge.target], measures.in_layer[edge.source]
            line = (measures.number_metrics if edge.lit else measures.notes_metrics).height()
            apart = measures.height / ((targets + 1) * sources)
            # Numbers of one neuron may touch, those of several must not.
            if apart >= line * (0.7 if edge.lit else 0.95) and (edge.lit or gap >= scaled(_LABEL_ROOM)):
                self._paint_label(painter, start + (end - start) * (targets / (targets + 1)), edge, measures)

    def _paint_label(self, painter: QPainter, middle: QPointF, edge: Edge, measures: NetworkMeasures) -> None:
        colors = theme()
        metrics = measures.number_metrics if edge.lit else measures.notes_metrics
        size = QSizeF(metrics.horizontalAdvance(edge.words) + scaled(6), metrics.height())
        box = QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(colors.surface, 1.0 if edge.lit else 0.85))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(measures.number if edge.lit else measures.notes)
        painter.setPen(pen(sign_color(edge.weight) if edge.lit else colors.muted_text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, edge.words)

    def _ends(self, edge: Edge, measures: NetworkMeasures) -> tuple[QPointF, QPointF]:
        source, target = measures.boxes[edge.source], measures.boxes[edge.target]
        beyond = 2 * scaled(TRACK) if self._nodes[edge.source].track else 0
        return QPointF(source.right() + beyond, source.center().y()), QPointF(target.left(), target.center().y())

    # Nodes

    def _paint_node(self, painter: QPainter, number: int, measures: NetworkMeasures) -> None:
        node, box, colors = self._nodes[number], measures.boxes[number], theme()
        radius = scaled(6)
        if node.track:
            self._paint_track(painter, node, measures)
        painter.setPen(pen(colors.forward if node.lit else colors.control_outline, 2.5 if node.lit else 1.2))
        painter.setBrush(brush(colors.selection_fill if node.lit else colors.raised))
        painter.drawRoundedRect(box, radius, radius)
        faded = _FADED if node.faded and not node.lit else 1.0
        lines = measures.lines[number]
        height = box.height() / len(lines)
        for row, words in enumerate(lines):
            result = row == len(lines) - 1
            painter.setFont(measures.strong if result else measures.notes)
            painter.setPen(pen(colors.text if result else colors.muted_text, opacity=faded))
            line = QRectF(box.left(), box.top() + row * height, box.width(), height)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
        line = measures.notes_metrics.height()
        # Only where they reach neither the next node nor the headings.
        if measures.spacing[number] >= box.height() + 2 * line + scaled(4):
            self._paint_beside(
                painter, node.above, QRectF(box.left(), box.top() - line - 1, box.width(), line), measures
            )
            self._paint_beside(painter, node.below, QRectF(box.left(), box.bottom() + 1, box.width(), line), measures)

    def _paint_beside(self, painter: QPainter, words: str, place: QRectF, measures: NetworkMeasures) -> None:
        """Words above or below a node, on a ground that edges do not cross."""
        if words:
            more = measures.notes_metrics.horizontalAdvance(words) + scaled(6) - place.width()
            ground = place.adjusted(-more / 2, 0, more / 2, 0)
            painter.fillRect(ground, brush(theme().surface, 0.85))
            painter.setFont(measures.notes)
            painter.setPen(pen(theme().muted_text))
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_track(self, painter: QPainter, node: Node, measures: NetworkMeasures) -> None:
        """A thin line along which the input's handle goes, with a tick at zero."""
        x, y = node.place
        middle, tick = measures.place(node.place), QPointF(scaled(4), 0)
        painter.setPen(pen(theme().control_outline, 1.5))
        painter.drawLine(measures.place((x, y + node.track)), measures.place((x, y - node.track)))
        painter.drawLine(middle - tick, middle + tick)

    def _paint_headings(self, painter: QPainter, measures: NetworkMeasures) -> None:
        painter.setFont(measures.notes)
        painter.setPen(pen(theme().muted_text))
        seen = self.sceneBoundingRect()
        centers = {node.place[0]: box.center().x() for node, box in zip(self._nodes, measures.boxes, strict=True)}
        for x, *wordings in self._headings:
            words = wordings[self._brief]
            width = measures.notes_metrics.horizontalAdvance(words) + 2
            center = centers.get(x, measures.place((x, 0)).x())
            # Over its column, and whole even where that stands at the edge.
            left = max(seen.left(), min(center - width / 2, seen.right() - width))
            box = QRectF(left, seen.top(), width, measures.notes_metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    # Measures

    def _measures(self) -> NetworkMeasures:
        return NetworkMeasures(self._nodes, self._brief, self.sceneTransform())

    def _view_box(self) -> object:
        parent = self.parentItem()
        while parent is not None and not hasattr(parent, "viewRect"):
            parent = parent.parentItem()
        return parent

    def _node_at(self, place: QPointF) -> int | None:
        for number, (node, box) in enumerate(zip(self._nodes, self._measures().boxes, strict=True)):
            if node.clickable and box.contains(place):
                return number
        return None
