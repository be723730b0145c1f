"""Calls the file's code at station 6: its network and its optimizer, with given parameters.

The effect of dropout is turned into values that do not depend on the random masks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count, pairwise
from typing import Any

import numpy as np

from engine.book.networks import MultiLayerNet
from engine.exercises.exercise import Inputs, Values
from engine.exercises.returned import entry
from engine.own_network.station import form_of, probabilities

_WIDE = 10.0
_ROWS, _CALLS = 2000, 16
"""The number of equal samples in a batch for counting masks, and of calls of ``gradient``, each with other masks."""
_STEP, _FITS = 1e-4, 1e-4
_NONE = 1e-6


def arrays_of(layers: int) -> tuple[str, ...]:
    """The names in ``params`` of a network with this number of layers, the last layer first."""
    return tuple(f"{kind}{number}" for number in range(layers, 0, -1) for kind in "Wb")


def numbers(*sizes: int, samples: int = 5) -> Inputs:
    """The parameters of a network of these sizes with rounded values, and a batch with one-hot labels.

    No sum of a hidden layer is near 0, the kink of ReLU, and every hidden layer has positive and negative sums.
    """
    return {name: array.copy() for name, array in _numbers(sizes, samples).items()}


@cache
def _numbers(sizes: tuple[int, ...], samples: int) -> dict[str, np.ndarray]:
    for seed in count():
        drawn = np.random.default_rng(seed)
        params = {}
        for number, (fan_in, fan_out) in enumerate(pairwise(sizes), start=1):
            params[f"W{number}"] = np.round(drawn.normal(size=(fan_in, fan_out)), 1)
            params[f"b{number}"] = np.round(drawn.uniform(-0.5, 0.5, size=fan_out), 1)
        x = np.round(drawn.normal(size=(samples, sizes[0])), 1)
        t = np.eye(sizes[-1])[drawn.permutation(samples) % sizes[-1]]
        if _is_ordinary(params, x):
            return {**params, "x": x, "t": t}
    raise AssertionError


def _is_ordinary(params: Mapping[str, np.ndarray], x: np.ndarray) -> bool:
    last, z = len(params) // 2, x
    for number in range(1, last):
        a = z @ params[f"W{number}"] + params[f"b{number}"]
        is_open = a > 0
        if np.min(np.abs(a)) < 0.05 or is_open.all() or not is_open.any(axis=1).all():
            return False
        z = np.maximum(0, a)
    y = probabilities(z @ params[f"W{last}"] + params[f"b{last}"])
    return bool(np.min(y) > 0.02 and np.max(y) < 0.95)


def passing_through(layers: int) -> dict[str, np.ndarray]:
    """The parameters of a network that passes three inputs on by identity matrices; its fourth score is 0."""
    hidden = {f"W{number}": np.eye(3) for number in range(1, layers)}
    params = {**hidden, f"W{layers}": np.eye(3, 4)}
    return params | {name.replace("W", "b"): np.zeros(array.shape[1]) for name, array in params.items()}


def use(
    written: Any, sizes: Any = None, x: Any = None, t: Any = None, dropout_ratio: float = 0.0, identity_layers: int = 0,
    weight_decay_lambda: float = 0.0, lr: float | None = None, momentum: float = 0.9, **arrays: np.ndarray,
) -> Values:  # fmt: skip
    """Yields the outputs that the given arguments ask for.

    ``sizes``: the initial parameters. ``lr``: two updates by Momentum. ``identity_layers``: the effect of dropout on
    the scores. ``dropout_ratio`` alone: its effect on the gradient. Else: predictions, loss and gradient.
    """
    if sizes is not None:
        yield from _begun(written, *sizes)
    elif lr is not None:
        yield from _two_updates(written, lr, momentum, arrays)
    elif identity_layers:
        yield from _dropped(written, identity_layers, dropout_ratio, x)
    elif dropout_ratio:
        yield from _gradient_by_masks(written, arrays, dropout_ratio, x, t)
    else:
        yield from _answers(written, arrays, weight_decay_lambda, x, t)


def network_of(written: Any, params: Mapping[str, np.ndarray], **settings: float) -> Any:
    """A network of the file with these parameters, written into its own arrays; ``settings`` go to its constructor."""
    last = len(params) // 2
    hidden = [params[f"W{number}"].shape[1] for number in range(1, last)]
    network = written.MultiLayerNet(params["W1"].shape[0], hidden, params[f"W{last}"].shape[1], **settings)
    held = network.params
    for name, value in params.items():
        held[name][...] = value
    return network


def _begun(written: Any, inputs: int, hidden: Sequence[int], outputs: int) -> Values:
    """Yields the shapes of a new network's arrays, their roughly rounded standard deviations, the biases, and whether
    another new network has other weights.
    """
    held = written.MultiLayerNet(inputs, list(hidden), outputs).params
    yield "arrays", float(len(held))
    names = sorted(arrays_of(len(hidden) + 1), key=lambda name: (name[1:], name))
    for name in names:
        yield name, form_of(entry(held, name))
    for name, fan_in in zip(names[::2], (inputs, *hidden), strict=True):
        # To quarters, so that chance does not count.
        yield f"spread of {name}", min(_WIDE, float(np.round(4 * np.std(held[name]) / np.sqrt(2 / fan_in))) / 4)
    for name in names[1::2]:
        yield f"{name} at first", np.array(held[name])
    other = written.MultiLayerNet(inputs, list(hidden), outputs).params
    yield "others", float(not np.array_equal(held["W1"], other["W1"]))


def _answers(written: Any, params: Mapping[str, np.ndarray], decay: float, x: np.ndarray, t: np.ndarray) -> Values:
    network = network_of(written, params, **({"weight_decay_lambda": decay} if decay else {}))
    yield "y", probabilities(network.predict(x))
    yield "y, one by one", np.concatenate([np.atleast_2d(probabilities(network.predict(one[None]))) for one in x])
    yield "loss", network.loss(x, t)
    yield "accuracy", network.accuracy(x, t)
    grads = network.gradient(x, t)
    for name in arrays_of(len(params) // 2):
        yield f"d{name}", entry(grads, name)
    for name in params:
        yield f"{name} afterwards", np.array(network.params[name])


def differences(
    written: Any, x: np.ndarray, t: np.ndarray, weight_decay_lambda: float = 0.0, **params: np.ndarray
) -> Mapping[str, Any]:
    """The gradient by central differences of the loss of the file's own network.

    Arrays in single precision are left out, since differences are too coarse there; all are if the loss is a float32.
    """
    settings = {"weight_decay_lambda": weight_decay_lambda} if weight_decay_lambda else {}
    network = network_of(written, params, **settings)
    held, found = network.params, {}
    if isinstance(network.loss(x, t), np.float32):
        return {}
    for name in arrays_of(len(params) // 2):
        array = held[name]
        if array.dtype != np.float64:
            continue
        found[f"d{name}"] = slopes = np.zeros_like(array)
        for place in np.ndindex(array.shape):
            kept = array[place]
            array[place] = kept + _STEP
            above = float(network.loss(x, t))
            array[place] = kept - _STEP
            slopes[place] = (above - float(network.loss(x, t))) / (2 * _STEP)
            array[place] = kept
    return found


def _dropped(written: Any, layers: int, ratio: float, x: np.ndarray) -> Values:
    """Yields the effect of dropout on values that pass through the network, in training and in a test.

    It is read off a network of identity matrices: whether masks vary, the share dropped, and the factors.
    """
    network = network_of(written, passing_through(layers), dropout_ratio=ratio)
    batch, t = np.repeat(x, _ROWS, axis=0), np.eye(4)[np.full(_ROWS, 2)]
    test, trained = network.predict(x), network.predict(batch, True)
    yield "form in training", form_of(trained)
    few = slice(0, 100)
    tests = [network.predict(x), network.predict(x, False), network.loss(batch[few], t[few])]
    is_same = np.array_equal(test, tests[0]) and np.array_equal(test, tests[1])
    yield "same in a test", float(is_same and tests[2] == network.loss(batch[few], t[few]))
    # Of the three numbers the last is the largest, unless it drops out.
    yield "accuracy in a test", float(network.accuracy(batch[few], t[few]) == 1)
    factors = _factors(trained, x)
    passed = np.abs(factors) > _NONE
    yield "dropped", float(np.round(np.mean(~passed), 1))
    yield "other masks", float(not np.array_equal(factors, _factors(network.predict(batch, True), x)))
    of_kept = factors[passed] if passed.any() else np.ones(1)
    yield "kept alike", float(np.max(of_kept) - np.min(of_kept) < _FITS * np.max(np.abs(of_kept)))
    yield "in a test", float(np.mean(_factors(test, x)) / np.mean(of_kept))
    losses = {float(network.loss(batch[few], t[few], True)) for _ in range(3)}
    yield "losses in training", float(min(2, len(losses)))


def _factors(answer: Any, x: np.ndarray) -> np.ndarray:
    """The factors (N, 3) by which the three inputs were multiplied on their way to the scores, of which the fourth is
    0.
    """
    y = np.asarray(probabilities(answer), dtype=float)
    with np.errstate(all="ignore"):
        return np.log(y[:, :-1] / y[:, -1:]) / x


class _Masked(MultiLayerNet):
    """Our network with given dropout masks, one for each hidden layer; what passes is multiplied by ``factor``."""

    def __init__(self, params: Mapping[str, np.ndarray], masks: Sequence[np.ndarray], factor: float) -> None:
        super().__init__(1, [1] * (len(params) // 2 - 1), 1)
        self.params = dict(params)
        self._left = [factor * mask for mask in masks]

    def mask(self, shape: tuple[int, ...], train_flg: bool) -> np.ndarray | float:
        return self._left.pop(0)


def _gradient_by_masks(
    written: Any, params: Mapping[str, np.ndarray], ratio: float, x: np.ndarray, t: np.ndarray
) -> Values:
    """Yields whether each array of the gradient for one sample is right for the dropout mask that was drawn.

    The mask is inferred: a dropped neuron's row in the next layer's gradient is 0. Also yields how often a gradient
    passed through a dropped neuron.
    """
    network = network_of(written, params, dropout_ratio=ratio)
    last, names = len(params) // 2, arrays_of(len(params) // 2)
    is_open = x @ params["W1"] + params["b1"] > 0
    factors, leaks, some = (1.0, 1 / (1 - ratio)), [], {True: False, False: False}
    fits = {factor: dict.fromkeys(names, True) for factor in factors}
    for _ in range(_CALLS):
        grads = network.gradient(x, t)
        given = {name: np.asarray(grads[name], dtype=float) for name in names}
        masks = [np.any(np.abs(given[f"W{number}"]) > 0, axis=1).astype(float) for number in range(2, last + 1)]
        for mask, passes in ((masks[0] > 0, True), (masks[0] == 0, False)):
            some[passes] |= bool(np.any(mask & is_open[0]))
        if masks[0].any():
            leaks += (given["b1"][(masks[0] == 0) & is_open[0]] != 0).tolist()
        for factor in factors:
            expected = _Masked(params, masks, factor).gradient(x, t)
            for name in names:
                fits[factor][name] &= _apart(given[name], expected[name]) <= _FITS
    yield "drops", float(all(some.values()))
    yield "leaks", 0.0 if not any(leaks) else 1.0 if all(leaks) else 0.5
    # Of both factors the one that the pass forward has: by it the arrays of the last layer follow.
    factor = max(factors, key=lambda one: tuple(fits[one].values()))
    for name in names:
        yield f"d{name} follows", float(fits[factor][name])


def _apart(one: np.ndarray, other: np.ndarray) -> float:
    if one.shape != other.shape or not np.isfinite(one).all():
        return np.inf
    return float(np.max(np.abs(one - other) / np.maximum(1, np.abs(other))))


def _two_updates(written: Any, lr: float, momentum: float, arrays: Mapping[str, np.ndarray]) -> Values:
    """Yields the parameters after each update by the file's Momentum, read from the dictionary that it was given."""
    params = {name: np.array(array) for name, array in arrays.items() if not name.startswith("d")}
    optimizer = written.Momentum(lr, momentum)
    for step in range(len(arrays["dW1"])):
        optimizer.update(params, {name: np.array(arrays[f"d{name}"][step]) for name in params})
        for name in params:
            yield f"{name}({step + 1})", np.array(params[name])
