"""Windows that slide over pictures: how many fit, and which cells lie at one place of all of them.

Inside, pictures lie in memory as (C, H, W, N): channel by channel, and the samples of a cell side by side. Cells that
are neighbours then are so for a whole batch, and whatever takes a window apart copies, compares and adds runs of many
numbers. At the public edge arrays are (N, C, H, W), which is a view of the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def output_size(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """How many windows fit along a side: ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.

    What does not fill another step is left out. ValueError where not even one window fits.
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
    """Row i and column j of every cell of a window, in reading order, and where it lies in all windows at once.

    ``cells[where]`` of padded pictures (C, H, W, N) is (C, OH, OW, N): cell (i, j) of each of the ``outputs`` windows.
    """
    rows, columns = outputs
    for i in range(height):
        for j in range(width):
            top, left = i * dilation, j * dilation
            down = slice(top, top + stride * (rows - 1) + 1, stride)
            across = slice(left, left + stride * (columns - 1) + 1, stride)
            yield i, j, (slice(None), down, across)


def as_cells(x: np.ndarray, padding: int = 0, fill: float = 0.0) -> np.ndarray:
    """(N, C, H, W) -> (C, H + 2·padding, W + 2·padding, N) in that order in memory, with ``fill`` around.

    Where ``x`` lies so already and nothing is padded, it is the same memory: only to be read.
    """
    turned = x.transpose(1, 2, 3, 0)  # (N, C, H, W) -> (C, H, W, N)
    if padding == 0:
        return np.ascontiguousarray(turned)
    channels, height, width, samples = turned.shape
    cells = np.full((channels, height + 2 * padding, width + 2 * padding, samples), fill, x.dtype)
    cells[:, padding : padding + height, padding : padding + width] = turned
    return cells


def as_pictures(cells: np.ndarray, padding: int = 0) -> np.ndarray:
    """(C, H + 2·padding, W + 2·padding, N) -> (N, C, H, W), a view without what was padded."""
    _, height, width, _ = cells.shape
    inner = cells[:, padding : height - padding, padding : width - padding]
    return inner.transpose(3, 0, 1, 2)  # (C, H, W, N) -> (N, C, H, W)


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
