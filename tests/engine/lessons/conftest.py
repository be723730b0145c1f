"""A small lesson of three steps: a choice, a number, and a goal with an exercise."""

from __future__ import annotations

import pytest

from engine.contract import catalogue
from engine.contract.run import Run, Session
from engine.lessons.answers import Words
from engine.lessons.lesson import Aim, Choice, Lesson, Question, Step


def session_of(experiment: str, update: int = 0, **texts: str) -> Session:
    params = catalogue.load(experiment).params_type().with_texts(texts)
    return Session(Run(experiment, params), update)


@pytest.fixture
def lesson() -> Lesson:
    return Lesson(
        Words("Small", "小课"),
        Words("Three steps.", "三步。"),
        (
            Step(
                session_of("gates"),
                Words("AND", "与门"),
                Words("A line {as it is}."),
                question=Question(
                    Words("How many are right?", "分对几个？"),
                    (
                        Choice(Words("Two", "两个"), "correct=2", why=Words("So it was.", "原来是。")),
                        Choice(Words("Four", "四个"), "correct=4", right=True, label=Words("Right", "分对")),
                    ),
                    changes={"b": "-0.7"},
                ),
            ),
            Step(
                session_of("descent", 30),
                Words("A step", "一步"),
                Words("Where to?", "到哪里？"),
                question=Question(Words("x1?", "x1？"), number="x[1]=0.00248", label=Words("x1", "x1")),
            ),
            Step(
                session_of("xor", s2="[0.5,0.5,0.1]"),
                Words("Mend", "修好"),
                Words("Mend s2.", "修好 s2。"),
                may_change=("s2",),
                goal=Aim(
                    Words("Four right", "四个全对"),
                    "goal:s2#correct=4;reference=s2:[0.5%2C0.5%2C-0.2];near=s2:[0.5%2C0.5%2C-0.7]",
                ),
                exercise="xor_gate",
            ),
        ),
    )
