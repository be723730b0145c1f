"""Exercise: the forward pass of batch normalization, with the batch's statistics in training, running ones in tests."""

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


class _Normalized(Ours):
    """Base of layers with a common mistake: in training, a subclass normalizes (``of``) or scales (``scaled``) wrongly.

    In a test the output is the engine's.
    """

    def of(self, x: np.ndarray) -> np.ndarray:
        return np.asarray((x - np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0) + EPSILON))

    def scaled(self, normalized: np.ndarray) -> np.ndarray:
        return self.layer.params["gamma"] * normalized + self.layer.params["beta"]

    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        z = super().forward(x, train_flg)
        return self.scaled(self.of(x)) if train_flg else z


class _Bare(_Normalized):
    def scaled(self, normalized: np.ndarray) -> np.ndarray:
        return normalized


class _ShiftedFirst(_Normalized):
    def scaled(self, normalized: np.ndarray) -> np.ndarray:
        return self.layer.params["gamma"] * (normalized + self.layer.params["beta"])


class _Turned(_Normalized):
    def of(self, x: np.ndarray) -> np.ndarray:
        return -super().of(x)


class _NotCentred(_Normalized):
    def of(self, x: np.ndarray) -> np.ndarray:
        return np.asarray(x / np.sqrt(np.var(x, axis=0) + EPSILON))


class _OverFeatures(_Normalized):
    def of(self, x: np.ndarray) -> np.ndarray:
        return np.asarray((x - np.mean(x, axis=1)) / np.sqrt(np.var(x, axis=1) + EPSILON))


class _OverFeaturesOfEach(_Normalized):
    def of(self, x: np.ndarray) -> np.ndarray:
        return super().of(x.T).T


class _EpsilonOutside(_Normalized):
    def of(self, x: np.ndarray) -> np.ndarray:
        return np.asarray((x - np.mean(x, axis=0)) / (np.std(x, axis=0) + EPSILON))


class _WithoutEpsilon(_Normalized):
    def of(self, x: np.ndarray) -> np.ndarray:
        return np.asarray((x - np.mean(x, axis=0)) / np.std(x, axis=0))


class _RunningDeviation(Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        kept = self.layer.running_variance
        z = super().forward(x, train_flg)
        if train_flg:
            share = self.layer._momentum
            self.layer.running_variance = share * kept + (1 - share) * np.std(x, axis=0)
        return z


class _NothingKept(Ours):
    def forward(self, x: np.ndarray, train_flg: bool = True) -> np.ndarray:
        running = self.layer.running_mean, self.layer.running_variance
        z = super().forward(x, train_flg)
        self.layer.running_mean, self.layer.running_variance = running
        return z


def _use(
    written: Any, x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, momentum: float = 0.9, more: Any = None
) -> Values:
    """Yields the output and running statistics of a training pass, then the output of a test pass and the mean after
    it.

    With ``more``, a second batch, another training pass precedes the running statistics.
    """
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
    title=Text("Batch normalization, forward"),
    task=Text(
        "Write the pass forward. In training each feature is normalized by the batch's own μ and σ² (divided by N, "
        "with ε under the root), scaled by γ and shifted by β, and the running values keep a share, momentum, "
        "of themselves; in a test the running values are used and stay."
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
'''
    ),
    use=_use,
    names={"Z(test)": Text("Z(test)")},
    reference=Ours,
    checks=(
        Check(Text("training, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("four features, each by itself"), lambda: drawn(5, 4), ("Z",)),
        Check(Text("the running values after one batch"), lambda: drawn(6, 3), ("running_mean", "running_var"), hint=2),
        Check(
            Text("the running values after two batches"),
            lambda: {**drawn(6, 3), "more": drawn(4, 3)["x"]},
            ("running_mean", "running_var"),
            hint=2,
        ),
        Check(Text("in a test, which changes nothing"), lambda: drawn(6, 3)),
        Check(Text("another momentum"), lambda: drawn(6, 2, momentum=0.6), hint=2),
        Check(Text("a feature that hardly varies"), lambda: {**drawn(5, 2), "x": 1e-4 * drawn(5, 2)["x"]}, ("Z",)),
        Check(Text("a feature that is always the same"), _standing_still),
    ),
    hints=(
        Text("A feature is a column. Along which axis is its mean taken?"),
        Text("After normalizing, each column has mean 0 and standard deviation 1; then come γ and β."),
        Text("Running values: momentum times the old one, and the rest, 1 − momentum, of what this batch has."),
    ),
    ours=(layers.BatchNormalization,),
    mistakes=(
        Mistake(
            "one_mean",
            _OneMeanForAll,
            Text("All features share one mean and one spread here."),
        ),
        Mistake(
            "by_variance",
            _ByVariance,
            Text("It is divided by the variance here, and not by its root."),
        ),
        Mistake(
            "of_a_sample",
            _OfASample,
            Text("The variance is divided by N − 1 here. In the book it is N."),
        ),
        Mistake(
            "own_in_test",
            _OwnStatisticsInTest,
            Text("The test uses the batch's own statistics."),
        ),
        Mistake(
            "shares",
            _SharesTurned,
            Text("The two shares are exchanged: the running values hardly remember."),
        ),
        Mistake("tests_learn", _TestsLearn, Text("A test moves the running values.")),
        Mistake(
            "bare", _Bare, Text("These are the normalized numbers alone. Then each is scaled by γ and shifted by β.")
        ),
        Mistake(
            "shifted_first", _ShiftedFirst, Text("β was added before γ multiplied. First it is scaled, then shifted.")
        ),
        Mistake(
            "turned", _Turned, Text("x was taken from μ. It is the other way round, so that what is large stays large.")
        ),
        Mistake("not_centred", _NotCentred, Text("The mean was not taken away.")),
        Mistake(
            "over_features",
            _OverFeatures,
            Text(
                "These are means over the features of a sample. Each feature, a column, has its own over all samples."
            ),
        ),
        Mistake(
            "over_features_of_each",
            _OverFeaturesOfEach,
            Text(
                "These are means over the features of a sample. Each feature, a column, has its own over all samples."
            ),
        ),
        Mistake(
            "epsilon_outside",
            _EpsilonOutside,
            Text("Very near: ε was added to the root. It stands under it, beside σ²."),
        ),
        Mistake(
            "without_epsilon",
            _WithoutEpsilon,
            Text("ε is missing: where a feature hardly varies, its share under the root counts."),
        ),
        Mistake(
            "running_deviation",
            _RunningDeviation,
            Text("running_var keeps standard deviations here. It keeps variances."),
        ),
        Mistake(
            "nothing_kept",
            _NothingKept,
            Text("The running values have stayed as they began. In training each batch changes them a little."),
        ),
    ),
    by_hand=ByHand(
        Text(
            "One feature, x = (2; 4; 6; 8), momentum 0.9; running_mean begins at 0. What is running_mean[0] after this "
            "batch?"
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
