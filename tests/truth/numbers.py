"""Reads the numbers out of sentences as people wrote them, and finds them among the numbers that were computed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from numbers import Number

import numpy as np

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame, flattened
from engine.contract.language import known_languages, language_of
from engine.contract.params import Params
from engine.contract.table import Column

_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SIGNED = str.maketrans({"\N{MINUS SIGN}": "-", ",": ""})
UNSPACED = "".join(language_of(one).letters for one in known_languages())
"""Ranges of letters that stand beside a number without a space, and are no part of a name."""
_FIRST = rf"(?<![^\W{UNSPACED}])(?<![.′])"
# Not what belongs to a name, such as the 1 of x1, w′2, float32 or of the point 01; nor a power, as in x² and 2乗.
_NUMBER = re.compile(
    _FIRST + r"(?P<sign>[-\N{MINUS SIGN}]?)"
    r"(?:(?P<front>\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?!0\d)\d+(?:\.\d+)?)"
    r"(?:×10(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|e(?P<power>[-\N{MINUS SIGN}]?\d+))?|(?P<alone>10(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]))"
    r"(?P<of_ten>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))(?P<percent>%?)(?![A-Za-z_乗])"
)
_POWER_OF_TEN = re.compile(_FIRST + r"(?<!×)(?P<sign>[-\N{MINUS SIGN}]?)10(?P<raised>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_MOST_OF_AN_ARRAY = 100
"""An array with more numbers is looked up in the tables only, where it stands under a name."""


@dataclass(frozen=True)
class Written:
    """A number in a sentence: what it says, how far the exact one may be from it, and where it stands."""

    text: str
    value: float
    within: float
    start: int

    def fits(self, exact: float) -> bool:
        """Whether a number, rounded as this one is written, is this one."""
        return abs(exact - self.value) <= self.within * (1 + 1e-6) + 1e-12 * abs(self.value)


def numbers_in(sentence: str) -> list[Written]:
    """The numbers of a sentence in their order; a percentage counts as a share of 1."""
    found = []
    for match in _POWER_OF_TEN.finditer(sentence):
        value = 10.0 ** int(match["raised"].translate(_RAISED)) * (-1 if match["sign"] else 1)
        found.append(Written(match[0], value, abs(value) * 0.5, match.start()))
    for match in _NUMBER.finditer(sentence):
        if match["front"] is None or any(one.start == match.start() for one in found):
            continue
        front = match["front"].translate(_SIGNED)
        decimals = len(front.partition(".")[2])
        power = int((match["raised"] or match["power"] or "0").translate(_RAISED).translate(_SIGNED))
        scale = 10.0**power / (100 if match["percent"] else 1)
        value = float(front) * scale * (-1 if match["sign"] else 1)
        # 99.9% is also what is nearly all but not quite.
        within = 10.0**-decimals * scale * (1.0 if match["percent"] and value >= 0.99 else 0.5)
        found.append(Written(match[0], value, within, match.start()))
    return sorted(found, key=lambda one: one.start)


@dataclass(frozen=True)
class Known:
    """Numbers that were computed, sorted."""

    values: np.ndarray

    def has(self, written: Written) -> bool:
        """Whether one of them, in its size, is the number that is written; a sign may stand in words."""
        for value in {written.value, abs(written.value)}:
            slack = written.within * (1 + 1e-6) + 1e-12 * abs(value)
            first = np.searchsorted(self.values, value - slack)
            if first < len(self.values) and self.values[first] <= value + slack:
                return True
        return False


def known_of(experiment: Experiment, params: Params, frame: Frame, more: Iterable[float] = ()) -> Known:
    """All that a frame, its parameters, its tables and its working hold, and how many there are of each."""
    found: list[float] = [*more]
    for value in (*(getattr(params, name) for name in params.to_json()), *_leaves_of(frame)):
        found.extend(_numbers_of(value))
    for table in experiment.tables(params, frame):
        found.append(len(table.rows))
        for column in table.columns:
            found.extend(_numbers_of_column(column))
    for line in experiment.working(params, frame):
        found.extend((line.result, *line.values.values()))
    numbers = np.array([float(value) for value in found if math.isfinite(value)])
    return Known(np.unique(np.concatenate([numbers, np.abs(numbers)])))


def _leaves_of(frame: Frame) -> Iterator[object]:
    for name, value in flattened(frame):
        if not name.startswith("status"):
            yield value


def _numbers_of(value: object) -> Iterator[float]:
    """The numbers of a value, and of an array its length and how many of it are not 0."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "biuf" and value.size <= _MOST_OF_AN_ARRAY:
            yield from value.ravel().astype(float).tolist()
        if value.dtype.kind == "b":
            yield from (float(np.sum(value)), float(np.sum(~value)))
        yield from value.shape
    elif isinstance(value, Number) and not isinstance(value, complex):
        yield float(value)
    elif isinstance(value, str):
        yield from (one.value for one in numbers_in(value))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _numbers_of(part)
    elif isinstance(value, tuple | list):
        yield len(value)
        for part in value:
            yield from _numbers_of(part)


def _numbers_of_column(column: Column) -> Iterator[float]:
    """A column's numbers; of truths, how many there are and are not, and the share of them."""
    kinds = {type(value) for value in column.values}
    if kinds == {bool}:
        true = sum(column.values)
        yield from (true, len(column.values) - true, true / len(column.values))
    elif not kinds & {str}:
        yield from (float(value) for value in column.values)
    else:
        for value in column.values:
            yield from _numbers_of(value)
