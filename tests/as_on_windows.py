"""Processes started as Windows does it, on any system."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from multiprocessing import get_context


class _Context:
    """A further handle to each end of a pipe stays open here, as to those that a process did not live to take."""

    def __init__(self):
        self._context, self.handles = get_context("spawn"), []

    def Pipe(self, duplex):
        ends = self._context.Pipe(duplex)
        if os.name == "posix":
            self.handles += [os.dup(end.fileno()) for end in ends]
        return ends

    def Process(self, **given):
        return self._context.Process(**given)


@contextlib.contextmanager
def started_as_on_windows(monkeypatch, module) -> Iterator[None]:
    """What the module starts meanwhile keeps its pipes open, though their process has ended."""
    context = _Context()
    monkeypatch.setattr(module, "get_context", lambda method: context)
    try:
        yield
    finally:
        for handle in context.handles:
            os.close(handle)
