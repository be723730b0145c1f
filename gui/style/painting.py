"""The guard of everything that Qt calls to have it painted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

_Paint = TypeVar("_Paint", bound=Callable[..., None])


def tells_faults(paint: _Paint) -> _Paint:
    """Reports an exception of a ``paint`` that Qt calls, instead of handing it on to Qt.

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
