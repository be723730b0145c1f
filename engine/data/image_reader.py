"""Lends the engine what it cannot do by itself: reading picture files in any format, which Qt does.

Imports nothing, since the window lends its reader before it is painted for the first time.
"""

from __future__ import annotations

from collections.abc import Callable

Reader = Callable[[bytes, int], tuple[int, int, bytes] | None]
"""Takes the content of a file and the most pixels a side may have. Gives the width and height of the picture, made
smaller where it is larger, and its greys row by row, a byte each; None for what holds no picture, ``Unreadable`` for
what is not to be read.
"""

_lent: list[Reader] = []


def set_image_reader(reader: Reader) -> None:
    """Have ``reader`` read the pictures from now on."""
    _lent[:] = [reader]


def lent_reader() -> Reader | None:
    """The reader that was lent last; None before that."""
    return _lent[0] if _lent else None
