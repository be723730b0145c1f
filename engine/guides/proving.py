"""Checks a guide by computing: its claims, answers, variants, slips, reasons, goals, and numbers in prose.

The guides of packs are checked so (``engine.packs.checking``), and by the same functions the tests check ours.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

from engine.asked_number import are_told_apart
from engine.contract.catalogue import RESOURCES
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame, spelled
from engine.contract.params import field_of
from engine.contract.text import Refused, Text, listed, shortened
from engine.glossary import terms
from engine.guides.claim import Finding, field_value
from engine.guides.goal import Goal
from engine.guides.guide import Guide
from engine.guides.mistakes import mistakes
from engine.guides.sections import Span
from engine.guides.tries import Try, Verdict, checking, played
from engine.playing import opened

_FINDING = Text("{claim}, but it is {value}")
_FAILS = Text("what “{words}” claims does not hold: {findings}.")
_NO_ANSWER = Text("no answer to “{words}” comes true: {findings}.")
_ANSWERS = Text("several answers to “{words}” come true: {answers}.")
_NO_NUMBER = Text("“{words}” asks for “{field}”, which is no number there: {value}.")
_SLIPS = Text("two slips of “{words}” lead to the same number, or one to the right one.")
_STANDS = Text("nothing speaks against the reason “{words}”: {findings}.")
_VARIANT = Text("with {changes}: {reason}")
_REFERENCE = Text("the reference {changes} does not reach the goal “{words}”.")
_NEAR = Text("{changes} is to miss the goal “{words}”, but reaches it.")
_VALUE = Text("“{field}” is {value} as the experiment opens, not {written}.")
_NO_TERM = Text("there is no term “{id}” in the glossary.")
_NO_FORMULA = Text("there is no formula “{id}”.")
_NO_MISTAKE = Text("there is no mistake “{id}”.")
_NO_PARAMETER = Text("“{words}” names {{{name}}}, which is no parameter.")


@dataclass(frozen=True)
class Fault:
    """An error in a guide; ``place`` is the piece of its text by which the line is found.

    If ``is_quoted``, what the message quotes is on that line or a later one.
    """

    place: str
    text: Text
    is_quoted: bool = False


Proving = Generator[None, None, tuple[Fault, ...]]


def proving(experiment: Experiment[Any, Any], guide: Guide) -> Proving:
    """A generator that plays a guide in small slices and returns its errors."""
    found: list[Fault] = []
    for asked in guide.tries:
        found += yield from _noted(asked.target, _faults_of(experiment, asked, guide.language))
    for goal in guide.goals:
        found += yield from _noted(goal.target, _faults_of_goal(experiment, goal))
    return *found, *faults_of_prose(experiment, guide)


def faults_of_verdict(asked: Try, verdict: Verdict) -> list[Text]:
    """The errors in a try that was played: in its claims, its slips, and its answers."""
    failing = [one for one in verdict.findings if not one.holds]
    told = [_FAILS(words=shortened(asked.words), findings=findings_in_words(failing))] if failing else []
    if isinstance(verdict.number, Real) and not are_told_apart(verdict.number, verdict.slips):
        told.append(_SLIPS(words=shortened(asked.words)))
    return told + faults_of_answers(asked, verdict)


def faults_of_answers(asked: Try, verdict: Verdict) -> list[Text]:
    """The errors in the answers to a question that was played: there must be exactly one right answer, or a number.

    A variant is checked for this alone, since claims and slips refer to the numbers of the question itself.
    """
    words, found = shortened(asked.words), list[Text]()
    right = [one.words for index, one in enumerate(asked.answers) if verdict.is_right(index)]
    if asked.answers and not right:
        missed = [one for findings in verdict.answers for one in findings if not one.holds]
        found.append(_NO_ANSWER(words=words, findings=findings_in_words(missed)))
    if len(right) > 1:
        found.append(_ANSWERS(words=words, answers=listed([shortened(one) for one in right])))
    if asked.number is not None and (not isinstance(verdict.number, Real) or isinstance(verdict.number, bool)):
        field, value = shortened(asked.number.field), shortened(verdict.number)
        found.append(_NO_NUMBER(words=words, field=field, value=value))
    return found


def attempts_of(goal: Goal) -> list[tuple[Mapping[str, str], bool]]:
    """Pairs (changes of the default parameters, whether they must reach the goal).

    The goal's reference must reach it; no changes at all, and those of ``near``, must not.
    """
    return [(goal.reference, True), ({}, False), *((near, False) for near in goal.near)]


def attempting(
    experiment: Experiment[Any, Any], goal: Goal, changes: Mapping[str, str], seed: int | None = None
) -> Generator[None, None, tuple[bool, Frame]]:
    """A generator that plays an attempt at a goal; returns whether it was reached, and the last frame."""
    run = goal.run(experiment, changes, seed)
    frame = yield from played(experiment, run, goal.reach.stop(experiment, run.params))
    return goal.standing(experiment, run.params, frame).reached, frame


def faults_of_prose(experiment: Experiment[Any, Any], guide: Guide) -> list[Fault]:
    """The errors in a guide's prose: wrong values of the opening frame, and unknown terms, formulas or mistakes."""
    _, frame = opened(experiment)
    found = [fault for span in guide.spans if (fault := _fault_of_span(span, frame)) is not None]
    known = {one.id for one in mistakes()}
    return found + [Fault(one, _NO_MISTAKE(id=shortened(one))) for one in guide.mistakes if one not in known]


def findings_in_words(findings: Iterable[Finding]) -> Text:
    """Lists claims that do not hold, each with the actual value of its field."""
    return listed([_FINDING(claim=shortened(str(one.claim)), value=one.spelled) for one in findings])


def changes_in_words(changes: Mapping[str, str]) -> str:
    """Formats parameter changes as an author writes them: b=1, w1=2."""
    return ", ".join(f"{name}={shortened(value)}" for name, value in changes.items()) or "—"


def _noted(place: str, working: Generator[None, None, list[Text]]) -> Generator[None, None, list[Fault]]:
    try:
        texts = yield from working
    except Refused as refusal:
        return [Fault(place, refusal.text, is_quoted=True)]
    return [Fault(place, text) for text in texts]


def _faults_of(experiment: Experiment[Any, Any], asked: Try, language: str) -> Generator[None, None, list[Text]]:
    own = asked.varied(experiment, language)
    found = faults_of_verdict(own, (yield from checking(experiment, own)))
    for words in (own.words, own.text, own.after, *(one.why for one in own.answers)):
        names = re.findall(r"\{([a-z]\w*)\}", words, re.ASCII)
        found += [_NO_PARAMETER(words=shortened(words), name=name) for name in names]
    for index, changes in enumerate(asked.variants):
        varied = asked.varied(experiment, language, index)
        told = faults_of_answers(varied, (yield from checking(experiment, varied)))
        found += [_VARIANT(changes=changes_in_words(changes), reason=text) for text in told]
    for reason in asked.reasons:
        if reason.refuted is not None:
            verdict = yield from checking(experiment, reason.refuted)
            if not verdict.holds:
                failing = findings_in_words(one for one in verdict.findings if not one.holds)
                found.append(_STANDS(words=shortened(reason.words), findings=failing))
    return found


def _faults_of_goal(experiment: Experiment[Any, Any], goal: Goal) -> Generator[None, None, list[Text]]:
    for name in goal.names:
        field_of(experiment.params_type, name)
    found = []
    for changes, reaches in attempts_of(goal):
        reached, _ = yield from attempting(experiment, goal, changes)
        if reached != reaches:
            told = _REFERENCE if reaches else _NEAR
            found.append(told(changes=changes_in_words(changes), words=shortened(goal.words)))
    return found


def _fault_of_span(span: Span, frame: Frame) -> Fault | None:
    if span.kind == "term" and span.id not in terms():
        return Fault(f"(term:{span.id})", _NO_TERM(id=shortened(span.id)))
    if span.kind == "formula" and not (RESOURCES / "formulas" / f"{span.id}.svg").is_file():
        return Fault(f"(formula:{span.id})", _NO_FORMULA(id=shortened(span.id)))
    if span.kind != "value":
        return None
    place = f"(value:{span.id})"
    try:
        value = field_value(frame, span.id)
    except Refused as refusal:
        return Fault(place, refusal.text)
    number = span.text.replace("\N{MINUS SIGN}", "-").rstrip("%°")
    scale, decimals = 100 if span.text.endswith("%") else 1, len(number.partition(".")[2])
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if is_number and f"{scale * value:.{decimals}f}" == number:
        return None
    told = spelled(value, {}) if is_number else shortened(value)
    return Fault(place, _VALUE(field=shortened(span.id), value=told, written=shortened(span.text)))
