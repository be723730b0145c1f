"""Draws `training`: the loss above the accuracy, twelve digits with their answers, and the first layer's weights."""

from __future__ import annotations

from typing import Any

from engine.contract.api import Text, counted, format_real, percent
from engine.experiments.ch4_training.training.params import TrainingFrame, TrainingParams
from engine.experiments.ch4_training.training.words import costs
from gui.plots.drawing.curve_ink import TEST, TRAIN, curve_color, curve_pen, data_pen
from gui.plots.drawing.ink import hairline
from gui.plots.learning.run_plot import Series, band_of
from gui.plots.pictures.digit_answers import DigitAnswers
from gui.plots.pictures.weight_pictures import WeightPictures
from gui.stage.api import FittingWords, Layout, Snapshot, theme, translate
from gui.stage.learning_view import SliceView

_LOSS_KEY = (Text("each batch"), Text("mean of 20"))
_TRAIN, _TEST = Text("training"), Text("test")
_FLAT = (Text("flat start"), Text("{updates} updates"))
_SAMPLED = (
    Text("lines: {count:,} training, 1,000 test images · dots, at ends of epochs: {full:,} and 10,000"),
    Text("{count:,} training, 1,000 test images"),
)
_DIGITS = (
    Text("Twelve test digits: {answers} right"),
    Text("{right} of 12 right"),
)
_WEIGHTS = (
    Text("What {shown} hidden units look for: weights −{most} to {most}"),
    Text("{shown} hidden units: weights −{most} to {most}"),
    Text("{shown} units: weights ±{most}"),
    Text("Weights ±{most}"),
    Text("Weights"),
)
_LOSS_INK = 1
_Shown = Snapshot[TrainingParams, TrainingFrame]


class TrainingView(SliceView[TrainingParams, TrainingFrame]):
    """The plots of loss and accuracy, with a common axis, take most of the stage; digits and weights stand beside or
    below.
    """

    compact_below = 380
    solid, dashed = ("accuracy.train",), ("accuracy.test",)

    def build(self) -> None:
        super().build()
        self.digits, self.weights = DigitAnswers(), WeightPictures()
        self.digits_words, self.weights_words, self.cost_words = FittingWords(), FittingWords(), FittingWords()
        self.digits.chosen.connect(lambda index: self.press(f"digit{index + 1}"))
        self.add_control(self.digits)

    def layout_for(self, params: TrainingParams, wide: bool, compact: bool) -> Layout:
        if params.loss_slice:
            return self.slice_layout(wide, compact)
        if wide and compact:
            return Layout(("loss digits_words", "loss digits", "accuracy digits"), (0, 50, 50), (62, 38))
        if wide:
            cells: tuple[str, ...] = ("loss digits_words", "loss digits", "accuracy weights_words", "accuracy weights",
                     "cost_words cost_words")  # fmt: skip
            return Layout(cells, (0, 57, 0, 43, 0), (60, 40))
        cells = ("loss loss", "accuracy accuracy", "digits_words weights_words", "digits weights")
        return Layout(cells, (35, 29, 0, 36), (56, 44))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        frame: TrainingFrame = current.frame
        self._show_curves(frame, ghost.frame if ghost else None)
        # At the opening, where the run waits.
        self.invite_at(frame.update, frame.mean_loss if self.is_waiting else None)
        self.digits.show_digits(
            frame.digit_images,
            [str(answer) for answer in frame.digit_answers.tolist()],
            [f"{100 * share:.0f}%" for share in frame.digit_chances.tolist()],
            frame.digit_is_right.tolist(),
            current.params.selected - 1,
        )
        right = frame.digits_right
        self.digits_words.show_words(*_DIGITS, right=right, answers=counted(right, "answer", context="short"))
        self.weights.show_weights(frame.weights)
        values: dict[str, Any] = {"shown": len(frame.weights), "most": format_real(frame.largest_weight, 2)}
        self.weights_words.show_words(*_WEIGHTS, **values)
        self.slice.show_slice(frame.slice)
        numerical = current.params.gradient == "numerical"
        color = theme().text if numerical else theme().muted_text
        self.cost_words.show_words(*costs(current.params, frame), color=color)

    def _show_curves(self, frame: TrainingFrame, ghost: TrainingFrame | None) -> None:
        sampled = [translate(text(count=frame.sample_size, full=frame.full_size)) for text in _SAMPLED]
        self.show_run(frame, ghost, ((), sampled))
        self.loss.show_top(self.farthest.frame.loss_maximum)
        self.loss.show_stretch(frame.flat_updates, [translate(text(updates=frame.flat_updates)) for text in _FLAT])
        self.accuracy.show_gap(*self.accuracies(frame))

    def losses(self, frame: TrainingFrame) -> tuple[Series, Series]:
        """The loss of each batch as a thin curve, and the mean as a bold one."""
        batches, mean = (translate(words) for words in _LOSS_KEY)
        value = "" if frame.mean_loss is None else f"{frame.mean_loss:.2f}"
        thin = hairline(curve_color(_LOSS_INK), 0.45)
        return (
            band_of(batches, thin, frame.loss_updates, frame.loss_minimum, frame.loss_maximum),
            Series(mean, curve_pen(_LOSS_INK, 2.4), frame.loss_updates, frame.loss_mean, value),
        )

    def accuracies(self, frame: TrainingFrame) -> tuple[Series, Series]:
        """The accuracy on training and test data: samples as curves, the ends of epochs as marks."""
        at, ends = frame.sample_updates, frame.epoch_updates
        train, test = percent(frame.train_accuracy, 1), percent(frame.test_accuracy, 1)
        return (
            Series(translate(_TRAIN), data_pen(TRAIN), at, frame.sample_train, train, (ends, frame.epoch_train)),
            Series(translate(_TEST), data_pen(TEST), at, frame.sample_test, test, (ends, frame.epoch_test)),
        )
