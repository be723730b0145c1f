"""What the learner still knows later: figures computed from the raw answers, each with the number of answers behind it.

Plain data, without Qt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.calculus.proportions import wilson_interval
from engine.chapter_tests import FORM_LENGTH, asks_for_sentence, makers_of
from engine.contract.catalogue import chapters, entries
from engine.contract.text import LANGUAGES
from engine.guides.guide import load_guide
from gui.learner.learner import chapter_key
from gui.learner.progress import Progress
from gui.learner.records import AFTER, BEFORE, Answered, TakenTest

LATER = 7
"""The fewest days since a question was last met for an answer to count as remembered rather than just read."""


@dataclass(frozen=True)
class Share:
    """A share of right answers: ``right`` of ``count``."""

    right: int = 0
    count: int = 0

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds of the true probability of a right answer, by Wilson's interval of 95 %, each from 0 to 1."""
        return wilson_interval(self.right, self.count)

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.count + other.count)


@dataclass(frozen=True)
class FormPair:
    """The shares of right answers in the forms (six questions) before and after a chapter; empty for an unfinished
    form.
    """

    chapter: int
    before: Share
    after: Share


@dataclass(frozen=True)
class Held:
    """A solved exercise: how often it was checked until it passed, and whether our code was read before."""

    experiment: str
    exercise: str
    checks: int
    was_read: bool


@dataclass(frozen=True)
class WhatStays:
    """The figures of one learner. ``same_day`` and ``later`` are first answers to numbers not seen before: on the day
    on which the question was last met, and ``LATER`` days or more after it. ``sure`` and ``guessed`` are first answers
    to a guide's questions by what the learner said of them. ``hints`` is how many hints of goals were read.
    """

    same_day: Share
    later: Share
    sure: Share
    guessed: Share
    forms: tuple[FormPair, ...]
    held: tuple[Held, ...]
    hints: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell yet; hints alone do not count."""
        counts = (self.same_day.count, self.later.count, self.sure.count, self.guessed.count)
        return not any(counts) and not self.forms and not self.held


def what_stays(whole: Mapping[str, Progress]) -> WhatStays:
    """The figures computed from a learner's whole progress, which is given by experiment and chapter key."""
    fresh = [one for entry in entries() for one in _fresh(entry.id, whole)]
    told = [answers[0] for entry in entries() for answers in _where_sureness_is_asked(entry.id, whole)]
    # "Not sure" is no answer of which somebody could be sure.
    told = [one for one in told if one.answer not in (None, "")]
    forms = (_pair(chapter.number, whole) for chapter in chapters())
    held = [
        Held(entry.id, exercise, progress.checks[exercise], exercise in progress.read)
        for entry in entries()
        for progress in [whole.get(entry.id, Progress())]
        for exercise in sorted(progress.written & progress.checks.keys())
    ]
    return WhatStays(
        same_day=_share(right for days, right in fresh if days == 0),
        later=_share(right for days, right in fresh if days >= LATER),
        sure=_share(one.right for one in told if one.sure),
        guessed=_share(one.right for one in told if not one.sure),
        forms=tuple(pair for pair in forms if pair is not None),
        held=tuple(held),
        hints=sum(sum(progress.hints.values()) for progress in whole.values()),
    )


def _fresh(experiment_id: str, whole: Mapping[str, Progress]) -> Iterator[tuple[int, bool | None]]:
    """Yield for every first answer to numbers not seen before the days since the question was last met, and whether it
    was right. These are answers in guides and to old questions, and those of chapter tests, for which the days count
    from the last answer in the experiment.
    """
    progress = whole.get(experiment_id, Progress())
    for answers in progress.answers.values():
        seen: set[int | None] = set()
        before: Answered | None = None
        for one in answers:
            if one.variant not in seen:
                yield (one.day - before.day).days if before is not None else 0, one.right
            seen.add(one.variant)
            before = one
    days = sorted(one.day for answers in progress.answers.values() for one in answers)
    # Sentences are left out, since they are judged by the learner.
    makers = {maker.id for maker in makers_of(experiment_id) if not asks_for_sentence(maker)}
    for test in _tests(experiment_id, whole):
        earlier = [day for day in days if day <= test.begun]
        for answer in test.answers:
            if answer.question in makers and earlier:
                yield (test.begun - earlier[-1]).days, answer.right


def _where_sureness_is_asked(experiment_id: str, whole: Mapping[str, Progress]) -> Iterator[tuple[Answered, ...]]:
    """For each question of a guide that asks for a reason, and so how sure the learner is, its answers."""
    answered = whole.get(experiment_id, Progress()).answers
    if answered:
        asking = {one.key for one in load_guide(experiment_id, LANGUAGES[0]).tries if one.reasons}
        yield from (answers for key, answers in answered.items() if key in asking)


def _tests(experiment_id: str, whole: Mapping[str, Progress]) -> tuple[TakenTest, ...]:
    chapter = next(entry.chapter for entry in entries() if entry.id == experiment_id)
    return whole.get(chapter_key(chapter), Progress()).tests


def _pair(chapter: int, whole: Mapping[str, Progress]) -> FormPair | None:
    forms = whole.get(chapter_key(chapter), Progress()).forms
    before, after = (_of_form(forms.get(part)) for part in (BEFORE, AFTER))
    return FormPair(chapter, before, after) if before.count or after.count else None


def _of_form(form: TakenTest | None) -> Share:
    if form is None or len(form.answers) < FORM_LENGTH:
        return Share()
    return _share(one.right for one in form.answers)


def _share(results: Iterable[bool | None]) -> Share:
    """The share of right answers; None (not sure) counts as not right."""
    every = list(results)
    return Share(sum(one is True for one in every), len(every))
