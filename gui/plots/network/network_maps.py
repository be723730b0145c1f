"""A drawing of a network whose neurons are small maps of their outputs; a weight's line is as wide as the weight is
large.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPainterPathStroker
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsSceneMouseEvent

from engine.contract.frame import required
from gui.plots.axes.chart import KeyedChart
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, PlotOverlay, Role, font, px, sketch_of, theme
from gui.plots.drawing.ink import NEGATIVE, mixed, pen, sign_color, with_square_ends
from gui.plots.drawing.stage_item import GRIP, Grip
from gui.plots.network.network_walk import START, Part, part_beside, part_there
from gui.plots.surface.signed import MapImage

_WAYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_WIDEST = "sin x1"
"""The widest name that stands left of the first layer or right of the last."""
_LARGEST = 58
_SIZES, _WIDE = 6, 2.5
"""The number of line widths, and the absolute weight from which on a line has the largest width."""
_MANY = 120
_PULL = 40
"""Pixels by which a line is dragged up for its weight to grow by 1."""
_GAP = 0.82
"""The largest side of a map, as a share of the distance between two neurons of a layer."""
_NUMBERED = 30
"""The smallest side of a map, in pixels, that has room for a number."""


@dataclass(frozen=True, eq=False)
class MapNode:
    """A neuron or an input with its map. ``bias`` is None for an input.

    ``name`` stands beside the map in the first and the last layer, in a corner of the map in the others. An
    ``enlarged`` map is also shown large elsewhere; a ``lit`` neuron is one whose bias is selected.
    """

    image: MapImage
    name: str = ""
    color: str = ""
    bias: float | None = None
    enlarged: bool = False
    lit: bool = False


class NetworkMaps(KeyedChart):
    """A plot of a network: layer k stands at x = k, its neurons spread from y = 1 down to 0; headings of hidden layers
    are above.

    With the focus, arrow keys move from ``part`` (a neuron, a weight or a button) to part: ``walked`` is emitted at a
    move, ``entered`` with the part on Enter. ``words`` describe the part to screen readers.
    """

    walked = Signal()
    entered = Signal(object)
    takes_keys = False

    def __init__(self) -> None:
        self._last = 1
        self._sizes: tuple[int, ...] = ()
        self.part, self.words = START, ""
        super().__init__()
        # Tab is given by the view; a click is no arrival, and shows no ring.
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsFocusable)
        self.setMinimumSize(px(180), px(120))
        self.drawing, self.pull = _Drawing(self), PulledLine(self)
        self.put(self.drawing)
        # What is gripped does not widen what is shown.
        self.addItem(self.pull, ignoreBounds=True)
        self.fit()

    def show_network(
        self,
        layers: Sequence[Sequence[MapNode]],
        weights: Sequence[object],
        selected: tuple[int, int, int] | None,
        headings: Sequence[tuple[str, str]],
        for_hand: bool,
    ) -> None:
        """Show a network: ``weights[k]`` (n, m) lead from layer k to the next; ``selected`` is a weight's (k, source,
        target).

        A heading is a hidden layer's number of neurons and a word below it; ``for_hand`` adds the buttons − and +
        beside it.
        """
        if self._last != len(layers) - 1:
            self._last = len(layers) - 1
            self.fit()
        self._sizes = tuple(map(len, layers))
        self.part = part_there(self._sizes, self.part)
        self.drawing.show_network(layers, weights, selected, headings, for_hand)

    def fit(self) -> None:
        """Set the plot's range so that there is room for the headings, and on both sides for names and half a map."""
        width, height = self.vb.rect().width(), max(1.0, self.vb.rect().height())
        half = min(px(_LARGEST), 0.5 * width / (self._last + 1)) / 2
        beside = half + QFontMetricsF(font("text")).horizontalAdvance(_WIDEST) + px(8)
        beyond = self._last * beside / max(1.0, width - 2 * beside)
        top = sum(QFontMetricsF(font(role)).height() for role in ("text", "notes")) + px(4)
        self.setXRange(-beyond, self._last + beyond, padding=0)
        self.setYRange(0.0, 1.0 + top / max(1.0, height - top), padding=0)

    def node_box(self, layer: int, number: int) -> QRectF:
        """The rectangle of a neuron's map, in scene pixels."""
        return self.drawing.node_box(layer, number)

    def selected_line(self) -> QLineF | None:
        """The line of the selected weight, in scene pixels; None if no weight is selected."""
        return self.drawing.selected_line()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self.fit()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _WAYS and self._sizes:
            part = part_beside(self._sizes, self.part, _WAYS[event.key()])
            if part != self.part:
                self.part = part
                self.drawing.update()
                self.walked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.part)
        else:
            event.ignore()


class _Drawing(PlotOverlay):
    def __init__(self, maps: NetworkMaps) -> None:
        super().__init__()
        self._maps = maps
        self._layers: Sequence[Sequence[MapNode]] = ()

    def show_network(
        self, layers: Sequence, weights: Sequence, selected: tuple | None, headings: Sequence, for_hand: bool
    ) -> None:
        self._layers, self._selected, self._headings, self._for_hand = layers, selected, headings, for_hand
        self._weights = [block.tolist() for block in weights]
        self.redraw()

    def node_box(self, layer: int, number: int) -> QRectF:
        return self._boxes(sketch_of(self))[layer][number]

    def selected_line(self) -> QLineF | None:
        if not self._layers or self._selected is None:
            return None
        return _line(self._boxes(sketch_of(self)), *self._selected)

    def draw(self, sketch: PixelPainter) -> None:
        if not self._layers:
            return
        boxes = self._boxes(sketch)
        part = self._maps.part if self._for_hand and self._maps.hasFocus() else None
        self._draw_weights(sketch, boxes, part)
        for layer, (nodes, places) in enumerate(zip(self._layers, boxes, strict=True)):
            for node, box in zip(nodes, places, strict=True):
                self._draw_node(sketch, node, box, layer)
        for layer, (count, words) in enumerate(self._headings, start=1):
            _draw_heading(sketch, layer, count, words, self._for_hand)
        if part is not None and part.kind == "neuron":
            sketch.focus(boxes[part.layer][part.number].adjusted(-3, -3, 3, 3))
        elif part is not None and part.kind == "count":
            sketch.focus(_count_button(sketch, part.layer, part.number).adjusted(-2, -2, 2, 2))

    def _boxes(self, sketch: PixelPainter) -> list[list[QRectF]]:
        """The rectangles of all maps, layer by layer. All have the same size, limited by the fullest layer and the
        distance of layers.
        """
        most = max(len(nodes) for nodes in self._layers)
        high = abs(sketch.at(0, 1).y() - sketch.at(0, 0).y()) / most
        wide = sketch.at(1, 0).x() - sketch.at(0, 0).x()
        side = min(_GAP * high, 0.5 * wide, px(_LARGEST))
        return [
            [
                QRectF(place.x() - side / 2, place.y() - side / 2, side, side)
                for place in (sketch.at(layer, 1 - (row + 0.5) / len(nodes)) for row in range(len(nodes)))
            ]
            for layer, nodes in enumerate(self._layers)
        ]

    def _draw_weights(self, sketch: PixelPainter, boxes: list[list[QRectF]], part: Part | None) -> None:
        groups: dict[tuple[bool, int], list[QLineF]] = defaultdict(list)
        for layer, block in enumerate(self._weights):
            starts = [QPointF(box.right(), box.center().y()) for box in boxes[layer]]
            ends = [QPointF(box.left(), box.center().y()) for box in boxes[layer + 1]]
            for start, row in zip(starts, block, strict=True):
                for end, weight in zip(ends, row, strict=True):
                    size = min(_SIZES, round(_SIZES * abs(weight) / _WIDE))
                    groups[weight > 0, size].append(QLineF(start, end))
        # Hundreds of lines are drawn in a few strokes, and without smoothing, or they would take a whole frame; what is
        # opaque is drawn ten times as fast as what lets the ground through.
        many = sum(map(len, groups.values())) > _MANY
        faintest = 0.15 if many else 0.4
        sketch.painter.setRenderHint(QPainter.RenderHint.Antialiasing, not many)
        for (positive, size), lines in sorted(groups.items(), key=lambda group: group[0][1]):
            opacity = faintest + (0.95 - faintest) * size / _SIZES
            color = mixed(sign_color(1.0 if positive else -1.0), opacity)
            ink = with_square_ends(pen(color, 0.8 + 4.2 * size / _SIZES))
            if not positive and not many:
                ink.setDashPattern(NEGATIVE)
            sketch.painter.setPen(ink)
            sketch.painter.drawLines(lines)
        sketch.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._selected is not None:
            layer, source, target = self._selected
            line = required(self.selected_line())
            sketch.line(line.p1(), line.p2(), theme().selection, 9, opacity=0.4)
            sketch.line(line.p1(), line.p2(), sign_color(self._weights[layer][source][target]), 3)
        if part is not None and part.kind == "weight":
            line = _line(boxes, part.layer, part.number, part.target)
            # The ring along a line: as around a box, one of its two colours stands out from any ground.
            for color, width in ((theme().surface, 13), (theme().handle, 10), (theme().surface, 6)):
                sketch.line(line.p1(), line.p2(), color, width)
            sign = sign_color(self._weights[part.layer][part.number][part.target])
            sketch.line(line.p1(), line.p2(), sign, 3)

    def _draw_node(self, sketch: PixelPainter, node: MapNode, box: QRectF, layer: int) -> None:
        colors = theme()
        node.image.paint(sketch.painter, box, True)
        marked = node.enlarged or node.lit
        sketch.frame(box, colors.selection if marked else colors.control_outline, 2.5 if marked else 1)
        if node.bias is not None:
            radius = max(2.0, min(px(4), box.width() / 7))
            corner = box.bottomLeft() + QPointF(radius + 2, -radius - 2)
            sketch.dot(corner, radius, sign_color(node.bias), colors.surface, 1)
        height, ends = sketch.height_of("text"), (0, len(self._layers) - 1)
        if layer in ends:
            left, right = sketch.box.left(), box.left() - px(4)
            if layer:
                left, right = box.right() + px(4), sketch.box.right()
            row = QRectF(left, box.center().y() - height / 2, right - left, height)
            role: Role = "text" if sketch.width_of(node.name, "text") <= row.width() else "notes"
            ink = node.color or colors.text
            sketch.words(node.name, row, role, ink, LEFT if layer else RIGHT, bold=bool(node.color))
        elif node.name and box.width() >= px(_NUMBERED):
            size = sketch.height_of()
            plate = QRectF(box.left() + 1, box.top() + 1, size, size)
            sketch.plate(node.name, plate, colors.text)


class PulledLine(Grip):
    """The draggable line of the selected weight: ``pulled`` carries the change of the weight since the press. A press
    without a move emits ``clicked`` with its scene position.
    """

    pulled = Signal(float)
    clicked = Signal(QPointF)
    pointer = Qt.CursorShape.SizeVerCursor

    def __init__(self, maps: NetworkMaps) -> None:
        super().__init__()
        self._maps, self._from, self._moved = maps, QPointF(), False
        self.setZValue(1)

    def draw(self, sketch: PixelPainter) -> None:
        """Draw nothing: the line of the selected weight is drawn with the others."""

    def shape(self) -> QPainterPath:
        line = self._maps.selected_line()
        if line is None:
            return QPainterPath()
        path = QPainterPath(line.p1())
        path.lineTo(line.p2())
        stroker = QPainterPathStroker()
        stroker.setWidth(px(GRIP))
        back, _ = self.sceneTransform().inverted()
        return back.map(stroker.createStroke(path))

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        super().mousePressEvent(event)
        self._from, self._moved = event.scenePos(), False

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        way = self._from - event.scenePos()
        if self._moved or way.manhattanLength() >= QApplication.startDragDistance() // 2:
            self._moved = True
            self.pulled.emit(way.y() / px(_PULL))

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._moved:
            self.released.emit()
        else:
            self.clicked.emit(event.scenePos())


def _line(boxes: list[list[QRectF]], layer: int, source: int, target: int) -> QLineF:
    """The line from the right edge of a map to the left edge of one of the next layer."""
    first, last = boxes[layer][source], boxes[layer + 1][target]
    return QLineF(QPointF(first.right(), first.center().y()), QPointF(last.left(), last.center().y()))


def _heading_box(sketch: PixelPainter, layer: int) -> QRectF:
    """The box for the number of neurons in a hidden layer's heading."""
    middle, room = sketch.at(layer, 1), 0.96 * (sketch.at(1, 0).x() - sketch.at(0, 0).x())
    upper, lower = sketch.height_of("text"), sketch.height_of()
    return QRectF(middle.x() - room / 2, middle.y() - upper - lower - px(2), room, upper)


def _count_button(sketch: PixelPainter, layer: int, sign: int) -> QRectF:
    """The box of the button − (``sign`` −1) or + (1) beside a layer's number of neurons."""
    box = _heading_box(sketch, layer)
    side = min(box.height(), box.width() / 3)
    away = min(box.width() / 2 - side / 2, px(26))
    return QRectF(box.center().x() + sign * away - side / 2, box.center().y() - side / 2, side, side)


def _draw_heading(sketch: PixelPainter, layer: int, count: str, words: str, for_hand: bool) -> None:
    """Draw a layer's number of neurons, between the buttons − and + if there is room, and below it ``words``."""
    colors, box = theme(), _heading_box(sketch, layer)
    sketch.words(count, box, "strong")
    if for_hand:
        for sign, way in (("\N{MINUS SIGN}", -1), ("+", 1)):
            button = _count_button(sketch, layer, way)
            sketch.panel(button, colors.raised, colors.control_outline, radius=px(3))
            sketch.words(sign, button, "text")
    below = QRectF(box.left(), box.bottom(), box.width(), sketch.height_of())
    sketch.words(sketch.elided(words, box.width()), below, color=colors.muted_text)
