"""Progress goes out to a file and comes in again, and is erased only after a question."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox

from engine.contract.text import Refused
from gui.app.settings import Settings
from gui.learner.progress import Progress, Question
from gui.learner.progress_files import progress_text, read_progress_file
from gui.window import words
from tests.walk import EXPERIMENT_IDS

SOME = {
    "gates": Progress(True, frozenset({"a"}), frozenset({"goal:b#correct=4"}), {"k": Question(1, date(2026, 3, 1), 2)}),
    "of_another_version": Progress(touched=True),
}


def _notice(window):
    return window.notice.findChild(QLabel).text()


def _action(window, name):
    return next(action for command, action in window.actions_of_window.actions if command.name == name)


def test_what_was_exported_comes_in_again_and_is_added(window, tmp_path, monkeypatch):
    file = tmp_path / "学习 one.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file.with_suffix("")), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.show()
    window.learner.merge(SOME)
    _action(window, words.EXPORT_PROGRESS).trigger()
    assert str(file) in _notice(window)
    window.learner.erase()
    window.learner.follow("gates", ["b"])
    _action(window, words.IMPORT_PROGRESS).trigger()
    whole = window.learner.whole_progress()
    assert whole["gates"] == SOME["gates"].merged(Progress(followed=frozenset({"b"})))
    assert whole["of_another_version"] == SOME["of_another_version"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe\0", b"[" * 100_000, b'{"layerwise": 1}', b'{"layerwise_progress": 1}',
     b'{"layerwise_progress": 1, "experiments": []}'],
)  # fmt: skip
def test_a_file_that_is_no_progress_is_a_notice_and_changes_nothing(window, tmp_path, content):
    window.learner.merge(SOME)
    (tmp_path / "other.json").write_bytes(content)
    window.learning.add_from(tmp_path / "other.json")
    assert "other.json holds no progress" in _notice(window)
    assert window.learner.whole_progress() == SOME


def test_a_file_that_is_too_large_is_a_notice_and_changes_nothing(window, tmp_path):
    window.learner.merge(SOME)
    (tmp_path / "other.json").write_bytes(b" " * (4 * 2**20 + 1))
    window.learning.add_from(tmp_path / "other.json")
    assert "other.json could not be read: it is larger than 4,194,304 bytes" in _notice(window)
    assert window.learner.whole_progress() == SOME


def test_a_file_that_is_not_there_or_cannot_be_written_is_a_notice(window, tmp_path):
    window.learning.add_from(tmp_path / "none.json")
    assert "none.json could not be read" in _notice(window)
    window.learning.write_to(tmp_path / "none" / "a.json")
    assert "cannot be written: the folder does not exist" in _notice(window)


_LONG_KEYS = {"followed": [f"{number:07}" for number in range(250_000)]}
_WIDE = {f"other{number}": {"touched": True} for number in range(3000)}
_FULL = {
    name: {"followed": ["键" * 400 + str(number) for number in range(12)]}
    for name in (*EXPERIMENT_IDS, *list(_WIDE)[:80])
}


@pytest.mark.long
@pytest.mark.parametrize("experiments", [{"gates": _LONG_KEYS}, {"other": _LONG_KEYS}, _WIDE, _FULL])
def test_a_file_that_is_larger_than_anybody_s_progress_keeps_nobody_waiting(window, tmp_path, experiments):
    window.learner.merge(SOME)
    file = tmp_path / "foreign.json"
    file.write_text(json.dumps({"layerwise_progress": 1, "experiments": experiments}), encoding="utf-8")
    begun = time.perf_counter()
    window.learning.add_from(file)
    assert time.perf_counter() - begun < 3
    assert "but for" in _notice(window)
    for name, progress in SOME.items():
        assert window.learner.progress(name).merged(progress) == window.learner.progress(name)
    begun = time.perf_counter()
    window.learner.follow("xor", ["a"])
    assert time.perf_counter() - begun < 0.5
    whole = window.learner.whole_progress()
    window.learning.write_to(file)
    assert read_progress_file(file) == whole


def test_an_answer_that_is_dated_in_the_future_takes_no_other_s_place(window, tmp_path):
    window.learner.today = lambda: date(2026, 3, 1)
    window.learner.answer("gates", "k", False)
    far = {"gates": Progress(questions={name: Question(2, date(2099, 1, 1)) for name in ("k", "other")})}
    (tmp_path / "far.json").write_text(progress_text(far), encoding="utf-8")
    window.learning.add_from(tmp_path / "far.json")
    progress = window.learner.progress("gates")
    assert progress.questions["k"] == Question(0, date(2026, 3, 1))
    assert progress.due(date(2026, 3, 1)) == ("other",)


def test_names_that_are_no_experiments_and_what_is_empty_stay_outside(window, tmp_path):
    experiments = {"../x": {"touched": True}, "a/b": {"touched": True}, "": 1, "xor": {}, "gates": {"touched": True}}
    text = json.dumps({"layerwise_progress": 1, "experiments": experiments})
    (tmp_path / "a.json").write_text(text, encoding="utf-8-sig")
    window.learning.add_from(tmp_path / "a.json")
    assert window.learner.whole_progress() == {"gates": Progress(touched=True)}


@pytest.mark.parametrize(("answer", "kept"), [("Keep", True), ("Erase", False), (None, True)])
def test_nothing_is_erased_without_a_yes(qtbot, window, answer, kept):
    window.show()
    window.learner.merge(SOME)
    _action(window, words.ERASE_PROGRESS).trigger()
    box = window.findChild(QMessageBox)
    assert box.isVisible() and window.learner.whole_progress() == SOME
    assert box.defaultButton().text() == "Keep"
    if answer is None:
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    else:
        next(button for button in box.buttons() if button.text() == answer).click()
    assert bool(window.learner.whole_progress()) is kept
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None)


def test_the_switch_has_a_tick_in_the_menu_and_is_remembered(window, settings):
    action, menu = _action(window, words.ASK_AGAIN), window.actions_of_window.menu
    for wanted in (True, False, True):
        menu.aboutToShow.emit()
        assert action.isCheckable() and action.isChecked() is wanted
        assert Settings(settings.path).asks_again is wanted
        menu.aboutToHide.emit()
        action.trigger()


@pytest.mark.parametrize("value", ["", "pink", 7, ["a"]])
def test_a_switch_that_makes_no_sense_is_on(settings, value):
    settings.store.put("asks_again", value)
    assert settings.asks_again


def test_the_commands_stand_in_a_menu_of_their_own_in_another_language_too(window):
    menu = next(one for one in window.actions_of_window._menus.values() if one.title() == "Progress")
    assert menu.menuAction() in window.actions_of_window.menu.actions()
    said = [menu.title(), *(action.text() for action in menu.actions())]
    files = ["Export progress…", "Import progress…", "Erase progress…"]
    assert said == ["Progress", "Ask old questions again", "What stays", "Page to print…", *files]
    window.choose_language("zh_CN")
    said = [menu.title(), *(action.text() for action in menu.actions())]
    files = ["导出学习记录…", "导入学习记录…", "清除学习记录…"]
    assert said == ["学习记录", "复习老问题", "学会了多少", "打印学习记录…", *files]


@pytest.mark.parametrize("found", [2, "1", None, []])
def test_a_file_of_another_format_is_refused_with_both_formats(tmp_path, found):
    path = tmp_path / "p.json"
    path.write_text(json.dumps({"layerwise_progress": found, "experiments": {}}), encoding="utf-8")
    with pytest.raises(Refused, match="this program reads 1"):
        read_progress_file(path)
