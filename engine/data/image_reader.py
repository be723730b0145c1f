"""Holds a function that reads image files in any format. The window provides it (by Qt), since the engine has none.

This module imports nothing, since the window sets its reader before it is painted for the first time.
"""

from __future__ import annotations

from collections.abc import Callable

Reader = Callable[[bytes, int], tuple[int, int, bytes] | None]
"""Takes a file's content and the maximum side in pixels. Returns width, height and the grey bytes of the image row by
row, reduced if it is larger; None if the content is no image; raises ``Unreadable`` if it must not be read.
"""

_lent: list[Reader] = []


def set_image_reader(reader: Reader) -> None:
    """Sets the function with which image files are read from now on."""
    _lent[:] = [reader]


def lent_reader() -> Reader | None:
    """The function that was last given to ``set_image_reader``; None before that."""
    return _lent[0] if _lent else None
