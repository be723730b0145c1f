"""A lesson while it is made: every part as it is typed, which need not make sense yet."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.contract.catalogue import entry_of
from engine.contract.refusal import Refused, shortened
from engine.contract.run import Session
from engine.contract.text import Text
from engine.lessons import MOST_ANSWERS
from engine.lessons.lesson import Aim, Choice, Lesson, Question, Step
from engine.lessons.reading import STEP, lesson_in, reach_of
from engine.lessons.words import Words
from engine.lessons.writing import lesson_text, reach_text

_CHANGE = Text("“{part}” is not a change such as b=-0.7.", "“{part}”不是改动，应写成 b=-0.7。")


@dataclass
class DraftAnswer:
    """One answer as it is typed; one without words is none."""

    words: Words = Words()
    claim: str = ""
    why: Words = Words()
    label: Words = Words()


@dataclass
class DraftStep:
    """One step as it is typed; ``kind`` of its question is "", "choice" or "number"."""

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
    target: str = ""
    goal_labels: tuple[Words, ...] = ()
    goal_why: Words = Words()
    hint: Words = Words()
    more_hints: tuple[Words, ...] = ()
    exercise: str = ""

    @classmethod
    def of_session(cls, session: Session) -> DraftStep:
        """A step that shows a session, with the name of its experiment as its title."""
        name = entry_of(session.run.experiment).name
        return cls(dataclasses.replace(session, shelf=(), notes=()), Words(name.render("en"), name.render("zh_CN")))

    @classmethod
    def of_step(cls, step: Step) -> DraftStep:
        """A step of a lesson, to be edited further."""
        made = cls(step.session, step.title, step.words, step.may_change, exercise=step.exercise)
        if step.question is not None:
            asked = step.question
            made.kind = "choice" if asked.choices else "number"
            made.question, made.after, made.label, made.number = asked.words, asked.after, asked.label, asked.number
            made.changes = "&".join(f"{name}={value}" for name, value in asked.changes.items())
            made.until = reach_text(asked.reach)
            made.right = asked.right_choice or 0
            for draft, choice in zip(made.answers, asked.choices, strict=False):
                draft.words, draft.claim = choice.words, choice.claims
                draft.why, draft.label = choice.why, choice.label
        if step.goal is not None:
            aim = step.goal
            made.goal, made.target, made.goal_labels, made.goal_why = aim.words, aim.target, aim.labels, aim.why
            made.hint, made.more_hints = (aim.hints or (Words(),))[0], aim.hints[1:]
        return made

    def step(self) -> Step:
        """The step that is typed; ``Refused`` where a change or a place is not written as one."""
        hints = tuple(hint for hint in (self.hint, *self.more_hints) if hint)
        return Step(
            session=self.session,
            title=self.title,
            words=self.words,
            may_change=self.may_change,
            question=self._question() if self.kind else None,
            goal=Aim(self.goal, self.target, self.goal_labels, self.goal_why, hints)
            if self.goal or self.target
            else None,
            exercise=self.exercise,
        )

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
    """A whole lesson as it is typed."""

    title: Words = Words()
    introduction: Words = Words()
    steps: list[DraftStep] = field(default_factory=list)

    @classmethod
    def of_lesson(cls, lesson: Lesson) -> Draft:
        """A lesson to be edited further."""
        return cls(lesson.title, lesson.introduction, [DraftStep.of_step(step) for step in lesson.steps])

    def lesson(self) -> Lesson:
        """The lesson that is typed, checked as one that comes from a file; ``Refused`` says in which step it is not."""
        steps = []
        for number, draft in enumerate(self.steps, 1):
            try:
                steps.append(draft.step())
            except Refused as refusal:
                raise Refused(STEP(number=number, reason=refusal.text)) from None
        return lesson_in(lesson_text(Lesson(self.title, self.introduction, tuple(steps))))


def whole_step(draft: DraftStep) -> Step:
    """One step, checked as one that comes from a file; ``Refused`` says what is wrong in it."""
    alone = Lesson(Words("x", "x"), Words(), (draft.step(),))
    data = json.loads(lesson_text(alone))
    try:
        return lesson_in(json.dumps(data)).steps[0]
    except Refused as refusal:
        reason = refusal.text.values.get("reason")
        raise Refused(reason if isinstance(reason, Text) else refusal.text) from None


def _changes(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in text.split("&"):
        if part.strip():
            name, equals, value = part.strip().partition("=")
            if not equals:
                raise Refused(_CHANGE(part=shortened(part.strip())))
            found[name.strip()] = value.strip()
    return found
