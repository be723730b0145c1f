"""Exercise: weight decay, its terms in the loss and in the gradient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn import parameters as decaying

_NAMES = ("W1", "b1", "W2", "b2")
Arrays = dict[str, np.ndarray]


def _ours(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    """The reference: the engine's ``penalty`` and ``add_decay`` as the one function that the exercise asks for."""
    decaying.add_decay(grads, params, decay)
    return loss + decaying.penalty(params, decay)


def _of_all(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    for name, values in params.items():
        loss += 0.5 * decay * float(np.sum(values**2))
        grads[name] += decay * values
    return loss


def _without_half(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    return 2 * _ours(0.0, params, grads, decay) + loss


def _twice_in_gradient(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    decaying.add_decay(grads, params, decay)
    return _ours(loss, params, grads, decay)


def _turned_round(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    decaying.add_decay(grads, params, -decay)
    return loss + decaying.penalty(params, decay)


def _lengths(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    decaying.add_decay(grads, params, decay)
    lengths = (float(np.sqrt(np.sum(values**2))) for name, values in params.items() if name.startswith("W"))
    return loss + 0.5 * decay * sum(lengths)


def _gradient_forgotten(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    return loss + decaying.penalty(params, decay)


def _gradient_only(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    decaying.add_decay(grads, params, decay)
    return loss


def _without_square(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    decaying.add_decay(grads, params, decay)
    return loss + 0.5 * decay * sum(float(np.sum(one)) for name, one in params.items() if name.startswith("W"))


def _sizes(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    decaying.add_decay(grads, params, decay)
    return loss + 0.5 * decay * sum(float(np.abs(one).sum()) for name, one in params.items() if name.startswith("W"))


def _without_decay(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    return _ours(loss, params, grads, 1.0)


def _loss_lowered(loss: float, params: Arrays, grads: Arrays, decay: float) -> float:
    decaying.add_decay(grads, params, decay)
    return loss - decaying.penalty(params, decay)


def _use(written: Any, loss: float, decay: float, **arrays: np.ndarray) -> Values:
    params = {name: values for name, values in arrays.items() if not name.startswith("d")}
    grads = {name: arrays[f"d{name}"].copy() for name in params}
    yield "L", written(loss, params, grads, decay)
    for name in params:
        yield f"d{name}", grads[name]


def _differences(written: Any, loss: float, decay: float, **arrays: np.ndarray) -> Mapping[str, Any]:
    """The expected dW1, db1, …: the given gradients plus central differences of the learner's loss with decay."""
    params = {name: arrays[name] for name in _NAMES}

    def total(_: np.ndarray) -> float:
        return float(written(loss, params, {name: arrays[f"d{name}"].copy() for name in _NAMES}, decay))

    return {f"d{name}": arrays[f"d{name}"] + numerical_gradient(total, params[name]) for name in _NAMES}


def _drawn(inputs: int, hidden: int, decay: float, loss: float = 1.5) -> Inputs:
    chance = np.random.default_rng(inputs)
    shapes = {"W1": (inputs, hidden), "b1": (hidden,), "W2": (hidden, 2), "b2": (2,)}
    arrays = {name: chance.normal(size=shape) for name, shape in shapes.items()}
    return {**arrays, **{f"d{name}": chance.normal(size=shape) for name, shape in shapes.items()},
            "loss": loss, "decay": decay}  # fmt: skip


def _small() -> Inputs:
    return {"W1": [[1.0, -2.0]], "b1": [4.0, 4.0], "W2": [[3.0], [0.0]], "b2": [-1.0], "dW1": [[0.1, 0.2]],
            "db1": [0.3, 0.4], "dW2": [[0.5], [0.6]], "db2": [0.7], "loss": 2.0, "decay": 0.1}  # fmt: skip


def _at_work(written: Any) -> Mapping[Any, Any]:
    def add_decay(grads: Arrays, params: Mapping[str, np.ndarray], decay: float) -> None:
        written(0.0, dict(params), grads, decay)

    def penalty(params: Mapping[str, np.ndarray], decay: float) -> float:
        nothing = {name: np.zeros_like(one) for name, one in params.items()}
        return returned.number(written(0.0, dict(params), nothing, decay))

    return {decaying.add_decay: add_decay, decaying.penalty: penalty}


EXERCISE = Exercise(
    id="weight_decay",
    order=1,
    title=Text("Weight decay: in the loss and in its gradient"),
    task=Text(
        "Write both halves in one function: it gives back the loss with ½·λ·ΣW² over all weights added, and adds the "
        "derivative of that to their gradients. Weights are those whose name begins with W; biases are left alone."
    ),
    name="add_weight_decay",
    blank=Text(
        '''def add_weight_decay(loss, params, grads, decay):
    """-> the new loss; the gradients of weights grow too.

    params and grads: dictionaries of arrays, with the names
    W1, b1, W2, b2 ...; decay is the number λ.
    """
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("the loss"), _small, ("L",)),
        Check(Text("the gradients of the weights"), _small, ("dW1", "dW2"), hint=0),
        Check(Text("biases are left alone"), _small, hint=1),
        Check(
            Text("gradients against central differences of your loss"),
            lambda: _drawn(3, 2, 0.3),
            ("dW1", "db1", "dW2", "db2"),
            "differences",
        ),
        Check(Text("other sizes, and a large λ"), lambda: _drawn(5, 4, 2.0)),
        Check(Text("with λ = 0 nothing changes"), lambda: _drawn(2, 2, 0.0)),
    ),
    hints=(
        Text("Of one single weight w the loss gets ½·λ·w². What is its derivative?"),
        Text("Go through the names, and pass over those that do not begin with W."),
        Text("For each weight two things are done: a number joins the loss, an array joins the gradient."),
    ),
    ours=(decaying.penalty, decaying.add_decay),
    mistakes=(
        Mistake(
            "of_all",
            _of_all,
            Text("You get exactly these numbers if biases decay too."),
        ),
        Mistake(
            "without_half",
            _without_half,
            Text("The half is missing in what the loss gets. It makes the derivative simple."),
        ),
        Mistake(
            "twice",
            _twice_in_gradient,
            Text("The gradients get twice as much as fits the loss: the 2 of the square and the half cancel."),
        ),
        Mistake("sign", _turned_round, Text("This way weights are made to grow.")),
        Mistake(
            "lengths",
            _lengths,
            Text("The loss gets the root of the sum, not the sum."),
        ),
        Mistake(
            "loss_only",
            _gradient_forgotten,
            Text("Only the loss has changed. What moves the weights is the gradient."),
        ),
        Mistake(
            "gradient_only",
            _gradient_only,
            Text(
                "The loss has stayed as it was. Both halves belong together, or the gradient is that of another loss."
            ),
        ),
        Mistake(
            "without_square",
            _without_square,
            Text("The loss gets the sum of the weights. It is that of their squares."),
        ),
        Mistake(
            "sizes",
            _sizes,
            Text("The loss gets the sum of sizes, as in another kind of decay. Here it is that of squares."),
        ),
        Mistake("without_decay", _without_decay, Text("You get exactly these numbers if λ does not count.")),
        Mistake(
            "loss_lowered", _loss_lowered, Text("The loss got smaller. Weights cost something: their term is added.")
        ),
    ),
    differences=_differences,
    by_hand=ByHand(
        Text("The loss is 2, the weights are 1, −2, 3 and 0, and λ = 0.1. What is the new L?"),
        _small,
        "L",
    ),
    stage={"weight_decay": 0.1},
    works_in=("overfitting", "hyperparameters"),
    at_work=_at_work,
)
