"""The run of the experiment `digits`: reads the test set batch by batch, and the drawing whenever it changes."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from engine.contract.api import Process, Progress, Status, Text, field_of
from engine.contract.fields.base import Ranged
from engine.contract.fields.numbers import Integer
from engine.data.altered import Alteration, altered_bytes
from engine.data.digit_weights import load_digit_network
from engine.data.digits import Digits, loading_digits
from engine.data.own_images import own_images
from engine.data.preprocessing import moved, only_shrunk, preprocessed
from engine.data.strokes import inking
from engine.experiments.ch3_networks.digits.params import (
    ALTERED,
    ANY,
    IMAGES,
    MOVES,
    DigitsFrame,
    DigitsParams,
    Unaltered,
)
from engine.experiments.ch3_networks.digits.readers import Answer, OwnReader, Reader, ShippedReader
from engine.experiments.ch3_networks.digits.words import UNSURE_BELOW
from engine.experiments.shared.networks.layer_points import found_once
from engine.networks.chosen import Origin, chosen

_VALUES = 24
"""The number of values K along each slider, including the current one."""
_NAMES = tuple(ALTERED)
_SLIDERS = tuple(
    (field.minimum, field.maximum, isinstance(field, Integer))
    for field in (field_of(DigitsParams, name, Ranged) for name in _NAMES)  # type: ignore[type-abstract]
)
"""Minimum and maximum of each slider, and whether its values are integers.

A constant, since a script exported to run alone has no field declarations.
"""


def swept(by: Alteration) -> tuple[str, ...]:
    """The names of the S sliders of an alteration that are not at their neutral value."""
    return tuple(name for name, part in ALTERED.items() if getattr(by, part) != getattr(Alteration(), part))


def sweep_values(by: Alteration, turn_limit: int) -> np.ndarray:
    """The values (S, K) at which the image is read along each of the S sliders in use, ascending.

    They include the current value. For rotation they also include the angle at which the answer changes
    (``turn_limit``) and one degree less.
    """
    way = 1.0 if by.turn > 0 else -1.0
    turning = (way * (turn_limit - 1), way * turn_limit) if turn_limit else ()
    rows = [
        _values(name, float(getattr(by, ALTERED[name])), *(turning if name == "turn" else ())) for name in swept(by)
    ]
    return np.array(rows).reshape(-1, _VALUES)


def _values(name: str, *wanted: float) -> np.ndarray:
    """K values of the slider ``name``, ascending: the ``wanted`` ones and others evenly spaced."""
    low, high, whole = _SLIDERS[_NAMES.index(name)]
    even = np.linspace(low, high, _VALUES - len(wanted))
    return np.sort(np.append(np.rint(even) if whole else even, wanted))


def sweep_pictures(image: np.ndarray, by: Alteration, values: np.ndarray, grain: np.ndarray) -> np.ndarray:
    """The image (28, 28) of bytes, altered with each of the S sliders set to each of its K ``values`` (S, K): (S·K, 28,
    28).

    ``grain`` (28, 28) is the noise to scale.
    """
    made = [
        altered_bytes(image, _with(by, name, value), grain)
        for name, along in zip(swept(by), values.tolist(), strict=True)
        for value in along
    ]
    return np.array(made, dtype=np.uint8).reshape(-1, *image.shape)


def _with(by: Alteration, name: str, value: float) -> Alteration:
    """The alteration with the slider ``name`` at ``value``."""
    part: dict[str, Any] = {ALTERED[name]: int(value) if _SLIDERS[_NAMES.index(name)][2] else value}
    return replace(by, **part)


READING = Text("Reading the test set once")
_SLICE = 1000
_WRITTEN, _BROWSED = ("drawing", "preprocessing", "brush"), ("index", "only_wrong", "digit")
_ALTERED, _OF_POINTS = tuple(ALTERED), ("layer", "weights")
_LIVE = (*_WRITTEN, *_BROWSED, *_ALTERED, *_OF_POINTS)
_TURNS = 180
_MOST_LIMITS = 64
# The test set is read once while loading, in batches of several sizes: there are times to compare from the start.
_SIZES = ((1, 200), (10, 800), (100, 2000), (1000, 7000))
_SIZES_OF_OWN = ((1, 20), (10, 100), (100, 300))
Sizes = tuple[tuple[int, int], ...]
UNKNOWN = -1


@dataclass(frozen=True)
class Known:
    """What is loaded before a run: the test set, the network's reader, and the answers and times known so far."""

    test: Digits
    reader: Reader
    origin: Origin | None
    answers: np.ndarray
    """The network's answer to every test image; −1 if it has not been read."""
    times: dict[int, list[float]]
    """The seconds for each batch, by batch size."""


_known: list[tuple[np.ndarray, dict[int, list[float]]]] = []


def loading(params: DigitsParams) -> Generator[Progress, None, Known]:
    """Load the test set and the network, with progress. Raises ``Refused`` for a damaged file.

    The program's own network reads the whole test set once here, and the answers are cached. A network that the learner
    has trained may take a hundred times as long; it reads only as much as the comparison of times needs.
    """
    test = yield from loading_digits("test")
    network, origin = chosen(params.network)
    if network is not None:
        reader = OwnReader(network)
        _, times = yield from _read_once(reader, test.images, _SIZES_OF_OWN)
        return Known(test, reader, origin, np.full(IMAGES, UNKNOWN), times)
    shipped = ShippedReader(load_digit_network())
    if not _known:
        _known.append((yield from _read_once(shipped, test.images, _SIZES)))
    answers, times = _known[0]
    return Known(test, shipped, origin, answers, times)


def _read_once(
    reader: Reader, images: np.ndarray, sizes: Sizes
) -> Generator[Progress, None, tuple[np.ndarray, dict[int, list[float]]]]:
    """Read the first images in batches of several sizes; returns the answers, and the seconds for each batch by batch
    size.

    ``sizes`` are pairs of a batch size and the number of images to read with it.
    """
    answers: list[np.ndarray] = []
    times: dict[int, list[float]] = {}
    start, every = 0, sum(count for _, count in sizes)
    for size, count in sizes:
        for at in range(start, start + count, size):
            found, seconds = yield from reader.answering(images[at : at + size])
            answers.append(found)
            times.setdefault(size, []).append(seconds)
            if (at + size) % _SLICE == 0 or at + size == start + count:
                yield Progress(READING, (at + size) / every)
        start += count
    return np.concatenate(answers), times


class DigitReading(Process):
    """The run: reads the test set in batches; live changes of parameters recompute the drawing, the image or the
    points.

    ``prepare`` must have ended before anything else is called. ``grain`` (28, 28) is the noise for alterations.
    """

    def __init__(self, params: DigitsParams, known: Known, grain: np.ndarray) -> None:
        self._params, self._known, self._grain = params, known, grain
        self._limits: dict[tuple[bytes, bool], int] = {}
        self._own = own_images(Path(params.images)) if params.images else None
        self._batches = self._passes = 0
        self._events: tuple[str, ...] = ()
        self._times = {size: list(times) for size, times in known.times.items()}
        self._answers, self._first = known.answers, _first_of_cells(known.test.labels, known.answers)
        self._evaluated, self._confusion = 0, np.zeros((10, 10), dtype=np.int64)

    def prepare(self) -> Generator[Progress, None, None]:
        """Compute what is shown first: the selected image, the answer to the drawing, and the points of a layer."""
        yield from self._find_image()
        yield from self._answer_drawing()
        yield from self._find_points()

    @property
    def counts(self) -> tuple[int, ...]:
        return self._batches, self._passes

    def advance(self) -> Generator[Progress, None, None]:
        """Read one batch of the test set and measure the time for it."""
        size, start = self._params.batch_size, self._evaluated
        images, labels = self._known.test.images[start : start + size], self._known.test.labels[start : start + size]
        answers, seconds = yield from self._known.reader.answering(images)
        yield from self._learn(start, answers)
        np.add.at(self._confusion, (labels, answers), 1)
        self._evaluated += len(images)
        self._batches += 1
        self._events = ("batch",)
        if len(images) == size:  # a last, smaller batch would speak for another size
            self._times.setdefault(size, []).append(seconds)
        if self._evaluated == IMAGES:
            self._passes += 1
            self._events = ("batch", "pass")
            self.finished = True

    def change(self, path: str, value: object) -> Generator[Progress, None, None] | None:
        if path not in _LIVE:
            raise KeyError(path)
        self._params = self._params.replaced({path: value})
        if path in _WRITTEN:
            return self._answer_drawing()
        elif path in _BROWSED:
            return self._find_image()
        elif path in _ALTERED:
            return self._answer_altered()
        elif path in _OF_POINTS:
            return self._find_points()
        return None

    def _answer_altered(self) -> Generator[Progress, None, None]:
        """Read the drawing and the image anew after their alteration has changed."""
        yield from self._answer_drawing()
        yield from self._look_at_image()

    def _answered(
        self, images: np.ndarray, here: int, label: int | None = None
    ) -> Generator[Progress, None, tuple[np.ndarray, Answer, Unaltered | None]]:
        """Alter ``images`` (N, 28, 28) and read them.

        Returns the altered images, the answer to image ``here``, and how its unaltered original is read (None without
        alteration).
        """
        by, reader = self._params.alteration, self._known.reader
        changed = altered_bytes(images, by, self._grain)
        answer = reader.answer(changed, here)
        if not by.is_any:
            return changed, answer, None
        y = reader.answer(images[here : here + 1], 0).every[0]
        best = int(np.argmax(y))
        limit = yield from self._turn_limit(images[here], best)
        right = best if label is None else label
        values = sweep_values(by, limit)
        along = sweep_pictures(images[here], by, values, self._grain)
        chances = reader.answer(along, 0).every.reshape(*values.shape, -1)
        others = np.where(np.arange(chances.shape[-1]) == right, -1.0, chances)
        return (
            changed,
            answer,
            Unaltered(
                picture=images[here].copy(),
                answer=best,
                confidence=float(y[best]),
                turn_limit=limit,
                right=right,
                swept=swept(by),
                sweep_values=values,
                sweep_right=chances[..., right].copy(),
                sweep_other=others.max(axis=-1),
                sweep_digits=others.argmax(axis=-1),
            ),
        )

    def _turn_limit(self, image: np.ndarray, answer: int) -> Generator[Progress, None, int]:
        """The smallest rotation in degrees, in the current direction, that changes the answer; 0 if none does."""
        turn = self._params.turn
        if not turn:
            return 0
        key = (image.tobytes(), turn > 0)
        if key not in self._limits:
            way = 1.0 if turn > 0 else -1.0
            turned = [altered_bytes(image, Alteration(way * angle), self._grain) for angle in range(1, _TURNS + 1)]
            answers, _ = yield from self._known.reader.answering(np.array(turned))
            others = np.flatnonzero(answers != answer)
            if len(self._limits) >= _MOST_LIMITS:
                del self._limits[next(iter(self._limits))]
            self._limits[key] = int(others[0]) + 1 if len(others) else 0
        return self._limits[key]

    def _answer_drawing(self) -> Generator[Progress, None, None]:
        """Read the drawing, unmoved and shifted in eight directions; yields progress if much of it is new."""
        params = self._params
        prepare = preprocessed if params.preprocessing else only_shrunk
        picture = yield from inking(params.drawing, params.brush)
        # The network sees bytes here too, as it does with every image of MNIST.
        positions = [prepare(moved(picture, right, down)) for down in MOVES for right in MOVES]
        seen = np.round(np.array(positions) * 255).astype(np.uint8)
        here = len(positions) // 2
        seen, answer, unaltered = yield from self._answered(seen, here)
        y = answer.every
        best = np.argsort(-y[here], kind="stable")
        answers = np.argmax(y, axis=1)
        self._drawn = {
            "strokes": len(params.drawing),
            "canvas": np.round(picture * 255).astype(np.uint8),
            "seen": seen[here].copy(),
            "hidden1": answer.hidden1,
            "hidden2": answer.hidden2,
            "scores": answer.scores,
            "probabilities": y[here].copy(),
            "answer": int(best[0]),
            "second": int(best[1]),
            "confidence": float(y[here, best[0]]),
            "unaltered": unaltered,
            "moved_answers": answers.reshape(3, 3),
            "same_when_moved": int(np.sum(answers == best[0])),
        }

    def frame(self, heavy: bool) -> DigitsFrame:
        right = int(np.trace(self._confusion))
        sizes = sorted(self._times)
        return DigitsFrame(
            update=self._batches,
            counts=self.counts,
            events=self._events,
            finished=self.finished,
            status=self._status(),
            **self._drawn,
            **self._browsed,
            origin=self._known.origin,
            batch_size=self._params.batch_size,
            evaluated=self._evaluated,
            right=right,
            accuracy=right / self._evaluated if self._evaluated else 0.0,
            confusion=self._confusion,
            first_of_cell=self._first,
            timed_sizes=np.array(sizes, dtype=np.int64),
            timed_images=np.array([size * len(self._times[size]) for size in sizes], dtype=np.int64),
            # The median: whatever else the machine does now and then is not the batch's fault.
            seconds=self._quantile(0.5),
            seconds_low=self._quantile(0.25),
            seconds_high=self._quantile(0.75),
            points=self._points,
        )

    def _quantile(self, share: float) -> np.ndarray:
        """The quantile ``share`` of the seconds for one image, taken over the batches of each size, in order of the
        sizes.
        """
        return np.array([float(np.quantile(self._times[size], share)) / size for size in sorted(self._times)])

    def _learn(self, start: int, answers: np.ndarray) -> Generator[Progress, None, None]:
        """Record the network's answers to the test images from index ``start`` on."""
        end = start + len(answers)
        if np.any(self._answers[start:end] == UNKNOWN):
            self._answers = self._answers.copy()
            self._answers[start:end] = answers
            self._first = _first_of_cells(self._known.test.labels, self._answers)
            yield from self._look_at_image()

    def _find_image(self) -> Generator[Progress, None, None]:
        """Select the image to show; if only wrong ones are wanted, the network first reads all test images not read
        yet.
        """
        unknown = np.flatnonzero(self._answers == UNKNOWN)
        if self._params.only_wrong and self._own is None and len(unknown):
            answers, _ = yield from self._known.reader.answering(self._known.test.images[unknown[0] :])
            yield from self._learn(int(unknown[0]), answers)
        yield from self._look_at_image()

    def _look_at_image(self) -> Generator[Progress, None, None]:
        """Read the image at or after the chosen index that passes the filters, and find its neighbours."""
        params, known = self._params, self._known
        images, numbers, wrong = self._browsable()
        shown = _at_or_after(numbers, params.index)
        one = slice(max(shown, 0), max(shown, 0) + 1)
        label = -1 if self._own is not None else int(known.test.labels[one][0])
        image, answer, unaltered = yield from self._answered(images[one], 0, None if label < 0 else label)
        y = answer.every
        self._browsed = {
            "shown": shown,
            "image": image[0].copy(),
            "label": label,
            "image_hidden1": answer.hidden1,
            "image_hidden2": answer.hidden2,
            "image_scores": answer.scores,
            "image_probabilities": y[0].copy(),
            "image_answer": int(np.argmax(y[0])),
            "image_unaltered": unaltered,
            "previous": _before(numbers, shown),
            "following": _at_or_after(numbers, shown + 1),
            "following_wrong": _at_or_after(wrong, shown + 1),
            "left": len(numbers),
        }

    def _find_points(self) -> Generator[Progress, None, None]:
        """Compute the chosen layer's outputs for the first 500 test digits and project them to points."""
        name, weights = self._params.layer, self._params.weights
        reader = self._known.reader if weights == "trained" else self._known.reader.before_learning()
        key = ("digits", self._known.reader.network, weights, name)
        self._points = yield from found_once(key, self._known.test, lambda images: reader.layer(images, name))

    def _browsable(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The images that can be browsed, the indices of those that pass the filters, and of these the wrongly read
        ones.
        """
        if self._own is not None:
            return self._own, np.arange(min(len(self._own), IMAGES)), np.zeros(0, dtype=int)
        labels, params = self._known.test.labels, self._params
        kept = np.full(IMAGES, True) if params.digit == ANY else labels == int(params.digit)
        wrong = np.flatnonzero(kept & (self._answers != labels) & (self._answers != UNKNOWN))
        return self._known.test.images, wrong if params.only_wrong else np.flatnonzero(kept), wrong

    def _status(self) -> Status | None:
        if self._params.drawing and self._drawn["confidence"] < UNSURE_BELOW:
            return Status("unsure", Text("No digit gets even half of the probability."))
        return None


def _first_of_cells(labels: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """The index of the first image with each label (row) and answer (column), (10, 10); −1 if there is none."""
    first, known = np.full((10, 10), IMAGES), answers != UNKNOWN
    np.minimum.at(first, (labels[known], answers[known]), np.flatnonzero(known))
    first[first == IMAGES] = -1
    return first


def _at_or_after(numbers: np.ndarray, index: int) -> int:
    """The first of the sorted indices ``numbers`` that is at least ``index``, wrapping around; −1 if there are none."""
    if len(numbers) == 0:
        return -1
    return int(numbers[np.searchsorted(numbers, index) % len(numbers)])


def _before(numbers: np.ndarray, index: int) -> int:
    """The last of the sorted indices ``numbers`` that is below ``index``, wrapping around; −1 if there are none."""
    if len(numbers) == 0:
        return -1
    return int(numbers[(np.searchsorted(numbers, index) - 1) % len(numbers)])
