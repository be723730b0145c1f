"""What the tests of all layers with windows share: random shapes, windows by naive loops, and laws of a layer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from engine.calculus import numerical_gradient


@st.composite
def shapes(draw, dilation: bool = False, ties: bool = False):
    """Pictures (N, C, H, W), height and width of a window that fits, and stride, padding and perhaps dilation."""
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    padding = draw(st.integers(0, 2 if dilation else min(height, width) - 1))
    spread = draw(st.integers(1, 2)) if dilation else 1
    least = [max(1, spread * (side - 1) + 1 - 2 * padding) for side in (height, width)]
    sides = [draw(st.integers(side, side + 4)) for side in least]
    shape = (draw(st.integers(1, 2)), draw(st.integers(1, 2)), *sides)
    random = np.random.default_rng(draw(st.integers(0, 999)))
    x = random.integers(-1, 2, shape).astype(float) if ties else random.permutation(np.prod(shape)).reshape(shape) / 7
    settings = (draw(st.integers(1, 3)), padding)
    return x, height, width, (*settings, spread) if dilation else settings


def windows_of(x, window, stride, padding, dilation=1, fill=0.0):
    """``found[n][c][i][j]`` is the window (FH, FW) at row i and column j, by loops."""
    height, width = window
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=fill)
    high, wide = dilation * (height - 1) + 1, dilation * (width - 1) + 1
    down, across = range(0, padded.shape[2] - high + 1, stride), range(0, padded.shape[3] - wide + 1, stride)
    return [
        [[[one[i : i + high : dilation, j : j + wide : dilation] for j in across] for i in down] for one in picture]
        for picture in padded
    ]


def assert_gradients(layer, x):
    """The backward pass is the central difference of the forward pass, for the input and all params."""
    dout = np.random.default_rng(5).normal(size=layer.forward(x).shape)

    def weighted(_=None):
        return float(np.sum(layer.forward(x) * dout))

    wanted = {key: numerical_gradient(weighted, values) for key, values in layer.params.items()}
    wanted_x = numerical_gradient(weighted, x)
    layer.forward(x)
    assert layer.backward(dout) == pytest.approx(wanted_x, abs=1e-7)
    assert list(layer.grads) == list(layer.params)
    for key, values in wanted.items():
        assert layer.grads[key] == pytest.approx(values, abs=1e-7)


def assert_leaves_all_alone(layer, x, dtype):
    """Nothing that is given to a layer is changed, nor shared with what it gives; and its format is kept."""
    for key in layer.params:
        layer.params[key] = layer.params[key].astype(dtype)
    x = x.astype(dtype)
    out = layer.forward(x)
    dout = np.ones_like(out)
    given = [values.copy() for values in (x, dout, *layer.params.values())]
    back = layer.backward(dout)
    assert {out.dtype, back.dtype, *(part.dtype for part in layer.grads.values())} == {np.dtype(dtype)}
    assert back.shape == x.shape
    assert not any(np.shares_memory(one, other) for one in (out, back) for other in (x, dout))
    for before, after in zip(given, (x, dout, *layer.params.values()), strict=True):
        assert before.tobytes() == after.tobytes()
