"""A lesson being made: every field as typed, possibly not valid yet."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from urllib.parse import quote

from engine.contract.catalogue import entry_of
from engine.contract.language import known_languages
from engine.contract.run import Session
from engine.contract.text import Refused, Text, counted, shortened
from engine.guides.claim import parse_claims
from engine.guides.goal import parse_goal
from engine.lessons import MOST_ANSWERS
from engine.lessons.answers import Words, words_in_all, words_of
from engine.lessons.lesson import Aim, Choice, Lesson, Question, Step
from engine.lessons.reading import STEP, lesson_in, reach_of
from engine.lessons.writing import lesson_text, reach_text
from gui.lessons.making.quantities import goal_fields

BETWEEN = "|"
"""The separator between the names of a goal's quantities, and between attempts that just miss the goal."""
_SAFE = "[](){}:.+-*/^=<>!'_&@"
_CHANGE = Text("“{part}” is not a change such as b=-0.7.")
_NO_FIELDS = Text("the goal: this step lets nothing be changed that counts.")
_NO_CLAIM = Text("the goal: it does not say yet when it is reached, as in correct=4.")
_NO_REFERENCE = Text("the goal: values that reach it are missing, as in b=-0.7; the program tries them.")
_NAMES = Text("the goal: {names} for {claims}; write one for each, with | between them, or none.")


@dataclass
class DraftAnswer:
    """One of a question's answers as typed; an answer without words is left out."""

    words: Words = Words()
    claim: str = ""
    why: Words = Words()
    label: Words = Words()


@dataclass
class DraftStep:
    """A step as typed; ``kind`` of its question is "" for none, "choice" or "number".

    Its goal is about the parameters ``goal_names``, or if empty about all that may be changed. Several names in
    ``goal_labels``, and several attempts in ``near``, are separated by ``BETWEEN``.
    """

    session: Session
    title: Words = Words()
    words: Words = Words()
    may_change: tuple[str, ...] | None = None
    kind: str = ""
    question: Words = Words()
    changes: str = ""
    until: str = ""
    answers: list[DraftAnswer] = field(default_factory=lambda: [DraftAnswer() for _ in range(MOST_ANSWERS)])
    right: int = 0
    number: str = ""
    label: Words = Words()
    after: Words = Words()
    goal: Words = Words()
    goal_names: tuple[str, ...] = ()
    goal_claims: str = ""
    goal_labels: Words = Words()
    goal_until: str = ""
    goal_seed: int | None = None
    reference: str = ""
    near: str = ""
    goal_why: Words = Words()
    hint: Words = Words()
    more_hints: tuple[Words, ...] = ()
    exercise: str = ""

    @classmethod
    def of_session(cls, session: Session) -> DraftStep:
        """A step that starts from this session, titled with its experiment's name."""
        name = entry_of(session.run.experiment).name
        return cls(dataclasses.replace(session, shelf=(), notes=()), words_of(name))

    @classmethod
    def of_step(cls, step: Step) -> DraftStep:
        """A draft of a lesson's step, for editing."""
        made = cls(step.session, step.title, step.words, step.may_change, exercise=step.exercise)
        if step.question is not None:
            asked = step.question
            made.kind = "choice" if asked.choices else "number"
            made.question, made.after, made.label, made.number = asked.words, asked.after, asked.label, asked.number
            made.changes = _changes_text(asked.changes)
            made.until = reach_text(asked.reach)
            made.right = asked.right_choice or 0
            for draft, choice in zip(made.answers, asked.choices, strict=False):
                draft.words, draft.claim = choice.words, choice.claims
                draft.why, draft.label = choice.why, choice.label
        if step.goal is not None:
            aim, goal = step.goal, parse_goal(step.goal.target)
            made.goal, made.goal_why, made.goal_names, made.goal_seed = aim.words, aim.why, goal.names, goal.seed
            made.goal_claims, made.goal_until = "&".join(map(str, goal.claims)), reach_text(goal.reach)
            made.goal_labels = _beside(aim.labels)
            made.reference, made.near = (
                _changes_text(goal.reference),
                f" {BETWEEN} ".join(map(_changes_text, goal.near)),
            )
            made.hint, made.more_hints = (aim.hints or (Words(),))[0], aim.hints[1:]
        return made

    def step(self) -> Step:
        """The step as a lesson has it; ``Refused`` if its changes, claims or places in the run cannot be parsed."""
        return Step(
            session=self.session,
            title=self.title,
            words=self.words,
            may_change=self.may_change,
            question=self._question() if self.kind else None,
            goal=self._aim() if self.goal or self.goal_claims or self.reference.strip() else None,
            exercise=self.exercise,
        )

    def _aim(self) -> Aim:
        names = self.goal_names or goal_fields(self.session.run.params_at(self.session.update), self.may_change)
        for there, missing in ((names, _NO_FIELDS), (self.goal_claims, _NO_CLAIM), (self.reference, _NO_REFERENCE)):
            if not there:
                raise Refused(missing)
        claims = len(parse_claims(self.goal_claims))
        for _, line in self.goal_labels.said:
            if (found := len(_names_in(line))) not in (0, claims):
                told = counted(found, "name"), counted(claims, "claim")
                raise Refused(_NAMES(names=told[0], claims=told[1]))
        reach = reach_text(reach_of(self.goal_until))
        target = "".join(
            (
                f"goal:{','.join(names)}",
                f"@{quote(reach, safe=_SAFE)}" if reach else "",
                f";seed={self.goal_seed}" if self.goal_seed is not None else "",
                f"#{quote(self.goal_claims, safe=_SAFE)}",
                f";reference={_attempt(self.reference)}",
                *(f";near={_attempt(one)}" for one in self.near.split(BETWEEN) if one.strip()),
            )
        )
        hints = tuple(hint for hint in (self.hint, *self.more_hints) if hint)
        return Aim(self.goal, target, _apart(self.goal_labels), self.goal_why, hints)

    def _question(self) -> Question:
        is_choice = self.kind == "choice"
        choices = tuple(
            Choice(one.words, one.claim, index == self.right, one.why, one.label)
            for index, one in enumerate(self.answers)
            if one.words
        )
        return Question(
            words=self.question,
            choices=choices if is_choice else (),
            number="" if is_choice else self.number,
            label=Words() if is_choice else self.label,
            changes=_changes(self.changes),
            reach=reach_of(self.until),
            after=self.after,
        )


@dataclass
class Draft:
    """A whole lesson as typed."""

    title: Words = Words()
    introduction: Words = Words()
    steps: list[DraftStep] = field(default_factory=list)

    @classmethod
    def of_lesson(cls, lesson: Lesson) -> Draft:
        """A draft of a lesson, for editing."""
        return cls(lesson.title, lesson.introduction, [DraftStep.of_step(step) for step in lesson.steps])

    def lesson(self) -> Lesson:
        """The lesson, validated like one from a file; ``Refused`` names the step that is not valid."""
        steps = []
        for number, draft in enumerate(self.steps, 1):
            try:
                steps.append(draft.step())
            except Refused as refusal:
                raise Refused(STEP(number=number, reason=refusal.text)) from None
        return lesson_in(lesson_text(Lesson(self.title, self.introduction, tuple(steps))))


def whole_step(draft: DraftStep) -> Step:
    """One step of a draft, validated like one from a file; ``Refused`` says what is wrong."""
    alone = Lesson(words_in_all("x"), Words(), (draft.step(),))
    data = json.loads(lesson_text(alone))
    try:
        return lesson_in(json.dumps(data)).steps[0]
    except Refused as refusal:
        reason = refusal.text.values.get("reason")
        raise Refused(reason if isinstance(reason, Text) else refusal.text) from None


def _beside(labels: tuple[Words, ...]) -> Words:
    """Several names joined to one line, separated by ``BETWEEN``, for each language."""
    lines = {language: f" {BETWEEN} ".join(one.typed(language) for one in labels) for language in known_languages()}
    return Words(**{language: line for language, line in lines.items() if line.replace(BETWEEN, "").strip()})


def joined_names(names: Words, name: Words) -> Words:
    """A goal's names of quantities, in one line for each language, with one more name."""
    return _beside((*_apart(names), name)) if name else names


def _apart(labels: Words) -> tuple[Words, ...]:
    """The names in such lines, separated again: the inverse of ``_beside``."""
    languages = [language for language, _ in labels.said]
    lines = [_names_in(line) for _, line in labels.said]
    return tuple(Words(**dict(zip(languages, names, strict=True))) for names in zip_longest(*lines, fillvalue=""))


def _names_in(line: str) -> list[str]:
    return [one.strip() for one in line.split(BETWEEN)] if line.strip() else []


def _changes_text(changes: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in changes.items())


def _attempt(text: str) -> str:
    """Typed changes in the notation of a goal's target: NAME:VALUE,…"""
    return ",".join(f"{name}:{quote(value, safe=_SAFE)}" for name, value in _changes(text).items())


def _changes(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in text.split("&"):
        if part.strip():
            name, equals, value = part.strip().partition("=")
            if not equals:
                raise Refused(_CHANGE(part=shortened(part.strip())))
            found[name.strip()] = value.strip()
    return found
