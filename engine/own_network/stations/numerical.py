"""Station 3: the gradient by central differences, of a function and of the network's loss."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values
from engine.exercises.returned import entry
from engine.own_network import book as ours
from engine.own_network.station import AFTERWARDS, NAMES, Book, Station, network_with, params_of
from engine.own_network.stations.network import small

_BLANK = Text(
    '''def numerical_gradient(f, x):
    """f: an array -> a number; x: an array of floats, of any shape
    -> the slope of f for every number of x, by central differences with h = 1e-4
    """


# In the class TwoLayerNet:

    def numerical_gradient(self, x, t):
        """-> a dictionary: the gradients of the loss for W1, b1, W2 and b2"""
'''
)


def _of(array: np.ndarray) -> float:
    """A function whose partial derivatives all differ: Σ k·a_k² + Σ a_k·a_(k+1)."""
    flat = array.reshape(-1)
    return float(np.sum(np.arange(1, flat.size + 1) * flat**2) + np.sum(flat[1:] * flat[:-1]))


def _use(
    written: Any, start: Any = None, looks: str = "", x: Any = None, t: Any = None, **params: np.ndarray
) -> Values:
    """Yields the gradient of a function at ``start`` or, without ``start``, the network's numerical gradient.

    If ``looks`` is not empty, the function ignores its argument and reads the array ``start``, which is being changed.
    """
    if start is not None:
        function: Callable[[np.ndarray], float] = (lambda _: _of(start)) if looks else _of
        yield "grad", written.numerical_gradient(function, start)
        return
    network = network_with(written, params)
    grads = network.numerical_gradient(x, t)
    for name in NAMES:
        yield f"d{name}", entry(grads, name)
    yield from params_of(network)


def _matrix() -> Inputs:
    return {"start": [[1.0, 2.0], [0.5, -1.0], [3.0, 0.25]]}


def station(book: Book) -> Station:
    """Makes station 3 for this version of the book's file."""
    loop = """        kept = x[place]
        x[place] = kept + h
        above = f(x)
        x[place] = kept - h
        grad[place] = (above - f(x)) / (2 * h)
        x[place] = kept
"""
    return Station(
        id="network_differences",
        order=3,
        needs=(1, 2),
        title=Text("The numerical gradient"),
        task=Text(
            "Write the function numerical_gradient, and in the class a method of the same name. The method hands "
            "each array of params to the function, with f = lambda W: self.loss(x, t): one number after the other is "
            "moved a little, and the loss is computed again."
        ),
        name="",
        offers=("numerical_gradient",),
        plays_in=("gradient_field",),
        does="times",
        blank=_BLANK,
        use=_use,
        reference=book.file,
        checks=(
            Check(Text("a row of numbers"), lambda: {"start": [0.5, 3.0, -1.0]}, tolerance=1e-5),
            Check(Text("every number of a matrix"), _matrix, tolerance=1e-5),
            Check(
                Text("f looks at x itself and not at its argument, as the lambda does"),
                lambda: {**_matrix(), "looks": "at x"},
                tolerance=1e-5,
            ),
            Check(
                Text("the network's gradients, array by array"),
                small,
                tuple(f"d{one}" for one in NAMES),
                tolerance=1e-5,
            ),
            Check(Text("params unchanged afterwards"), small, tuple(AFTERWARDS), tolerance=1e-9),
        ),
        hints=(
            Text(
                "One number at a time: ask f with the number plus h, ask f with the number minus h, then put the "
                "number back."
            ),
            Text("np.ndindex(x.shape) gives the place of every number, whatever the shape: x[place]."),
            Text(
                "self.loss reads params, so the lambda need not use its W. It is enough that numerical_gradient "
                "changes the array in params itself before it asks f."
            ),
        ),
        ours=(ours.numerical_gradient, ours.TwoLayerNet.numerical_gradient),
        mistakes=(
            book.wrong(
                "on_a_copy",
                Text(
                    "A copy of x was changed, but the loss reads the arrays in params: for it nothing has moved. "
                    "Change the array that came in, and put each number back."
                ),
                ("    h = 1e-4\n    grad", "    h = 1e-4\n    x = x.copy()\n    grad"),
            ),
            book.wrong(
                "asked_once",
                Text(
                    "All differences are 0. f has to be a function that computes the loss anew at each call, lambda "
                    "W: self.loss(x, t): not a number computed before, and not the accuracy, which hardly ever "
                    "changes."
                ),
                (
                    "        def loss(_: np.ndarray) -> float:\n            return self.loss(x, t)\n",
                    "        here = self.loss(x, t)\n\n"
                    "        def loss(_: np.ndarray) -> float:\n            return here\n",
                ),
            ),
            book.wrong(
                "forward_only",
                Text("This is the forward difference. The central difference goes h to both sides."),
                (
                    loop,
                    """        kept, here = x[place], f(x)
        x[place] = kept + h
        grad[place] = (f(x) - here) / h
        x[place] = kept
""",
                ),
            ),
            book.wrong(
                "one_side",
                Text("h went to one side only, and the difference was divided by 2h: the other place is x − h."),
                ("x[place] = kept - h", "x[place] = kept"),
            ),
            book.wrong(
                "one_step",
                Text("The two places are 2h apart, but the difference was divided by h."),
                ("/ (2 * h)", "/ h"),
            ),
            book.wrong(
                "without_brackets",
                Text("/ 2 * h divides by 2 and then multiplies by h. Write / (2 * h)."),
                ("/ (2 * h)", "/ 2 * h"),
            ),
            book.wrong(
                "turned",
                Text("The difference is the wrong way round: it is f(x + h) − f(x − h)."),
                ("(above - f(x))", "(f(x) - above)"),
            ),
            book.wrong(
                "first_row",
                Text("Only the first row was done. Every number of x has a slope of its own."),
                ("in np.ndindex(x.shape):", "in [one for one in np.ndindex(x.shape) if x.ndim == 1 or one[0] == 0]:"),
            ),
            book.wrong(
                "all_at_once",
                Text("All numbers were moved together. Only one moves at a time; the others stay where they are."),
                (
                    loop,
                    """        kept = x.copy()
        x[...] = kept + h
        above = f(x)
        x[...] = kept - h
        grad[place] = (above - f(x)) / (2 * h)
        x[...] = kept
""",
                ),
            ),
            book.wrong(
                "exchanged",
                Text("The gradients of the two layers have changed places."),
                (
                    "{name: numerical_gradient(loss, array) for name, array in self.params.items()}",
                    "{name[0] + str(3 - int(name[1])): numerical_gradient(loss, array) for name, array in "
                    "self.params.items()}",
                ),
            ),
            book.wrong(
                "coarse",
                Text("h is too large: the curve bends between the two places. Take 1e-4."),
                ("h = 1e-4", "h = 1e-1"),
            ),
        ),
        meanings=(
            (
                "float.*object is not callable",
                Text(
                    "f is a number here: the loss was computed before it was handed over. Hand over a function, as "
                    "lambda W: self.loss(x, t) is one."
                ),
            ),
        ),
        put_back=Text("Put each number back before the next one is moved."),
        names=AFTERWARDS,
        defines=("numerical_gradient", "TwoLayerNet.numerical_gradient"),
    )
