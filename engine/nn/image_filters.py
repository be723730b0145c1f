"""Image filters that were designed by hand, and test images to which they respond."""

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
"""Kernels (3, 3) by name. The blur kernel is the outer product of 1 2 1 (from Pascal's triangle) with itself, over
16.
"""

EDGES = ("vertical", "horizontal", "rising", "falling")
"""The directions of edges; a rising one goes up to the right. The brighter side lies to the right of the edge, or
below.
"""
_GABOR_SPREAD = 0.4
"""The standard deviation of a Gabor filter's Gaussian envelope, in wavelengths: about two stripes are visible."""


def filtered(picture: np.ndarray, kernel: np.ndarray, bias: float = 0.0) -> np.ndarray:
    """Applies a filter to a grey image, without padding: (H, W) and (FH, FW) -> (H − FH + 1, W − FW + 1).

    Computed by a convolution layer with one image, one channel and one filter; ValueError if the kernel does not fit.
    """
    layer = Convolution(kernel[None, None].astype(float), np.array([bias]))  # W (1, 1, FH, FW), b (1,)
    return layer.forward(picture[None, None].astype(float))[0, 0]  # (1, 1, H, W) -> (1, 1, OH, OW)


def gabor(size: int, angle: float, wavelength: float, phase: float) -> np.ndarray:
    """A Gabor filter (size, size): a cosine wave under a Gaussian envelope. It responds to stripes of its own width and
    direction.

    ``angle`` in degrees turns the stripes anticlockwise, at 0 they are vertical; ``wavelength`` is in pixels. A
    ``phase`` of 0 degrees puts a bright stripe in the middle, to detect lines; 90 detects edges. The values sum to 0,
    so that flat areas give 0, and the positive ones sum to 1, so that grey values from 0 to 1 never give more than 1.
    """
    down, right = np.indices((size, size)) - (size - 1) / 2
    turn = np.radians(angle)
    across = right * np.cos(turn) - down * np.sin(turn)  # pixels off the middle stripe
    bell = np.exp(-(right**2 + down**2) / (2 * (_GABOR_SPREAD * wavelength) ** 2))
    wave = np.cos(2 * np.pi * across / wavelength - np.radians(phase))
    # The envelope cuts the wave off; without this correction the sum is not 0, and the filter responds to brightness.
    made = bell * (wave - np.sum(bell * wave) / np.sum(bell))
    # Values that differ from 0 by rounding errors alone become 0.
    return np.round(made / np.sum(np.maximum(made, 0)), 12) + 0.0


def edge(size: int, direction: str) -> np.ndarray:
    """An image (size, size) of 0 and 1 with an edge through its middle; ``direction`` is one of ``EDGES``."""
    row, column = np.indices((size, size)) - size // 2
    along = {"vertical": column, "horizontal": row, "rising": row + column, "falling": column - row}[direction]
    return (along >= 0).astype(float)


def ramp(size: int, slope: float) -> np.ndarray:
    """An image (size, size) whose grey value grows by ``slope`` per column, 0.5 in the middle."""
    return np.tile(0.5 + slope * (np.arange(size) - (size - 1) / 2), (size, 1))


def strongest(answers: np.ndarray) -> float:
    """The value of largest magnitude, with its sign; if two are equally far from 0, the positive one."""
    high, low = float(np.max(answers)), float(np.min(answers))
    return high if high >= -low else low


def centre_of(kernel: np.ndarray) -> tuple[float, float] | None:
    """The centre of gravity of a kernel (FH, FW) relative to its middle, as (right, down) in pixels; None if its values
    sum to 0.

    Filtering shifts the image by as much in the opposite direction.
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
