"""One change in a document that a newer version may have written: what is not understood in it stays as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

_NOT_THERE = object()


def rewritten(found: object, before: object, after: object, whole: frozenset[str] = frozenset()) -> Any:
    """``found``, in which ``before`` was understood, with the change from there to ``after``.

    All three are what JSON holds. Keys that were not understood stay, and so do entries of lists; a list under one of
    the names in ``whole`` is one value, such as a pair.
    """
    if isinstance(found, dict) and isinstance(after, dict):
        return _mapping(found, before if isinstance(before, dict) else {}, after, whole)
    if isinstance(found, list) and isinstance(after, list):
        return _list(found, before if isinstance(before, list) else [], after, whole)
    return after


def _mapping(
    found: Mapping[str, object], before: Mapping[str, object], after: Mapping[str, object], whole: frozenset[str]
) -> dict[str, object]:
    made = {key: value for key, value in found.items() if key in after or key not in before}
    for key, value in after.items():
        was = before.get(key, _NOT_THERE)
        if key not in found:
            made[key] = value
        elif was is _NOT_THERE or was != value:
            is_one = key in whole and isinstance(value, list)
            made[key] = value if is_one else rewritten(found[key], was, value, whole)
    return made


def _list(
    found: Sequence[object], before: Sequence[object], after: Sequence[object], whole: frozenset[str]
) -> list[object]:
    if len(found) == len(before) == len(after) and all(isinstance(one, dict) for one in (*found, *before, *after)):
        return [rewritten(*three, whole) for three in zip(found, before, after, strict=True)]
    places, spelled = _places(found), [_spelled(one) for one in before]
    known: dict[int, object] = {}
    for at, one in enumerate(before):
        place = _taken(places, spelled[at], found, one)
        if place is not None:
            known[at] = found[place]
    left = [found[place] for every in places.values() for place in every]
    at_first = _places(before)
    made: list[object] = []
    for value in after:
        was = _taken(at_first, _spelled(value), before, value)
        made.append(rewritten(known[was], before[was], value, whole) if was is not None and was in known else value)
    return [*left, *made]


def _places(entries: Sequence[object]) -> dict[str, list[int]]:
    """Where each entry stands, the same ones in their order."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(entries):
        places.setdefault(_spelled(one), []).append(place)
    return places


def _taken(places: dict[str, list[int]], spelled: str, entries: Sequence[object], one: object) -> int | None:
    """The place of an entry, which is then no longer there: the same one, or one that speaks of the same thing."""
    found = places.get(spelled)
    if not found and isinstance(one, dict):
        found = next((every for every in places.values() if every and _is_same(entries[every[0]], one)), None)
    return found.pop(0) if found else None


def _spelled(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _is_same(one: object, other: object) -> bool:
    """Whether two entries speak of the same thing: all plain values that both have are the same."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    shared = [key for key in one.keys() & other.keys() if not isinstance(one[key], (dict, list))]
    return bool(shared) and all(one[key] == other[key] for key in shared)
