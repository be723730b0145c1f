"""The run of `batch_norm`: pairs of networks learn one pair after the other, the selected one first."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import numpy as np

from engine.contract.api import Process, Progress, RandomStreams, Text
from engine.contract.numerals import without_rounding
from engine.data.digits import Digits
from engine.data.pixel_rows import PixelRows
from engine.experiments.ch6_techniques.batch_norm.params import (
    BATCH,
    EPOCHS,
    EPSILON,
    HIDDEN,
    LEARNERS,
    MOMENTUM,
    NEURONS,
    NORMALIZED,
    PER_EPOCH,
    PLAIN,
    RATE,
    SAMPLES,
    SIZES,
    STDS,
    UPDATES,
    BatchNormFrame,
    BatchNormParams,
)
from engine.experiments.shared.learning.batch_run import LOOKING
from engine.experiments.shared.learning.race import LEARNS, Learner, Race
from engine.nn.deep_network import deep_network
from engine.nn.layers import BatchNormalization
from engine.nn.network import Network
from engine.nn.optimizers import SGD

_BEGINNING = Text("Two networks begin")


def pair_of(place: int, x: np.ndarray, t: np.ndarray, streams: RandomStreams) -> Race:
    """Two networks, with and without batch normalization, with the same random initial weights of standard deviation
    ``STDS[place]``.

    All pairs see the same batches.
    """
    learners = [
        Learner(
            name,
            deep_network(SIZES, "relu", STDS[place], streams.further(0).weights, batch_norm=name == "normalized"),
            SGD(RATE).update,
        )
        for name in LEARNERS
    ]
    return Race(x, t, BATCH, learners, streams.further(0).order)


def before_normalization(
    network: Network, layer: int, x: np.ndarray, training: bool
) -> tuple[np.ndarray, BatchNormalization]:
    """The input of batch normalization in hidden layer ``layer``, counted from 1, for a batch ``x`` (N, …), and that
    normalization layer.

    The network stays unchanged: its running statistics are not updated.
    """
    number = 0
    for part in network.layers:
        if isinstance(part, BatchNormalization):
            number += 1
            if number == layer:
                return x, part
            running = part.running_mean, part.running_variance
            x = part.forward(x, training)
            part.running_mean, part.running_variance = running
        else:
            x = part.forward(x)
    raise ValueError(f"layer {layer}: the network has {number} with batch normalization")


class PairsOfNetworks(Process):
    """A training of pairs of networks, with and without batch normalization, one pair for each initial standard
    deviation. ``advance`` makes one update of one pair; ``prepare`` must be called once before the first update.
    """

    def __init__(self, params: BatchNormParams, streams: RandomStreams, train: Digits) -> None:
        self._params, self._streams = params, streams
        rows = streams.data.permutation(len(train.labels))[:SAMPLES]
        self.x, self.t = PixelRows(train.images[rows])[:], train.labels[rows]
        self.pairs: dict[int, Race] = {}
        self.curves = np.full((len(STDS), len(LEARNERS), EPOCHS + 1), math.nan)
        self._update = 0
        self._events: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, int, int]:
        done = [race.counts for race in self.pairs.values()]
        return self._update, sum(epochs for _, epochs in done), self.pairs_done

    @property
    def pairs_done(self) -> int:
        """The number of pairs that have learned for all epochs."""
        return sum(race.counts[0] == UPDATES for race in self.pairs.values())

    @property
    def next_pair(self) -> int:
        """The index of the pair that learns next: the unfinished one whose standard deviation is nearest to the
        selected one.
        """
        here = self._params.place
        waiting = [place for place in range(len(STDS)) if not self._is_through(place)]
        return min(waiting, key=lambda place: (abs(place - here), place))

    def prepare(self) -> Generator[Progress, None, None]:
        """Creates the selected pair and measures its accuracy before the first update."""
        yield from self._ready(self._params.place)

    def advance(self) -> Generator[Progress, None, None]:
        place = self.next_pair
        yield from self._ready(place)
        race = self.pairs[place]
        self._events = race.advance()
        self._update += 1
        if "epoch" in self._events:
            yield from self._look(place)
        if self._is_through(place):
            self._events = (*self._events, "pair")
        self.finished = self.pairs_done == len(STDS)

    def change(self, path: str, value: object) -> Generator[Progress, None, None]:
        self._params = self._params.replaced({path: value})
        yield from self._ready(self._params.place)

    def frame(self, heavy: bool) -> BatchNormFrame:
        place = self._params.place
        race = self.pairs[place]
        done = race.counts[1]
        normalized, plain = (float(self.curves[place, one, done]) for one in (NORMALIZED, PLAIN))
        lost = np.full((len(STDS), len(LEARNERS)), LEARNS)
        for number, other in self.pairs.items():
            lost[number] = other.lost_at
        return BatchNormFrame(
            update=self._update,
            counts=self.counts,
            events=self._events,
            finished=self.finished,
            curves=self.curves,
            lost_at=lost,
            pairs_done=self.pairs_done,
            epochs_done=done,
            normalized=normalized,
            plain=plain,
            left_of_signal=(self._params.std * math.sqrt(NEURONS / 2)) ** HIDDEN,
            ahead=None if normalized == plain else "normalized" if normalized > plain else "plain",
            **self._neuron(race),
            **bench(self._params),
        )

    def _is_through(self, place: int) -> bool:
        """Whether the pair of networks with the index ``place`` has learned for all epochs."""
        return place in self.pairs and self.pairs[place].counts[0] == UPDATES

    def _ready(self, place: int) -> Generator[Progress, None, None]:
        """Create the pair of networks, with and without batch normalization, for the initial standard deviation with
        this index, and measure its accuracy. Does nothing if it exists already.
        """
        if place not in self.pairs:
            yield Progress(_BEGINNING)
            self.pairs[place] = pair_of(place, self.x, self.t, self._streams)
            yield from self._look(place)

    def _look(self, place: int) -> Generator[Progress, None, None]:
        """Measure the accuracies of a pair and store them in its curves."""
        race = self.pairs[place]
        yield Progress(LOOKING)
        self.curves[place, :, race.counts[0] // PER_EPOCH] = race.accuracies(self.x, self.t)

    def _neuron(self, race: Race) -> dict[str, Any]:
        """The frame's fields about the selected neuron over the next batch, computed in float64 from the network's
        float32 values.
        """
        params = self._params
        network = race.learners[NORMALIZED].network
        training = params.statistics == "batch"
        batch = self.x[race.batches.rows]
        with np.errstate(over="ignore", invalid="ignore"):
            got, layer = before_normalization(network, params.layer, batch, training)
        here = params.neuron - 1
        before = got[:, here].astype(float)
        running_mean, running_std = float(layer.running_mean[here]), math.sqrt(layer.running_variance[here])
        own_mean, own_std = float(np.mean(before)), float(np.std(before))
        mean, std = (own_mean, own_std) if training else (running_mean, running_std)
        scale, shift = (float(layer.params[name][here]) for name in ("gamma", "beta"))
        return {
            "before": before,
            "after": scale * (before - mean) / math.sqrt(std**2 + EPSILON) + shift,
            "batch_mean": own_mean,
            "batch_std": own_std,
            "running_mean": running_mean,
            "running_std": running_std,
            "used_mean": mean,
            "used_std": std,
            "scale": scale,
            "shift": shift,
        }


def bench(params: BatchNormParams) -> dict[str, Any]:
    """The frame's fields about a single normalization layer with one feature, applied to the learner's values.

    Before that the layer has seen these values ``seen`` times in training. Sums whose terms cancel are exactly 0,
    without rounding errors.
    """
    x = np.array(params.x)
    layer = BatchNormalization(np.array([params.gamma]), np.array([params.beta]), MOMENTUM, EPSILON)
    for _ in range(params.seen):
        layer.forward(x[:, None])
    seen_mean, seen_variance = float(layer.running_mean[0]), float(layer.running_variance[0])
    z, size = layer.forward(x[:, None], training=params.statistics == "batch")[:, 0], float(np.max(np.abs(x)))
    variance = float(without_rounding(np.var(x), size**2))
    deviation = math.sqrt((variance if params.statistics == "batch" else seen_variance) + EPSILON)
    # A mean of what comes out may cancel as far as its numbers would, had nothing been taken off them.
    out = abs(params.gamma) * size / deviation + abs(params.beta)
    z = without_rounding(z, out)
    return {
        "x": x,
        "z": z,
        "x_mean": float(without_rounding(np.mean(x), size)),
        "x_variance": variance,
        "x_std": math.sqrt(variance),
        "seen_mean": seen_mean,
        "seen_variance": seen_variance,
        "z_mean": float(without_rounding(np.mean(z), out)),
        "z_std": float(without_rounding(np.std(z), out)),
        "largest_difference": float(np.max(np.abs(z - x))),
    }
