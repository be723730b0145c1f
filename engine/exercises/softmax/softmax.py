"""Softmax as the book writes it, for one row of scores and for a batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.softmax import naive_softmax, softmax


def _ours(a: np.ndarray) -> np.ndarray:
    return softmax(a)


def _unshifted(a: np.ndarray) -> np.ndarray:
    return naive_softmax(a).probabilities


def _undivided(a: np.ndarray) -> np.ndarray:
    return np.exp(a - np.max(a, axis=-1, keepdims=True))


def _one_sum_for_all(a: np.ndarray) -> np.ndarray:
    return softmax(a, axis=None)


def _by_columns(a: np.ndarray) -> np.ndarray:
    return softmax(a, axis=0)


def _sums_as_a_row(a: np.ndarray) -> np.ndarray:
    exponentials = _undivided(a)
    return exponentials / np.sum(exponentials, axis=-1)


def _one_maximum_for_all(a: np.ndarray) -> np.ndarray:
    return naive_softmax(a - np.max(a)).probabilities


def _use(written: Any, a: np.ndarray) -> Values:
    yield "y", written(a)


def _on_stage(params: Any) -> Inputs | None:
    rows = np.array(params.rows) if params.view == "batch" else np.array(params.scores) + params.offset
    return {"a": (rows / params.temperature).tolist()}


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "batch", "pitfall": "none"} if len(place) == 2 else {"view": "bars", "stop": "divide"}


def _drawn(*shape: int) -> Inputs:
    return {"a": np.random.default_rng(shape[0]).normal(0.0, 2.0, shape)}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(x: np.ndarray, axis: int | None = -1) -> np.ndarray:
        """The learner's function in the engine's form: for whole numbers too, along any axis or over all numbers."""
        x = np.asarray(x)
        x = x if np.issubdtype(x.dtype, np.floating) else x.astype(float)
        if axis is None and x.ndim > 1:  # a mistake that is shown, which the learner's does not make
            return softmax(x, axis=None)
        axis = -1 if axis is None else axis
        lines = np.moveaxis(x, axis, -1)
        given = lines.reshape(-1, lines.shape[-1]) if x.ndim > 2 else lines
        return np.moveaxis(returned.array(written(given), given.shape).reshape(lines.shape), -1, axis)

    return {softmax: yours}


EXERCISE = Exercise(
    id="softmax",
    order=1,
    title=Text("Softmax: probabilities from scores", "softmax：从得分到概率"),
    task=Text(
        "Write the function that makes probabilities of scores: each power of e, divided by the sum of them all. "
        "It also takes a batch, in which every row is divided by its own sum, and scores as large as 1000.",
        "写一个函数，把得分变成概率：每个得分取 e 的幂，再除以它们的和。"
        "它也要能处理一批数据，每一行除以自己的和；得分大到 1000 也要算得出来。",
    ),
    name="softmax",
    blank=Text(
        '''def softmax(a):
    """a (C,) or (N, C): the scores of one sample, or of N

    -> the same shape; every row sums to 1
    """
''',
        '''def softmax(a):
    """a (C,) 或 (N, C)：一个样本的得分，或 N 个样本的

    -> 形状相同，每一行之和都是 1
    """
''',
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the numbers of the stage", "画面上的数")),
        Check(Text("scores of 1010, 1000, 990", "得分 1010、1000、990"), lambda: {"a": [1010.0, 1000.0, 990.0]}),
        Check(Text("scores far below 0", "远小于 0 的得分"), lambda: {"a": [-1000.0, -1001.0]}),
        Check(Text("three samples, three classes", "3 个样本，3 个类别"), lambda: _drawn(3, 3)),
        Check(Text("four samples, two classes", "4 个样本，2 个类别"), lambda: _drawn(4, 2)),
        Check(
            Text("a row of large scores above one of small", "一行得分很大，一行很小"),
            lambda: {"a": [[1000.0, 1001.0], [0.0, 1.0]]},
        ),
    ),
    hints=(
        Text(
            "Three things one after the other: powers, their sum, a quotient. What may overflow among them?",
            "依次做三件事：取幂、求和、相除。其中哪一步会溢出？",
        ),
        Text(
            "The same number may be taken from all scores of a row without changing the result. Which one keeps every "
            "power at 1 or below?",
            "一行的得分都减去同一个数，结果不变。减去哪个数，能让每个幂都不超过 1？",
        ),
        Text(
            "Maximum and sum belong to a row: go along the last axis, and keep that axis, so that NumPy lays each "
            "over its own row.",
            "最大值与和都是按行算的：沿最后一个轴算，并保留这个轴，NumPy 才会把它对到各自的那一行。",
        ),
    ),
    ours=(softmax,),
    mistakes=(
        Mistake(
            "unshifted",
            _unshifted,
            Text(
                "A power of e has become infinite here, or all of them 0, and the quotient is no number any more.",
                "这里 e 的幂成了无穷大，或者全成了 0，相除就得不出数了。",
            ),
        ),
        Mistake(
            "undivided",
            _undivided,
            Text(
                "Just these numbers come out if the powers are not divided: their sum is not 1.",
                "只取了幂、没有相除，就会得到这些数：它们的和不是 1。",
            ),
        ),
        Mistake(
            "one_sum",
            _one_sum_for_all,
            Text(
                "Just these numbers come out if the whole batch shares one sum. Each row is a sample of its own.",
                "整批数据共用一个和，就会得到这些数。可每一行都是单独的样本。",
            ),
        ),
        Mistake(
            "columns",
            _by_columns,
            Text(
                "Here the columns sum to 1. A sample is a row.",
                "这里是每一列之和为 1。一个样本是一行。",
            ),
        ),
        Mistake(
            "sums_as_a_row",
            _sums_as_a_row,
            Text(
                "Each row was divided by the sums of other rows too: (N,) is laid along the columns by NumPy.",
                "每一行也除到了别的行的和：形状是 (N,) 时，NumPy 会把它沿着列对齐。",
            ),
        ),
        Mistake(
            "one_maximum",
            _one_maximum_for_all,
            Text(
                "One maximum was taken from all rows. A row far below it is left with powers that are all 0.",
                "所有行减的是同一个最大值。得分远比它小的那一行，幂就全成了 0。",
            ),
        ),
    ),
    by_hand=ByHand(
        Text("Two scores, a = (ln 3, 0). What is y[0]?", "两个得分，a = (ln 3, 0)。y[0] 是多少？"),
        lambda: {"a": [float(np.log(3)), 0.0]},
        "y",
        (0,),
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    works_in=(
        *("softmax", "digits", "training", "gradient_check", "optimizer_race", "batch_norm", "overfitting"),
        *("hyperparameters", "cnn", "feature_maps", "forward", "layers"),
    ),
    works_with={"forward": {"output": "softmax"}, "layers": {"layer": "softmax_loss"}},
    at_work=_at_work,
)
