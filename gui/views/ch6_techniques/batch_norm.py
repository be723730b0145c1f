"""Draws `batch_norm`: two networks in training, all 16 pairs as small multiples, and one batch before and after
normalization.
"""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np

from engine.contract.numerals import format_real, format_short, percent, rounded_up
from engine.contract.text import Text, counted
from engine.experiments.ch6_techniques.batch_norm.params import (
    COLUMNS,
    EPOCHS,
    STDS,
    BatchNormFrame,
    BatchNormParams,
)
from gui.plots.bars.bar_plot import Bar, BarPlot
from gui.plots.bars.histograms import Histogram, Histograms
from gui.plots.learning.run_plot import Series, share_plot
from gui.plots.learning.small_curves import SmallCurves, SmallPlot
from gui.stage.api import RIGHT, FittingWords, Layout, SegmentedItem, Snapshot, curve_pen, theme, translate
from gui.stage.rings import arrow_upwards
from gui.stage.run_view import RunView

_INKS = (1, 2)
_BINS = 30
_EPOCHS, _ACCURACY = Text("epochs", context="number"), Text("training accuracy")
_KEY = (Text("with batch norm"), Text("without"))
_CAPTION = (
    Text("Both begin with the same weights, of std {std}"),
    Text("Weights of std {std}"),
)
_GUESSING = (Text("guessing"),)
_AFTER_EPOCHS = Text("after {epochs}", context="key of curves")
_MULTIPLES = (
    Text("Std of the initial weights: click one"),
    Text("Weight std: click one"),
)
_PRINTED = (Text("Std of the initial weights"),)
_NEURON = (
    Text("Layer {layer}, neuron {neuron}, one batch: mean and std"),
    Text("One neuron, one batch: mean and std"),
    Text("Mean and std"),
)
_BEFORE, _AFTER = Text("before", context="normalization"), Text("after")
_SPREAD = (Text("mean {mean}, std {std}"), Text("std {std}"))
_LEARNED = (
    Text("γ {gamma}, β {beta}, learned"),
    Text("γ {gamma}, β {beta}"),
)
_RUNNING = (
    Text("running mean {mean}, std {std}"),
    Text("running std {std}"),
)
_X_WORDS = (
    Text("Before: mean {mean}, std {std}"),
    Text("mean {mean}, std {std}"),
)
_Z_WORDS = (
    Text("After, with γ {gamma} and β {beta}: mean {mean}, std {std}"),
    Text("mean {mean}, std {std}"),
)
_STATISTICS = Text("Mean and std")
_Shown = Snapshot[BatchNormParams, BatchNormFrame]


class BatchNormView(RunView[BatchNormParams, BatchNormFrame]):
    """The curves of the selected pair take most of the stage; beside them stand all pairs, below the batch of one
    neuron.
    """

    handle_plots = MappingProxyType({"": "x_bars"})
    drags_from_start = True
    compact_below = 340

    def build(self) -> None:
        self.curves = share_plot(shortest=EPOCHS + 1)
        self.curves.getAxis("bottom").setTicks([[(epoch, str(epoch)) for epoch in range(0, EPOCHS + 1, 5)], []])
        self.pinned.behind(self.curves, "curves.normalized", dashed=("curves.plain",))
        self.go_on = self.invite_to_run(self.curves)
        self.multiples, self.histograms = SmallCurves(), Histograms()
        self.multiples.chosen.connect(lambda value: self.press(f"pair.{value}"))
        self.add_control(self.multiples)
        self.views = self.choice("view", SegmentedItem())
        self.statistics = self.choice("statistics", SegmentedItem())
        self.caption, self.multiples_words, self.neuron_words = FittingWords(), FittingWords(), FittingWords()
        self.x_words, self.z_words, self.statistics_words = FittingWords(), FittingWords(), FittingWords()
        self.x_bars, self.z_bars = BarPlot("−200"), BarPlot("−200")
        self.probe_plot(self.curves)
        self.probe_plot(self.x_bars, "x")
        self.probe_plot(self.z_bars, "z")
        self.dress(self.curves.set_names, _EPOCHS, _ACCURACY)
        self.dress(self.curves.set_room, "0.5")
        self.dress(self.multiples.measure)
        self.dress(self.histograms.measure)
        self.dress(self.x_bars.set_name, "x")
        self.dress(self.z_bars.set_name, "z")
        self.statistics_words.show_words(_STATISTICS, color="muted_text")

    def layout_for(self, params: BatchNormParams, wide: bool, compact: bool) -> Layout:
        align = {"views": RIGHT, "statistics": RIGHT}
        if params.view == "bench":
            cells = ("statistics_words statistics views", "x_words x_words x_words", "x_bars x_bars x_bars",
                     "z_words z_words z_words", "z_bars z_bars z_bars")  # fmt: skip
            return Layout(cells, (0, 0, 50, 0, 50), (1, 0, 0), align)
        if compact:
            return Layout(("caption views", "curves curves"), (0, 1), (1, 0), align)
        if wide:
            cells = ("caption caption views", "curves multiples_words multiples_words", "curves multiples multiples",
                     "curves neuron_words statistics", "curves histograms histograms")  # fmt: skip
            return Layout(cells, (0, 0, 56, 0, 44), (56, 22, 22), align)
        cells = ("caption views", "curves curves", "multiples multiples", "neuron_words statistics",
                 "histograms histograms")  # fmt: skip
        return Layout(cells, (0, 42, 34, 0, 24), (1, 0), align)

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        wordings = _PRINTED if self._exporting else _MULTIPLES
        self.multiples_words.show_words(*wordings, color="muted_text")
        params, frame = current.params, current.frame
        if params.view == "bench":
            self._show_bench(params, frame, ghost.frame if ghost and ghost.params.view == "bench" else None)
            return
        words = (translate(text(std=format_real(params.std, 2))) for text in _CAPTION)
        self.caption.show_words(*words, color="muted_text")
        self._show_curves(params, frame, ghost if ghost and ghost.params.view == params.view else None)
        self._show_multiples(params, frame)
        self._show_neuron(params, frame)

    # Networks that learn

    def _show_curves(self, params: BatchNormParams, frame: BatchNormFrame, ghost: _Shown | None) -> None:
        self.curves.show_span(0, math.inf)
        at, pair = np.arange(EPOCHS + 1), frame.curves[params.place]
        values = (frame.normalized, frame.plain)
        self.curves.show_series(
            [
                Series(translate(name), curve_pen(ink), at, curve, percent(value, 1))
                for name, ink, curve, value in zip(_KEY, _INKS, pair, values, strict=True)
            ],
            # Within an epoch the values are those of the end of the one before.
            date="" if frame.update == 0 or {"epoch", "pair"} & set(frame.events)
            else translate(_AFTER_EPOCHS(epochs=counted(frame.epochs_done, "epoch"))),
        )  # fmt: skip
        before = ghost.frame.curves[ghost.params.place] if ghost is not None else ()
        self.curves.show_ghost(*(Series("", curve_pen(0), at, curve) for curve in before))
        self.curves.show_level(0.1, [translate(text) for text in _GUESSING])
        self.invite_at(0, 0.3 if frame.epochs_done == 0 and not frame.finished else None)

    def _show_multiples(self, params: BatchNormParams, frame: BatchNormFrame) -> None:
        plots = [SmallPlot(str(place), (format_real(std, 2),), frame.curves[place]) for place, std in enumerate(STDS)]
        self.multiples.show_plots(plots, COLUMNS, [curve_pen(ink, 1.6) for ink in _INKS], str(params.place))

    def _show_neuron(self, params: BatchNormParams, frame: BatchNormFrame) -> None:
        at = {"layer": params.layer, "neuron": params.neuron}
        self.neuron_words.show_words(*_NEURON, color="muted_text", **at)
        most = max(float(np.max(np.abs(values))) for values in (frame.before, frame.after))
        reach = rounded_up(max(most, 1e-6))
        # They begin at 1 and 0, and are only called learned once the network has moved them.
        scaling = _LEARNED if (frame.scale, frame.shift) != (1.0, 0.0) else _LEARNED[1:]
        learned = {"gamma": _spelled(frame.scale), "beta": _spelled(frame.shift)}
        running = {"mean": format_short(frame.running_mean, 2), "std": format_short(frame.running_std, 2)}
        shown = []
        for title, values, ink, words, second in (
            (_BEFORE, frame.before, 0, _RUNNING, running),
            (_AFTER, frame.after, _INKS[0], scaling, learned),
        ):
            mean, std = float(np.mean(values)), float(np.std(values))
            # What is nothing beside the spread is written as 0.
            spread = {"mean": format_short(mean if abs(mean) > 1e-3 * std else 0.0, 2), "std": format_short(std, 2)}
            notes = (_SPREAD, spread), (words, second)
            lines = tuple(tuple(translate(text(**numbers)) for text in wordings) for wordings, numbers in notes)
            counted, _ = np.histogram(values, _BINS, (-reach, reach))
            shown.append(Histogram(title.message, translate(title), -reach, reach, counted / len(values), ink, lines))
        self.histograms.show_histograms(shown, 2)

    # A few numbers

    def _show_bench(self, params: BatchNormParams, frame: BatchNormFrame, before: BatchNormFrame | None) -> None:
        self._show_bars(self.x_bars, frame.x, before.x if before is not None else None)
        self._show_bars(self.z_bars, frame.z, before.z if before is not None else None)
        x_values = {"mean": _spelled(frame.x_mean), "std": _spelled(frame.x_std)}
        z_values = {"mean": _spelled(frame.z_mean), "std": _spelled(frame.z_std)}
        learned = {"gamma": format_real(params.gamma), "beta": format_real(params.beta)}
        self.x_words.show_words(*_X_WORDS, color="muted_text", **x_values)
        self.z_words.show_words(*_Z_WORDS, color="muted_text", **z_values, **learned)

    def _show_bars(self, plot: BarPlot, values: np.ndarray, before: np.ndarray | None) -> None:
        held = self.axes_of.frame
        shown = held.x if plot is self.x_bars else held.z
        most = rounded_up(max(float(np.max(np.abs(shown))) * 1.25, 1.0))
        lowest = -most if float(min(np.min(shown), np.min(values))) < 0 else 0.0
        color = theme().positive
        lifted = plot is self.x_bars
        plot.show_bars(
            [Bar(place, x, format_short(x, 4), color, lifted=lifted) for place, x in enumerate(values.tolist())],
            [(place, str(place + 1)) for place in range(len(values))],
            (lowest, most),
            (lowest, 0.0, most),
            ghost=[(place, 0.0, x) for place, x in enumerate(before.tolist())] if before is not None else (),
            arrow=arrow_upwards(self, "x_bars") if lifted else None,
        )


def _spelled(value: float) -> str:
    return format_real(round(value, 4), 4)
