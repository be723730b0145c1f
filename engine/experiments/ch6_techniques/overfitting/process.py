"""The run of `overfitting`: a network learns few images, perhaps with a remedy, beside a plain one for comparison."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import numpy as np

from engine.contract.api import Process, Progress, RandomStreams, required
from engine.contract.history import History
from engine.data.digits import SIDE, Digits
from engine.data.pixel_rows import PixelRows
from engine.experiments.ch6_techniques.overfitting import words as overfitting_words
from engine.experiments.ch6_techniques.overfitting.params import (
    PLAIN_HIDDEN,
    PLAIN_LAYERS,
    SAMPLE,
    OverfittingFrame,
    OverfittingParams,
)
from engine.experiments.shared.learning.augmentation import AugmentedExamples
from engine.experiments.shared.learning.batch_run import ROWS
from engine.experiments.shared.learning.race import LEARNS, Learner, Race
from engine.nn import SGD, Dropout, he
from engine.nn.deep_network import deep_network
from engine.nn.mistaken_layers import planted

BATCH = 100
# Some training images stay apart for early stopping, however many are learned from.
_LEARNABLE = 50_000
# A look takes as long as ten updates: with few images one every second epoch until the curves have bent, with many
# images, and later, one every so many updates.
_SELDOM, _OFTEN, _OFTEN_UNTIL = 30, 6, 600
_EDGES = np.linspace(-0.5, 0.5, 51)

Data = tuple[np.ndarray, np.ndarray]


class OverfittingRun(Process):
    """The training of a network on few images, beside a plain network if a remedy against overfitting is chosen.
    ``advance`` makes one update; ``prepare`` must be called once before the first.
    """

    def __init__(self, params: OverfittingParams, streams: RandomStreams, train: Digits, test: Digits) -> None:
        self._params = params
        # What is tested with comes first: whatever is learned from, it stays the same.
        self._test = _ready(test, streams.data.permutation(len(test.labels))[:SAMPLE])
        places = streams.data.permutation(len(train.labels))
        self._validation = _ready(train, places[_LEARNABLE : _LEARNABLE + SAMPLE])
        rows = places[: int(params.samples)]
        labels = train.labels[rows].astype(np.int64)
        if params.labels == "shuffled":
            labels = streams.data.permutation(labels)
        images = PixelRows(train.images[rows])
        self._train = images[:SAMPLE], labels[:SAMPLE]
        learner = self._learner(streams)
        self._network = learner.network
        self._dropouts = [layer for layer in self._network.layers if isinstance(layer, Dropout)]
        learners = [learner] if params.is_plain else [learner, self._plain(streams.further(0))]
        self._augmented: AugmentedExamples | None = None
        if params.augmentation:
            self._augmented = AugmentedExamples(
                train.images[rows], labels, params.augmentation, streams.augmentation, (SIDE * SIDE,)
            )
        self._race = Race(images, labels, BATCH, learners, streams.order, self._augmented)
        self._validated = History(("loss",), ROWS)
        self._best: tuple[int, int, float] | None = None
        self._best_params: dict[str, np.ndarray] = {}
        self._stopped = False
        self._kept: tuple[float, ...] | None = None
        self._events: tuple[str, ...] = ()
        self._left_out = np.zeros((params.layers, params.hidden), dtype=bool)
        self._passed, self._mask = 1.0 - params.dropout, np.full((1, params.hidden), 1.0 - params.dropout)
        W2 = self._network.params["W2"]
        # The largest weight of the second layer is followed under Working.
        self._place = np.unravel_index(int(np.argmax(np.abs(W2))), W2.shape)
        self._weight: tuple[float, float] | None = None

    @property
    def counts(self) -> tuple[int, ...]:
        return self._race.counts

    def _learner(self, streams: RandomStreams) -> Learner:
        """The network with the chosen remedies, and its optimizer."""
        params = self._params
        sizes = 784, *[params.hidden] * params.layers, 10
        network = deep_network(sizes, "relu", he, streams.weights, dropout=params.dropout, masks=streams.noise)
        if params.dropout and params.dropout_scaling == "wrong":
            network = planted(network, "dropout")
        name = "plain" if params.is_plain else "regularized"
        update = SGD(params.learning_rate).update
        return Learner(name, network, update, params.weight_decay, sees_altered=params.augmentation > 0)

    def _plain(self, streams: RandomStreams) -> Learner:
        """The network without remedies, and its optimizer."""
        sizes = 784, *[PLAIN_HIDDEN] * PLAIN_LAYERS, 10
        return Learner(
            "plain", deep_network(sizes, "relu", he, streams.weights), SGD(self._params.learning_rate).update
        )

    def prepare(self) -> Generator[Progress, None, None]:
        """Measure accuracies and losses before the first update."""
        yield from self._look(sampled=True)

    # Learning

    def advance(self) -> Generator[Progress, None, None] | None:
        before = float(self._network.params["W2"][self._place])
        self._events = self._race.advance()
        if self._race.lost_at[0] != LEARNS:
            self.finished, self._events = True, (*self._events, "diverged")
            return None
        after = float(self._network.params["W2"][self._place])
        whole = (before - after) / self._params.learning_rate
        self._weight = before, whole - self._params.weight_decay * before
        if self._dropouts:
            masks = [required(layer.mask) for layer in self._dropouts]
            self._left_out = ~np.array([mask[0] for mask in masks])
            self._passed = float(np.mean([np.mean(mask) for mask in masks]))
            self._mask = masks[0].copy()
        update, per_epoch = self._race.counts[0], self._race.batches.per_epoch
        every = min(max(per_epoch, _OFTEN), _SELDOM) if update <= _OFTEN_UNTIL else _SELDOM
        validated = self._params.early_stopping and "epoch" in self._events
        # Whatever epoch is the best, the curves have a point there.
        sampled = update % every == 0 or (validated and update <= _OFTEN_UNTIL)
        return self._look(sampled) if sampled or validated else None

    def _look(self, sampled: bool) -> Generator[Progress, None, None]:
        """Measure the accuracies if ``sampled``, and at the end of an epoch the validation loss for early stopping."""
        if self._params.early_stopping and (not self._race.counts[0] or "epoch" in self._events):
            self._validate()
        if self._stopped:
            # The curves end with the run; what is kept is an earlier network, and told apart from them.
            shares = (self._race.accuracies(*data) for data in (self._train, self._test))
            self._kept = tuple(float(share[0]) for share in shares)
        elif sampled:
            yield from self._race.look(self._train, self._test)
        if self._stopped or sampled:
            with np.errstate(over="ignore", invalid="ignore"):
                self._test_loss = self._network.loss(*self._test)

    def _validate(self) -> None:
        """Record the validation loss, keep the best network, and stop the run when patience is exhausted."""
        (update, epoch), loss = self._race.counts, self._network.loss(*self._validation)
        self._validated.append(update, loss)
        if self._best is None or loss < self._best[2]:
            self._best = update, epoch, loss
            self._best_params = {name: values.copy() for name, values in self._network.params.items()}
        elif epoch - self._best[1] >= self._params.patience:
            self.finished = self._stopped = True
            self._events = (*self._events, "stopped")
            for name, values in self._network.params.items():
                values[...] = self._best_params[name]

    # What is shown

    def frame(self, heavy: bool) -> OverfittingFrame:
        params, found = self._params, self._race.fields()
        train, test = found["sample_train"][:, -1], found["sample_test"][:, -1]
        plain = (None, None) if len(train) == 1 else (float(train[1]), float(test[1]))
        own = self._kept or (float(train[0]), float(test[0]))
        weights = np.concatenate([W.ravel() for name, W in self._network.params.items() if name.startswith("W")])
        counts, _ = np.histogram(np.clip(weights, _EDGES[0], _EDGES[-1]), _EDGES)
        validated = self._validated.curve("loss")
        factor = 1.0 - params.dropout if params.dropout_scaling == "right" or not params.dropout else params.dropout
        activations = self._first_activations()
        best = self._best
        frame = OverfittingFrame(
            **found,
            events=self._events,
            finished=self.finished,
            train_accuracy=own[0],
            test_accuracy=own[1],
            gap=own[0] - own[1],
            plain_train=plain[0],
            plain_test=plain[1],
            plain_gap=None if plain[0] is None else plain[0] - plain[1],
            test_loss=float(self._test_loss),
            samples=int(params.samples),
            train_size=len(self._train[1]),
            test_size=len(self._test[1]),
            weights=weights.size,
            weight_std=float(np.std(weights, dtype=np.float64)),
            weight_edges=_EDGES,
            weight_shares=counts / weights.size,
            left_out=self._left_out,
            passed_in_training=self._passed,
            passed_at_test=factor,
            mean_activation=float(np.mean(activations)),
            mean_in_training=float(np.mean(activations * self._mask)),
            mean_at_test=float(np.mean(activations)) * factor,
            validation_updates=validated.updates,
            validation_losses=validated.last,
            best_update=best[0] if best else None,
            best_loss=best[2] if best else None,
            stopped=self._stopped,
            weight_before=self._weight[0] if self._weight else None,
            weight_gradient=self._weight[1] if self._weight else None,
            weight_after=float(self._network.params["W2"][self._place]),
            kept_after_1000=(1.0 - params.learning_rate * params.weight_decay) ** 1000,
            augmented=self._augmented.newest() if self._augmented else None,
        )
        return replace(frame, status=overfitting_words.status(params, frame))

    def _first_activations(self) -> np.ndarray:
        """The first hidden layer's output before dropout, for as many test images as the newest masks
        were drawn for.
        """
        first, activation = self._network.layers[:2]
        x = self._test[0][: len(self._mask)] if self._dropouts and len(self._mask) > 1 else self._test[0][:BATCH]
        with np.errstate(over="ignore", invalid="ignore"):
            return activation.forward(first.forward(x)).astype(np.float64)


def _ready(digits: Digits, rows: np.ndarray) -> Data:
    """Images (N, 784) of values from 0 to 1 and labels (N,) of the given rows."""
    return PixelRows(digits.images[rows])[:], digits.labels[rows].astype(np.int64)
