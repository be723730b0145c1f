"""Answers reach the folder of the class at once, the window never waits for it, and closing does."""

from __future__ import annotations

import json
import os
import threading
import time

import pytest
from PySide6.QtWidgets import QWidget

from engine.class_file import ClassFile, use_class
from engine.lessons import shipped_lessons
from engine.lessons.answers import answers_text, read_answers
from engine.lessons.reading import read_lesson
from engine.lessons.unanswered import no_answers
from gui.app.promises import open_promises
from gui.app.settings import Settings
from gui.lessons import class_answers
from gui.lessons.class_answers import ClassAnswers
from gui.window.notice_bar import NoticeBar
from tests.gui.window.shown import shown

LESSON = shipped_lessons()[0]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a class, in which an account named 张三 works."""
    folder = tmp_path / "collected"
    folder.mkdir()
    monkeypatch.setattr("gui.lessons.class_answers.getpass.getuser", lambda: "张三")
    use_class(ClassFile(answers=folder))
    yield folder
    use_class(None)


@pytest.fixture
def slow(monkeypatch):
    """A share on which a write takes half a second; the threads in which something was written."""
    threads = []

    def slowly(write):
        def act(*given):
            threads.append(threading.current_thread())
            time.sleep(0.5)
            return write(*given)

        return act

    for name in ("write_new", "write_together"):
        monkeypatch.setattr(class_answers, name, slowly(getattr(class_answers, name)))
    return threads


@pytest.fixture
def learner(qtbot, tmp_path):
    """Makes the writer of another learner, with a home of its own."""

    def make(home):
        ground = QWidget()
        qtbot.addWidget(ground)
        return ClassAnswers(ground, NoticeBar(ground), Settings(tmp_path / home / "layerwise.ini"))

    return make


def answered(lesson=LESSON, answer=0):
    none = no_answers(read_lesson(lesson))
    return none.with_step(0, none.steps[0].answered(answer, "Two", False, 2))


def kept(qtbot, writer, answers, lesson=LESSON):
    with qtbot.waitSignal(writer.emptied):
        writer.keep(lesson, answers)


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_an_answer_in_a_lesson_is_in_the_folder_at_once(qtbot, window, folder, settings):
    shown(qtbot, window, "gates")
    lessons = window.lessons
    lessons.open_shipped(0)
    assert str(folder) in lessons.panel.text.text() and "name of your account" in lessons.panel.text.text()
    lessons.go_on()
    qtbot.waitUntil(lambda: window.runner.is_settled)
    assert files(folder) == []
    view = lessons.panel.view
    view.row.answers[0].click()
    qtbot.waitUntil(lambda: files(folder) == ["1_xor 张三.answers.json"])
    qtbot.waitUntil(lambda: not open_promises(window))
    found = read_answers(folder / "1_xor 张三.answers.json")
    assert found.name == "张三" and found.steps[0].said == "Two" and found.steps == lessons.answers.steps
    # The home is thrown away: all of it is in the folder.
    settings.path.unlink()
    assert read_answers(folder / "1_xor 张三.answers.json").steps[0].tries == 1


def test_a_slow_share_is_written_beside_the_window_and_closing_waits_for_it(qtbot, window, folder, slow):
    shown(qtbot, window, "gates")
    window.lessons.open_shipped(0)
    window.lessons.go_on()
    qtbot.waitUntil(lambda: window.runner.is_settled)
    answers = answered()
    others = [answered(answer=tries % 2) for tries in range(20)]
    began = time.monotonic()
    for one in (*others, answers):
        window.lessons.for_class.keep(LESSON, one)
    assert time.monotonic() - began < 0.4
    window.close()
    assert window.isVisible() and "your answers for the class" in window.notice.words.lower()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert read_answers(folder / "1_xor 张三.answers.json").steps == answers.steps
    # The latest state, not each of twenty.
    assert len(slow) == 2 and threading.main_thread() not in slow


def test_accounts_of_one_name_have_a_number_each_and_keep_it(qtbot, folder, learner, tmp_path):
    first, second = learner("a"), learner("b")
    kept(qtbot, first, answered())
    kept(qtbot, second, answered(answer=1))
    kept(qtbot, first, answered())
    kept(qtbot, learner("b"), answered(answer=1))  # the next day
    assert files(folder) == ["1_xor 张三 2.answers.json", "1_xor 张三.answers.json"]
    found = {path.name: read_answers(path) for path in folder.iterdir()}
    assert [one.name for one in found.values()] == [name[6:-13] for name in found]
    assert found["1_xor 张三 2.answers.json"].steps[0].answer == 1


def test_two_who_begin_at_once_have_a_file_each(qtbot, folder, learner, slow):
    learners = [learner(str(number)) for number in range(4)]
    for number, one in enumerate(learners):
        one.keep(LESSON, answered(answer=number % 2))
    qtbot.waitUntil(lambda: len(files(folder)) == 4 and not any(open_promises(one.parent()) for one in learners))
    assert len({json.loads(path.read_text("utf-8"))["writer"] for path in folder.iterdir()}) == 4


def test_a_file_that_somebody_else_has_by_now_is_left_alone(qtbot, folder, learner):
    kept(qtbot, learner("a"), answered())
    (path,) = folder.iterdir()
    path.unlink()  # the teacher has collected it, and another one begins
    kept(qtbot, learner("b"), answered(answer=1))
    kept(qtbot, learner("a"), answered())
    assert files(folder) == ["1_xor 张三 2.answers.json", "1_xor 张三.answers.json"]
    assert read_answers(path).steps[0].answer == 1


def test_another_lesson_has_another_file(qtbot, folder, learner):
    one = learner("a")
    kept(qtbot, one, answered())
    kept(qtbot, one, answered(shipped_lessons()[1]), shipped_lessons()[1])
    assert files(folder) == ["1_xor 张三.answers.json", "2_learning_rate 张三.answers.json"]


def test_what_cannot_be_written_is_said_once_and_tried_again(qtbot, window, folder, settings):
    folder.rmdir()
    shown(qtbot, window, "gates")
    lessons = window.lessons
    lessons.open_shipped(0)
    lessons.go_on()
    qtbot.waitUntil(lambda: window.runner.is_settled)
    lessons.panel.view.row.answers[0].click()
    qtbot.waitUntil(lambda: "the folder does not exist" in window.notice.words)
    assert "kept on this computer for now" in window.notice.words and not open_promises(window)
    assert settings.progress(f"lesson_{lessons.answers.digest}").lesson.steps[0].tries == 1
    window.notice.hide()
    writer = lessons.for_class
    writer.again.timeout.emit()
    qtbot.waitUntil(lambda: not open_promises(window))
    assert not window.notice.words
    folder.mkdir()
    with qtbot.waitSignal(writer.emptied):
        writer.again.timeout.emit()
    assert files(folder) == ["1_xor 张三.answers.json"] and not writer.again.isActive()


def test_what_a_home_has_and_the_folder_has_not_is_written_when_the_lesson_opens(qtbot, window, folder):
    shown(qtbot, window, "gates")
    window.learner.keep_lesson(answered())
    window.lessons.open_shipped(0)
    qtbot.waitUntil(lambda: len(files(folder)) == 1 and not open_promises(window))


def test_nothing_is_written_of_a_lesson_that_was_not_begun_or_has_no_file(folder, learner):
    one = learner("a")
    one.keep(LESSON, no_answers(read_lesson(LESSON)))
    one.keep(None, answered())
    assert not open_promises(one.parent()) and files(folder) == []


@pytest.mark.parametrize("name", ["", "...", "a/../b", "学" * 200, "CORP\\wang"])
def test_an_account_of_any_name_has_a_file(qtbot, folder, learner, monkeypatch, name):
    monkeypatch.setattr("gui.lessons.class_answers.getpass.getuser", lambda: name)
    kept(qtbot, learner("a"), answered())
    (path,) = folder.iterdir()
    assert path.parent == folder and len(path.name.encode()) < 255 and read_answers(path).name


def test_the_file_is_as_one_that_was_saved_by_hand_but_for_the_mark_of_its_home(qtbot, folder, learner):
    answers = answered()
    kept(qtbot, learner("a"), answers)
    (path,) = folder.iterdir()
    found = json.loads(path.read_text("utf-8"))
    assert found.pop("writer") and found.pop("name") == "张三" and found == json.loads(answers_text(answers))


def test_a_folder_that_takes_files_and_shows_none_is_written_all_the_same(qtbot, folder, learner, monkeypatch):
    kept(qtbot, learner("a"), answered())

    def listing(_):
        raise PermissionError(13, "Permission denied")

    one = learner("b")
    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", listing)
        kept(qtbot, one, answered(answer=1))
        kept(qtbot, one, answered(answer=1))
    assert files(folder) == ["1_xor 张三 2.answers.json", "1_xor 张三.answers.json"]
