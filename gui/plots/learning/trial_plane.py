"""Trials over two hyperparameters on axes of powers of ten: planned ones hollow, finished ones coloured by score, and
all projected onto the lower axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from engine.contract.numerals import percent
from gui.plots.axes.axis import PowerAxis, widest_of
from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, PlotOverlay, px, theme

_MARGIN, _ASIDE = 0.035, 0.055
"""The margins above and below the searchable ranges, and on both sides, as shares of these; the outer tick texts need
them.
"""
_BAND = 0.08
"""The height of the projection onto the lower axis, as a share of the plane's height."""
_DOT, _KEY = 4.5, 90

Range = tuple[float, float]
Box = tuple[Range, Range]


@dataclass(frozen=True)
class TrialMark:
    """A trial at (``x``, ``y``), both powers of ten; ``score`` is from 0 to 1, None before the trial is finished.

    ``rank`` is 1 for the best, 2 for the next, 0 for trials without a rank. ``lost`` trials are crossed out, ``square``
    marks lie on a grid.
    """

    x: float
    y: float
    score: float | None = None
    rank: int = 0
    opened: bool = False
    learning: bool = False
    lost: bool = False
    square: bool = False


@cache
def _colors() -> tuple[str, ...]:
    table = pg.colormap.get("viridis").getLookupTable(nPts=256)
    return tuple(QColor(*color[:3]).name() for color in table.tolist())


def score_color(score: float) -> str:
    """The viridis colour of a score from 0 to 1."""
    return _colors()[round(255 * min(max(score, 0.0), 1.0))]


class TrialPlane(Chart):
    """A plot of trials over two hyperparameters; ``across`` and ``up`` are the fixed ranges of its axes, in powers of
    ten.
    """

    def __init__(self, across: Range, up: Range) -> None:
        super().__init__({"bottom": PowerAxis("bottom"), "left": PowerAxis("left")})
        wide, high = across[1] - across[0], up[1] - up[0]
        self.setXRange(across[0] - _ASIDE * wide, across[1] + _ASIDE * wide, padding=0)
        self.setYRange(up[0] - (_MARGIN + _BAND) * high, up[1] + _MARGIN * high, padding=0)
        self.marks = _Marks(up[0] - _MARGIN * high)
        self.put(self.marks)

    def set_names(self, across: str, up: str, score: str) -> None:
        """Set the names of both axes and of the score; applies the current colours and fonts."""
        self.name_axes(across, up)
        self.set_room(widest_of(("0.001", "10⁻⁸")))
        self.marks.name = score
        self.marks.redraw()

    def show_trials(
        self, marks: Sequence[TrialMark], box: Box, ghosts: Sequence[TrialMark] = (), ghost_box: Box | None = None
    ) -> None:
        """Show trials and ``box``, the two ranges (across, up) that are searched; ``ghosts`` are earlier trials with
        their own box.
        """
        self.marks.show_state(tuple(marks), tuple(ghosts), box, ghost_box)


def _area(sketch: PixelPainter, box: Box) -> QRectF:
    (left, right), (low, high) = box
    return sketch.area(left, low, right, high)


class _Marks(PlotOverlay):
    """The overlay of searched ranges, trials, projection and colour legend; ``floor`` is the upper end of the
    projection.
    """

    name = ""

    def __init__(self, floor: float) -> None:
        super().__init__()
        self._floor = floor

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        colors, (marks, ghosts, box, ghost_box) = theme(), self.state
        if ghost_box not in (None, box):
            sketch.frame(_area(sketch, ghost_box), colors.text, 1.2, Qt.PenStyle.DashLine, colors.ghost_opacity)
        sketch.panel(_area(sketch, box), colors.selection_fill, colors.selection, 1.4, opacity=0.45)
        self._draw_projection(sketch, marks)
        self._draw_key(sketch)
        for mark in ghosts:
            if mark.score is not None:
                sketch.dot(sketch.at(mark.x, mark.y), px(_DOT - 1), score_color(mark.score),
                           opacity=colors.ghost_opacity)  # fmt: skip
        # The better ones on top, so that no bad one hides them.
        for mark in sorted(marks, key=lambda one: -1.0 if one.score is None else one.score):
            self._draw_mark(sketch, mark)

    def _draw_mark(self, sketch: PixelPainter, mark: TrialMark) -> None:
        colors, place, radius = theme(), sketch.at(mark.x, mark.y), px(_DOT)
        roundness = 0.0 if mark.square else radius
        if mark.opened:
            foot = QPointF(place.x(), sketch.at(mark.x, self._floor).y())
            sketch.line(place, foot, colors.text, 1.2, Qt.PenStyle.DotLine)
            sketch.ring(place, radius + px(5), colors.text, 2.2)
        if mark.rank:
            sketch.ring(place, radius + px(2), colors.text, 1.6)
        if mark.score is None:
            rim, width = (colors.text, 2.4) if mark.learning else (colors.control_outline, 1.2)
            sketch.panel(_box(place, radius - 1), colors.surface, rim, width, roundness)
            return
        sketch.panel(_box(place, radius), score_color(mark.score), colors.muted_text, 0.8, roundness)
        if mark.lost:
            for aside in (QPointF(radius, radius), QPointF(radius, -radius)):
                sketch.line(place - aside, place + aside, colors.wrong, 1.8)

    def _draw_projection(self, sketch: PixelPainter, marks: Sequence[TrialMark]) -> None:
        """Draw a short line below the plane for every trial: those with the same horizontal position coincide."""
        colors, box = theme(), sketch.box
        top, bottom = sketch.at(0, self._floor).y() + px(2), box.bottom() - px(2)
        sketch.line(QPointF(box.left(), top), QPointF(box.right(), top), colors.hairline)
        for mark in sorted(marks, key=lambda one: -1.0 if one.score is None else one.score):
            x = sketch.at(mark.x, 0).x()
            color, width = (colors.control_outline, 1.0) if mark.score is None else (score_color(mark.score), 2.4)
            start = top + px(3) if mark.score is None or not mark.opened else top
            sketch.line(QPointF(x, start), QPointF(x, bottom), color, width)

    def _draw_key(self, sketch: PixelPainter) -> None:
        """Draw the colour legend in the upper left corner."""
        colors, line = theme(), sketch.height_of()
        left, top, width = sketch.box.left() + px(8), sketch.box.top() + px(6), px(_KEY)
        whole = QRectF(left, top, max(width, sketch.width_of(self.name)), line)
        sketch.words(self.name, whole, color=colors.muted_text, align=LEFT)
        for step in range(30):
            piece = QRectF(left + step * width / 30, top + line + 1, width / 30 + 0.6, px(7))
            sketch.fill(piece, score_color((step + 0.5) / 30))
        ends = QRectF(left, top + line + px(8), width, line)
        sketch.words(percent(0.0), ends, color=colors.muted_text, align=LEFT)
        sketch.words(percent(1.0), ends, color=colors.muted_text, align=RIGHT)


def _box(place: QPointF, radius: float) -> QRectF:
    return QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
