"""Serialises frames for the pipe to the window; arrays that a frame shares with the previous one are not sent again.

A data set, for instance, is the same array in all frames of a run. Sending it with every frame would take most of the
time, and the window would store it once per frame.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from typing import Any

import numpy as np

SMALL = 512
"""The maximum size in bytes of arrays that are always sent in full."""


_ADDRESS = 8


def addressed(number: int, packed: bytes) -> bytes:
    """Prepends the run's number to packed bytes."""
    return number.to_bytes(_ADDRESS, "little") + packed


def address_of(parcel: bytes) -> int:
    """The run's number in a parcel made by ``addressed``."""
    return int.from_bytes(parcel[:_ADDRESS], "little")


def content_of(parcel: bytes) -> memoryview:
    """The packed bytes in a parcel made by ``addressed``."""
    return memoryview(parcel)[_ADDRESS:]


class Packer:
    """Serialises messages of one run; remembers the arrays of the last message that had any."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, np.ndarray]] = {}
        self._names = 0

    def pack(self, message: object) -> bytes:
        """Serialises the arrays that are new, then the message; the message refers to its larger arrays by name."""
        buffer = io.BytesIO()
        pickler = _Pickler(buffer, self._known, self._names)
        pickler.dump(message)
        self._names += len(pickler.new)
        if pickler.met:
            self._known = pickler.met  # which also keeps them alive, so that no other array gets one's id
        return pickle.dumps(pickler.new, pickle.HIGHEST_PROTOCOL) + buffer.getvalue()


class _Pickler(pickle.Pickler):
    """Pickles a message with its larger arrays replaced by names: ``met`` are all of these arrays, ``new`` those not in
    ``known``.
    """

    def __init__(self, buffer: io.BytesIO, known: Mapping[int, tuple[str, np.ndarray]], names: int) -> None:
        super().__init__(buffer, pickle.HIGHEST_PROTOCOL)
        self._known, self._names = known, names
        self.met: dict[int, tuple[str, np.ndarray]] = {}
        self.new: dict[str, np.ndarray] = {}

    def persistent_id(self, value: Any) -> str | None:
        if not isinstance(value, np.ndarray) or value.nbytes <= SMALL or value.flags.writeable:
            return None
        if id(value) not in self.met:
            known = self._known.get(id(value))
            if known is None:
                known = (str(self._names + len(self.new) + 1), value)
                self.new[known[0]] = value
            self.met[id(value)] = known
        return self.met[id(value)][0]


class _Unpickler(pickle.Unpickler):
    """Unpickles a message and replaces names by the arrays that they stand for; ``met`` are the arrays in the
    message.
    """

    def __init__(self, data: io.BytesIO, known: Mapping[str, np.ndarray]) -> None:
        super().__init__(data)
        self._known = known
        self.met: dict[str, np.ndarray] = {}

    def persistent_load(self, name: str) -> np.ndarray:
        return self.met.setdefault(name, self._known[name])


class Unpacker:
    """Deserialises messages in the order in which they were packed; a repeated array is the same object."""

    def __init__(self) -> None:
        self._known: dict[str, np.ndarray] = {}

    def unpack(self, parcel: bytes) -> Any:
        """Returns the message in a parcel made by ``addressed`` and ``Packer``."""
        data = io.BytesIO(parcel)
        data.seek(_ADDRESS)
        known = {**self._known, **{name: _frozen(array) for name, array in _Unpickler(data, {}).load().items()}}
        unpickler = _Unpickler(data, known)
        message = unpickler.load()
        self._known = unpickler.met or self._known
        return message


def _frozen(array: np.ndarray) -> np.ndarray:
    """A read-only copy of an array that owns its data, so that a frame can keep it without copying again."""
    owner = array.copy()
    owner.setflags(write=False)
    return owner
