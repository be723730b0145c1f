"""A slice through a network's loss: plots of loss and accuracy over a shift of the weights in one random direction."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from PySide6.QtCore import QRectF

from engine.contract.numerals import format_real, percent
from engine.contract.text import Text
from gui.plots.board.table import FittingWords
from gui.plots.curves.curves import Curve, CurvesPlot
from gui.plots.drawing.api import PixelPainter, PlotOverlay, curve_color, px, theme, translate

SLICE = "slice_words", "slice_loss", "slice_accuracy"
"""The names under which views keep the line of words and both plots; questions about the stage use those of the plots
too.
"""
_WORDS = (
    Text("A slice: the network of update {update:,} moved along one random direction, on {digits:,} training digits"),
    Text("A slice: update {update:,}, one random direction"),
    Text("Update {update:,}, a random direction"),
    Text("Slice at update {update:,}"),
)
_ALONG = Text("α, in lengths of the weights")
_LOSS, _ACCURACY = Text("loss"), Text("accuracy")
_TOPS = (0.5, 1.0, 2.0, 2.6, 5.0, 10.0)
"""The possible upper ends of the loss axis; losses above the last are cut off."""
_AIR = 1.04
_INK = 1
_DOT = 5


class LossSlice(Protocol):
    """Protocol of the attributes of an engine's slice that are drawn."""

    @property
    def update(self) -> int: ...

    @property
    def digits(self) -> int: ...

    @property
    def steps(self) -> np.ndarray: ...  # (S,)

    @property
    def losses(self) -> np.ndarray: ...  # (S,)

    @property
    def accuracies(self) -> np.ndarray: ...  # (S,)

    @property
    def here(self) -> float: ...


class SlicePlots:
    """The line of words and the two plots of a slice; ``parts`` has them in the order of ``SLICE``."""

    def __init__(self) -> None:
        self.words = FittingWords()
        self.loss, self.accuracy = CurvesPlot(-_AIR, _AIR, numbered_below=False), CurvesPlot(-_AIR, _AIR)
        self.parts = self.words, self.loss, self.accuracy
        self._heres = _Here(), _Here()
        for plot, one in zip(self.parts[1:], self._heres, strict=True):
            plot.put(one)

    def name(self) -> None:
        """Set the names of the plots' axes; applies the current language, colours and fonts."""
        self.loss.set_names("", translate(_LOSS))
        self.accuracy.set_names(translate(_ALONG), translate(_ACCURACY))
        for plot in (self.loss, self.accuracy):
            plot.set_room("0.5")
            plot.getAxis("bottom").setTicks([[(at, format_real(at, 1)) for at in (-1.0, -0.5, 0.0, 0.5, 1.0)]])
        self.accuracy.getAxis("left").setTicks([[(0, "0"), (0.5, "0.5"), (1, "1")]])
        self.accuracy.show_range(0, _AIR)

    def show_slice(self, slice: LossSlice | None) -> None:
        """Show the slice, with the network's own loss and accuracy at α = 0; does nothing if there is none."""
        if slice is None:
            return
        right = float(slice.accuracies[len(slice.steps) // 2])
        most = float(np.max(slice.losses, initial=0.0, where=np.isfinite(slice.losses)))
        self.loss.show_range(0, _AIR * next((top for top in _TOPS if most <= top), _TOPS[-1]))
        self.loss.show_curves([Curve(_INK, slice.steps, slice.losses)])
        self.accuracy.show_curves([Curve(_INK, slice.steps, slice.accuracies)])
        for mark, value, words in zip(
            self._heres, (slice.here, right), (f"{slice.here:.3f}", percent(right, 1)), strict=True
        ):
            mark.show_state(value, words)
        self.words.show_words(*_WORDS, color="muted_text", update=slice.update, digits=slice.digits)


class _Here(PlotOverlay):
    """The value of the unshifted network as a dot in the middle, with its text below, or above if there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(10)

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        value, words = self.state
        at, color = sketch.at(0, value), curve_color(_INK)
        width, height = sketch.width_of(words, "headline", bold=True), sketch.height_of("headline")
        box = QRectF(at.x() - width / 2, at.y() + px(_DOT), width, height)
        if box.bottom() > sketch.box.bottom():
            box.moveBottom(at.y() - px(_DOT))
        sketch.plate(words, box, color, "headline", bold=True)
        sketch.dot(at, px(_DOT), color, theme().surface)
