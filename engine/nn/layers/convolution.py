"""The convolution layer: every output is the weighted sum of a window of all channels, the same weights everywhere."""

from __future__ import annotations

import numpy as np

from engine.nn.convolution.windows import as_cells, as_pictures, fold, unfold

_PIECE = 1024


class Convolution:
    """One map per filter, with ``params`` W (FN, C, FH, FW) and b (FN,), changed in place by an optimizer.

    (N, C, H, W) -> (N, FN, OH, OW). As everywhere in deep learning the filter is not turned over, which makes it a
    cross-correlation. The windows become the columns of a matrix, and all sums one product; ``windows`` says in which
    order things lie in memory, and why. The first layer of a network needs no ``input_gradient``.
    """

    def __init__(
        self,
        W: np.ndarray,
        b: np.ndarray,
        stride: int = 1,
        padding: int = 0,
        dilation: int = 1,
        input_gradient: bool = True,
    ) -> None:
        if W.ndim != 4 or b.shape != W.shape[:1]:
            raise ValueError(f"W {W.shape} and b {b.shape}: must be (filters, channels, height, width) and (filters,)")
        self.params = {"W": W, "b": b}
        self.grads: dict[str, np.ndarray] = {}
        self.stride, self.padding, self.dilation = stride, padding, dilation
        self._input_gradient = input_gradient
        self._sides = (0, 0)
        # Kept from batch to batch, and nobody else sees it: new memory costs more than what is written into it.
        self._windows: np.ndarray = np.empty(0)  # (C, FH, FW, OH, OW, N)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """(N, C, H, W) -> (N, FN, OH, OW); ValueError where channels differ or the filter does not fit."""
        filters, channels, height, width = self.params["W"].shape
        if x.ndim != 4 or x.shape[1] != channels:
            raise ValueError(f"x {x.shape}: must be (N, {channels}, H, W)")
        self._sides = x.shape[2:]
        cells = as_cells(x, self.padding)  # (N, C, H, W) -> (C, H, W, N)
        self._windows = unfold(cells, height, width, self.stride, self.dilation, self._windows)
        columns = self._windows.reshape(channels * height * width, -1)  # (C·FH·FW, OH·OW·N)
        sums = self.params["W"].reshape(filters, -1) @ columns  # (FN, C·FH·FW)·(C·FH·FW, OH·OW·N)
        sums += self.params["b"][:, None]
        return as_pictures(sums.reshape(filters, *self._windows.shape[3:]))  # (FN, OH, OW, N) -> (N, FN, OH, OW)

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        """Keeps the gradients of W and b; (N, FN, OH, OW) -> x's shape, None without ``input_gradient``."""
        W, windows = self.params["W"], self._windows
        upstream = as_cells(dout).reshape(len(W), -1)  # (N, FN, OH, OW) -> (FN, OH·OW·N)
        columns = windows.reshape(-1, upstream.shape[1])  # (C·FH·FW, OH·OW·N)
        # a = Σ_k W_fk·column_k + b_f, so ∂L/∂W_fk sums upstream times column k over all windows of all samples
        self.grads["W"] = _summed_in_pieces(upstream, columns).reshape(W.shape)
        # ∂a/∂b_f = 1 in every window
        self.grads["b"] = upstream.sum(axis=1)
        if not self._input_gradient:
            return None
        # ∂L/∂column_k = Σ_f W_fk·upstream_f; a cell of x lies in several windows, whose shares add up
        shares = (W.reshape(len(W), -1).T @ upstream).reshape(windows.shape)
        return as_pictures(fold(shares, self._sides, self.stride, self.padding, self.dilation), self.padding)


def _summed_in_pieces(upstream: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """upstream·columnsᵀ, (FN, M)·(M, K) -> (FN, K): small results of very long sums, which BLAS has at twice the speed
    in pieces that fit the processor's nearest memory.
    """
    total = np.zeros((len(upstream), len(columns)), upstream.dtype)
    for start in range(0, upstream.shape[1], _PIECE):
        piece = slice(start, start + _PIECE)
        total += upstream[:, piece] @ columns[:, piece].T
    return total
