"""Convolution: its sums are those of naive loops, and its derivatives those of central differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn import Convolution, col2im, im2col, output_size
from engine.nn.im2col import as_cells, as_pictures, convolve, fold, unfold
from tests.engine.nn.window_layers import assert_gradients, assert_leaves_all_alone, shapes, windows_of


@st.composite
def _layers(draw):
    """Pictures, a layer for them, and its settings: stride, padding, dilation."""
    x, height, width, settings = draw(shapes(dilation=True))
    random = np.random.default_rng(draw(st.integers(0, 99)))
    W = random.normal(size=(draw(st.integers(1, 3)), x.shape[1], height, width))
    return x, Convolution(W, random.normal(size=len(W)), *settings), settings


def _naive(x: np.ndarray, layer: Convolution, settings: tuple[int, int, int]) -> np.ndarray:
    W, b = layer.params["W"], layer.params["b"]
    windows = windows_of(x, W.shape[2:], *settings)
    rows, columns = len(windows[0][0]), len(windows[0][0][0])
    out = np.zeros((len(x), len(W), rows, columns))
    for n, f, i, j in np.ndindex(*out.shape):
        out[n, f, i, j] = b[f] + sum(np.sum(windows[n][c][i][j] * W[f, c]) for c in range(x.shape[1]))
    return out


@given(made=_layers())
def test_every_output_is_the_sum_of_a_window_times_the_filter(made):
    x, layer, settings = made
    assert layer.forward(x) == pytest.approx(_naive(x, layer, settings))


@given(made=_layers())
def test_gradients_are_central_differences(made):
    assert_gradients(made[1], made[0])


@given(made=_layers(), dtype=st.sampled_from([np.float32, np.float64]))
def test_the_format_is_kept_and_nobody_s_array_changed(made, dtype):
    assert_leaves_all_alone(made[1], made[0], dtype)


@given(made=_layers())
def test_a_second_batch_of_the_same_shape_leaves_what_was_given_for_the_first(made):
    x, layer, _ = made
    first = layer.forward(x)
    kept = first.copy()
    layer.forward(x[::-1] + 1)
    assert first.tolist() == kept.tolist()
    assert layer.forward(x).tolist() == kept.tolist()


@given(made=shapes(dilation=True))
def test_im2col_has_one_row_a_window_and_col2im_counts_how_many_hold_a_cell(made):
    x, height, width, settings = made
    columns = im2col(x, height, width, *settings)
    windows = windows_of(x, (height, width), *settings)
    rows = [
        np.concatenate([windows[n][c][i][j].ravel() for c in range(x.shape[1])])
        for n in range(len(x))
        for i in range(len(windows[0][0]))
        for j in range(len(windows[0][0][0]))
    ]
    assert columns.tolist() == np.array(rows).tolist()
    back = col2im(columns, x.shape, height, width, *settings)
    # A cell that is never read comes back as 0; the others as often as there are windows around them.
    times = col2im(np.ones_like(columns), x.shape, height, width, *settings)
    assert back == pytest.approx(x * times)
    assert times.sum() + (im2col(np.ones_like(x), height, width, *settings) == 0).sum() == columns.size


@given(made=shapes(dilation=True))
def test_what_the_layer_does_in_memory_laid_out_for_speed_is_im2col_to_the_last_bit(made):
    x, height, width, (stride, padding, *dilation) = made
    columns = im2col(x, height, width, stride, padding, *dilation)
    unfolded = unfold(as_cells(x, padding), height, width, stride, *dilation)
    # (C, FH, FW, OH, OW, N) -> (N, OH, OW, C, FH, FW), a row for every window
    assert np.array_equal(columns, unfolded.transpose(5, 3, 4, 0, 1, 2).reshape(columns.shape))
    folded = as_pictures(fold(unfolded, x.shape[2:], stride, padding, *dilation), padding)
    assert np.array_equal(col2im(columns, x.shape, height, width, stride, padding, *dilation), folded)


@given(made=_layers())
def test_the_layer_and_the_definition_agree(made):
    x, layer, _ = made
    settings = layer.stride, layer.padding, layer.dilation
    assert layer.forward(x) == pytest.approx(convolve(x, layer.params["W"], layer.params["b"], *settings))


def test_im2col_has_the_shapes_of_the_reference():
    assert im2col(np.zeros((1, 3, 7, 7)), 5, 5).shape == (9, 75)
    assert im2col(np.zeros((10, 3, 7, 7)), 5, 5).shape == (90, 75)


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "out"),
    [(4, 3, 1, 1, 4), (7, 3, 2, 0, 3), (28, 5, 3, 2, 10), (31, 5, 3, 2, 11), (7, 3, 3, 0, 2), (28, 3, 2, 0, 13)],
)
def test_the_output_size_is_that_of_the_reference(size, kernel, stride, padding, out):
    assert output_size(size, kernel, stride, padding) == out


@given(st.integers(1, 20), st.integers(1, 5), st.integers(1, 4), st.integers(0, 3), st.integers(1, 3))
def test_the_output_size_counts_the_windows_that_fit(size, kernel, stride, padding, dilation):
    starts = range(0, size + 2 * padding - dilation * (kernel - 1), stride)
    if len(starts):
        assert output_size(size, kernel, stride, padding, dilation) == len(starts)
    else:
        with pytest.raises(ValueError, match="kernel"):
            output_size(size, kernel, stride, padding, dilation)


def test_what_cannot_be_is_refused_by_name():
    for settings, name in (
        ((5, 0), "kernel"),
        ((5, 2, 0), "stride"),
        ((5, 2, 1, -1), "padding"),
        ((5, 2, 1, 0, 0), "dilation"),
    ):
        with pytest.raises(ValueError, match=name):
            output_size(*settings)
    with pytest.raises(ValueError, match="filters"):
        Convolution(np.zeros((2, 1, 3, 3)), np.zeros(3))
    with pytest.raises(ValueError, match=r"\(N, 1, H, W\)"):
        Convolution(np.zeros((2, 1, 3, 3)), np.zeros(2)).forward(np.zeros((1, 2, 5, 5)))


def test_the_rows_of_the_book_s_picture():
    picture = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1.0]])[None, None]
    kernel = np.array([[2, 0, 1], [0, 1, 2], [1, 0, 2.0]])[None, None]
    assert Convolution(kernel, np.zeros(1)).forward(picture).tolist() == [[[[15, 16], [6, 15]]]]
    padded = Convolution(kernel, np.zeros(1), padding=1).forward(picture)
    assert padded.shape == (1, 1, 4, 4) and padded[0, 0, 0, 0] == 7


def test_a_first_layer_may_leave_the_gradient_of_its_input_out():
    random = np.random.default_rng(3)
    W, x, dout = random.normal(size=(2, 1, 3, 3)), random.normal(size=(2, 1, 5, 5)), random.normal(size=(2, 2, 3, 3))
    first, other = Convolution(W, np.zeros(2), input_gradient=False), Convolution(W, np.zeros(2))
    for layer in (first, other):
        layer.forward(x)
    assert first.backward(dout) is None and other.backward(dout) is not None
    assert first.grads["W"].tolist() == other.grads["W"].tolist()
