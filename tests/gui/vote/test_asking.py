"""Asking the room in the window: the question at hand, its run beside the page, and what is kept whatever ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.guides.guide import load_guide
from engine.lessons import shipped_lessons
from engine.votes.kept import KeptVote, read_votes
from engine.votes.vote import Vote
from gui.panels.guide.answers import NumberEntry
from gui.vote.vote_page import BESIDE
from gui.vote.votes_file import NAME, VotesFile
from tests.gui.window.shown import shown

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def window(qtbot, window):
    """A window whose votes are written before it is closed."""
    yield window
    if window.asking is not None:
        qtbot.waitUntil(lambda: not window.asking.file.is_at_work)


def _asked(qtbot, window):
    window.ask_room()
    page = window.asking.page
    qtbot.waitUntil(lambda: page.ballot is not None)
    return page


def _press(page, *keys):
    for key in keys:
        QTest.keyClick(page, key)


def _rows(qtbot, window, wanted):
    path = window.asking.file.path
    qtbot.waitUntil(lambda: path.exists() and wanted(read_votes(path)))
    return read_votes(path)


def test_the_open_question_of_the_guide_is_asked_and_its_run_shown_beside(qtbot, window):
    shown(qtbot, window, "descent")
    asked = window.page.panels.guide.open_row.asked
    page = _asked(qtbot, window)
    assert page.ballot.words == asked.text and page.ballot.id == f"guide:descent:{asked.key}"
    assert page.geometry() == window.centralWidget().rect()
    _press(page, "a", "b", *(Qt.Key.Key_Return,) * 4)
    assert page.phase == "stage"
    width = window.centralWidget().width()
    assert page.width() == pytest.approx(BESIDE * width, abs=1) and page.geometry().right() == width - 1
    qtbot.waitUntil(lambda: window.page.mapTo(window, window.page.rect().topRight()).x() < page.x())
    wanted = asked.run(window.page.experiment).params
    qtbot.waitUntil(lambda: window.runner.is_settled and window.page.controller.snapshot.params == wanted)
    _press(page, Qt.Key.Key_Return)
    verdict = window.asking.verdict
    right = verdict.right_answer if asked.number is None else page.ballot.right
    assert page.rows[right].is_right
    (kept,) = _rows(qtbot, window, lambda rows: rows and rows[-1].over)
    assert kept.vote.hands[0][:2] == (1, 1) and kept.right == right and kept.experiment == "descent"
    _press(page, Qt.Key.Key_Escape)
    assert page.isHidden()
    qtbot.waitUntil(lambda: window.page.width() == window.centralWidget().width())


def test_a_run_beside_a_vote_goes_on(qtbot, window):
    shown(qtbot, window, "playground")
    window.page.controller.toggle()
    qtbot.waitUntil(lambda: window.runner.state.phase == "running")
    page = _asked(qtbot, window)
    before = window.runner.entry.update
    _press(page, "a", Qt.Key.Key_Space)  # Space is the cover's here, not the run's
    assert window.runner.state.phase == "running" and not page.is_covered
    qtbot.waitUntil(lambda: window.runner.entry.update > before)


def test_undo_takes_back_a_hand_and_nothing_of_the_experiment(qtbot, window):
    shown(qtbot, window, "gates")
    window.page.controller.edit({"b": -0.3})
    undone = window.page.editor.undo_stack.index()
    page = _asked(qtbot, window)
    _press(page, "a", "b")
    window.activateWindow()
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.vote.hands[0][:2] == (1, 0) and window.page.editor.undo_stack.index() == undone


def test_the_question_of_a_lessons_step_is_asked(qtbot, window):
    window.show()
    window.lessons.open_path(shipped_lessons()[0])
    while window.lessons.step is None or window.lessons.step.question is None:
        window.lessons.go_on()
    page = _asked(qtbot, window)
    step = window.lessons.step
    # What the step says is not to be read on the stage, which is covered.
    assert page.ballot.words == f"{step.words.render('en')} {step.question.words.render('en')}"
    assert page.ballot.title == step.title.render("en")
    assert page.ballot.id.startswith(f"lesson:{window.lessons.answers.digest}:")


def test_in_a_lesson_that_is_not_begun_nothing_else_is_asked(qtbot, window):
    shown(qtbot, window, "gates")
    window.lessons.open_path(shipped_lessons()[0])
    window.ask_room()
    assert not window.asking.is_open and window.notice.words == "The lesson asks nothing here."


def test_a_lesson_that_is_opened_from_the_overview_is_seen(qtbot, window):
    shown(qtbot, window, "gates")
    window.show_overview()
    window.lessons.open_path(shipped_lessons()[0])
    qtbot.waitUntil(window.lessons.panel.isVisible)
    assert QApplication.focusWidget() is window.lessons.panel.next_button


def test_in_a_number_box_of_a_test_the_key_asks_the_room(qtbot, window):
    shown(qtbot, window, "gates")
    entry = NumberEntry()
    qtbot.addWidget(entry)
    entry.show()
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier, "v")
    event.ignore()
    QCoreApplication.sendEvent(entry.box, event)
    assert not event.isAccepted()


def test_a_question_that_was_asked_is_shown_as_it_was_when_one_comes_back_to_it(qtbot, window):
    shown(qtbot, window, "gates")
    page = _asked(qtbot, window)
    _press(page, *"aab", *(Qt.Key.Key_Return,) * 5)
    first, vote = page.ballot.id, page.vote
    assert page.phase == "told"
    _press(page, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.ballot is not None and page.ballot.id != first)
    assert page.vote.total(0) == 0 and page.width() == window.centralWidget().width()
    _press(page, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: page.ballot is not None and page.ballot.id == first)
    assert page.phase == "both" and page.vote == vote


def test_back_from_the_answer_the_question_covers_all_again(qtbot, window):
    shown(qtbot, window, "gates")
    page = _asked(qtbot, window)
    _press(page, *"aab", *(Qt.Key.Key_Return,) * 5, Qt.Key.Key_PageUp)
    assert page.phase == "stage" and page.width() < window.centralWidget().width()
    _press(page, Qt.Key.Key_PageUp)
    assert page.phase == "both" and page.width() == window.centralWidget().width()


def test_the_question_of_a_chapters_test_is_asked_without_a_run(qtbot, window):
    shown(qtbot, window, "gates")
    window.show_test(2)
    page = _asked(qtbot, window)
    assert page.ballot.words == window.chapter_end.content.question.words.render("en")
    assert "stage" not in page.phases


def test_five_minutes_ask_the_one_question_that_stands_for_the_guide(qtbot, window):
    shown(qtbot, window, "gates")
    window.ask_room_briefly()
    page = window.asking.page
    qtbot.waitUntil(lambda: page.ballot is not None)
    asked = load_guide("gates", "en").in_five_minutes
    assert page.ballot.id == f"guide:gates:{asked.key}" and page.number.isHidden()


def test_where_there_is_nothing_to_ask_it_is_said(qtbot, window):
    shown(qtbot, window, "gates")
    window.show_overview()
    window.ask_room()
    assert window.notice.words.startswith("No question to ask here") and not window.asking.is_open


def test_a_vote_speaks_the_language_that_is_chosen_while_it_goes_on(qtbot, window):
    shown(qtbot, window, "gates")
    page = _asked(qtbot, window)
    _press(page, "a", "a")
    english = page.question.text()
    window.choose_language("zh_CN")
    assert page.question.text() != english and page.vote.hands[0][0] == 2
    assert page.rows[0].words == page.ballot.options[0].words


def test_sixty_hands_are_counted_in_less_than_half_a_minute(qtbot, window):
    shown(qtbot, window, "gates")
    page = _asked(qtbot, window)
    begun = time.perf_counter()
    for index in range(60):
        _press(page, "abc"[index % 3])
    assert time.perf_counter() - begun < 30 and page.vote.total(0) == 60


def test_a_question_of_today_that_is_not_over_goes_on_where_it_was(qtbot, window):
    shown(qtbot, window, "gates")
    page = _asked(qtbot, window)
    _press(page, "a", "a", "b", Qt.Key.Key_Escape)
    _rows(qtbot, window, lambda rows: rows and rows[-1].vote.total(0) == 3)
    page = _asked(qtbot, window)
    assert page.vote.hands[0][:2] == (2, 1) and page.phase == "first"


_KILLED = """
    import sys
    sys.path.insert(0, sys.argv[1])
    from pathlib import Path
    from PySide6.QtCore import QCoreApplication, QTimer
    from engine.votes.kept import KeptVote
    from engine.votes.vote import Vote
    from gui.vote.votes_file import VotesFile
    app = QCoreApplication([])
    file = VotesFile(Path(sys.argv[2]))
    def hand(count):
        vote = Vote(((count, 0), (0, 0)))
        file.keep(KeptVote("2026-05-01T10:00:00", "gates", "guide:gates:1", "Q", ("a", "b"), vote))
        print(count, flush=True)
    hands = iter(range(1, 100000))
    timer = QTimer()
    timer.timeout.connect(lambda: hand(next(hands)))
    timer.start(5)
    app.exec()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
def test_what_was_counted_survives_a_kill(tmp_path):
    path = tmp_path / NAME
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(_KILLED))
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, str(script), str(ROOT), str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        assert process.stdout is not None
        counted = 0
        while counted < 60:
            counted = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        process.communicate()
        (kept,) = read_votes(path)
        # What was counted within the last moment, while the row before was being written, may be missing.
        assert kept.vote.hands[0][0] >= 40
        path.unlink()


def test_what_cannot_be_written_is_said_once_in_a_sentence(qtbot, tmp_path):
    def row(count):
        return KeptVote("2026-05-01T10:00:00", "gates", "q", "Q", ("a", "b"), Vote(((count, 0), (0, 0))))

    (tmp_path / "taken").write_text("no folder")
    file, said = VotesFile(tmp_path / "taken" / NAME), []
    file.failed.connect(lambda text: said.append(text.render("en")))
    file.keep(row(1))
    qtbot.waitUntil(lambda: len(said) == 1)
    file.keep(row(2))
    qtbot.waitUntil(lambda: not file.is_at_work)
    assert len(said) == 1 and said[0].startswith("The vote is not kept: ") and str(tmp_path) in said[0]
