"""Max pooling: of every window only the largest number goes on, and on the way back only it gets the gradient."""

from __future__ import annotations

import numpy as np

from engine.nn.convolution.windows import as_cells, as_pictures, output_size, window_cells


class MaxPooling:
    """z = the maximum of a window of ``height`` and ``width``, for each channel by itself; it has no parameters.

    (N, C, H, W) -> (N, C, OH, OW). Of several that are equal the first in reading order wins, alone. Padded cells are
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
        """(N, C, OH, OW) -> the shape of x, in a new array."""
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
