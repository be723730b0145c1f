"""A playground: the learner builds a small network that learns to classify points of the plane, with all neurons
visible.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.api import (
    Handle,
    Measure,
    Position,
    ProbePoint,
    RandomStreams,
    Refused,
    Table,
    WorkingStep,
    in_powers,
    percent,
    table_of,
)
from engine.contract.experiment import Amount, Pace, Preset, Probe, Training
from engine.contract.fields.numbers import check_real
from engine.contract.point_handles import PointsInHand
from engine.contract.text import Text
from engine.data.own_table import MOST_COLUMNS
from engine.data.plane_sets import REACH
from engine.experiments.ch5_backpropagation.playground import words as playground_words
from engine.experiments.ch5_backpropagation.playground.params import (
    LARGEST_WEIGHT,
    MOST_NEURONS,
    OWN,
    SCALED,
    PlaygroundFrame,
    PlaygroundParams,
)
from engine.experiments.ch5_backpropagation.playground.process import PlaygroundTraining, inputs_at, tested_of_own
from engine.experiments.shared.learning.batches import UNITS
from engine.experiments.shared.learning.rate_schedule import rate_table
from engine.experiments.shared.networks.network_fields import OPTIMIZERS_BY_NAME
from engine.geometry.network_places import (
    bias_of,
    index_of,
    neuron_at,
    path_of,
    place_of,
    weight_at,
)
from engine.nn.schedules import SCHEDULES
from engine.nn.small_network import ResponseMaps, SmallNetwork, SmallTraining

_LARGEST_SIZES = (MOST_COLUMNS, *(MOST_NEURONS,) * 6, 4)


class Playground(PointsInHand[PlaygroundParams, PlaygroundFrame], Training[PlaygroundParams, PlaygroundFrame]):
    """Points of the plane, a network of up to six hidden layers, and settings that can be changed while it learns."""

    order = 4
    title = Text("Playground: build a network by hand")
    units = UNITS
    opening = Amount(10, "epoch")
    pace = Pace(100, "update")
    keeps_network = True
    default_steps = Amount(100, "epoch")
    uses_seed = True
    measures = (
        Measure("curves", ("test_loss", "train_loss")),
        Measure("curves", ("test_accuracy", "train_accuracy"), best="highest"),
    )
    presets = (
        Preset("circle", Text("Circle"), {}),
        Preset("xor", Text("XOR"), {"data": "xor", "hidden": (2, 2)}),
        Preset(
            "spiral",
            Text("Spiral"),
            {"data": "spiral", "hidden": (8, 6), "learning_rate": 0.01, "optimizer": "Adam"},
        ),
        Preset("three", Text("Three classes"), {"data": "gauss", "classes": 3, "hidden": (), "noise": 0.2}),
        Preset("hills", Text("Hills"), {"data": "hills", "hidden": (4, 2)}),
        Preset("own", Text("Your own points"), {"data": "own", "hidden": (4,), "train_share": 90}),
    )
    code = (
        SmallTraining.update,
        SmallNetwork.backward,
        SmallNetwork.forward,
        SmallNetwork.losses_of,
        *(one.kind.update for one in OPTIMIZERS_BY_NAME.values()),
        *(one.rule for one in SCHEDULES.values()),
        ResponseMaps.compute,
    )

    def begin(self, params: PlaygroundParams, streams: RandomStreams) -> PlaygroundTraining:
        return PlaygroundTraining(params, streams)

    headline = staticmethod(playground_words.headline)

    def checked_change(self, path: str, value: object) -> object:
        """Also accepts a weight such as W1[0,2] or a bias such as b1[2]: layers count from 1, inputs and neurons from
        0.
        """
        if index_of(_LARGEST_SIZES, path) is None:
            return super().checked_change(path, value)
        try:
            return check_real(value, -LARGEST_WEIGHT, LARGEST_WEIGHT)
        except Refused as refusal:
            raise Refused(Text("{path}: {reason}")(path=path, reason=refusal.text)) from None

    def place_change(self, params: PlaygroundParams, frame: PlaygroundFrame, path: str, value: Any) -> Text | None:
        index = index_of(frame.sizes, path)
        if index is None:
            return None
        before, after = (in_powers(float(one), 3) for one in (frame.parameters[index], value))
        return _SET(name=playground_words.parameter_name(params, frame, index), before=before, after=after)

    def value_at(self, params: PlaygroundParams, frame: PlaygroundFrame, path: str) -> float | None:
        index = index_of(frame.sizes, path)
        return None if index is None else float(frame.parameters[index])

    def main_tables(self, params: PlaygroundParams, frame: PlaygroundFrame) -> tuple[Table, ...]:
        sizes, shown = frame.sizes, frame.shown(params)
        places = [place_of(sizes, index) for index in range(len(frame.parameters))]
        learned = np.arange(shown) < frame.training
        points = {} if params.discrete else {"answer": (frame.answers[:shown], Text("answer"))}
        x1, x2 = frame.points[:shown].T
        across, upwards = frame.axis_names(params)
        layer, number = frame.enlarged(params)
        into = [index for index, place in enumerate(places) if place[0] == layer - 1 and place[2] == number]
        return (
            table_of(
                "curves",
                Text("losses and accuracies"),
                epoch=(frame.epochs, Text("epoch")),
                train_loss=(frame.train_loss_curve, Text("training loss")),
                test_loss=(frame.test_loss_curve, Text("test loss")),
                penalty=(frame.penalty_curve, Text("penalty")),
                train_accuracy=(frame.train_accuracy_curve, Text("training accuracy")),
                test_accuracy=(frame.test_accuracy_curve, Text("test accuracy")),
            ),
            table_of(
                "network",
                Text("weights and biases"),
                parameter=([path_of(sizes, index) for index in range(len(places))], _PATH),
                value=(frame.parameters, Text("value")),
                gradient=(frame.gradients, Text("newest gradient")),
            ),
            table_of(
                "points",
                Text("points"),
                x1=(x1, across),
                x2=(x2, upwards),
                **_further_columns(params, frame, shown),
                target=(frame.targets[:shown], Text("target t")),
                training=(learned, Text("learned from")),
                **points,
            ),
            table_of(
                "neuron",
                Text("the neuron shown large"),
                parameter=([path_of(sizes, index) for index in into], _PATH),
                value=(frame.parameters[into], Text("value")),
            ),
            *rate_table(frame.rates),
        )

    def working(self, params: PlaygroundParams, frame: PlaygroundFrame) -> tuple[WorkingStep, ...]:
        loss = {"D": frame.train_loss, "P": frame.penalty}
        lines = [WorkingStep("L", "{D} + {P}", loss, frame.train_loss + frame.penalty, _LOSS)]
        if not params.is_regression:
            n, w = float(frame.training), float(frame.wrong)
            lines.append(WorkingStep("A", "({N} − {w}) / {N}", {"N": n, "w": w}, (n - w) / n, _ACCURACY))
        series, count = {"n": frame.sizes[:-1], "m": frame.sizes[1:]}, float(len(frame.parameters))
        lines.append(WorkingStep.over("K", "…", "({n} + 1)·{m}", series, count, _PARAMETERS, first=0))
        index = frame.selected(params)
        if index is not None and frame.used_rate is not None and params.optimizer == "SGD":
            w, g, rate = float(frame.before[index]), float(frame.gradients[index]), frame.used_rate
            name = playground_words.parameter_name(params, frame, index)
            lines.append(
                WorkingStep("w′", "{w} − {η}·{g}", {"w": w, "η": rate, "g": g}, w - rate * g, _UPDATE(name=name))
            )
        return tuple(lines)

    def probe(self, params: PlaygroundParams, frame: PlaygroundFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip at ``spot``: on the map the network's answer, in the plot "network" a neuron or weight."""
        if spot.part == "network":
            return self._probe_network(params, frame, spot)
        if spot.part or max(abs(spot.x), abs(spot.y)) > REACH:
            return None
        network = SmallNetwork(frame.sizes, params.activations, "square" if params.is_regression else "cross_entropy")
        network.parameters[:] = frame.parameters
        scores = network.forward(inputs_at(params, frame.table, np.array([[spot.x, spot.y]])))[0]
        if params.is_regression:
            return Probe(_HEIGHT(x1=spot.x, x2=spot.y, y=in_powers(float(scores[0]), 3)))
        y = np.exp(scores - scores.max())
        y /= y.sum()
        said = _ANSWER(x1=spot.x, x2=spot.y, best=int(y.argmax()), share=percent(float(y.max()), 1))
        point = frame.point_at(params, spot.x, spot.y)
        if point is None:
            return Probe(said)
        words = _ON_TEST_POINT if point >= frame.training else _ON_TRAINING_POINT
        return Probe(words(said=said, label=int(frame.targets[point])))

    def _probe_network(self, params: PlaygroundParams, frame: PlaygroundFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip of the neuron or weight at a spot in the drawing of the network; None if there is neither."""
        sizes = frame.sizes
        found = neuron_at(sizes, spot.x, spot.y)
        if found is not None:
            name = playground_words.name_of(params, frame, *found)
            if not found[0]:
                return Probe(_INPUT(name=name))
            value = in_powers(float(frame.parameters[bias_of(sizes, *found)]), 3)
            return Probe(_NEURON(name=name, value=value))
        index = weight_at(sizes, spot.x, spot.y)
        if index is None:
            return None
        name = playground_words.parameter_name(params, frame, index)
        return Probe(_WEIGHT(name=name, value=in_powers(float(frame.parameters[index]), 3)))

    # The hand

    def handles(self, params: PlaygroundParams, frame: PlaygroundFrame) -> tuple[Handle, ...]:
        return super().handles(params, frame) if params.data == OWN else ()

    def point_words(self, params: PlaygroundParams, number: int) -> Text:
        return (_TEST_POINT if number - 1 in tested_of_own(params) else _TRAINING_POINT)(number=number)

    def add(self, params: PlaygroundParams, frame: PlaygroundFrame, place: Position) -> Mapping[str, object]:
        return super().add(params, frame, place) if params.data == OWN else {}

    def click_at(self, params: PlaygroundParams, frame: PlaygroundFrame, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter changes of a click on the drawing of the network.

        A click on a neuron shows its map large and selects its bias; a click on a weight selects it. A click to the
        left or right of the number above a hidden layer removes or adds a neuron.
        """
        sizes, layer = frame.sizes, round(spot.x)
        if spot.part != "network":
            return {}
        if spot.y > 1.0:
            if not 0 < layer < len(sizes) - 1 or len(params.hidden) != len(sizes) - 2:
                return {}
            count = params.hidden[layer - 1] + (1 if spot.x > layer else -1)
            hidden = (*params.hidden[: layer - 1], count, *params.hidden[layer:])
            return {"hidden": hidden, **_chosen_as_before(params, frame, hidden)} if 1 <= count <= MOST_NEURONS else {}
        found = neuron_at(sizes, spot.x, spot.y)
        if found is None:
            index = weight_at(sizes, spot.x, spot.y)
            return {} if index is None else {"selected": index + 1}
        layer, number = found
        if not layer:
            return {}
        enlarged = sum(sizes[1:layer]) + number + 1 if layer < len(sizes) - 1 else 0
        changes = {"enlarged": enlarged, "selected": bias_of(sizes, layer, number) + 1}
        same_again = all(getattr(params, name) == value for name, value in changes.items())
        return {"enlarged": 0, "selected": 0} if same_again else changes


def _chosen_as_before(params: PlaygroundParams, frame: PlaygroundFrame, hidden: tuple[int, ...]) -> dict[str, object]:
    """The parameter changes that keep the selected neuron, weight and bias when the ``hidden`` layers change.

    Those that no longer exist are deselected.
    """
    sizes = (frame.sizes[0], *hidden, frame.sizes[-1])
    chosen: dict[str, object] = {}
    if (index := frame.selected(params)) is not None:
        found = index_of(sizes, path_of(frame.sizes, index))
        chosen["selected"] = 0 if found is None else found + 1
    if params.enlarged:
        layer, number = frame.enlarged(params)
        chosen["enlarged"] = sum(sizes[1:layer]) + number + 1 if number < sizes[layer] else 0
    return chosen


def _further_columns(
    params: PlaygroundParams, frame: PlaygroundFrame, shown: int
) -> dict[str, tuple[np.ndarray, Text]]:
    """The columns of the learner's table that are not drawn, for the table of points."""
    table = frame.table
    if table is None:
        return {}
    others = [number for number in range(len(table.names)) if number not in params.drawn]
    named = {number: SCALED(name=table.names[number]) for number in others}
    return {f"column{number + 1}": (table.values[:shown, number], name) for number, name in named.items()}


_SET = Text("{name}: {before} → {after}")
_PATH = Text("as typed, counted from 0")
_LOSS = Text("the data term of the loss and the penalty on the weights")
_ACCURACY = Text("training points that are right, of all of them")
_PARAMETERS = Text("weights and biases, layer by layer")
_UPDATE = Text("the newest update of the {name}")
_HEIGHT = Text("x = ({x1:.2f}, {x2:.2f}): y = {y}")
_ANSWER = Text("x = ({x1:.2f}, {x2:.2f}): class {best}, {share} sure")
_TRAINING_POINT = Text("training point {number}")
_TEST_POINT = Text("test point {number}")
_ON_TRAINING_POINT = Text("{said} · training point of class {label}")
_ON_TEST_POINT = Text("{said} · test point of class {label}")
_INPUT = Text("{name}, as the network gets it")
_NEURON = Text("{name}: bias {value}. Choose it to set it, and to see the neuron large")
_WEIGHT = Text("{name}: {value}. Choose it to set it")
