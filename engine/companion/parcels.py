"""Frames on their way to the window: what a frame shares with the one before it is not sent again.

An experiment's map or data set is one array in all frames of a run. Sent anew with every frame it would cost most of
the way's time, and be kept as often as there are frames in the record.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
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


class Packer:
    """Turns messages of one run into bytes; knows the arrays of the last one that had any."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, np.ndarray]] = {}
        self._names = 0

    def pack(self, message: object) -> bytes:
        """The arrays that are new, then the message with all larger arrays named only."""
        met: dict[int, tuple[str, np.ndarray]] = {}
        new: dict[str, np.ndarray] = {}

        def name_of(value: Any) -> str | None:
            if not isinstance(value, np.ndarray) or value.nbytes <= SMALL or value.flags.writeable:
                return None
            if id(value) not in met:
                known = self._known.get(id(value))
                if known is None:
                    self._names += 1
                    known = (str(self._names), value)
                    new[known[0]] = value
                met[id(value)] = known
            return met[id(value)][0]

        buffer = io.BytesIO()
        pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
        pickler.persistent_id = name_of
        pickler.dump(message)
        if met:
            self._known = met  # which also keeps them alive, so that no other array gets one's id
        return pickle.dumps(new, pickle.HIGHEST_PROTOCOL) + buffer.getvalue()


class Unpacker:
    """Turns them back, in the order in which they were packed; an array that comes again is the same object."""

    def __init__(self) -> None:
        self._known: dict[str, np.ndarray] = {}

    def unpack(self, parcel: bytes) -> Any:
        """The message in an addressed parcel."""
        data = io.BytesIO(parcel)
        data.seek(_ADDRESS)
        known = {**self._known, **{name: _frozen(array) for name, array in pickle.load(data).items()}}
        met: dict[str, np.ndarray] = {}

        def array_named(name: str) -> np.ndarray:
            return met.setdefault(name, known[name])

        message = _loaded(data, array_named)
        self._known = met or self._known
        return message


def _loaded(data: io.BytesIO, array_named: Callable[[str], np.ndarray]) -> Any:
    unpickler = pickle.Unpickler(data)
    unpickler.persistent_load = array_named
    return unpickler.load()


def _frozen(array: np.ndarray) -> np.ndarray:
    """The owner of its numbers, which a frame takes over as it is."""
    owner = array.copy()
    owner.setflags(write=False)
    return owner
