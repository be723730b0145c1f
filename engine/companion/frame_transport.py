"""Frames on their way to the window: what a frame shares with the one before it is not sent again.

An experiment's map or data set is one array in all frames of a run. Sent anew with every frame it would cost most of
the way's time, and be kept as often as there are frames in the record.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from typing import Any

import numpy as np

SMALL = 512
"""Bytes up to which an array is simply sent."""


_ADDRESS = 8


def addressed(number: int, packed: bytes) -> bytes:
    """A parcel with the number of its run written on it."""
    return number.to_bytes(_ADDRESS, "little") + packed


def address_of(parcel: bytes) -> int:
    """The number written on it."""
    return int.from_bytes(parcel[:_ADDRESS], "little")


def content_of(parcel: bytes) -> memoryview:
    """What is in it."""
    return memoryview(parcel)[_ADDRESS:]


class Packer:
    """Turns messages of one run into bytes; knows the arrays of the last one that had any."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, np.ndarray]] = {}
        self._names = 0

    def pack(self, message: object) -> bytes:
        """The arrays that are new, then the message with all larger arrays named only."""
        buffer = io.BytesIO()
        pickler = _Pickler(buffer, self._known, self._names)
        pickler.dump(message)
        self._names += len(pickler.new)
        if pickler.met:
            self._known = pickler.met  # which also keeps them alive, so that no other array gets one's id
        return pickle.dumps(pickler.new, pickle.HIGHEST_PROTOCOL) + buffer.getvalue()


class _Pickler(pickle.Pickler):
    """Names the larger arrays of one message: ``met`` are all of them, ``new`` those that were not ``known``."""

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
    """Puts the arrays in by their names; ``met`` are those that the message has."""

    def __init__(self, data: io.BytesIO, known: Mapping[str, np.ndarray]) -> None:
        super().__init__(data)
        self._known = known
        self.met: dict[str, np.ndarray] = {}

    def persistent_load(self, name: str) -> np.ndarray:
        return self.met.setdefault(name, self._known[name])


class Unpacker:
    """Turns them back, in the order in which they were packed; an array that comes again is the same object."""

    def __init__(self) -> None:
        self._known: dict[str, np.ndarray] = {}

    def unpack(self, parcel: bytes) -> Any:
        """The message in an addressed parcel."""
        data = io.BytesIO(parcel)
        data.seek(_ADDRESS)
        known = {**self._known, **{name: _frozen(array) for name, array in _Unpickler(data, {}).load().items()}}
        unpickler = _Unpickler(data, known)
        message = unpickler.load()
        self._known = unpickler.met or self._known
        return message


def _frozen(array: np.ndarray) -> np.ndarray:
    """The owner of its numbers, which a frame takes over as it is."""
    owner = array.copy()
    owner.setflags(write=False)
    return owner
