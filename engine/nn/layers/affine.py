"""The fully connected layer: every output is a weighted sum of all inputs, plus a bias."""

from __future__ import annotations

import numpy as np


class Affine:
    """A = X·W + b, with ``params`` W (inputs, neurons) and b (neurons,), changed in place by an optimizer.

    An input of more than two dimensions, such as images (N, C, H, W), is flattened to one row per sample.
    The first layer of a network needs no ``input_gradient``: nothing comes before it, and leaving it out saves the
    largest product of the backward pass.
    """

    def __init__(self, W: np.ndarray, b: np.ndarray, input_gradient: bool = True) -> None:
        if W.ndim != 2 or b.shape != W.shape[1:]:
            raise ValueError(f"W {W.shape} and b {b.shape}: must be (inputs, neurons) and (neurons,)")
        self.params = {"W": W, "b": b}
        self.grads: dict[str, np.ndarray] = {}
        self._input_gradient = input_gradient
        self._x: np.ndarray
        self._shape: tuple[int, ...] = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        """(N, inputs) or (N, …) with as many entries a sample -> (N, neurons)."""
        self._shape = x.shape
        self._x = x.reshape(len(x), -1)  # (N, inputs)
        return self._x @ self.params["W"] + self.params["b"]

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        """Keeps the gradients of W and b; (N, neurons) -> the input's own shape, None without ``input_gradient``."""
        # a_nj = Σ_i x_ni·W_ij + b_j, so ∂L/∂W_ij = Σ_n x_ni·dout_nj
        self.grads["W"] = self._x.T @ dout  # (inputs, N)·(N, neurons) -> (inputs, neurons)
        # ∂a_nj/∂b_j = 1 for every sample, so ∂L/∂b_j = Σ_n dout_nj
        self.grads["b"] = dout.sum(axis=0)  # (N, neurons) -> (neurons,)
        if not self._input_gradient:
            return None
        # ∂L/∂x_ni = Σ_j dout_nj·W_ij, (N, neurons) -> (N, inputs); where samples lie side by side in the memory of x,
        # as a convolution leaves them, so do those of its gradient
        flat = dout @ self.params["W"].T if self._x.flags.c_contiguous else (self.params["W"] @ dout.T).T
        return flat.reshape(self._shape)
