"""The learner's own table from a CSV file: columns of numbers, and the class in the last column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from engine.contract.fields.labelled_points import CsvLine, decoded, is_name, lines_of
from engine.contract.text import Refused, Text, shortened
from engine.data.plain_file import Unreadable, read_plain_file, state_of
from engine.data.plane_sets import OUTER

MOST_COLUMNS, MOST_CLASSES = 8, 4
FEWEST_LINES, MOST_LINES = 8, 1000
_MOST_BYTES = 2**20
_LONGEST_NAME = 20
_UNREADABLE = Text("the table cannot be read: {reason}.")
_LINES = Text("the table has {count} lines of numbers: {fewest} to {most} are needed.")
_TOO_MANY = Text("line {number}: at most {most} lines of numbers are allowed.")
_COLUMNS = Text("line {number} has {count} cells: 2 to {most} numbers and a class are needed.")
_OTHER_COUNT = Text("line {number} has {count} cells, the lines above have {wanted}.")
_NO_NUMBER = Text("line {number}: “{cell}” is not a number.")
_NO_CLASS = Text("line {number} has no class in its last cell.")
_CLASSES = Text("the last column has {count} different classes: 2 to {most} are needed.")


@dataclass(frozen=True, eq=False)
class OwnTable:
    """A table: ``values`` (N, K) of the columns called ``names`` (K,), each column scaled linearly to −2.6 … 2.6.

    ``labels`` (N,) are the indices of the rows' classes in ``classes``, which are the class names in order.
    """

    names: tuple[str, ...]
    classes: tuple[str, ...]
    values: np.ndarray
    labels: np.ndarray

    def ordered(self, order: np.ndarray) -> OwnTable:
        """A copy of the table with its rows in the given order (indices)."""
        values, labels = self.values[order], self.labels[order]
        for array in (values, labels):
            array.setflags(write=False)
        return replace(self, values=values, labels=labels)

    def inputs(self, columns: Sequence[int]) -> np.ndarray:
        """A network's inputs (N, k + 1) for every row: the values of the k ``columns``, and a 1 for the bias."""
        return np.column_stack([self.values[:, list(columns)], np.ones(len(self.values))])

    def section(self, points: np.ndarray, columns: Sequence[int], drawn: tuple[int, int]) -> np.ndarray:
        """A network's inputs (M, k + 1) at ``points`` (M, 2) in the plane of the two ``drawn`` columns: the values of
        the network's k ``columns``, with those that are not drawn at their means, and a 1 for the bias.
        """
        rows = np.tile(self.values.mean(axis=0), (len(points), 1))
        rows[:, list(drawn)] = points
        return np.column_stack([rows[:, list(columns)], np.ones(len(points))])


def own_table(path: str) -> OwnTable:
    """Reads the table in the file at ``path``; for "" a built-in example. ``Refused`` if the file contains no such
    table.

    Cached until the file changes.
    """
    if not path:
        return _example()
    file = Path(path)
    return _read(file, state_of(file))


def own_table_file(path: Path) -> bytes:
    """The content of a table's CSV file; ``Refused`` as in ``own_table``."""
    own_table(str(path))
    return _content(path)


@lru_cache(maxsize=2)
def _read(path: Path, state: tuple[int, int] | None) -> OwnTable:
    return table_of_text(decoded(_content(path)))


def _content(path: Path) -> bytes:
    try:
        return read_plain_file(path, _MOST_BYTES)
    except Unreadable as unreadable:
        raise Refused(_UNREADABLE(reason=unreadable.reason)) from None


def table_of_text(text: str) -> OwnTable:
    """Parses a table from the text of a CSV file; ``Refused`` with the number of the invalid line."""
    names: tuple[str, ...] = ()
    rows, classes = list[list[float]](), list[str]()
    for line in lines_of(text):
        if not names:
            count = len(line.cells) - 1
            if not 2 <= count <= MOST_COLUMNS:
                raise Refused(_COLUMNS(number=line.number, count=count + 1, most=MOST_COLUMNS))
            if all(map(is_name, line.cells)):
                names = tuple(cell[:_LONGEST_NAME] for cell in line.cells[:-1])
                continue
            names = tuple(f"x{number}" for number in range(1, count + 1))
        if len(rows) == MOST_LINES:
            raise Refused(_TOO_MANY(number=line.number, most=MOST_LINES))
        if len(line.cells) != len(names) + 1:
            raise Refused(_OTHER_COUNT(number=line.number, count=len(line.cells), wanted=len(names) + 1))
        rows.append([_number(line, cell) for cell in line.cells[:-1]])
        if not line.cells[-1]:
            raise Refused(_NO_CLASS(number=line.number))
        classes.append(line.cells[-1])
    if len(rows) < FEWEST_LINES:
        raise Refused(_LINES(count=len(rows), fewest=FEWEST_LINES, most=MOST_LINES))
    found = sorted(set(classes))
    if not 2 <= len(found) <= MOST_CLASSES:
        raise Refused(_CLASSES(count=len(found), most=MOST_CLASSES))
    labels = np.array([found.index(one) for one in classes])
    return _table(names, tuple(one[:_LONGEST_NAME] for one in found), np.array(rows), labels)


def _number(line: CsvLine, cell: str) -> float:
    try:
        return line.number_in(cell)
    except ValueError:
        raise Refused(_NO_NUMBER(number=line.number, cell=shortened(cell))) from None


def _table(names: tuple[str, ...], classes: tuple[str, ...], values: np.ndarray, labels: np.ndarray) -> OwnTable:
    low, high = values.min(axis=0), values.max(axis=0)
    # Halved first, since the difference of two very large numbers would overflow.
    half = high / 2 - low / 2
    shares = np.divide(values / 2 - low / 2, half, out=np.full(values.shape, 0.5), where=half > 0)
    scaled = ((2 * shares - 1) * OUTER).astype(np.float32)  # a frame carries them
    for array in (scaled, labels):
        array.setflags(write=False)
    return OwnTable(names, classes, scaled, labels)


@lru_cache(maxsize=1)
def _example() -> OwnTable:
    """An example table of 300 made-up fruits of two kinds, which neither size nor weight separates, but both together
    do.
    """
    random = np.random.default_rng(5)
    length, width, colour = random.uniform(2.0, 8.0, (3, 300))
    labels = np.arange(300) % 2
    dense = np.where(labels == 1, 1.0, 0.75) + random.uniform(-0.05, 0.05, 300)
    values = np.column_stack([length, width, dense * (length + width), colour])
    return _table(("x1", "x2", "x3", "x4"), ("0", "1"), values, labels)
