"""A question as a room is asked it: answers with letters, which one is right, and why each of the others is not."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Question, SentenceQuestion, number
from engine.contract.frame import spelled
from engine.contract.text import Text
from engine.guides.claim import Finding
from engine.guides.tries import Try, Verdict

_ANOTHER = Text("Another number")
_ALIKE, _NOT_YET = Text("Ours says the same"), Text("Not yet")


@dataclass(frozen=True)
class Option:
    """One answer; ``why`` are the sentences that are said of it afterwards, in order."""

    words: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ballot:
    """A question in one language. ``id`` is the same in every language; ``title`` may be empty.

    ``right`` is the index of the right option, None where nothing decides it: a sentence is compared by each for
    themselves, with ``model``, which is shown before the hands are counted. ``after`` explains, whatever was answered.
    """

    id: str
    experiment: str
    title: str
    words: str
    options: tuple[Option, ...]
    right: int | None
    after: tuple[str, ...] = ()
    model: str = ""

    def told_first(self, wrong: int | None) -> tuple[str, ...]:
        """What is said of a wrong option, which most of those who were wrong have chosen; nothing for None."""
        return self.options[wrong].why if wrong is not None else ()


def ballot_of_try(id: str, experiment: str, asked: Try, verdict: Verdict, language: str) -> Ballot:
    """The ballot of a guide's or a lesson's question, whose ``verdict`` says what is right.

    A question for a number has the right number and those of known mistakes among its options, from the smallest on,
    and "another number" behind them.
    """
    found = tuple(_told(verdict.findings, language))
    if asked.number is None:
        options = tuple(
            Option(answer.words, (*filter(None, [answer.why]), *_told(findings, language)))
            for answer, findings in zip(asked.answers, verdict.answers, strict=True)
        )
        right = verdict.right_answer
        return Ballot(id, experiment, asked.words, asked.text, options, right, (*found, *filter(None, [asked.after])))
    offered = [(float(verdict.number), spelled(verdict.number, {}).render(language), "")]
    for slip, value in zip(asked.number.slips, verdict.slips, strict=True):
        if value is not None and math.isfinite(value):
            offered.append((float(value), spelled(value, {}).render(language), slip.why))
    return _of_numbers(
        Ballot(id, experiment, asked.words, asked.text, (), None, (*found, asked.after)), offered, language
    )


def ballot_of_question(id: str, experiment: str, question: Question, language: str) -> Ballot:
    """The ballot of a question of a chapter's test."""
    words = question.words.render(language)
    if isinstance(question, SentenceQuestion):
        options = tuple(Option(one.render(language)) for one in (_ALIKE, _NOT_YET))
        return Ballot(id, experiment, "", words, options, None, model=question.model.render(language))
    after = (question.why.render(language),)
    if isinstance(question, ChoiceQuestion):
        wrong = [question.wrong_at(index) for index in range(len(question.options))]
        options = tuple(
            Option(one.render(language), (mistake.why.render(language),) if mistake is not None else ())
            for one, mistake in zip(question.options, wrong, strict=True)
        )
        return Ballot(id, experiment, "", words, options, question.right_option, after)
    assert isinstance(question, NumberQuestion)
    offered = [
        (value, number(value).render(language), why)
        for value, why in (
            (question.value, ""),
            *((slip.value, slip.why.render(language)) for slip in question.slips),
        )
    ]
    return _of_numbers(Ballot(id, experiment, "", words, (), None, after), offered, language)


def _of_numbers(ballot: Ballot, offered: Sequence[tuple[float, str, str]], language: str) -> Ballot:
    """The ballot with these numbers, their words and their reasons as options; the first of them is right."""
    right = offered[0][1]
    by_words = {words: (value, why) for value, words, why in reversed(offered)}
    in_order = sorted(by_words, key=lambda words: by_words[words][0])
    options = tuple(Option(words, tuple(filter(None, [by_words[words][1]]))) for words in in_order)
    return dataclasses.replace(
        ballot,
        options=(*options, Option(_ANOTHER.render(language))),
        right=in_order.index(right),
        after=tuple(filter(None, ballot.after)),
    )


def _told(findings: Iterable[Finding], language: str) -> list[str]:
    return [finding.text.render(language) for finding in findings if finding.claim.label]
