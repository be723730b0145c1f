"""Draws `hyperparameters`: the trials over learning rate and weight decay, the opened one and the best, and the part of
luck.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from engine.contract.numerals import format_short, in_powers, percent, rounded_up
from engine.contract.text import Text, notation
from engine.experiments.ch6_techniques.hyperparameters.params import (
    BEST,
    HIGHEST,
    HIGHEST_LOSS,
    LOWEST_DECAY,
    LOWEST_RATE,
    RANGE_HIGH,
    RANGE_LOW,
    SEARCHES,
    HyperparametersFrame,
    HyperparametersParams,
    RangeTest,
)
from gui.plots.bars.histogram import Histogram
from gui.plots.drawing.curve_ink import TEST, TRAIN, curve_color, curve_pen, data_pen
from gui.plots.learning.range_plot import RangePlot
from gui.plots.learning.run_plot import RunPlot, Series, share_plot
from gui.plots.learning.small_curves import SmallCurves, SmallPlot
from gui.plots.learning.trial_plane import TrialMark, TrialPlane
from gui.stage.api import RIGHT, FittingWords, Layout, SegmentedItem, Snapshot, translate
from gui.stage.run_view import RunView

_RATE, _DECAY = Text("learning rate η"), Text("weight decay λ")
_SCORE = Text("validation accuracy")
_EPOCHS, _ACCURACY = Text("epochs", context="number"), Text("accuracy")
_TRAIN, _VALIDATION = Text("training"), Text("validation")
_PLANNED = (Text("Hollow: planned · filled: done"),)
_SEARCHED = (
    Text("{search}: {rates} different rates in {trials} trials"),
    Text("{search}: {rates} different rates"),
)
_OPENED = (
    Text("Trial {number}: η = {rate}, λ = {decay}"),
    Text("η = {rate}, λ = {decay}"),
)
_NOTHING = Text("No trial yet")
_BEST = Text("The best five: click one"), Text("The best five")
_SO_FAR = (Text("Best so far, by the number of trials"),)
_TRIALS = Text("trials", context="number")
_LUCK = (
    Text("How many tosses {coins} coins got right, {tosses} tosses each"),
    Text("{coins} coins, {tosses} tosses each"),
)
_RIGHT, _SHARE = Text("tosses right"), Text("share of the coins")
_WORTH = Text("what each is worth")
_LUCKIEST = Text("the best, on average")
_RANGE = (
    Text("Dots: the loss of each batch · curve: its mean"),
    Text("Loss of each batch"),
)
_LOSS, _MARK = Text("loss"), Text("my mark")
_STEEPEST = (
    Text("falls fastest before the minimum: {rate}"),
    Text("falls fastest: {rate}"),
    notation("{rate}"),
)
_HARMFUL = (Text("higher than at the start from {rate}"), notation("{rate}"))
_START = (Text("loss at the start: {loss}"), Text("start: {loss}"))
_BEYOND = (
    Text("dots above {most}: {count}"),
    Text("above {most}: {count}"),
)
_INKS = {"random": 1, "grid": 2}
_Shown = Snapshot[HyperparametersParams, HyperparametersFrame]


class HyperparametersView(RunView[HyperparametersParams, HyperparametersFrame]):
    """The plane of trials takes most of the stage. If both kinds of search are compared, two planes stand side by
    side.
    """

    handle_plots = MappingProxyType({"": "plane", "mark": "range"})

    def build(self) -> None:
        axes = (LOWEST_RATE, HIGHEST), (LOWEST_DECAY, HIGHEST)
        self.plane, self.grid_plane = TrialPlane(*axes), TrialPlane(*axes)
        self.curves, self.so_far = (share_plot(widest="100%") for _ in range(2))
        self.small = SmallCurves()
        self.small.chosen.connect(self._chosen)
        self.add_control(self.small)
        self.luck = Histogram((0.15, 0.95), (0.25, 0.5, 0.75), (0.2, 0.4, 0.8, 1.0))
        self.range, self.range_words = RangePlot(RANGE_LOW, RANGE_HIGH, HIGHEST_LOSS), FittingWords()
        self.searches, self.views = self.choice("search", SegmentedItem()), self.choice("view", SegmentedItem())
        self.caption, self.grid_words, self.opened_words = FittingWords(), FittingWords(), FittingWords()
        self.small_words, self.so_far_words, self.luck_words = FittingWords(), FittingWords(), FittingWords()
        self.go_on = self.invite_to_run(self.plane)
        self.pinned.behind(self.so_far, "so_far")
        self.probe_plot(self.plane)
        self.probe_plot(self.grid_plane, "grid")
        self.probe_plot(self.curves, "curves")
        self.probe_plot(self.so_far, "so_far")
        self.probe_plot(self.luck, "luck")
        self.probe_plot(self.range, "range")
        for plane in (self.plane, self.grid_plane):
            self.dress(plane.set_names, _RATE, _DECAY, _SCORE)
        self.dress(self.curves.set_names, _EPOCHS, _ACCURACY)
        self.dress(self.so_far.set_names, _TRIALS, _ACCURACY)
        for plot in (self.curves, self.so_far):
            self.dress(plot.set_room, "0.5")
        self.dress(self.luck.set_names, _RIGHT, _SHARE)
        self.dress(self.range.set_names, _RATE, _LOSS)
        self.dress(self.small.measure)
        self.so_far_words.show_words(*_SO_FAR, color="muted_text")

    def layout_for(self, params: HyperparametersParams, wide: bool, compact: bool) -> Layout:
        align = {"views": RIGHT}
        if params.view == "luck":
            return Layout(("luck_words views", "luck luck"), (0, 1), (1, 0), align)
        if params.view == "range":
            return Layout(("range_words views", "range range"), (0, 1), (1, 0), align)
        if compact:
            return Layout(("searches caption views", "plane plane plane"), (0, 1), (0, 1, 0), align)
        if params.search == "both":
            cells = ("searches views", "caption grid_words", "plane grid_plane", "so_far_words so_far_words",
                     "so_far so_far")  # fmt: skip
            # Shares wider than both controls, or these would make one plane wider than the other.
            return Layout(cells, (0, 0, 68, 0, 32), (200, 200), align)
        if wide:
            cells = ("searches caption views", "plane plane opened_words", "plane plane curves",
                     "plane plane small_words", "plane plane small")  # fmt: skip
            return Layout(cells, (0, 0, 62, 0, 38), (180, 200, 200), align)
        cells = ("searches views", "caption caption", "plane plane", "opened_words small_words", "curves small")
        return Layout(cells, (0, 0, 64, 0, 36), (55, 45), align)

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        # Only the shorter wording does not ask for a click.
        self.small_words.show_words(*_BEST[self._exporting :], color="muted_text")
        params, frame = current.params, current.frame
        before = ghost if ghost is not None and ghost.params.view == params.view else None
        if params.view == "luck":
            self._show_luck(params, frame, before.frame if before else None)
        elif frame.range_test is not None:
            self._show_range(frame.range_test, frame.finished)
        else:
            self._show_planes(params, frame, before)
            self._show_opened(params, frame)
            self._show_best(frame)
            self._show_so_far(params, frame)
        self.invite_at(-4.6, -3.2 if self.is_waiting and params == self.experiment.params_type() else None)

    # The search

    def _show_planes(self, params: HyperparametersParams, frame: HyperparametersFrame, ghost: _Shown | None) -> None:
        box, marks = (params.rate_range, params.decay_range), _marks(frame)
        before = _marks(ghost.frame) if ghost is not None else ()
        ghost_box = (ghost.params.rate_range, ghost.params.decay_range) if ghost is not None else None
        if params.search == "both":
            rates = {"random": frame.random_rates, "grid": frame.grid_rates}
            sides = (self.caption, self.plane, "random"), (self.grid_words, self.grid_plane, "grid")
            for words, plane, one in sides:
                grid = one == "grid"
                shown = [[mark for mark in every if mark.square == grid] for every in (marks, before)]
                plane.show_trials(shown[0], box, shown[1], ghost_box)
                values = {"search": translate(SEARCHES[one]), "rates": rates[one], "trials": params.count}
                words.show_words(*_SEARCHED, color=curve_color(_INKS[one]), **values)
            return
        self.plane.show_trials(marks, box, before, ghost_box)
        self.caption.show_words(*_PLANNED, color="muted_text")

    def _show_opened(self, params: HyperparametersParams, frame: HyperparametersFrame) -> None:
        words: Sequence[Text] = (_NOTHING,)
        if frame.opened:
            rate, decay = (format_short(float(row[frame.opened - 1]), 2) for row in (frame.rates, frame.decays))
            words = [text(number=frame.opened, rate=rate, decay=decay) for text in _OPENED]
        self.opened_words.show_words(*words, color="muted_text")
        at = np.arange(params.epochs + 1)
        _show_across(self.curves, params.epochs)
        self.curves.show_series(
            [
                Series(translate(name), data_pen(ink), at, curve, percent(_newest(curve)))
                for name, ink, curve in zip((_TRAIN, _VALIDATION), (TRAIN, TEST), frame.opened_curves, strict=True)
            ]
        )

    def _show_best(self, frame: HyperparametersFrame) -> None:
        plots = [
            SmallPlot(str(number), (percent(_newest(curves[1])),), curves)
            for number, curves in zip(frame.ranking.tolist(), frame.ranked_curves, strict=True)
        ]
        self.small.show_plots(plots, BEST, [data_pen(ink, 1.6) for ink in (TRAIN, TEST)],
                              str(frame.opened))  # fmt: skip

    def _show_so_far(self, params: HyperparametersParams, frame: HyperparametersFrame) -> None:
        at = np.arange(1, params.count + 1)
        _show_across(self.so_far, max(params.count, round(self.so_far.pinned.last)))
        self.so_far.show_series(
            [
                Series(translate(SEARCHES[one]), curve_pen(_INKS[one]), at, row, percent(_newest(row)))
                for one, row in zip(frame.searches, frame.so_far, strict=True)
            ]
        )

    # Luck

    def _show_luck(
        self, params: HyperparametersParams, frame: HyperparametersFrame, before: HyperparametersFrame | None
    ) -> None:
        tosses = params.validation
        edges = (np.arange(tosses + 2) - 0.5) / tosses
        counted, *ghost = (
            np.histogram(one.luck_scores, edges)[0] / len(one.luck_scores) for one in (frame, before) if one is not None
        )
        self.luck.show_shares(edges, counted, *ghost)
        self.luck.show_marks(((0.5, translate(_WORTH)), (frame.luck_expected, translate(_LUCKIEST))))
        words = (translate(text(coins=params.count, tosses=tosses)) for text in _LUCK)
        self.luck_words.show_words(*words, color="muted_text")

    # The range test

    def _show_range(self, test: RangeTest, finished: bool) -> None:
        self.range_words.show_words(*_RANGE, color="muted_text")
        self.range.show_losses(np.log10(test.rates), test.losses, test.means)
        found = []
        for rate, wordings in ((test.steepest, _STEEPEST), (test.harmful, _HARMFUL)):
            if finished and rate is not None:
                found.append((math.log10(rate), _spelled(wordings, rate=format_short(rate, 2))))
        beyond = _spelled(_BEYOND, most=format_short(HIGHEST_LOSS), count=test.beyond)
        self.range.show_places((math.log10(test.mark), translate(_MARK)), found, beyond)
        start = None if test.start is None else (test.start, _spelled(_START, loss=in_powers(test.start, 3)))
        self.range.show_start(start)

    # The hand

    def _chosen(self, value: str) -> None:
        self.change({"selected": int(value)})


def _spelled(wordings: Sequence[Text], **values: object) -> tuple[str, ...]:
    return tuple(translate(words(**values)) for words in wordings)


def _marks(frame: HyperparametersFrame) -> Sequence[TrialMark]:
    """The marks of a frame's trials, in the order of the trials."""
    ranks = {number: rank for rank, number in enumerate(frame.ranking.tolist(), start=1)}
    rows = zip(np.log10(frame.rates).tolist(), np.log10(frame.decays).tolist(), frame.validation.tolist(),
               frame.lost.tolist(), frame.on_grid.tolist(), strict=True)  # fmt: skip
    return [
        TrialMark(x, y, None if math.isnan(score) else score, ranks.get(number, 0), number == frame.opened,
                  number == frame.learning, lost, on_grid)
        for number, (x, y, score, lost, on_grid) in enumerate(rows, start=1)
    ]  # fmt: skip


def _show_across(plot: RunPlot, count: int) -> None:
    """Set the horizontal axis to the range from 0 to ``count``, with about five ticks."""
    plot.show_span(count, math.inf, count)
    every = round(rounded_up(max(count / 5, 1)))
    plot.getAxis("bottom").setTicks([[(at, str(at)) for at in range(0, count + 1, every)], []])


def _newest(curve: np.ndarray) -> float:
    """The last finite value of a curve; NaN if there is none."""
    known = curve[np.isfinite(curve)]
    return float(known[-1]) if len(known) else math.nan
