"""The run of `training`: updates by one batch each, with regular measurements of the accuracy."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np

from engine.calculus import numerical_gradients
from engine.contract.api import Process, Progress, RandomStreams, Text, required
from engine.contract.protocol import with_progress
from engine.data.digits import SIDE, Digits
from engine.data.preprocessing import block_means
from engine.experiments.ch4_training.training import words as training_words
from engine.experiments.ch4_training.training.params import (
    DIGITS_SHOWN,
    RUN_UPDATES,
    SAMPLE,
    WEIGHTS_SHOWN,
    TrainingFrame,
    TrainingParams,
)
from engine.experiments.shared.learning.batch_run import (
    LOOKING,
    BatchRun,
    accuracies,
    answers,
    finite_update,
    share_right,
)
from engine.experiments.shared.networks.loss_slice import LossSlices
from engine.experiments.shared.networks.shade_scale import in_steps
from engine.networks.kept import KeptNetwork
from engine.networks.layers import layers_of
from engine.nn import SGD, Affine, Network, SoftmaxWithLoss, gaussian, softmax, zeros
from engine.nn.deep_network import ACTIVATION_LAYERS
from engine.nn.parameters import count_numbers

CHANCE_LOSS = math.log(10)
# A mean loss nearer than this share to that of guessing is flat.
FLAT_WITHIN = 0.01
# The sample is looked at every so many updates: often at first, when much happens, later seldom, because a look takes
# as long as six updates.
_OFTEN, _OFTEN_UNTIL, _SELDOM = 20, 1000, 100
# When an epoch ends, so many of each are looked at: all of the test data, and as many training images, because all
# 60,000 would take a third of the whole time and tell nearly the same. No sooner than after _FULL_AFTER updates, or as
# many images learned from as are looked at: with few images epochs follow one another quickly.
FULL, _FULL_AFTER = 10_000, 100
_WORKING = Text("Numerical gradient: {done} of {all} forward passes")

# A slice through the loss takes as long as some hundred updates.
_SLICE_EVERY = 300

Gradients = dict[str, np.ndarray]


def build_network(
    sizes: tuple[int, int, int], activation: str, std: float, random: np.random.Generator, dtype: type[np.floating]
) -> Network:
    """A network Affine – activation – Affine with softmax and cross-entropy loss; biases start at 0.

    ``sizes`` are the numbers of inputs, hidden neurons and outputs, ``std`` the standard deviation of the initial
    weights.
    """
    inputs, hidden, outputs = sizes
    W1, b1 = gaussian((inputs, hidden), std, random, dtype), zeros((hidden,), dtype)
    W2, b2 = gaussian((hidden, outputs), std, random, dtype), zeros((outputs,), dtype)
    middle = ACTIVATION_LAYERS[activation]()
    # Nothing learns below the first layer, so it need not pass a gradient on.
    return Network([Affine(W1, b1, input_gradient=False), middle, Affine(W2, b2)], SoftmaxWithLoss())


class MiniBatchTraining(Process):
    """The training of a network on MNIST with mini-batches. ``advance`` makes one update; ``prepare`` must be called
    once before the first.
    """

    def __init__(self, params: TrainingParams, streams: RandomStreams, train: Digits, test: Digits) -> None:
        self._params = params
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
        self._run = BatchRun(count, params.batch_size, streams.order)
        self._flat_updates, self._still_flat = 0, True
        self._events: tuple[str, ...] = ()
        self._used_rate: float | None = None
        self._b_before = self._network.params["b2"].copy()
        self._b_gradient = np.zeros_like(self._b_before)
        self._direction = streams.direction

    @property
    def counts(self) -> tuple[int, ...]:
        return self._run.counts

    def prepare(self) -> Generator[Progress, None, None]:
        """Measure the times of a forward pass and of backpropagation, and the accuracy, before the first update."""
        self._keep_small()
        x, t = self._batch()
        self._pass_seconds = yield from _least_time(lambda: self._network.loss(x, t))
        self._backpropagation_seconds = yield from _least_time(lambda: self._network.gradients(x, t))
        self._numerical_seconds = self._passes() * self._pass_seconds
        yield Progress(LOOKING)
        yield from self._look()
        x, t = self._samples[0]
        self._slices = LossSlices(self._network, x, t, self._direction)
        if self._params.loss_slice:
            yield from self._slices.take(0)

    # Learning

    def advance(self) -> Generator[Progress, None, None] | None:
        if self._numerical:
            return self._advance_numerically()
        # Numbers beyond the format are found out below; NumPy need not warn of them.
        with np.errstate(over="ignore", invalid="ignore"):
            self._put_in(*self._network.gradients(*self._batch()))
        return self._looks() if self._due() or self._slice_is_due() else None

    def _advance_numerically(self) -> Generator[Progress, None, None]:
        """Make one update with a numerical gradient; yields progress after every few forward passes."""
        (x, t), every = self._batch(), self._passes()

        def sign(numbers: int) -> Progress:
            return Progress(_WORKING(done=f"{2 * numbers:,}", all=f"{every:,}"), 2 * numbers / every)

        loss = self._network.loss(x, t)
        walk = numerical_gradients(lambda _: self._network.loss(x, t), self._network.params, self._params.h)
        # What goes by while the window draws is not the gradient's time.
        grads, self._numerical_seconds = yield from with_progress(walk, sign)
        self._put_in(loss, grads)
        yield from self._looks()

    def _batch(self) -> tuple[np.ndarray, np.ndarray]:
        """The images (N, side²) and labels (N,) of the next batch."""
        rows = self._run.rows
        return self._pixels(self._train.images[rows]), self._train.labels[rows]

    def _put_in(self, loss: float, grads: Gradients) -> None:
        """Update with these gradients and record the loss; ends the run if anything is not finite, keeping the last
        state.
        """
        before = finite_update(self._optimizer.update, self._network.params, grads) if math.isfinite(loss) else None
        if before is None:
            self.finished, self._events = True, ("diverged",)
            return
        self._b_before, self._b_gradient = before["b2"], grads["b2"]
        self._used_rate = self._optimizer.learning_rate
        self._events = self._run.learnt(loss)
        update = self._run.update
        if self._still_flat and self._run.has_full_mean:
            self._still_flat = self._is_flat()
            self._flat_updates = update if self._still_flat else self._flat_updates
        every = 1 if self._numerical else _OFTEN if update <= _OFTEN_UNTIL else _SELDOM
        if update % every == 0:
            self._look_at_sample()

    def change(self, path: str, value: object) -> Generator[Progress, None, None] | None:
        if path not in ("learning_rate", "loss_slice"):
            raise KeyError(path)
        self._params = self._params.replaced({path: value})
        self._optimizer.learning_rate = self._params.learning_rate
        return self._slices.take(self._run.update) if path == "loss_slice" and self._params.loss_slice else None

    # Looking

    def _due(self) -> bool:
        """Whether an epoch has just ended and the accuracy on many images must be measured now."""
        since = self._run.update - self._run.last_measured
        long_ago = since >= _FULL_AFTER or since * self._run.size >= FULL
        return "epoch" in self._events and (self._numerical or long_ago)

    def _slice_is_due(self) -> bool:
        return self._params.loss_slice and self._run.update % _SLICE_EVERY == 0 and not self.finished

    def _looks(self) -> Generator[Progress, None, None]:
        """Measure the accuracy on many images and take a slice through the loss, if they are due."""
        if self._due():
            yield from self._look()
        if self._slice_is_due():
            yield from self._slices.take(self._run.update)

    def _look(self) -> Generator[Progress, None, None]:
        """Measure the accuracy on up to 10,000 training images and on all test images."""
        rows = self._full_of_train
        parts = {
            "train": (self._train.images[rows], self._train.labels[rows]),
            "test": (self._test.images, self._test.labels),
        }
        self._run.measured(**(yield from accuracies(self._answers, parts)))

    def _look_at_sample(self) -> None:
        """Measure the accuracy on the sample, and how many hidden units are saturated or dead there."""
        first, middle, last = self._network.layers
        shares = []
        for x, labels in self._samples:
            with np.errstate(over="ignore", invalid="ignore"):
                hidden = middle.forward(first.forward(x))
                shares.append(share_right(np.argmax(last.forward(hidden), axis=1), labels))
        self._run.sampled(*shares)
        is_sigmoid = self._params.activation == "sigmoid"
        self._saturated = float(np.mean((hidden < 0.05) | (hidden > 0.95))) if is_sigmoid else 0.0
        # Outputs of sigmoid that are 0 only by underflow are saturated.
        self._dead = 0 if is_sigmoid else int(np.sum(np.all(hidden == 0, axis=0)))

    def _keep_small(self) -> None:
        """Convert the sample and the shown digits to floats once, which costs a few megabytes and saves time."""
        parts = ((self._train, self._sample_of_train), (self._test, self._sample_of_test))
        self._samples = [(self._pixels(part.images[rows]), part.labels[rows]) for part, rows in parts]
        images = self._test.images[self._digits]
        self._digit_pixels = self._pixels(images)
        self._shown: dict[str, Any] = {
            "digit_indices": self._digits,
            "digit_images": block_means(images, self._side),
            "digit_labels": self._test.labels[self._digits].astype(np.int64),
        }
        for array in self._shown.values():
            array.setflags(write=False)
        self._look_at_sample()

    def _pixels(self, images: np.ndarray) -> np.ndarray:
        """Images (N, 28, 28) of bytes as rows (N, side²) of values from 0 to 1."""
        if self._side != SIDE:
            images = block_means(images, self._side)
        return np.multiply(images.reshape(len(images), -1), self._dtype(1 / 255), dtype=self._dtype)

    def _answers(self, images: np.ndarray) -> np.ndarray:
        return answers(self._network, self._pixels(images))

    def _is_flat(self) -> bool:
        """Whether the mean loss is still that of guessing."""
        mean = self._run.mean_loss
        return self._run.has_full_mean and abs(required(mean) - CHANCE_LOSS) <= FLAT_WITHIN * CHANCE_LOSS

    def _passes(self) -> int:
        """The number of forward passes for one numerical gradient: two for each parameter."""
        return 2 * count_numbers(self._network.params)

    # What is shown

    def kept_network(self) -> KeptNetwork:
        layers, arrays = layers_of(self._network)
        # What is shown may have been measured updates ago.
        x, labels = self._samples[1]
        return KeptNetwork(
            experiment="training",
            inputs=(self._side**2,),
            layers=layers,
            arrays=arrays,
            data="mnist",
            samples=self._run.count,
            test_accuracy=share_right(answers(self._network, x), labels),
            tested=len(self._sample_of_test),
        )

    def frame(self, heavy: bool) -> TrainingFrame:
        params = self._network.params
        with np.errstate(over="ignore", invalid="ignore"):
            scores = self._network.predict(self._digit_pixels).astype(np.float64)
            probabilities = softmax(scores)
        answered, labels = np.argmax(scores, axis=1), self._shown["digit_labels"]
        first = params["W1"][:, :WEIGHTS_SHOWN].T.reshape(-1, self._side, self._side)
        weights, step = in_steps(first)
        frame = TrainingFrame(
            **self._run.fields(),
            events=self._events,
            finished=self.finished,
            chance_loss=CHANCE_LOSS,
            flat_updates=self._flat_updates,
            flat=self._is_flat(),
            sample_size=len(self._sample_of_train),
            full_size=len(self._full_of_train),
            **self._shown,
            digit_scores=scores,
            digit_probabilities=probabilities,
            digit_answers=answered,
            digits_right=int(np.sum(answered == labels)),
            hidden=self._params.hidden,
            weights=weights,
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
            slice=self._slices.newest if self._params.loss_slice else None,
        )
        return replace(frame, status=training_words.status(self._params, frame))


def _least_time(work: Callable[[], object], times: int = 7, most: float = 0.25) -> Generator[Progress, None, float]:
    """A generator that yields progress and returns the seconds that ``work`` takes when no other program disturbs it.

    That is the shortest of ``times`` attempts, or of fewer, at least three, once they take more than ``most`` seconds
    together. A median of so few would fluctuate with what else the computer does.
    """
    found: list[float] = []
    while len(found) < 3 or (len(found) < times and sum(found) < most):
        yield Progress(LOOKING)
        began = perf_counter()
        work()
        found.append(perf_counter() - began)
    return min(found)
