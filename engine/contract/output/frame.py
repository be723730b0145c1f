"""One complete picture of an experiment's state, and how frames are compared and measured."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, dataclass_transform

import numpy as np

from engine.contract.interaction.status import Status
from engine.contract.text.text import Text

_PLAIN: Mapping[str, Any] = {"unit": "", "share": False, "measured": False, "heavy": False, "words": {}}
"""What holds of a field that says nothing of itself."""


def quantity(
    unit: str = "",
    *,
    share: bool = False,
    measured: bool = False,
    heavy: bool = False,
    words: Mapping[str, Text] = MappingProxyType({}),
    default: Any = dataclasses.MISSING,
) -> Any:
    """A frame field with its unit.

    A ``share`` is a number of which 1 is the whole, and is told as a percentage. ``measured`` fields hold times and
    are left out of comparisons and of a script's table; ``heavy`` ones are filled only when asked for and None
    otherwise. ``words`` name the kinds that a field of words may hold, for people.
    """
    metadata = {"unit": unit, "share": share, "measured": measured, "heavy": heavy, "words": words}
    return dataclasses.field(default=default, metadata=metadata)


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False, field_specifiers=(quantity,))
@dataclass(frozen=True, kw_only=True, eq=False)
class Frame:
    """Base of every experiment's frames: never a delta, and the owner of its arrays (copied, then read-only).

    A subclass only lists its fields, ``image: np.ndarray  # (N, H, W)``; one that has a unit, or is measured or heavy,
    says so by ``quantity``. It is a dataclass by being a subclass.

    ``update`` counts the updates done, ``counts`` the completed units of the experiment in the order of its
    ``units``, ``events`` what was completed or happened at this very update (unit names and the experiment's own).
    """

    update: int = quantity(default=0)
    counts: tuple[int, ...] = quantity(default=())
    events: tuple[str, ...] = quantity(default=())
    finished: bool = quantity(default=False)
    status: Status | None = quantity(default=None)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=True, eq=False)(cls)

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            object.__setattr__(self, field.name, _owned(getattr(self, field.name)))

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        """A frame that arrives from another process owns its arrays too."""
        for name, value in state.items():
            object.__setattr__(self, name, _owned(value))


def frame_fields(frame_type: type) -> dict[str, Mapping[str, Any]]:
    """Name and metadata (``unit``, ``measured``, ``heavy``, ``words``) of every field of a frame class."""
    return {field.name: {**_PLAIN, **field.metadata} for field in dataclasses.fields(frame_type)}


def heavy_fields(frame_type: type) -> list[str]:
    """The names of the fields of a frame class that are filled only when asked for."""
    return [field.name for field in dataclasses.fields(frame_type) if field.metadata.get("heavy")]


def flattened(frame: Frame, *, measured: bool = True) -> Iterator[tuple[str, Any]]:
    """Every leaf of a frame with its dotted name, nested dataclasses, mappings and tuples of records opened."""
    for field in dataclasses.fields(frame):
        if measured or not field.metadata.get("measured"):
            yield from _leaves(field.name, getattr(frame, field.name))


def frames_equal(one: Frame, other: Frame) -> bool:
    """Whether two frames are the same bit for bit, measured times aside (``==`` on arrays would raise).

    It defines what a replay promises; the program itself never needs to ask.
    """
    if type(one) is not type(other):
        return False
    first, second = list(flattened(one, measured=False)), list(flattened(other, measured=False))
    return [name for name, _ in first] == [name for name, _ in second] and all(
        _same(a, b) for (_, a), (_, b) in zip(first, second, strict=True)
    )


def arrays_of(frame: Frame) -> list[np.ndarray]:
    """Every array of a frame, each distinct one once."""
    found: dict[int, np.ndarray] = {}
    left: list[Any] = [frame]
    # It grows while it is gone through. Names are left out: this is asked of every frame, when it comes and goes.
    for value in left:
        if isinstance(value, np.ndarray):
            found[id(value)] = value
        elif isinstance(value, Mapping):
            left += value.values()
        elif isinstance(value, tuple):
            left += value
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            left += [getattr(value, field.name) for field in dataclasses.fields(value)]
    return list(found.values())


def _owned(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        if value.flags.writeable or value.base is not None:
            value = value.copy()
            value.setflags(write=False)
        return value
    if isinstance(value, tuple):
        parts = [_owned(part) for part in value]
        return value if _untouched(parts, value) else tuple(parts)
    if isinstance(value, Mapping):
        parts = [_owned(part) for part in value.values()]
        return value if _untouched(parts, value.values()) else MappingProxyType(dict(zip(value, parts, strict=True)))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        before = [getattr(value, name) for name in names]
        parts = [_owned(part) for part in before]
        if not _untouched(parts, before):
            return dataclasses.replace(value, **dict(zip(names, parts, strict=True)))
    return value


def _untouched(parts: list[Any], before: Iterable[Any]) -> bool:
    return all(part is old for part, old in zip(parts, before, strict=True))


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _leaves(f"{name}.{field.name}", getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(f"{name}.{key}", part)
    elif isinstance(value, tuple) and any(_is_opened(part) for part in value):
        for index, part in enumerate(value):
            yield from _leaves(f"{name}.{index}", part)
    else:
        yield name, value


def _is_opened(part: Any) -> bool:
    if isinstance(part, tuple):
        return any(_is_opened(inner) for inner in part)
    return isinstance(part, np.ndarray) or dataclasses.is_dataclass(part)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (one != one and other != other)
    return type(one) is type(other) and one == other
