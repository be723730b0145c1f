"""The texts of `playground`: headline, status, and the names of neurons and parameters."""

from __future__ import annotations

from engine.contract.api import Remedy, Status, Text, counted, in_powers, notation, percent, untranslated
from engine.experiments.ch5_backpropagation.playground.params import PlaygroundFrame, PlaygroundParams
from engine.experiments.shared.learning.rate_schedule import schedule_ended, with_rate
from engine.geometry.network_places import place_of

WIDE_GAP = 0.1
"""The difference of training and test accuracy above which a notice speaks of overfitting."""
_KNOWN_AFTER = 20
_WITHOUT_PENALTY = Text("{loss} (without the penalty)")
_NO_FILE = Text("No file is chosen yet, so these are 300 made-up fruits: x1 length, x2 width, x3 weight, x4 colour.")
_BIAS = Text("bias of {to}")


def headline(params: PlaygroundParams, frame: PlaygroundFrame) -> Text:
    """One sentence with the current losses or accuracies."""
    loss = untranslated(in_powers(frame.train_loss, 3))
    whole = frame.update == 0 or "epoch" in frame.events
    values = {
        "so_long": counted(frame.counts[1], "epoch") if whole else counted(frame.update, "update"),
        "loss": _WITHOUT_PENALTY(loss=loss) if params.l1 or params.l2 else loss,
        "test_loss": in_powers(frame.test_loss, 3),
        "train": percent(frame.train_accuracy, 1),
        "test": percent(frame.test_accuracy, 1),
    }
    if params.is_regression:
        words = Text("After {so_long} the loss is {loss} on the training points and {test_loss} on the test points.")
    elif frame.update == 0:
        words = Text("Nothing learned yet: {train} of the training points are right, with weights drawn by chance.")
    else:
        words = Text(
            "After {so_long} the loss is {loss}; {train} of the training and {test} of the test points are right."
        )
    return with_rate(words(**values), frame.rates)


def status(params: PlaygroundParams, frame: PlaygroundFrame) -> Status | None:
    """The notice for this state; if several apply, the most serious one. None if there is nothing to report."""
    if "diverged" in frame.events:
        words = Text("The steps are so long that the weights grew without limit. The last state before that is shown.")
        remedy = Remedy(Text("Use tanh"), {"activation": "tanh"})
        return Status("diverged", words, remedy if params.activation != "tanh" else None)
    if params.is_without_file:
        return Status("no_file", _NO_FILE)
    is_bent = not set(params.features) <= {"x1", "x2"} and frame.table is None
    straight = not is_bent and set(params.activations) <= {"identity"}
    if straight and not params.is_regression and frame.train_accuracy < 0.98:
        words = Text("On the large map every border is straight.")
        remedy = Remedy(Text("Use tanh"), {"activation": "tanh"})
        return Status("straight", words, remedy if params.hidden else None)
    if frame.train_accuracy - frame.test_accuracy > WIDE_GAP and frame.counts[1] >= _KNOWN_AFTER:
        words = Text("Overfitting: {train} of the training points are right, but only {test} of the test points.")
        values = {"train": percent(frame.train_accuracy, 1), "test": percent(frame.test_accuracy, 1)}
        return Status("overfitting", words(**values))
    return schedule_ended(frame.rates, params.planned)


def name_of(params: PlaygroundParams, frame: PlaygroundFrame, layer: int, number: int) -> Text:
    """The name of an input, a hidden neuron or an output; ``layer`` and ``number`` count from 0, and layer 0 are the
    inputs.
    """
    if layer == 0:
        return Text("input {name}")(name=frame.input_names(params)[number])
    if layer < len(frame.sizes) - 1:
        words = Text("neuron {number} of hidden layer {layer}")
        return words(number=number + 1, layer=layer)
    if params.is_regression:
        return Text("the output")
    return Text("the output for class {number}")(number=number)


def brief_name(params: PlaygroundParams, frame: PlaygroundFrame, index: int) -> Text:
    """A short name of the weight or bias with this index, by what it connects; shown beside the highlighted drawing."""
    layer, source, target = place_of(frame.sizes, index)
    to = _brief(params, frame, layer + 1, target)
    if source == frame.sizes[layer]:
        return _BIAS(to=to)
    return notation("{source} → {to}")(source=_brief(params, frame, layer, source), to=to)


def _brief(params: PlaygroundParams, frame: PlaygroundFrame, layer: int, number: int) -> Text:
    """The short name of an input, a hidden neuron or an output."""
    if layer == 0:
        return frame.input_names(params)[number]
    if layer < len(frame.sizes) - 1:
        return Text("neuron {number}")(number=number + 1)
    return untranslated("y") if params.is_regression else Text("class {number}")(number=number)


def parameter_name(params: PlaygroundParams, frame: PlaygroundFrame, index: int) -> Text:
    """The name of the weight or bias with this index, by what it connects."""
    layer, source, target = place_of(frame.sizes, index)
    to = name_of(params, frame, layer + 1, target)
    if source == frame.sizes[layer]:
        return _BIAS(to=to)
    return Text("weight from {source} to {to}")(source=name_of(params, frame, layer, source), to=to)
