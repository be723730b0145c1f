"""A decorator for paint methods that Qt calls, which keeps exceptions from reaching Qt."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

_Paint = TypeVar("_Paint", bound=Callable[..., None])


def tells_faults(paint: _Paint) -> _Paint:
    """Decorate a ``paint`` method that Qt calls, so that an exception in it goes to ``sys.excepthook`` and not to Qt.

    While Qt goes on painting with an exception pending, PySide (6.10) drops one reference too many of the next method
    that it looks up, and the process crashes.
    """

    @wraps(paint)
    def guarded(*given: Any) -> None:
        try:
            paint(*given)
        except Exception:
            sys.excepthook(*sys.exc_info())

    return guarded  # type: ignore[return-value] # the same call
