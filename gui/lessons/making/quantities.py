"""The quantities of a frame that a lesson's claims can name, and the fields that its changes can name, with labels.

Names in frames are for the program only; a label is what the experiment's guide calls a quantity that it claims or asks
for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from numbers import Real
from typing import Any

import numpy as np

from engine.contract.frame import Frame, frame_fields
from engine.contract.language import ENGLISH, LANGUAGES
from engine.contract.numerals import format_real
from engine.contract.params import Params, fields_of
from engine.contract.text import Refused
from engine.guides.claim import Claim
from engine.guides.guide import Guide, load_guide
from engine.lessons.answers import Words, words_of
from engine.lessons.lesson import SEED

_LEFT_OUT = ("update", "counts", "events", "finished")
_MOST_CELLS = 4
_LONGEST = 40


@dataclass(frozen=True)
class Named:
    """A quantity with its value: ``written`` is NAME=VALUE as in claims and changes, ``label`` its name for people,
    possibly empty.
    """

    written: str
    label: Words = Words()


def quantities_of(experiment_id: str, frame: Frame) -> list[Named]:
    """The quantities of a frame with their values; those that have a label come first."""
    labels = _labels(experiment_id)
    told = [Named(f"{path}={value}", labels.get(path, Words())) for path, value in _paths(frame)]
    return sorted(told, key=lambda one: not one.label)


def fields_named(params: Params) -> list[Named]:
    """The parameter fields with their values; those whose value is too long to be typed are left out."""
    found = []
    for name, field in fields_of(type(params)).items():
        value = field.told(getattr(params, name))
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        if len(text) <= _LONGEST:
            with suppress(Refused):
                params.with_texts({name: text})
                found.append(Named(f"{name}={text}", words_of(field.label)))
    return found


def goal_fields(params: Params, may_change: tuple[str, ...] | None) -> tuple[str, ...]:
    """The names of the fields that a goal is about: those that may be changed and affect the computation.
    ``may_change`` is None if all may be.
    """
    fields = fields_of(type(params))
    free = fields if may_change is None else [name for name in may_change if name != SEED]
    return tuple(name for name in free if fields[name].effect != "view" and not fields[name].beside)


def example_change(params: Params) -> str:
    """An example of a change in the notation NAME=VALUE, with a numerical field if possible."""
    written = [one.written for one in fields_named(params)]
    return next((one for one in written if re.search(r"=-?\d", one)), written[0] if written else "")


@lru_cache
def example_claim(experiment_id: str) -> str:
    """An example of a claim about this experiment, in the notation of claims."""
    claims = [claim for claim in _claims(load_guide(experiment_id, "en")) if not claim.needs_before]
    return str(next((claim for claim in claims if claim.label), claims[0])) if claims else "x[1]=3.62"


def _paths(frame: Frame) -> Iterator[tuple[str, str]]:
    for name in frame_fields(type(frame)):
        value = getattr(frame, name)
        if name == "status":
            yield f"{name}.kind", str(getattr(value, "kind", None) or "none")
        elif name not in _LEFT_OUT:
            yield from _told(name, value)


def _told(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        yield path, "none"
    elif isinstance(value, (bool, np.bool_)):
        yield path, str(bool(value)).lower()
    elif isinstance(value, str):
        if len(value) <= _LONGEST:
            yield path, value
    elif isinstance(value, Real):
        yield path, format_real(float(value)).replace("\N{MINUS SIGN}", "-")
    elif isinstance(value, (np.ndarray, tuple, list)) and np.ndim(value) == 1 and len(value):
        for index, one in enumerate(value[:_MOST_CELLS]):
            yield from _told(f"{path}[{index}]", one)


@lru_cache
def _labels(experiment_id: str) -> dict[str, Words]:
    """The labels of the quantities of a frame, by their path in the frame, from the guide in each language."""
    named = {language: _named_in(load_guide(experiment_id, language)) for language in LANGUAGES}
    return {
        path: Words(**{language: labels[path] for language, labels in named.items() if path in labels})
        for path in named[ENGLISH.id]
    }


def _named_in(guide: Guide) -> dict[str, str]:
    found: dict[str, str] = {}
    for claim in _claims(guide):
        if claim.label:
            found.setdefault(claim.field, claim.label)
    for asked in guide.tries:
        if asked.number is not None:
            found.setdefault(asked.number.field, asked.number.label)
    return found


def _claims(guide: Guide) -> Iterator[Claim]:
    for goal in guide.goals:
        yield from goal.claims
    for asked in guide.tries:
        yield from asked.claims
        for answer in asked.answers:
            yield from answer.claims
