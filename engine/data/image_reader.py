"""Holds a function for reading picture files in any format, which the window provides (by Qt), since the engine has
none.

Imports nothing, since the window sets its reader before it is painted for the first time.
"""

from __future__ import annotations

from collections.abc import Callable

Reader = Callable[[bytes, int], tuple[int, int, bytes] | None]
"""Takes a file's content and the most pixels of a side. Returns width, height and grey bytes row by row of the picture,
reduced if it is larger; None if the content is no picture; raises ``Unreadable`` if it must not be read.
"""

_lent: list[Reader] = []


def set_image_reader(reader: Reader) -> None:
    """Sets the function that reads pictures from now on."""
    _lent[:] = [reader]


def lent_reader() -> Reader | None:
    """The function that ``set_image_reader`` was given last; None before that."""
    return _lent[0] if _lent else None
