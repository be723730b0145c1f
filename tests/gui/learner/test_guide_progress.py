"""A try that was followed keeps its mark, over starts too, and a guide ends with the way on."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from engine.contract.catalogue import entries
from engine.guides.tries import parse_target
from gui.app.faults import Faults
from gui.app.settings import Settings
from gui.learner.progress import Given, Progress, Question
from gui.panels.guide.try_row import TryRow
from gui.window.main_window import MainWindow
from tests.gui.window.shown import lead, shown

_MARK = {True: "✓", False: "×", None: "○"}
_SAYS = {True: "Answered, and right.", False: "Answered, not right.", None: "Followed, without an answer."}


def _opened(qtbot, window, experiment_id):
    page = shown(qtbot, window, experiment_id)
    page.panels.show_panel(page.panels.guide)
    return page.panels.guide


def _marks(guide):
    return [row.button.sign() for row in guide.rows]


@pytest.mark.parametrize(
    ("pressed", "is_right"),
    [
        (lambda row: row.answers[0], True),
        (lambda row: row.answers[1], False),
        (lambda row: row.not_sure, None),
    ],
)
def test_the_mark_of_an_answered_question_says_whether_it_was_right(qtbot, window, pressed, is_right):
    row = _opened(qtbot, window, "gates").rows[0]
    pressed(row).click()
    qtbot.waitUntil(lambda: row.verdict is not None)
    assert row.is_right is is_right
    assert (row.button.sign(), row.button.accessibleDescription()) == (_MARK[is_right], _SAYS[is_right])


@pytest.fixture
def on_its_way(qtbot, window, monkeypatch):
    """The guide of gates, told of no stage that stands until ``monkeypatch`` undoes that."""
    guide = _opened(qtbot, window, "gates")
    monkeypatch.setattr(guide, "set_stage_stands", lambda stands: None)
    monkeypatch.setattr(guide, "_stage_stands", False)
    return guide


def test_an_answered_question_is_saved_by_one_call_with_its_verdict_and_shown_once_the_stage_stands(
    qtbot, window, settings, monkeypatch, on_its_way
):
    row, saved = on_its_way.rows[0], []
    change = settings.change_progress

    def changed(changes):
        saved.extend(one(Progress()) for one in changes.values())
        change(changes)

    monkeypatch.setattr(settings, "change_progress", changed)
    with qtbot.waitSignal(on_its_way.try_judged, timeout=60_000) as told:
        row.answers[0].click()
    key, verdict = row.asked.key, told.args[1]
    assert settings.progress("gates").questions[key].given.right == row.asked.answers[verdict.right_answer].key
    window.learner.changed.emit()
    assert (row.verdict, row.button.sign(), row.outcome.text()) == (None, "→", "")
    monkeypatch.undo()
    on_its_way.set_stage_stands(True)
    assert row.verdict is verdict and row.button.sign() == _MARK[row.is_right] and row.outcome.text()
    [kept] = [one for one in saved if key in one.questions or key in one.followed]
    assert key in kept.followed and kept.answers[key][0].right is row.is_right
    row.button.click()
    qtbot.waitUntil(lambda: not on_its_way.is_checking)
    assert len(settings.progress("gates").answers[key]) == 1


def test_a_try_that_is_left_before_the_stage_stands_says_what_came_of_it_all_the_same(
    qtbot, settings, monkeypatch, on_its_way
):
    first, second = on_its_way.rows[:2]
    with qtbot.waitSignal(on_its_way.try_judged, timeout=60_000):
        first.answers[0].click()
    second.answers[0].click()
    assert first.verdict is not None and first.button.sign() == _MARK[first.is_right]
    assert first.asked.key in settings.progress("gates").questions
    assert second.button.sign() == "→"


def test_a_try_that_was_followed_keeps_its_mark(qtbot, window):
    guide = _opened(qtbot, window, "layers")
    assert _marks(guide) == ["?"] * 8
    for row in (guide.rows[-1], guide.rows[1]):
        lead(row)
        qtbot.waitUntil(lambda row=row: row.verdict is not None)
    last, second = (_MARK[guide.rows[place].is_right] for place in (-1, 1))
    assert _marks(guide) == ["?", second, *["?"] * 5, last]
    assert guide.rows[-1].button.accessibleDescription() == _SAYS[guide.rows[-1].is_right]
    assert guide.rows[2].button.accessibleDescription() == ""
    guide.rows[2].button.click()
    assert _marks(guide)[2] == "?"
    window.choose_language("zh_CN")
    assert _marks(guide) == ["?", second, *["?"] * 5, last]
    assert guide.rows[-1].button.accessibleDescription()[:2] in ("答过", "做过")
    shown(qtbot, window, "xor")
    assert _marks(_opened(qtbot, window, "layers")) == ["?", second, *["?"] * 5, last]


def test_what_asks_nothing_is_only_said_to_have_been_followed(qtbot):
    row = TryRow(dataclasses.replace(parse_target("try:b=-0.7"), words="b"))
    qtbot.addWidget(row)
    assert (row.button.sign(), row.button.accessibleDescription()) == ("→", "")
    row.mark_followed()
    assert (row.button.sign(), row.button.accessibleDescription()) == ("✓", "Followed.")


def test_marks_come_back_with_the_next_start(qtbot, window, settings, tmp_path):
    guide = _opened(qtbot, window, "layers")
    lead(guide.rows[2])
    qtbot.waitUntil(lambda: guide.rows[2].verdict is not None)
    mark = _MARK[guide.rows[2].is_right]
    window.close()
    again = MainWindow(Settings(settings.path), Faults(tmp_path / "log.txt"))
    assert _marks(_opened(qtbot, again, "layers")) == ["?", "?", mark, *["?"] * 5]
    assert not {"✓", "×", "○"} & set(_marks(_opened(qtbot, again, "xor")))
    again.close()
    again.deleteLater()
    QCoreApplication.sendPostedEvents(again, QEvent.Type.DeferredDelete)


def _as_shown(row):
    """What is to be read in the row of a question, but for what else was found."""
    signs = [(button.sign(), button.accessibleDescription()) for button in row.answers]
    number = (row.entry.box.text(), row.entry.box.isReadOnly()) if row.entry else None
    hidden = row.not_sure.isHidden(), row.entry.isHidden() if row.entry else None
    return row.button.sign(), signs, number, hidden, row.is_right


def test_an_answered_question_shows_what_was_answered_and_why_after_the_next_start(qtbot, window, settings, tmp_path):
    guide = _opened(qtbot, window, "gates")
    right, wrong, unsure = guide.rows[0], guide.rows[1], guide.rows[2]
    for row, button in ((right, 0), (wrong, 1), (unsure, None)):
        (row.not_sure if button is None else row.answers[button]).click()
        qtbot.waitUntil(lambda row=row: row.verdict is not None)
    before = [_as_shown(row) for row in guide.rows[:3]]
    judged = [row.outcome.text().split(".")[0] for row in guide.rows[:2]]
    window.close()
    again = MainWindow(Settings(settings.path), Faults(tmp_path / "log.txt"))
    try:
        guide = _opened(qtbot, again, "gates")
        assert [_as_shown(row) for row in guide.rows[:3]] == before
        for row, said in zip(guide.rows[:2], judged, strict=True):
            shown_answer = row.asked.answers[row.answer]
            assert row.outcome.text() == " ".join(filter(None, (f"{said}.", shown_answer.why, row.asked.after)))
            guide.open_question(row.asked.key)
            assert not row.outcome.isHidden()
        # What was only answered at another time is no answer of today.
        counted = again.learner.progress("gates").questions
        guide.rows[1].answers[0].click()
        qtbot.waitUntil(lambda: guide.rows[1].verdict is not None)
        assert again.learner.progress("gates").questions == counted
        again.switch_language()
        assert guide.rows[0].outcome.text().endswith(guide.rows[0].asked.after)
        again.learner.erase()
        assert guide.rows[0].button.sign() == "?" and guide.rows[0].outcome.isHidden()
    finally:
        again.close()
        again.deleteLater()
        QCoreApplication.sendPostedEvents(again, QEvent.Type.DeferredDelete)


def test_what_is_erased_or_brought_in_changes_the_marks_of_guides_that_are_open(qtbot, window):
    guide = _opened(qtbot, window, "gates")
    keys = [row.asked.key for row in guide.rows]
    window.learner.follow("gates", keys[:1])
    assert [row.followed for row in guide.rows[:3]] == [True, False, False]
    window.learner.erase()
    assert not any(row.followed for row in guide.rows)
    asking = next(row for row in guide.rows if row.asked.asks)
    asking.not_sure.click()
    qtbot.waitUntil(lambda: asking.followed)
    assert window.learner.progress("gates").followed == {asking.asked.key}
    window.learner.merge({"gates": Progress(followed=frozenset(keys[-1:]))})
    assert {row.asked.key for row in guide.rows if row.followed} == {asking.asked.key, keys[-1]}


def test_an_answer_puts_its_question_into_the_boxes(qtbot, window):
    guide = _opened(qtbot, window, "xor")
    row = next(row for row in guide.rows if row.asked.answers)
    row.answers[0].click()
    qtbot.waitUntil(lambda: row.verdict is not None)
    given = Given(row.asked.answers[0].key, row.asked.answers[row.verdict.right_answer].key)
    wanted = Question(0, window.learner.today(), given=given)
    assert window.learner.progress("xor").questions == {row.asked.key: wanted}


def test_the_way_on_speaks_another_language(qtbot, window):
    guide = _opened(qtbot, window, entries()[0].id)
    window.choose_language("zh_CN")
    assert guide.next_button.words().startswith(f"接下来：{entries()[1].name.render('zh_CN')} ")
    assert "？" in guide.next_button.words()


def test_of_two_tries_in_a_row_only_the_one_that_the_stage_shows_was_followed(qtbot, window):
    guide = _opened(qtbot, window, "digits")
    first, second = guide.rows[0], guide.rows[-1]
    lead(first)
    lead(second)
    qtbot.waitUntil(lambda: second.followed)
    assert not first.followed and first.verdict is None


def _led_to_the_end(qtbot, window):
    """A try of which the stage reads for a while, chosen and judged."""
    guide = _opened(qtbot, window, "digits")
    row = next(row for row in guide.rows if row.asked.reach.to_end and not row.answers)
    lead(row)
    qtbot.waitUntil(lambda: window.runner.is_running and not guide.is_checking)
    return row


def test_what_came_of_a_try_is_said_when_the_stage_has_come_there(qtbot, window):
    row = _led_to_the_end(qtbot, window)
    assert row.verdict is None and not row.followed
    window.runner.full_speed(True)
    qtbot.waitUntil(lambda: window.runner.state.phase == "finished")
    qtbot.waitUntil(lambda: row.verdict is not None and row.followed)


def test_who_stops_on_the_way_is_told_what_would_have_come(qtbot, window):
    row = _led_to_the_end(qtbot, window)
    assert row.verdict is None
    window.runner.pause()
    qtbot.waitUntil(lambda: row.verdict is not None)


def test_a_goal_that_was_reached_is_kept_marked_in_the_overview_and_can_be_erased(qtbot, window, settings):
    page = shown(qtbot, window, "gates")
    page.editor.change({"w1": 1.0, "w2": 1.0, "b": -1.5})
    qtbot.waitUntil(lambda: page.goal_strip.is_reached)
    assert Settings(settings.path).progress("gates").goals == {page.goal_strip.goal.key}
    window.show_overview()
    assert window.overview.cards["gates"].state == "reached"
    window.learner.erase()
    page.editor.change({"b": -0.5})
    qtbot.waitUntil(lambda: not page.goal_strip.is_reached)


def test_what_was_set_back_for_a_question_is_said_with_what_came_of_it(qtbot, window):
    page = shown(qtbot, window, "gates")
    page.editor.change({"b": -0.7, "target": "OR"})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.b == -0.7)
    row = page.panels.guide.rows[1]
    page.panels.show_panel(page.panels.guide)
    row.answers[0].click()
    qtbot.waitUntil(lambda: row.verdict is not None)
    # The bias is what the question itself sets.
    assert "First set back: " in row.outcome.text() and "OR → AND." in row.outcome.text()
    assert "Bias" not in row.outcome.text()


def test_what_an_earlier_question_has_set_is_not_said_to_be_set_back(qtbot, window):
    page = shown(qtbot, window, "gates")
    guide = page.panels.guide
    page.panels.show_panel(guide)
    changing = [row for row in guide.rows if row.asked.changes and row.asked.asks]
    first, second, third = changing[:3]
    for row in (first, second):
        lead(row)
        qtbot.waitUntil(lambda row=row: row.verdict is not None)
        assert "First set back" not in row.outcome.text()
    assert page.editor.params != page.experiment.params_type()
    # What is changed by hand after it is, and nothing else.
    page.editor.change({"target": "NAND"})
    qtbot.waitUntil(lambda: page.controller.snapshot.params.target == "NAND")
    lead(third)
    qtbot.waitUntil(lambda: third.verdict is not None)
    assert third.outcome.text().partition("First set back: ")[2].partition(".")[0] == "Target NAND → AND"
