"""The run of the experiment `playground`: a small network learns, and is looked at when an epoch ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from engine.calculus.expressions import Expression
from engine.contract.api import Process, RandomStreams, Refused, Text
from engine.contract.output.history import History
from engine.contract.params import fields_of
from engine.data.own_table import OwnTable, own_table
from engine.data.plane_features import inputs_of
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
from engine.geometry.network_maps import NetworkMaps
from engine.geometry.network_places import index_of
from engine.networks.kept import KeptNetwork, LayerSpec
from engine.nn.losses import one_hot
from engine.nn.small.small_network import SmallNetwork
from engine.nn.small.small_training import SmallTraining

_CURVES = ("train_loss", "test_loss", "penalty", "train_accuracy", "test_accuracy")
_ROWS = 512
_OTHER_TABLE = Text("The CSV file has fewer columns now.")
_NO_PLACE = Text("{path}: this network has no such weight or bias.")


class PlaygroundTraining(Process):
    """One update an ``advance``. All randomness comes from the streams, each for one thing."""

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
        """Go on with the present values of the live parameters, of which ``path`` is new."""
        params, training = self._params, self._training
        if path == "optimizer":
            training.optimizer = OPTIMIZERS_BY_NAME[params.optimizer].kind()
        self._set_rates, training.batch_size = [params.learning_rate], params.batch_size
        training.l1, training.l2, training.dropout = params.l1, params.l2, params.dropout

    def _look(self) -> None:
        self._history.append(self._training.epochs, *self._training.measure()[0].values())

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
        curves = {name: self._history.curve(name) for name in _CURVES}
        curve_ends: dict[str, Any] = {f"{name}_curve": curve.last for name, curve in curves.items()}
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
            epochs=curves["penalty"].updates,
            **curve_ends,
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
    """Which of one's own points, from 0, are for testing."""
    order, training = _own_shared_out(params, len(params.points))
    return frozenset(order[training:].tolist())


def _shared_out(params: PlaygroundParams, count: int, random: np.random.Generator) -> tuple[np.ndarray, int]:
    """An order of all points in which those to learn from come first, and how many they are."""
    if params.data == OWN:
        return _own_shared_out(params, count)
    training, order = round(count * params.train_share / 100), random.permutation(count)
    return order, min(max(1, training), count - 1)


def _own_shared_out(params: PlaygroundParams, count: int) -> tuple[np.ndarray, int]:
    """Of one's own points every so many one is for testing, so that another one leaves the others what they are."""
    before = (np.arange(count + 1) * params.train_share + 99) // 100
    order = np.argsort(np.diff(before) == 0, kind="stable")
    return order, min(max(1, int(before[-1])), count - 1)


def inputs_at(params: PlaygroundParams, table: OwnTable | None, places: np.ndarray) -> np.ndarray:
    """What the network is told at ``places`` (M, 2) of the plane that is drawn, and a 1, (M, inputs + 1)."""
    return inputs_of(places, params.features) if table is None else table.section(places, params.columns, params.drawn)


def _table_of(params: PlaygroundParams) -> OwnTable | None:
    if params.data != TABLE:
        return None
    table = own_table(params.table)
    if max(*params.columns, *params.drawn) >= len(table.names):
        raise Refused(_OTHER_TABLE)
    return table


def _points_of(
    params: PlaygroundParams, table: OwnTable | None, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Places (N, 2) and what is wanted there (N,)."""
    if table is not None:
        return table.values[:, list(params.drawn)], table.labels
    if params.data == CURVE:
        return beside_curve(Expression(params.border, NAMES), random, POINTS, params.noise)
    if params.data == OWN:
        return np.array([point[:2] for point in params.points]), np.array([point[2] for point in params.points])
    return plane_set(params.data, random, POINTS, params.classes, params.noise)
