"""Layers: each has ``forward(x)``, ``backward(dout)``, and a dictionary of arrays ``params`` with their gradients
``grads``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.nn.activations import leaky_relu, relu, sigmoid, tanh
from engine.nn.im2col import as_cells, as_pictures, fold, output_size, unfold, window_cells
from engine.nn.losses import one_hot, softmax


class Add:
    """z = x + y, elementwise on two arrays of one shape; it has no parameters and stores no values for the backward
    pass.
    """

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}

    def forward(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Returns x + y, in the same shape."""
        return x + y

    def backward(self, dout: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The gradients of x and of y, two independent arrays, so that changing one leaves the other unchanged."""
        # ∂z/∂x = ∂z/∂y = 1
        return dout.copy(), dout.copy()


class Multiply:
    """z = x·y, elementwise on two arrays of one shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._x: np.ndarray
        self._y: np.ndarray

    def forward(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Returns x·y, in the same shape; both inputs are stored, since each is the other's derivative."""
        self._x, self._y = x, y
        return x * y

    def backward(self, dout: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The gradients of x and of y, in new arrays of the same shape."""
        # ∂z/∂x = y and ∂z/∂y = x: the inputs change places
        return dout * self._y, dout * self._x


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
        """(N, inputs), or (N, …) with as many elements per sample -> (N, neurons)."""
        self._shape = x.shape
        self._x = x.reshape(len(x), -1)  # (N, inputs)
        return self._x @ self.params["W"] + self.params["b"]

    def backward(self, dout: np.ndarray) -> np.ndarray | None:
        """Stores the gradients of W and b. Returns that of x in the input's own shape, or None without
        ``input_gradient``.
        """
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


class ReLU:
    """z = max(0, a), elementwise on any shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.open: np.ndarray  # True where a sum was let through

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Same shape as ``x``; values of 0 or less become 0."""
        self.open = x > 0
        return relu(x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The gradient of x, in a new array of the same shape; ``dout`` is not changed."""
        # ∂z/∂a = 1 where a > 0, otherwise 0
        return dout * self.open


class LeakyReLU:
    """z = a where a > 0, otherwise ``leak``·a, elementwise on any shape; it has no parameters."""

    def __init__(self, leak: float = 0.01) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.leak = leak
        self._slopes: np.ndarray

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Same shape as ``x``."""
        self._slopes = np.where(x > 0, x.dtype.type(1.0), x.dtype.type(self.leak))
        return leaky_relu(x, self.leak)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The gradient of x, in a new array of the same shape."""
        # ∂z/∂a = 1 where a > 0, otherwise the leak
        return dout * self._slopes


class Sigmoid:
    """z = 1/(1 + exp(−a)), elementwise on any shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._z: np.ndarray

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Same shape as ``x``, with values from 0 to 1."""
        self._z = sigmoid(x)
        return self._z

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The gradient of x, in a new array of the same shape."""
        # ∂z/∂a = z·(1 − z)
        return dout * self._z * (1.0 - self._z)


class Swish:
    """z = a·sigmoid(a), elementwise on any shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._slopes: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Same shape as ``x``."""
        s = sigmoid(x)
        z = x * s
        # With s = sigmoid(a) it is s + a·s·(1 − s), and a·s is z.
        self._slopes = s + z * (1.0 - s)
        return z

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The gradient of x, in a new array of the same shape."""
        # ∂z/∂a = s + a·s·(1 − s)
        return dout * self._slopes


class Tanh:
    """z = tanh(a), elementwise on any shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._z: np.ndarray

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Same shape as ``x``, with values from −1 to 1."""
        self._z = tanh(x)
        return self._z

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The gradient of x, in a new array of the same shape."""
        # ∂z/∂a = 1 − z²
        return dout * (1.0 - self._z * self._z)


class Elementwise:
    """z = function(a), elementwise on any shape; it has no parameters.

    The forward pass stores the slopes, since an output alone may not tell which sum it came from.
    """

    function: Callable[[np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray], np.ndarray]

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._slopes: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Applies the function; same shape as ``x``."""
        self._slopes = self.slope(x)
        return self.function(x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The gradient of x, in a new array of the same shape."""
        # ∂z/∂a is the slope of the function at a
        return dout * self._slopes


def layer_of(
    name: str, function: Callable[[np.ndarray], np.ndarray], slope: Callable[[np.ndarray], np.ndarray]
) -> type[Elementwise]:
    """Creates a layer class called ``name`` from an elementwise function and its slope."""
    return type(name, (Elementwise,), {"function": staticmethod(function), "slope": staticmethod(slope)})


class Dropout:
    """z = x·mask while training, z = x·(1 − ratio) afterwards; elementwise on any shape, without parameters.

    ``ratio`` is the share of values that are set to 0, from 0 up to but not including 1; ``random`` draws the mask. The
    factor 1 − ratio is the share that passed in training, so that sums keep their mean. After Srivastava et al.,
    "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
    """

    tells_training = True

    def __init__(self, ratio: float, random: np.random.Generator) -> None:
        if not 0.0 <= ratio < 1.0:
            raise ValueError(f"ratio {ratio}: must be at least 0 and below 1")
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.ratio = ratio
        self.mask: np.ndarray | None = None  # True where an activation was let through; None after a test
        self.random = random

    def forward(self, x: np.ndarray, training: bool = True) -> np.ndarray:
        """Same shape as ``x``; while training, every call draws a new mask."""
        if not training:
            self.mask = None
            return x * (1.0 - self.ratio)
        self.mask = self.random.random(x.shape) >= self.ratio
        return x * self.mask

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The gradient of x, in a new array of the same shape: it passes where the activation passed."""
        # ∂z/∂x = mask, the one that the forward pass drew
        return dout * ((1.0 - self.ratio) if self.mask is None else self.mask)


class BatchNormalization:
    """z = γ·(x − μ)/√(σ² + ε) + β, with ``params`` gamma and beta (D,), changed in place by an optimizer.

    ``x`` is (N, D), or (N, D, H, W), where all pixels of a channel count as samples of one feature. While training, μ
    and σ² are the batch's own mean and variance, and the running ones follow them: running ← momentum·running + (1 −
    momentum)·own. Afterwards the running ones are used. After Ioffe and Szegedy, "Batch Normalization: Accelerating
    Deep Network Training by Reducing Internal Covariate Shift", 2015. There the running variance is the unbiased N/(N −
    1)·σ²; here it is σ² itself.
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
        """Same shape as ``x``; while training, the running mean and variance are also moved towards the batch's."""
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
        """Stores the gradients of gamma and beta. Returns that of x, same shape, in a new array."""
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
    """(N, D) unchanged; (N, D, H, W) -> (N·H·W, D)."""
    return x if x.ndim == 2 else x.transpose(0, 2, 3, 1).reshape(-1, x.shape[1])


def _as_before(rows: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The reverse of ``_as_rows``: turns rows back into an array of ``shape``."""
    if len(shape) == 2:
        return rows
    samples, features, height, width = shape
    return rows.reshape(samples, height, width, features).transpose(0, 3, 1, 2)


class SoftmaxWithLoss:
    """L = −(1/N) Σ log y_t with y = softmax(scores); it has no parameters, and stores the probabilities ``y`` (N,
    C).
    """

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
        """The gradient of the scores, shape (N, C)."""
        # ∂L/∂x = (y − t)/N: what the answer has too much of, shared among the N samples
        return (self.y - self._t) * (dout / len(self.y))


_PIECE = 1024


class Convolution:
    """One map per filter, with ``params`` W (FN, C, FH, FW) and b (FN,), changed in place by an optimizer.

    (N, C, H, W) -> (N, FN, OH, OW). As everywhere in deep learning the filter is not flipped, which makes it a
    cross-correlation. The windows become the columns of a matrix, and all sums one product; ``unfold`` sets the order
    of the numbers in memory. The first layer of a network needs no ``input_gradient``.
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
        # The array is reused from batch to batch, since allocating memory takes longer than filling it.
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
        """Stores the gradients of W and b; (N, FN, OH, OW) -> the gradient of x, None without ``input_gradient``."""
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
    """upstream·columnsᵀ, (FN, M)·(M, K) -> (FN, K), computed in blocks that fit into the processor's cache: for small
    results of very long sums this is twice as fast as one BLAS call.
    """
    total = np.zeros((len(upstream), len(columns)), upstream.dtype)
    for start in range(0, upstream.shape[1], _PIECE):
        piece = slice(start, start + _PIECE)
        total += upstream[:, piece] @ columns[:, piece].T
    return total


class MaxPooling:
    """z = the maximum of a window of ``height`` and ``width``, for each channel by itself; it has no parameters.

    (N, C, H, W) -> (N, C, OH, OW). Of equal maxima only the first in reading order gets the gradient. Padded cells are
    −∞ and never win; since a window must hold a cell of the picture, ``padding`` is less than the window.
    """

    def __init__(self, height: int, width: int, stride: int = 1, padding: int = 0) -> None:
        if padding >= min(height, width):
            raise ValueError(f"padding {padding}: must be less than the window, {height}×{width}")
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.height, self.width, self.stride, self.padding = height, width, stride, padding
        self._cells: np.ndarray  # (C, H, W, N), padded
        self._largest: np.ndarray  # (C, OH, OW, N)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """(N, C, H, W) -> (N, C, OH, OW); ValueError where the window does not fit."""
        down, across = (
            output_size(side, window, self.stride, self.padding)
            for side, window in zip(x.shape[2:], (self.height, self.width), strict=True)
        )
        cells = as_cells(x, self.padding, -np.inf)
        largest = np.full((x.shape[1], down, across, len(x)), -np.inf, x.dtype)
        for _, _, where in window_cells(self.height, self.width, (down, across), self.stride):
            np.maximum(largest, cells[where], out=largest)
        self._cells, self._largest = cells, largest
        return as_pictures(largest)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """(N, C, OH, OW) -> the gradient of x, in a new array of its shape."""
        upstream = as_cells(dout)  # (N, C, OH, OW) -> (C, OH, OW, N)
        down, across = upstream.shape[1:3]
        back = np.zeros(self._cells.shape, dout.dtype)
        overlap = self.stride < max(self.height, self.width)
        nobody_yet = np.ones(upstream.shape, bool)
        for _, _, where in window_cells(self.height, self.width, (down, across), self.stride):
            wins = self._cells[where] == self._largest
            wins &= nobody_yet
            nobody_yet ^= wins
            # ∂z/∂x = 1 for the winner, 0 for all others; a cell may win in several windows
            if overlap:
                back[where] += upstream * wins
            else:
                np.multiply(upstream, wins, out=back[where])
        return as_pictures(back, self.padding)


class AveragePooling:
    """z = the mean of a window of ``height`` and ``width``, for each channel by itself; it has no parameters.

    (N, C, H, W) -> (N, C, OH, OW). Padded cells count as zeros: every window is divided by the same number of cells.
    """

    def __init__(self, height: int, width: int, stride: int = 1, padding: int = 0) -> None:
        if padding >= min(height, width):
            raise ValueError(f"padding {padding}: must be less than the window, {height}×{width}")
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.height, self.width, self.stride, self.padding = height, width, stride, padding
        self._cells_shape: tuple[int, ...] = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        """(N, C, H, W) -> (N, C, OH, OW); ValueError where the window does not fit."""
        down, across = (
            output_size(side, window, self.stride, self.padding)
            for side, window in zip(x.shape[2:], (self.height, self.width), strict=True)
        )
        cells = as_cells(x, self.padding)
        self._cells_shape = cells.shape
        total = np.zeros((x.shape[1], down, across, len(x)), x.dtype)
        for _, _, where in window_cells(self.height, self.width, (down, across), self.stride):
            total += cells[where]
        total /= self.height * self.width
        return as_pictures(total)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """(N, C, OH, OW) -> the gradient of x, in a new array of its shape."""
        # ∂z/∂x = 1/(FH·FW) for every cell of the window
        share = as_cells(dout) / (self.height * self.width)  # (C, OH, OW, N)
        back = np.zeros(self._cells_shape, dout.dtype)
        for _, _, where in window_cells(self.height, self.width, share.shape[1:3], self.stride):
            back[where] += share
        return as_pictures(back, self.padding)
