"""What comes of the questions of guides, for tests that hold what is shown of them against it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from engine.contract.catalogue import load
from engine.contract.language import ENGLISH
from engine.guides.guide import load_guide
from engine.guides.tries import Try, Verdict, check_try, judged


def judged_questions(experiment_id: str, language: str) -> Iterator[tuple[Try, Verdict]]:
    """Every question of a guide, with its own numbers filled in, and its verdict; those of all languages are played
    alike, and once.
    """
    for asked, one in zip(_questions(experiment_id, language), _played(experiment_id), strict=True):
        yield asked, judged(asked, one.params, one.frame, one.base, one.before)


def _questions(experiment_id: str, language: str) -> list[Try]:
    experiment = load(experiment_id)
    return [asked.varied(experiment, language) for asked in load_guide(experiment_id, language).tries if asked.asks]


@lru_cache(maxsize=1)
def _played(experiment_id: str) -> list[Verdict]:
    experiment = load(experiment_id)
    return [check_try(experiment, asked) for asked in _questions(experiment_id, ENGLISH.id)]
