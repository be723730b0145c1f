"""Mini-batch training on MNIST: with each batch the loss falls, and more answers become right."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.calculus import numerical_gradient
from engine.contract.api import Amount, CodeMark, Pace, Preset, Probe, ProbePoint, Table, WorkingStep, table_of
from engine.contract.text import Text, untranslated
from engine.experiments.ch4_training.training import words as training_words
from engine.experiments.ch4_training.training.params import SAMPLE, TrainingFrame, TrainingParams
from engine.experiments.ch4_training.training.process import MiniBatchTraining
from engine.experiments.shared.learning.batch_run import CURVE_MEASURES, DigitsTraining, curve_probe, curve_tables
from engine.experiments.shared.networks.loss_slice import slice_probe, slice_table
from engine.nn import SGD, Affine, Network, ReLU, Sigmoid, SoftmaxWithLoss, gaussian
from engine.nn.loss_slice import filter_normalized, slice_loss

# Forward passes that may go by before a run first waits, half a second's worth.
_OPENING_PASSES = 12_200
_OPENING = 300


class MnistTraining(DigitsTraining[TrainingParams, TrainingFrame]):
    """Trains a network inputs-hidden-10 by stochastic gradient descent, with backpropagation or numerical gradients."""

    order = 5
    title = Text("Mini-batch training: a network learns batch by batch")
    opening = Amount(_OPENING, "update")
    pace = Pace(60, "update")
    measures = CURVE_MEASURES
    default_steps = Amount(_OPENING, "update")
    process = MiniBatchTraining
    keeps_network = True
    presets = (
        Preset("book", Text("The book's"), {}),
        Preset("relu", untranslated("ReLU"), {"activation": "relu"}),
        Preset("few", Text("300 images, rate 1"), {"samples": "300", "learning_rate": 1.0}),
        Preset("dead", Text("ReLU, rate 3"), {"activation": "relu", "learning_rate": 3.0}),
        Preset(
            "numerical",
            Text("Reduced, numerical"),
            {"gradient": "numerical", **training_words.REDUCED},
        ),
    )
    code = (
        Network.gradients,
        Affine.forward,
        Affine.backward,
        Sigmoid.forward,
        Sigmoid.backward,
        ReLU.backward,
        SoftmaxWithLoss.forward,
        SoftmaxWithLoss.backward,
        SGD.update,
        numerical_gradient,
        gaussian,
        filter_normalized,
        slice_loss,
    )

    def opening_for(self, params: TrainingParams) -> Amount:
        """For a numerical gradient, as many updates as take about half a second; none with the book's network."""
        if params.gradient == "numerical":
            inputs = int(params.image_side) ** 2
            passes = 2 * ((inputs + 1) * params.hidden + (params.hidden + 1) * 10)
            return Amount(min(_OPENING, _OPENING_PASSES // passes), "update")
        return self.opening

    default_steps_for = opening_for
    headline = staticmethod(training_words.headline)

    def main_tables(self, params: TrainingParams, frame: TrainingFrame) -> tuple[Table, ...]:
        # Times come out differently every time; they are fields of the frame only.
        weights = frame.weights.reshape(len(frame.weights), -1) * frame.weight_step
        digits = table_of(
            "digits",
            Text("twelve digits"),
            image=(frame.digit_indices, Text("image")),
            label=(frame.digit_labels, Text("label")),
            answer=(frame.digit_answers, Text("answer", context="of the network")),
            probability=(frame.digit_chances, Text("probability")),
            right=(frame.digit_is_right, Text("right")),
        )
        first_layer = table_of(
            "weights",
            Text("weights of the first layer"),
            unit=(range(1, len(weights) + 1), Text("hidden unit")),
            smallest=(np.min(weights, axis=1), Text("smallest")),
            largest=(np.max(weights, axis=1), Text("largest")),
            standard_deviation=(np.std(weights, axis=1), Text("standard deviation")),
        )
        passes = Text("forward passes of a numerical gradient")
        cost = table_of(
            "cost",
            Text("cost of a gradient"),
            parameters=(frame.parameters, Text("parameters", context="number")),
            numerical_passes=(frame.passes_per_update, passes),
            batch_size=(frame.batch_size, Text("batch size")),
            updates_per_epoch=(frame.updates_per_epoch, Text("updates per epoch")),
            by=(params.gradient, Text("gradient by")),
        )
        return (*curve_tables(frame), digits, first_layer, cost, *slice_table(frame.slice))

    def working(self, params: TrainingParams, frame: TrainingFrame) -> tuple[WorkingStep, ...]:
        label = int(frame.digit_labels[params.selected - 1])
        lines = _loss_of_one(frame, params.selected - 1, label)
        if frame.used_rate is not None:
            b, g, rate = float(frame.b_before[label]), float(frame.b_gradient[label]), frame.used_rate
            lines.append(WorkingStep(f"b{label}′", "{b} − {η}·{g}", {"b": b, "η": rate, "g": g}, b - rate * g, _UPDATE))
        n, passes = float(frame.parameters), float(frame.passes_per_update)
        sizes = {"i": float(params.image_side) ** 2, "h": float(frame.hidden), "k": 10.0}
        per_epoch, batch = float(frame.updates_per_epoch), float(frame.batch_size)
        room = _EPOCH(samples=frame.samples)
        return (
            *lines,
            WorkingStep("n", "{i}·{h} + {h} + {h}·{k} + {k}", sizes, n, _PARAMETERS),
            WorkingStep("p", "2·{n}", {"n": n}, passes, _PASSES),
            WorkingStep("m", "{e}·{N}", {"e": per_epoch, "N": batch}, per_epoch * batch, room),
        )

    def probe(self, params: TrainingParams, frame: TrainingFrame, spot: ProbePoint) -> Probe | None:
        found = slice_probe(frame.slice, spot.part, spot.x)
        return found or curve_probe(frame, spot.part, spot.x, frame.sample_size, SAMPLE)

    def click(self, params: TrainingParams, frame: TrainingFrame, handle: str) -> Mapping[str, object]:
        """The parameter change that selects one of the shown digits, after a click on its handle ``digit1`` to
        ``digit12``.
        """
        number = int(handle.removeprefix("digit"))
        return {"selected": number} if number != params.selected else {}

    def code_mark(self, params: TrainingParams, frame: TrainingFrame) -> CodeMark | None:
        if params.gradient == "numerical":
            return CodeMark("numerical_gradient", "gradient[place] = (above - below) / (2 * h)")
        return CodeMark("update", "values -= self.learning_rate * grads[name]")


_SUM = Text("the ten exponentials together")
_LOSS = Text("cross entropy of this one image")
_UPDATE = Text("an output bias, stepping against its gradient")
_PARAMETERS = Text("weights and biases of both layers")
_PASSES = Text("forward passes for one numerical gradient")
_EPOCH = Text("updates an epoch × batch size: room for all {samples} images")


def _loss_of_one(frame: TrainingFrame, index: int, label: int) -> list[WorkingStep]:
    """The calculation from an image's ten scores to its loss, with the given label; empty if a score is not finite."""
    scores, y = frame.digit_scores[index].tolist(), float(frame.digit_probabilities[index, label])
    if not all(math.isfinite(score) for score in scores):
        return []
    most = max(scores)
    total = math.fsum(math.exp(score - most) for score in scores)
    exponentials = WorkingStep.over("s", "…", "exp({a} − {c})", {"a": scores}, total, _SUM, first=0, c=most)
    values = {**exponentials.values, "s": total}
    right = Text("the probability it gives to the right answer {t}")(t=label)
    if y > 0:
        loss = WorkingStep("L", "−ln({y})", {"y": y}, -math.log(y), _LOSS)
    else:
        # y is too small for a float, its logarithm is not.
        loss = WorkingStep(
            "L", f"{{c}} + ln({{s}}) − {{a{label}}}", values, most + math.log(total) - scores[label], _LOSS
        )
    return [exponentials, WorkingStep("y", f"exp({{a{label}}} − {{c}}) / {{s}}", values, y, right), loss]
