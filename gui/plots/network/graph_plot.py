"""A computational graph from left to right: over each edge its value, under it the gradient that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from gui.plots.axes.chart import Chart
from gui.plots.drawing.pieces import OverPlot, Role, Sketch, font, scaled, theme
from gui.plots.network.graph_marks import EdgeMark, InputMark, NodeMark, ResultMark, Way

_NOTCH = 1.0015
"""The factor of magnification for each unit of a wheel's turn, of which a notch has 120."""
_MOST = 8.0
_RADIUS = 19
"""Half the height of a node in pixels; its width follows its words."""
_ROW = 150
"""The most pixels from row to row: a graph of one row does not fly apart."""
_APART = 2
"""Pixels between an edge and the numbers over and under it."""


class GraphPlot(Chart):
    """A plot without axes that shows the whole graph; the wheel magnifies what lies under the pointer, a drag then
    moves it, and ``show_whole`` shows all of it again, as does an export.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_magnified = False
        for side in ("bottom", "left"):
            self.hideAxis(side)
        self._size = (0.0, 1.0, 1.0)
        self._kept: QRectF | None = None
        self.item = GraphItem()
        self.addItem(self.item, ignoreBounds=True)

    def set_size(self, left: float, right: float, rows: float) -> None:
        """The graph reaches from one x to another, and has so many rows of height 1 from y = 0 upwards."""
        if (left, right, rows) != self._size:
            self._size = (left, right, rows)
            self.show_whole()

    def fit(self) -> None:
        """Show the whole, with room in pixels for what is written at its edges."""
        if not self._is_magnified:
            self.setRange(self._whole(), padding=0)

    @property
    def is_magnified(self) -> bool:
        return self._is_magnified

    def show_whole(self) -> None:
        self._is_magnified = False
        self.setMouseEnabled(False, False)
        self.fit()

    def wheelEvent(self, event: QGraphicsSceneWheelEvent) -> None:
        if not self.vb.sceneBoundingRect().contains(event.scenePos()):
            event.ignore()
            return
        whole, shown = self._whole(), self.vb.viewRect()
        width = min(max(shown.width() * _NOTCH ** -event.delta(), whole.width() / _MOST), whole.width())
        if width >= whole.width() * 0.999:
            self.show_whole()
            return
        self._is_magnified = True
        self.setMouseEnabled(True, True)
        factor, fixed = width / shown.width(), self.vb.mapSceneToView(event.scenePos())
        corner = fixed + (shown.topLeft() - fixed) * factor
        self.setRange(QRectF(corner, shown.size() * factor), padding=0)

    def setExportMode(self, on: bool, options: object = None) -> None:
        """A figure shows the whole graph."""
        if on:
            self._kept = self.vb.viewRect() if self._is_magnified else None
            self.show_whole()
        elif self._kept is not None:
            self._is_magnified = True
            self.setMouseEnabled(True, True)
            self.setRange(self._kept, padding=0)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self.fit()

    def _whole(self) -> QRectF:
        left, right, rows = self._size
        line = QFontMetricsF(font("strong")).height()
        side, end, edge = scaled(16), scaled(48), 2 * line + scaled(4)
        box = self.vb.rect()
        across = (right - left) / max(1.0, box.width() - side - end)
        up = max((rows - 1) / max(1.0, box.height() - 2 * edge), 1 / scaled(_ROW))
        width, height = box.width() * across, box.height() * up
        return QRectF(left - side * across, (rows - 1) / 2 - height / 2, width, height)


class GraphItem(OverPlot):
    """All of the graph is drawn by this one item; ``state`` is edges, nodes, inputs and the result."""

    def show_graph(
        self,
        edges: Sequence[EdgeMark],
        nodes: Sequence[NodeMark],
        inputs: Sequence[InputMark],
        result: ResultMark,
    ) -> None:
        """Draw these."""
        self.show_state(tuple(edges), tuple(nodes), tuple(inputs), result)

    def draw(self, sketch: Sketch) -> None:
        if not self.state:
            return
        edges, nodes, inputs, result = self.state
        tight = sketch.at(0, 0).y() - sketch.at(0, 1).y() < 4 * sketch.height_of("strong")
        boxes = {node.place: _node_box(sketch, node) for node in nodes}
        boxes |= {one.place: _track_box(sketch, one) for one in inputs}
        boxes[result.place] = _result_box(sketch, result)
        by_light = sorted(edges, key=lambda edge: bool(edge.lit))
        ways = {id(edge): _points(sketch, edge, boxes) for edge in edges}
        for edge in by_light:
            _draw_edge(sketch, edge, ways[id(edge)])
        for one in inputs:
            _draw_input(sketch, one, boxes[one.place], tight)
        for node in nodes:
            _draw_node(sketch, node, boxes[node.place])
        _draw_result(sketch, result, boxes[result.place])
        for edge in by_light:
            _draw_numbers(sketch, edge, ways[id(edge)], tight)


def _ink(way: Way) -> str:
    return {"forward": theme().forward, "backward": theme().backward}.get(way, theme().control_outline)


def _node_box(sketch: Sketch, node: NodeMark) -> QRectF:
    half = max(scaled(_RADIUS), sketch.width_of(node.words, "headline") / 2 + scaled(8))
    center = sketch.at(*node.place)
    return QRectF(center.x() - half, center.y() - scaled(_RADIUS), 2 * half, 2 * scaled(_RADIUS))


def _track_box(sketch: Sketch, one: InputMark) -> QRectF:
    left, right = (sketch.at(one.place[0] + way * one.reach, one.place[1]) for way in (-1, 1))
    return QRectF(left, right)


def _result_box(sketch: Sketch, result: ResultMark) -> QRectF:
    width = max(sketch.width_of(result.name, "text"), sketch.width_of(result.value, "strong")) + scaled(14)
    height = sketch.height_of("text") + sketch.height_of("strong") + scaled(8)
    center = sketch.at(*result.place)
    # Whole even where the plot ends.
    left = min(center.x() - width / 2, sketch.box.right() - width - 2)
    return QRectF(left, center.y() - height / 2, width, height)


def _points(sketch: Sketch, edge: EdgeMark, boxes: dict[tuple[float, float], QRectF]) -> list[QPointF]:
    """The corners of an edge in pixels, from beside its source to beside its target."""
    source, target = boxes[edge.points[0]], boxes[edge.points[-1]]
    inner = [sketch.at(*place) for place in edge.points[1:-1]]
    return [QPointF(source.right(), source.center().y()), *inner, QPointF(target.left(), target.center().y())]


def _draw_edge(sketch: Sketch, edge: EdgeMark, points: list[QPointF]) -> None:
    color, width = _ink(edge.lit), 3.5 if edge.lit else 1.5
    for start, end in pairwise(points):
        sketch.line(start, end, color, width)
    if edge.lit:
        end, before = (points[-1], points[-2]) if edge.lit == "forward" else (points[0], points[1])
        way = end - before
        length = max(1e-9, (way.x() ** 2 + way.y() ** 2) ** 0.5)
        sketch.head(end, way / length, scaled(13), color)


def _label_at(edge: EdgeMark, points: list[QPointF]) -> QPointF:
    """Where an edge's numbers stand: at the middle one of its waypoints, or where its neighbours leave most room."""
    if len(points) > 2:
        return points[len(points) // 2]
    return points[0] + (points[1] - points[0]) * edge.crowd


def _draw_numbers(sketch: Sketch, edge: EdgeMark, points: list[QPointF], tight: bool) -> None:
    """Over the edge its value, under it the gradient; side by side over it where rows are close together."""
    colors, place = theme(), _label_at(edge, points)
    across, up = points[-1].x() - points[0].x(), abs(points[-1].y() - points[0].y())
    role: Role = "headline" if edge.lit and not tight else "number"
    half, gap = sketch.height_of(role) / 2, scaled(_APART)
    gradient = sketch.fitting(edge.gradient[:-1], across * (1.1 if edge.lit else 1.0), role, bold=bool(edge.lit))
    below = place + QPointF(0, half + gap)
    if not gradient and edge.lit and up < scaled(_RADIUS) and not tight:
        # Under the nodes on both sides and an input's gradient, where a level edge is short.
        gradient = sketch.fitting(edge.gradient[:-1], 3 * across, role, bold=True)
        below += QPointF(0, scaled(_RADIUS) + half if gradient else 0)
    parts: list[_Part] = [(gradient or edge.gradient[-1], role, colors.backward, bool(edge.lit)),
             (edge.wrong, "number", colors.wrong, True)]  # fmt: skip
    value: _Part = (edge.value, "number", colors.forward, False)
    if tight:
        _draw_row(sketch, [value, *parts], place - QPointF(0, half + gap))
    else:
        _draw_row(sketch, [value], place - QPointF(0, half + gap))
        _draw_row(sketch, parts, below)


_Part = tuple[str, Role, str, bool]


def _draw_row(sketch: Sketch, parts: Sequence[_Part], center: QPointF) -> None:
    """Words side by side (words, role, colour, bold) on a ground that edges do not cross."""
    parts = [part for part in parts if part[0]]
    widths = [sketch.width_of(words, role, bold) + scaled(6) for words, role, _, bold in parts]
    height = max((sketch.height_of(role) for _, role, _, _ in parts), default=0.0)
    # Whole where the plot ends.
    left = min(max(center.x() - sum(widths) / 2, sketch.box.left()), sketch.box.right() - sum(widths))
    for (words, role, color, bold), width in zip(parts, widths, strict=True):
        box = QRectF(left, center.y() - height / 2, width, height)
        sketch.fill(box, theme().surface, 0.92, scaled(3))
        sketch.words(words, box, role, color, bold=bold)
        left += width


def _draw_node(sketch: Sketch, node: NodeMark, box: QRectF) -> None:
    colors = theme()
    fill, rim, ink, width = colors.raised, colors.control_outline, colors.text, 1.5
    if node.lit:
        fill, rim, ink, width = _ink(node.lit), _ink(node.lit), colors.surface, 3
        sketch.frame(box.adjusted(-5, -5, 5, 5), rim, 2, opacity=0.5, radius=box.height() / 2 + 5)
    elif not node.done:
        fill, ink = colors.surface, colors.muted_text
    style = Qt.PenStyle.SolidLine if node.done or node.lit else Qt.PenStyle.DashLine
    sketch.fill(box, fill, 1.0, box.height() / 2)
    sketch.frame(box, rim, width, style, radius=box.height() / 2)
    sketch.words(node.words, box, "headline", ink)


def _draw_input(sketch: Sketch, one: InputMark, track: QRectF, tight: bool) -> None:
    colors, color, tick = theme(), theme().control_outline, QPointF(0, scaled(4))
    start, end = track.topLeft(), track.topRight()
    sketch.line(start, end, color, 1.5)
    for place in (start, end):
        sketch.line(place - tick, place + tick, color, 1.5)
    line, gap = sketch.height_of("strong"), scaled(11)
    sign, ink = {True: " ✓", False: " ≠", None: ""}[one.agrees], {True: colors.right, None: colors.backward}
    parts: list[_Part] = [(one.gradient and one.gradient + sign, "strong", ink.get(one.agrees, colors.wrong), False),
             (one.wrong and f"{one.wrong} ✗", "strong", colors.wrong, False),
             (one.before, "text", colors.muted_text, False)]  # fmt: skip
    named = one.above[-2:] if tight else one.above
    above = sketch.fitting(named, track.width() + scaled(28), "strong") or one.above[-1]
    name: _Part = (above, "strong", colors.forward if one.lit else colors.text, False)
    middle = QPointF(track.center().x(), start.y())
    if tight:
        _draw_row(sketch, [name, parts[0]], middle - QPointF(0, gap + line / 2 - scaled(4)))
    else:
        _draw_row(sketch, [name], middle - QPointF(0, gap + line / 2))
        _draw_row(sketch, parts, middle + QPointF(0, gap + line / 2))


def _draw_result(sketch: Sketch, result: ResultMark, box: QRectF) -> None:
    colors = theme()
    sketch.panel(box, colors.raised, colors.control_outline, 1.5, scaled(6))
    upper = QRectF(box.left(), box.top() + scaled(4), box.width(), sketch.height_of("text"))
    sketch.words(result.name, upper, "text", colors.muted_text)
    lower = QRectF(box.left(), upper.bottom(), box.width(), sketch.height_of("strong"))
    sketch.words(result.value, lower, "strong", colors.forward)
    under = QPointF(box.center().x(), box.bottom() + scaled(3) + sketch.height_of("text") / 2)
    _draw_row(sketch, [(result.before, "text", colors.muted_text, False)], under)
