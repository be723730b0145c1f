"""Serialises values between two processes: plain values as JSON, arrays as bytes, everything else by reference.

Arrays are kept in sync: changes in place are sent with the next message, so code that modifies the caller's arrays
modifies them there too. Input can only create numbers, text, tuples, lists, dictionaries, arrays and proxies
(``Remote``), within limits of size and depth.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

LARGEST_MESSAGE = 64 * 2**20
LARGEST_ARRAY = 8 * 2**20
"""The maximum size of an array in bytes; of a larger one only type and shape are sent."""
_LARGEST_TOGETHER = 128 * 2**20
"""The maximum size of all arrays known to both processes in bytes, since untrusted code may never release any."""
_MOST_KNOWN, _MOST_AXES = 10_000, 32
_MOST_VALUES, _DEEPEST, _LONGEST_TEXT, _LARGEST_WHOLE = 200_000, 40, 100_000, 2**63
_KINDS = "biufcSU"
"""The kinds of NumPy dtypes that are sent: booleans, numbers, and text of a fixed length."""


class Malformed(Exception):
    """Raised when the input is not a valid message, or exceeds a limit."""


class Remote:
    """A proxy for an object of the other process, which can be called and has the object's attributes."""

    def __init__(self, link: Any, number: int, kind: str) -> None:
        object.__setattr__(self, "_link", link)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_kind", kind)

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._link.ask("call", self._number, given, named)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{self._kind!r} object has no attribute {name!r}")
        return self._link.ask("get", self._number, (name,), {})

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{self._kind!r} object takes no attribute {name!r}")


class Unsent:
    """A placeholder for a value that is not sent: only its type and, for an array, its shape are known."""

    def __init__(self, kind: str, shape: tuple[int, ...] = ()) -> None:
        self.kind, self.shape = kind, shape


def type_name(value: Any) -> str:
    """The name of a value's type in the process where the value was made."""
    if isinstance(value, Remote):
        return str(object.__getattribute__(value, "_kind"))
    return value.kind if isinstance(value, Unsent) else type(value).__name__


class Exchange:
    """One process's table of the objects that were sent or received; proxies (``Remote``) call through ``link``.

    Arrays, dictionaries and objects have numbers: above 0 if they belong to this process, below 0 if to the other. This
    process's objects are kept until the other one releases them; objects of the other one are released with the next
    message once no reference is left here. ``by_reference`` decides which values are sent as proxies.
    """

    def __init__(self, link: Any, by_reference: Callable[[Any], bool]) -> None:
        self._link, self._by_reference = link, by_reference
        self._known: dict[int, list[Any]] = {}
        """By number, the object and, for an array, the bytes that it had when both processes were last in sync."""
        self._numbers: dict[int, int] = {}
        self._count = self._left = self._size = 0

    def forget(self) -> None:
        """Forgets all objects that were sent or received."""
        self._known.clear()
        self._numbers.clear()
        self._size = 0

    def object_of(self, number: Any) -> Any:
        """This process's object with a number that the other process sent."""
        if type(number) is not int or number < 1 or number not in self._known:
            raise Malformed("no such object")
        return self._known[number][0]

    # Out

    def packed(self, message: dict[str, Any]) -> bytes:
        """Serialises a message: its plain part, the arrays that are new or changed, and the released numbers."""
        fresh: dict[int, np.ndarray] = {}
        plain = {name: self._out(value, fresh, 0) for name, value in message.items()}
        gone = [number for number, entry in self._known.items() if number < 0 and sys.getrefcount(entry[0]) <= 2]
        for number in gone:
            self._drop(number)
        for number, entry in self._known.items():
            if entry[1] is not None and number not in fresh and (now := entry[0].tobytes()) != entry[1]:
                entry[1] = now
                fresh[number] = entry[0]
        heads = [[number, array.dtype.str, list(array.shape)] for number, array in fresh.items()]
        head = json.dumps([plain, heads, gone]).encode()
        return b"".join((len(head).to_bytes(4, "little"), head, *(array.tobytes() for array in fresh.values())))

    def _out(self, value: Any, fresh: dict[int, np.ndarray], depth: int) -> Any:
        if value is None or value is True or value is False:
            return value
        kind = type(value)
        if kind is float or kind is str:
            return value if kind is float or len(value) <= _LONGEST_TEXT else ["z", "str", []]
        if kind is int:
            return value if -_LARGEST_WHOLE <= value < _LARGEST_WHOLE else ["z", "int", []]
        if isinstance(value, np.ndarray):
            return self._array_out(value, fresh)
        if isinstance(value, np.generic):
            # By its bytes: a number of single precision stays just that.
            known = value.dtype.kind in _KINDS and value.nbytes <= _LONGEST_TEXT
            return ["s", value.dtype.str, value.tobytes().hex()] if known else ["z", kind.__name__, []]
        if kind is complex:
            return ["c", value.real, value.imag]
        if depth < _DEEPEST:
            if isinstance(value, (tuple, list)) and len(value) <= _MOST_VALUES:
                sign = "t" if isinstance(value, tuple) else "l"
                return [sign, [self._out(one, fresh, depth + 1) for one in value]]
            if isinstance(value, dict):
                pairs = [[self._out(one, fresh, depth + 1) for one in pair] for pair in value.items()]
                return ["d", self._number_of(value), pairs]
        if isinstance(value, Remote) and object.__getattribute__(value, "_link") is self._link:
            return ["r", object.__getattribute__(value, "_number")]
        if isinstance(value, Unsent) or not self._by_reference(value):
            return ["z", type_name(value)[:100], []]
        return ["o", self._number_of(value), kind.__name__[:100]]

    def _array_out(self, value: np.ndarray, fresh: dict[int, np.ndarray]) -> Any:
        if value.dtype.kind not in _KINDS:
            try:
                value = np.asarray(value, dtype=float)
            except Exception:  # whatever stands in it
                return ["z", "ndarray", list(value.shape)]
        number = self._numbers.get(id(value))
        if number is None:
            known, size = len(self._known), self._size + value.nbytes
            if value.nbytes > LARGEST_ARRAY or known >= _MOST_KNOWN or size > _LARGEST_TOGETHER:
                return ["z", "ndarray", list(value.shape)]
            number = self._number_of(value)
            self._hold(number, value.tobytes())
            fresh[number] = value
        return ["a", number]

    def _number_of(self, value: Any) -> int:
        number = self._numbers.get(id(value))
        if number is None:
            self._count += 1
            number = self._count
            self._keep(number, value)
        return number

    def _keep(self, number: int, value: Any) -> None:
        self._known[number] = [value, None]
        self._numbers[id(value)] = number

    def _hold(self, number: int, held: bytes) -> None:
        self._known[number][1] = held
        self._size += len(held)

    def _drop(self, number: int) -> None:
        value, held = self._known.pop(number)
        del self._numbers[id(value)]
        self._size -= len(held or b"")

    # In

    def unpacked(self, data: bytes) -> dict[str, Any]:
        """Deserialises a message; ``Malformed`` for anything that ``packed`` does not produce."""
        try:
            length = int.from_bytes(data[:4], "little")
            plain, heads, gone = json.loads(data[4 : 4 + length])
            if not isinstance(plain, dict) or not isinstance(heads, list) or not isinstance(gone, list):
                raise Malformed("its parts")
            self._arrays_in(heads, memoryview(data)[4 + length :])
            self._left = _MOST_VALUES
            message = {str(name): self._in(value, 0) for name, value in plain.items()}
            for number in gone:
                if type(number) is not int or number >= 0 or -number not in self._known:
                    raise Malformed("no such object")
                self._drop(-number)
            return message
        except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError, MemoryError) as error:
            raise Malformed(f"{type(error).__name__}") from None

    def _arrays_in(self, heads: list[Any], data: memoryview) -> None:
        """Writes received data into known arrays and stores new ones; ``heads`` has number, dtype and shape of each."""
        at = 0
        if len(heads) + len(self._known) > 2 * _MOST_KNOWN:
            raise Malformed("so many arrays")
        for number, kind, shape in heads:
            dtype, size = _described(number, kind, shape)
            if at + size > len(data):
                raise Malformed("a size")
            held = bytes(data[at : at + size])
            at += size
            made = np.frombuffer(held, dtype=dtype).reshape(shape) if size else np.zeros(shape, dtype)
            entry = self._known.get(-number)
            if entry is None:
                if number < 1:
                    raise Malformed("no such array")
                if self._size + size > 2 * _LARGEST_TOGETHER:
                    raise Malformed("so much in arrays")
                self._keep(-number, made.copy())
                self._hold(-number, held)
                continue
            array = entry[0]
            if not isinstance(array, np.ndarray) or array.dtype != made.dtype or array.shape != made.shape:
                raise Malformed("an array that has become another one")
            array[...] = made
            entry[1] = held
        if at != len(data):
            raise Malformed("what is left over")

    def _in(self, value: Any, depth: int) -> Any:
        self._left -= 1
        if self._left < 0 or depth > 2 * _DEEPEST:
            raise Malformed("so many values, or so deep")
        kind = type(value)
        if value is None or kind in (bool, int, float):
            return value
        if kind is str and len(value) <= _LONGEST_TEXT:
            return value
        match value:
            case ["a", int(number)]:
                return self._theirs_or_mine(-number, np.ndarray)
            case ["s", str(dtype), str(data)] if (found := np.dtype(dtype)).kind in _KINDS:
                return np.frombuffer(bytes.fromhex(data), dtype=found, count=1)[0]
            case ["c", real, imaginary]:
                return complex(real, imaginary)
            case ["t", list(parts)]:
                return tuple(self._in(one, depth + 1) for one in parts)
            case ["l", list(parts)]:
                return [self._in(one, depth + 1) for one in parts]
            case ["d", int(number), list(pairs)]:
                return self._dictionary(-number, pairs, depth)
            case ["o", int(number), str(name)] if number > 0:
                if -number not in self._known:
                    self._keep(-number, Remote(self._link, -number, name[:100]))
                return self._theirs_or_mine(-number, Remote)
            case ["r", int(number)]:
                return self.object_of(-number)
            case ["z", str(name), list(shape)] if all(type(side) is int for side in shape):
                return Unsent(name[:100], tuple(shape))
        raise Malformed("a value")

    def _theirs_or_mine(self, number: int, kind: type) -> Any:
        found = self._known[number][0]
        if not isinstance(found, kind):
            raise Malformed("another kind of object")
        return found

    def _dictionary(self, number: int, pairs: list[Any], depth: int) -> dict[Any, Any]:
        """Rebuilds a received dictionary; if it was sent before, the same object is updated and returned."""
        made = {self._in(key, depth + 1): self._in(one, depth + 1) for key, one in pairs}
        if number not in self._known:
            if number >= 0:
                raise Malformed("a dictionary")
            self._keep(number, made)
            return made
        known: dict[Any, Any] = self._theirs_or_mine(number, dict)
        known.clear()
        known.update(made)
        return known


def _described(number: Any, kind: Any, shape: Any) -> tuple[np.dtype[Any], int]:
    """The dtype of a received array, and its size in bytes."""
    if type(number) is not int or type(kind) is not str or not isinstance(shape, list) or len(shape) > _MOST_AXES:
        raise Malformed("an array")
    dtype = np.dtype(kind)
    if dtype.kind not in _KINDS or not all(type(side) is int and 0 <= side <= LARGEST_ARRAY for side in shape):
        raise Malformed("an array")
    size = dtype.itemsize
    for side in shape:
        size *= side
    if size > LARGEST_ARRAY:
        raise Malformed("a size")
    return dtype, size
