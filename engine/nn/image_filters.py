"""Filters for pictures that were designed by hand, and test pictures to which they respond."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from engine.nn.layers import Convolution

Rows = tuple[tuple[float, ...], ...]

NAMED: Mapping[str, Rows] = MappingProxyType(
    {
        "identity": ((0.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0)),
        "blur": ((0.0625, 0.125, 0.0625), (0.125, 0.25, 0.125), (0.0625, 0.125, 0.0625)),
        "sharpen": ((0.0, -1.0, 0.0), (-1.0, 5.0, -1.0), (0.0, -1.0, 0.0)),
        "laplacian": ((0.0, 1.0, 0.0), (1.0, -4.0, 1.0), (0.0, 1.0, 0.0)),
        "sobel": ((-1.0, 0.0, 1.0), (-2.0, 0.0, 2.0), (-1.0, 0.0, 1.0)),
        "emboss": ((-2.0, -1.0, 0.0), (-1.0, 1.0, 1.0), (0.0, 1.0, 2.0)),
    }
)
"""Kernels of 3×3 by name. Those of blur are the row 1 2 1 of Pascal's triangle in both directions, over 16."""

EDGES = ("vertical", "horizontal", "rising", "falling")
"""The directions of edges; a rising one goes up to the right. The brighter side lies to the right of it, or below."""
_GABOR_SPREAD = 0.4
"""The standard deviation of a Gabor filter's bell in wavelengths: about two stripes can be seen."""


def filtered(picture: np.ndarray, kernel: np.ndarray, bias: float = 0.0) -> np.ndarray:
    """A filter applied to a grey picture, without padding: (H, W) and (FH, FW) -> (H − FH + 1, W − FW + 1).

    Computed by a convolution layer with one image, one channel and one filter; ValueError if the kernel does not fit.
    """
    layer = Convolution(kernel[None, None].astype(float), np.array([bias]))  # W (1, 1, FH, FW), b (1,)
    return layer.forward(picture[None, None].astype(float))[0, 0]  # (1, 1, H, W) -> (1, 1, OH, OW)


def gabor(size: int, angle: float, wavelength: float, phase: float) -> np.ndarray:
    """A wave under a bell curve, (size, size), after Dennis Gabor; it responds to stripes of its own width and
    direction.

    ``angle`` in degrees turns the stripes to the left, at 0 they are vertical; ``wavelength`` is in pixels. A ``phase``
    of 0 degrees puts a bright stripe in the middle, to find lines; one of 90 an edge. The numbers sum to 0, so that
    flat areas give 0, and the positive ones sum to 1, so that greys from 0 to 1 never give more than 1.
    """
    down, right = np.indices((size, size)) - (size - 1) / 2
    turn = np.radians(angle)
    across = right * np.cos(turn) - down * np.sin(turn)  # pixels off the middle stripe
    bell = np.exp(-(right**2 + down**2) / (2 * (_GABOR_SPREAD * wavelength) ** 2))
    wave = np.cos(2 * np.pi * across / wavelength - np.radians(phase))
    # The bell cuts the wave off; what it leaves over would answer to brightness.
    made = bell * (wave - np.sum(bell * wave) / np.sum(bell))
    # What is 0 but for rounding is 0.
    return np.round(made / np.sum(np.maximum(made, 0)), 12) + 0.0


def edge(size: int, direction: str) -> np.ndarray:
    """A picture (size, size), from 0 to 1, with an edge through its middle; ``direction`` is one of ``EDGES``."""
    row, column = np.indices((size, size)) - size // 2
    along = {"vertical": column, "horizontal": row, "rising": row + column, "falling": column - row}[direction]
    return (along >= 0).astype(float)


def ramp(size: int, slope: float) -> np.ndarray:
    """A picture (size, size) whose grey grows by ``slope`` from each column to the next, 0.5 in its middle."""
    return np.tile(0.5 + slope * (np.arange(size) - (size - 1) / 2), (size, 1))


def strongest(answers: np.ndarray) -> float:
    """The response that is farthest from 0, with its sign; if two are equally far, the positive one."""
    high, low = float(np.max(answers)), float(np.min(answers))
    return high if high >= -low else low


def centre_of(kernel: np.ndarray) -> tuple[float, float] | None:
    """How far to the right and down of its middle a kernel (FH, FW) has its centre of gravity; None if its numbers sum
    to 0.

    The filter moves the picture by as much in the opposite direction.
    """
    whole = float(np.sum(kernel))
    if abs(whole) < 1e-9:
        return None
    down, right = np.indices(kernel.shape)
    middle_row, middle_column = ((size - 1) / 2 for size in kernel.shape)
    return (
        float(np.sum(kernel * (right - middle_column))) / whole,
        float(np.sum(kernel * (down - middle_row))) / whole,
    )
