"""Station 5: a training loop, observed through a network that records every batch and every update."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.book.networks import TwoLayerNet
from engine.contract.text import Text
from engine.exercises.exercise import Check, Inputs, Values
from engine.own_network.station import NAMES, Activation, Station
from engine.own_network.stations.network import small

_LISTS = 3
_MOST_OF_ALL = 0.8
"""The lowest share of the training samples that must have been drawn at least once."""


class Watch:
    """Computes losses, gradients and accuracies for the network in a training loop, and records the calls."""

    def __init__(self, params: dict[str, np.ndarray], x: np.ndarray, t: np.ndarray) -> None:
        self.start = params
        self._places = {_key(one): place for place, one in enumerate(x)}
        self._labels = [_key(one) for one in t]
        self.batches: list[list[int]] = []
        """For every gradient, the indices of its batch in the training samples; −1 for a sample that is not among them.
        """
        self.mislabelled = 0
        self.held: list[dict[str, np.ndarray]] = []
        self.grads: list[dict[str, np.ndarray]] = []
        self.losses: set[float] = set()
        self.accuracies: dict[int, list[float]] = {}
        """The returned accuracies in order, by the number of samples that they were computed for."""

    def loss(self, params: dict[str, np.ndarray], x: np.ndarray, t: np.ndarray) -> float:
        """The loss of a batch."""
        self.losses.add(found := _network(params).loss(x, t[: len(x)]))
        return found

    def gradient(self, params: dict[str, np.ndarray], x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """The gradient of a batch, which is recorded; labels beyond the number of samples are counted and left out."""
        self.mislabelled += len(t) > len(x)
        t = t[: len(x)]
        rows = [self._places.get(_key(one), -1) for one in x]
        self.batches.append(rows)
        self.mislabelled += sum(row >= 0 and self._labels[row] != _key(one) for row, one in zip(rows, t, strict=False))
        self.held.append({name: np.array(params[name]) for name in NAMES})
        self.grads.append(_network(params).gradient(x, t))
        return self.grads[-1]

    def accuracy(self, params: dict[str, np.ndarray], x: np.ndarray, t: np.ndarray) -> float:
        """The accuracy on these samples, which is recorded."""
        found = _network(params).accuracy(x, t)
        self.accuracies.setdefault(len(x), []).append(found)
        return found

    def rate(self, name: str, number: int, after: np.ndarray) -> float:
        """The learning rate that was used: by how many times its gradient an array was reduced in one update.

        ``number`` is the index of the update; ``after`` is the array after it.
        """
        grad = self.grads[number][name]
        return float(np.sum((self.held[number][name] - after) * grad) / np.sum(grad * grad))


def _key(row: np.ndarray) -> bytes:
    """The values of a sample as bytes, a key for a dictionary."""
    return np.asarray(row, dtype=float).tobytes()


def _network(params: dict[str, np.ndarray]) -> TwoLayerNet:
    network = TwoLayerNet(1, 1, 1)
    network.params = params
    return network


def _use(
    written: Any, x: np.ndarray, t: np.ndarray, x_test: np.ndarray, t_test: np.ndarray, epochs: int, batch_size: int,
    learning_rate: float, **params: np.ndarray,
) -> Values:  # fmt: skip
    watch = Watch(params, x, t)
    network = written.watched(watch.start, watch.loss, watch.gradient, watch.accuracy)
    came = written.train(network, x, t, x_test, t_test, epochs, batch_size, learning_rate)
    if came is None and not watch.batches:
        yield "lists", None
    yield "updates", float(len(watch.batches))
    yield "batch size", float(len(watch.batches[0])) if watch.batches else 0.0
    drawn = [row for batch in watch.batches for row in batch]
    yield "strangers", float(sum(row < 0 for row in drawn))
    yield "mislabelled", float(watch.mislabelled > 0)
    yield "different", float(min(2, len({frozenset(batch) for batch in watch.batches})))
    yield "most", float(len(set(drawn) - {-1}) >= _MOST_OF_ALL * len(x))
    yield "in order", float(all(np.array_equal(np.diff(batch), np.ones(len(batch) - 1)) for batch in watch.batches))
    for name in NAMES:
        yield f"rate of {name}", watch.rate(name, 0, watch.held[1][name])
    yield "rate at the end", watch.rate("W2", -1, np.array(network.params["W2"]))
    yield "lists", _lists(came)
    losses, train_accuracies, test_accuracies = ([float(one) for one in row] for row in came)
    yield "losses", float(len(losses))
    yield "other losses", float(not watch.losses.issuperset(losses))
    yield "numerical", float(bool(network.is_numerical))
    for name, told, asked in (("train", train_accuracies, len(x)), ("test", test_accuracies, len(x_test))):
        # Some look before the first epoch, too.
        yield f"{name} accuracies", float(min(len(told), epochs) if len(told) <= epochs + 1 else len(told))
        answered = iter(watch.accuracies.get(asked, []))
        yield f"other {name} accuracies", float(not all(one in answered for one in told))


def _lists(came: Any) -> Any:
    """The number of lists that the training loop returned; None if it returned nothing."""
    if came is None or isinstance(came, np.ndarray):
        return None if came is None else 1.0
    if not isinstance(came, (tuple, list)):
        return 0.0
    lists = sum(isinstance(one, (tuple, list, np.ndarray)) for one in came)
    if came and not lists:
        return 1.0
    return float(len(came) if lists == _LISTS else lists)


def _sixty() -> Inputs:
    """Inputs: 60 training samples in two classes, 12 test samples, and the network's initial parameters."""
    drawn = np.random.default_rng(3)
    begin = {name: array for name, array in small().items() if name in NAMES}
    x = drawn.normal(size=(72, 3))
    t = np.eye(2)[(x @ np.array([1.0, -2.0, 0.5]) + 0.3 * drawn.normal(size=72) > 0).astype(int)]
    return {**begin, "x": x[:60], "t": t[:60], "x_test": x[60:], "t_test": t[60:], "epochs": 5, "batch_size": 10,
            "learning_rate": 0.3}  # fmt: skip


def station(activation: Activation) -> Station:
    """Makes station 5 for networks with this activation in the hidden layer."""
    return Station(
        id="network_training",
        order=5,
        needs=(1, 2, 3, 4),
        title=Text("A training loop"),
        task=Text(
            "Write the function train. Each epoch has as many updates as there are full batches: draw a batch at "
            "random, ask the network for its gradients, and subtract learning_rate times the gradient from each "
            "array. Keep the loss of every update, and both accuracies once an epoch."
        ),
        does="trains",
        use=_use,
        activation=activation,
        checks=(
            Check(Text("the number of updates, and the size of a batch"), _sixty, ("updates", "batch size")),
            Check(
                Text("batches are made of training samples, each with its own label"),
                _sixty,
                ("strangers", "mislabelled"),
            ),
            Check(Text("every update draws a new batch"), _sixty, ("different",)),
            Check(Text("batches are drawn at random from all training samples"), _sixty, ("most", "in order")),
            Check(
                Text("every update subtracts learning_rate times the gradient from every array"),
                _sixty,
                (*(f"rate of {one}" for one in NAMES), "rate at the end"),
            ),
            Check(Text("three lists are returned"), _sixty, ("lists",)),
            Check(Text("gradients by backpropagation, not by differences"), _sixty, ("numerical",)),
            Check(Text("the loss of every update"), _sixty, ("losses", "other losses")),
            Check(
                Text("the accuracy on all training samples, once an epoch"),
                _sixty,
                ("train accuracies", "other train accuracies"),
            ),
            Check(
                Text("the accuracy on the test samples, once an epoch"),
                _sixty,
                ("test accuracies", "other test accuracies"),
            ),
        ),
        hints=(
            Text("Two loops: one over the epochs, and in it one over len(x_train) // batch_size updates."),
            Text("np.random.choice(len(x_train), batch_size) draws row numbers; pick x and t by the same ones."),
            Text("Go through network.params by name, so that no array is forgotten. append adds a number to a list."),
        ),
        names={
            "updates": Text("updates"),
            "batch size": Text("the size of the first batch"),
            "strangers": Text("samples in the batches that are not training samples"),
            "mislabelled": Text("whether samples have the labels of others (1: some do)"),
            "different": Text("different batches (2 stands for two or more)"),
            "most": Text("whether most training samples were drawn (1: they were)"),
            "in order": Text("whether all batches are in the order of the data (1: they are)"),
            **{f"rate of {one}": Text("the multiple of d{name} that was subtracted")(name=one) for one in NAMES},
            "rate at the end": Text("the multiple of dW2 that was subtracted in the last update"),
            "lists": Text("lists returned"),
            "numerical": Text("whether numerical_gradient was asked (1: it was)"),
            "losses": Text("losses kept"),
            "other losses": Text("whether losses were kept that no batch had (1: some were)"),
            "train accuracies": Text("training accuracies kept"),
            "other train accuracies": Text(
                "whether some training accuracies are not those of all training samples (1: some are not)"
            ),
            "test accuracies": Text("test accuracies kept"),
            "other test accuracies": Text(
                "whether some test accuracies are not those of the test samples (1: some are not)"
            ),
        },
        defines=("train",),
        has_activation=False,
    )
