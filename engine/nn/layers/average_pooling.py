"""Average pooling: of every window the mean goes on, and on the way back all its cells share the gradient."""

from __future__ import annotations

import numpy as np

from engine.nn.convolution.windows import as_cells, as_pictures, output_size, window_cells


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
        """(N, C, OH, OW) -> the shape of x, in a new array."""
        # ∂z/∂x = 1/(FH·FW) for every cell of the window
        share = as_cells(dout) / (self.height * self.width)  # (C, OH, OW, N)
        back = np.zeros(self._cells_shape, dout.dtype)
        for _, _, where in window_cells(self.height, self.width, share.shape[1:3], self.stride):
            back[where] += share
        return as_pictures(back, self.padding)
