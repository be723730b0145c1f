"""Strict parsing of untrusted JSON: every accepted value can be shown, computed with and written again."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, TypeGuard

DEEPEST = 16
"""The maximum nesting of lists and dictionaries; a session needs six."""


def read_json(text: str) -> Any:
    """Parses JSON ``text`` strictly.

    ValueError for invalid JSON, and for what would fail later: numbers that are not finite, lone surrogates, and more
    than ``DEEPEST`` levels.
    """
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    waiting = [(value, 1)]
    while waiting:
        part, level = waiting.pop()
        if level > DEEPEST:
            raise ValueError(_TOO_DEEP)
        if isinstance(part, dict):
            waiting += [(inner, level + 1) for pair in part.items() for inner in pair]
        elif isinstance(part, list):
            waiting += [(inner, level + 1) for inner in part]
        elif isinstance(part, str):
            part.encode()  # half of a character cannot be; its error is a ValueError
        elif (isinstance(part, float) and not isfinite(part)) or (isinstance(part, int) and abs(part) > _LARGEST_WHOLE):
            raise ValueError("a number is too large")
    return value


def read_document(text: str, mark: str) -> dict[str, Any]:
    """Parses the JSON object in ``text``; ValueError unless it has the key ``mark``, by which files of its kind are
    recognised.
    """
    value = read_json(text)
    if not isinstance(value, dict) or mark not in value:
        raise ValueError(f"no {mark}")
    return value


def is_number(value: object, most: float = sys.float_info.max) -> TypeGuard[float]:
    """Whether a parsed value is a finite number with absolute value at most ``most``, safe to compute with."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= most


def is_whole(value: object, most: int) -> TypeGuard[int]:
    """Whether a parsed value is an integer from 0 to ``most``."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def is_text(value: object, most: int, least: int = 0) -> TypeGuard[str]:
    """Whether a parsed value is a text of ``least`` to ``most`` characters."""
    return isinstance(value, str) and least <= len(value) <= most


_LARGEST_WHOLE = 10**300
"""The limit for integers, within the range of floats; computing with larger ones could raise OverflowError."""
_TOO_DEEP = f"more than {DEEPEST} levels"


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")


_NOT_THERE = object()


def rewritten(found: object, before: object, after: object, whole: frozenset[str] = frozenset()) -> Any:
    """Applies a change to a JSON document that may contain unknown data: in ``found`` the known content ``before`` is
    replaced by ``after``.

    Keys and list entries that are unknown to this version are preserved. A list under one of the names in ``whole``,
    such as a pair of numbers, is replaced as one value.
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
    """For each distinct entry, keyed by its JSON text, the indices at which it occurs, in order."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(entries):
        places.setdefault(_spelled(one), []).append(place)
    return places


def _taken(places: dict[str, list[int]], spelled: str, entries: Sequence[object], one: object) -> int | None:
    """Finds the entry that equals ``one``, or else one for which ``_is_same`` holds, and removes it from the index
    ``places``. Returns its index in ``entries``; None if there is none.

    ``spelled`` is the JSON text of ``one``.
    """
    found = places.get(spelled)
    if not found and isinstance(one, dict):
        found = next((every for every in places.values() if every and _is_same(entries[every[0]], one)), None)
    return found.pop(0) if found else None


def _spelled(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _is_same(one: object, other: object) -> bool:
    """Whether two list entries describe the same object, that is, all plain values under keys that both have are
    equal.
    """
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    shared = [key for key in one.keys() & other.keys() if not isinstance(one[key], (dict, list))]
    return bool(shared) and all(one[key] == other[key] for key in shared)
