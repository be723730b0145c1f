"""A network of neurons as a graph: every weight is an edge, whose width shows its size and whose colour its sign."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QPainterPath
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsSceneMouseEvent

from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import LEFT, PixelPainter, PlotOverlay, Role, StageItem, font, px, sketch_of, theme
from gui.plots.drawing.ink import NEGATIVE, sign_color, sign_ink
from gui.plots.drawing.ink_image import ink_image
from gui.plots.network.network_measures import TRACK, Edge, NetworkMeasures, Node, node_width

_FAINT_EDGE = 0.28
_EDGE = 112
"""The smallest length of an edge in pixels beside nodes with whole texts; if edges would be shorter, nodes have brief
texts.
"""
_LABEL_ROOM = 84
"""The smallest distance of two layers in pixels with room for every edge's weight; below, only highlighted edges have
it.
"""
_APART = 0.95
"""The smallest distance between the weights on two edges, in heights of their text."""
_NEAREST = 0.3
"""The smallest distance of a weight's text from the source of its edge, as a share of the edge's length."""


class NetworkPlot(Chart):
    """A plot without axes for a network: layers side by side, each spread from y = 1 down to 0.

    It shows inputs at x = ``first`` and layers 1 apart up to ``last``, and never moves.
    """

    def __init__(self, first: float, last: float) -> None:
        super().__init__()
        self._first, self._last = first, last
        for side in ("bottom", "left"):
            self.hideAxis(side)
        self.network = NetworkItem()
        self.addItem(self.network, ignoreBounds=True)

    def fit(self) -> None:
        """Set the plot's range so that there is room for half a node on the right, a whole node on the left, and
        headings above.
        """
        box = self.vb.rect()
        brief = self._edge(box.width(), node_width(brief=False)) < px(_EDGE)
        node = node_width(brief)
        left, right = self._margins(node)
        top = QFontMetricsF(font("notes")).height() + px(4)
        width, height = max(1.0, box.width() - left - right), max(1.0, box.height() - top - px(2))
        across, up = (self._last - self._first) / width, 1.0 / height
        self.setXRange(self._first - left * across, self._last + right * across, padding=0)
        self.setYRange(-px(2) * up, 1.0 + top * up, padding=0)
        self.network.set_brief(brief)

    def _margins(self, node: float) -> tuple[float, float]:
        """The margins in pixels left of the inputs' tracks and right of the last layer's centres, for nodes of width
        ``node``.
        """
        return node + px(2 * TRACK + 2), node / 2 + px(6)

    def _edge(self, width: float, node: float) -> float:
        """The length in pixels of an edge in a plot of this width, between nodes of width ``node``."""
        return (width - sum(self._margins(node))) / (self._last - self._first) - node

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self.fit()


class NetworkItem(PlotOverlay):
    """The overlay that draws all nodes and edges; ``clicked`` carries the index of a node."""

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
        """Show this network; ``headings`` are (x, words, brief words) above the columns of nodes."""
        self._nodes, self._edges, self._headings = tuple(nodes), tuple(edges), tuple(headings)
        self.redraw()

    def set_brief(self, brief: bool) -> None:
        """Choose between the whole and the brief texts of nodes, depending on the room."""
        self._brief = brief
        self.redraw()

    def node_box(self, number: int) -> QRectF:
        """The rectangle of the node with this index, in scene pixels."""
        return self._measures().boxes[number]

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        back, _ = self.sceneTransform().inverted()
        for node, box in zip(self._nodes, self._measures().boxes, strict=True):
            if node.clickable:
                path.addRect(back.mapRect(box))
        return path

    def draw(self, sketch: PixelPainter) -> None:
        measures = NetworkMeasures(self._nodes, self._brief, sketch)
        for edge in sorted(self._edges, key=lambda one: one.lit):
            _draw_edge(sketch, edge, measures)
        self._draw_weights(sketch, measures)
        for number, node in enumerate(self._nodes):
            _draw_node(sketch, node, number, measures)
        self._draw_headings(sketch, measures)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        number = self._node_at(event.scenePos())
        if number is None:
            event.ignore()
        else:
            self.clicked.emit(number)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        over = self._node_at(event.scenePos()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def _draw_weights(self, sketch: PixelPainter, measures: NetworkMeasures) -> None:
        """Draw the weights on the edges, near their targets, where those of neighbouring neurons do not collide."""
        colors, ends = theme(), [measures.ends(edge) for edge in self._edges]
        gap = min((end.x() - start.x() for start, end in ends), default=0.0)
        for edge, (start, end) in zip(self._edges, ends, strict=True):
            targets, sources = measures.in_layer[edge.target], measures.in_layer[edge.source]
            role: Role = "number" if edge.lit else "notes"
            color = sign_ink(edge.weight) if edge.lit else colors.muted_text
            line = sketch.height_of(role)
            # The edges of a neuron meet in it: its numbers stand so far off that none hides another.
            along = targets / (targets + 1)
            least = 1 - _APART * line * sources / max(measures.height, 1.0)
            if edge.lit:
                along = min(along, least)
            apart = along >= _NEAREST if edge.lit else along <= least
            if apart and (edge.lit or gap >= px(_LABEL_ROOM)):
                middle = start + (end - start) * along
                size = QSizeF(sketch.width_of(edge.words, role) + px(6), line)
                box = QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)
                sketch.fill(box, colors.surface, 1.0 if edge.lit else 0.85, radius=3)
                sketch.words(edge.words, box, role, color)

    def _draw_headings(self, sketch: PixelPainter, measures: NetworkMeasures) -> None:
        centers = {node.place[0]: box.center().x() for node, box in zip(self._nodes, measures.boxes, strict=True)}
        for x, *wordings in self._headings:
            words = wordings[self._brief]
            width = sketch.width_of(words) + 2
            center = centers.get(x, sketch.at(x, 0).x())
            # Over its column, and whole even where that stands at the edge.
            left = max(sketch.box.left(), min(center - width / 2, sketch.box.right() - width))
            sketch.words(words, QRectF(left, sketch.box.top(), width, sketch.height_of()), color=theme().muted_text)

    def _measures(self) -> NetworkMeasures:
        return NetworkMeasures(self._nodes, self._brief, sketch_of(self))

    def _node_at(self, place: QPointF) -> int | None:
        for number, (node, box) in enumerate(zip(self._nodes, self._measures().boxes, strict=True)):
            if node.clickable and box.contains(place):
                return number
        return None


def _draw_edge(sketch: PixelPainter, edge: Edge, measures: NetworkMeasures) -> None:
    color = sign_color(edge.weight) if edge.weight else theme().control_outline
    style = Qt.PenStyle.SolidLine if edge.weight else Qt.PenStyle.DotLine
    width = min(6.0, 1.0 + 4.0 * abs(edge.weight) ** 0.5 * (1.0 if edge.lit else 0.6))
    dashes = NEGATIVE if edge.weight < 0 else ()
    sketch.line(*measures.ends(edge), color, width, style, 1.0 if edge.lit else _FAINT_EDGE, dashes)


def _draw_node(sketch: PixelPainter, node: Node, number: int, measures: NetworkMeasures) -> None:
    colors, box, lines = theme(), measures.boxes[number], measures.lines[number]
    if node.track:
        _draw_track(sketch, node)
    fill, rim, width = colors.raised, colors.control_outline, 1.2
    if node.lit:
        fill, rim, width = colors.selection_fill, colors.forward, 2.5
    sketch.panel(box, fill, rim, width, radius=px(6))
    line = QRectF(box.left(), box.top(), box.width(), box.height() / len(lines))
    for row, words in enumerate(lines):
        is_last = row == len(lines) - 1
        role: Role = "strong" if is_last else "notes"
        # What is not computed yet steps back, and can be read all the same.
        steps_back = node.faded and not node.lit
        ink = colors.text if is_last and not steps_back else colors.muted_text
        sketch.words(words, line.translated(0, row * line.height()), "notes" if steps_back else role, ink)
    height = sketch.height_of()
    # Only where they reach neither the next node nor the headings.
    if measures.spacing[number] >= box.height() + 2 * height + px(4):
        for words, top in ((node.above, box.top() - height - 1), (node.below, box.bottom() + 1)):
            if words:
                # On a ground that edges do not cross.
                ground = QRectF(0, top, sketch.width_of(words) + px(6), height)
                ground.moveLeft(box.center().x() - ground.width() / 2)
                sketch.fill(ground, colors.surface, 0.85)
                sketch.words(words, ground, color=colors.muted_text)


def _draw_track(sketch: PixelPainter, node: Node) -> None:
    """Draw the line along which an input's handle moves, with a tick at zero."""
    (x, y), color, tick = node.place, theme().control_outline, QPointF(px(4), 0)
    sketch.line(sketch.at(x, y + node.track), sketch.at(x, y - node.track), color, 1.5)
    sketch.line(sketch.at(x, y) - tick, sketch.at(x, y) + tick, color, 1.5)


class LayerStrip(StageItem):
    """The activations of a network as thin rows of cells, one row for each layer with its name in front; values are
    from 0 to 1.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._layers: list[np.ndarray] = []
        self._images: list[QImage] = []
        self.restyle()

    def show_layers(self, names: Sequence[str], layers: Sequence[np.ndarray]) -> None:
        """Show the layers' names, and their activations from 0 to 1, layer by layer."""
        self._names = names
        self._layers = [np.round(np.clip(layer, 0, 1) * 255).astype(np.uint8)[None] for layer in layers]
        self._images = [ink_image(layer) for layer in self._layers]
        self.update()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        self._images = [ink_image(layer) for layer in self._layers]
        self.take_room(px(150), 3 * self._row() + 2, "across")

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        front = max((sketch.width_of(name) for name in self._names), default=0.0) + px(8)
        for number, (name, image) in enumerate(zip(self._names, self._images, strict=True)):
            top = number * self._row()
            sketch.words(name, QRectF(0, top, front, self._row()), color=colors.muted_text, align=LEFT)
            box = QRectF(front, top + px(2), self.size().width() - front - 1, self._row() - px(4))
            sketch.fill(box, colors.raised)
            sketch.picture(box, image)
            sketch.frame(box, colors.hairline)

    def _row(self) -> float:
        return QFontMetricsF(font("notes")).height() + px(3)
