"""Keeps Python's garbage collector on the GUI thread while a worker thread runs Python code.

The collector runs in whichever thread happens to allocate. A cycle of widgets or graphics items that the worker
collects would be destroyed in the wrong thread, and Qt ends the process.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Slot

_holders = 0


_was_on = True


def _hold() -> None:
    global _holders, _was_on
    if _holders == 0:
        _was_on = gc.isenabled()
    _holders += 1
    gc.disable()


def _release() -> None:
    global _holders
    _holders -= 1
    if _holders == 0 and _was_on:
        gc.enable()


def begin_start() -> None:
    """Disable garbage collection during the start: examining what was imported takes 25 ms and frees nothing."""
    _hold()


def end_start() -> None:
    """Enable garbage collection again and exempt all objects made so far (``gc.freeze``)."""
    gc.freeze()
    _release()


class Collecting(QObject):
    """From ``begin`` to ``end``, runs Python's garbage collector only when the GUI thread is about to wait.

    While a run plays (``is_busy`` returns True), the oldest generation is not collected, since that takes longest.
    """

    def __init__(self, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_busy = is_busy
        self._active = False

    def begin(self) -> None:
        """Disable automatic collection; to be called in the GUI thread."""
        self._active = True
        _hold()
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._collect_if_due)

    def end(self) -> None:
        """Enable automatic collection again; to be called once the worker's thread has ended."""
        if not self._active:
            return
        self._active = False
        QAbstractEventDispatcher.instance().aboutToBlock.disconnect(self._collect_if_due)
        _release()

    @Slot()
    def _collect_if_due(self) -> None:
        counts, limits = gc.get_count(), gc.get_threshold()
        if counts[0] <= limits[0]:
            return
        generation = 0
        if counts[1] > limits[1]:
            generation = 2 if counts[2] > limits[2] and not self._is_busy() else 1
        gc.collect(generation)
