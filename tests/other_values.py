"""A few allowed values of a field that differ from a given one, by kind."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from engine.contract.fields import Field
from engine.data.idx import idx_bytes
from tests.kept_networks import convolutional, laid_in

_MOST_MATRICES = 30


def other_values(field: Field, value: Any) -> Iterator[Any]:
    """Values that the field allows, none equal to ``value``."""
    for candidate in _BY_KIND[field.kind](field, value):
        checked = field.check(candidate)
        if checked != value:
            yield checked


def _between(minimum: float, maximum: float, value: float) -> list[float]:
    return [(value + maximum) / 2, (value + minimum) / 2, minimum, maximum]


def _integers(field: Any, value: int) -> list[int]:
    return [min(value + 1, field.maximum), max(value - 1, field.minimum), field.minimum, field.maximum]


def _cells(field: Any, value: tuple[int, int]) -> list[tuple[int, int]]:
    rows, columns = (size if isinstance(size, int) else 2 for size in (field.rows, field.columns))
    return [((value[0] + 1) % rows, value[1]), (value[0], (value[1] + 1) % columns)]


def _vectors(field: Any, value: tuple[float, ...]) -> list[tuple[float, ...]]:
    moved = []
    for index, part in enumerate(value):
        for other in _between(field.minimum, field.maximum, part):
            moved.append((*value[:index], other, *value[index + 1 :]))
    return moved


def _points(field: Any, value: tuple[tuple[float, float, int], ...]) -> list[tuple]:
    flipped = tuple((x, y, (label + 1) % field.classes) for x, y, label in value)
    return [flipped, value[: max(field.fewest, len(value) - 1)]]


def _choices(field: Any, value: tuple[str, ...]) -> list[tuple[str, ...]]:
    every = tuple(option.value for option in field.options)
    toggled = [tuple(one for one in every if (one in value) != (one == other)) for other in every]
    return [chosen for chosen in toggled if len(chosen) >= field.fewest] + [every]


def _matrices(field: Any, value: tuple[tuple[float, ...], ...]) -> list[tuple]:
    """Each cell moved, of a large matrix some that are spread over it."""
    moved = [
        (*value[:number], moved, *value[number + 1 :])
        for number, row in enumerate(value)
        for moved in _vectors(field, row)
        if not field.whole or all(number == round(number) for number in moved)
    ]
    return moved[:: 1 + len(moved) // _MOST_MATRICES]


def _numbers(field: Any, value: tuple[float, ...]) -> list[tuple[float, ...]]:
    moved = [tuple(map(round, one)) for one in _vectors(field, value)] if field.whole else _vectors(field, value)
    return [*moved, field.added(value), field.removed(value, 0)]


def _drawings(field: Any, value: tuple) -> list[tuple]:
    return [(*value[:-1], ((0.2, 0.2), (0.8, 0.3))), ()]


@cache
def _image_file() -> str:
    """An IDX file with three pictures of 28×28."""
    path = Path(tempfile.mkdtemp()) / "images.idx"
    images = np.arange(3 * 28 * 28, dtype=np.int64).reshape(3, 28, 28) % 251
    path.write_bytes(idx_bytes(images.astype(np.uint8)))
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    return str(path)


@cache
def _table_file() -> str:
    """A CSV file with three columns of numbers and three classes."""
    path = Path(tempfile.mkdtemp()) / "table.csv"
    path.write_text("a,b,c,kind\n" + "1,2,3,x\n4,5,7,y\n1,0,2,z\n2,1,2,z\n" * 6, encoding="utf-8")
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    return str(path)


@cache
def _network_file() -> str:
    """A kept network that fits wherever one may be chosen."""
    path = laid_in(Path(tempfile.mkdtemp()), convolutional())
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    return str(path)


_BY_KIND: dict[str, Callable[[Any, Any], list]] = {
    "cell": _cells,
    "real": lambda field, value: _between(field.minimum, field.maximum, value),
    "integer": _integers,
    "choices": _choices,
    "choice": lambda field, value: [option.value for option in field.options],
    "switch": lambda field, value: [not value],
    "vector": _vectors,
    "labelled_points": _points,
    "matrix": _matrices,
    "numbers": _numbers,
    "drawing": _drawings,
    "expression": lambda field, value: ["0", " + ".join(field.variables), field.example().replace("^2", "^4")],
    "network": lambda field, value: [_network_file()],
    "file": lambda field, value: [_table_file() if ".csv" in field.suffixes else _image_file()],
}
