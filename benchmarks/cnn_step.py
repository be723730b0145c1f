"""One training step of chapter 7's network against a textbook implementation, alternating in one process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks.measurement import Measurement, Options
from engine.nn import Adam, conv_network

_TARGET = 1 / 6
"""Of the textbook's time."""


def measure(options: Options) -> Iterator[Measurement]:
    """The median of a step with 100 pictures, in milliseconds; the textbook's is measured between."""
    random = np.random.default_rng(0)
    x, t = random.random((100, 1, 28, 28)).astype(np.float32), random.integers(0, 10, 100)
    network, adam = conv_network(np.random.default_rng(1), pooling_first=True), Adam()
    textbook = _Textbook(np.random.default_rng(1))

    def step() -> None:
        adam.update(network.params, network.gradients(x, t)[1])

    both: tuple[list[float], list[float]] = ([], [])
    for _ in range(max(5, options.repeats // 4)):
        for times, work in zip(both, (step, lambda: textbook.step(x.astype(np.float64), t)), strict=True):
            times.append(_milliseconds(work))
    ours, baseline = (median(times) for times in both)
    name = "step of Conv 30 5×5, batch 100, Adam"
    yield Measurement(name, ours, "ms", "textbook code", baseline, _TARGET, of_ratio=True)


def _milliseconds(work: Callable[[], None]) -> float:
    began = perf_counter()
    work()
    return 1000 * (perf_counter() - began)


class _Textbook:
    """The textbook network: samples in rows, float64, new arrays everywhere, im2col, pooling by argmax."""

    def __init__(self, random: np.random.Generator) -> None:
        shapes = {"W1": (30, 1, 5, 5), "b1": (30,), "W2": (4320, 100), "b2": (100,), "W3": (100, 10), "b3": (10,)}
        self.params = {name: 0.01 * random.standard_normal(shape) for name, shape in shapes.items()}
        self.m = {name: np.zeros(shape) for name, shape in shapes.items()}
        self.v = {name: np.zeros(shape) for name, shape in shapes.items()}
        self.updates = 0

    def step(self, x: np.ndarray, t: np.ndarray) -> None:
        """One forward and backward pass, and one update by Adam."""
        p, count = self.params, len(x)
        columns = _rows(x, 5, 1)  # (N·24·24, 25)
        a1 = (columns @ p["W1"].reshape(30, -1).T + p["b1"]).reshape(count, 24, 24, 30).transpose(0, 3, 1, 2)
        z1 = np.maximum(0, a1)
        windows = _rows(z1, 2, 2).reshape(-1, 4)  # (N·12·12·30, 4)
        winners, pooled = windows.argmax(axis=1), windows.max(axis=1)
        flat = pooled.reshape(count, 12, 12, 30).transpose(0, 3, 1, 2).reshape(count, -1)
        a2 = flat @ p["W2"] + p["b2"]
        z2 = np.maximum(0, a2)
        scores = z2 @ p["W3"] + p["b3"]
        y = np.exp(scores - scores.max(axis=1, keepdims=True))
        y /= y.sum(axis=1, keepdims=True)
        y[np.arange(count), t] -= 1
        dout, grads = y / count, {}
        grads["W3"], grads["b3"] = z2.T @ dout, dout.sum(axis=0)
        dout = (dout @ p["W3"].T) * (a2 > 0)
        grads["W2"], grads["b2"] = flat.T @ dout, dout.sum(axis=0)
        dout = (dout @ p["W2"].T).reshape(count, 30, 12, 12).transpose(0, 2, 3, 1)
        spread = np.zeros((dout.size, 4))
        spread[np.arange(dout.size), winners] = dout.ravel()
        back = np.zeros_like(z1)
        cells = spread.reshape(count, 12, 12, 30, 2, 2).transpose(0, 3, 4, 5, 1, 2)
        for i in range(2):
            for j in range(2):
                back[:, :, i::2, j::2] += cells[:, :, i, j]
        dout = (back * (a1 > 0)).transpose(0, 2, 3, 1).reshape(-1, 30)
        grads["W1"], grads["b1"] = (columns.T @ dout).T.reshape(30, 1, 5, 5), dout.sum(axis=0)
        # Such code has one class for all convolutions, so the first one too tells what nobody asks for.
        shares = (dout @ p["W1"].reshape(30, -1)).reshape(count, 24, 24, 1, 5, 5).transpose(0, 3, 4, 5, 1, 2)
        pictures = np.zeros_like(x)
        for i in range(5):
            for j in range(5):
                pictures[:, :, i : i + 24, j : j + 24] += shares[:, :, i, j]
        self._adam(grads)

    def _adam(self, grads: dict[str, np.ndarray]) -> None:
        self.updates += 1
        rate = 0.001 * np.sqrt(1 - 0.999**self.updates) / (1 - 0.9**self.updates)
        for name, grad in grads.items():
            self.m[name] += 0.1 * (grad - self.m[name])
            self.v[name] += 0.001 * (grad**2 - self.v[name])
            self.params[name] -= rate * self.m[name] / (np.sqrt(self.v[name]) + 1e-7)


def _rows(x: np.ndarray, side: int, stride: int) -> np.ndarray:
    """Every window of pictures (N, C, H, W) as a row."""
    count, channels, height, width = x.shape
    down, across = (height - side) // stride + 1, (width - side) // stride + 1
    found = np.zeros((count, channels, side, side, down, across))
    for i in range(side):
        for j in range(side):
            found[:, :, i, j] = x[:, :, i : i + stride * down : stride, j : j + stride * across : stride]
    return found.transpose(0, 4, 5, 1, 2, 3).reshape(count * down * across, -1)
