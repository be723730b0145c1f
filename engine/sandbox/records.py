"""Serialises records of the engine in a process that runs untrusted code; type, size and depth are validated.

A record is a dataclass, with numbers, text, arrays and further records in its fields. Input is not trusted: only
dataclasses and enumerations of the engine are instantiated, with exactly their fields, each of the declared type. A
repeated array, such as the training data of a run, is sent once and then referred to by name.
"""

from __future__ import annotations

import dataclasses
import enum
import importlib
import json
import re
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from engine.contract.text import Text

LARGEST = 256 * 2**20
"""The maximum size of one message in bytes."""
_SMALL = 512
"""Arrays of at most this many bytes are sent in full every time."""
_DEEPEST, _MOST_VALUES, _LONGEST_TEXT = 30, 2_000_000, 20_000
_KINDS = "biufcSU"
_MUCH_ROOM = re.compile(r"\{[^}]*\d{4}")
"""Finds, in a format template, a field width of 1,000 or more."""


class Distrusted(Exception):
    """Raised when the input is not a record of the engine, or exceeds a limit."""


class RecordPacker:
    """Serialises messages; remembers the arrays of the last message that had any, so as not to send them again."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, np.ndarray]] = {}
        self._count = 0

    def pack(self, value: Any) -> bytes:
        """Serialises one message to bytes."""
        blobs: list[np.ndarray] = []
        met: dict[int, tuple[int, np.ndarray]] = {}
        head = json.dumps(self._out(value, blobs, met)).encode()
        if met:
            self._known = met  # which also keeps them alive, so that no other array gets one's id
        return b"".join((len(head).to_bytes(4, "little"), head, *(array.tobytes() for array in blobs)))

    def _out(self, value: Any, blobs: list[np.ndarray], met: dict[int, tuple[int, np.ndarray]]) -> Any:
        kind: Any = type(value)
        if value is None or kind in (bool, int, float, str):
            return value
        if kind is np.ndarray:
            return self._array_out(value, blobs, met)
        if kind is tuple or kind is list:
            parts = [self._out(one, blobs, met) for one in value]
            return ["t" if kind is tuple else "l", parts]
        if isinstance(value, enum.Enum):
            return ["e", kind.__module__, kind.__qualname__, value.name]
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = [self._out(getattr(value, name), blobs, met) for name in _names(kind)]
            return ["r", kind.__module__, kind.__qualname__, fields]
        if isinstance(value, Mapping):
            pairs = [[self._out(key, blobs, met), self._out(one, blobs, met)] for key, one in value.items()]
            return ["d" if isinstance(value, dict) else "m", pairs]
        if isinstance(value, np.generic) and value.dtype.kind in _KINDS:
            return ["s", value.dtype.str, value.tobytes().hex()]
        if isinstance(value, (set, frozenset)):
            return ["f", [self._out(one, blobs, met) for one in value]]
        for plain in (int, float, str):
            if isinstance(value, plain):
                return plain(value)
        if kind is complex:
            return ["c", value.real, value.imag]
        raise TypeError(f"a {kind.__name__} is no part of a record")

    def _array_out(self, array: np.ndarray, blobs: list[np.ndarray], met: dict[int, tuple[int, np.ndarray]]) -> Any:
        if array.nbytes > _SMALL and not array.flags.writeable:
            known = met.get(id(array)) or self._known.get(id(array))
            if known is not None:
                met[id(array)] = known
                return ["n", known[0]]
            self._count += 1
            met[id(array)] = (self._count, array)
            blobs.append(array)
            return ["a", array.dtype.str, list(array.shape), self._count]
        blobs.append(array)
        return ["a", array.dtype.str, list(array.shape), 0]


class RecordUnpacker:
    """Deserialises messages in the order in which they were packed; a repeated array is the same object."""

    def __init__(self) -> None:
        self._known: dict[int, np.ndarray] = {}

    def unpack(self, data: bytes | memoryview) -> Any:
        """Deserialises one message; raises ``Distrusted`` before any object is created if it is invalid."""
        try:
            length = int.from_bytes(data[:4], "little")
            head = json.loads(bytes(data[4 : 4 + length]))
            self._data, self._at = memoryview(data), 4 + length
            self._met: dict[int, np.ndarray] = {}
            self._left = _MOST_VALUES
            value = self._in(head, 0)
            if self._at != len(data):
                raise Distrusted("what is left over")
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError,
                MemoryError, ImportError) as error:  # fmt: skip
            raise Distrusted(f"{type(error).__name__}: {error}"[:200]) from None
        self._known = self._met or self._known
        return value

    def _in(self, value: Any, depth: int) -> Any:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise Distrusted("so many values, or so deep")
        kind = type(value)
        if value is None or kind in (bool, int, float):
            return value
        if kind is str:
            if len(value) > _LONGEST_TEXT:
                raise Distrusted("a text")
            return value
        match value:
            case ["a", str(dtype), list(shape), int(name)]:
                return self._array(np.dtype(dtype), shape, name)
            case ["n", int(name)]:
                found = self._met[name] = self._met[name] if name in self._met else self._known[name]
                return found
            case ["t", list(parts)]:
                return tuple([self._in(one, depth + 1) for one in parts])
            case ["l", list(parts)]:
                return [self._in(one, depth + 1) for one in parts]
            case ["f", list(parts)]:
                return frozenset([self._in(one, depth + 1) for one in parts])
            case ["d" | "m", list(pairs)]:
                made = {self._in(key, depth + 1): self._in(one, depth + 1) for key, one in pairs}
                return made if value[0] == "d" else types.MappingProxyType(made)
            case ["s", str(dtype), str(number)] if np.dtype(dtype).kind in _KINDS:
                return np.frombuffer(bytes.fromhex(number), dtype=dtype, count=1)[0]
            case ["c", float(real), float(imaginary)]:
                return complex(real, imaginary)
            case ["e", str(module), str(name), str(member)]:
                return _class_of(module, name, enum.Enum)[member]
            case ["r", str(module), str(name), list(fields)]:
                return self._record(_class_of(module, name, object), fields, depth)
        raise Distrusted("a value")

    def _array(self, dtype: np.dtype[Any], shape: list[Any], name: int) -> np.ndarray:
        if dtype.kind not in _KINDS or not all(type(side) is int and 0 <= side <= LARGEST for side in shape):
            raise Distrusted("an array")
        size = dtype.itemsize
        for side in shape:
            size *= side
        if size > len(self._data) - self._at:
            raise Distrusted("a size")
        count = size // dtype.itemsize if size else 0
        made = np.frombuffer(self._data, dtype, count, self._at) if size else np.zeros(0, dtype)
        self._at += size
        array = np.array(made.reshape(shape))  # the owner of its numbers, which a frame takes over as it is
        array.setflags(write=False)
        if name:
            self._met[name] = array
        return array

    def _record(self, kind: Any, fields: list[Any], depth: int) -> Any:
        names = _names(kind)
        if len(names) != len(fields):
            raise Distrusted(f"fields of {kind.__name__}")
        made = object.__new__(kind)
        for name, data, fits in zip(names, fields, _checks_of(kind), strict=True):
            value = self._in(data, depth + 1)
            if not fits(value):
                raise Distrusted(f"{kind.__name__}.{name}")
            object.__setattr__(made, name, value)
        if isinstance(made, Text) and _MUCH_ROOM.search(made.message):
            raise Distrusted("a template")
        return made


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in dataclasses.fields(kind))


@cache
def _class_of(module: str, name: str, base: type) -> Any:
    """The dataclass or enumeration of the engine with this name in this module."""
    if not module.startswith("engine.") or not all(part.isidentifier() for part in (*module.split("."), name)):
        raise Distrusted(f"{module}.{name}"[:200])
    found = getattr(importlib.import_module(module), name, None)
    if not isinstance(found, type) or not issubclass(found, base) or found.__module__ != module:
        raise Distrusted(f"{module}.{name}"[:200])
    if base is object and not dataclasses.is_dataclass(found):
        raise Distrusted(f"{module}.{name}"[:200])
    return found


_Check = Callable[[Any], bool]


@cache
def _checks_of(kind: Any) -> tuple[_Check, ...]:
    """For each field of a record class, a function that checks whether a value has the declared type; only simple types
    are checked.
    """
    hints = typing.get_type_hints(kind)
    return tuple(_check_of(hints.get(name, Any)) for name in _names(kind))


def _check_of(hint: Any) -> _Check:
    if hint is Any:  # a class by now, of which nothing is an instance
        return lambda value: True
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        checks = [_check_of(one) for one in inner]
        return lambda value: any(check(value) for check in checks)
    if origin is typing.Literal:
        return lambda value: value in inner
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            of_each = _check_of(inner[0])
            return lambda value: isinstance(value, tuple) and all(map(of_each, value))
        each = [_check_of(one) for one in inner]
        return lambda value: (
            isinstance(value, tuple) and len(value) == len(each) and all(c(v) for c, v in zip(each, value, strict=True))
        )
    if origin is not None and isinstance(origin, type):
        if issubclass(origin, Mapping) and len(inner) == 2:
            of_key, of_value = map(_check_of, inner)
            return lambda value: (
                isinstance(value, Mapping) and all(of_key(key) and of_value(one) for key, one in value.items())
            )
        return lambda value: isinstance(value, origin)
    if hint is float:
        return lambda value: isinstance(value, (float, int, np.floating, np.integer)) and not isinstance(value, bool)
    if hint is int:
        return lambda value: isinstance(value, (int, np.integer))
    if hint is None or hint is type(None):
        return lambda value: value is None
    if isinstance(hint, type):
        return lambda value: isinstance(value, hint)
    return lambda value: True
