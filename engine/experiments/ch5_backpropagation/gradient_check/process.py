"""The computations of `gradient_check`: one full check, the error over h, and the time of both methods."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np

from engine.calculus import compared, errors_over_steps, numerical_gradients
from engine.contract.api import Progress, RandomStreams, Text
from engine.contract.numerals import rounded_up
from engine.contract.protocol import with_progress
from engine.experiments.ch5_backpropagation.gradient_check.params import (
    DTYPES,
    HIDDEN,
    HIDEABLE,
    STEPS,
    TOLERANCE,
    GradientCheckFrame,
    GradientCheckParams,
)
from engine.nn.deep_network import deep_network
from engine.nn.layers import ReLU
from engine.nn.mistaken_layers import planted
from engine.nn.network import Network
from engine.nn.parameters import count_numbers


class RecordedLoss:
    """A callable that ignores its argument and returns the loss for the network's current parameters.

    ``values`` records its results and ``patterns`` which ReLU units were active at each call. If two patterns differ,
    the loss has a corner between the two parameter values.
    """

    def __init__(self, network: Network, x: np.ndarray, t: np.ndarray) -> None:
        self.network, self._batch = network, (x, t)
        self._corners = [layer for layer in network.layers if isinstance(layer, ReLU)]
        self.values: list[float] = []
        self.patterns: list[bytes] = []

    def gradients(self) -> dict[str, np.ndarray]:
        """The gradients by backpropagation, by parameter name."""
        return self.network.gradients(*self._batch)[1]

    def __call__(self, _: object = None) -> float:
        self.values.append(self.network.loss(*self._batch, training=True))
        self.patterns.append(b"".join(layer.open.tobytes() for layer in self._corners))
        return self.values[-1]


_STRAIGHT = 1e-3
"""Points count as lying on a line if none is farther from it than this share of the largest gradient."""
_ROUND = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
"""The values at which axes may end, times a power of ten."""
_STD, _RATIO = 0.5, 0.5
_GROWTH, _MOST_PARAMETERS, _TIMES = (1, 2, 4, 8, 16, 32), 2500, 25
_CHECKING = Progress(Text("Comparing gradients"))
_SWEEPING = Progress(Text("Trying every h"))
_TIMING = Progress(Text("Measuring times"))

_Working = Generator[Progress, None, Any]
"""A generator that yields progress and returns its result."""

_kept: dict[tuple[object, ...], np.ndarray] = {}
"""Cached errors over h for the networks used last, so that h can be dragged."""
_MOST_KEPT = 16


def hidden_mistake(streams: RandomStreams) -> str:
    """The mistake that the seed chooses to hide from the learner."""
    return HIDEABLE[int(streams.order.integers(len(HIDEABLE)))]


def frame_of(params: GradientCheckParams, streams: RandomStreams) -> Generator[Progress, None, GradientCheckFrame]:
    """A generator that yields progress and returns the frame without its status; the data of views not shown are left
    empty.
    """
    mistake = hidden_mistake(streams) if params.mistake == HIDDEN else params.mistake
    setting = _Setting(params, streams)
    frame = yield from _checked(params, setting, mistake)
    changes: dict[str, Any] = {"guessed": params.mistake == HIDDEN and params.guess == mistake}
    if params.view == "sweep":
        sweep = yield from setting.errors(mistake)
        right = yield from setting.errors("none")
        least = float(sweep[DTYPES.index(params.dtype)].min())
        changes |= {"steps": STEPS, "sweep": sweep, "sweep_right": right, "least": least}
    if params.view == "cost":
        changes |= yield from _timed(params, setting, mistake)
    return replace(frame, **changes)


class _Setting:
    """Creates the network and the batch of a check, with the same random numbers at every call."""

    def __init__(self, params: GradientCheckParams, streams: RandomStreams) -> None:
        self.params = params
        # Drawn once and for all: every network below begins with the same numbers.
        self._seeds = [int(one.integers(2**32)) for one in (streams.weights, streams.data, streams.noise)]

    def network(self, dtype: str, mistake: str, hidden: int | None = None) -> Network:
        """The network with the mistake planted in its code; ``hidden`` replaces the number of neurons in each hidden
        layer.
        """
        p = self.params
        weights, _, masks = (np.random.default_rng(seed) for seed in self._seeds)
        dropout = _RATIO if mistake == "dropout" else 0.0
        kind = {"dropout": dropout, "masks": masks, "dtype": getattr(np, dtype)}
        return planted(deep_network(p.sizes(hidden), p.activation, _STD, weights, **kind), mistake)

    def batch(self, dtype: str) -> tuple[np.ndarray, np.ndarray]:
        """Samples (N, inputs) and their classes (N,)."""
        p, random = self.params, np.random.default_rng(self._seeds[1])
        # As many as there may be are drawn, so that a larger batch only adds samples.
        x = random.standard_normal((20, 6))[: p.batch, : p.inputs].astype(dtype)
        if p.zero_sample:
            x[0] = 0
        return x, random.permutation(60)[: p.batch] % p.classes

    def errors(self, mistake: str) -> _Working:
        """The relative error of the gradients for each h, in both number formats: (2, S). Cached."""
        p = self.params
        key = (mistake, p.sizes(), p.activation, p.batch, p.zero_sample, *self._seeds)
        if key not in _kept:
            found = []
            for dtype in DTYPES:
                loss = RecordedLoss(self.network(dtype, mistake), *self.batch(dtype))
                walk = errors_over_steps(loss, loss.network.params, loss.gradients(), STEPS)
                errors, _ = yield from with_progress(walk, _SWEEPING)
                found.append(errors)
            _kept[key] = np.array(found)
            if len(_kept) > _MOST_KEPT:
                _kept.pop(next(iter(_kept)))
        return _kept[key]


def _checked(params: GradientCheckParams, setting: _Setting, mistake: str) -> _Working:
    """The frame with both gradients of every parameter, compared."""
    loss = RecordedLoss(setting.network(params.dtype, mistake), *setting.batch(params.dtype))
    backward, arrays = loss.gradients(), loss.network.params
    numerical, _ = yield from with_progress(numerical_gradients(loss, arrays, params.h), _CHECKING)
    # In float64, so that comparing adds no rounding of its own.
    checks = [compared(backward[name].astype(np.float64), numerical[name].astype(np.float64)) for name in arrays]
    counts = [check.backward.size for check in checks]
    a, n = (np.concatenate([getattr(check, way).ravel() for check in checks]) for way in ("backward", "numerical"))
    apart, array_of = np.abs(a - n), np.repeat(np.arange(len(checks)), counts)
    worst = [np.argmax(np.where(array_of == number, apart, -1.0)) for number in range(len(checks))]
    sizes = np.array([max(np.abs(check.backward).max(), np.abs(check.numerical).max()) for check in checks])
    errors = np.array([check.error for check in checks])
    slope = float(a @ n / (n @ n)) if n.any() else 0.0
    above, below = loss.patterns[::2], loss.patterns[1::2]
    crossed = np.array([one != other for one, other in zip(above, below, strict=True)])
    left_out: dict[str, Any] = dict.fromkeys(
        ("steps", "cost_parameters", "cost_passes", "cost_backward", "cost_numerical"), np.zeros(0)
    )
    return GradientCheckFrame(
        arrays=tuple(arrays),
        array_of=array_of,
        places=np.concatenate([np.indices(shape).reshape(2, -1).T for shape in params.shapes.values()]),
        backward=a,
        numerical=n,
        losses=np.array(loss.values).reshape(-1, 2),
        crossed=crossed,
        sizes=sizes,
        differences=np.array([check.difference for check in checks]),
        errors=errors,
        worst=np.array(worst),
        parameters=len(a),
        error=float(errors.max()),
        wrong=int(np.sum(apart > TOLERANCE * np.maximum(sizes[array_of], 1e-12))),
        wrong_arrays=int(np.sum(errors > TOLERANCE)),
        right_arrays=int(np.sum(errors <= TOLERANCE)),
        at_corner=int(crossed.sum()),
        slope=slope,
        on_line=bool(np.abs(a - slope * n).max() <= _STRAIGHT * max(np.abs(a).max(), 1e-12)),
        reach=rounded_up(1.05 * max(float(sizes.max()), 1e-3), _ROUND),
        guessed=False,
        sweep=np.zeros((2, 0)),
        sweep_right=np.zeros((2, 0)),
        least=0.0,
        finished=True,
        **left_out,
    )


def _timed(params: GradientCheckParams, setting: _Setting, mistake: str) -> _Working:
    """The frame's fields with the times of both methods for growing hidden layers; pauses for progress
    are not counted.
    """
    counts: list[int] = []
    times: list[tuple[float, float]] = []
    for growth in _GROWTH:
        network = setting.network(params.dtype, mistake, growth * params.hidden)
        count = count_numbers(network.params)
        if counts and count > _MOST_PARAMETERS:
            break
        x, t = setting.batch(params.dtype)
        if not counts:
            # Whatever is done for the first time takes longer, and would make the smallest network the slowest.
            network.gradients(x, t)
            yield from with_progress(
                numerical_gradients(RecordedLoss(network, x, t), network.params, params.h), _TIMING
            )
        rounds = []
        for _ in range(_TIMES):
            since = perf_counter()
            network.gradients(x, t)
            rounds.append(perf_counter() - since)
        loss = RecordedLoss(network, x, t)
        _, seconds = yield from with_progress(numerical_gradients(loss, network.params, params.h), _TIMING)
        counts.append(count)
        times.append((float(np.median(rounds)), seconds))
    backward, numerical = np.array(times).T
    parameters = {"cost_parameters": np.array(counts), "cost_passes": 2 * np.array(counts)}
    return {**parameters, "cost_backward": backward, "cost_numerical": numerical}
