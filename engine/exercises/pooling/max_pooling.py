"""Exercise: max pooling as a layer, forward and backward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn import layers
from engine.nn.im2col import output_size


class _Faulty:
    """Base of max pooling layers with a mistake, computed window by window.

    A subclass overrides ``of``, which gives a window's output, or ``shares``, the distribution of its gradient over its
    cells. If ``added``, a cell in several windows gets the sum of their gradients, else the last one.
    """

    added = True

    def __init__(self, pool_h: int, pool_w: int, stride: int = 1) -> None:
        self.height, self.width, self.stride = pool_h, pool_w, stride

    def of(self, window: np.ndarray) -> float:
        return float(np.max(window))

    def shares(self, window: np.ndarray) -> np.ndarray:
        first = np.zeros(window.shape)
        first.flat[int(np.argmax(window))] = 1.0
        return first

    def forward(self, x: np.ndarray) -> np.ndarray:
        down, across = (
            output_size(side, window, self.stride)
            for side, window in zip(x.shape[2:], (self.height, self.width), strict=True)
        )
        self._x, z = x, np.zeros((*x.shape[:2], down, across))
        for place in np.ndindex(z.shape):
            z[place] = self.of(x[self._where(place)])
        return z

    def backward(self, dout: np.ndarray) -> np.ndarray:
        back = np.zeros(self._x.shape)
        for place in np.ndindex(dout.shape):
            where = self._where(place)
            share = self.shares(self._x[where]) * dout[place]
            back[where] = back[where] + share if self.added else np.where(share != 0, share, back[where])
        return back

    def _where(self, place: tuple[int, ...]) -> tuple[int, int, slice, slice]:
        sample, channel, row, column = place
        top, left = row * self.stride, column * self.stride
        return sample, channel, slice(top, top + self.height), slice(left, left + self.width)


class _AllWinners(_Faulty):
    def shares(self, window: np.ndarray) -> np.ndarray:
        return (window == np.max(window)).astype(float)


class _LastWins(_Faulty):
    def shares(self, window: np.ndarray) -> np.ndarray:
        return super().shares(window[::-1, ::-1])[::-1, ::-1]


class _Overwritten(_Faulty):
    added = False


class _SharedByAll(_Faulty):
    def shares(self, window: np.ndarray) -> np.ndarray:
        return np.full(window.shape, 1.0 / window.size)


class _Mean(_Faulty):
    def of(self, window: np.ndarray) -> float:
        return float(np.mean(window))


class _UpstreamForgotten(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return super().backward(np.ones_like(dout))


class _Smallest(_Faulty):
    def of(self, window: np.ndarray) -> float:
        return float(np.min(window))


class _NotBelowZero(_Faulty):
    def of(self, window: np.ndarray) -> float:
        return max(0.0, float(np.max(window)))


class _Sums(_Faulty):
    def of(self, window: np.ndarray) -> float:
        return float(np.sum(window))


class _RowsForColumns(_Faulty):
    def forward(self, x: np.ndarray) -> np.ndarray:
        return super().forward(x).transpose(0, 1, 3, 2)


class _WithoutStride(_Faulty):
    """A mistake: the output has the size that the stride gives, but neighbouring windows are one cell apart."""

    def _where(self, place: tuple[int, ...]) -> tuple[int, int, slice, slice]:
        sample, channel, top, left = place
        return sample, channel, slice(top, top + self.height), slice(left, left + self.width)


class _SentBackTurned(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return -super().backward(dout)


def _use(written: Any, x: np.ndarray, dout: np.ndarray, pool_h: int = 2, pool_w: int = 2, stride: int = 2) -> Values:
    layer = written(pool_h, pool_w, stride)
    yield "Z", layer.forward(x)
    yield "dX", layer.backward(dout)


def _differences(
    written: Any, x: np.ndarray, dout: np.ndarray, pool_h: int = 2, pool_w: int = 2, stride: int = 2
) -> Mapping[str, Any]:
    """∂/∂x of Σ dout·forward(x), by central differences; no two cells of x may be closer than the step."""

    def total(_: np.ndarray) -> float:
        return float(np.sum(dout * written(pool_h, pool_w, stride).forward(x)))

    return {"dX": numerical_gradient(total, x)}


def _on_stage(params: Any) -> Inputs | None:
    if params.source != "own" or params.kind != "max" or params.pad:
        return None
    ones = np.ones((1, 1, params.outputs, params.outputs))
    return {"x": [[[list(row) for row in params.numbers]]], "dout": ones.tolist(),
            "pool_h": params.window, "pool_w": params.window, "stride": params.stride}  # fmt: skip


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "walk", "selected": place[2:]} if quantity == "Z" else {"view": "gradient"}


def _drawn(shape: tuple[int, int, int, int], outputs: tuple[int, int], **asked: int) -> Inputs:
    chance = np.random.default_rng(len(asked))
    return {
        "x": chance.permutation(int(np.prod(shape))).reshape(shape).astype(float),
        "dout": chance.normal(size=(*shape[:2], *outputs)), **asked,
    }  # fmt: skip


def _with_ties() -> Inputs:
    return {"x": [[[[7.0, 7.0, 1.0, 2.0], [7.0, 0.0, 2.0, 2.0]]]], "dout": [[[[3.0, 5.0]]]]}


def _below_zero() -> Inputs:
    return {"x": [[[[-3.0, -1.0], [-2.0, -4.0]]]], "dout": [[[[2.0]]]]}


def _overlapping() -> Inputs:
    x = [[[[1.0, 2.0, 3.0], [4.0, 9.0, 5.0], [6.0, 7.0, 8.0]]]]
    return {"x": x, "dout": [[[[1.0, 2.0], [4.0, 8.0]]]], "pool_h": 2, "pool_w": 2, "stride": 1}


def _at_work(written: Any) -> Mapping[Any, Any]:
    class Yours(layers.MaxPooling):
        """The learner's layer with the engine's interface; padding is added first, with a value that is never the
        maximum.
        """

        def __init__(self, height: int, width: int, stride: int = 1, padding: int = 0) -> None:
            super().__init__(height, width, stride, padding)
            self._written = written(height, width, stride)

        def forward(self, x: np.ndarray) -> np.ndarray:
            around = ((0, 0), (0, 0), (self.padding,) * 2, (self.padding,) * 2)
            self._padded = np.pad(x, around, constant_values=-np.inf)
            windows = zip(self._padded.shape[2:], (self.height, self.width), strict=True)
            shape = (*x.shape[:2], *(output_size(side, window, self.stride) for side, window in windows))
            return returned.array(self._written.forward(self._padded), shape)

        def backward(self, dout: np.ndarray) -> np.ndarray:
            inside = slice(self.padding, -self.padding or None)
            return returned.array(self._written.backward(dout), self._padded.shape)[:, :, inside, inside]

    return {layers.MaxPooling: Yours}


EXERCISE = Exercise(
    id="max_pooling",
    order=1,
    title=Text("Max pooling, forward and back"),
    task=Text(
        "Write the layer. Of every window the largest number goes on; its gradient comes back to that one cell, the "
        "first in reading order if several are equal, and a cell that wins in several windows gets the sum."
    ),
    name="MaxPooling",
    blank=Text(
        '''class MaxPooling:
    """x (N, C, H, W), each channel by itself, no padding"""

    def __init__(self, pool_h, pool_w, stride=1):
        self.pool_h = pool_h
        self.pool_w = pool_w
        self.stride = stride

    def forward(self, x):
        """(N, C, H, W) -> (N, C, OH, OW)"""

    def backward(self, dout):
        """(N, C, OH, OW) -> (N, C, H, W)"""
'''
    ),
    use=_use,
    reference=layers.MaxPooling,
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("numbers below 0"), _below_zero),
        Check(
            Text("forward and back, two pictures of three channels"),
            lambda: _drawn((2, 3, 8, 10), (4, 5), stride=2),
        ),
        Check(Text("windows that overlap"), _overlapping, hint=2),
        Check(Text("cells that are equal"), _with_ties, hint=1),
        Check(Text("backward, with the numbers of the stage"), hint=0),
        Check(
            Text("backward against central differences of your forward"),
            lambda: _drawn((1, 2, 5, 6), (2, 3), pool_h=3, pool_w=2, stride=2),
            ("dX",),
            "differences",
        ),
        Check(
            Text("a stride that does not divide"),
            lambda: _drawn((2, 3, 13, 18), (4, 6), pool_h=3, pool_w=2, stride=3),
        ),
    ),
    hints=(
        Text("backward has to know which cell won in each window. What of forward must be kept for that?"),
        Text("np.argmax gives the first of equal cells, as a number in the flattened window."),
        Text("Begin backward with zeros in the shape of x, and add to the winners, window by window."),
    ),
    ours=(layers.MaxPooling,),
    mistakes=(
        Mistake(
            "all_winners",
            _AllWinners,
            Text("All that are equal got the whole gradient. There is one of it, for the first."),
        ),
        Mistake("last_wins", _LastWins, Text("Of equal cells the last one wins here.")),
        Mistake(
            "overwritten",
            _Overwritten,
            Text("Of what several windows send back to a cell, only the last is left."),
        ),
        Mistake(
            "shared",
            _SharedByAll,
            Text("All cells of a window share the gradient: that is average pooling."),
        ),
        Mistake("mean", _Mean, Text("These are the means of the windows.")),
        Mistake(
            "upstream",
            _UpstreamForgotten,
            Text("The winners are right, but what comes back to each is always 1."),
        ),
        Mistake(
            "smallest",
            _Smallest,
            Text("These are the smallest numbers of the windows. It is the largest that goes on."),
        ),
        Mistake(
            "not_below_zero",
            _NotBelowZero,
            Text("Where all numbers of a window are below 0, a 0 won that is not in it."),
        ),
        Mistake("sums", _Sums, Text("These are the sums of the windows. The largest number alone goes on.")),
        Mistake("rows_for_columns", _RowsForColumns, Text("Rows and columns of the output have changed places.")),
        Mistake(
            "no_stride",
            _WithoutStride,
            Text("The size is right, but each window begins one cell after the other: stride moves them, too."),
        ),
        Mistake(
            "sign",
            _SentBackTurned,
            Text("All gradients have the other sign. The step downhill is taken by the optimizer, not here."),
        ),
    ),
    differences=_differences,
    by_hand=ByHand(
        Text("x = (1 2 3; 4 9 5; 6 7 8), windows of 2 × 2, stride 1, dout = (1 2; 4 8). What is dX[0,0,1,1]?"),
        _overlapping,
        "dX",
        (0, 0, 1, 1),
    ),
    on_stage=_on_stage,
    stage={"source": "own", "view": "walk"},
    shown_at=_shown_at,
    works_in=("pooling",),
    at_work=_at_work,
)
