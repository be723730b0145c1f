"""The last layer of a classification: softmax and cross entropy in one, because together their derivative is simple."""

from __future__ import annotations

import numpy as np

from engine.nn.losses import one_hot
from engine.nn.softmax import softmax


class SoftmaxWithLoss:
    """L = −(1/N) Σ log y_t with y = softmax(scores); it has no parameters, and keeps its answers ``y`` (N, C)."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.y: np.ndarray
        self._t: np.ndarray

    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        """The mean loss of scores ``x`` (N, C); ``t`` are class numbers (N,) or one-hot rows (N, C).

        log y is computed from the scores, log y = x − max − log Σ exp(x − max): no probability is rounded to 0 on the
        way, so the loss is finite as long as the scores are.
        """
        t = np.asarray(t)
        self._t = t if t.shape == x.shape else one_hot(t, x.shape[1]).astype(x.dtype)
        self.y = softmax(x)
        shifted = x - np.max(x, axis=1, keepdims=True)
        log_y = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))  # (N, C)
        return float(-(self._t * log_y).sum() / len(x))

    def backward(self, dout: float = 1.0) -> np.ndarray:
        """The gradient of the scores, (N, C)."""
        # ∂L/∂x = (y − t)/N: what the answer has too much of, shared among the N samples
        return (self.y - self._t) * (dout / len(self.y))
