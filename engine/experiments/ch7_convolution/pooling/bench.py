"""The computations of `pooling`: images are downsampled, pooled and shifted, and their changes measured."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from engine.contract.api import finite_or_none
from engine.data.digits import SIDE as WHOLE
from engine.data.digits import load_digits
from engine.data.preprocessing import block_means, moved
from engine.experiments.ch7_convolution.pooling.params import LEVELS, SIDE, WAYS, PoolingFrame, PoolingParams
from engine.nn.layers import AveragePooling, MaxPooling
from engine.nn.parameters import count_numbers

DIGITS = 1000
"""The number of test digits that are compared, counted from the first."""
_EDGE = 2
"""The number of pixels cut off on each side of an MNIST image, whose digit lies within the middle 20 × 20."""
_LAYERS: Mapping[str, type[MaxPooling | AveragePooling]] = {"max": MaxPooling, "average": AveragePooling}


def small_pictures(images: np.ndarray) -> np.ndarray:
    """MNIST's bytes (N, 28, 28) downsampled to (N, 8, 8), as whole grey levels from 0 (paper) to 9 (ink)."""
    middle = images[:, _EDGE : WHOLE - _EDGE, _EDGE : WHOLE - _EDGE]
    return np.round(block_means(middle, SIDE) * (LEVELS / 255.0))


def picture_of(params: PoolingParams) -> np.ndarray:
    """The image (S, S) that is pooled: a downsampled test digit or the learner's own."""
    if params.source == "own":
        return np.array(params.numbers)
    return small_pictures(load_digits("test").images[params.image : params.image + 1])[0]


def layer_of(params: PoolingParams) -> MaxPooling | AveragePooling:
    """The max or average pooling layer for these parameters."""
    return _LAYERS[params.kind](params.window, params.window, params.stride, params.pad)


def pooled(pictures: np.ndarray, params: PoolingParams) -> np.ndarray:
    """Images (N, S, S) pooled to (N, O, O)."""
    return layer_of(params).forward(pictures[:, None])[:, 0]  # (N, S, S) -> (N, 1, S, S) -> (N, O, O)


def window_of(params: PoolingParams, row: int, column: int) -> tuple[slice, slice]:
    """The rows and columns of the image that lie in an output cell's window, without padding."""
    tops = (place * params.stride - params.pad for place in (row, column))
    rows, columns = (slice(max(0, top), min(params.side, top + params.window)) for top in tops)
    return rows, columns


def winners(picture: np.ndarray, params: PoolingParams) -> np.ndarray:
    """Row and column of the largest cell in each window, (O, O, 2), the first of equal ones; −1 for average pooling."""
    found = np.full((params.outputs, params.outputs, 2), -1)
    for place in np.ndindex(found.shape[:2]) if params.kind == "max" else ():
        rows, columns = window_of(params, *place)
        window = picture[rows, columns]
        down, across = np.unravel_index(np.argmax(window), window.shape)
        found[place] = rows.start + down, columns.start + across
    return found


def gradient_of_ones(picture: np.ndarray, params: PoolingParams) -> np.ndarray:
    """The gradient of the image (S, S) if the gradient of every output cell is 1."""
    layer = layer_of(params)
    return layer.backward(np.ones_like(layer.forward(picture[None, None])))[0, 0]


def changes(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two measures of how much each image (N, H, W) has changed, (N,) each.

    The first is the sum of the differences divided by the image's ink: 0 if nothing differs, nan if something differs
    but there was no ink. The second is the share of cells that differ.
    """
    differences, ink = np.abs(after - before).sum(axis=(1, 2)), np.abs(before).sum(axis=(1, 2))
    without = np.where(differences == 0, 0.0, np.nan)
    by_ink = np.divide(differences, ink, out=without, where=ink > 0)
    return by_ink, (before != after).mean(axis=(1, 2))


def moved_cells(before: np.ndarray, after: np.ndarray, direction: str) -> int | None:
    """The number of cells by which the pooled image ``before`` (O, O) must be shifted to become ``after``; None if no
    shift does.
    """
    across, down = WAYS[direction]
    steps = range(len(before))
    return next((n for n in steps if np.array_equal(moved(before, n * across, n * down), after)), None)


def frame_at(params: PoolingParams, index: int) -> PoolingFrame:
    """The frame after ``index`` windows."""
    picture = picture_of(params)
    shifted = moved(picture, *params.way)
    below, below_shifted = pooled(np.stack((picture, shifted)), params)
    pairs = ((picture, shifted), (below, below_shifted))
    by_ink = [finite_or_none(float(changes(one[None], other[None])[0][0])) for one, other in pairs]
    cells = [int(np.sum(one != other)) for one, other in pairs]
    gradient, many = gradient_of_ones(picture, params), many_changes(params)
    return PoolingFrame(
        update=index, counts=(index,), events=("window",) if index else (), finished=index == params.outputs**2,
        picture=picture, shifted=shifted, pooled=below, pooled_shifted=below_shifted,
        winners=winners(picture, params), winners_shifted=winners(shifted, params), gradient=gradient,
        unread=params.sliding.reads() == 0, done=index, windows=params.outputs**2, outputs=params.outputs,
        label=int(load_digits("test").labels[params.image]) if params.source == "digit" else None,
        ink=float(np.sum(picture)), parameters=count_numbers(layer_of(params).params),
        reached=int(np.count_nonzero(gradient)), cells_before=cells[0], cells_after=cells[1], change_before=by_ink[0],
        change_after=by_ink[1], moved_cells=moved_cells(below, below_shifted, params.direction), many=many,
        many_less={name: int(np.sum(after < before)) for name, (before, after) in many.items()},
    )  # fmt: skip


def many_changes(params: PoolingParams) -> Mapping[str, np.ndarray]:
    """How much each of the first test digits changes before and after pooling, (2, ``DIGITS``).

    There is an array for each measure of ``changes``, named "ink" and "cells".
    """
    asked = {"kind": params.kind, "window": params.window, "stride": params.stride, "padding": params.pad}
    return _many_changes(PoolingParams().replaced({**asked, "shift": params.shift, "direction": params.direction}))


@lru_cache(maxsize=8)
def _many_changes(params: PoolingParams) -> Mapping[str, np.ndarray]:
    pictures = _first_digits()
    copies = moved(pictures, *params.way)
    pairs = changes(pictures, copies), changes(pooled(pictures, params), pooled(copies, params))
    return {name: np.array(both) for name, both in zip(("ink", "cells"), zip(*pairs, strict=True), strict=True)}


@lru_cache(maxsize=1)
def _first_digits() -> np.ndarray:
    return small_pictures(load_digits("test").images[:DIGITS])
