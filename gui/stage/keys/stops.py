"""Where Tab stops on a stage: at handles and controls, and once at each array of handles, within which arrows go on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engine.contract.interaction.handle import Handle
from gui.stage.handle import HandleItem

_MANY = 5
"""From so many alike, handles with rings of their own are an array too, such as a row of bars."""
_NUMBER = re.compile(r"\d+")


def arrays_of(handles: Sequence[Handle]) -> dict[str, tuple[str, ...]]:
    """The handle ids of the array that each handle is of, by its own id and in the order of their numbers, whichever
    handle comes first; of one that is of none, itself alone.

    Of one array are those whose ids differ in their numbers only, where they lie on cells or points that are drawn
    already, or are many.
    """
    alike: dict[tuple[str, bool, bool], list[str]] = {}
    kinds = {handle.id: (_NUMBER.sub("#", handle.id), handle.quiet, handle.stays) for handle in handles}
    for name, kind in kinds.items():
        alike.setdefault(kind, []).append(name)
    arrays = {
        kind: tuple(sorted(names, key=_numbers)) for kind, names in alike.items() if kind[1] or len(names) >= _MANY
    }
    return {name: arrays.get(kind, (name,)) for name, kind in kinds.items()}


def _numbers(name: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(name)]


def beside(name: str, array: Sequence[str], items: Mapping[str, HandleItem], way: tuple[int, int]) -> str:
    """The handle of an array that lies next: in its order, or of those above or below the nearest one; ``way`` is
    (1, 0) for the next, (-1, 0) for the one before, (0, 1) for up and (0, -1) for down. At the end, ``name`` itself.
    """
    across, up = way
    if across:
        index = array.index(name) + across
        return array[index] if 0 <= index < len(array) else name
    here = items[name].scenePos()
    found = [(name, 0.0)]
    for other in array:
        there = items[other].scenePos() - here
        along, aside = -there.y() * up, abs(there.x())
        if along > 1 and aside <= along:
            found.append((other, along + 2 * aside))
    return min(found[1:], key=lambda one: one[1])[0] if len(found) > 1 else name
