"""The run of `cnn`: a convolutional network learns digits, optionally beside a fully connected one for comparison."""

from __future__ import annotations

import copy
import math
from collections.abc import Generator
from dataclasses import replace
from typing import Any

import numpy as np

from engine.contract.api import Process, Progress, RandomStreams, finite_or_none
from engine.contract.history import History
from engine.data.digits import SIDE, Digits
from engine.data.pixel_rows import PixelPictures
from engine.data.preprocessing import preprocessed
from engine.data.strokes import inking
from engine.experiments.ch7_convolution.cnn import words as cnn_words
from engine.experiments.ch7_convolution.cnn.params import (
    BRUSH,
    CLASSES,
    SAMPLE,
    TRAIN_SAMPLE,
    WRONG_SHOWN,
    CnnFrame,
    CnnParams,
)
from engine.experiments.shared.learning.augmentation import AugmentedExamples
from engine.experiments.shared.learning.batch_run import ROWS, answering, share_right
from engine.experiments.shared.learning.race import LEARNS, Learner, Race
from engine.experiments.shared.learning.rate_schedule import RatePlan
from engine.experiments.shared.networks.loss_slice import LossSlices
from engine.experiments.shared.networks.network_fields import OPTIMIZERS_BY_NAME
from engine.experiments.shared.networks.shade_scale import WEIGHT_STEPS, in_steps
from engine.networks.kept import ORDER, KeptNetwork
from engine.networks.layers import layers_of
from engine.nn import Network, softmax
from engine.nn.conv_network import conv_network
from engine.nn.deep_network import deep_network
from engine.nn.layers import Affine, Convolution
from engine.nn.parameters import count_numbers

# The sample is looked at every so many updates, up to an update; a look takes as long as three updates.
_EVERY = ((5, 5), (200, 10), (math.inf, 20))
# The same of slices through the loss, each of which takes as long as twenty updates.
_SLICE_EVERY = ((5, 5), (math.inf, 50))
# So many pictures at a time: their windows fit the processor's memory, and it takes half of the time of all at once.
_SLICE_ROWS = 50
# So many pictures at a time: what goes by in between is felt in the window.
_PIECE = 100


class CnnRun(Process):
    """The training of a CNN on MNIST, if chosen beside a fully connected network. ``advance`` makes one update;
    ``prepare`` must be called once before the first.
    """

    def __init__(self, params: CnnParams, streams: RandomStreams, train: Digits, test: Digits) -> None:
        self._params = params
        order = streams.data.permutation(SIDE * SIDE)
        # What is looked at is the same with pixels as they are and permuted.
        self._rows = streams.data.permutation(len(test.labels))[:SAMPLE]
        train_rows = streams.data.permutation(len(train.labels))[:TRAIN_SAMPLE]
        self._order = order if params.pixels == "permuted" else None
        images = self._pictures(train.images)
        self._all_test = self._pictures(test.images), test.labels
        self._test = self._all_test[0][self._rows], test.labels[self._rows].astype(np.int64)
        self._train = images[train_rows], train.labels[train_rows]
        learners = [self._learner("cnn", _cnn(params, streams))]
        if params.compare:
            dense = _dense(params, learners[0].network, streams.further(0))
            if self._order is not None:
                # Each weight goes with its pixel, so that nothing but the order of the inputs differs.
                dense.params["W1"][...] = dense.params["W1"][self._order]
            learners.append(self._learner("dense", dense))
        self._augmented: AugmentedExamples | None = None
        if params.augmentation:
            self._augmented = AugmentedExamples(
                train.images, train.labels, params.augmentation, streams.augmentation, (1, SIDE, SIDE), self._order
            )
        self._race = Race(images, train.labels, params.batch_size, learners, streams.order, self._augmented)
        self._network = learners[0].network
        self._before = self._network.params["W1"][:, 0].copy()
        self._at_ends = History(("epoch", *(learner.name for learner in learners)), ROWS)
        self._answers = np.zeros(0, dtype=np.int64)
        self._digit: tuple[np.ndarray, np.ndarray]
        self._events: tuple[str, ...] = ()
        self._rate_plan = RatePlan(params.schedule, params.planned)
        self._slices = LossSlices(self._network, *self._train, streams.direction, _SLICE_ROWS)

    @property
    def counts(self) -> tuple[int, ...]:
        return self._race.counts

    def _pictures(self, images: np.ndarray) -> PixelPictures:
        return PixelPictures(images, self._order)

    def _learner(self, name: str, network: Network) -> Learner:
        """A learner with its own optimizer of the chosen kind."""
        kind = OPTIMIZERS_BY_NAME[self._params.optimizer].kind
        self._optimizers = [*getattr(self, "_optimizers", []), kind(self._params.learning_rate)]
        return Learner(name, network, self._optimizers[-1].update, sees_altered=self._params.augmentation > 0)

    def prepare(self) -> Generator[Progress, None, None]:
        """Measures the state before the first update."""
        yield from self._look()
        if self._params.reads:
            yield from self._take_digit()
        if self._params.loss_slice:
            yield from self._slices.take(0)

    # Learning

    def advance(self) -> Generator[Progress, None, None] | None:
        (rate,) = self._rate_plan.rates(self.counts[0], [self._params.learning_rate])
        for optimizer in self._optimizers:
            optimizer.learning_rate = rate
        self._events = self._race.advance()
        self._rate_plan.done(self.counts[0])
        if self._race.lost_at[0] != LEARNS:
            self.finished, self._events = True, (*self._events, "diverged")
            return None
        update = self.counts[0]
        due, slice_due = (_is_due(update, rows) for rows in (_EVERY, _SLICE_EVERY))
        slice_due &= self._params.loss_slice
        return self._looks(due, slice_due) if due or slice_due or "epoch" in self._events else None

    def change(self, path: str, value: object) -> Generator[Progress, None, None] | None:
        if path not in ("learning_rate", "reads", "drawing", "loss_slice"):
            raise KeyError(path)
        self._params = self._params.replaced({path: value})
        if path == "loss_slice":
            return self._slices.take(self.counts[0]) if self._params.loss_slice else None
        return self._take_digit() if path != "learning_rate" and self._params.reads else None

    def _take_digit(self) -> Generator[Progress, None, None]:
        """Convert the learner's drawing to the network's input; yields progress."""
        drawn = yield from inking(self._params.drawing, BRUSH)
        canvas, seen = (np.round(one * 255).astype(np.uint8) for one in (drawn, preprocessed(drawn)))
        self._digit = canvas, self._pictures(seen[None])[:]

    def _looks(self, due: bool, slice_due: bool) -> Generator[Progress, None, None]:
        """Measure what is due: the accuracies on the samples, at the end of an epoch those on all test digits, and a
        slice.
        """
        if due:
            yield from self._look()
        if "epoch" in self._events:
            shares = []
            for learner in self._race.learners:
                answers = yield from answering(learner.network, self._all_test[0], _PIECE)
                shares.append(share_right(answers, self._all_test[1]))
            self._at_ends.append(self.counts[0], self.counts[1], *shares)
        if slice_due:
            yield from self._slices.take(self.counts[0])

    def _look(self) -> Generator[Progress, None, None]:
        """Measures the accuracies on both samples, and the answers to the test digits."""
        shares: tuple[list[float], list[float]] = ([], [])
        for number, learner in enumerate(self._race.learners):
            for found, (x, t) in zip(shares, (self._train, self._test), strict=True):
                answers = yield from answering(learner.network, x, _PIECE)
                found.append(share_right(answers, t))
            if number == 0:
                self._answers = answers
        self._race.sampled(*(np.array(found) for found in shares))

    # What is shown

    def kept_network(self) -> KeptNetwork:
        layers, arrays = layers_of(self._network)
        if self._order is not None:
            arrays[ORDER] = self._order.astype("<i2")
        # What is shown may have been measured updates ago.
        with np.errstate(over="ignore", invalid="ignore"):
            accuracy = self._network.accuracy(*self._test, _PIECE)
        return KeptNetwork(
            experiment="cnn",
            inputs=(1, SIDE, SIDE),
            layers=layers,
            arrays=arrays,
            data="mnist",
            samples=self._race.batches.count,
            test_accuracy=accuracy,
            tested=len(self._rows),
        )

    def frame(self, heavy: bool) -> CnnFrame:
        found = self._race.fields()
        train, test = found["sample_train"][:, -1], found["sample_test"][:, -1]
        ends = [self._at_ends.curve(name) for name in self._at_ends.names]
        now, before = self._network.params["W1"][:, 0].copy(), self._before
        pictures, step = in_steps(now)
        pictures_before, step_before = in_steps(before)
        similarity = _cosines(before, now)
        dense = self._race.learners[1].network if self._params.compare else None
        frame = CnnFrame(
            **found,
            **self._wrong_ones(),
            **self._reading(),
            events=self._events,
            finished=self.finished,
            loss=finite_or_none(found["losses"][0]),
            mean_loss=finite_or_none(found["mean_losses"][0]),
            train_accuracy=float(train[0]),
            test_accuracy=float(test[0]),
            dense_test=None if dense is None else float(test[1]),
            advantage=None if dense is None else float(test[0] - test[1]),
            sample_size=len(self._rows),
            train_size=len(self._train[1]),
            epochs=ends[0].last.astype(np.int64),
            epoch_updates=ends[0].updates,
            epoch_test=np.array([curve.last for curve in ends[1:]]),
            filters_before=before,
            filters=now,
            pictures_before=pictures_before,
            pictures=pictures,
            reach_before=WEIGHT_STEPS * step_before,
            reach=WEIGHT_STEPS * step,
            similarity=similarity,
            mean_similarity=float(np.mean(similarity)),
            parts=_parts(self._network),
            pooled=len(_layers(self._network)[1].params["W"]),
            parameters=count_numbers(self._network.params),
            dense_hidden=None if dense is None else dense.params["b1"].size,
            dense_parameters=None if dense is None else count_numbers(dense.params),
            rates=self._rate_plan.state(self.counts[0], [self._params.learning_rate]),
            augmented=self._augmented.newest() if self._augmented else None,
            slice=self._slices.newest if self._params.loss_slice else None,
        )
        return replace(frame, status=cnn_words.status(self._params, frame))

    def _reading(self) -> dict[str, Any]:
        """The frame's fields on the network's output for the learner's digit; empty if the network does not read
        one.
        """
        if not self._params.reads:
            return {}
        canvas, x = self._digit
        # Layers of its own, so that those that learn keep the memory that they have for a whole batch.
        reader = Network([copy.copy(layer) for layer in self._network.layers], self._network.last)
        scores = reader.predict(x)[0].astype(np.float64)
        y = softmax(scores)
        answer = int(y.argmax())
        return {
            "canvas": canvas,
            "drawn_scores": scores,
            "drawn_probabilities": y,
            "drawn_answer": answer,
            "drawn_confidence": float(y[answer]),
        }

    def _wrong_ones(self) -> dict[str, Any]:
        """The frame's fields about misread test digits: how many of the sample they are, and the first of them.

        When one of them becomes right, later ones move up.
        """
        labels = self._test[1]
        wrong = np.flatnonzero(self._answers != labels)
        shown = wrong[:WRONG_SHOWN]
        return {
            "wrong": len(wrong),
            "wrong_indices": self._rows[shown],
            "wrong_images": np.rint(255 * self._test[0][shown, 0]).astype(np.uint8),
            "wrong_labels": labels[shown],
            "wrong_answers": self._answers[shown],
        }


def _cnn(params: CnnParams, streams: RandomStreams) -> Network:
    return conv_network(
        streams.weights, filters=params.filters, kernel=params.kernel, hidden=params.hidden, std=params.initial_std,
        batch_norm=params.batch_norm, dropout=params.dropout, masks=streams.noise,
        pooling_first=True,
    )  # fmt: skip


def _dense(params: CnnParams, cnn: Network, streams: RandomStreams) -> Network:
    """A network whose first layer is fully connected, with about as many weights and biases as ``cnn`` has."""
    convolution, first, _ = _parts(cnn)
    inputs, hidden = SIDE * SIDE, params.hidden
    width = max(1, round((convolution + first - hidden) / (inputs + 1 + hidden)))
    return deep_network(
        (inputs, width, hidden, CLASSES), "relu", params.initial_std, streams.weights, batch_norm=params.batch_norm,
        dropout=params.dropout, masks=streams.noise,
    )  # fmt: skip


def _is_due(update: int, every: tuple[tuple[float, int], ...]) -> bool:
    """Whether a measurement is due at this update.

    Each row of ``every`` is (until, interval): up to the update ``until``, measurements are ``interval`` updates apart.
    """
    return update % next(number for until, number in every if update <= until) == 0


def _layers(network: Network) -> list[Affine | Convolution]:
    """The layers of a network that have weights and biases, without batch normalization."""
    return [layer for layer in network.layers if isinstance(layer, (Affine, Convolution))]


def _parts(network: Network) -> np.ndarray:
    """The number of weights and biases of each layer that has any, without γ and β."""
    return np.array([count_numbers(layer.params) for layer in _layers(network)])


def _cosines(before: np.ndarray, now: np.ndarray) -> np.ndarray:
    """The cosine of the angle between each filter (F, K, K) before and now: (F,); 0 for a zero filter."""
    one, other = (filters.reshape(len(filters), -1).astype(np.float64) for filters in (before, now))
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.divide((one * other).sum(axis=1), lengths, out=np.zeros(len(one)), where=lengths > 0)
