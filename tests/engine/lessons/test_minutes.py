"""Minutes of guides and lessons: alike in both languages, more with every question; each guide has its five minutes."""

from __future__ import annotations

import dataclasses

from engine.contract.language import LANGUAGES
from engine.guides.guide import load_guide
from engine.lessons import shipped_lessons
from engine.lessons.lesson import minutes_of_step
from engine.lessons.reading import read_lesson
from tests.offenders import for_each
from tests.walk import EXPERIMENT_IDS


@for_each(EXPERIMENT_IDS)
def test_a_guide_takes_as_long_in_either_language_and_fits_between_two_breaks(experiment_id):
    minutes = {language: load_guide(experiment_id, language).minutes for language in LANGUAGES}
    assert 5 <= minutes["en"] <= 15 and max(minutes.values()) - min(minutes.values()) <= 2, minutes
    assert abs(minutes["en"] - minutes["zh_CN"]) <= 1, minutes


@for_each(EXPERIMENT_IDS)
def test_each_guide_has_one_question_for_five_minutes_the_same_in_either_language(experiment_id):
    marked = [[one for one in load_guide(experiment_id, code).tries if one.five] for code in LANGUAGES]
    assert {len(found) for found in marked} == {1}
    assert {found[0].key for found in marked} == {load_guide(experiment_id, "en").in_five_minutes.key}


def test_a_question_less_is_less_time_and_what_is_not_of_the_path_takes_none():
    guide = load_guide("gates", "en")
    fewer = dataclasses.replace(guide, tries=guide.path[:-2])
    assert fewer.minutes < guide.minutes
    assert dataclasses.replace(guide, tries=guide.path).minutes == guide.minutes
    assert dataclasses.replace(guide, goals=()).minutes == guide.minutes - 2


def test_every_step_of_the_shipped_lessons_takes_a_minute_at_least_and_a_lesson_less_than_an_hour():
    for path in shipped_lessons():
        lesson = read_lesson(path)
        minutes = [minutes_of_step(step, "en") for step in lesson.steps]
        assert all(one >= 1 for one in minutes) and sum(minutes) < 60, (path.name, minutes)
