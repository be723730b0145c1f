"""im2col as in the book: every window of a picture as one row of a matrix, so that a convolution becomes a product.

The layer `Convolution` does the same with ``unfold`` and ``fold`` of `windows`, which lay numbers out as speed asks.
"""

from __future__ import annotations

import numpy as np

from engine.nn.convolution.windows import output_size


def im2col(x: np.ndarray, height: int, width: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> np.ndarray:
    """Pictures (N, C, H, W) -> (N·OH·OW, C·FH·FW): one row a window, FH is ``height`` and FW is ``width``.

    Windows come picture by picture in reading order, and so do the cells of a window, channel by channel.
    """
    samples, channels, rows, places = x.shape
    down = output_size(rows, height, stride, padding, dilation)
    across = output_size(places, width, stride, padding, dilation)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    columns = np.zeros((samples, channels, height, width, down, across), x.dtype)
    for i in range(height):
        for j in range(width):
            # Cell (i, j) of all windows at once: it moves on by the stride from window to window.
            top, left = i * dilation, j * dilation
            bottom, right = top + stride * down, left + stride * across
            columns[:, :, i, j] = padded[:, :, top:bottom:stride, left:right:stride]
    # (N, C, FH, FW, OH, OW) -> (N, OH, OW, C, FH, FW) -> (N·OH·OW, C·FH·FW)
    return columns.transpose(0, 4, 5, 1, 2, 3).reshape(samples * down * across, -1)


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
    parts = columns.reshape(samples, down, across, channels, height, width).transpose(0, 3, 4, 5, 1, 2)
    padded = np.zeros((samples, channels, rows + 2 * padding, places + 2 * padding), columns.dtype)
    for i in range(height):
        for j in range(width):
            top, left = i * dilation, j * dilation
            bottom, right = top + stride * down, left + stride * across
            padded[:, :, top:bottom:stride, left:right:stride] += parts[:, :, i, j]
    return padded[:, :, padding : padding + rows, padding : padding + places]


def convolve(
    x: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0, dilation: int = 1
) -> np.ndarray:
    """Pictures (N, C, H, W) and filters (FN, C, FH, FW) -> (N, FN, OH, OW), as the definition says: window by window,
    products, sum, bias. What im2col does in one product, and a hundred times as slow.
    """
    (samples, _, rows, places), (filters, _, height, width) = x.shape, W.shape
    down = output_size(rows, height, stride, padding, dilation)
    across = output_size(places, width, stride, padding, dilation)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    z = np.zeros((samples, filters, down, across), x.dtype)
    for n, f, row, column in np.ndindex(z.shape):
        top, left = row * stride, column * stride
        window = padded[n, :, top : top + height * dilation : dilation, left : left + width * dilation : dilation]
        z[n, f, row, column] = np.sum(window * W[f]) + b[f]
    return z
