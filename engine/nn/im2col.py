"""im2col as in the book: every window of an image as one row of a matrix, so that a convolution becomes a matrix
product.

The layer `Convolution` does the same with ``unfold`` and ``fold``, whose memory layout is faster.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def output_size(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """The number of windows along one side: ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.

    Cells at the end that are too few for another window are left out. ValueError if not even one window fits.
    """
    for name, value, least in (("kernel", kernel, 1), ("stride", stride, 1), ("dilation", dilation, 1)):
        if value < least:
            raise ValueError(f"{name} {value}: must be at least {least}")
    if padding < 0:
        raise ValueError(f"padding {padding}: must be at least 0")
    reach = dilation * (kernel - 1) + 1
    if reach > size + 2 * padding:
        raise ValueError(f"kernel {kernel}: reaches over {reach} cells, there are {size + 2 * padding}")
    return (size + 2 * padding - reach) // stride + 1


def window_cells(
    height: int, width: int, outputs: tuple[int, int], stride: int = 1, dilation: int = 1
) -> Iterator[tuple[int, int, tuple[slice, slice, slice]]]:
    """Yields (i, j, where) for every cell of a window in row-major order: row i, column j, and slices that select this
    cell in all windows at once.

    ``cells[where]`` of padded images (C, H, W, N) is (C, OH, OW, N): cell (i, j) of each of the ``outputs`` (OH, OW)
    windows.
    """
    rows, columns = outputs
    for i in range(height):
        for j in range(width):
            top, left = i * dilation, j * dilation
            down = slice(top, top + stride * (rows - 1) + 1, stride)
            across = slice(left, left + stride * (columns - 1) + 1, stride)
            yield i, j, (slice(None), down, across)


def as_cells(x: np.ndarray, padding: int = 0, fill: float = 0.0) -> np.ndarray:
    """(N, C, H, W) -> (C, H + 2·padding, W + 2·padding, N), contiguous in that order, with the value ``fill`` in the
    padding.

    If ``x`` already lies in memory like this and nothing is padded, the result shares its memory and must not be
    changed.
    """
    turned = x.transpose(1, 2, 3, 0)  # (N, C, H, W) -> (C, H, W, N)
    if padding == 0:
        return np.ascontiguousarray(turned)
    channels, height, width, samples = turned.shape
    cells = np.full((channels, height + 2 * padding, width + 2 * padding, samples), fill, x.dtype)
    cells[:, padding : padding + height, padding : padding + width] = turned
    return cells


def as_pictures(cells: np.ndarray, padding: int = 0) -> np.ndarray:
    """(C, H + 2·padding, W + 2·padding, N) -> (N, C, H, W), a view without the padding."""
    _, height, width, _ = cells.shape
    inner = cells[:, padding : height - padding, padding : width - padding]
    return inner.transpose(3, 0, 1, 2)  # (C, H, W, N) -> (N, C, H, W)


def unfold(
    cells: np.ndarray, height: int, width: int, stride: int = 1, dilation: int = 1, out: np.ndarray | None = None
) -> np.ndarray:
    """Padded cells (C, H, W, N) -> (C, FH, FW, OH, OW, N): for each cell of a window, its value in every window.

    Written into ``out`` if that has the right shape and dtype, otherwise into a new array.
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
    """The reverse of ``unfold``: (C, FH, FW, OH, OW, N) -> cells (C, H, W, N) including padding; ``sides`` are H and W
    without it. A cell is the sum of its values in all windows.
    """
    channels, height, width, *outputs, samples = parts.shape
    rows, places = (side + 2 * padding for side in sides)
    cells = np.zeros((channels, rows, places, samples), parts.dtype)
    for i, j, where in window_cells(height, width, (outputs[0], outputs[1]), stride, dilation):
        cells[where] += parts[:, i, j]
    return cells


def im2col(x: np.ndarray, height: int, width: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> np.ndarray:
    """Images (N, C, H, W) -> (N·OH·OW, C·FH·FW): one row per window; FH is ``height`` and FW is ``width``.

    Windows are ordered image by image and then row by row; the cells of a window channel by channel and then row by
    row.
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
    """The reverse of ``im2col``: (N·OH·OW, C·FH·FW) -> ``shape`` (N, C, H, W); a cell is the sum of its values in all
    windows.
    """
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
    """Convolution by its definition: images (N, C, H, W) and filters (FN, C, FH, FW) -> (N, FN, OH, OW). Each output is
    the sum of a window's products with a filter, plus the bias.

    About a hundred times slower than one matrix product with im2col.
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
