"""A plot without axes in which a network stands: layers side by side, each spread from 1 down to 0."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF

from gui.plots.axes.chart import Chart
from gui.plots.network.network_item import NetworkItem
from gui.plots.network.network_measures import TRACK, node_width
from gui.style.typography import font, scaled

_EDGE = 112
"""Pixels from which an edge is long enough beside whole nodes; where it would be shorter, nodes are brief."""


class NetworkPlot(Chart):
    """Holds one ``NetworkItem``; shows inputs at ``first`` and layers 1 apart up to ``last``, and never moves."""

    def __init__(self, first: float, last: float) -> None:
        super().__init__()
        self._first, self._last = first, last
        for side in ("bottom", "left"):
            self.hideAxis(side)
        self.network = NetworkItem()
        self.addItem(self.network, ignoreBounds=True)

    def fit(self) -> None:
        """Keep room in pixels at both sides for half a node, at the left for a whole one, and above for headings."""
        box = self.vb.rect()
        brief = self._edge(box.width(), node_width(brief=False)) < scaled(_EDGE)
        node = node_width(brief)
        left, right = self._margins(node)
        top = QFontMetricsF(font("notes")).height() + scaled(4)
        width, height = max(1.0, box.width() - left - right), max(1.0, box.height() - top - scaled(2))
        across, up = (self._last - self._first) / width, 1.0 / height
        self.setXRange(self._first - left * across, self._last + right * across, padding=0)
        self.setYRange(-scaled(2) * up, 1.0 + top * up, padding=0)
        self.network.range_changed(brief)

    def _margins(self, node: float) -> tuple[float, float]:
        """Pixels left of the inputs' tracks and right of the middle of the last layer, for nodes of a width."""
        return node + scaled(2 * TRACK + 2), node / 2 + scaled(6)

    def _edge(self, width: float, node: float) -> float:
        """How long an edge is between two layers with nodes of a width."""
        return (width - sum(self._margins(node))) / (self._last - self._first) - node

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self.fit()
