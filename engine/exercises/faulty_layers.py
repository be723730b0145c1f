"""Layers that a gradient check is tried on: batch normalization of three features, with a way back right or wrong."""

from __future__ import annotations

import numpy as np

from engine.book.techniques import BatchNormalization

FEATURES = 3


class Layer(BatchNormalization):
    """The book's layer, as a gradient check calls it.

    ``samples`` is the largest batch passed to it; ``alike`` is whether all samples were nearly equal each time.
    """

    def __init__(self) -> None:
        super().__init__(np.full(FEATURES, 1.5), np.zeros(FEATURES))
        self.samples, self.alike = 0, True

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        self.samples = max(self.samples, len(x))
        self.alike = self.alike and float(np.ptp(x, axis=0).max()) < 0.01
        return np.asarray(super().forward(x, train_flg))


class _InTest(Layer):
    """The layer in a test: μ and σ are the running ones, and no way back leads through them."""

    def forward(self, x: np.ndarray, train_flg: bool = False) -> np.ndarray:
        return super().forward(x, train_flg)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return np.asarray(self.gamma * dout / self.std)


class _Doubled(Layer):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return 2 * np.asarray(super().backward(dout))


class _Turned(Layer):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return -np.asarray(super().backward(dout))


class _FixedSpread(Layer):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        dxn = self.gamma * dout
        return np.asarray((dxn - dxn.mean(axis=0)) / self.std)


class _OneTooSmall(Layer):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        dx = np.array(super().backward(dout))
        dx[0, 0] -= 2 * np.abs(dx[0, 0])
        return dx


LAYERS: dict[str, type[Layer]] = {
    "right": Layer, "in_test": _InTest, "doubled": _Doubled, "turned": _Turned, "fixed_spread": _FixedSpread,
    "one_too_small": _OneTooSmall,
}  # fmt: skip
