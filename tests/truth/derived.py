"""Numbers that sentences say and no table holds: each computed here from the tables in a line, with what it is."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator

import numpy as np

from engine.contract.frame import Frame
from engine.contract.numerals import as_told
from engine.contract.params import Params
from engine.contract.table import Table

Tables = dict[str, Table]


def column(tables: Tables, table: str, name: str) -> np.ndarray:
    """A column of a table as an array."""
    return np.array(next(one.values for one in tables[table].columns if one.name == name))


def derived(experiment_id: str, params: Params, frame: Frame, tables: Tables) -> list[float]:
    """What an experiment says beside what its frame, tables and working hold."""
    rule = _RULES.get(experiment_id)
    return [float(value) for value in rule(params, frame, tables)] if rule else []


def _digits(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    seconds = column(tables, "timing", "seconds")
    yield from seconds * 1e6  # microseconds
    yield from (one / other for one, other in itertools.permutations(seconds.tolist(), 2))


def _descent(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    names = [one.name for one in tables["path"].columns if one.name in ("x0", "x1", "x2")]
    places = np.column_stack([column(tables, "path", name) for name in names])
    with np.errstate(all="ignore"):
        yield np.linalg.norm(places[-1] - places[0])  # how far it has moved in all
        yield from np.linalg.norm(np.diff(places, axis=0), axis=1)[-1:]  # how long the newest step is
        if frame.limit_place is not None:
            yield np.linalg.norm(places[-1] - frame.limit_place)  # how far the minimum is


def _training(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    yield math.log(10)  # the loss of guessing
    yield from (10, 20)  # classes, and batches in a mean
    if frame.numerical_seconds:
        update = as_told(frame.numerical_seconds, 1)  # measured ones are told in one digit
        yield from (update * 1e3, update)
        yield from (update * frame.run_updates / unit for unit in (1, 60, 3600, 86400))  # seconds to days
    yield 1_000  # test digits between the ends of epochs


def _gradient_check(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    yield round(-math.log10(np.finfo(np.float32).eps))  # digits of float32


def _overfitting(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    for one in tables["train_accuracy"].columns[1:]:  # the gap in points, of each network at every update
        yield from 100 * (np.array(one.values) - column(tables, "test_accuracy", one.name))
    now = {one.name: one.values[0] for one in tables["now"].columns}
    yield 100 * (now["training"] - now["test"])


def _batch_norm(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    yield 1_000  # training digits


def _cnn(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    yield 20  # batches in a mean


def _layers(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    yield 1e-7  # what batch normalization adds to a variance


def _hyperparameters(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    if frame.range_test is not None:
        yield from (1e-4, 10)  # the ends of the range
        if frame.range_test.times is not None:
            yield 1 / frame.range_test.times
    if frame.test_accuracy is not None:
        yield 100 * abs(frame.test_accuracy - np.nanmax(column(tables, "trials", "validation")))  # in points


def _pooling(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    if "many" in tables:
        before, after = column(tables, "many", "before"), column(tables, "many", "after")
        yield from (np.mean(before), np.mean(after), np.sum(after < before))


def _feature_maps(params: Params, frame: Frame, tables: Tables) -> Iterator[float]:
    yield 2_000  # the first test digits, which are looked through for the strongest answers


_RULES: dict[str, Callable[[Params, Frame, Tables], Iterator[float]]] = {
    "digits": _digits,
    "descent": _descent,
    "training": _training,
    "gradient_check": _gradient_check,
    "overfitting": _overfitting,
    "batch_norm": _batch_norm,
    "cnn": _cnn,
    "layers": _layers,
    "hyperparameters": _hyperparameters,
    "pooling": _pooling,
    "feature_maps": _feature_maps,
}
