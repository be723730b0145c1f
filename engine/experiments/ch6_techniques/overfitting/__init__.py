"""Overfitting: a network memorises its few training images, and remedies narrow the gap to the test accuracy."""

from __future__ import annotations

import numpy as np

from engine.contract.api import (
    Amount,
    CodeMark,
    Measure,
    Pace,
    Preset,
    Probe,
    ProbePoint,
    Table,
    Text,
    WorkingStep,
    table_of,
    untranslated,
)
from engine.contract.numerals import format_real, percent
from engine.data.augmentation import augmented, draw_augmentation
from engine.experiments.ch6_techniques.overfitting import words as overfitting_words
from engine.experiments.ch6_techniques.overfitting.params import OverfittingFrame, OverfittingParams
from engine.experiments.ch6_techniques.overfitting.process import OverfittingRun
from engine.experiments.shared.learning.augmentation import augmentation_table
from engine.experiments.shared.learning.batch_run import DigitsTraining
from engine.experiments.shared.learning.batches import nearest_row
from engine.experiments.shared.learning.race import RACE_MEASURES, race_tables
from engine.nn import SGD, Dropout, he
from engine.nn.mistaken_layers import DropoutByRatio
from engine.nn.parameters import add_decay, penalty

_NAMES = {"plain": Text("plain network"), "regularized": Text("with a remedy")}


class Overfitting(DigitsTraining[OverfittingParams, OverfittingFrame]):
    """A deep network that learns few images, with remedies: weight decay, dropout, more or augmented data, a smaller
    network, early stopping.
    """

    order = 5
    title = Text("Overfitting: narrowing the gap")
    opening = Amount(60, "update")
    pace = Pace(60, "update")
    measures = (RACE_MEASURES[1], Measure("train_accuracy", best="highest"), RACE_MEASURES[0])
    default_steps = Amount(600, "update")
    process = OverfittingRun
    presets = (
        Preset("decay", Text("Weight decay"), {"weight_decay": 0.1}),
        Preset("dropout", untranslated("Dropout"), {"dropout": 0.2, "look": "neurons"}),
        Preset("data", Text("Ten times the data"), {"samples": "3000"}),
        Preset("augmentation", Text("Augmentation"), {"augmentation": 1.0}),
        Preset("small", Text("Small network"), {"layers": 2, "hidden": 20}),
        Preset("stopping", Text("Early stopping"), {"early_stopping": True}),
        Preset("shuffled", Text("Shuffled labels"), {"labels": "shuffled"}),
    )
    code = (add_decay, Dropout.forward, Dropout.backward, DropoutByRatio.forward, SGD.update, he,
            draw_augmentation, augmented)  # fmt: skip
    code_for_comparison = (penalty,)

    headline = staticmethod(overfitting_words.headline)

    def main_tables(self, params: OverfittingParams, frame: OverfittingFrame) -> tuple[Table, ...]:
        edges, layers = frame.weight_edges, range(1, params.layers + 1)
        beside = (
            table_of(
                "weights",
                Text("weights"),
                low=(edges[:-1], Text("from")),
                high=(edges[1:], Text("to")),
                share=(frame.weight_shares, Text("share")),
            ),
            table_of(
                "dropout",
                untranslated("Dropout"),
                layer=(layers, Text("hidden layer")),
                left_out=(np.sum(frame.left_out, axis=1), Text("left out")),
                factor=([frame.passed_at_test] * params.layers, Text("factor at test time")),
            ),
        )
        return (
            table_of(
                "now",
                Text("training and test"),
                update=(frame.measured_at, Text("update")),
                training=(frame.train_accuracy, Text("training accuracy")),
                test=(frame.test_accuracy, Text("test accuracy")),
                gap=(frame.gap, Text("gap")),
                test_loss=(frame.test_loss, Text("test loss")),
                patience=(params.patience if params.early_stopping else 0, Text("patience")),
            ),
            *race_tables(frame, _NAMES),
            *(beside if params.look == "weights" else reversed(beside)),
            table_of(
                "validation",
                Text("validation loss"),
                update=(frame.validation_updates, Text("update")),
                loss=(frame.validation_losses, Text("loss")),
            ),
            *augmentation_table(frame.augmented),
        )

    def working(self, params: OverfittingParams, frame: OverfittingFrame) -> tuple[WorkingStep, ...]:
        train, test = frame.train_accuracy, frame.test_accuracy
        lines = [WorkingStep("d", "{train} − {test}", {"train": train, "test": test}, frame.gap, _GAP)]
        if frame.weight_before is not None and frame.weight_gradient is not None:
            w, g, decay, rate = frame.weight_before, frame.weight_gradient, params.weight_decay, params.learning_rate
            pulled = {"w": w, "η": rate, "g": g, "λ": decay}
            lines.append(WorkingStep("w′", "{w} − {η}·({g} + {λ}·{w})", pulled, w - rate * (g + decay * w), _STEP, 8))
        if params.weight_decay:
            both = {"λ": params.weight_decay}
            lines.append(WorkingStep("g", "{λ}·2", both, 2 * params.weight_decay, _OF_TWO))
            both = {"η": params.learning_rate, **both}
            lines.append(WorkingStep("s", "(1 − {η}·{λ})^1000", both, frame.kept_after_1000, _KEPT))
        if params.dropout:
            m, p = frame.mean_activation, params.dropout
            factor, note = ("(1 − {p})", _RIGHT) if params.dropout_scaling == "right" else ("{p}", _WRONG)
            note = note(training=format_real(frame.mean_in_training, 4))
            lines.append(WorkingStep("z", f"{{m}}·{factor}", {"m": m, "p": p}, frame.mean_at_test, note))
        return tuple(lines)

    def probe(self, params: OverfittingParams, frame: OverfittingFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip at ``spot``: in the plot "curves" the accuracies, in the plot "weights" a bin of
        the histogram.
        """
        if spot.part == "curves":
            row = nearest_row(frame.sample_updates, spot.x)
            train, test = float(frame.sample_train[0, row]), float(frame.sample_test[0, row])
            values = {
                "train": percent(train, 1),
                "test": percent(test, 1),
                "gap": overfitting_words.points(train - test),
            }
            return Probe(_AT(update=int(frame.sample_updates[row]), **values))
        place = int(np.searchsorted(frame.weight_edges, spot.x, side="right")) - 1
        if spot.part == "weights" and 0 <= place < len(frame.weight_shares):
            low, high = (format_real(float(edge), 3) for edge in frame.weight_edges[place : place + 2])
            return Probe(_BIN(share=percent(float(frame.weight_shares[place]), 2), low=low, high=high))
        return None

    def code_mark(self, params: OverfittingParams, frame: OverfittingFrame) -> CodeMark | None:
        if params.dropout and params.dropout_scaling == "wrong":
            return CodeMark(DropoutByRatio.forward.__qualname__, "# wrong")
        if params.dropout:
            return CodeMark(Dropout.forward.__qualname__, "return x * (1.0 - self.ratio)")
        if params.weight_decay:
            return CodeMark("add_decay", "grads[name] += decay * W")
        return CodeMark("update", "values -= self.learning_rate * grads[name]")


_GAP = Text("training accuracy less test accuracy")
_STEP = Text("one weight of layer 2 at this update: g is the gradient of the loss, λ·w what weight decay adds")
_OF_TWO = Text("what weight decay adds to the gradient of a weight that is 2")
_KEPT = Text("what weight decay alone would leave of a weight after 1,000 updates, as a share")
_RIGHT = Text("the mean that the first hidden layer passes on at test time; with the masks of training {training}")
_WRONG = Text(
    "wrong: the mean that the first hidden layer passes on at test time; with the masks of training {training}"
)
_AT = Text("update {update:,}: training {train}, test {test}, gap {gap} points")
_BIN = Text("{share} of the weights lie between {low} and {high}")
