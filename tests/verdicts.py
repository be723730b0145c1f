"""What comes of the questions of guides, for tests that hold what is shown of them against it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.contract.catalogue import load
from engine.guides.guide import load_guide
from engine.guides.tries import Try, Verdict, check_try


def judged_questions(experiment_id: str, language: str) -> Iterator[tuple[Try, Verdict]]:
    """Every question of a guide, with its own numbers filled in, and its verdict."""
    experiment = load(experiment_id)
    for asked in load_guide(experiment_id, language).tries:
        if asked.asks:
            asked = asked.varied(experiment, language)
            yield asked, check_try(experiment, asked)
