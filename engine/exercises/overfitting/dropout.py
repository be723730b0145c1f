"""Exercise: a dropout layer in the book's form, with random masks in training and a constant factor in a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import counts, returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn import layers
from engine.nn.mistaken_layers import DropoutByRatio

_BEHIND: dict[str, np.random.Generator] = {"rand": np.random.default_rng(0)}
"""The random generator that ``rand`` uses; in a run it is the experiment's own."""
_DRAWS = 10
"""The number of random masks over which the output is averaged for the comparison."""


def _rand(*shape: int) -> np.ndarray:
    return _BEHIND["rand"].random(shape)


class _Ours(layers.Dropout):
    """The engine's dropout layer with the book's interface."""

    def __init__(self, dropout_ratio: float = 0.5) -> None:
        super().__init__(dropout_ratio, np.random.default_rng(0))

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        return super().forward(x, train_flg)


class _ByRatio(DropoutByRatio):
    def __init__(self, dropout_ratio: float = 0.5) -> None:
        super().__init__(dropout_ratio, np.random.default_rng(0))


class _UnscaledTest(_Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        z = super().forward(x, train_flg)
        return z if train_flg else x.copy()


class _Inverted(_Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        z = super().forward(x, train_flg)
        return z / (1.0 - self.ratio) if train_flg else x.copy()


class _Turned(_Ours):
    def __init__(self, dropout_ratio: float = 0.5) -> None:
        super().__init__(1.0 - dropout_ratio)
        self._asked = dropout_ratio

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        z = super().forward(x, train_flg)
        return z if train_flg else x * (1.0 - self._asked)


class _OneMaskForEver(_Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        kept = self.mask if self.mask is not None and self.mask.shape == x.shape else None
        z = super().forward(x, train_flg)
        if not train_flg or kept is None:
            return z
        self.mask = kept
        return np.asarray(x * kept)


class _MaskForgotten(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout.copy()


class _FixedRatio(_Ours):
    def __init__(self, dropout_ratio: float = 0.5) -> None:
        super().__init__(0.5)
        self._asked = dropout_ratio

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        z = super().forward(x, train_flg)
        return z if train_flg else x * (1.0 - self._asked)


class _BackTurned(_Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        return dout - super().backward(dout)


def _use(written: Any, x: np.ndarray, dout: np.ndarray, ratio: float) -> Values:
    """Outputs that do not depend on the random mask.

    Z and dX are compared at the cells that are passed on; dropped cells are replaced by known values. Shares of cells
    and means are rounded to one decimal.
    """
    _BEHIND["rand"] = np.random.default_rng(0)  # as the generator of the reference and of the mistakes
    layer = written(ratio)
    yield "Z(test)", layer.forward(x, False)
    z = layer.forward(x, True)
    if not isinstance(z, np.ndarray) or z.shape != x.shape:
        yield "Z", z
        return
    passed = z != 0
    yield "Z", np.where(passed, z, x)
    yield "p", round(1.0 - float(np.mean(passed)), 1)
    if layer.mask is None:
        yield "M", None
    mask = np.asarray(layer.mask, dtype=float)
    yield "M", mask - passed if mask.shape == passed.shape else mask
    back = layer.backward(dout)
    if not isinstance(back, np.ndarray) or back.shape != x.shape:
        yield "dX", back
        return
    yield "dX", np.where(passed, back, dout)
    yield "dX·(1−M)", np.where(passed, 0.0, back)
    yield "M≠M′", round(float(np.mean((layer.forward(x, True) != 0) != passed)), 1)
    mean = np.mean([layer.forward(x, True) for _ in range(_DRAWS)])
    yield "mean", round(float(mean / np.mean(x)), 1)


def _drawn(ratio: float, *shape: int) -> Inputs:
    chance = np.random.default_rng(len(shape))
    return {"x": 1.0 + chance.random(shape), "dout": 1.0 + chance.random(shape), "ratio": ratio}


def _few() -> Inputs:
    return {"x": [[1.0, 2.0, -3.0, 4.0]], "dout": [[1.0, 1.0, 1.0, 1.0]], "ratio": 0.2}


def _at_work(written: Any) -> Mapping[Any, Any]:
    class Yours(layers.Dropout):
        """The learner's layer with the engine's interface; ``rand`` draws from the layer's own generator."""

        def __init__(self, ratio: float, random: np.random.Generator) -> None:
            super().__init__(ratio, random)
            self._written = written(ratio)

        def forward(self, x: np.ndarray, training: bool = True) -> np.ndarray:
            _BEHIND["rand"] = self.random
            z = returned.array(self._written.forward(x, training), x.shape).astype(x.dtype, copy=False)
            self.mask = returned.array(self._written.mask, x.shape, "mask").astype(bool) if training else None
            return z

        def backward(self, dout: np.ndarray) -> np.ndarray:
            if self.mask is None:  # after a test, of which the exercise asks no way back
                return super().backward(dout)
            return returned.array(self._written.backward(dout), dout.shape).astype(dout.dtype, copy=False)

    return {layers.Dropout: Yours}


EXERCISE = Exercise(
    id="dropout",
    order=2,
    title=Text("Dropout: leaving cells out by chance"),
    task=Text(
        "Write the layer. While training, each call draws a new mask, and what it leaves out is 0; in a test all cells "
        "pass, multiplied by the share that training lets through, so that the mean stays."
    ),
    name="Dropout",
    blank=Text(
        '''class Dropout:
    """rand(N, D) is given: numbers from 0 to 1, any shape"""

    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio = dropout_ratio  # left out
        self.mask = None  # True where a cell passed

    def forward(self, x, train_flg=True):
        """-> the same shape"""

    def backward(self, dout):
        """after a pass in training: -> the gradient of x"""
'''
    ),
    use=_use,
    names={"Z(test)": Text("Z(test)"), "mean": Text("mean")},
    reference=_Ours,
    given=lambda: {"rand": _rand},
    counts={"rand": counts.of_shape},
    checks=(
        Check(
            Text("in training, what passes stays as it is"),
            lambda: _drawn(0.3, 100, 100),
            ("Z",),
        ),
        Check(Text("in a test, every cell times the same factor"), _few, ("Z(test)",)),
        Check(
            Text("the share p that is left out: 0.3 of 10,000 cells"), lambda: _drawn(0.3, 100, 100), ("p", "M"), hint=1
        ),
        Check(
            Text("the gradient passes where the cell passed"), lambda: _drawn(0.3, 100, 100), ("dX", "dX·(1−M)"), hint=2
        ),
        Check(Text("every call draws a new mask M′"), lambda: _drawn(0.3, 100, 100), ("M≠M′",), hint=1),
        Check(
            Text("the mean of many masks, for images (N, C, H, W)"),
            lambda: _drawn(0.5, 10, 3, 10, 10),
        ),
    ),
    hints=(
        Text("A number drawn from 0 to 1 is above 0.3 with a chance of 0.7."),
        Text("A comparison of random numbers in the shape of x with the ratio gives the mask at once."),
        Text("backward does with dout what forward did with x, with the same mask. x.shape is unpacked by *."),
    ),
    ours=(layers.Dropout,),
    mistakes=(
        Mistake(
            "by_ratio",
            _ByRatio,
            Text("In the test the share that is left out counts here. It is the share that passes that counts."),
        ),
        Mistake(
            "unscaled",
            _UnscaledTest,
            Text("In the test the sums grow: while training, only a part of all cells came through."),
        ),
        Mistake(
            "inverted",
            _Inverted,
            Text("This is the form of most libraries, which scale while training. The book scales in the test."),
        ),
        Mistake("turned", _Turned, Text("Just those that should stay are left out.")),
        Mistake(
            "one_mask",
            _OneMaskForEver,
            Text("The same cells are left out in every call."),
        ),
        Mistake(
            "mask_forgotten",
            _MaskForgotten,
            Text("Cells that were left out get a gradient too, though they did nothing."),
        ),
        Mistake("fixed_ratio", _FixedRatio, Text("Half of the cells is left out, whatever dropout_ratio is.")),
        Mistake("back_turned", _BackTurned, Text("The gradient passed just where the cell was left out.")),
    ),
    by_hand=ByHand(
        Text("x = (1 2 −3 4), a ratio of 0.2 is left out. What is Z(test)[0,3]?"),
        _few,
        "Z(test)",
        (0, 3),
    ),
    stage={"dropout": 0.2},
    works_in=("overfitting", "layers"),
    works_with={"layers": {"layer": "dropout"}},
    at_work=_at_work,
)
