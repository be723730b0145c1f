"""Station 4: the gradient by backpropagation, compared with differences of the network's own loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values
from engine.exercises.returned import entry
from engine.own_network import book as ours
from engine.own_network.station import AFTERWARDS, NAMES, Book, Station, network_with, params_of
from engine.own_network.stations.network import small

_H = 1e-4
_BLANK = Text(
    '''# In the class TwoLayerNet:

    def gradient(self, x, t):
        """-> a dictionary: the gradients of the loss for W1, b1, W2 and b2, by going back through the layers"""
'''
)


_FORWARD_ORDER = Text("Were the layers gone through in forward order? The way back begins at the last one.")


def _use(written: Any, x: np.ndarray, t: np.ndarray, again: bool = False, **params: np.ndarray) -> Values:
    """Yields the gradient of a batch; if ``again``, after a call for other samples, which must leave nothing behind."""
    network = network_with(written, params)
    if again:
        network.gradient(x[::-1].copy(), t[::-1].copy())
    grads = network.gradient(x, t)
    for name in reversed(NAMES):
        yield f"d{name}", entry(grads, name)
    yield from params_of(network)


def _differences(
    written: Any, x: np.ndarray, t: np.ndarray, again: bool = False, **params: np.ndarray
) -> Mapping[str, Any]:
    """The gradient by central differences of the loss of the file's own network."""
    network = network_with(written, params)
    held = network.params
    return {f"d{name}": numerical_gradient(lambda _: float(network.loss(x, t)), held[name], _H) for name in NAMES}


def _again() -> Inputs:
    return {**small(), "again": True}


def station(book: Book) -> Station:
    """Makes station 4 for this version of the book's file."""
    second = '{"W1": x.T @ da, "b1": np.sum(da, axis=0), "W2": z.T @ dy, "b2": np.sum(dy, axis=0)}'
    back = 'da = dy @ self.params["W2"].T * self.slope(z)'
    grads = tuple(f"d{one}" for one in reversed(NAMES))
    return Station(
        id="network_backward",
        order=4,
        needs=(1, 2),
        title=Text("The gradient by backpropagation"),
        task=Text(
            "Write the method gradient: go forward once, then back through the layers, each of which passes its "
            "gradient on as in chapter 5. Every array is compared with differences of your own loss."
        ),
        name="",
        does="compares",
        blank=_BLANK,
        use=_use,
        reference=book.file,
        differences=_differences,
        checks=(
            *(
                Check(
                    Text("{name}, against differences of your loss")(name=f"d{one}"),
                    small,
                    (f"d{one}",),
                    "differences",
                    1e-5,
                )
                for one in reversed(NAMES)
            ),
            Check(Text("a batch of another size"), lambda: small(8), grads, tolerance=1e-5),
            Check(Text("a single sample"), lambda: small(1), grads, tolerance=1e-5),
            Check(Text("a second call, after one with other samples"), _again, grads, tolerance=1e-5),
            Check(Text("params unchanged afterwards"), small, tuple(AFTERWARDS), tolerance=1e-9),
        ),
        hints=(
            Text("Begin at the end: for softmax with the cross entropy error, dy = (y − t) / N."),
            Text(
                "The gradient of a layer's weights is its input, transposed, times what came back; that of its "
                "biases is the sum of what came back over the samples."
            ),
            Text(
                "On the way to the first layer, dy is multiplied by W2, transposed, and then, cell by cell, by the "
                "slope of the activation."
            ),
        ),
        ours=(ours.TwoLayerNet.gradient,),
        mistakes=(
            book.wrong(
                "undivided",
                Text("These are the gradients of the sum over the batch. The loss is a mean: divide by N."),
                ("dy = (y - right) / len(x)", "dy = y - right"),
            ),
            book.wrong(
                "divided_by_classes",
                Text("This was divided by the number of classes. Divide by N, the number of samples."),
                ("dy = (y - right) / len(x)", "dy = (y - right) / y.shape[1]"),
            ),
            book.wrong(
                "turned",
                Text("All gradients have the wrong sign: it is y − t, not t − y."),
                ("dy = (y - right) / len(x)", "dy = (right - y) / len(x)"),
            ),
            book.wrong(
                "output_alone",
                Text("The labels were never subtracted: it is y − t."),
                ("dy = (y - right) / len(x)", "dy = y / len(x)"),
            ),
            book.wrong(
                "no_slope",
                Text("The slope of the hidden layer's activation is missing on the way back."),
                (back, 'da = dy @ self.params["W2"].T'),
            ),
            book.wrong(
                "slope_of_sum",
                Text(
                    "The slope was computed from the wrong numbers: z(1 − z) takes the output z of the activation, "
                    "not the sum before it."
                ),
                (back, 'da = dy @ self.params["W2"].T * self.slope(x @ self.params["W1"] + self.params["b1"])'),
            )
            if book.activation == "sigmoid"
            else book.wrong(
                "mask_turned",
                Text("The gradient passes where ReLU was closed. It has to pass where the output is above 0."),
                ("np.asarray(z > 0, dtype=float)", "np.asarray(z <= 0, dtype=float)"),
            ),
            *(
                (
                    book.wrong(
                        "slope_of_slope",
                        Text("z has been through sigmoid already: the slope is z(1 − z), without another sigmoid."),
                        ("return z * (1 - z)", "return sigmoid(z) * (1 - sigmoid(z))"),
                    ),
                )
                if book.activation == "sigmoid"
                else ()
            ),
            book.wrong(
                "slope_alone",
                Text("Only the slope reaches the first layer. It has to be multiplied by what came back through W2."),
                (back, "da = np.ones_like(z) * self.slope(z) / len(x)"),
            ),
            book.wrong(
                "bias_mean",
                Text("The gradient of a bias is the sum over the samples. dy has been divided by N already."),
                (second, second.replace("np.sum", "np.mean")),
            ),
            book.wrong(
                "unsummed_first",
                Text("b1 got the gradient of the first sample only. For a batch it is the sum over the samples."),
                ("np.sum(da, axis=0)", "da[0]"),
            ),
            book.wrong(
                "input_of_second",
                Text(
                    "W2 was multiplied by the output of the hidden layer. So its gradient takes that output, not the "
                    "sum before the activation."
                ),
                ("z.T @ dy", '(x @ self.params["W1"] + self.params["b1"]).T @ dy'),
            ),
            book.wrong(
                "accumulated",
                Text("The second call still contains the gradients of the first. Each call has to begin anew."),
                (
                    f"        return {second}",
                    f"        now = {second}\n        before = getattr(self, 'kept', None)\n"
                    "        self.kept = now if before is None else {k: before[k] + now[k] for k in now}\n"
                    "        return self.kept",
                ),
            ),
            book.wrong(
                "stale",
                Text(
                    "The second call uses numbers that the first one kept. gradient has to go forward itself before "
                    "it goes back."
                ),
                (
                    "        y = softmax",
                    "        z = self.kept = getattr(self, 'kept', z)\n        y = softmax",
                ),
            ),
            book.wrong(
                "updated",
                Text(
                    "gradient has changed params. It only computes the gradients; the update belongs to the training "
                    "loop."
                ),
                (
                    f"        return {second}",
                    f"        now = {second}\n"
                    "        for name in now:\n            self.params[name] -= 0.1 * now[name]\n"
                    "        return now",
                ),
            ),
        ),
        names=AFTERWARDS,
        # What comes from the loss, (N, 2), meets the first layer's weights: the second layer was to be gone through.
        meanings=((r"shapes \(\d+, 2\) and \(4, 3\) not aligned", _FORWARD_ORDER),),
        defines=("TwoLayerNet.gradient",),
    )
