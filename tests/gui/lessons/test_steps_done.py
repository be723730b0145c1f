"""A step of a lesson shows whatever was done in it before, and what is done now is added to that."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from engine.contract import catalogue
from engine.contract.run import Run, Session
from engine.guides.tries import check_try
from engine.lessons.answers import NOT_SURE, Words
from engine.lessons.lesson import Aim, Choice, Lesson, Question, Step, asked_in
from engine.lessons.unanswered import no_answers
from engine.playing import Player
from gui.lessons.step_view import StepView
from tests.gui.window.shown import shown

GIVEN = {"nothing": None, "right": (1, "Four", True), "wrong": (0, "Two", False), "not sure": (NOT_SURE, "", None)}
COMBINATIONS = list(itertools.product(GIVEN, (False, True), (False, True)))
"""What was given to the question, whether the goal was reached, and whether the exercise was solved."""
SAID = {"nothing": "", "right": "Right.", "wrong": "Not so. So it was.", "not sure": ""}


def _step():
    gates = catalogue.load("gates")
    return Step(
        Session(Run("gates", gates.params_type()), 0),
        Words(en="AND", zh_CN="与门"),
        Words(en="A line.", zh_CN="一条直线。"),
        question=Question(
            Words(en="How many are right?", zh_CN="分对几个？"),
            (
                Choice(Words(en="Two", zh_CN="两个"), "correct=2", why=Words(en="So it was.", zh_CN="原来是。")),
                Choice(Words(en="Four", zh_CN="四个"), "correct=4", right=True),
            ),
            changes={"b": "-0.7"},
        ),
        goal=Aim(Words(en="Four right", zh_CN="四个全对"), "goal:b#correct=4;reference=b:-0.7;near=b:-0.1"),
        exercise="and_gate",
    )


LESSON = Lesson(Words(en="All", zh_CN="全部"), Words(en="", zh_CN=""), (_step(),) * len(COMBINATIONS))


def _done(given, reached, solved):
    done = dataclasses.replace(no_answers(LESSON).steps[0], reached=reached, solved=solved)
    return done.answered(*GIVEN[given], expected=1) if GIVEN[given] else done


def _shows(view, given, reached, solved):
    outcome, exercise = view.row.outcome.text(), view.exercise.text()
    signs = [button.sign() for button in view.row.answers]
    marks = {"nothing": ["○", "○"], "right": ["○", "✓"], "wrong": ["×", "✓"], "not sure": ["○", "✓"]}
    assert outcome.startswith(SAID[given]) and bool(outcome) == bool(SAID[given]), outcome
    assert signs == marks[given]
    assert view.strip.is_reached == reached
    assert exercise.startswith("Exercise done" if solved else "Open the exercise")


@pytest.fixture
def verdict():
    return check_try(catalogue.load("gates"), asked_in(_step(), "en"))


@pytest.mark.parametrize("given", GIVEN)
def test_a_step_shows_what_was_done_in_it_and_adds_what_is_done_now(qtbot, verdict, given):
    gates = catalogue.load("gates")
    params = gates.params_type().replaced({"b": -0.7})
    frame = Player(gates, Run("gates", params)).go(0)
    for reached, solved in itertools.product((False, True), repeat=2):
        view = StepView(_step(), _done(given, reached, solved))
        qtbot.addWidget(view)
        _shows(view, given, reached, solved)
        heard = []
        view.changed.connect(heard.append)
        view.show_solved()
        assert heard == [_done(given, reached, True)] * (not solved)
        view.show_frame(params, frame)
        assert view.done == _done(given, True, True)
        view.row.answers[0].click()
        view.show_verdict(verdict)
        first = GIVEN[given] or GIVEN["wrong"]
        assert (view.done.answer, view.done.said, view.done.right) == first
        assert view.done.tries == (2 if GIVEN[given] else 1)
        assert heard[-1] == view.done and view.done.reached and view.done.solved
        view.restyle()
        _shows(view, "wrong", True, True)


def test_the_end_of_a_lesson_counts_what_was_done_in_all_its_steps(qtbot, window):
    shown(qtbot, window, "gates")
    answers = dataclasses.replace(no_answers(LESSON), steps=tuple(_done(*one) for one in COMBINATIONS))
    lessons = window.lessons
    window.learner.keep_lesson(dataclasses.replace(answers, place=len(COMBINATIONS) - 1))
    lessons.open(LESSON, None)
    qtbot.waitUntil(lambda: window.runner.is_settled)
    lessons.go_on()
    told = lessons.panel.text.text()
    assert "4 of 16 questions right at once. 8 of 16 goals reached. 8 of 16 exercises done." in told
    lessons.leave()
    qtbot.waitUntil(lambda: window.runner.is_settled)
