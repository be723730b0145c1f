"""im2col: every window of a picture as one row of a matrix, so that a convolution becomes a product of matrices."""

from __future__ import annotations

import numpy as np

from engine.nn.windows import as_cells, as_pictures, output_size, window_cells


def im2col(x: np.ndarray, height: int, width: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> np.ndarray:
    """Pictures (N, C, H, W) -> (N·OH·OW, C·FH·FW): one row a window, FH is ``height`` and FW is ``width``.

    Windows come picture by picture in reading order, and so do the cells of a window, channel by channel.
    """
    found = unfold(as_cells(x, padding), height, width, stride, dilation)
    # (C, FH, FW, OH, OW, N) -> (N, OH, OW, C, FH, FW) -> (N·OH·OW, C·FH·FW)
    return found.transpose(5, 3, 4, 0, 1, 2).reshape(-1, x.shape[1] * height * width)


def col2im(
    columns: np.ndarray,
    shape: tuple[int, int, int, int],
    height: int,
    width: int,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
) -> np.ndarray:
    """The way back, (N·OH·OW, C·FH·FW) -> ``shape``, that of x: a cell is the sum over all windows that it lies in."""
    samples, channels, rows, places = shape
    down = output_size(rows, height, stride, padding, dilation)
    across = output_size(places, width, stride, padding, dilation)
    each = columns.reshape(samples, down, across, channels, height, width)
    # (N, OH, OW, C, FH, FW) -> (C, FH, FW, OH, OW, N)
    return as_pictures(fold(each.transpose(3, 4, 5, 1, 2, 0), (rows, places), stride, padding, dilation), padding)


def unfold(
    cells: np.ndarray, height: int, width: int, stride: int = 1, dilation: int = 1, out: np.ndarray | None = None
) -> np.ndarray:
    """Padded cells (C, H, W, N) -> (C, FH, FW, OH, OW, N): for every cell of a window, its number in all windows.

    Written into ``out`` where that has the same shape and format, otherwise into a new array.
    """
    channels, rows, places, samples = cells.shape
    outputs = output_size(rows, height, stride, 0, dilation), output_size(places, width, stride, 0, dilation)
    shape = (channels, height, width, *outputs, samples)
    found = out
    if found is None or (found.shape, found.dtype) != (shape, cells.dtype):
        found = np.empty(shape, cells.dtype)
    for i, j, where in window_cells(height, width, outputs, stride, dilation):
        found[:, i, j] = cells[where]
    return found


def fold(parts: np.ndarray, sides: tuple[int, int], stride: int = 1, padding: int = 0, dilation: int = 1) -> np.ndarray:
    """The way back, (C, FH, FW, OH, OW, N) -> cells (C, H, W, N) of ``sides`` H and W, padded ones around: it adds."""
    channels, height, width, *outputs, samples = parts.shape
    rows, places = (side + 2 * padding for side in sides)
    cells = np.zeros((channels, rows, places, samples), parts.dtype)
    for i, j, where in window_cells(height, width, (outputs[0], outputs[1]), stride, dilation):
        cells[where] += parts[:, i, j]
    return cells
