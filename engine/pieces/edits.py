"""Edits of a source: mistakes are told as them, and generated ones are made by them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, order=True)
class Edit:
    """One replaced stretch of a source: the characters from ``start`` up to ``end`` become ``new``."""

    start: int
    end: int
    new: str

    def meets(self, other: Edit) -> bool:
        """Whether the two change the same characters, so that they cannot both be made."""
        return max(self.start, other.start) < min(self.end, other.end) or self.start == other.start


Edits = tuple[Edit, ...]


def edits_of(source: str, changes: Iterable[tuple[str, str]]) -> Edits:
    """The edits that replace, everywhere in a source, the first text of each pair by the second.

    Raises ValueError if a text does not occur, or if two of them overlap.
    """
    found: list[Edit] = []
    for old, new in changes:
        if old not in source:
            raise ValueError(f"there is no {old!r} in\n{source}")
        start = source.find(old)
        while start >= 0:
            found.append(Edit(start, start + len(old), new))
            start = source.find(old, start + len(old))
    found.sort()
    if any(one.meets(other) for one, other in pairwise(found)):
        raise ValueError(f"changes that overlap: {found}")
    return tuple(found)


def edited(source: str, edits: Iterable[Edit]) -> str:
    """The source after all edits."""
    for one in sorted(edits, reverse=True):
        source = source[: one.start] + one.new + source[one.end :]
    return source


def can_be_joined(some: Edits, others: Edits) -> bool:
    """Whether both can be made in one source."""
    return not any(one.meets(other) for one in some for other in others)
