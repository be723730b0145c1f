"""Pooling: the maximum or mean of each window by naive loops, and gradients by central differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn import AveragePooling, MaxPooling
from tests.engine.nn.window_layers import assert_gradients, assert_leaves_all_alone, shapes, windows_of

KINDS = st.sampled_from([MaxPooling, AveragePooling])


@given(made=shapes(), kind=KINDS)
def test_every_output_is_the_maximum_or_the_mean_of_its_window(made, kind):
    x, height, width, settings = made
    fill, wanted = (-np.inf, np.max) if kind is MaxPooling else (0.0, np.mean)
    windows = windows_of(x, (height, width), *settings, fill=fill)
    expected = [[[[wanted(one) for one in row] for row in rows] for rows in picture] for picture in windows]
    assert kind(height, width, *settings).forward(x) == pytest.approx(np.array(expected))


@given(made=shapes(), kind=KINDS)
def test_gradients_are_central_differences(made, kind):
    # No two numbers of x are equal, and they lie further apart than the step of the difference.
    x, height, width, settings = made
    assert_gradients(kind(height, width, *settings), x)


@given(made=shapes(), kind=KINDS, dtype=st.sampled_from([np.float32, np.float64]))
def test_the_format_is_kept_and_nobody_s_array_changed(made, kind, dtype):
    x, height, width, settings = made
    assert_leaves_all_alone(kind(height, width, *settings), x, dtype)


@given(made=shapes(ties=True))
def test_of_equal_numbers_the_first_in_reading_order_gets_all_of_the_gradient(made):
    x, height, width, (stride, padding) = made
    layer = MaxPooling(height, width, stride, padding)
    dout = np.random.default_rng(5).normal(size=layer.forward(x).shape)
    wanted = np.zeros((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding))
    windows = windows_of(x, (height, width), stride, padding, fill=-np.inf)
    for n, c, i, j in np.ndindex(*dout.shape):
        row, column = divmod(int(np.argmax(windows[n][c][i][j])), width)
        wanted[n, c, i * stride + row, j * stride + column] += dout[n, c, i, j]
    inner = wanted[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    assert layer.backward(dout) == pytest.approx(inner)
    # Nothing went to a padded cell.
    assert wanted.sum() == pytest.approx(inner.sum())


def test_the_book_s_maximum():
    x = np.array([[1, 2, 1, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 4, 0, 1.0]])[None, None]
    assert MaxPooling(2, 2, 2).forward(x).tolist() == [[[[2, 3], [4, 2]]]]
    assert MaxPooling(2, 2, 2).params == {}


@pytest.mark.parametrize("kind", [MaxPooling, AveragePooling])
def test_padding_that_fills_a_whole_window_is_refused(kind):
    with pytest.raises(ValueError, match="padding 2"):
        kind(2, 3, 1, 2)
