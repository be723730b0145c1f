"""Long work that stops often, such as a walk over the entries of a matrix, with a sign of life now and then."""

from __future__ import annotations

from collections.abc import Callable, Generator
from time import perf_counter
from typing import Any

from engine.contract.run.protocol import Progress

_PIECE = 0.015
"""Seconds of work between two signs of life."""


def with_progress(
    walk: Generator[None, None, Any], sign: Progress | Callable[[int], Progress]
) -> Generator[Progress, None, tuple[Any, float]]:
    """What a walk returns, and the seconds that it worked, without those in which it was left alone.

    ``sign`` is what is said, or gives it for the number of stops so far.
    """
    seconds = piece = 0.0
    stops = 0
    while True:
        start = perf_counter()
        try:
            next(walk)
        except StopIteration as done:
            return done.value, seconds + piece + perf_counter() - start
        piece += perf_counter() - start
        stops += 1
        if piece > _PIECE:
            yield sign(stops) if callable(sign) else sign
            seconds, piece = seconds + piece, 0.0
