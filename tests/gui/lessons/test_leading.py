"""A lesson leads through its steps in the window, keeps what is answered, and gives back what was there before."""

from __future__ import annotations

import json

import pytest

from engine.lessons import shipped_lessons
from engine.lessons.answers import read_answers
from engine.lessons.reading import lesson_in, read_lesson
from gui.app.faults import Faults
from gui.style.language import set_language
from gui.window.dialogs import NameDialog
from gui.window.main_window import MainWindow
from tests.gui.window.shown import shown

PATIENCE = 20_000


def settled(qtbot, window):
    qtbot.waitUntil(lambda: window.runner.is_settled, timeout=PATIENCE)


def go_on(qtbot, window, times=1):
    for _ in range(times):
        window.lessons.panel.next_button.click()
        settled(qtbot, window)
    return window.lessons.panel.view


def judged(qtbot, window, row):
    qtbot.waitUntil(lambda: row.verdict is not None, timeout=PATIENCE)
    settled(qtbot, window)


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("en")


def test_the_whole_way_through_a_lesson(qtbot, window, settings, tmp_path, monkeypatch):
    page = shown(qtbot, window, "xor")
    page.editor.change({"direction": 90.0})
    settled(qtbot, window)
    before, run = page.editor.state, window.runner.run
    lessons = window.lessons
    lessons.open_shipped(0)
    panel = lessons.panel
    assert panel.isVisible() and panel.title.text() == "XOR in 20 minutes" and lessons.place == -1
    assert window.page is page and page.editor.state == before

    # A question, answered wrongly first: that counts, and the right one is marked.
    view = go_on(qtbot, window)
    assert window.page.experiment.id == "gates" and panel.place.text() == "XOR in 20 minutes, step 1 of 7 · about 2 min"
    view.row.answers[0].click()
    judged(qtbot, window, view.row)
    assert "Not so." in view.row.outcome.text() and "(0, 1) and (1, 0) give 1 as well" in view.row.outcome.text()
    assert window.page.editor.params.b == -0.8
    view.row.answers[2].click()
    judged(qtbot, window, view.row)
    done = lessons.answers.steps[0]
    assert (done.answer, done.said, done.right, done.expected, done.tries) == (0, "Two", False, 2, 2)

    # The same in another language, with what was answered.
    set_language("zh_CN")
    assert panel.title.text() == "一个神经元，一条直线" and "答对了" in view.row.outcome.text()
    set_language("en")

    # A goal, with a field that may not be changed.
    view = go_on(qtbot, window)
    editor = window.page.editor
    assert not window.page.form.rows["target"].content.isEnabled() and window.page.form.rows["b"].content.isEnabled()
    assert "leaves it" in window.page.form.rows["target"].toolTip()
    assert not editor.change({"target": "AND"}) and editor.params.target == "OR"
    assert window.page.goal_strip.isHidden() and view.strip.isVisible() and not view.done.reached
    assert editor.change({"b": -0.25})
    settled(qtbot, window)
    assert view.strip.is_reached and lessons.answers.steps[1].reached

    # Once reached it stays so, whatever is changed then; the experiment's own goal is not spoken of meanwhile.
    reached = view.strip.words
    assert editor.change({"b": -0.7})
    settled(qtbot, window)
    assert view.strip.words == reached and reached.startswith("Goal reached:")
    go_on(qtbot, window)
    assert window.page.goal_strip.isHidden() and window.page.goal_strip.goals
    panel.back_button.click()
    settled(qtbot, window)
    assert panel.view.strip.words == reached

    # A number.
    view = go_on(qtbot, window, 2)
    assert window.page is page and page.editor.params.view == "single" and page.goal_strip.isHidden()
    view.row.entry.box.setText("3")
    view.row.entry.button.click()
    judged(qtbot, window, view.row)
    assert lessons.answers.steps[3].right is True

    # Another experiment: the lesson says so, and leads back.
    window.show_experiment("softmax")
    assert "This step is about “XOR" in panel.text.text() and panel.there_button.isVisible() and view.isHidden()
    panel.there_button.click()
    settled(qtbot, window)
    assert window.page is page and panel.there_button.isHidden()
    assert "Right." in panel.view.row.outcome.text() and panel.view.row.entry.box.isReadOnly()

    # The exercise, and the end.
    view = go_on(qtbot, window, 3)
    view.exercise.click()
    assert window.page.panels.is_writing and window.page.panels.write.exercise.id == "xor_gate"
    assert not lessons.answers.steps[6].solved
    window.learner.write("xor", "xor_gate")
    assert lessons.answers.steps[6].solved and "done" in view.exercise.text()
    go_on(qtbot, window)
    assert "1 of 4 questions right at once." in panel.text.text() and "1 of 2 goals reached." in panel.text.text()

    assert panel.answers_button.isVisible() and panel.next_button.text() == "Leave the lesson"

    path = tmp_path / "ann.answers.json"
    assert window.lesson_files.write_answers(path, "Ann")
    assert read_answers(path).name == "Ann" and read_answers(path).steps == lessons.answers.steps

    # A file of answers without a name is not offered the place of another one.
    settings.folder, starts = str(tmp_path), []
    monkeypatch.setattr("gui.lessons.files.ask_where_to_save", lambda *asked: starts.append(asked[2].name))
    for _ in range(2):
        window.lesson_files.save_answers()
        window.findChild(NameDialog).save()
        (tmp_path / "XOR in 20 minutes.answers.json").touch()
    assert starts == ["XOR in 20 minutes.answers.json", "XOR in 20 minutes 2.answers.json"]

    # Another window finds the lesson where it was left, and its experiments as they were before it.
    window.close()
    other = MainWindow(settings, Faults(tmp_path / "log.txt"))
    try:
        other.resize(1366, 768)
        other.show()
        other.show_experiment("xor")
        assert other.page.editor.state == before
        assert other.lessons.take_up() and other.lessons.place == 6
        settled(qtbot, other)
        other.lessons.leave()
        settled(qtbot, other)
        assert other.page.experiment.id == "xor" and other.page.editor.state == before
        assert other.runner.run == run and not settings.lesson
        panels = other.page.panels
        assert panels.isTabVisible(panels.indexOf(panels.guide)) and panels.currentWidget() is panels.guide
    finally:
        other.close()
        other.deleteLater()


def test_leaving_brings_back_the_run_with_its_place_and_what_is_hidden_too(qtbot, window):
    page = shown(qtbot, window, "descent")
    for _ in range(3):
        page.controller.back()
    settled(qtbot, window)
    place, run = window.runner.entry.update, window.runner.run
    assert place == 27
    lesson = read_lesson(shipped_lessons()[1])
    lessons = window.lessons
    lessons.open(lesson, None)
    view = go_on(qtbot, window, 3)
    view.row.answers[2].click()
    judged(qtbot, window, view.row)
    assert "Right." in view.row.outcome.text()
    lessons.leave()
    settled(qtbot, window)
    assert lessons.panel is None and page.editor.params == run.params
    assert (window.runner.run, window.runner.entry.update) == (run, place)
    assert page.form.rows["start"].content.isEnabled()


def test_what_is_hidden_when_one_leaves_is_given_back_with_its_next_showing(qtbot, window):
    page = shown(qtbot, window, "gates")
    page.editor.change({"w1": 0.7})
    settled(qtbot, window)
    run = window.runner.run
    window.lessons.open_shipped(0)
    go_on(qtbot, window, 3)
    window.lessons.go_on()
    settled(qtbot, window)
    assert window.page.experiment.id == "xor" and page.editor.params.target == "OR"
    window.lessons.leave()
    settled(qtbot, window)
    assert window.page.experiment.id == "xor" and window.page.isVisible() and not page.isVisible()
    assert window.page.editor.params == window.page.experiment.params_type()
    window.show_experiment("gates")
    settled(qtbot, window)
    assert window.page is page and window.runner.run == run and page.editor.params == run.params


def test_a_strangers_question_that_its_claims_do_not_decide_is_said_to_be_so(qtbot, window):
    page = shown(qtbot, window, "gates")
    data = json.loads(shipped_lessons()[0].read_text(encoding="utf-8"))
    del data["steps"][1:]
    for claims, label in (
        (("correct=9", "correct=8"), "x"),
        (("y=1", "y=2"), ""),
        (("correct=4", "status.kind=z"), "x"),
    ):
        answers = data["steps"][0]["question"]["answers"][:2]
        for answer, claim, right in zip(answers, claims, (True, False), strict=True):
            answer |= {"claim": claim, "right": right, "label": label} if label else {"claim": claim, "right": right}
        data["steps"][0]["question"]["answers"] = answers
        window.lessons.open(lesson_in(json.dumps(data)), None)
        view = go_on(qtbot, window)
        view.row.answers[0].click()
        qtbot.waitUntil(lambda row=view.row: bool(row.outcome.text()), timeout=PATIENCE)
        settled(qtbot, window)
        assert not window.lessons.answers.steps[0].right or claims[0] == "correct=4"
    assert window.page is page
    window.lessons.leave()
    settled(qtbot, window)


def test_a_file_that_is_no_lesson_is_a_notice_and_changes_nothing(qtbot, window, tmp_path):
    page = shown(qtbot, window, "gates")
    path = tmp_path / "bad.lesson.json"
    path.write_text('{"layerwise_lesson": 1, "title": "x", "steps": [{"session": {}}]}', encoding="utf-8")
    window.files.open_path(path)
    assert "step 1: This session" in window.notice.words
    assert not window.lessons.is_open and window.page is page


def test_what_a_question_asks_about_later_is_shown_there_and_what_stands_already_is_not_played_again(qtbot, window):
    shown(qtbot, window, "descent")
    data = json.loads(shipped_lessons()[1].read_text(encoding="utf-8"))
    del data["steps"][2:]
    begins, stands = data["steps"]
    begins["question"] |= {"changes": {}, "until": "7 update", "number": "x[1]=0.31"}
    stands["question"]["changes"] = {}
    for index, answer in enumerate(stands["question"]["answers"]):
        answer["right"] = index == 0
    window.lessons.open(lesson_in(json.dumps(data)), None)
    view = go_on(qtbot, window)
    assert window.runner.entry.update == 0
    view.row.not_sure.click()
    judged(qtbot, window, view.row)
    assert window.runner.entry.update == 7
    assert window.lessons.answers.steps[0].tries == 1
    window.learner.erase()
    settled(qtbot, window)
    assert not window.lessons.answers.is_begun and window.lessons.panel.view.row.answer is None
    view = go_on(qtbot, window)
    steps, timeline = window.page.editor.undo_stack.count(), window.runner.timeline
    view.row.answers[1].click()
    judged(qtbot, window, view.row)
    assert window.runner.timeline is timeline and window.page.editor.undo_stack.count() == steps
    window.lessons.leave()
    settled(qtbot, window)
