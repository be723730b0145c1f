"""The memory limit for all kept frames of the program."""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import Protocol

import numpy as np

from engine.contract.frame import Frame, arrays_of

LIMIT = 64 * 2**20
ENTRY_BYTES = 4096
"""Bytes counted for an entry in addition to its arrays, so that the number of small frames is limited too."""


class Holder(Protocol):
    """Protocol of a record of a run (``Timeline``), which keeps frames and can drop some of them."""

    def thin(self, grade: int) -> bool:
        """Drop every second entry whose grade (how much it is worth keeping) is at most ``grade``; False if there is
        none left to drop.
        """


class FrameMemory:
    """Counts the bytes of all kept frames, each shared buffer once, and makes the holders (records of runs) drop
    entries when the limit is exceeded.

    ``grades`` is the number of grades, from the entries least worth keeping to the most; entries of the last grade are
    dropped only in holders that are not in use.
    """

    def __init__(self, limit: int = LIMIT, grades: int = 5) -> None:
        self.limit = limit
        self.used = 0
        self._grades = grades
        # By id: how often each frame is held, with its buffers; and each buffer's number of frames and bytes.
        self._frames: dict[int, tuple[int, list[int]]] = {}
        self._buffers: dict[int, list[int]] = {}
        self._holders: list[weakref.ref[Holder]] = []

    def use(self, holder: Holder) -> None:
        """Make ``holder`` the one in use, which must drop entries last."""
        others = [reference for reference in self._holders if reference() not in (None, holder)]
        self._holders = [*others, weakref.ref(holder)]

    def register_idle(self, holder: Holder) -> None:
        """Register ``holder`` as one that is not in use."""
        self._holders.insert(0, weakref.ref(holder))

    def hold(self, frame: Frame) -> None:
        """Add a kept frame to the count."""
        self.used += ENTRY_BYTES
        times, buffers = self._frames.get(id(frame), (0, []))
        if not times:
            for buffer in _buffers_of(frame):
                buffers.append(id(buffer))
                count = self._buffers.setdefault(id(buffer), [0, buffer.nbytes])
                count[0] += 1
                if count[0] == 1:
                    self.used += count[1]
        self._frames[id(frame)] = (times + 1, buffers)

    def release(self, frames: Iterable[Frame]) -> None:
        """Subtract frames from the count; to be called while the caller still holds them."""
        for frame in frames:
            self.used -= ENTRY_BYTES
            times, buffers = self._frames.pop(id(frame))
            if times > 1:
                self._frames[id(frame)] = (times - 1, buffers)
                continue
            for buffer in buffers:
                count = self._buffers[buffer]
                count[0] -= 1
                if count[0] == 0:
                    self.used -= count[1]
                    del self._buffers[buffer]

    def make_room(self) -> None:
        """Make the holders drop entries until the limit is kept.

        First the entries least worth keeping go; then everything that holders not in use can spare, beginning with
        those unused for longest; then more valuable entries of the holder in use.
        """
        if self.used <= self.limit:
            return
        # A little more than needed, so that this is not done again at every frame.
        wanted = self.limit - self.limit // 8
        while self.used > wanted and self._thin_once():
            pass

    def _thin_once(self) -> bool:
        holders = [holder for reference in self._holders if (holder := reference()) is not None]
        idle, last = holders[:-1], self._grades - 1
        plan = [(0, holders), *((grade, idle) for grade in range(1, last + 1))]
        plan += [(grade, holders[-1:]) for grade in range(1, last)]
        return any(holder.thin(grade) for grade, among in plan for holder in among)


def _buffers_of(frame: Frame) -> list[np.ndarray]:
    buffers = {}
    for array in arrays_of(frame):
        while isinstance(array.base, np.ndarray):
            array = array.base
        buffers[id(array)] = array
    return list(buffers.values())
