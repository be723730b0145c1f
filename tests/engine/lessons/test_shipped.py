"""The lessons that come with the program: what they say is true, in both languages, and asked before it is told."""

from __future__ import annotations

import re

import pytest

from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.guides.guide import load_guide
from engine.guides.tries import played
from engine.lessons import SHIPPED, shipped_lessons
from engine.lessons.lesson import asked_in, goal_in, reach_in
from engine.lessons.proving import opened
from engine.lessons.reading import read_lesson
from engine.lessons.writing import lesson_text
from engine.version import PROGRAM
from tests.engine.lessons.proved import prove

LESSONS = {path.name: read_lesson(path) for path in shipped_lessons()}
every_lesson = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


def all_words(lesson):
    yield lesson.title
    yield lesson.introduction
    for step in lesson.steps:
        parts = [step.title, step.words]
        if step.question:
            parts += [step.question.words, step.question.label, step.question.after]
            parts += [one for choice in step.question.choices for one in (choice.words, choice.why, choice.label)]
        if step.goal:
            parts += [step.goal.words, step.goal.why, *step.goal.labels, *step.goal.hints]
        yield from (one for one in parts if one)


def test_the_menu_names_all_that_there_are_by_their_titles():
    folder = shipped_lessons()[0].parent
    assert sorted(path.name for path in folder.iterdir()) == sorted(LESSONS)
    for lesson, title in zip(LESSONS.values(), SHIPPED.values(), strict=True):
        assert all(lesson.title.typed(language) == title.render(language) for language in LANGUAGES)


def come_to(playing):
    while True:
        try:
            next(playing)
        except StopIteration as stop:
            return stop.value


@pytest.mark.long
@every_lesson
def test_everything_in_it_holds_when_it_is_played(lesson):
    assert [fault.render("en") for fault in prove(lesson)] == []


@every_lesson
def test_it_is_written_as_the_program_writes_it(lesson):
    path = next(path for path in shipped_lessons() if LESSONS[path.name] is lesson)
    written = re.sub(r'"program": "[^"]*"', f'"program": "{PROGRAM}"', path.read_text(encoding="utf-8"))
    assert written == lesson_text(lesson)


@every_lesson
def test_it_is_whole_in_every_language(lesson):
    assert 5 <= len(lesson.steps) <= 9
    for words in all_words(lesson):
        assert all(words.typed(language) for language in LANGUAGES), words
        chinese = words.typed("zh_CN")
        assert not re.search(r"[\u4e00-\u9fff][,;:?!.(]|[,;:?!)][\u4e00-\u9fff]", chinese), chinese
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", chinese), chinese


@every_lesson
def test_every_step_asks_and_every_wrong_answer_has_its_reason(lesson):
    for step in lesson.steps:
        assert step.question or step.goal or step.exercise
        if step.question:
            assert step.question.after
            assert all(choice.right or choice.why for choice in step.question.choices)
        if step.goal:
            assert step.goal.why and step.goal.hints and ";near=" in step.goal.target


@every_lesson
def test_neither_the_words_nor_the_headline_above_a_question_give_the_number_away(lesson):
    for step in lesson.steps:
        if step.question and step.question.number:
            number = step.question.number.partition("=")[2]
            params, frame = come_to(opened(step))
            headline = step.experiment.headline(params, frame)
            for language in LANGUAGES:
                words = step.words.render(language) + step.question.words.render(language)
                for told in (words, headline.render(language)):
                    plain = told.replace("\N{MINUS SIGN}", "-")
                    assert not re.search(rf"(?<![\d.×(-]){re.escape(number)}(?![\d.×)])", plain), told


@pytest.mark.long
@every_lesson
def test_no_button_reaches_a_goal_by_itself(lesson):
    for step in lesson.steps:
        goal = goal_in(step, "en")
        if goal is None:
            continue
        experiment = step.experiment
        params, frame = come_to(opened(step))
        defaults = experiment.params_type()
        remedy = frame.status.remedy if frame.status is not None else None
        runs = {
            "the defaults": Run(experiment.id, defaults, step.session.run.seed),
            **{one.id: Run(experiment.id, defaults.replaced(one.changes)) for one in experiment.presets},
            **{one.words: one.run(experiment) for one in load_guide(experiment.id, "en").tries},
            **({"the remedy": Run(experiment.id, params.replaced(remedy.changes))} if remedy is not None else {}),
        }
        for name, run in runs.items():
            stop = reach_in(step, goal.reach).stop(experiment, run.params)
            standing = goal.standing(experiment, run.params, come_to(played(experiment, run, stop)))
            assert not standing.reached, f"{step.title.render(LANGUAGES[0])}: {name} reaches it"


@every_lesson
def test_questions_and_goals_are_the_same_in_every_language(lesson):
    for step in lesson.steps:
        for found in (asked_in, goal_in):
            keys = {one and one.key for one in (found(step, language) for language in LANGUAGES)}
            assert len(keys) == 1, keys
