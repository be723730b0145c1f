"""The computations of the experiment `initialization`: samples pass through the layers, and networks learn."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.contract.api import Process, Progress, RandomStreams, Text
from engine.contract.protocol import Still, with_progress
from engine.data.digits import SIDE, Digits
from engine.data.pixel_rows import PixelRows
from engine.experiments.ch6_techniques.initialization import words as initialization_words
from engine.experiments.ch6_techniques.initialization.params import (
    BATCH,
    BINS,
    CHOSEN,
    HIDDEN_LAYERS,
    LEARNERS,
    SAMPLES,
    SPREADS,
    WIDTH,
    InitializationFrame,
    InitializationParams,
)
from engine.experiments.shared.learning.race import Learner, Race
from engine.nn import SGD, he, xavier
from engine.nn.activation_registry import Activation
from engine.nn.deep_network import deep_network
from engine.nn.signal_flow import activations_forward, gradients_backward

GRADIENT_REACH = 4.0
_LOOKING = Progress(Text("Sending samples through the layers"))
# Accuracies are taken on so many images of each kind, every so many updates.
_SAMPLE, _EVERY = 1000, 100
_STDS: Mapping[str, float | Callable[[int], float]] = MappingProxyType({"small": 0.01, "xavier": xavier, "he": he})


def standard_deviation(values: np.ndarray) -> float:
    """The standard deviation of all values together, without overflow for tiny and huge ones."""
    most = float(np.max(np.abs(values)))
    return most * float(np.std(values / most)) if most > 0 else 0.0


def _mean_square(values: np.ndarray) -> float:
    """The mean of the squares of all elements; infinite if it overflows."""
    with np.errstate(over="ignore"):
        return float(np.mean(values * values))


def binned(values: np.ndarray, low: float, high: float) -> tuple[np.ndarray, tuple[float, float]]:
    """The shares of all values in ``BINS`` equal bins from ``low`` to ``high``, and the shares below and above."""
    counts, _ = np.histogram(values, BINS, (low, high))
    below, above = np.count_nonzero(values < low), np.count_nonzero(values > high)
    return counts / values.size, (below / values.size, above / values.size)


@dataclass(frozen=True)
class _Draws:
    """The random numbers of a computation: samples, weights of standard deviation 1, and a gradient for
    the last layer.
    """

    x: np.ndarray  # (SAMPLES, WIDTH)
    weights: tuple[np.ndarray, ...]  # each (WIDTH, WIDTH)
    dz: np.ndarray  # (SAMPLES, WIDTH)


def _drawn(layers: int, streams: RandomStreams) -> _Draws:
    """Draw the random numbers for this many layers."""
    shape = WIDTH, WIDTH
    return _Draws(
        streams.data.standard_normal((SAMPLES, WIDTH)),
        tuple(streams.weights.standard_normal(shape) for _ in range(layers)),
        streams.noise.standard_normal((SAMPLES, WIDTH)),
    )


def _flow(
    kind: Activation, weights: list[np.ndarray], x: np.ndarray, dz: np.ndarray
) -> Generator[None, None, dict[str, np.ndarray]]:
    """A generator that passes samples forward and gradients backward through the layers and returns fields of the
    frame.

    It pauses after every layer.
    """
    rows: dict[str, list] = {name: [] for name in ("shares", "beyond", "stds", "squares", "flat", "dead", "different")}
    rows["stds"].append(standard_deviation(x))
    slopes, before = [], x
    for a, z in activations_forward(x, weights, kind.function):
        shares, beyond = binned(z, *kind.axis)
        is_flat = kind.is_flat(a, z)
        found = {
            "shares": shares,
            "beyond": beyond,
            "stds": standard_deviation(z),
            "squares": _mean_square(before),
            "flat": np.mean(is_flat),
            "dead": np.mean(np.all(is_flat, axis=0)),
            "different": len({neuron.tobytes() for neuron in np.ascontiguousarray(z.T)}),
        }
        for name, value in found.items():
            rows[name].append(value)
        # Slopes lie near 0 and 1, so half the room does for them.
        slopes.append(kind.slope(a).astype(np.float32))
        before = z
        yield
    back: dict[str, list] = {"gradient_shares": [], "gradients_beyond": [], "gradient_stds": []}
    for gradient in gradients_backward(dz, weights, slopes):
        measured = (*binned(gradient, -GRADIENT_REACH, GRADIENT_REACH), standard_deviation(gradient))
        for values, value in zip(back.values(), measured, strict=True):
            values.append(value)
        yield
    names = {
        "shares": "activation_shares",
        "beyond": "activations_beyond",
        "stds": "activation_stds",
        "squares": "mean_squares",
    }
    found = {names.get(name, name): np.array(values) for name, values in rows.items()}
    return found | {name: np.array(values[::-1]) for name, values in back.items()}


_NOTHING = MappingProxyType(
    {
        **{name: np.empty((0, BINS)) for name in ("activation_shares", "gradient_shares")},
        **{name: np.empty((0, 2)) for name in ("activations_beyond", "gradients_beyond")},
        **{name: np.empty(0) for name in ("activation_stds", "gradient_stds", "mean_squares", "flat", "dead")},
        "different": np.empty(0, dtype=int),
        **dict.fromkeys(("smallest_std", "largest_std", "most_flat", "last_std", "first_gradient")),
        **dict.fromkeys(("best", "best_loss")),
        "grid_axes": np.empty((0, 2)),
        "grid_shares": np.empty((0, 0, BINS)),
        "grid_beyond": np.empty((0, 0, 2)),
        **{name: np.empty((0, 0)) for name in ("grid_stds", "grid_gradients")},
        "grid_layers": 0,
        "activation_axis": np.zeros(2),
        "gradient_axis": np.array([-GRADIENT_REACH, GRADIENT_REACH]),
    }
)


def _no_race() -> dict[str, Any]:
    """The values of the fields of ``RaceFrame`` for a frame without learners."""
    none = np.empty(0)
    each = {name: np.empty((0, 0)) for name in (
        "loss_minimum", "loss_maximum", "loss_mean", "seconds", "sample_train", "sample_test", "test_minimum",
        "test_maximum", "seed_losses", "newest_losses")}  # fmt: skip
    return {
        **each,
        **dict.fromkeys(("losses", "mean_losses", "lost_at", "loss_updates", "sample_updates"), none),
        "learners": (),
        "seeds": 1,
        "updates_per_epoch": 0,
    }


def layers_of(params: InitializationParams, streams: RandomStreams) -> Generator[Progress, None, Still]:
    """A generator that yields progress and returns a process with a single frame, for layers with one activation
    function.

    Samples pass through the layers, and a gradient comes back.
    """
    draws = _drawn(params.layers, streams)
    alike = params.weights == "alike"
    weights = [params.std * (np.ones_like(W) if alike else W) for W in draws.weights]
    dz = np.ones_like(draws.dz) if params.upstream == "ones" else draws.dz
    if alike:  # so are the weights behind the last layer: its neurons, too, get the same gradient
        dz = np.repeat(dz[:, :1], WIDTH, axis=1)
    found, _ = yield from with_progress(_flow(CHOSEN[params.activation], weights, draws.x, dz), _LOOKING)
    stds = found["activation_stds"][1:]
    numbers = {
        "smallest_std": float(np.min(stds)),
        "largest_std": float(np.max(stds)),
        "most_flat": float(np.max(found["flat"])),
        "last_std": float(stds[-1]),
        "first_gradient": float(found["gradient_stds"][0]),
    }
    axis = np.array(CHOSEN[params.activation].axis)
    return _still(params, {**found, **numbers, "activation_axis": axis})


def grid_of(params: InitializationParams, streams: RandomStreams) -> Generator[Progress, None, Still]:
    """A generator that yields progress and returns a process with a single frame, for all combinations.

    For each activation function and standard deviation it has the last layer's activations, from the same random
    numbers.
    """
    draws = _drawn(params.layers, streams)
    cells = []
    for name in CHOSEN:
        for std in SPREADS:
            weights = [std * W for W in draws.weights]
            found, _ = yield from with_progress(_flow(CHOSEN[name], weights, draws.x, draws.dz), _LOOKING)
            cells.append(
                [found["activation_shares"][-1], found["activations_beyond"][-1], found["activation_stds"][-1],
                 found["gradient_stds"][0]]
            )  # fmt: skip
    shape = len(CHOSEN), len(SPREADS)
    names = ("grid_shares", "grid_beyond", "grid_stds", "grid_gradients")
    grids = {
        name: np.array(values).reshape(*shape, *np.shape(values[0]))
        for name, values in zip(names, zip(*cells, strict=True), strict=True)
    }
    axes = np.array([kind.axis for kind in CHOSEN.values()])
    return _still(params, {**grids, "grid_axes": axes, "grid_layers": params.layers})


def _still(params: InitializationParams, found: dict[str, Any]) -> Still:
    """A process with the single frame that has these fields."""
    frame = InitializationFrame(**{**_NOTHING, **_no_race(), **found}, counts=(0, 0), finished=True)
    return Still(replace(frame, status=initialization_words.status(params, frame)))


class Learning(Process):
    """The run of three networks that differ in their initial weights only; ``prepare`` must be called once before the
    first update.
    """

    def __init__(self, params: InitializationParams, streams: RandomStreams, train: Digits, test: Digits) -> None:
        self._params = params
        sizes = (SIDE * SIDE, *[WIDTH] * HIDDEN_LAYERS, 10)
        # From the same draws: the weights of all three differ by a factor in every layer, and by nothing else.
        network = partial(deep_network, sizes, params.activation)
        learners = [
            Learner(name, network(_STDS[name], streams.further(0).weights), SGD(params.learning_rate).update)
            for name in LEARNERS
        ]
        rows = [streams.data.permutation(len(data.labels))[:_SAMPLE] for data in (train, test)]
        self._some_train, self._some_test = (
            (PixelRows(data.images[some])[:], data.labels[some]) for data, some in zip((train, test), rows, strict=True)
        )
        self._race = Race(PixelRows(train.images), train.labels, BATCH, learners, streams.order)
        self._events: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        return self._race.counts

    def prepare(self) -> Generator[Progress, None, None]:
        """Measures the accuracy before the first update."""
        yield from self._race.look(self._some_train, self._some_test)

    def advance(self) -> Generator[Progress, None, None] | None:
        self._events = self._race.advance()
        self.finished = self._race.all_lost
        return self._race.look(self._some_train, self._some_test) if self.counts[0] % _EVERY == 0 else None

    def frame(self, heavy: bool) -> InitializationFrame:
        fields = {**_NOTHING, **self._race.fields()}
        known = [(loss, name) for loss, name in zip(fields["mean_losses"].tolist(), LEARNERS, strict=True) if loss > 0]
        best_loss, best = min(known, default=(None, None))
        frame = InitializationFrame(
            **{**fields, "best": best, "best_loss": best_loss}, events=self._events, finished=self.finished
        )
        return replace(frame, status=initialization_words.status(self._params, frame))
