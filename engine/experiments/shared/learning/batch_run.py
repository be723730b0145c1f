"""Training by mini-batches: batches and epochs, updates, and curves of loss and accuracy.

Shared by all experiments that learn in batches, whatever the model and the data.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Mapping
from typing import Any, ClassVar

import numpy as np

from engine.contract.api import (
    Frame,
    Measure,
    Probe,
    Process,
    Progress,
    RandomStreams,
    Remedy,
    Status,
    Text,
    Training,
    percent,
    quantity,
)
from engine.contract.experiment import F, P
from engine.contract.frame import required
from engine.contract.history import History
from engine.contract.table import Table, table_of
from engine.data.digits import loading_all_digits
from engine.experiments.shared.learning.batches import UNITS, Batches, nearest_row
from engine.nn.network import Network, Rows

MEAN_OF = 20
"""The running mean is taken over this many newest losses, since the losses of single batches fluctuate."""
ROWS = 512
"""The maximum number of recorded rows of a curve: as many as are distinguishable on the stage and can be drawn sixty
times a second.
"""
_SLICE = 1000
LOOKING = Text("Measuring the accuracy")

DIVERGED = Text("Diverged: at update {update:,} the numbers were no longer finite.")

Arrays = Mapping[str, np.ndarray]
Update = Callable[[Arrays, Arrays], None]


class DigitsTraining(Training[P, F]):
    """The base of experiments that train on MNIST in batches.

    ``begin`` creates the class ``process`` from the parameters, random streams, training digits and test digits, and
    then calls its ``prepare``.
    """

    units = UNITS
    uses_seed = True
    process: ClassVar[type[Any]]

    def begin(self, params: P, streams: RandomStreams) -> Generator[Progress, None, Process]:
        train, test = yield from loading_all_digits()
        process = self.process(params, streams, train, test)
        yield from process.prepare()
        return process


class BatchRunFrame(Frame):
    """The curves of a run.

    ``loss`` is that of the newest batch before its update, ``mean_loss`` the mean over the newest batches, at most 20;
    both are None before the first update. The curves ``loss_…`` have one row for every ``loss_stride`` updates. The
    curves ``sample_…`` are measured on few examples of training and test data; ``train_accuracy`` and ``test_accuracy``
    are their newest values. The curves ``epoch_…`` are measured on many examples when epochs end; ``gap`` is the newest
    training accuracy minus the newest test accuracy there.
    """

    loss: float | None
    mean_loss: float | None
    loss_updates: np.ndarray
    loss_minimum: np.ndarray
    loss_maximum: np.ndarray
    loss_mean: np.ndarray
    loss_stride: int
    batch_size: int
    samples: int
    updates_per_epoch: int
    train_accuracy: float = quantity(share=True)
    test_accuracy: float = quantity(share=True)
    gap: float = quantity(share=True)
    sample_updates: np.ndarray
    sample_train: np.ndarray
    sample_test: np.ndarray
    epochs: np.ndarray
    epoch_updates: np.ndarray
    epoch_train: np.ndarray = quantity(share=True)
    epoch_test: np.ndarray = quantity(share=True)


class BatchRun(Batches):
    """Deals out batches and records the curves of loss and accuracy.

    Call ``learnt`` with each batch's loss after its update.
    """

    def __init__(self, count: int, size: int, random: np.random.Generator) -> None:
        super().__init__(count, size, random)
        self.loss: float | None = None
        self.last_measured = 0
        self._losses = History(("loss", "mean"), ROWS)
        self._sampled = History(("train", "test"), ROWS)
        self._measured = History(("epoch", "train", "test"), ROWS // 2)
        self._newest: deque[float] = deque(maxlen=MEAN_OF)

    @property
    def mean_loss(self) -> float | None:
        """The mean of the newest losses, at most 20; None before the first update."""
        return sum(self._newest) / len(self._newest) if self._newest else None

    @property
    def has_full_mean(self) -> bool:
        """Whether 20 losses have been recorded, so that ``mean_loss`` is over all 20."""
        return len(self._newest) == MEAN_OF

    def learnt(self, loss: float) -> tuple[str, ...]:
        """Record an update with its loss; returns the units that it completed ("update", and "epoch" at the end of
        one).
        """
        events = self.done()
        self.loss = loss
        self._newest.append(loss)
        self._losses.append(self.update, loss, required(self.mean_loss))
        return events

    def sampled(self, train: float, test: float) -> None:
        """Record training and test accuracy on few examples, for the curves ``sample_…``."""
        self._sampled.append(self.update, train, test)

    def measured(self, train: float, test: float) -> None:
        """Record training and test accuracy on many examples, for the curves ``epoch_…``."""
        self._measured.append(self.update, self.epoch, train, test)
        self.last_measured = self.update

    def fields(self) -> dict[str, Any]:
        """The values of a ``BatchRunFrame`` by field name; ``sampled`` and ``measured`` must each have been called
        once.
        """
        losses, means = self._losses.curve("loss"), self._losses.curve("mean")
        train, test = self._sampled.curve("train"), self._sampled.curve("test")
        epochs, all_train, all_test = (self._measured.curve(name) for name in ("epoch", "train", "test"))
        return {
            "update": self.update,
            "counts": (self.update, self.epoch),
            "loss": self.loss,
            "mean_loss": self.mean_loss,
            "loss_updates": losses.updates,
            "loss_minimum": losses.minimum,
            "loss_maximum": losses.maximum,
            "loss_mean": means.last,
            "loss_stride": losses.stride,
            "batch_size": self.size,
            "samples": self.count,
            "updates_per_epoch": self.per_epoch,
            "train_accuracy": float(train.last[-1]),
            "test_accuracy": float(test.last[-1]),
            "gap": float(all_train.last[-1] - all_test.last[-1]),
            "sample_updates": train.updates,
            "sample_train": train.last,
            "sample_test": test.last,
            "epochs": epochs.last.astype(np.int64),
            "epoch_updates": epochs.updates,
            "epoch_train": all_train.last,
            "epoch_test": all_test.last,
        }


def finite_update(update: Update, params: Arrays, grads: Arrays) -> Arrays | None:
    """Update ``params`` in place and return copies of their old values.

    If a gradient or an updated parameter is not finite, ``params`` stay as they were and None is returned.
    """
    if not _all_finite(grads):
        return None
    before = {name: values.copy() for name, values in params.items()}
    # A finite gradient, times the rate, may still be more than the format holds.
    with np.errstate(over="ignore", invalid="ignore"):
        update(params, grads)
    if _all_finite(params):
        return before
    for name, values in params.items():
        values[...] = before[name]
    return None


def diverged(remedy: Remedy | None) -> Status:
    """The notice for a run that has ended because an update would have given numbers that are not finite."""
    words = Text(
        "The steps are so long that the numbers became too large for a computer. The last finite state is shown."
    )
    return Status("diverged", words, remedy)


def answers(network: Network, x: np.ndarray) -> np.ndarray:
    """The class with the largest score for every sample of ``x`` (N, …), as an array (N,)."""
    # Weights that have run off may give more than the format holds.
    with np.errstate(over="ignore", invalid="ignore"):
        return np.argmax(network.predict(x), axis=1)


def answering(network: Network, x: Rows, rows: int) -> Generator[Progress, None, np.ndarray]:
    """A generator that yields its progress and returns the class with the largest score for every sample of ``x`` (N,
    …), as an array (N,). ``rows`` samples are computed at a time.
    """
    found = []
    for start in range(0, len(x), rows):
        found.append(answers(network, x[start : start + rows]))
        yield Progress(LOOKING, min(1.0, (start + rows) / len(x)))
    return np.concatenate(found)


def share_right(answers: np.ndarray, t: np.ndarray) -> float:
    """The share of the answers (N,) that equal the labels ``t`` (N,)."""
    return float(np.mean(answers == t))


def accuracies(
    answers: Callable[[np.ndarray], np.ndarray], parts: Mapping[str, tuple[Rows, np.ndarray]]
) -> Generator[Progress, None, dict[str, float]]:
    """A generator that yields its progress and returns the share of right answers by the name of each data set in
    ``parts``.

    ``parts`` maps a name to images (N, …) and labels (N,); ``answers`` classifies a thousand images at a time.
    """
    every, done, shares = sum(len(labels) for _, labels in parts.values()), 0, {}
    for name, (images, labels) in parts.items():
        right = 0
        for start in range(0, len(labels), _SLICE):
            here = slice(start, start + _SLICE)
            right += int(np.sum(answers(images[here]) == labels[here]))
            done += len(labels[here])
            yield Progress(LOOKING, done / every)
        shares[name] = right / len(labels)
    return shares


def _all_finite(arrays: Arrays) -> bool:
    return all(np.isfinite(values).all() for values in arrays.values())


CURVE_MEASURES = (
    Measure("loss", ("mean_of_20",), label=Text("loss")),
    Measure("accuracy", ("test",), best="highest"),
    Measure("accuracy", ("train",), best="highest"),
)
"""The measures by which two runs are compared: columns of the tables that ``curve_tables`` returns."""


def curve_tables(frame: BatchRunFrame) -> tuple[Table, ...]:
    """The tables of a run's curves: loss, accuracy on few examples, and accuracy on many examples when epochs end."""
    update = Text("update")
    train, test = Text("training accuracy"), Text("test accuracy")
    return (
        table_of(
            "loss",
            Text("loss"),
            update=(frame.loss_updates, update),
            smallest=(frame.loss_minimum, Text("smallest")),
            largest=(frame.loss_maximum, Text("largest")),
            mean_of_20=(frame.loss_mean, Text("mean of 20")),
        ),
        table_of(
            "accuracy",
            Text("accuracy"),
            update=(frame.sample_updates, update),
            train=(frame.sample_train, train),
            test=(frame.sample_test, test),
        ),
        table_of(
            "epochs",
            Text("epochs"),
            epoch=(frame.epochs, Text("epoch")),
            update=(frame.epoch_updates, update),
            train=(frame.epoch_train, train),
            test=(frame.epoch_test, test),
        ),
    )


def curve_probe(frame: BatchRunFrame, curve: str, update: float, train_size: int, test_size: int) -> Probe | None:
    """The tooltip of a curve at the recorded update nearest to ``update``; None if ``curve`` is neither "loss" nor
    "accuracy", or without a loss.

    ``train_size`` and ``test_size`` are the numbers of digits on which the accuracies were measured.
    """
    if curve == "loss" and len(frame.loss_updates):
        row = nearest_row(frame.loss_updates, update)
        words = Text("update {update}: batch loss {low:.3f} to {high:.3f}, mean of the last 20 {mean:.3f}")
        if frame.loss_stride == 1:
            words = Text("update {update}: batch loss {low:.3f}, mean of the last 20 {mean:.3f}")
        values = {"low": frame.loss_minimum, "high": frame.loss_maximum, "mean": frame.loss_mean}
        shown = {name: float(curve[row]) for name, curve in values.items()}
        return Probe(words(update=int(frame.loss_updates[row]), **shown))
    if curve == "accuracy":
        row = nearest_row(frame.sample_updates, update)
        words = Text("update {update}: right: {train} of {few:,} training and {test} of {count:,} test digits")
        train, test = percent(float(frame.sample_train[row]), 1), percent(float(frame.sample_test[row]), 1)
        return Probe(
            words(update=int(frame.sample_updates[row]), train=train, test=test, few=train_size, count=test_size)
        )
    return None
