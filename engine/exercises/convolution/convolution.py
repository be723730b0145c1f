"""Exercise: the forward pass of the convolution layer, by loops or by im2col and one matrix product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import counts, returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn import layers
from engine.nn.im2col import convolve, im2col, output_size


class _Ours:
    """The engine's convolution layer with the book's interface; only its forward pass."""

    def __init__(self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> None:
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def forward(self, x: np.ndarray) -> np.ndarray:
        return layers.Convolution(self.W, self.b, self.stride, self.pad).forward(x)


class _Turned(_Ours):
    def __init__(self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> None:
        super().__init__(W[:, :, ::-1, ::-1], b, stride, pad)


class _WithoutBias(_Ours):
    def __init__(self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> None:
        super().__init__(W, np.zeros_like(b), stride, pad)


class _BiasForEachChannel(_Ours):
    def __init__(self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> None:
        super().__init__(W, b * W.shape[1], stride, pad)


class _FirstChannelOnly(_Ours):
    def __init__(self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> None:
        super().__init__(W[:, :1], b, stride, pad)

    def forward(self, x: np.ndarray) -> np.ndarray:
        return super().forward(x[:, :1])


class _AxesMixed(_Ours):
    """A mistake: the sums (N·OH·OW, FN) are reshaped to (N, FN, OH, OW), without transposing."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        z = super().forward(x)
        return z.transpose(0, 2, 3, 1).reshape(z.shape)


class _Rearranged(_Ours):
    """Base of layers with a mistake: ``filters`` returns the weights W in a wrong order, in the same shape."""

    def filters(self) -> np.ndarray:
        return self.W

    def forward(self, x: np.ndarray) -> np.ndarray:
        return layers.Convolution(self.filters(), self.b, self.stride, self.pad).forward(x)


class _FiltersMixed(_Rearranged):
    def filters(self) -> np.ndarray:
        return self.W.reshape(-1, len(self.W)).T.reshape(self.W.shape)


class _ChannelsLast(_Rearranged):
    def filters(self) -> np.ndarray:
        return self.W.transpose(0, 2, 3, 1).reshape(self.W.shape)


class _RowsForColumns(_Ours):
    def forward(self, x: np.ndarray) -> np.ndarray:
        return super().forward(x).transpose(0, 1, 3, 2)


class _WithoutStride(_Ours):
    """A mistake: the output has the size that the stride gives, but neighbouring windows are one cell apart."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        height, width = super().forward(x).shape[2:]
        return layers.Convolution(self.W, self.b, 1, self.pad).forward(x)[:, :, :height, :width]


def _use(written: Any, x: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> Values:
    yield "Z", written(W, b, stride, pad).forward(x)


def _on_stage(params: Any) -> Inputs | None:
    if params.dilation != 1 or params.operation != "correlation" or params.view in ("backward", "col2im"):
        return None
    return {"x": [params.inputs.tolist()], "W": [params.kernels.tolist()], "b": [params.bias],
            "stride": params.stride, "pad": params.padding}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"part": "z", "selected": place[2:]}


def _drawn(
    samples: int, channels: int, sides: tuple[int, int], filters: int, window: tuple[int, int], **more: int
) -> Inputs:
    chance = np.random.default_rng(samples + channels)
    return {
        "x": chance.normal(size=(samples, channels, *sides)),
        "W": chance.normal(size=(filters, channels, *window)), "b": chance.normal(size=filters), **more,
    }  # fmt: skip


def _at_work(written: Any) -> Mapping[Any, Any]:
    class Yours(layers.Convolution):
        """The learner's forward pass with the engine's interface; the backward pass is the engine's."""

        def forward(self, x: np.ndarray) -> np.ndarray:
            self._x = x
            filters = spread(self.params["W"], self.dilation)
            z = written(filters, self.params["b"], self.stride, self.padding).forward(x)
            places = zip(x.shape[2:], filters.shape[2:], strict=True)
            sides = [output_size(side, window, self.stride, self.padding) for side, window in places]
            return returned.array(z, (len(x), len(filters), *sides)).astype(x.dtype, copy=False)

        def backward(self, dout: np.ndarray) -> np.ndarray | None:
            super().forward(self._x)
            return super().backward(dout)

    return {layers.Convolution: Yours}


def spread(W: np.ndarray, dilation: int) -> np.ndarray:
    """Inserts ``dilation`` − 1 zeros between neighbouring cells of the filters W (FN, C, FH, FW)."""
    if dilation == 1:
        return W
    filters, channels, *window = W.shape
    spread = np.zeros((filters, channels, *(dilation * (side - 1) + 1 for side in window)), W.dtype)
    spread[:, :, ::dilation, ::dilation] = W
    return spread


EXERCISE = Exercise(
    id="convolution",
    order=3,
    title=Text("Convolution: the layer, forward"),
    task=Text(
        "Write the pass forward of the layer: each filter is laid on each window, its products with all channels are "
        "summed, and its bias is added. Loops will do; whoever wants one product of matrices is given im2col."
    ),
    name="Convolution",
    blank=Text(
        '''class Convolution:
    """W (FN, C, FH, FW), b (FN,): FN filters, C channels.

    im2col(x, FH, FW, stride, pad) -> (N*OH*OW, C*FH*FW)
    is given.
    """

    def __init__(self, W, b, stride=1, pad=0):
        self.W = W
        self.b = b
        self.stride = stride
        self.pad = pad

    def forward(self, x):
        """(N, C, H, W) -> (N, FN, OH, OW)"""
'''
    ),
    use=_use,
    reference=_Ours,
    given=lambda: {"im2col": im2col},
    counts={"im2col": counts.of_im2col},
    checks=(
        Check(Text("with the numbers of the stage")),
        Check(
            Text("a filter that is not symmetrical, and a bias"),
            lambda: _drawn(1, 1, (5, 5), 1, (2, 3)),
        ),
        Check(Text("three channels"), lambda: _drawn(1, 3, (5, 4), 1, (2, 3)), hint=1),
        Check(Text("five filters over two pictures"), lambda: _drawn(2, 3, (7, 4), 5, (2, 1))),
        Check(Text("stride 2"), lambda: _drawn(1, 2, (9, 7), 5, (3, 2), stride=2)),
        Check(
            Text("padding 1, and all of it together"),
            lambda: _drawn(3, 2, (9, 11), 4, (3, 3), stride=2, pad=1),
        ),
    ),
    hints=(
        Text("How large is the output? Begin with an array of zeros of that shape, and fill it cell by cell."),
        Text("For one cell: cut the window out of all channels, multiply it with the filter, and sum everything up."),
        Text(
            "With im2col the filters become columns (C*FH*FW, FN). The result (N*OH*OW, FN) has filters last: turn it."
        ),
    ),
    ours=(convolve, layers.Convolution),
    mistakes=(
        Mistake(
            "turned",
            _Turned,
            Text(
                "This is convolution as in mathematics, with filters turned by 180°. Networks leave them as they are."
            ),
        ),
        Mistake("no_bias", _WithoutBias, Text("You get exactly these numbers without the bias.")),
        Mistake(
            "bias_for_each",
            _BiasForEachChannel,
            Text("The bias was added once for each channel. A filter has one."),
        ),
        Mistake(
            "first_channel",
            _FirstChannelOnly,
            Text("Only the first channel counts here."),
        ),
        Mistake(
            "axes",
            _AxesMixed,
            Text("All numbers are right, but in the wrong places: what varied fastest was the filter."),
        ),
        Mistake(
            "filters_mixed",
            _FiltersMixed,
            Text(
                "The numbers of the filters are mixed: reshape fills row by row, so each filter has to be a row "
                "first, and then all are turned."
            ),
        ),
        Mistake(
            "channels_last",
            _ChannelsLast,
            Text("The filters' numbers stand in another order than those of im2col: one channel after the other."),
        ),
        Mistake("rows_for_columns", _RowsForColumns, Text("Rows and columns of the output have changed places.")),
        Mistake(
            "no_stride",
            _WithoutStride,
            Text("The size is right, but each window begins one cell after the other: stride moves them, too."),
        ),
    ),
    by_hand=ByHand(
        Text("x = (1 2 3; 4 5 6; 7 8 9), W = (1 0; 0 −2), b = 3, stride 1. What is Z[0,0,1,0]?"),
        lambda: {"x": [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]], "W": [[[[1, 0], [0, -2]]]], "b": [3]},
        "Z",
        (0, 0, 1, 0),
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    works_in=("convolution", "filters", "cnn"),
    at_work=_at_work,
)
