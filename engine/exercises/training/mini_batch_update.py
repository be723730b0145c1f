"""One update of a network's parameters by their gradients, in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.optimizers.sgd import SGD

_Arrays = Mapping[str, np.ndarray]
_NAMES = ("W1", "b1", "W2", "b2")


def _ours(params: _Arrays, grads: _Arrays, lr: float) -> None:
    SGD(lr).update(params, grads)


def _uphill(params: _Arrays, grads: _Arrays, lr: float) -> None:
    _ours(params, grads, -lr)


def _without_rate(params: _Arrays, grads: _Arrays, lr: float) -> None:
    _ours(params, grads, 1.0)


def _gradients_instead(params: _Arrays, grads: _Arrays, lr: float) -> None:
    for name, values in params.items():
        values[...] = -lr * grads[name]


def _weights_only(params: _Arrays, grads: _Arrays, lr: float) -> None:
    _ours({name: values for name, values in params.items() if name.startswith("W")}, grads, lr)


def _use(written: Any, lr: float, steps: int = 1, **arrays: np.ndarray) -> Values:
    """``arrays`` are the parameters, and with a d before their names the gradients; where all parameters stay as they
    are, nothing was written yet.
    """
    params = {name: values for name, values in arrays.items() if not name.startswith("d")}
    grads = {name: arrays["d" + name] for name in params}
    before = {name: values.copy() for name, values in params.items()}
    given = dict(params)
    for _ in range(steps):
        written(given, grads, lr)
    is_untouched = all(np.array_equal(before[name], values) for name, values in params.items())
    for name, values in params.items():
        yield name, None if is_untouched else values


def _drawn(inputs: int, hidden: int, outputs: int, **further: Any) -> Inputs:
    chance = np.random.default_rng(inputs)
    shapes = dict(zip(_NAMES, ((inputs, hidden), (hidden,), (hidden, outputs), (outputs,)), strict=True))
    return {
        **{name: chance.normal(size=shape) for name, shape in shapes.items()},
        **{f"d{name}": chance.normal(size=shape) for name, shape in shapes.items()},
        "lr": 0.1, **further,
    }  # fmt: skip


def _at_work(written: Any) -> Mapping[Any, Any]:
    class Yours(SGD):
        """The learner's update in the engine's form, which keeps the rate."""

        def update(self, params: _Arrays, grads: _Arrays) -> None:
            shapes = {name: values.shape for name, values in params.items()}
            written(params, grads, self.learning_rate)
            for name, shape in shapes.items():
                returned.array(params.get(name), shape, name)

    return {SGD: Yours}


EXERCISE = Exercise(
    id="mini_batch_update",
    order=1,
    title=Text("One update", "更新一次参数"),
    task=Text(
        "Write the update that follows every mini-batch: each array of params moves against its gradient, lr times as "
        "far. Change the arrays themselves: the layers hold the same ones.",
        "写出每个 mini-batch 之后的更新：params 里的每个数组逆着自己的梯度移动，幅度是梯度的 lr 倍。"
        "要改动数组本身，因为各层用的就是它们。",
    ),
    name="update",
    blank=Text(
        '''def update(params, grads, lr):
    """params, grads: arrays by name, such as params["W1"]

    The arrays of params are changed; nothing is returned.
    """
''',
        '''def update(params, grads, lr):
    """params、grads：按名字存放的数组，如 params["W1"]

    改动 params 里的数组，不返回任何东西。
    """
''',
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("one update of two layers", "两层网络更新一次"), lambda: _drawn(3, 4, 2)),
        Check(Text("three updates, one after the other", "接连更新 3 次"), lambda: _drawn(2, 3, 2, steps=3)),
        Check(
            Text("parameters of other names", "换几个名字的参数"),
            lambda: {"gamma": [1.0, 2.0], "dgamma": [0.5, -0.5], "beta": [[0.0]], "dbeta": [[3.0]], "lr": 0.01},
        ),
    ),
    hints=(
        Text(
            "The same is done to every array. What do params and grads have in common?",
            "对每个数组做同样的事。params 和 grads 有什么相同？",
        ),
        Text(
            "A loop over the names in params; the gradient of the same name says which way is up.",
            "对 params 里的名字循环；同名的梯度指明哪边是上坡。",
        ),
        Text(
            "−= writes into the array itself. With = and a difference the name gets a new array, and the layers keep "
            "the old one.",
            "−= 会写进数组本身。如果用 = 接一个差，名字指向了新数组，各层手里的还是旧的。",
        ),
    ),
    ours=(SGD.update,),
    mistakes=(
        Mistake(
            "uphill",
            _uphill,
            Text("The loss grows this way: the gradient points uphill.", "这样走，损失会变大：梯度指向上坡。"),
        ),
        Mistake(
            "without_rate",
            _without_rate,
            Text("Just these numbers come out if lr does not count.", "没有用上 lr，就会得到这些数。"),
        ),
        Mistake(
            "gradients_instead",
            _gradients_instead,
            Text(
                "What stands there is the step alone. It has to be added to what the parameter was.",
                "这里只剩下那一步。应该把它加到参数原来的值上。",
            ),
        ),
        Mistake(
            "weights_only",
            _weights_only,
            Text("The biases have stayed as they were. They learn, too.", "偏置还是原来的样子。它们也要学习。"),
        ),
    ),
    changes=(*_NAMES, "gamma", "beta"),
    by_hand=ByHand(
        Text(
            "W = 1.5, its gradient is −2, and lr = 0.1. What is W after one update?",
            "W = 1.5，它的梯度是 −2，lr = 0.1。更新一次后 W 是多少？",
        ),
        lambda: {"W": [1.5], "dW": [-2.0], "lr": 0.1},
        "W",
        (0,),
    ),
    works_in=("training", "playground", "optimizer_race", "batch_norm", "overfitting", "hyperparameters"),
    at_work=_at_work,
)
