"""The whole walk of a kernel forward and back, every array on the way kept, and the same with a mistake in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from engine.boards.cells import differing
from engine.contract.required import required
from engine.experiments.ch7_convolution.convolution.params import ConvolutionFrame, ConvolutionParams
from engine.nn.convolution.im2col import im2col
from engine.nn.layers import Convolution

Arrays = dict[str, np.ndarray]


@lru_cache(maxsize=64)
def frame_at(params: ConvolutionParams, index: int) -> ConvolutionFrame:
    """The frame after ``index`` output cells; nobody can write into it, so it is kept for when it is asked again."""
    arrays, reads = passed(params, index), params.sliding.reads()
    wrong = mistaken(params, arrays, index)
    made = np.arange(params.cells).reshape(params.sliding.output) < index
    return ConvolutionFrame(
        update=index, events=("cell",) if index else (), finished=index == params.cells, arrays=arrays, wrong=wrong,
        reads=reads, output=np.where(made, arrays["z"], np.nan), input_height=params.height, input_width=params.width,
        output_height=params.output_height, output_width=params.output_width, unread=int(np.sum(reads == 0)),
        copied=arrays["columns"].size, differing=len(differing(arrays, wrong)),
    )  # fmt: skip


def passed(params: ConvolutionParams, index: int) -> Arrays:
    """Every array of one pass forward and back; the first ``index`` output cells have added to the gradients."""
    slides: dict[str, Any] = {"stride": params.stride, "padding": params.padding, "dilation": params.dilation}
    x, kernel, dz = params.inputs[None], used_kernels(params)[None], np.array(params.upstream)
    layer = Convolution(kernel, np.array([params.bias]), **slides)
    z, columns = layer.forward(x), im2col(x, *params.sliding.window, **slides)
    arrived = np.where(np.arange(params.cells).reshape(dz.shape) < index, dz, 0.0)
    dx = required(layer.backward(arrived[None, None]))
    weights, dsums = kernel.reshape(-1, 1), dz.reshape(-1, 1)
    arrays = {
        "z": z[0, 0], "b": np.array([[params.bias]]), "columns": columns, "weights": weights, "sums": z.reshape(-1, 1),
        "dz": dz, "db": layer.grads["b"][None], "dsums": dsums, "dcolumns": dsums @ weights.T,
    }  # fmt: skip
    padding, shares = params.padding, columns.reshape(params.cells, params.channels, -1)
    for channel in range(params.channels):
        alone = shares[:, channel] @ kernel[0, channel].ravel()
        arrays[f"x{channel}"] = np.pad(x[0, channel], padding)
        arrays[f"w{channel}"] = params.kernels[channel]
        arrays[f"s{channel}"] = alone.reshape(params.sliding.output)
        arrays[f"dx{channel}"] = dx[0, channel]
        arrays[f"dw{channel}"] = turned(params, layer.grads["W"][0, channel])
    return {name: np.array(values, dtype=float) for name, values in arrays.items()}


def mistaken(params: ConvolutionParams, arrays: Mapping[str, np.ndarray], index: int) -> Arrays:
    """What the mistake has made of dx after ``index`` output cells, by the ids of the right ones; empty without one."""
    if params.pitfall == "none":
        return {}
    wrong, padding = {}, params.padding
    visited = params.sliding.meetings()[: index * params.kernel_height * params.kernel_width]
    for channel, kernel in enumerate(used_kernels(params)):
        weights = kernel[::-1, ::-1] if params.pitfall == "turned" else kernel
        dx = np.zeros(params.sliding.padded_sides)
        for meeting in visited:
            share = arrays["dz"][meeting.output] * weights[meeting.window]
            # Written over what another window has left there, or added to it.
            dx[meeting.padded] = share if params.pitfall == "overwritten" else dx[meeting.padded] + share
        rows, columns = params.sliding.sides
        wrong[f"dx{channel}"] = dx[padding : padding + rows, padding : padding + columns].copy()
    return wrong


def used_kernels(params: ConvolutionParams) -> np.ndarray:
    """(C, FH, FW) as they lie on a window."""
    return turned(params, params.kernels)


def turned(params: ConvolutionParams, kernels: np.ndarray) -> np.ndarray:
    """Kernels (…, FH, FW) turned by 180° where the operation asks for it."""
    return kernels[..., ::-1, ::-1] if params.operation == "convolution" else kernels
