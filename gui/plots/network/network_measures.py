"""Where the parts of a network are drawn, in pixels: computed once for a picture, from its nodes and their plot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF, QTransform

from gui.style.typography import font, scaled

TRACK = 12
"""Half the width in pixels that is kept for the track of an input's handle."""
_WIDEST = "z1 = \N{MINUS SIGN}0.000"
_WIDEST_BRIEF = "z \N{MINUS SIGN}0.000"


@dataclass(frozen=True)
class Node:
    """A neuron, or an input where it has a ``track``: how far up and down its handle goes, in plot units.

    ``lines`` are written into it, one or two, or ``brief`` ones where the layers are close together; ``above`` and
    ``below`` stand there where there is room. ``faded`` ones have not been computed yet. ``clickable`` ones answer to
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


class NetworkMeasures:
    """``boxes`` and ``lines`` of all nodes, the room between them, and the fonts with their metrics."""

    def __init__(self, nodes: Sequence[Node], brief: bool, to_scene: QTransform) -> None:
        self.to_scene = to_scene
        self.strong, self.notes, self.number = font("strong"), font("notes"), font("number")
        self.strong_metrics, self.notes_metrics = QFontMetricsF(self.strong), QFontMetricsF(self.notes)
        self.number_metrics = QFontMetricsF(self.number)
        # The pixels between 0 and 1 of the plot.
        self.height = abs(self.place((0, 0)).y() - self.place((0, 1)).y())
        layers = Counter(node.place[0] for node in nodes)
        self.in_layer = [layers[node.place[0]] for node in nodes]
        self.spacing = [self.height / count for count in self.in_layer]
        self._width = node_width(brief)
        self.lines = [
            self._lines(node.brief if brief else node.lines, spacing)
            for node, spacing in zip(nodes, self.spacing, strict=True)
        ]
        self.boxes = [self._box(node, len(lines)) for node, lines in zip(nodes, self.lines, strict=True)]

    def place(self, place: tuple[float, float]) -> QPointF:
        """A place of the plot in pixels of the scene."""
        return self.to_scene.map(QPointF(*place))

    def _lines(self, lines: tuple[str, ...], spacing: float) -> tuple[str, ...]:
        """All lines where the nodes of a layer are far enough apart, else the last."""
        needed = self.strong_metrics.height() + self.notes_metrics.height() + scaled(8)
        return lines if spacing >= needed else lines[-1:]

    def _box(self, node: Node, lines: int) -> QRectF:
        """The same width for all, so that nothing moves while numbers change; an input's is left of its track."""
        height = self.strong_metrics.height() + (self.notes_metrics.height() if lines > 1 else 0)
        size = QSizeF(self._width, height + scaled(6))
        center = self.place(node.place)
        if node.track:
            center -= QPointF(size.width() / 2 + scaled(TRACK), 0)
        return QRectF(center - QPointF(size.width() / 2, size.height() / 2), size)


def node_width(brief: bool) -> float:
    """The width of a node in pixels."""
    return QFontMetricsF(font("strong")).horizontalAdvance(_WIDEST_BRIEF if brief else _WIDEST) + scaled(10)
