"""Exercise: the batch normalization layer, forward and backward; the hardest of the layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.exercises.normalizing import Ours, at_work, drawn
from engine.exercises.normalizing import on_stage as numbers_of_the_bench
from engine.nn import layers


class _Faulty(Ours):
    """Base of layers with a common mistake: gives the parts of the backward pass, which a subclass combines wrongly."""

    def pieces(self, dout: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The gradient with respect to x̂, then x̂ itself and σ; also sets dgamma and dbeta."""
        super().backward(dout)
        return dout * self.layer.params["gamma"], self.layer._normalized, self.layer._deviation


class _Fixed(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        down, _, deviation = self.pieces(dout)
        return down / deviation


class _FixedSpread(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        down, _, deviation = self.pieces(dout)
        return (down - down.mean(axis=0)) / deviation


class _FixedMean(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        down, normalized, deviation = self.pieces(dout)
        return (down - normalized * (down * normalized).mean(axis=0)) / deviation


class _WithoutGamma(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        self.pieces(dout)
        return np.asarray(self.layer.backward(dout) / self.layer.params["gamma"])


class _Averaged(Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        dx = super().backward(dout)
        self.dgamma, self.dbeta = self.dgamma / len(dout), self.dbeta / len(dout)
        return dx


class _SumsForMeans(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        down, normalized, deviation = self.pieces(dout)
        return (down - down.sum(axis=0) - normalized * (down * normalized).sum(axis=0)) / deviation


class _GammaOfInput(Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        self._x = x
        return super().forward(x, train_flg)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        dx = super().backward(dout)
        self.dgamma = (dout * self._x).sum(axis=0)
        return dx


class _SpreadTurned(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        down, normalized, deviation = self.pieces(dout)
        return (down - down.mean(axis=0) + normalized * (down * normalized).mean(axis=0)) / deviation


class _MeanTurned(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        down, normalized, deviation = self.pieces(dout)
        return (down + down.mean(axis=0) - normalized * (down * normalized).mean(axis=0)) / deviation


class _SpreadTwice(_Faulty):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        down, normalized, deviation = self.pieces(dout)
        return (down - down.mean(axis=0) - 2 * normalized * (down * normalized).mean(axis=0)) / deviation


class _Exchanged(Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        dx = super().backward(dout)
        self.dgamma, self.dbeta = self.dbeta, self.dgamma
        return dx


class _OverFeatures(Ours):
    def backward(self, dout: np.ndarray) -> np.ndarray:
        dx = super().backward(dout)
        self.dgamma, self.dbeta = np.sum(self.layer._normalized * dout, axis=1), np.sum(dout, axis=1)
        return dx


def _use(written: Any, x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, dout: np.ndarray) -> Values:
    layer = written(gamma, beta)
    yield "Z", layer.forward(x)
    dx = layer.backward(dout)
    yield "dX", dx
    yield "dγ", layer.dgamma
    yield "dβ", layer.dbeta


def _differences(
    written: Any, x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, dout: np.ndarray
) -> Mapping[str, Any]:
    """∂/∂x, ∂/∂γ and ∂/∂β of Σ dout·forward(x), by central differences."""

    def total(_: np.ndarray) -> float:
        return float(np.sum(dout * written(gamma, beta).forward(x)))

    return {
        "dX": numerical_gradient(total, x), "dγ": numerical_gradient(total, gamma),
        "dβ": numerical_gradient(total, beta),
    }  # fmt: skip


def _on_stage(params: Any) -> Inputs | None:
    found = numbers_of_the_bench(params)
    # No gradient stands there: a loss that looks at one sample after the other with growing weight.
    return None if found is None else {**found, "dout": [[float(n)] for n in range(1, len(params.x) + 1)]}


def _drawn(samples: int, features: int) -> Inputs:
    chance = np.random.default_rng(features)
    return {**drawn(samples, features), "dout": chance.normal(size=(samples, features))}


def _alike() -> Inputs:
    return {**drawn(4, 2), "dout": np.full((4, 2), 3.0)}


EXERCISE = Exercise(
    id="batch_norm_backward",
    order=2,
    title=Text("Batch normalization, the way back"),
    task=Text(
        "Write the whole layer for training, with its way back: backward keeps dgamma and dbeta and gives the gradient "
        "of x. A number of x moves its own result, and through μ and σ those of all samples."
    ),
    name="BatchNormalization",
    blank=Text(
        '''class BatchNormalization:
    """x (N, D): N samples of D features; gamma, beta (D,)"""

    def __init__(self, gamma, beta, momentum=0.9, eps=1e-7):
        self.gamma = gamma
        self.beta = beta
        self.momentum = momentum
        self.eps = eps
        self.running_mean = np.zeros(gamma.shape)
        self.running_var = np.ones(gamma.shape)

    def forward(self, x, train_flg=True):
        """(N, D) -> (N, D), as you wrote it before"""

    def backward(self, dout):
        """(N, D) -> (N, D); keep dgamma and dbeta, (D,)"""
'''
    ),
    use=_use,
    reference=Ours,
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("the gradients of γ and β"), lambda: _drawn(4, 3), ("dγ", "dβ")),
        Check(Text("the gradient of x"), lambda: _drawn(4, 3)),
        Check(
            Text("all three against central differences of your forward"),
            lambda: _drawn(5, 3),
            ("dX", "dγ", "dβ"),
            "differences",
        ),
        Check(Text("where dout is the same everywhere, dX is 0"), _alike),
        Check(Text("two samples, five features"), lambda: _drawn(2, 5)),
        Check(Text("with the numbers of the stage, dout = 1, 2, 3 …")),
    ),
    hints=(
        Text(
            "Draw it as a graph of small steps: mean, difference, square, mean, root, division. Each goes back alone."
        ),
        Text("A mean sends dout/N back to every sample. What was used in two places gets the sum of both."),
        Text(
            "Of the gradient of x̂ two parts are taken away: its mean over the batch, and the part that lies along x̂. "
            "Then it is divided by σ."
        ),
    ),
    ours=(layers.BatchNormalization,),
    mistakes=(
        Mistake(
            "fixed",
            _Fixed,
            Text("μ and σ are taken for fixed numbers. They move with every x."),
        ),
        Mistake(
            "fixed_spread",
            _FixedSpread,
            Text("The way through σ is missing."),
        ),
        Mistake("fixed_mean", _FixedMean, Text("The way through μ is missing.")),
        Mistake("no_gamma", _WithoutGamma, Text("On its way to x̂ the gradient passes γ.")),
        Mistake(
            "averaged",
            _Averaged,
            Text("The gradients of γ and β are divided by N here. The loss does that, once."),
        ),
        Mistake(
            "sums",
            _SumsForMeans,
            Text("What is taken away is N times too much: each sample has one Nth of a share in μ and σ."),
        ),
        Mistake(
            "of_input",
            _GammaOfInput,
            Text("γ multiplies x̂, and not x."),
        ),
        Mistake(
            "spread_turned",
            _SpreadTurned,
            Text("The way through σ has the wrong sign: a larger σ makes the result smaller."),
        ),
        Mistake("mean_turned", _MeanTurned, Text("The way through μ has the wrong sign: μ is taken away.")),
        Mistake("spread_twice", _SpreadTwice, Text("The way through σ counts twice: the root halves the slope of σ².")),
        Mistake("exchanged", _Exchanged, Text("dgamma and dbeta have changed places.")),
        Mistake(
            "over_features",
            _OverFeatures,
            Text("It was summed over the features of a sample. γ and β belong to a feature, and all samples use them."),
        ),
    ),
    differences=_differences,
    by_hand=ByHand(
        Text("Two features, x = (1 5; 3 9), γ = (1 1), and dout = (2 4; −3 6). What is dβ[1]?"),
        lambda: {"x": [[1, 5], [3, 9]], "gamma": [1, 1], "beta": [0, 0], "dout": [[2, 4], [-3, 6]]},
        "dβ",
        (1,),
    ),
    on_stage=_on_stage,
    stage={"view": "bench"},
    works_in=("batch_norm", "layers"),
    works_with={"batch_norm": {"view": "train"}, "layers": {"layer": "batch_norm"}},
    at_work=lambda written: at_work(written, with_backward=True),
)
