"""What headlines say, computed again: each wording with a few lines that know the tables and none of the code.

A rule is a pattern of an English headline or status and a function from a moment and the pattern's groups to pairs: a
piece of the sentence, and what it must say, a number that is rounded as written, words, or whether it is so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.table import Table
from tests.truth.numbers import numbers_in


@dataclass(frozen=True)
class Moment:
    """An experiment's parameters, frame and tables at a moment."""

    experiment: Experiment
    params: Params
    frame: Frame
    tables: dict[str, Table]

    def column(self, table: str, name: str) -> np.ndarray:
        """A column of a table."""
        return np.array(next(one.values for one in self.tables[table].columns if one.name == name))

    def rows(self, table: str) -> list[dict[str, object]]:
        """A table's rows, each by the names of its columns."""
        names = [one.name for one in self.tables[table].columns]
        return [dict(zip(names, row, strict=True)) for row in self.tables[table].rows]

    def row(self, table: str, **is_: object) -> dict[str, object]:
        """The one row of a table in which these columns have these values."""
        (found,) = [row for row in self.rows(table) if all(row[name] == value for name, value in is_.items())]
        return found


def moment_of(experiment: Experiment, params: Params, frame: Frame) -> Moment:
    return Moment(experiment, params, frame, {one.name: one for one in experiment.tables(params, frame)})


Pairs = Iterable[tuple[object, object]]
Rule = tuple[re.Pattern[str], Callable[..., Pairs]]
RULES: dict[str, list[Rule]] = {}
"""By experiment; of a sentence all rules count whose pattern is found in it."""


def says(experiment_id: str, pattern: str) -> Callable[[Callable[..., Pairs]], Callable[..., Pairs]]:
    """The function below gives what a headline of this pattern must say."""

    def add(function: Callable[..., Pairs]) -> Callable[..., Pairs]:
        RULES.setdefault(experiment_id, []).append((re.compile(pattern), function))
        return function

    return add


def differs(said: object, computed: object) -> str:
    """What is wrong with a piece of a sentence; empty where nothing is."""
    if isinstance(computed, bool | np.bool_):
        return "" if computed else f"{said!r} is not so"
    if isinstance(computed, str):
        return "" if said == computed else f"{said!r} instead of {computed!r}"
    if said in ("∞", "\N{MINUS SIGN}∞"):
        return "" if math.isinf(computed) and (computed < 0) == (said != "∞") else f"{said!r} instead of {computed:g}"
    written = numbers_in(str(said))
    right = len(written) == 1 and written[0].fits(float(computed))
    return "" if right else f"{said!r} instead of {float(computed):.8g}"


def pairs_in(words: str, values: Iterable[float]) -> Pairs:
    """The numbers of some words, each with the value that it must be, in their order."""
    numbers, wanted = [one.text for one in numbers_in(words)], [float(value) for value in values]
    yield f"{len(numbers)} numbers in {words!r}", len(numbers) == len(wanted)
    yield from zip(numbers, wanted, strict=False)


def contradictions(moment: Moment, sentence: str) -> tuple[int, list[str]]:
    """How many rules spoke of a sentence, and what they found wrong in it."""
    spoke, wrong = 0, []
    for pattern, function in RULES.get(moment.experiment.id, ()):
        match = pattern.search(sentence)
        if match:
            spoke += 1
            found = [differs(said, computed) for said, computed in function(moment, *match.groups())]
            wrong += [one for one in found if one]
    return spoke, wrong


def load_rules() -> None:
    """Have every rule in ``RULES``: each file of this folder whose name begins with ``verdicts_`` brings its own."""
    for path in sorted(Path(__file__).parent.glob("verdicts_*.py")):
        import_module(f"tests.truth.{path.stem}")
