"""A horizontal bar for the share of each learner, in the learner's colour, on a fixed scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from gui.plots.axes.chart import Chart
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, PlotOverlay, Role, curve_color, px, sketch_of, theme
from gui.plots.drawing.ink import readable_on
from gui.style.foreground import blend

_HALF, _FILL = 0.3, 0.6
_GAP = 10
_LEFT, _RIGHT = -0.02, 1.04
"""The ends of the axis: slightly beyond 0 and 1, so that the tick texts at both ends have room."""
_INSIDE = 1.5
"""The smallest free width, in gaps, beside a text that stands inside its bar."""
_NARROWEST = 0.2
"""The smallest share of the plot's width that is left to the bars when letters are large."""
_TICKS = ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))


@dataclass(frozen=True)
class LearnerBar:
    """A bar for ``share``, from 0 to 1, with ``text``; ``number`` is the style of the learner's curves.

    ``ends`` are the smallest and largest share of several runs, ``before`` is an earlier share.
    """

    name: str
    number: int
    share: float
    text: str
    ends: tuple[float, float] | None = None
    before: float | None = None


class LearnerBars(Chart):
    """A plot of learners' bars; row n lies between n and n + 1 from the top, the ``selected`` row is highlighted."""

    def __init__(self) -> None:
        super().__init__()
        self.bars = _Bars()
        self.put(self.bars)
        self.vb.invertY(True)
        self.set_ticks(_TICKS, ())
        self.vb.sigResized.connect(self._fit)
        self._fit()

    def set_name(self, across: str) -> None:
        """Set the name of the shares' axis; applies the current colours and fonts."""
        self.name_axes(across, "")
        self.getAxis("left").setStyle(tickLength=0)
        self._make_room()
        self.bars.update()

    def show_bars(self, bars: Sequence[LearnerBar], selected: int | None = None) -> None:
        """Show a bar for each learner, one row below the other, and highlight the row ``selected``."""
        self.bars.show_state(tuple(bars), selected)
        self.setYRange(0, len(bars), padding=0)
        self.set_ticks(_TICKS, [(row + 0.5, bar.name) for row, bar in enumerate(bars)])
        self._make_room()
        self._fit()

    def _fit(self) -> None:
        """Fit the axis to the whole scale, with room on the right for a number beside a long bar."""
        bars, room = self.bars.state[0] if self.bars.state else (), self.vb.width()
        right = _RIGHT
        if bars and room > 0 and _widest(sketch := sketch_of(self.bars), bars, "notes", room) > room:
            beside = max(sketch.width_of(bar.text, "notes") for bar in bars) + 2 * px(_GAP)
            right = _LEFT + (1 - _LEFT) * room / max(room - beside, _NARROWEST * room)
        self.setXRange(_LEFT, right, padding=0)

    def _make_room(self) -> None:
        bars = self.bars.state[0] if self.bars.state else ()
        self.set_room(max((bar.name for bar in bars), key=len, default=""))


class _Bars(PlotOverlay):
    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        bars, selected = self.state
        colors = theme()
        if selected is not None:
            sketch.fill(sketch.area(_LEFT, selected, _RIGHT, selected + 1), colors.selection_fill, radius=4)
        fits = sketch.height_of("number") <= sketch.area(0, 0, 1, 1).height()
        role: Role = (
            "number" if fits and _widest(sketch, bars, "number", sketch.box.width()) <= sketch.box.width() else "notes"
        )
        for row, bar in enumerate(bars):
            color, middle = curve_color(bar.number), row + 0.5
            box = sketch.area(0, middle - _HALF, bar.share, middle + _HALF)
            sketch.fill(box, color, _FILL)
            if bar.before is not None:
                top, bottom = sketch.at(bar.before, row), sketch.at(bar.before, row + 1)
                sketch.line(top, bottom, colors.text, 2, opacity=colors.ghost_opacity)
            if bar.ends is not None:
                _draw_ends(sketch, bar.ends, middle, color)
            _draw_text(sketch, bar, box, sketch.area(0, row, 1, row + 1), role)


def _draw_ends(sketch: PixelPainter, ends: tuple[float, float], middle: float, color: str) -> None:
    """Draw a line from the smallest to the largest share, with a short stroke across at both ends."""
    start, end = (sketch.at(share, middle) for share in ends)
    half = QPointF(0, px(5))
    sketch.line(start, end, color, 2)
    for place in (start, end):
        sketch.line(place - half, place + half, color, 2)


def _widest(sketch: PixelPainter, bars: Sequence[LearnerBar], role: Role, room: float) -> float:
    """The width in pixels to reserve on the right for a text beside a bar that is just too short to hold it; ``room``
    is the width of the scale. It does not depend on the present shares, or letters and scale would jump.
    """
    gap, scale = px(_GAP), room / (_RIGHT - _LEFT)
    width = max((sketch.width_of(bar.text, role) for bar in bars), default=0.0)
    ends = [scale * bar.ends[1] for bar in bars if bar.ends and scale * bar.ends[0] < width]
    return -_LEFT * scale + max([width + _INSIDE * gap, *ends]) + gap + width


def _draw_text(sketch: PixelPainter, bar: LearnerBar, box: QRectF, row: QRectF, role: Role) -> None:
    """Draw a bar's text at its end, or to its right if the bar is too short."""
    gap, width = px(_GAP), sketch.width_of(bar.text, role)
    start = sketch.at(bar.ends[0] if bar.ends else bar.share, 0).x()
    if start - box.left() > width + _INSIDE * gap:
        place = QRectF(box.left(), row.top(), start - box.left() - gap, row.height())
        ground = blend(theme().surface, curve_color(bar.number), _FILL)
        sketch.words(bar.text, place, role, readable_on(ground, theme().text), align=RIGHT)
        return
    end = max(box.right(), sketch.at(bar.ends[1], 0).x() if bar.ends else box.right())
    sketch.words(bar.text, QRectF(end + gap, row.top(), width + gap, row.height()), role, align=LEFT)
