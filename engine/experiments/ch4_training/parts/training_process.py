"""The run of the experiment `training`: batch after batch, with a look at the accuracy now and then."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from time import perf_counter

import numpy as np

from engine.contract.history import History
from engine.contract.protocol import Process, Progress
from engine.contract.streams import Streams
from engine.contract.text import Text
from engine.data.block_means import block_means
from engine.data.digits import SIDE, Digits
from engine.experiments.ch4_training.parts import training_words
from engine.experiments.ch4_training.parts.training_gradient import numerical_gradients
from engine.experiments.ch4_training.parts.training_params import (
    DIGITS_SHOWN,
    RUN_UPDATES,
    SAMPLE,
    WEIGHT_STEPS,
    WEIGHTS_SHOWN,
    TrainingFrame,
    TrainingParams,
)
from engine.nn import SGD, Affine, Network, ReLU, Sigmoid, SoftmaxWithLoss, gaussian, softmax, zeros

CHANCE_LOSS = math.log(10)
# The loss of a batch jumps about; the mean of so many newest ones shows where it goes.
MEAN_OF = 20
# A mean loss nearer than this share to that of guessing is flat.
FLAT_WITHIN = 0.01
# The sample is looked at every so many updates: often at first, when much happens, later seldom, because a look takes
# as long as six updates.
_OFTEN, _OFTEN_UNTIL, _SELDOM = 20, 1000, 100
# When an epoch ends, so many of each are looked at: all of the test data, and as many training images, because all
# 60,000 would take a third of the whole time and tell nearly the same. No sooner than after _FULL_AFTER updates: with
# few images epochs follow one another quickly.
FULL, _FULL_AFTER = 10_000, 100
_SLICE = 1000
# As many rows as can be told apart on the stage, and as can be drawn sixty times a second.
_ROWS = 512
_LOOKING = Text("Measuring the accuracy", "正在计算准确率")


def build_network(
    sizes: tuple[int, int, int], activation: str, std: float, random: np.random.Generator, dtype: type[np.floating]
) -> Network:
    """Affine – activation – Affine, with softmax and loss at the end; biases begin at 0."""
    inputs, hidden, outputs = sizes
    W1, b1 = gaussian((inputs, hidden), std, random, dtype), zeros((hidden,), dtype)
    W2, b2 = gaussian((hidden, outputs), std, random, dtype), zeros((outputs,), dtype)
    middle = Sigmoid() if activation == "sigmoid" else ReLU()
    # Nothing learns below the first layer, so it need not pass a gradient on.
    return Network([Affine(W1, b1, input_gradient=False), middle, Affine(W2, b2)], SoftmaxWithLoss())


class MiniBatchTraining(Process):
    """One update an ``advance``; ``prepare`` has to be done once before the first."""

    def __init__(self, params: TrainingParams, streams: Streams, train: Digits, test: Digits) -> None:
        self._params, self._streams = params, streams
        self._side, self._numerical = int(params.image_side), params.gradient == "numerical"
        # float32 halves the time of an update (317 against 542 µs) and gives the same curve to three digits; a
        # difference of two losses over 2h would be left with no digit of it.
        self._dtype = np.float64 if self._numerical else np.float32
        # What is tested with comes first: however many images are learned from, it stays the same.
        self._test = test
        self._digits = streams.data.permutation(len(test.labels))[:DIGITS_SHOWN]
        self._sample_of_test = streams.data.permutation(len(test.labels))[:SAMPLE]
        count = int(params.samples)
        chosen = np.sort(streams.data.permutation(len(train.labels))[:count])
        whole = count == len(train.labels)
        self._train = train if whole else Digits(train.images[chosen], train.labels[chosen])
        self._full_of_train = streams.data.permutation(count)[:FULL]
        self._sample_of_train = self._full_of_train[:SAMPLE]
        sizes = self._side**2, params.hidden, 10
        self._network = build_network(sizes, params.activation, params.initial_std, streams.weights, self._dtype)
        self._optimizer = SGD(params.learning_rate)
        self._per_epoch = -(-count // params.batch_size)
        self._update = self._epoch = 0
        self._order = streams.order.permutation(count)
        self._losses = History(("loss", "mean"), _ROWS)
        self._sampled = History(("train", "test"), _ROWS)
        self._full = History(("epoch", "train", "test"), _ROWS // 2)
        self._newest: deque[float] = deque(maxlen=MEAN_OF)
        self._loss: float | None = None
        self._flat_updates, self._still_flat = 0, True
        self._events: tuple[str, ...] = ()
        self._diverged = False
        self._used_rate: float | None = None
        self._b_before = self._network.params["b2"].copy()
        self._b_gradient = np.zeros_like(self._b_before)
        self._last_full = 0

    @property
    def counts(self) -> tuple[int, ...]:
        return self._update, self._epoch

    def prepare(self) -> Generator[Progress, None, None]:
        """Measure times and accuracy as they are before the first update."""
        self._keep_small()
        yield Progress(_LOOKING)
        x, t = self._batch()
        self._pass_seconds = _median_time(lambda: self._network.loss(x, t))
        yield Progress(_LOOKING)
        self._backpropagation_seconds = _median_time(lambda: self._network.gradients(x, t))
        self._numerical_seconds = self._passes() * self._pass_seconds
        yield Progress(_LOOKING)
        yield from self._look()

    # Learning

    def advance(self) -> Generator[Progress, None, None] | None:
        if self._numerical:
            return self._advance_numerically()
        epochs = self._epoch
        self._put_in(*self._gradients())
        return self._look() if self._epoch > epochs and self._due() else None

    def _advance_numerically(self) -> Generator[Progress, None, None]:
        work, seconds, epochs = numerical_gradients(self._network, *self._batch(), self._params.h), 0.0, self._epoch
        while True:
            began = perf_counter()
            try:
                progress = next(work)
            except StopIteration as stop:
                seconds += perf_counter() - began
                loss, grads = stop.value
                break
            # What goes by while the window draws is not the gradient's time.
            seconds += perf_counter() - began
            yield progress
        self._numerical_seconds = seconds
        self._put_in(loss, grads)
        if self._epoch > epochs and self._due():
            yield from self._look()

    def _gradients(self) -> tuple[float, dict[str, np.ndarray]]:
        # Numbers beyond the format are found out below; NumPy need not warn of them.
        with np.errstate(over="ignore", invalid="ignore"):
            return self._network.gradients(*self._batch())

    def _batch(self) -> tuple[np.ndarray, np.ndarray]:
        """The next images and labels in this epoch's order; the last batch of an epoch has what is left."""
        start = self._update % self._per_epoch * self._params.batch_size
        rows = self._order[start : start + self._params.batch_size]
        return self._pixels(self._train.images[rows]), self._train.labels[rows]

    def _put_in(self, loss: float, grads: dict[str, np.ndarray]) -> None:
        """Do the update with these gradients, unless anything is not finite: then the last state stays."""
        if not (math.isfinite(loss) and _all_finite(grads)):
            self._diverge()
            return
        before = {name: values.copy() for name, values in self._network.params.items()}
        # A finite gradient, times the rate, may still be more than the format holds.
        with np.errstate(over="ignore", invalid="ignore"):
            self._optimizer.update(self._network.params, grads)
        if not _all_finite(self._network.params):
            for name, values in self._network.params.items():
                values[...] = before[name]
            self._diverge()
            return
        self._b_before, self._b_gradient = before["b2"], grads["b2"]
        self._used_rate = self._optimizer.learning_rate
        self._update += 1
        self._loss = loss
        self._newest.append(loss)
        self._losses.append(self._update, loss, self._mean_loss())
        if self._still_flat and len(self._newest) == MEAN_OF:
            self._still_flat = self._is_flat()
            self._flat_updates = self._update if self._still_flat else self._flat_updates
        self._events = ("update",)
        if self._update % self._per_epoch == 0:
            self._epoch += 1
            self._events = ("update", "epoch")
            self._order = self._streams.order.permutation(len(self._train.labels))
        every = 1 if self._numerical else _OFTEN if self._update <= _OFTEN_UNTIL else _SELDOM
        if self._update % every == 0:
            self._look_at_sample()

    def _diverge(self) -> None:
        self._diverged = self.finished = True
        self._events = ("diverged",)

    def change(self, path: str, value: object) -> None:
        if path != "learning_rate":
            raise KeyError(path)
        self._params = self._params.replaced({path: value})
        self._optimizer.learning_rate = self._params.learning_rate

    # Looking

    def _look(self) -> Generator[Progress, None, None]:
        """The accuracy on many images of both kinds, a thousand at a time."""
        parts = ((self._train, self._full_of_train), (self._test, np.arange(len(self._test.labels))))
        every, done, shares = sum(len(rows) for _, rows in parts), 0, []
        for part, rows in parts:
            right = 0
            for start in range(0, len(rows), _SLICE):
                here = rows[start : start + _SLICE]
                right += int(np.sum(self._answers(self._pixels(part.images[here])) == part.labels[here]))
                done += len(here)
                yield Progress(_LOOKING, done / every)
            shares.append(right / len(rows))
        self._full.append(self._update, self._epoch, *shares)
        self._last_full = self._update

    def _due(self) -> bool:
        return self._numerical or self._update - self._last_full >= _FULL_AFTER

    def _look_at_sample(self) -> None:
        first, middle, last = self._network.layers
        shares = []
        for x, labels in self._samples:
            with np.errstate(over="ignore", invalid="ignore"):
                hidden = middle.forward(first.forward(x))
                shares.append(float(np.mean(np.argmax(last.forward(hidden), axis=1) == labels)))
        self._sampled.append(self._update, *shares)
        is_sigmoid = self._params.activation == "sigmoid"
        self._saturated = float(np.mean((hidden < 0.05) | (hidden > 0.95))) if is_sigmoid else 0.0
        # Outputs of sigmoid that are 0 only by underflow are saturated.
        self._dead = 0 if is_sigmoid else int(np.sum(np.all(hidden == 0, axis=0)))

    def _keep_small(self) -> None:
        """Sample and digits stay ready as numbers: a few megabytes, and no time lost on them."""
        parts = ((self._train, self._sample_of_train), (self._test, self._sample_of_test))
        self._samples = [(self._pixels(part.images[rows]), part.labels[rows]) for part, rows in parts]
        images = self._test.images[self._digits]
        self._digit_pixels = self._pixels(images)
        self._shown = {
            "digit_indices": self._digits,
            "digit_images": block_means(images, self._side),
            "digit_labels": self._test.labels[self._digits].astype(np.int64),
        }
        for array in self._shown.values():
            array.setflags(write=False)
        self._look_at_sample()

    def _pixels(self, images: np.ndarray) -> np.ndarray:
        """Bytes (N, 28, 28) as rows (N, side²) from 0 to 1."""
        if self._side != SIDE:
            images = block_means(images, self._side)
        return np.multiply(images.reshape(len(images), -1), self._dtype(1 / 255), dtype=self._dtype)

    def _answers(self, x: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore", invalid="ignore"):
            return np.argmax(self._network.predict(x), axis=1)

    def _mean_loss(self) -> float | None:
        return sum(self._newest) / len(self._newest) if self._newest else None

    def _is_flat(self) -> bool:
        within = FLAT_WITHIN * CHANCE_LOSS
        return len(self._newest) == MEAN_OF and abs(self._mean_loss() - CHANCE_LOSS) <= within

    def _passes(self) -> int:
        return 2 * sum(values.size for values in self._network.params.values())

    # What is shown

    def frame(self, heavy: bool) -> TrainingFrame:
        params = self._network.params
        losses, means = self._losses.curve("loss"), self._losses.curve("mean")
        train, test = self._sampled.curve("train"), self._sampled.curve("test")
        epochs, full_train, full_test = (self._full.curve(name) for name in ("epoch", "train", "test"))
        with np.errstate(over="ignore", invalid="ignore"):
            scores = self._network.predict(self._digit_pixels).astype(np.float64)
            probabilities = softmax(scores)
        answers, labels = np.argmax(scores, axis=1), self._shown["digit_labels"]
        first = params["W1"][:, :WEIGHTS_SHOWN].T.reshape(-1, self._side, self._side)
        step = float(np.max(np.abs(first))) / WEIGHT_STEPS
        frame = TrainingFrame(
            update=self._update,
            counts=self.counts,
            events=self._events,
            finished=self.finished,
            loss=self._loss,
            mean_loss=self._mean_loss(),
            chance_loss=CHANCE_LOSS,
            flat_updates=self._flat_updates,
            flat=self._is_flat(),
            loss_updates=losses.updates,
            loss_minimum=losses.minimum,
            loss_maximum=losses.maximum,
            loss_mean=means.last,
            loss_stride=losses.stride,
            batch_size=self._params.batch_size,
            samples=len(self._train.labels),
            updates_per_epoch=self._per_epoch,
            sample_size=len(self._sample_of_train),
            full_size=len(self._full_of_train),
            train_accuracy=float(train.last[-1]),
            test_accuracy=float(test.last[-1]),
            gap=float(full_train.last[-1] - full_test.last[-1]),
            sample_updates=train.updates,
            sample_train=train.last,
            sample_test=test.last,
            epochs=epochs.last.astype(np.int64),
            epoch_updates=epochs.updates,
            epoch_train=full_train.last,
            epoch_test=full_test.last,
            **self._shown,
            digit_scores=scores,
            digit_probabilities=probabilities,
            digit_answers=answers,
            digits_right=int(np.sum(answers == labels)),
            hidden=self._params.hidden,
            weights=np.rint(first / step).astype(np.int8) if step > 0 else first.astype(np.int8),
            weight_step=step,
            b_before=self._b_before.astype(np.float64),
            b_gradient=self._b_gradient.astype(np.float64),
            b_after=params["b2"].astype(np.float64),
            used_rate=self._used_rate,
            saturated=self._saturated,
            dead=self._dead,
            parameters=self._passes() // 2,
            passes_per_update=self._passes(),
            run_updates=RUN_UPDATES,
            pass_seconds=self._pass_seconds,
            backpropagation_seconds=self._backpropagation_seconds,
            numerical_seconds=self._numerical_seconds,
            numerical_run_seconds=self._numerical_seconds * RUN_UPDATES,
        )
        return replace(frame, status=training_words.status(self._params, frame, self._diverged))


def _all_finite(arrays: Mapping[str, np.ndarray]) -> bool:
    return all(np.isfinite(values).all() for values in arrays.values())


def _median_time(work: Callable[[], object], times: int = 5, enough: float = 0.01) -> float:
    """Seconds that ``work`` takes: the median of a few times, of fewer where they add up to more than ``enough``."""
    found: list[float] = []
    while len(found) < times and sum(found) < enough:
        began = perf_counter()
        work()
        found.append(perf_counter() - began)
    return float(np.median(found))
