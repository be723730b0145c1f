"""Frames, each the complete displayable state of an experiment at one moment, and how they are compared and put in
words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral, Real
from types import MappingProxyType
from typing import Any, TypeVar, dataclass_transform

import numpy as np

from engine.contract.numerals import format_alike, in_powers, percent
from engine.contract.text import Refused, Text, as_written, notation, shortened, untranslated, without_stop


@dataclass(frozen=True)
class Remedy:
    """A change of parameters that solves a problem; it is offered as a button beside a notice about the run."""

    label: Text
    changes: Mapping[str, object]


@dataclass(frozen=True)
class Lead:
    """A link to another experiment that continues the topic, offered as a button beside a notice; ``experiment`` is its
    id.
    """

    label: Text
    experiment: str


@dataclass(frozen=True)
class Status:
    """A notice about the run; ``kind`` is an unchanging name for it in files and tests. It offers at most one button:
    ``remedy`` changes parameters, or ``lead`` opens another experiment.
    """

    kind: str
    text: Text
    remedy: Remedy | None = None
    lead: Lead | None = None


_PLAIN: Mapping[str, Any] = {"unit": "", "share": False, "measured": False, "heavy": False, "words": {}}
"""The default metadata of a frame's fields."""


def quantity(
    unit: str = "",
    *,
    share: bool = False,
    measured: bool = False,
    heavy: bool = False,
    words: Mapping[str, Text] = MappingProxyType({}),
    default: Any = dataclasses.MISSING,
) -> Any:
    """Declares a frame field with its unit.

    A ``share`` is a number from 0 to 1 that is shown as a percentage. ``measured`` fields hold times and are left out
    of comparisons and of a script's table; ``heavy`` fields are None unless a request asks for them. ``words`` are
    labels for the words that a text field may hold.
    """
    metadata = {"unit": unit, "share": share, "measured": measured, "heavy": heavy, "words": words}
    return dataclasses.field(default=default, metadata=metadata)


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False, field_specifiers=(quantity,))
@dataclass(frozen=True, kw_only=True, eq=False)
class Frame:
    """Base of every experiment's frames: a complete state, never a delta, with its own read-only copies of all arrays.

    A subclass only lists its fields, ``image: np.ndarray # (N, H, W)``; a field that has a unit, or is measured or
    heavy, is declared by ``quantity``. Subclasses become dataclasses automatically.

    ``update`` counts the updates done, ``counts`` the completed units of the experiment in the order of its ``units``,
    ``events`` what was completed or happened at this very update (unit names and the experiment's own).
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
        """Copies the arrays of an unpickled frame and makes them read-only."""
        for name, value in state.items():
            object.__setattr__(self, name, _owned(value))


def frame_fields(frame_type: type) -> dict[str, Mapping[str, Any]]:
    """The metadata (``unit``, ``share``, ``measured``, ``heavy``, ``words``) of every field of a frame class, by field
    name.
    """
    return {field.name: {**_PLAIN, **field.metadata} for field in dataclasses.fields(frame_type)}


def heavy_fields(frame_type: type) -> list[str]:
    """The names of a frame class's heavy fields, which are filled only on request."""
    return [field.name for field in dataclasses.fields(frame_type) if field.metadata.get("heavy")]


def flattened(frame: Frame) -> Iterator[tuple[str, Any]]:
    """Yields every leaf value of a frame with its dotted name, descending into nested dataclasses, mappings and tuples
    of dataclasses.
    """
    for field in dataclasses.fields(frame):
        yield from _leaves(field.name, getattr(frame, field.name))


def arrays_of(frame: Frame) -> list[np.ndarray]:
    """All arrays in a frame, nested ones too; an array that occurs twice is listed once."""
    found: dict[int, np.ndarray] = {}
    left: list[Any] = [frame]
    # The list grows while it is iterated. Names are not computed, and each class is looked at once, since this runs for
    # every frame.
    for value in left:
        if isinstance(value, np.ndarray):
            found[id(value)] = value
        else:
            left += _parts_of(value.__class__)(value)
    return list(found.values())


@lru_cache(maxsize=1024)
def _parts_of(kind: type) -> Callable[[Any], Iterable[Any]]:
    """The function that lists what a value of this class consists of: nothing, unless it holds other values."""
    if issubclass(kind, tuple):
        return iter
    if issubclass(kind, Mapping):
        return kind.values
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
        return lambda value: [getattr(value, name) for name in names]
    return lambda value: ()


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


T = TypeVar("T")


def required(value: T | None) -> T:
    """Returns ``value`` if it is not None; otherwise raises ValueError."""
    if value is None:
        raise ValueError("there is no value here")
    return value


DIGITS = 4
_WHOLE = Text("{number:,}")
_YES, _NO, _NOTHING = Text("yes"), Text("no"), Text("none")


def spelled(value: Any, words: Mapping[str, Text], digits: int = DIGITS, share: bool = False) -> Text:
    """Formats ``value`` for people: an integer in full, another number with up to four significant ``digits``, a
    vector's elements with equally many decimals, a ``share`` as a percentage.

    ``digits`` can lower the number of digits, not raise it. ``words`` maps the strings that a field may hold to their
    labels; ``Refused`` for a string without one.
    """
    if isinstance(value, (bool, np.bool_)):
        return _YES if value else _NO
    if value is None:
        return _NOTHING
    if isinstance(value, Text):
        return value
    if isinstance(value, Status):
        return without_stop(value.text)
    if isinstance(value, str):
        return _named(value, words)
    if isinstance(value, Integral):
        return _WHOLE(number=int(value)) if abs(int(value)) >= 1000 else untranslated(as_written(str(value)))
    if isinstance(value, Real) and share:
        return untranslated(as_written(percent(float(value), 1)))
    if isinstance(value, Real):
        return untranslated(in_powers(float(value), min(digits, DIGITS)))
    if isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind == "f":
        return untranslated("(" + ", ".join(format_alike(value, DIGITS)) + ")")
    if isinstance(value, (np.ndarray, tuple, list)):
        parts = {f"part{index}": spelled(part, words) for index, part in enumerate(value)}
        places = "(" + ", ".join(f"{{{name}}}" for name in parts) + ")"
        return notation(places)(**parts)
    raise _unspoken(value)


def _named(value: str, words: Mapping[str, Text]) -> Text:
    if value not in words:
        raise _unspoken(value)
    return without_stop(words[value])


def _unspoken(value: Any) -> Refused:
    return Refused(
        Text("“{value}” has no words for people: its field names them in quantity(words=…).")(value=shortened(value))
    )
