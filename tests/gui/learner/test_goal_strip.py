"""The goal in the guide: live, reached once and for all, and with hints."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from engine.contract.text import LANGUAGES
from engine.guides.guide import load_guide
from engine.guides.tries import Reach
from gui.style.language import set_language
from tests.engine.guides.test_guide import GOOD
from tests.engine.guides.test_guide_questions import GOAL, parse_guide
from tests.gui.window.shown import shown
from tests.walk import runs_whole

REACHING = {"w1": 1.0, "w2": 1.0, "b": -1.5}


def _goals(count=1, names="b,w1,w2"):
    text = GOOD.replace("## See\n", GOAL.replace("@end", "").replace("goal:b,w1,w2", f"goal:{names}"))
    (goal,) = parse_guide(text, "some", "en").goals
    other = dataclasses.replace(goal, target="other", words="The other one", reach=Reach())
    return (goal, other)[:count]


@pytest.fixture
def with_goals(monkeypatch):
    """Have every guide come with these goals."""

    def give(*goals):
        guide = lambda *of: dataclasses.replace(load_guide(*of), goals=goals)  # noqa: E731
        monkeypatch.setattr("gui.learner.goal_strip.load_guide", guide)

    return give


def _settled(qtbot, window, page):
    qtbot.waitUntil(lambda: window.runner.is_settled)
    qtbot.waitUntil(lambda: page.controller.snapshot.params == page.editor.params)


def _do(qtbot, window, page, **changes):
    assert page.editor.change(changes)
    _settled(qtbot, window, page)


# The catalogue


@pytest.mark.parametrize("experiment_id", ["gates", "graph", "training"])
def test_an_experiment_without_goals_has_no_heading_for_one(qtbot, window, with_goals, experiment_id):
    with_goals()
    page = shown(qtbot, window, experiment_id)
    assert page.goal_strip.isHidden() and page.panels.guide.goal_button.isHidden()


@pytest.mark.parametrize("experiment_id", runs_whole())
def test_every_goal_of_a_guide_is_shown_and_turns_when_it_is_reached(qtbot, window, experiment_id):
    page = shown(qtbot, window, experiment_id)
    experiment, strip = page.experiment, page.goal_strip
    assert page.panels.guide.goal_button.isVisible() == bool(strip.goals)
    for index in range(len(strip.goals)):
        for language in LANGUAGES:
            set_language(language)
            assert strip.goals == load_guide(experiment_id, language).goals
            assert not strip.is_reached and strip.goal.words in strip.words and strip.goal.why not in strip.words
        goal = strip.goal
        run = goal.run(experiment, goal.reference)
        page.controller.edit({name: getattr(run.params, name) for name in goal.reference})
        stop = goal.reach.stop(experiment, run.params)
        with qtbot.waitSignal(strip.reached, check_params_cb=lambda key, goal=goal: key == goal.key):
            window.runner.go_to(run, stop)
            if stop is None:
                window.runner.full_speed(True)
                window.runner.play()
        for language in LANGUAGES:
            set_language(language)
            assert strip.is_reached and strip.goal.why in strip.words
        if index + 1 < len(strip.goals):
            strip.other_button.click()


# One goal


def test_it_says_how_far_one_is_and_stays_reached(qtbot, window, with_goals):
    with_goals(*_goals())
    page = shown(qtbot, window, "gates")
    strip, keys = page.goal_strip, []
    strip.reached.connect(keys.append)
    assert strip.words == "Goal: All right, and no point nearer than 0.35 · now 0.2828 (0.067 below 0.35)"
    _do(qtbot, window, page, **REACHING)
    assert strip.is_reached and strip.words.endswith("It is the widest gap there is.")
    assert strip.words.startswith("Goal reached: ") and "now" not in strip.words
    _do(qtbot, window, page, b=-1.2)
    _do(qtbot, window, page, b=-1.5)
    assert strip.is_reached and keys == [strip.goal.key]


@pytest.mark.parametrize(
    ("language", "wrong", "waits"),
    [("en", "Data: circle", "counts from epoch 100 on"), ("zh_CN", "数据：圆", "到第 100 轮才算")],
)
def test_what_is_wrong_is_told_before_the_run_has_come_far_enough(qtbot, window, language, wrong, waits):
    set_language(language)
    page = shown(qtbot, window, "playground")
    comma = ", " if language == "en" else "，"
    assert page.goal_strip.words.endswith(f"{wrong}{comma}{waits}")
    _do(qtbot, window, page, data="curve", features=("x2", "x1_squared"), hidden=())
    right = dataclasses.replace(page.controller.snapshot.frame, train_accuracy=1.0)
    page.goal_strip.show_frame(page.editor.params, right)
    assert page.goal_strip.words.endswith(waits) and wrong not in page.goal_strip.words
    assert not page.goal_strip.is_reached


def test_what_was_reached_at_another_time_is_marked_and_the_next_one_is_shown(qtbot, window, with_goals):
    with_goals(*_goals(2))
    strip = shown(qtbot, window, "gates").goal_strip
    assert not strip.is_reached and strip.goal is strip.goals[0]
    strip.set_reached(frozenset({strip.goals[0].key}))
    assert strip.goal is strip.goals[1] and not strip.is_reached
    strip.other_button.click()
    assert strip.goal is strip.goals[0] and strip.is_reached


def test_what_is_missing_is_a_dash(qtbot, window, with_goals):
    with_goals(*_goals())
    page = shown(qtbot, window, "gates")
    shot = page.controller.snapshot
    page.goal_strip.show_frame(shot.params, dataclasses.replace(shot.frame, smallest_distance=float("nan")))
    assert page.goal_strip.words.endswith("· now –") and not page.goal_strip.is_reached


def test_a_quantity_that_the_stage_does_not_have_is_named_and_no_run_is_said_to_bring_it(qtbot, window):
    page = shown(qtbot, window, "graph")
    strip = page.goal_strip
    # The bill for two apples has no x.
    assert strip.words.endswith("· now Gradient of x: –")
    _to_the_end(qtbot, window)
    assert strip.words.endswith("· now Gradient of x: –")
    # Without a mistake there is no gradient with it.
    _do(qtbot, window, page, graph="own", own="x*y - 2*x")
    _to_the_end(qtbot, window)
    assert strip.words.endswith("· now Gradient of x with the mistake: –")
    _do(qtbot, window, page, pitfall="overwrite", own="x*y + x")
    _to_the_end(qtbot, window)
    assert strip.words.endswith("· now Gradient of x: 3")
    _do(qtbot, window, page, own="x*y - 2*x")
    _to_the_end(qtbot, window)
    assert strip.is_reached


def _to_the_end(qtbot, window):
    window.runner.full_speed(True)
    window.runner.play()
    qtbot.waitUntil(lambda: window.runner.state.phase == "finished", timeout=20_000)


def test_what_does_not_count_is_put_back_in_one_step(qtbot, window, with_goals):
    with_goals(*_goals(names="b,w1"))
    page = shown(qtbot, window, "gates")
    strip = page.goal_strip
    _do(qtbot, window, page, **REACHING)
    assert not strip.is_reached and "This goal does not allow a change of Weight w2." in strip.words
    qtbot.mouseClick(strip.action_button, Qt.MouseButton.LeftButton)
    _settled(qtbot, window, page)
    assert (page.editor.params.w1, page.editor.params.w2) == (1.0, page.editor.defaults().w2)
    assert "does not allow" not in strip.words
    page.editor.undo_stack.undo()
    assert page.editor.params.w2 == 1.0


def test_hints_come_one_at_a_time(qtbot, window, with_goals):
    with_goals(*_goals())
    strip = shown(qtbot, window, "gates").goal_strip
    seen = []
    for _ in range(4):
        seen.append(strip.words.partition("\u2003")[2])
        assert not strip.action_button.isHidden()
        strip.action_button.click()
    assert seen == ["", "Hint 1: Which points are nearest?", "Hint 2: Make them equally near.", ""]


def test_a_hint_is_read_out_as_it_is_shown_and_nothing_when_it_is_hidden(qtbot, window, with_goals, said):
    with_goals(*_goals())
    strip = shown(qtbot, window, "gates").goal_strip
    for _ in range(3):
        strip.action_button.click()
    assert [one for one in said if one.startswith("Hint")] == [
        "Hint 1: Which points are nearest?",
        "Hint 2: Make them equally near.",
    ]


def test_a_button_that_puts_back_and_then_offers_hints_has_told_none(qtbot, window, with_goals, said):
    with_goals(*_goals(names="b,w1"))
    page = shown(qtbot, window, "gates")
    strip = page.goal_strip
    _do(qtbot, window, page, w2=0.75)
    assert _name(strip.action_button) == "Put back"
    strip.action_button.setFocus()
    qtbot.keyClick(strip.action_button, Qt.Key.Key_Space)
    _settled(qtbot, window, page)
    qtbot.waitUntil(lambda: _name(strip.action_button) == "Hint")
    assert [one for one in said if "hint" in one.lower()] == [] and "Hint" not in strip.words


def _name(button):
    return QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)


def test_it_takes_another_language_with_what_was_reached(qtbot, window):
    strip = shown(qtbot, window, "gates").goal_strip
    for language in ("zh_CN", "en"):
        set_language(language)
        assert strip.goals == load_guide("gates", language).goals
