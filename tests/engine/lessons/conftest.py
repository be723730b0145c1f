"""A small lesson of three steps: a choice, a number, and a goal with an exercise."""

from __future__ import annotations

import pytest

from engine.contract import catalogue
from engine.contract.run import Run, Session
from engine.lessons.answers import Words, words_in_all
from engine.lessons.lesson import Aim, Choice, Lesson, Question, Step

_WHY, _RIGHT = Words(en="So it was.", zh_CN="原来是。"), Words(en="Right", zh_CN="分对")


def session_of(experiment: str, update: int = 0, **texts: str) -> Session:
    params = catalogue.load(experiment).params_type().with_texts(texts)
    return Session(Run(experiment, params), update)


@pytest.fixture
def lesson() -> Lesson:
    return Lesson(
        Words(en="Small", zh_CN="小课"),
        Words(en="Three steps.", zh_CN="三步。"),
        (
            Step(
                session_of("gates"),
                Words(en="AND", zh_CN="与门"),
                Words(en="A line {as it is}."),
                question=Question(
                    Words(en="How many are right?", zh_CN="分对几个？"),
                    (
                        Choice(Words(en="Two", zh_CN="两个"), "correct=2", why=_WHY),
                        Choice(
                            Words(en="Four", zh_CN="四个"),
                            "correct=4",
                            right=True,
                            label=_RIGHT,
                        ),
                    ),
                    changes={"b": "-0.7"},
                ),
            ),
            Step(
                session_of("descent", 30),
                Words(en="A step", zh_CN="一步"),
                Words(en="Where to?", zh_CN="到哪里？"),
                question=Question(Words(en="x1?", zh_CN="x1？"), number="x[1]=0.00248", label=words_in_all("x1")),
            ),
            Step(
                session_of("xor", s2="[0.5,0.5,0.1]"),
                Words(en="Mend", zh_CN="修好"),
                Words(en="Mend s2.", zh_CN="修好 s2。"),
                may_change=("s2",),
                goal=Aim(
                    Words(en="Four right", zh_CN="四个全对"),
                    "goal:s2#correct=4;reference=s2:[0.5%2C0.5%2C-0.2];near=s2:[0.5%2C0.5%2C-0.7]",
                ),
                exercise="xor_gate",
            ),
        ),
    )
