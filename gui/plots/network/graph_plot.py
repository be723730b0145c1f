"""A computational graph from left to right, with values above the edges and gradients below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from gui.plots.axes.magnified import MagnifiedChart
from gui.plots.drawing.api import PixelPainter, PlotOverlay, font, px, sketch_of, theme
from gui.plots.network.graph_numbers import (
    RADIUS,
    EdgeMark,
    InputMark,
    NodeMark,
    NumberRow,
    Part,
    Position,
    ResultMark,
    Way,
    draw_row,
    head_box,
    in_sight,
    numbers_of,
    row_at,
)
from gui.style.language import language
from gui.style.typography import zoom

_ROW = 150
"""The largest distance in pixels between rows, so that a graph with few rows does not spread over the whole height."""
_HEAD = 13
_TICK = 4
"""Pixels: the length of an arrowhead, and half the length of the ticks at the ends of an input's track."""


class GraphPlot(MagnifiedChart):
    """A plot for a computational graph, which can be magnified."""

    takes_keys = False

    def __init__(self) -> None:
        self._size = (0.0, 1.0, 1.0)
        super().__init__()
        self.item = GraphItem()
        self.addItem(self.item, ignoreBounds=True)

    def set_size(self, left: float, right: float, rows: float) -> None:
        """Set the graph's extent in plot coordinates: from x ``left`` to ``right``, and rows of height 1 from y = 0
        upwards.
        """
        if (left, right, rows) != self._size:
            self._size = (left, right, rows)
            self.show_whole()

    def whole(self) -> QRectF:
        """The extent of the graph, with a margin in pixels for the words at its edges."""
        left, right, rows = self._size
        line = QFontMetricsF(font("strong")).height()
        side, end, edge = px(16), px(48), 2 * line + px(4)
        box = self.vb.rect()
        across = (right - left) / max(1.0, box.width() - side - end)
        up = max((rows - 1) / max(1.0, box.height() - 2 * edge), 1 / px(_ROW))
        width, height = box.width() * across, box.height() * up
        return QRectF(left - side * across, (rows - 1) / 2 - height / 2, width, height)


class GraphItem(PlotOverlay):
    """The overlay that draws a computational graph from its edges, nodes, inputs and result."""

    def __init__(self) -> None:
        super().__init__()
        self._laid_out: tuple[tuple, tuple, GraphLayout] | None = None

    def show_graph(
        self,
        edges: Sequence[EdgeMark],
        nodes: Sequence[NodeMark],
        inputs: Sequence[InputMark],
        result: ResultMark,
    ) -> None:
        """Show this graph, given as its edges, operations, inputs and result."""
        self.show_state(tuple(edges), tuple(nodes), tuple(inputs), result)

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        edges, nodes, inputs, result = self.state
        layout = self._kept_layout(sketch)
        for edge in sorted(edges, key=lambda edge: bool(edge.lit)):
            _draw_edge(sketch, edge, layout.ways[id(edge)])
        for one in inputs:
            _draw_track(sketch, layout.boxes[one.place])
        for row in layout.of_inputs:
            draw_row(sketch, row)
        for node in nodes:
            _draw_node(sketch, node, layout.boxes[node.place])
        _draw_result(sketch, result, layout.boxes[result.place])
        for row in layout.of_edges:
            draw_row(sketch, row)

    def written(self) -> list[QRectF]:
        """The boxes of nodes, inputs, result, values and gradients, in scene pixels."""
        if not self.state:
            return []
        layout = self._kept_layout(sketch_of(self))
        return [*layout.boxes.values(), *layout.rails, *(row.box for row in (*layout.of_inputs, *layout.of_edges))]

    def _kept_layout(self, sketch: PixelPainter) -> GraphLayout:
        """The layout, cached until something changes: at 200 % zoom placing the values of a large graph takes 35 ms."""
        seen_as = (self.sceneTransform(), self.boundingRect(), zoom(), theme().name, language())
        kept = self._laid_out
        if kept is None or kept[0] is not self.state or kept[1] != seen_as:
            self._laid_out = kept = self.state, seen_as, self.layout(sketch)
        return kept[2]

    def layout(self, sketch: PixelPainter) -> GraphLayout:
        """Compute the places of all elements in pixels; RuntimeError before a graph is shown."""
        if not self.state:
            raise RuntimeError("there is no graph yet")
        edges, nodes, inputs, result = self.state
        tight = sketch.at(0, 0).y() - sketch.at(0, 1).y() < 4 * sketch.height_of("strong")
        boxes = {node.place: _node_box(sketch, node) for node in nodes}
        boxes |= {one.place: _track_box(sketch, one) for one in inputs}
        boxes[result.place] = _result_box(sketch, result)
        ways = {id(edge): _points(sketch, edge, boxes) for edge in edges}
        heads = [head_box(*_head(edge, ways[id(edge)]), px(_HEAD)) for edge in edges if edge.lit]
        names = _names(sketch, inputs, boxes, tight)
        of_inputs = [
            row
            for one, name in zip(inputs, names, strict=True)
            for row in _input_rows(sketch, one, name, boxes[one.place], tight)
        ]
        tick = px(_TICK)
        rails = [boxes[one.place].adjusted(-1, -tick, 1, tick) for one in inputs]
        marks = [boxes[one.place] for one in (*nodes, result)]
        taken = [*heads, *rails, *marks, *(row.box for row in of_inputs)]
        numbers: dict[int, list[NumberRow]] = {}
        # Those in the light have first choice.
        for edge in sorted(edges, key=lambda edge: not edge.lit):
            others = [way for other, way in ways.items() if other != id(edge)]
            rows = numbers_of(sketch, edge, ways[id(edge)], others, tight, taken)
            taken += [row.box for row in rows if row.parts]
            numbers[id(edge)] = rows
        return GraphLayout(boxes, ways, tuple(heads), tuple(rails), tuple(of_inputs), numbers)


@dataclass(frozen=True)
class GraphLayout:
    """The places of a graph's elements in pixels: boxes of nodes, inputs and result by their points, the corners and
    the text rows of each edge by its id, and the text rows of inputs.
    """

    boxes: Mapping[Position, QRectF]
    ways: Mapping[int, list[QPointF]]
    heads: tuple[QRectF, ...]
    rails: tuple[QRectF, ...]
    of_inputs: tuple[NumberRow, ...]
    numbers: dict[int, list[NumberRow]]

    @property
    def of_edges(self) -> list[NumberRow]:
        """The text rows of all edges, those of highlighted edges last."""
        return [row for rows in reversed(self.numbers.values()) for row in reversed(rows)]


def _ink(way: Way) -> str:
    return {"forward": theme().forward, "backward": theme().backward}.get(way, theme().control_outline)


def _node_box(sketch: PixelPainter, node: NodeMark) -> QRectF:
    half = max(px(RADIUS), sketch.width_of(node.words, "headline") / 2 + px(8))
    center = sketch.at(*node.place)
    return QRectF(center.x() - half, center.y() - px(RADIUS), 2 * half, 2 * px(RADIUS))


def _track_box(sketch: PixelPainter, one: InputMark) -> QRectF:
    left, right = (sketch.at(one.place[0] + way * one.reach, one.place[1]) for way in (-1, 1))
    return QRectF(left, right)


def _result_box(sketch: PixelPainter, result: ResultMark) -> QRectF:
    width = max(sketch.width_of(result.name, "text"), sketch.width_of(result.value, "strong")) + px(14)
    height = sketch.height_of("text") + sketch.height_of("strong") + px(8)
    center = sketch.at(*result.place)
    left = in_sight(sketch.box.adjusted(0, 0, -2, 0), center.x(), width)
    return QRectF(left, center.y() - height / 2, width, height)


def _points(sketch: PixelPainter, edge: EdgeMark, boxes: dict[tuple[float, float], QRectF]) -> list[QPointF]:
    """The corners of an edge in pixels, from the side of its source to that of its target."""
    source, target = boxes[edge.points[0]], boxes[edge.points[-1]]
    inner = [sketch.at(*place) for place in edge.points[1:-1]]
    return [QPointF(source.right(), source.center().y()), *inner, QPointF(target.left(), target.center().y())]


def _draw_edge(sketch: PixelPainter, edge: EdgeMark, points: list[QPointF]) -> None:
    color, width = _ink(edge.lit), 3.5 if edge.lit else 1.5
    for start, end in pairwise(points):
        sketch.line(start, end, color, width)
    if edge.lit:
        tip, along = _head(edge, points)
        sketch.head(tip, along, px(_HEAD), color)


def _head(edge: EdgeMark, points: list[QPointF]) -> tuple[QPointF, QPointF]:
    """The tip of a highlighted edge's arrowhead, and its direction as a unit vector."""
    end, before = (points[-1], points[-2]) if edge.lit == "forward" else (points[0], points[1])
    way = end - before
    return end, way / max(1e-9, (way.x() ** 2 + way.y() ** 2) ** 0.5)


def _draw_node(sketch: PixelPainter, node: NodeMark, box: QRectF) -> None:
    colors = theme()
    fill, rim, ink, width = colors.raised, colors.control_outline, colors.text, 1.5
    if node.lit:
        fill, rim, ink, width = _ink(node.lit), _ink(node.lit), colors.surface, 3
        gap = px(5)
        sketch.frame(box.adjusted(-gap, -gap, gap, gap), rim, 2, opacity=0.7, radius=box.height() / 2 + gap)
    elif not node.done:
        fill, ink = colors.surface, colors.muted_text
    style = Qt.PenStyle.SolidLine if node.done or node.lit else Qt.PenStyle.DashLine
    sketch.fill(box, fill, 1.0, box.height() / 2)
    sketch.frame(box, rim, width, style, radius=box.height() / 2)
    sketch.words(node.words, box, "headline", ink)


def _draw_track(sketch: PixelPainter, track: QRectF) -> None:
    color, tick = theme().control_outline, QPointF(0, px(_TICK))
    start, end = track.topLeft(), track.topRight()
    sketch.line(start, end, color, 1.5)
    for place in (start, end):
        sketch.line(place - tick, place + tick, color, 1.5)


def _names(
    sketch: PixelPainter, inputs: Sequence[InputMark], boxes: Mapping[Position, QRectF], tight: bool
) -> list[str]:
    """The text above each input's track. All have the same wording, the one with which fewest are too long. If rows are
    close together, the value stands alone where there is no room for a name.
    """

    def fits(one: InputMark, words: str) -> bool:
        return bool(sketch.fitting((words,), _room_above(boxes[one.place]), "strong"))

    if tight:
        return [next((words for words in one.above[-2:] if fits(one, words)), one.above[-1]) for one in inputs]
    wording = min((0, 1), key=lambda wording: sum(not fits(one, one.above[wording]) for one in inputs))
    return [one.above[wording] for one in inputs]


def _room_above(track: QRectF) -> float:
    return track.width() + px(28)


def _input_rows(sketch: PixelPainter, one: InputMark, above: str, track: QRectF, tight: bool) -> list[NumberRow]:
    """The text rows of an input: name and value above its track, gradient below; all above if the graph's rows are
    ``tight``.
    """
    colors, start = theme(), track.topLeft()
    line, gap = sketch.height_of("strong"), px(11)
    sign, ink = {True: " ✓", False: " ≠", None: ""}[one.agrees], {True: colors.right, None: colors.backward}
    parts: list[Part] = [(one.gradient and one.gradient + sign, "strong", ink.get(one.agrees, colors.wrong), False),
             (one.wrong and f"{one.wrong} ✗", "strong", colors.wrong, False),
             (one.before, "text", colors.muted_text, False)]  # fmt: skip
    name: Part = (above, "strong", colors.forward if one.lit else colors.text, False)
    middle = QPointF(track.center().x(), start.y())
    if tight:
        return [row_at(sketch, [name, parts[0]], middle - QPointF(0, gap + line / 2 - px(4)))]
    over, under = middle - QPointF(0, gap + line / 2), middle + QPointF(0, gap + line / 2)
    if not sketch.fitting((above,), _room_above(track), "strong"):
        # A long name goes on over the next node.
        half = (sketch.width_of(above, "strong") + px(6)) / 2
        over = QPointF(track.left() + half, start.y() - px(RADIUS + _TICK) - line / 2)
    return [row_at(sketch, [name], over), row_at(sketch, parts, under)]


def _draw_result(sketch: PixelPainter, result: ResultMark, box: QRectF) -> None:
    colors = theme()
    sketch.panel(box, colors.raised, colors.control_outline, 1.5, px(6))
    upper = QRectF(box.left(), box.top() + px(4), box.width(), sketch.height_of("text"))
    sketch.words(result.name, upper, "text", colors.muted_text)
    lower = QRectF(box.left(), upper.bottom(), box.width(), sketch.height_of("strong"))
    sketch.words(result.value, lower, "strong", colors.forward)
    under = QPointF(box.center().x(), box.bottom() + px(3) + sketch.height_of("text") / 2)
    draw_row(sketch, row_at(sketch, [(result.before, "text", colors.muted_text, False)], under))
