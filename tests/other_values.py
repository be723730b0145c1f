"""A few allowed values of a field that differ from a given one, by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from engine.contract.fields import Field


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


def _vectors(field: Any, value: tuple[float, ...]) -> list[tuple[float, ...]]:
    moved = []
    for index, part in enumerate(value):
        for other in _between(field.minimum, field.maximum, part):
            moved.append((*value[:index], other, *value[index + 1 :]))
    return moved


def _points(field: Any, value: tuple[tuple[float, float, int], ...]) -> list[tuple]:
    flipped = tuple((x, y, (label + 1) % field.classes) for x, y, label in value)
    return [flipped, value[: max(field.fewest, len(value) - 1)]]


_BY_KIND: dict[str, Callable[[Any, Any], list]] = {
    "real": lambda field, value: _between(field.minimum, field.maximum, value),
    "integer": _integers,
    "choice": lambda field, value: [option.value for option in field.options],
    "switch": lambda field, value: [not value],
    "vector": _vectors,
    "labelled_points": _points,
}
