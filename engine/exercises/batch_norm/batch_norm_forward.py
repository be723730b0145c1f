"""Batch normalization, forward: with the batch's own statistics while training, and with running ones in a test."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.exercises.normalizing import EPSILON, Ours, at_work, drawn, on_stage
from engine.nn import layers


class _OneMeanForAll(Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        super().forward(x, train_flg)
        normalized = (x - np.mean(x)) / np.sqrt(np.var(x) + EPSILON)
        return self.layer.params["gamma"] * normalized + self.layer.params["beta"]


class _ByVariance(Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        super().forward(x, train_flg)
        normalized = (x - np.mean(x, axis=0)) / (np.var(x, axis=0) + EPSILON)
        return self.layer.params["gamma"] * normalized + self.layer.params["beta"]


class _OfASample(Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        super().forward(x, train_flg)
        normalized = (x - np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0, ddof=1) + EPSILON)
        return self.layer.params["gamma"] * normalized + self.layer.params["beta"]


class _OwnStatisticsInTest(Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        if train_flg:
            return super().forward(x)
        running = self.layer.running_mean, self.layer.running_variance
        z = super().forward(x)
        self.layer.running_mean, self.layer.running_variance = running
        return z


class _SharesTurned(Ours):
    def __init__(self, gamma: np.ndarray, beta: np.ndarray, momentum: float = 0.9) -> None:
        super().__init__(gamma, beta, 1.0 - momentum)


class _TestsLearn(Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        z = super().forward(x, train_flg)
        if not train_flg:
            super().forward(x)
        return z


def _use(
    written: Any, x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, momentum: float = 0.9, more: Any = None
) -> Values:
    """A pass in training, another one with ``more`` where there is more, and two in a test."""
    layer = written(gamma, beta, momentum)
    yield "Z", layer.forward(x)
    if more is not None:
        layer.forward(more)
    yield "running_mean", np.array(layer.running_mean)
    yield "running_var", np.array(layer.running_var)
    yield "Z(test)", layer.forward(x, False)
    yield "running_mean′", np.array(layer.running_mean)


def _standing_still() -> Inputs:
    return {"x": [[3.0, 1.0], [3.0, 2.0]], "gamma": [2.0, 1.0], "beta": [0.5, 0.0]}


EXERCISE = Exercise(
    id="batch_norm_forward",
    order=1,
    title=Text("Batch normalization, forward", "Batch Normalization：正向"),
    task=Text(
        "Write the pass forward. In training each feature is normalized by the batch's own μ and σ² (divided by N, "
        "with ε under the root), scaled by γ and shifted by β, and the running values keep a share, momentum, "
        "of themselves; in a test the running values are used and stay.",
        "写出正向。训练时，每个特征用这一批的 μ 和 σ²（除以 N，ε 放在根号里）归一化，再乘 γ、加 β，"
        "滑动值保留自己的 momentum 那一份；测试时用滑动值，而且不改它。",
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
        """(N, D) -> (N, D)"""
''',
        '''class BatchNormalization:
    """x (N, D)：N 个样本，D 个特征；gamma、beta (D,)"""

    def __init__(self, gamma, beta, momentum=0.9, eps=1e-7):
        self.gamma = gamma
        self.beta = beta
        self.momentum = momentum
        self.eps = eps
        self.running_mean = np.zeros(gamma.shape)
        self.running_var = np.ones(gamma.shape)

    def forward(self, x, train_flg=True):
        """(N, D) -> (N, D)"""
''',
    ),
    use=_use,
    names={"Z(test)": Text("Z(test)", "Z（测试）")},
    reference=Ours,
    checks=(
        Check(Text("training, with the numbers of the stage", "训练时，用画面上的数"), quantities=("Z",)),
        Check(Text("four features, each by itself", "4 个特征，各算各的"), lambda: drawn(5, 4), ("Z",)),
        Check(
            Text("the running values after one batch", "一批之后的滑动值"),
            lambda: drawn(6, 3),
            ("running_mean", "running_var"),
        ),
        Check(
            Text("the running values after two batches", "两批之后的滑动值"),
            lambda: {**drawn(6, 3), "more": drawn(4, 3)["x"]},
            ("running_mean", "running_var"),
        ),
        Check(Text("in a test, which changes nothing", "测试时，什么都不改"), lambda: drawn(6, 3)),
        Check(Text("another momentum", "别的 momentum"), lambda: drawn(6, 2, momentum=0.6)),
        Check(Text("a feature that is always the same", "一个从不变化的特征"), _standing_still),
    ),
    hints=(
        Text("A feature is a column. Along which axis is its mean taken?", "一个特征是一列。求它的平均，要沿哪一维？"),
        Text(
            "After normalizing, each column has mean 0 and standard deviation 1; then come γ and β.",
            "归一化之后，每列的均值是 0，标准差是 1，然后才轮到 γ 和 β。",
        ),
        Text(
            "Running values: momentum times the old one, and the rest, 1 − momentum, of what this batch has.",
            "滑动值：旧值占 momentum，其余的 1 − momentum 来自这一批。",
        ),
    ),
    ours=(layers.BatchNormalization,),
    mistakes=(
        Mistake(
            "one_mean",
            _OneMeanForAll,
            Text("All features share one mean and one spread here.", "所有特征共用了一个均值和一个方差。"),
        ),
        Mistake(
            "by_variance",
            _ByVariance,
            Text("It is divided by the variance here, and not by its root.", "除的是方差，没有开平方。"),
        ),
        Mistake(
            "of_a_sample",
            _OfASample,
            Text("The variance is divided by N − 1 here. In the book it is N.", "方差除以了 N − 1，书里除以 N。"),
        ),
        Mistake(
            "own_in_test",
            _OwnStatisticsInTest,
            Text("The test uses the batch's own statistics.", "测试时用了这一批自己的均值和方差。"),
        ),
        Mistake(
            "shares",
            _SharesTurned,
            Text(
                "The two shares are exchanged: the running values hardly remember.",
                "两个比例调换了：滑动值几乎不记得过去。",
            ),
        ),
        Mistake("tests_learn", _TestsLearn, Text("A test moves the running values.", "测试改动了滑动值。")),
    ),
    by_hand=ByHand(
        Text(
            "One feature, x = (2; 4; 6; 8), momentum 0.9; running_mean begins at 0. What is running_mean[0] after this "
            "batch?",
            "只有一个特征，x = (2; 4; 6; 8)，momentum 是 0.9，running_mean 从 0 开始。这一批之后，running_mean[0] "
            "是多少？",
        ),
        lambda: {"x": [[2], [4], [6], [8]], "gamma": [1], "beta": [0]},
        "running_mean",
        (0,),
    ),
    on_stage=on_stage,
    stage={"view": "bench"},
    works_in=("batch_norm", "layers"),
    works_with={"batch_norm": {"view": "train"}, "layers": {"layer": "batch_norm"}},
    at_work=lambda written: at_work(written, with_backward=False),
)
