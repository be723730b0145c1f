"""Draws `optimizer_race`: the losses of all optimizers on a logarithmic axis, and bars of their test accuracies."""

from __future__ import annotations

import math

from engine.contract.api import Text, format_real, percent
from engine.experiments.ch6_techniques.optimizer_race.params import OptimizerRaceFrame, OptimizerRaceParams
from engine.nn.optimizer_registry import OPTIMIZERS
from engine.nn.schedules import CONSTANT
from gui.plots.bars.learner_bars import LearnerBar, LearnerBars
from gui.plots.drawing.record_looks import OPTIMIZER_LOOKS as LOOKS
from gui.plots.learning.race_curves import batch_bands, loss_curves
from gui.plots.learning.run_plot import RunPlot
from gui.plots.learning.schedule_plot import RATE, SchedulePlot
from gui.stage.api import FittingWords, Layout, SegmentedItem, Snapshot, px, translate
from gui.stage.run_view import RunView

_LOSS, _UPDATES = Text("loss"), Text("updates")
_SECONDS = Text("seconds of updates")
_KEY = (
    Text("bold: means of 20 batches · thin: each batch"),
    Text("means of 20 batches"),
)
_SEEDS = (
    Text("means of {seeds} seeds, bands from least to largest"),
    Text("bands: {seeds} seeds"),
)
_ACCURACY = Text("test accuracy")
_LOOK = (
    Text("At update {update:,}, {count:,} test digits"),
    Text("At update {update:,}"),
)
_USUAL = (
    Text("Rates: {rates} – usual ones, not tuned. With another seed the order may change."),
    Text("Usual rates, not tuned. With another seed the order may change."),
    Text("Rates not tuned; another seed may change the order."),
)
_OTHER = (
    Text("Rates: {rates}. With another seed the order may change."),
    Text("With another seed the order may change."),
)
_NAMES = {one: optimizer.name for one, optimizer in OPTIMIZERS.items()}
_TOPS, _BOTTOMS = (3.2, 10.0, 32.0), (0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003)
_ROOMY = 620
# 2000 updates, doubled down to the opening, which so fills a third of the axis.
_SHORTEST, _SHORTEST_TIME = 63, 0.1
_Shown = Snapshot[OptimizerRaceParams, OptimizerRaceFrame]


class OptimizerRaceView(RunView[OptimizerRaceParams, OptimizerRaceFrame]):
    """The curves take most of the stage; the bars stand beside or below them."""

    compact_below = 330

    def build(self) -> None:
        # Losses fall from the upper left: below them it is free.
        self.loss = RunPlot(_TOPS, "0.0000", names_epochs=True, shortest=_SHORTEST, bottoms=_BOTTOMS, key_left=True)
        self.bars = LearnerBars()
        self.pinned.behind(self.loss, "loss", when=lambda params: params.across != "seconds")
        self.go_on = self.invite_to_run(self.loss)
        self.across = self.choice("across", SegmentedItem())
        self.key_words, self.bar_words, self.note = FittingWords(), FittingWords(), FittingWords()
        self.rate = SchedulePlot()
        self.rate_words = self.rate.words
        self.probe_plot(self.loss)
        self.probe_plot(self.bars, "accuracy")
        self._by_seconds = False
        self.dress(self._name_axes)

    def layout_for(self, params: OptimizerRaceParams, wide: bool, compact: bool) -> Layout:
        layout = _ordinary(wide, self.width() >= px(_ROOMY))
        return layout if compact or params.schedule == CONSTANT else layout.below("loss", RATE, 20)

    def _name_axes(self) -> None:
        across = _SECONDS if self._by_seconds else _UPDATES
        self.loss.set_names(translate(across), translate(_LOSS))
        self.loss.set_room("0.003")
        self.rate.name("0.003")
        self.bars.set_name(translate(_ACCURACY))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if (params.across == "seconds") != self._by_seconds:
            self._by_seconds = not self._by_seconds
            self._name_axes()
        self._show_curves(params, frame, ghost.frame if ghost else None)
        self._show_bars(params, frame, ghost.frame if ghost else None)
        self._show_words(params, frame)
        self.rate.show_rates(frame.rates, frame.update, params.planned)
        # At the opening, where the race waits.
        lowest = float(frame.mean_losses[frame.learners.index(frame.ahead)]) if frame.ahead is not None else 0.0
        is_here = self.is_waiting and not self._by_seconds and lowest > 0
        self.invite_at(frame.update, math.log10(0.75 * lowest) if is_here else None)

    def _show_curves(
        self, params: OptimizerRaceParams, frame: OptimizerRaceFrame, ghost: OptimizerRaceFrame | None
    ) -> None:
        whole: OptimizerRaceFrame = self.farthest.frame
        by_seconds, bold = self._by_seconds, frame.learners[params.looked_at]
        if by_seconds:
            self.loss.show_span(float(whole.seconds.max(initial=0.0)), math.inf, _SHORTEST_TIME)
        else:
            self.loss.show_span(whole.update, frame.updates_per_epoch, _SHORTEST)
        curves, every = (loss_curves(one, _NAMES, LOOKS, by_seconds, bold) for one in (frame, whole))
        thin = batch_bands(frame, LOOKS, by_seconds) if params.raw and not frame.has_band else []
        self.loss.show_series([*thin, *curves])
        self.loss.show_ghost(*(loss_curves(ghost, _NAMES, LOOKS, by_seconds) if ghost else ()))
        earlier = whole is not frame and not by_seconds
        self.loss.show_later(frame.update if earlier else None, every)
        self.loss.show_top(whole.loss_mean)

    def _show_bars(
        self, params: OptimizerRaceParams, frame: OptimizerRaceFrame, ghost: OptimizerRaceFrame | None
    ) -> None:
        before = dict(zip(ghost.learners, ghost.sample_test[:, -1].tolist(), strict=True)) if ghost else {}
        lows, highs = frame.test_minimum[:, -1].tolist(), frame.test_maximum[:, -1].tolist()
        bars = [
            LearnerBar(
                _NAMES[one],
                LOOKS[one],
                share,
                percent(share, 1),
                (lows[row], highs[row]) if frame.has_band else None,
                before.get(one),
            )
            for row, (one, share) in enumerate(zip(frame.learners, frame.sample_test[:, -1].tolist(), strict=True))
        ]
        self.bars.show_bars(bars, params.looked_at)

    def _show_words(self, params: OptimizerRaceParams, frame: OptimizerRaceFrame) -> None:
        words = _SEEDS if frame.has_band else _KEY if params.raw else _KEY[1:]
        self.key_words.show_words(*words, color="muted_text", seeds=frame.seeds)
        at = {"update": int(frame.sample_updates[-1]), "count": frame.test_count}
        self.bar_words.show_words(*_LOOK, color="muted_text", **at)
        rates = " · ".join(f"{_NAMES[one]} {format_real(params.rate(one), 3)}" for one in frame.learners)
        usual = all(params.rate(one) == OPTIMIZERS[one].usual_rate for one in frame.learners)
        self.note.show_words(*(_USUAL if usual else _OTHER), color="muted_text", rates=rates)


def _ordinary(wide: bool, roomy: bool) -> Layout:
    """The layout without a learning-rate schedule."""
    if wide and not roomy:
        # Letters are so large that words about the key have no room, and the bars' names and numbers need much.
        return Layout(("across bar_words", "loss bars", "note note"), (0, 100, 0), (57, 43))
    if wide:
        return Layout(("across key_words bar_words", "loss loss bars", "note note note"), (0, 100, 0), (24, 40, 36))
    cells = ("across key_words", "loss loss", "bar_words bar_words", "bars bars", "note note")
    return Layout(cells, (0, 64, 0, 36, 0), (40, 60))
