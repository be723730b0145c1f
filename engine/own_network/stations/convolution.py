"""Station 7: a network with a convolution, from im2col to its gradient."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from engine.book import convolution as ours
from engine.book.functions import softmax
from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values
from engine.exercises.returned import entry
from engine.own_network.station import Activation, Station, form_of, probabilities

NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")
GRADS = tuple(f"d{name}" for name in reversed(NAMES))
_OF_LAYER = {"dW": "W", "db": "b", "dX": "x"}
_AFTERWARDS = {f"{name} afterwards": Text("{name} afterwards")(name=name) for name in NAMES}
_STEP, _CLEAR = 3e-3, 0.05
"""The step h of central differences, large enough for single precision; and a distance, larger than any effect of h.

Sums keep it from the kink of ReLU, and so do the two largest cells of a pooling window from each other.
"""
_NEAR, _NEAR_SLOPE = 1e-4, 1e-3
_WIDE, _STD = 10.0, 0.01


def counted(*shape: int, **asked: int) -> Inputs:
    """Inputs: images x of this shape with cells 1, 2, 3, …, and the further arguments ``asked``."""
    return {"x": np.arange(1.0, 1.0 + np.prod(shape)).reshape(shape), **asked}


def layer(
    samples: int, channels: int, side: int, filters: int, window: tuple[int, int], stride: int = 1, pad: int = 0
) -> Inputs:
    """Inputs for a convolution layer: random x, W, b and upstream gradient dout, with stride and pad."""
    drawn = np.random.default_rng(samples + side)
    sides = [(side + 2 * pad - one) // stride + 1 for one in window]
    return {
        "x": drawn.normal(size=(samples, channels, side, side)), "W": drawn.normal(size=(filters, channels, *window)),
        "b": drawn.normal(size=filters), "dout": drawn.normal(size=(samples, filters, *sides)),
        "stride": stride, "pad": pad,
    }  # fmt: skip


def pooling(shape: tuple[int, int, int, int], window: tuple[int, int], stride: int) -> Inputs:
    """Inputs for a pooling layer: x with distinct values, some negative, and a random upstream gradient dout."""
    drawn = np.random.default_rng(sum(shape))
    size = int(np.prod(shape))
    sides = [(side - one) // stride + 1 for side, one in zip(shape[2:], window, strict=True)]
    return {
        "x": drawn.permutation(size).reshape(shape) - size / 2, "dout": drawn.normal(size=(*shape[:2], *sides)),
        "pool_h": window[0], "pool_w": window[1], "stride": stride,
    }  # fmt: skip


def small(samples: int = 4) -> Inputs:
    """The parameters of a small CNN, for images (2, 5, 5) and three filters, and a batch with one-hot labels.

    No sum is near 0, the kink of ReLU; no pooling window has two nearly largest cells; no probability is so small that
    the 1e-7 in the logarithm counts.
    """
    return {name: array[:samples].copy() if name in "xt" else array.copy() for name, array in _drawn().items()}


@cache
def _drawn() -> Mapping[str, np.ndarray]:
    drawn = np.random.default_rng(7)
    params = {
        "W1": drawn.normal(size=(3, 2, 2, 2)), "b1": np.array([0.3, -0.2, 0.1]),
        "W2": 0.5 * drawn.normal(size=(12, 3)), "b2": np.array([0.2, 0.4, -0.3]),
        "W3": 0.5 * drawn.normal(size=(3, 2)), "b3": np.array([0.2, -0.1]),
    }  # fmt: skip
    candidates = drawn.normal(size=(900, 2, 5, 5))
    maps = ours.Convolution(params["W1"], params["b1"]).forward(candidates)
    pooled = ours.Pooling(2, 2, 2).forward(np.maximum(0, maps)).reshape(len(maps), -1)
    hidden = pooled @ params["W2"] + params["b2"]
    y = softmax(np.maximum(0, hidden) @ params["W3"] + params["b3"])
    windows = np.sort(maps.reshape(-1, 3, 2, 2, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(len(maps), -1, 4), axis=2)
    is_clear = (windows[:, :, 3] - windows[:, :, 2] > _CLEAR).all(axis=1)
    is_clear &= (np.abs(maps).min(axis=(1, 2, 3)) > _CLEAR) & (np.abs(hidden).min(axis=1) > _CLEAR)
    is_clear &= y.min(axis=1) > _CLEAR
    return {**params, "x": candidates[is_clear][:8], "t": np.eye(2)[np.array([0, 1, 1, 0, 1, 0, 0, 1])]}


def _hundreds() -> Inputs:
    """The small CNN with 200 images, since an ``accuracy`` may go through them in batches of 100."""
    drawn = np.random.default_rng(5)
    batch = {"x": drawn.normal(size=(200, 2, 5, 5)), "t": np.eye(2)[drawn.integers(0, 2, 200)]}
    return {**_of(small, "accuracy")(), **batch}


def network_of(written: Any, params: Mapping[str, np.ndarray]) -> Any:
    """A CNN of the file with these parameters, written into its own arrays, since its layers may hold references to
    them.
    """
    filters, _, side, _ = params["W1"].shape
    asked = {"filter_num": filters, "filter_size": side, "pad": 0, "stride": 1}
    network = written.SimpleConvNet((2, 5, 5), asked, params["W2"].shape[1], params["W3"].shape[1])
    held = network.params
    for name in NAMES:
        held[name][...] = params[name]
    return network


def _use(written: Any, of: Callable[[], str] = str, **given: Any) -> Values:
    if "sizes" in given:
        yield from _begun(written, *given["sizes"])
    elif "filter_h" in given:
        yield "columns", written.im2col(*given.values())
    elif "pool_h" in given:
        x, dout, *sizes = given.values()
        one = written.Pooling(*sizes)
        yield "pooled", one.forward(x)
        yield "dX", one.backward(dout)
    elif "W" in given:
        one = written.Convolution(given["W"], given["b"], given["stride"], given["pad"])
        yield "Z", one.forward(given["x"])
        back = one.backward(given["dout"])
        yield "db", one.db
        yield "dW", one.dW
        yield "dX", back
    else:
        yield from _network(written, of(), **given)


def _begun(written: Any, *sizes: Any) -> Values:
    """Yields the shapes of a new CNN's arrays, their rough standard deviations, and the shape of its output."""
    network = written.SimpleConvNet(*sizes)
    held = network.params
    for name in NAMES:
        yield name, form_of(entry(held, name))
    for name in NAMES[::2]:
        yield f"spread of {name}", min(_WIDE, float(np.round(2 * np.std(held[name]) / _STD)) / 2)
    for name in NAMES[1::2]:
        yield f"{name} at first", np.array(held[name])
    yield "y", form_of(network.predict(np.ones((2, *(sizes[0] if sizes else (1, 28, 28))))))


def _network(written: Any, of: str, x: np.ndarray, t: np.ndarray, **params: np.ndarray) -> Values:
    network = network_of(written, params)
    if of == "accuracy":
        yield "accuracy", network.accuracy(x, t)
        return
    before = network.predict(x)
    network.params["W3"][...] = -params["W3"]
    yield "moved", float(not np.array_equal(before, network.predict(x)))
    network.params["W3"][...] = params["W3"]
    yield "y", probabilities(network.predict(x))
    yield "y, one by one", np.concatenate([np.atleast_2d(probabilities(network.predict(one[None]))) for one in x])
    yield "loss", network.loss(x, t)
    if of == "second":
        network.gradient(x[::-1][:3].copy(), t[::-1][:3].copy())
    grads = network.gradient(x, t)
    for name in GRADS:
        yield name, entry(grads, name[1:])
    for name in NAMES:
        yield f"{name} afterwards", np.array(network.params[name])


def _differences(written: Any, of: Callable[[], str], **given: Any) -> Mapping[str, Any]:
    """One gradient, named by ``of()``, by central differences: of the network's loss, or of Σ dout·forward(x) for a
    layer.
    """
    name = of()
    if "dout" not in given:
        x, t = given.pop("x"), given.pop("t")
        network = network_of(written, given)
        return {name: _slopes(lambda: float(network.loss(x, t)), network.params[name[1:]])}

    def total() -> float:
        one = written.Convolution(given["W"], given["b"], given["stride"], given["pad"])
        return float(np.sum(given["dout"] * one.forward(given["x"])))

    return {name: _slopes(total, given[_OF_LAYER[name]])}


def _slopes(f: Callable[[], float], array: np.ndarray) -> np.ndarray:
    """The derivatives of f with respect to the elements of an array, by central differences.

    They are divided by the step that was actually made, which single precision rounds.
    """
    found = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        kept = array[place]
        array[place] = kept + _STEP
        at, above = float(array[place]), f()
        array[place] = kept - _STEP
        found[place] = (above - f()) / (at - float(array[place]))
        array[place] = kept
    return found


def _of(inputs: Callable[[], Inputs], asked: str) -> Callable[[], Inputs]:
    """Adds to inputs what is to be computed of them, ``asked``, as a function, since functions are left out of
    messages.
    """
    return lambda: {**inputs(), "of": lambda: asked}


def _pooled_twice() -> Inputs:
    """Inputs for pooling with overlapping windows, all of which have the same largest cell."""
    x = np.array([[[[1.0, 2.0, 3.0], [4.0, 9.0, 5.0], [6.0, 7.0, 8.0]]]])
    return {"x": x, "dout": np.array([[[[1.0, 2.0], [4.0, 8.0]]]]), "pool_h": 2, "pool_w": 2, "stride": 1}


def _sized(*sizes: Any) -> Callable[[], Inputs]:
    return lambda: {"sizes": sizes}


def _filters(number: int, side: int, pad: int = 0, stride: int = 1) -> dict[str, int]:
    return {"filter_num": number, "filter_size": side, "pad": pad, "stride": stride}


def _filtering(samples: int = 1, stride: int = 1, pad: int = 0, channels: int = 2) -> Callable[[], Inputs]:
    return lambda: layer(samples, channels, 4, 3, (3, 2), stride, pad)


def _checks() -> tuple[Check, ...]:
    against = Text("{name}, against differences of your forward")
    back, columns = _filtering(stride=2, pad=1, channels=1), ("columns",)
    return (
        Check(Text("im2col of one channel"), lambda: counted(1, 1, 3, 3, filter_h=2, filter_w=2), columns),
        Check(Text("im2col of two channels"), lambda: counted(1, 2, 3, 3, filter_h=2, filter_w=2), columns),
        Check(Text("im2col of two pictures"), lambda: counted(2, 2, 3, 4, filter_h=2, filter_w=3), columns),
        Check(Text("im2col with stride 2"), lambda: counted(1, 1, 5, 7, filter_h=3, filter_w=3, stride=2), columns),
        Check(Text("im2col with padding 1"), lambda: counted(1, 1, 3, 3, filter_h=3, filter_w=3, stride=1, pad=1)),
        Check(
            Text("im2col: all of it, and a stride that does not divide"),
            lambda: counted(2, 3, 6, 5, filter_h=3, filter_w=2, stride=2, pad=1),
        ),
        Check(Text("Convolution forward"), _filtering(), ("Z",), tolerance=_NEAR),
        Check(Text("Convolution forward, two pictures"), _filtering(2), ("Z",), tolerance=_NEAR),
        Check(Text("Convolution forward with stride 2"), _filtering(2, 2), ("Z",), tolerance=_NEAR),
        Check(Text("Convolution forward with padding 1"), _filtering(2, 2, 1), ("Z",), tolerance=_NEAR),
        *(
            Check(against(name=one), _of(back, one), (one,), "differences", _NEAR_SLOPE)
            for one in ("db", "dW", "dX")
        ),
        Check(Text("Convolution backward, a batch"), _filtering(3, 1, 1), ("db", "dW", "dX"), tolerance=_NEAR),
        Check(Text("Pooling forward"), lambda: pooling((1, 1, 4, 4), (2, 2), 2), ("pooled",), tolerance=_NEAR),
        Check(
            Text("Pooling forward, a batch with channels"),
            lambda: pooling((2, 3, 6, 4), (2, 2), 2),
            ("pooled",),
            tolerance=_NEAR,
        ),
        Check(
            Text("Pooling forward, windows of 3 × 2 with stride 1"),
            lambda: pooling((2, 2, 5, 4), (3, 2), 1),
            ("pooled",),
            tolerance=_NEAR,
        ),
        Check(Text("Pooling backward"), lambda: pooling((2, 3, 6, 4), (2, 2), 2), ("dX",), tolerance=_NEAR),
        Check(Text("Pooling backward, windows that overlap"), _pooled_twice, ("dX",), tolerance=_NEAR),
        Check(
            Text("six arrays in params, with three channels and other sizes"),
            _sized((3, 9, 9), _filters(4, 2), 5, 6),
            NAMES,
        ),
        Check(
            Text("six arrays in params, with padding and stride"),
            _sized((2, 8, 8), _filters(5, 3, 2, 3), 4, 3),
            NAMES,
        ),
        # With other sizes first: what has the shape of a mistake here may be too large to be sent.
        Check(Text("six arrays in params, with the sizes of the book"), _sized(), NAMES),
        Check(
            Text("weights begin small and random, biases at 0"),
            _sized((3, 9, 9), _filters(30, 2), 20, 20),
            (*(f"spread of {one}" for one in NAMES[::2]), *(f"{one} at first" for one in NAMES[1::2])),
            by_chance=True,
        ),
        Check(Text("the shape of what predict gives"), _sized((2, 8, 8), _filters(5, 3, 2, 3), 4, 3), ("y",)),
        Check(Text("predict computes with the arrays in params"), small, ("moved",)),
        Check(Text("predict, with given numbers in params"), small, ("y",), tolerance=_NEAR),
        Check(Text("a batch gives the same as its samples one by one"), small, ("y, one by one",), tolerance=_NEAR),
        Check(Text("the loss of a batch"), small, ("loss",), tolerance=_NEAR),
        Check(Text("accuracy of 200 samples"), _hundreds, ("accuracy",)),
        *(
            Check(
                Text("{name}, against differences of your loss")(name=one),
                _of(small, one),
                (one,),
                "differences",
                _NEAR_SLOPE,
            )
            for one in GRADS
        ),
        Check(Text("a batch of another size"), lambda: small(7), GRADS, tolerance=_NEAR),
        Check(Text("a second call, after one with other samples"), _of(small, "second"), GRADS, tolerance=_NEAR),
        Check(Text("params unchanged afterwards"), small, tuple(_AFTERWARDS), tolerance=_NEAR),
    )  # fmt: skip


def station(activation: Activation) -> Station:
    """Makes station 7 for networks with this activation in the hidden layer."""
    return Station(
        id="network_convolution",
        order=7,
        needs=(1,),
        title=Text("A CNN"),
        task=Text(
            "Write im2col, the layers Convolution and Pooling, and the class SimpleConvNet, which is made of them: "
            "convolution, ReLU, pooling, and two affine layers with ReLU between them. Begin with im2col; the checks "
            "go on from there, one piece after the other."
        ),
        offers=("im2col", "convolution_backward"),
        does="convolves",
        plays_in=("convolution",),
        use=_use,
        activation=activation,
        differences=_differences,
        checks=_checks(),
        hints=(
            Text(
                "Along each side (H + 2·pad − filter_h) // stride + 1 windows fit. In im2col two loops over the cells "
                "of a window are enough: each takes a slice, in steps of stride."
            ),
            Text(
                "Convolution forward is one product: columns times W.reshape(FN, -1), transposed. The result has the "
                "filters last; reshape it to (N, out_h, out_w, FN), then transpose it. The way back undoes these steps "
                "from the end to the beginning."
            ),
            Text(
                "On the way back a cell that lies in several windows gets the sum from all of them. reshape undoes the "
                "flattening: from (N, FN·h·w) back to (N, FN, h, w)."
            ),
        ),
        names={
            "columns": Text("columns"),
            "pooled": Text("the output of Pooling"),
            "moved": Text("whether other numbers in params change the answer (1: they do)"),
            "y, one by one": Text("y, one by one"),
            **{
                f"spread of {one}": Text("the spread of {name}, as a multiple of weight_init_std (10 stands for 10 "
                                         "or more)")(name=one)
                for one in NAMES[::2]
            },
            **{f"{one} at first": Text("{name} at the beginning")(name=one) for one in NAMES[1::2]},
            **_AFTERWARDS,
        },
        defines=(
            "im2col",
            *(f"Convolution{one}" for one in ("", ".forward", ".backward")),
            *(f"Pooling{one}" for one in ("", ".forward", ".backward")),
            *(f"SimpleConvNet{one}" for one in ("", ".predict", ".loss", ".accuracy", ".gradient")),
        ),
        also=("col2im",),
        has_activation=False,
    )  # fmt: skip
