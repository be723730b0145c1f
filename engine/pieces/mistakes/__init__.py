"""Common mistakes in the pieces of the book: a module for each page, and in it by name the mistakes of each piece.

An exercise, a station and the learner's own file know the same ones. What ``engine.pieces.faults`` generates is not
written here, unless the hint says more than the generated sentence.
"""

from __future__ import annotations

import importlib
from functools import cache

from engine.pieces.mistakes.mistake import Changes, Mistake, wrong
from engine.pieces.piece import Piece

__all__ = ["Changes", "Mistake", "mistakes_in", "wrong"]


@cache
def mistakes_of_page(page: str) -> dict[str, tuple[Mistake, ...]]:
    """The mistakes in the pieces of a page, by the name of the function or class; none if no module has them."""
    found: dict[str, tuple[Mistake, ...]] = importlib.import_module(f"{__name__}.{page}").MISTAKES
    return found


def mistakes_in(piece: Piece) -> tuple[Mistake, ...]:
    """The mistakes in what a piece asks for, not in what it gives, in the order in which they are written down."""
    page = piece.address.partition(".")[0]
    known = mistakes_of_page(page).get(piece.name, ())
    return tuple(one for one in known if all(old in piece.source for old, _ in one.changes))
