"""Draws `overfitting`: training and test accuracy with the gap between them, and beside them the weights or the
neurons.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.api import Text, format_real, in_powers, percent
from engine.experiments.ch6_techniques.overfitting.params import OverfittingFrame, OverfittingParams
from engine.experiments.ch6_techniques.overfitting.words import points
from engine.experiments.shared.learning.augmentation import SHOWN
from gui.plots.bars.histogram import Histogram
from gui.plots.board.read_outs import ReadOut, ReadOuts
from gui.plots.drawing.curve_ink import TEST, TRAIN, curve_color, data_pen
from gui.plots.learning.run_plot import Series, date_of, share_plot
from gui.plots.network.neuron import NeuronDots
from gui.plots.pictures.picture_pairs import PAIRS, PicturePairs
from gui.stage.api import FittingWords, Layout, SegmentedItem, Snapshot, theme, translate
from gui.stage.run_view import RunView

_UPDATES, _ACCURACY = Text("updates"), Text("accuracy")
_TRAIN, _TEST, _GAP = Text("training"), Text("test"), Text("gap, points")
_PLAIN = Text("without: {value}")
_LOOKED = (
    Text("{train:,} training and {test:,} test images"),
    Text("{train:,} and {test:,} images"),
)
_WATCHED = (
    Text("validation loss {now}, smallest {best} at update {update:,}; patience {patience} epochs"),
    Text("validation loss {now}, smallest {best}"),
)
_WEIGHTS = (
    Text("How {count:,} weights are spread: standard deviation {std}"),
    Text("{count:,} weights, standard deviation {std}"),
    Text("Standard deviation {std}"),
)
_KEPT = (
    Text("Weight decay alone leaves {share} of a weight after 1,000 updates"),
    Text("Left of a weight after 1,000 updates: {share}"),
    Text("{share} left after 1,000"),
)
_NEURONS = (
    Text("Layer 1 passes on {training} on average in training, {test} at test time (× {factor})"),
    Text("Layer 1: {training} in training, {test} at test time"),
    Text("{training} in training, {test} at test"),
)
_NONE_LEFT_OUT = Text("Nothing is left out: dropout is 0")
_WEIGHT, _SHARE = Text("weight"), Text("share")
_LAYER = Text("layer {number}")
_Shown = Snapshot[OverfittingParams, OverfittingFrame]


class OverfittingView(RunView[OverfittingParams, OverfittingFrame]):
    """The accuracies stand in large digits above the curves; beside these the effects of the remedies on the
    network.
    """

    def build(self) -> None:
        self.numbers = ReadOuts()
        self.curves = share_plot(shortest=150)
        self.histogram = Histogram((-0.5, 0.5), (-0.4, -0.2, 0, 0.2, 0.4), (0.12, 0.24, 0.5, 1.0))
        self.neurons = NeuronDots()
        self.pairs = PicturePairs(SHOWN)
        self.pairs_words = self.pairs.words
        self.words, self.watched, self.kept = FittingWords(), FittingWords(), FittingWords()
        self.views = SegmentedItem()
        self.choice("look", self.views)
        self.pinned.behind(self.curves, "train_accuracy", dashed=("test_accuracy",), first_only=True)
        self.go_on = self.invite_to_run(self.curves)
        self.probe_plot(self.curves, "curves")
        self.probe_plot(self.histogram, "weights")
        self.dress(self.curves.set_names, _UPDATES, _ACCURACY)
        self.dress(self.curves.set_room, "0.5")
        self.dress(self.histogram.set_names, _WEIGHT, _SHARE)

    def layout_for(self, params: OverfittingParams, wide: bool, compact: bool) -> Layout:
        picture = "histogram" if params.look == "weights" else "neurons"
        told = ("words", "kept") if params.look == "weights" and params.weight_decay else ("words",)
        lines = (0,) * len(told)
        if params.augmentation and not compact:
            return _with_pairs(picture, wide, params.early_stopping, told)
        if wide:
            below = "watched" if params.early_stopping else "curves"
            last = [f"{left} {words}" for left, words in zip(("curves", below)[-len(told) :], told, strict=True)]
            return Layout(("numbers views", f"curves {picture}", *last), (0, 100, *lines), (62, 38))
        watched = params.early_stopping
        cells = ("numbers", "curves", *(["watched"] if watched else []), "views", picture, *told)
        return Layout(cells, (0, 66, *([0] if watched else []), 0, 34, *lines), (1,))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        before: OverfittingFrame | None = ghost.frame if ghost else None
        self._show_numbers(frame)
        self._show_curves(params, frame, before)
        if params.look == "weights":
            outline, room = before.weight_shares if before else None, self.farthest.frame.weight_shares
            self.histogram.show_shares(frame.weight_edges, frame.weight_shares, outline, room)
            values: dict[str, Any] = {"count": frame.weights, "std": in_powers(frame.weight_std, 3)}
            self.words.show_words(*_WEIGHTS, **values)
            self.kept.show_words(*_KEPT, share=format_real(frame.kept_after_1000, 3))
        else:
            names = [translate(_LAYER(number=number)) for number in range(1, len(frame.left_out) + 1)]
            self.neurons.show_neurons(names, frame.left_out)
            self._show_scaling(params, frame)
        self.pairs.show_pairs(frame.augmented)
        self.invite_at(frame.update, frame.test_accuracy if self.is_waiting else None)

    def _show_numbers(self, frame: OverfittingFrame) -> None:
        def plain(value: str | None) -> str:
            return "" if value is None else translate(_PLAIN(value=value))

        train, test, gap = (
            None if share is None else write(share)
            for share, write in (
                (frame.plain_train, _percent), (frame.plain_test, _percent), (frame.plain_gap, points),
            )
        )  # fmt: skip
        self.numbers.show_values(
            (
                ReadOut(translate(_TRAIN), _percent(frame.train_accuracy), plain(train), curve_color(TRAIN)),
                ReadOut(translate(_TEST), _percent(frame.test_accuracy), plain(test), curve_color(TEST)),
                ReadOut(translate(_GAP), points(frame.gap), plain(gap), theme().muted_text),
            )
        )

    def _show_curves(self, params: OverfittingParams, frame: OverfittingFrame, before: OverfittingFrame | None) -> None:
        whole: OverfittingFrame = self.farthest.frame
        values = {"train": frame.train_size, "test": frame.test_size}
        self.curves.show_span(whole.update, frame.updates_per_epoch)
        curves = _series(frame)
        looked = [translate(text(**values)) for text in _LOOKED]
        self.curves.show_series(curves, looked, date_of(curves, frame.update))
        self.curves.show_gap(*curves)
        self.curves.show_ghost(*(_series(before) if before else ()))
        self.curves.show_later(None if whole is frame else frame.update, _series(whole))
        watched: list[str] = []
        if frame.best_loss is not None and frame.best_update is not None:
            told = {
                "now": in_powers(float(frame.validation_losses[-1]), 3),
                "best": in_powers(frame.best_loss, 3),
                "update": frame.best_update,
                "patience": params.patience,
            }
            watched = [translate(text(**told)) for text in _WATCHED]
        self.watched.show_words(*watched, color="muted_text")

    def _show_scaling(self, params: OverfittingParams, frame: OverfittingFrame) -> None:
        if not params.dropout:
            self.words.show_words(_NONE_LEFT_OUT)
            return
        values = {
            "training": format_real(frame.mean_in_training, 3),
            "test": format_real(frame.mean_at_test, 3),
            "factor": format_real(frame.passed_at_test, 3),
        }
        color = theme().wrong if params.dropout_scaling == "wrong" else None
        self.words.show_words(*_NEURONS, color=color, **values)


def _with_pairs(picture: str, wide: bool, watched: bool, told: tuple[str, ...]) -> Layout:
    """The layout with images of the newest batch below ``picture``, which stands beside the curves, and below the lines
    ``told`` under it.
    """
    words, pairs = PAIRS
    lines = (0,) * len(told)
    if wide:
        right = (*told, words, pairs)
        beside = ("numbers views", f"curves {picture}", *(f"curves {part}" for part in right))
        last = ("watched .",) if watched else ()
        return Layout((*beside, *last), (0, 68, *lines, 0, 32, *[0] * len(last)), (62, 38))
    cells = ("numbers", "curves", *(["watched"] if watched else []), "views", picture, *told, words, pairs)
    return Layout(cells, (0, 56, *([0] if watched else []), 0, 26, *lines, 0, 18), (1,))


def _percent(share: float) -> str:
    return percent(share, 1)


def _series(frame: OverfittingFrame) -> tuple[Series, Series]:
    """The curves of training and test accuracy, with a mark at the network that early stopping has kept."""
    at, train, test = frame.sample_updates, frame.sample_train[0], frame.sample_test[0]
    marks: list[tuple[np.ndarray, np.ndarray] | None] = [None, None]
    if frame.stopped:
        best = at == frame.best_update
        marks = [(at[best], row[best]) for row in (train, test)]
    return (
        Series(translate(_TRAIN), data_pen(TRAIN), at, train, marks=marks[0]),
        Series(translate(_TEST), data_pen(TEST), at, test, marks=marks[1]),
    )
