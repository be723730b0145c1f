"""The run of `playground`: trains a small network, and measures losses and accuracies at the end of every epoch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.calculus.expressions import Expression
from engine.contract.api import Process, RandomStreams, Refused, Text
from engine.contract.history import History
from engine.contract.params import fields_of
from engine.data.own_table import OwnTable, own_table
from engine.data.plane_sets import REACH, beside_curve, plane_set
from engine.experiments.ch5_backpropagation.playground import words as playground_words
from engine.experiments.ch5_backpropagation.playground.border import NAMES, drawn
from engine.experiments.ch5_backpropagation.playground.params import (
    CURVE,
    OWN,
    POINTS,
    PlaygroundFrame,
    PlaygroundParams,
)
from engine.experiments.ch5_backpropagation.playground.table_fields import TABLE
from engine.experiments.shared.learning.rate_schedule import RatePlan
from engine.experiments.shared.networks.network_fields import OPTIMIZERS_BY_NAME
from engine.geometry.contours import contour_segments
from engine.geometry.network_places import index_of
from engine.networks.kept import KeptNetwork, LayerSpec
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.losses import one_hot
from engine.nn.small_network import ResponseMaps, SmallNetwork, SmallTraining

_SIDE, _SIDE_OF_MANY, _MANY = 100, 50, 20
"""The number of pixels along the side of a map, the smaller number for networks with more neurons than the third, so
that a frame stays small.
"""


class NetworkMaps:
    """Maps of a network's values over the square from −``reach`` to ``reach``, as byte arrays whose rows go up.

    ``inputs_at`` returns the network's n inputs and a 1 at points (G, 2), as (G, n + 1). ``input_maps`` (n, side, side)
    are constant.

    Inputs, hidden neurons and heights from −1 to 1 become 1 to 255; unbounded values are first squashed by z/(1 + |z|),
    inputs divided by their largest absolute value. Values between 0 and 1, as of sigmoid, become 0 to 255.
    """

    def __init__(self, network: SmallNetwork, inputs_at: Callable[[np.ndarray], np.ndarray], reach: float) -> None:
        self._network = network
        self._side = _SIDE if sum(network.sizes) < _MANY else _SIDE_OF_MANY
        # Every third place of a hundred is enough for lines, and the outermost ones belong to them.
        self._thin = 3 if self._side == _SIDE else 1
        places = ((np.arange(self._side) + 0.5) / self._side * 2 - 1) * reach
        self._places = places[:: self._thin]
        grid = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
        inputs = inputs_at(grid).T[:-1]
        self._maps = ResponseMaps(network, inputs)
        # An input that is 0 all over, as one may be on a section, stays so.
        largest = np.maximum(np.abs(inputs).max(axis=1, keepdims=True), np.finfo(float).tiny)
        self.input_maps = self._square(_signed(inputs / largest))
        self.input_maps.setflags(write=False)

    def drawn(self) -> dict[str, np.ndarray]:
        """Compute the frame's fields that depend on the weights: the maps, and the lines where a first-layer neuron's
        sum is 0.

        ``hidden_maps`` is (neurons, side, side), ``output_maps`` (outputs, side, side), ``answer_map`` (side, side).
        ``lines`` (K, 4) are segments, and ``line_of`` (K,) the index of each one's neuron. For classes, outputs are
        probabilities as 0 to 255, and the answer map has 64 values for each class, from barely the most probable to
        certain. For heights both maps are heights.
        """
        hidden, scores, sums = self._maps.compute()
        sums = sums.reshape(-1, self._side, self._side)[:, :: self._thin, :: self._thin]
        lines = [contour_segments(self._places, self._places, one, 0.0) for one in (sums if hidden else ())]
        maps = [_hidden(name, z) for name, z in zip(self._network.activations, hidden, strict=True)]
        outputs, answer = _outputs(scores, self._network.loss == "square")
        return {
            "hidden_maps": self._square(np.concatenate([*maps, np.empty((0, self._side**2), np.uint8)])),
            "output_maps": self._square(outputs),
            "answer_map": self._square(answer[None])[0],
            "lines": np.concatenate([*lines, np.empty((0, 4))]).astype(np.float32),
            "line_of": np.repeat(np.arange(len(lines), dtype=np.uint8), [len(line) for line in lines]),
        }

    def _square(self, rows: np.ndarray) -> np.ndarray:
        """Maps (m, side²) copied to an array (m, side, side)."""
        return rows.reshape(len(rows), self._side, self._side).copy()


def _signed(values: np.ndarray) -> np.ndarray:
    """Values from −1 to 1 as bytes from 1 to 255."""
    return (values * 127.0 + 128.5).astype(np.uint8)


def _hidden(activation: str, z: np.ndarray) -> np.ndarray:
    """Outputs of hidden neurons as bytes, scaled by the range of their activation function."""
    limits = ACTIVATIONS[activation].limits
    if limits == (0.0, 1.0):
        return (z * 255.0 + 0.5).astype(np.uint8)
    return _signed(z if limits == (-1.0, 1.0) else z / (1.0 + np.abs(z)))


def _outputs(scores: np.ndarray, is_regression: bool) -> tuple[np.ndarray, np.ndarray]:
    """The output maps and the answer map as bytes, from the scores (outputs, places)."""
    if is_regression:
        heights = _signed(np.clip(scores, -1.0, 1.0))
        return heights, heights[0]
    y = np.exp(scores - scores.max(axis=0))
    y /= y.sum(axis=0)
    most, chance = y.max(axis=0), 1.0 / len(y)
    sure = (np.clip((most - chance) / (1.0 - chance), 0.0, 1.0) * 63.0).astype(np.uint8)
    return (y * 255.0 + 0.5).astype(np.uint8), (y.argmax(axis=0) * 64).astype(np.uint8) + sure


FEATURES = {
    "x1": lambda x1, x2: x1, "x2": lambda x1, x2: x2, "x1_squared": lambda x1, x2: x1**2,
    "x2_squared": lambda x1, x2: x2**2, "x1_x2": lambda x1, x2: x1 * x2, "sin_x1": lambda x1, x2: np.sin(x1),
    "sin_x2": lambda x1, x2: np.sin(x2),
}  # fmt: skip
"""The functions that compute a network's inputs from the coordinates x1 and x2, by name."""


def inputs_of(points: np.ndarray, features: Sequence[str]) -> np.ndarray:
    """The network's inputs for points (N, 2): their features and a 1, (N, features + 1)."""
    x1, x2 = points.T
    return np.column_stack([*(FEATURES[name](x1, x2) for name in features), np.ones(len(points))])


_CURVES = ("train_loss", "test_loss", "penalty", "train_accuracy", "test_accuracy")
_ROWS = 512
_OTHER_TABLE = Text("The CSV file has fewer columns now.")
_NO_PLACE = Text("{path}: this network has no such weight or bias.")


class PlaygroundTraining(Process):
    """A training of the playground's network; ``advance`` makes one update. Data, initial weights, order of batches and
    noise have random generators of their own.
    """

    def __init__(self, params: PlaygroundParams, streams: RandomStreams) -> None:
        self._params = params
        table = _table_of(params)
        points, targets = _points_of(params, table, streams.data)
        order, training = _shared_out(params, len(points), streams.data)
        points, targets = points[order], targets[order]
        table = None if table is None else table.ordered(order)
        for array in (points, targets):
            array.setflags(write=False)
        heights = params.is_regression
        outputs = 1 if heights else max(2, int(targets.max()) + 1)
        sizes = (len(params.features if table is None else params.columns), *params.hidden, outputs)
        self.network = SmallNetwork(sizes, params.activations, "square" if heights else "cross_entropy")
        self.network.begin(streams.weights)
        x = inputs_of(points, params.features) if table is None else table.inputs(params.columns)
        t = targets[:, None] if heights else one_hot(targets, outputs)
        self._training = SmallTraining(self.network, x, t, training, streams.order, streams.noise)
        self._maps = NetworkMaps(self.network, lambda places: inputs_at(params, table, places), REACH)
        self._fixed = {
            "data": params.data, "points": points, "targets": targets, "training": training, "sizes": sizes,
            "neurons": sum(params.hidden), "outputs": outputs, "input_maps": self._maps.input_maps,
            "border": drawn(params.border) if params.data == CURVE else None,
            "table": table,
        }  # fmt: skip
        self._events: tuple[str, ...] = ()
        self._edits = 0
        self._history = History(_CURVES, _ROWS)
        self._rate_plan = RatePlan(params.schedule, params.planned)
        self._take_up("optimizer")
        self._look()

    @property
    def counts(self) -> tuple[int, ...]:
        return self._training.updates, self._training.epochs

    def advance(self) -> None:
        (self._training.optimizer.learning_rate,) = self._rate_plan.rates(self._training.updates, self._set_rates)
        self._events = self._training.update()
        if "update" in self._events:
            self._rate_plan.done(self._training.updates)
        if "epoch" in self._events:
            self._look()
        self.finished = "diverged" in self._events

    def change(self, path: str, value: object) -> None:
        if path in fields_of(PlaygroundParams):
            self._params = self._params.replaced({path: value})
            self._take_up(path)
            return
        index = index_of(self.network.sizes, path)
        if index is None:
            raise Refused(_NO_PLACE(path=path))
        self.network.parameters[index] = value
        self._edits += 1

    def _take_up(self, path: str) -> None:
        """Apply the current values of the live parameters; a new optimizer is only created if ``path``
        is "optimizer".
        """
        params, training = self._params, self._training
        if path == "optimizer":
            training.optimizer = OPTIMIZERS_BY_NAME[params.optimizer].kind()
        self._set_rates, training.batch_size = [params.learning_rate], params.batch_size
        training.l1, training.l2, training.dropout = params.l1, params.l2, params.dropout

    def _look(self) -> None:
        """Record losses and accuracies at the end of an epoch."""
        self._history.append(self._training.epochs, *self._training.measure()[0].values())

    def _course(self, now: Mapping[str, float]) -> dict[str, Any]:
        """The frame's curves: the values at the ends of epochs and, within an epoch or after a change by hand, the
        current ones.

        So a value is the same wherever it is shown.
        """
        curves = {name: self._history.curve(name) for name in _CURVES}
        at, share = curves["penalty"].updates, self._training.share
        kept = len(at) if share else len(at) - 1
        found = {f"{name}_curve": np.append(curve.last[:kept], now[name]) for name, curve in curves.items()}
        return {"epochs": np.append(at, self._training.epochs + share) if share else at, **found}

    def kept_network(self) -> KeptNetwork | None:
        if self._fixed["table"] is not None:
            return None  # a file of a network has no room for what the columns of a table were
        network, layers, arrays = self.network, list[LayerSpec](), dict[str, np.ndarray]()
        for number, block in enumerate(network.blocks, start=1):
            arrays |= {f"W{number}": block[:-1].copy(), f"b{number}": block[-1].copy()}
            layers += [("affine", block.shape[1]), *((name,) for name in network.activations[number - 1 : number])]
        accuracy = self._training.measure()[0]["test_accuracy"]
        return KeptNetwork(
            experiment="playground",
            inputs=network.sizes[:1],
            layers=tuple(layers),
            arrays=arrays,
            data=self._params.data,
            samples=self._training.training,
            features=self._params.features,
            test_accuracy=None if self._params.is_regression else accuracy,
            tested=len(self._fixed["points"]) - self._training.training,
        )

    def frame(self, heavy: bool) -> PlaygroundFrame:
        now, y = self._training.measure()
        measured: dict[str, Any] = dict(now)
        course = self._course(now)
        answers = y[:, 0].copy() if self._params.is_regression else y.argmax(axis=1)
        wrong = (answers != self._fixed["targets"])[: self._training.training]
        maps: dict[str, Any] = dict(self._maps.drawn())
        frame = PlaygroundFrame(
            update=self._training.updates,
            counts=self.counts,
            events=self._events,
            finished=self.finished,
            **self._fixed,
            **measured,
            answers=answers,
            wrong=0 if self._params.is_regression else int(wrong.sum()),
            **course,
            parameters=self.network.parameters,
            before=self._training.before,
            gradients=self.network.gradients,
            used_rate=self._training.used_rate,
            rates=self._rate_plan.state(self._training.updates, self._set_rates),
            edits=self._edits,
            **maps,
        )
        return replace(frame, status=playground_words.status(self._params, frame))


def tested_of_own(params: PlaygroundParams) -> frozenset[int]:
    """The indices of those of the learner's own points that are used for testing."""
    order, training = _own_shared_out(params, len(params.points))
    return frozenset(order[training:].tolist())


def _shared_out(params: PlaygroundParams, count: int, random: np.random.Generator) -> tuple[np.ndarray, int]:
    """A random order of all points with the training points first, and how many these are."""
    if params.data == OWN:
        return _own_shared_out(params, count)
    training, order = round(count * params.train_share / 100), random.permutation(count)
    return order, min(max(1, training), count - 1)


def _own_shared_out(params: PlaygroundParams, count: int) -> tuple[np.ndarray, int]:
    """An order of the learner's own points with the training points first, and the number of training points.

    Test points are taken at regular intervals, so that an added point does not change the use of the others.
    """
    before = (np.arange(count + 1) * params.train_share + 99) // 100
    order = np.argsort(np.diff(before) == 0, kind="stable")
    return order, min(max(1, int(before[-1])), count - 1)


def inputs_at(params: PlaygroundParams, table: OwnTable | None, places: np.ndarray) -> np.ndarray:
    """The network's inputs at ``places`` (M, 2) of the drawn plane, and a 1, (M, inputs + 1)."""
    return inputs_of(places, params.features) if table is None else table.section(places, params.columns, params.drawn)


def _table_of(params: PlaygroundParams) -> OwnTable | None:
    """The learner's table, or None if another kind of data is chosen; ``Refused`` if it lacks a chosen column."""
    if params.data != TABLE:
        return None
    table = own_table(params.table)
    if max(*params.columns, *params.drawn) >= len(table.names):
        raise Refused(_OTHER_TABLE)
    return table


def _points_of(
    params: PlaygroundParams, table: OwnTable | None, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The points (N, 2) as drawn, and their targets (N,): class indices or heights."""
    if table is not None:
        return table.values[:, list(params.drawn)], table.labels
    if params.data == CURVE:
        return beside_curve(Expression(params.border, NAMES), random, POINTS, params.noise)
    if params.data == OWN:
        return np.array([point[:2] for point in params.points]), np.array([point[2] for point in params.points])
    return plane_set(params.data, random, POINTS, params.classes, params.noise)
