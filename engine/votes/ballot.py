"""A question on which a class votes: its answers, which one is right, and why each of the others is wrong."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Question, SentenceQuestion, number
from engine.contract.frame import spelled
from engine.contract.text import Text, notation
from engine.guides.claim import Finding
from engine.guides.tries import Try, Verdict

_ANOTHER = Text("Another number")
_ALIKE, _NOT_YET = Text("Ours says the same"), Text("Not yet")
_THIS_NUMBER = Text("Ours is this number")
_IN_WORDS, _WORKED_OUT = Text("Say it in one sentence, in your own words."), Text("Work it out, each for yourself.")
_MODEL, _DOES_YOURS = Text("The program would say: {words}"), Text("Does yours say the same?")
_IS = notation("{label} = {value}")


@dataclass(frozen=True)
class Option:
    """One answer to vote for; ``why`` are the sentences shown about it after the vote, in order."""

    words: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ballot:
    """A question to vote on, in one language. ``id`` is the same in every language; ``title`` may be empty.

    ``right`` is the index of the right option, or None if the options would give the answer away: for a sentence, or
    for a number without known mistakes. Then everybody first does what ``think`` says, and compares with ``model``,
    which is shown before hands are counted. ``after`` is the explanation shown after any answer.
    """

    id: str
    experiment: str
    title: str
    words: str
    options: tuple[Option, ...]
    right: int | None
    after: tuple[str, ...] = ()
    think: str = ""
    model: tuple[str, ...] = ()


def ballot_of_try(id: str, experiment: str, asked: Try, verdict: Verdict, language: str) -> Ballot:
    """Makes the ballot of a question in a guide or lesson, whose ``verdict`` says which answer is right.

    If a number is asked for, the options are the right number and those of known mistakes, in ascending order, and
    "another number" at the end.
    """
    found = tuple(_told(verdict.findings, language))
    if asked.number is None:
        options = tuple(
            Option(answer.words, (*filter(None, [answer.why]), *_told(findings, language)))
            for answer, findings in zip(asked.answers, verdict.answers, strict=True)
        )
        right = verdict.right_answer
        return Ballot(id, experiment, asked.words, asked.text, options, right, (*found, *filter(None, [asked.after])))
    value = spelled(verdict.number, {})
    offered = [(float(verdict.number), value.render(language), "")]
    for slip, wrong in zip(asked.number.slips, verdict.slips, strict=True):
        if wrong is not None and math.isfinite(wrong):
            offered.append((float(wrong), spelled(wrong, {}).render(language), slip.why))
    ballot = Ballot(id, experiment, asked.words, asked.text, (), None, tuple(filter(None, (*found, asked.after))))
    return _of_numbers(ballot, offered, _IS(label=asked.number.label, value=value), language)


def ballot_of_question(id: str, experiment: str, question: Question, language: str) -> Ballot:
    """Makes the ballot of a question from a chapter's test."""
    words = question.words.render(language)
    if isinstance(question, SentenceQuestion):
        options = tuple(Option(one.render(language)) for one in (_ALIKE, _NOT_YET))
        model = (_MODEL(words=question.model).render(language), _DOES_YOURS.render(language))
        return Ballot(id, experiment, "", words, options, None, (), _IN_WORDS.render(language), model)
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
    answer = _IS(label=question.label, value=number(question.value))
    return _of_numbers(Ballot(id, experiment, "", words, (), None, after), offered, answer, language)


def _of_numbers(ballot: Ballot, offered: Sequence[tuple[float, str, str]], answer: Text, language: str) -> Ballot:
    """Adds numbers as options to a ballot: (value, words, reason), the right one first.

    If there is no wrong number, the options would give the answer away; then everybody computes it first and compares
    with ``answer``.
    """
    right = offered[0][1]
    by_words = {words: (value, why) for value, words, why in reversed(offered)}
    in_order = sorted(by_words, key=lambda words: by_words[words][0])
    another = Option(_ANOTHER.render(language))
    if len(in_order) == 1:
        this, think = Option(_THIS_NUMBER.render(language)), _WORKED_OUT.render(language)
        return dataclasses.replace(ballot, options=(this, another), think=think, model=(answer.render(language),))
    options = tuple(Option(words, tuple(filter(None, [by_words[words][1]]))) for words in in_order)
    return dataclasses.replace(ballot, options=(*options, another), right=in_order.index(right))


def _told(findings: Iterable[Finding], language: str) -> list[str]:
    return [finding.text.render(language) for finding in findings if finding.claim.label]
