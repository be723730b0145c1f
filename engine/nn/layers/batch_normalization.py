"""Batch normalization: each feature gets mean 0 and standard deviation 1 over the batch, then a scale and a shift."""

from __future__ import annotations

import numpy as np


class BatchNormalization:
    """z = γ·(x − μ)/√(σ² + ε) + β, with ``params`` gamma and beta (D,), changed in place by an optimizer.

    ``x`` is (N, D), or (N, D, H, W), where all places of a channel count as samples of one feature. While training, μ
    and σ² are the batch's own mean and variance, and the running ones follow them: running ← momentum·running +
    (1 − momentum)·own. Afterwards the running ones are used. After Ioffe and Szegedy, "Batch Normalization:
    Accelerating Deep Network Training by Reducing Internal Covariate Shift", 2015, where the running variance is that
    of a sample, N/(N − 1)·σ²; here it is σ² itself.
    """

    tells_training = True

    def __init__(self, gamma: np.ndarray, beta: np.ndarray, momentum: float = 0.9, epsilon: float = 1e-7) -> None:
        if gamma.ndim != 1 or beta.shape != gamma.shape:
            raise ValueError(f"gamma {gamma.shape} and beta {beta.shape}: both must be (features,)")
        self.params = {"gamma": gamma, "beta": beta}
        self.grads: dict[str, np.ndarray] = {}
        self.running_mean = np.zeros_like(gamma)
        self.running_variance = np.ones_like(gamma)
        self._momentum = momentum
        self._epsilon = epsilon
        self._batch_statistics = True
        self._normalized: np.ndarray
        self._deviation: np.ndarray

    def forward(self, x: np.ndarray, training: bool = True) -> np.ndarray:
        """The same shape; while training, the batch's statistics also move the running ones."""
        rows = _as_rows(x)
        mean, variance = self.running_mean, self.running_variance
        if training:
            mean, variance = rows.mean(axis=0), rows.var(axis=0)
            keep, take = self._momentum, 1.0 - self._momentum
            self.running_mean = keep * self.running_mean + take * mean
            self.running_variance = keep * self.running_variance + take * variance
        self._batch_statistics = training
        self._deviation = np.sqrt(variance + self._epsilon)  # (D,)
        self._normalized = (rows - mean) / self._deviation  # (N, D)
        return _as_before(self.params["gamma"] * self._normalized + self.params["beta"], x.shape)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Keeps the gradients of gamma and beta; the same shape, in a new array."""
        upstream = _as_rows(dout)
        self.grads["gamma"] = (upstream * self._normalized).sum(axis=0)  # ∂z/∂γ = x̂, for every sample
        self.grads["beta"] = upstream.sum(axis=0)  # ∂z/∂β = 1
        # z = γ·x̂ + β, so the gradient dx̂ = ∂L/∂x̂ is γ·∂L/∂z.
        down = upstream * self.params["gamma"]  # (N, D)
        if self._batch_statistics:
            # x̂_i = (x_i − μ)/σ with μ = mean x and σ = √(mean (x − μ)² + ε): x_k moves x̂_i in three ways,
            #   ∂x̂_i/∂x_k = (1 if i = k else 0)/σ      itself,
            #             − (∂μ/∂x_k)/σ                 through the mean, ∂μ/∂x_k = 1/N,
            #             − (x_i − μ)/σ² · ∂σ/∂x_k      through the spread, ∂σ/∂x_k = (x_k − μ)/(N·σ) = x̂_k/N,
            #             = (1 if i = k else 0)/σ − 1/(N·σ) − x̂_i·x̂_k/(N·σ).
            # ∂L/∂x_k sums dx̂_i·∂x̂_i/∂x_k over the batch, and a sum divided by N is a mean:
            #   ∂L/∂x = (dx̂ − mean dx̂ − x̂·mean(dx̂·x̂))/σ
            down = down - down.mean(axis=0) - self._normalized * (down * self._normalized).mean(axis=0)
        # Where μ and σ are the running ones, x_k moves its own x̂_k alone: ∂L/∂x = dx̂/σ.
        return _as_before(down / self._deviation, dout.shape)


def _as_rows(x: np.ndarray) -> np.ndarray:
    """(N, D) as it is; (N, D, H, W) -> (N·H·W, D)."""
    return x if x.ndim == 2 else x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1])


def _as_before(rows: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """What ``_as_rows`` made of an array of ``shape``, turned back."""
    if len(shape) == 2:
        return rows
    samples, features, height, width = shape
    return rows.reshape(samples, height, width, features).transpose(0, 3, 1, 2)
