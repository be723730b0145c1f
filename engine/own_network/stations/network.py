"""Station 2: a network of two layers with ``predict``, ``loss`` and ``accuracy``."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values
from engine.exercises.returned import entry
from engine.own_network import book as ours
from engine.own_network.station import NAMES, Book, Station, form_of, network_with, probabilities

_WIDE = 10.0
_BLANK = Text(
    '''class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        """params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)"""
        self.params = {{}}

    def predict(self, x):
        """(N, D) -> (N, C)"""

    def loss(self, x, t):
        """a number: the mean over the batch"""

    def accuracy(self, x, t):
        """the share of right answers, between 0 and 1"""
'''
)


def small(samples: int = 5) -> Inputs:
    """The parameters of a network of 3, 4 and 2 neurons with ordinary values, and a batch with one-hot labels.

    No sum of the hidden layer is near 0, the kink of ReLU.
    """
    drawn = np.random.default_rng(7)
    params = {"W1": drawn.normal(size=(3, 4)), "b1": np.array([0.3, -0.2, 0.5, 0.1]),
              "W2": drawn.normal(size=(4, 2)), "b2": np.array([0.2, -0.1])}  # fmt: skip
    candidates = drawn.normal(size=(200, 3))
    sums = candidates @ params["W1"] + params["b1"]
    x = candidates[np.min(np.abs(sums), axis=1) > 0.05][:samples]
    return {**params, "x": x, "t": np.eye(2)[np.array([0, 1, 1, 0, 1, 0, 0, 1])[:samples]]}


def _begun(written: Any, sizes: tuple[int, int, int]) -> Values:
    """Yields the shapes of a new network's arrays, and their roughly rounded standard deviations."""
    network = written.TwoLayerNet(*sizes)
    held = network.params
    for name in NAMES:
        yield name, form_of(entry(held, name))
    for name in ("W1", "W2"):
        yield f"spread of {name}", min(_WIDE, float(np.round(2 * np.std(held[name]) / 0.01)) / 2)
    for name in ("b1", "b2"):
        yield f"{name} at first", np.array(held[name])


def _use(written: Any, sizes: Any = None, x: Any = None, t: Any = None, **params: np.ndarray) -> Values:
    if sizes is not None:
        yield from _begun(written, sizes)
        return
    network = network_with(written, params)
    before = network.predict(x)
    network.params["W2"][...] = -params["W2"]
    yield "moved", float(not np.array_equal(before, network.predict(x)))
    network.params["W2"][...] = params["W2"]
    yield "y", probabilities(network.predict(x))
    yield "y, one by one", np.concatenate([np.atleast_2d(probabilities(network.predict(one[None]))) for one in x])
    yield "loss", network.loss(x, t)
    yield "accuracy", network.accuracy(x, t)


def station(book: Book) -> Station:
    """Makes station 2 for this version of the book's file."""
    return Station(
        id="network_answers",
        order=2,
        needs=(1,),
        title=Text("A network that answers"),
        task=Text(
            "Write the class TwoLayerNet, with its arrays in params, and with predict, loss and accuracy. It has "
            "learned nothing yet: of ten digits it reads about one."
        ),
        name="",
        does="reads",
        blank=_BLANK,
        use=_use,
        reference=book.file,
        checks=(
            Check(Text("four arrays in params, each of the right shape"), lambda: {"sizes": (4, 3, 2)}, NAMES),
            Check(
                Text("weights begin small and random, biases at 0"),
                lambda: {"sizes": (60, 50, 40)},
                ("spread of W1", "spread of W2", "b1 at first", "b2 at first"),
            ),
            Check(Text("predict computes with the arrays in params"), small, ("moved",)),
            Check(Text("predict, with given numbers in params"), small, ("y",), tolerance=1e-5),
            Check(
                Text("a batch gives the same as its samples one by one"), small, ("y", "y, one by one"), tolerance=1e-5
            ),
            Check(Text("the loss of a batch"), small, ("loss",), tolerance=1e-5),
            Check(Text("the loss of another batch"), lambda: small(8), ("loss",), tolerance=1e-5),
            Check(Text("accuracy"), small, ("accuracy",)),
            Check(Text("accuracy of another batch"), lambda: small(8), ("accuracy",)),
        ),
        hints=(
            Text("np.random.randn(3, 4) draws an array of that shape; times weight_init_std its numbers are small."),
            Text("predict goes forward through both layers with the functions of station 1, as in chapter 3."),
            Text("loss and accuracy call self.predict. Along which axis does argmax find the class of a sample?"),
        ),
        ours=(ours.TwoLayerNet,),
        mistakes=(
            book.wrong(
                "zeros",
                Text("All weights begin at 0: then all hidden neurons learn the same, and stay alike."),
                ("weight_init_std * np.random.randn(input_size, hidden_size)", "np.zeros((input_size, hidden_size))"),
                ("weight_init_std * np.random.randn(hidden_size, output_size)", "np.zeros((hidden_size, output_size))"),
            ),
            book.wrong(
                "unscaled",
                Text(
                    "The weights are much too large: multiply by weight_init_std, which is 0.01 unless another "
                    "is given."
                ),
                ("weight_init_std * np.random.randn", "np.random.randn"),
            ),
            book.wrong(
                "positive",
                Text(
                    "np.random.rand draws numbers between 0 and 1 only. Weights have to lie on both sides of 0: use "
                    "np.random.randn."
                ),
                ("np.random.randn(input_size, hidden_size)", "np.random.rand(input_size, hidden_size)"),
                ("np.random.randn(hidden_size, output_size)", "np.random.rand(hidden_size, output_size)"),
            ),
            book.wrong(
                "random_biases",
                Text("The biases are random, too. They have to begin at 0."),
                ('"b1": np.zeros(hidden_size)', '"b1": weight_init_std * np.linspace(-1, 1, hidden_size)'),
            ),
            book.wrong(
                "no_biases",
                Text("The biases are never added."),
                (' + self.params["b1"]', ""),
                (' + self.params["b2"]', ""),
            ),
            book.wrong("no_first_bias", Text("b1 is never added."), (' + self.params["b1"]', "")),
            book.wrong("no_second_bias", Text("b2 is never added."), (' + self.params["b2"]', "")),
            book.wrong(
                "linear",
                Text(
                    "The activation between the two layers is missing: without it they are no more than one linear "
                    "layer."
                ),
                (
                    'z = self.hidden(x @ self.params["W1"] + self.params["b1"])\n        return',
                    'z = x @ self.params["W1"] + self.params["b1"]\n        return',
                ),
            ),
            book.wrong(
                "activated_twice",
                Text("The scores went through the activation of the hidden layer, too. Only softmax comes after them."),
                (
                    'return softmax(z @ self.params["W2"] + self.params["b2"])',
                    'return softmax(self.hidden(z @ self.params["W2"] + self.params["b2"]))',
                ),
            ),
            book.wrong(
                "own_arrays",
                Text(
                    "predict computes with other arrays than those in params. Whatever is learned is written into "
                    "params: use self.params in predict."
                ),
                (
                    "        }\n\n    def hidden",
                    "        }\n        self.kept = {k: v.copy() for k, v in self.params.items()}\n\n    def hidden",
                ),
                (
                    'z = self.hidden(x @ self.params["W1"] + self.params["b1"])\n        return softmax(z @ '
                    'self.params["W2"] + self.params["b2"])',
                    'z = self.hidden(x @ self.kept["W1"] + self.kept["b1"])\n        return softmax(z @ '
                    'self.kept["W2"] + self.kept["b2"])',
                ),
            ),
            book.wrong(
                "scores",
                Text("predict gives scores, and the error takes the logarithm of probabilities: softmax is missing."),
                (
                    'return softmax(z @ self.params["W2"] + self.params["b2"])',
                    'return z @ self.params["W2"] + self.params["b2"]',
                ),
            ),
            book.wrong(
                "summed",
                Text(
                    "This is the sum over the batch. The loss is the mean: otherwise a larger batch would take "
                    "larger steps."
                ),
                (
                    "return cross_entropy_error(self.predict(x), t)",
                    "return len(x) * cross_entropy_error(self.predict(x), t)",
                ),
            ),
            book.wrong(
                "turned",
                Text("The loss has the wrong sign: it has to fall as the network gets better."),
                ("return cross_entropy_error(self.predict(x), t)", "return -cross_entropy_error(self.predict(x), t)"),
            ),
            book.wrong(
                "counted",
                Text("This is the number of right answers. The accuracy is their share of the batch."),
                (
                    "float(np.mean(np.argmax(self.predict(x), axis=1) == classes))",
                    "float(np.sum(np.argmax(self.predict(x), axis=1) == classes))",
                ),
            ),
            book.wrong(
                "one_for_all",
                Text("argmax without an axis finds one place in the whole batch. Each sample has its own: axis=1."),
                ("np.argmax(self.predict(x), axis=1) == classes", "np.argmax(self.predict(x)) == classes"),
            ),
            book.wrong(
                "percent",
                Text("This is in percent. The accuracy is a share between 0 and 1."),
                ("float(np.mean(np.argmax", "100 * float(np.mean(np.argmax"),
            ),
            book.wrong(
                "errors",
                Text("This is the share of wrong answers. The accuracy is the share of right ones."),
                ("axis=1) == classes", "axis=1) != classes"),
            ),
        ),
        names={
            "moved": Text("whether other numbers in params change the answer (1: they do)"),
            "y, one by one": Text("y, one by one"),
            "spread of W1": Text("the spread of W1, as a multiple of weight_init_std (10 stands for 10 or more)"),
            "spread of W2": Text("the spread of W2, as a multiple of weight_init_std (10 stands for 10 or more)"),
            "b1 at first": Text("b1 at the beginning"),
            "b2 at first": Text("b2 at the beginning"),
        },
        defines=("TwoLayerNet", "TwoLayerNet.predict", "TwoLayerNet.loss", "TwoLayerNet.accuracy"),
    )
