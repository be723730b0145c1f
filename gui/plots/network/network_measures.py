"""The nodes and edges of a network drawing, and their positions in pixels, computed once for each painting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from gui.plots.drawing.api import PixelPainter, font, px

TRACK = 12
"""Half the width in pixels that is reserved for the track of an input's handle."""
_WIDEST = "z1 = \N{MINUS SIGN}0.000"
_WIDEST_BRIEF = "z \N{MINUS SIGN}0.000"


@dataclass(frozen=True)
class Node:
    """A neuron; or an input, if it has a ``track``, the range over which its handle moves up and down, in plot units.

    ``lines`` are written inside it, one or two, or ``brief`` ones if layers are close together. The words ``above`` and
    ``below`` are written outside it if there is room. ``faded`` nodes are not computed yet, ``clickable`` ones react to
    a click.
    """

    place: tuple[float, float]
    lines: tuple[str, ...]
    brief: tuple[str, ...]
    above: str = ""
    below: str = ""
    lit: bool = False
    faded: bool = False
    track: float = 0.0
    clickable: bool = True


@dataclass(frozen=True)
class Edge:
    """An edge between the nodes with the indices ``source`` and ``target``; ``words`` is the weight as written on
    it.
    """

    source: int
    target: int
    weight: float
    words: str
    lit: bool = False


class NetworkMeasures:
    """The layout of a network drawing in pixels: the ``boxes`` and text ``lines`` of all nodes, and the ends of
    edges.
    """

    def __init__(self, nodes: Sequence[Node], brief: bool, sketch: PixelPainter) -> None:
        self._nodes, self._sketch = nodes, sketch
        # The pixels between 0 and 1 of the plot.
        self.height = abs(sketch.at(0, 0).y() - sketch.at(0, 1).y())
        layers = Counter(node.place[0] for node in nodes)
        self.in_layer = [layers[node.place[0]] for node in nodes]
        self.spacing = [self.height / count for count in self.in_layer]
        # The same width for all, so that nothing moves while numbers change.
        self._width = node_width(brief)
        both = sketch.height_of("strong") + sketch.height_of()
        self.lines = [
            (node.brief if brief else node.lines)[0 if spacing >= both + px(8) else -1 :]
            for node, spacing in zip(nodes, self.spacing, strict=True)
        ]
        self.boxes = [self._box(node, len(lines)) for node, lines in zip(nodes, self.lines, strict=True)]

    def ends(self, edge: Edge) -> tuple[QPointF, QPointF]:
        """The two ends of an edge: at the right side of its source, or of its track if that is an input, and at the
        left side of its target.
        """
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        beyond = 2 * px(TRACK) if self._nodes[edge.source].track else 0
        return QPointF(source.right() + beyond, source.center().y()), QPointF(target.left(), target.center().y())

    def _box(self, node: Node, lines: int) -> QRectF:
        """The box of a node in pixels; an input's box is left of its track."""
        height = self._sketch.height_of("strong") + (self._sketch.height_of() if lines > 1 else 0)
        size = QSizeF(self._width, height + px(6))
        center = self._sketch.at(*node.place)
        if node.track:
            center -= QPointF(size.width() / 2 + px(TRACK), 0)
        return QRectF(center - QPointF(size.width() / 2, size.height() / 2), size)


def node_width(brief: bool) -> float:
    """The width of a node in pixels."""
    return QFontMetricsF(font("strong")).horizontalAdvance(_WIDEST_BRIEF if brief else _WIDEST) + px(10)
