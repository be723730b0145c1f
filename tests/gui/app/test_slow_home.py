"""A home on a slow share: the window never waits for it, nothing is lost, and closing waits."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from engine.contract.text import Refused
from gui.app import store as store_module
from gui.app.settings import Settings
from gui.app.store import Store
from tests.bilingual import both
from tests.gui.window.shown import shown


@pytest.fixture
def share(monkeypatch):
    """A share on which every write takes 200 ms; who wrote there, and what it refuses."""

    share, write = SimpleNamespace(threads=[], full=False), store_module.write_together

    def slowly(files):
        share.threads.append(threading.current_thread())
        time.sleep(0.2)
        if share.full:
            raise Refused(both("the disk is full.", "磁盘已满。"))
        write(files)

    def looks_slow(paths):
        time.sleep(0.02)

    monkeypatch.setattr(store_module, "SLOW", 0.01)
    monkeypatch.setattr(store_module, "write_together", slowly)
    monkeypatch.setattr(store_module, "check_targets", looks_slow)
    return share


def add(store, letter):
    store.change("progress/", lambda values: values.update(all=str(values.get("all", "")) + letter))


def test_a_home_at_hand_is_written_at_once(tmp_path):
    store = Store(tmp_path / "a.ini")
    add(store, "a")
    assert store.write() and Store(tmp_path / "a.ini").value("all") == "a"


def test_a_slow_home_is_written_beside_the_window_in_order_and_each_change_once(qtbot, tmp_path, share):
    store = Store(tmp_path / "a.ini")
    assert store.is_slow
    began = time.monotonic()
    for letter in "abcdefgh":
        add(store, letter)
        assert store.write() and store.value("all")[-1] == letter
    assert time.monotonic() - began < 0.15
    qtbot.waitUntil(lambda: not store.waits(""))
    assert Store(tmp_path / "a.ini").value("all") == "abcdefgh" == store.value("all")
    # The first, and all that came meanwhile.
    assert len(share.threads) == 2 and threading.main_thread() not in share.threads


def test_who_waits_finds_everything_written(qtbot, tmp_path, share):
    store = Store(tmp_path / "a.ini")
    for letter in "abc":
        add(store, letter)
        store.write()
    assert store.write_now() and not store.waits("")
    assert Store(tmp_path / "a.ini").value("all") == "abc"
    qtbot.wait(1)
    assert store.value("all") == "abc"


def test_two_windows_on_a_slow_home_keep_each_others_changes(qtbot, tmp_path, share):
    stores = [Store(tmp_path / "a.ini") for _ in "ab"]
    for letter in "abcd":
        for store in stores:
            add(store, letter)
            store.write()
    for store in stores:
        qtbot.waitUntil(lambda store=store: store.write_now())
    assert sorted(Store(tmp_path / "a.ini").value("all")) == sorted("aabbccdd")


@pytest.mark.logs
def test_what_a_slow_home_refuses_is_told_when_it_is_known_and_waits(qtbot, tmp_path, share):
    store, told = Store(tmp_path / "a.ini"), []
    store.reason_changed = lambda: told.append(store.reason)
    share.full = True
    add(store, "a")
    assert store.write() and store.reason is None
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0].render("en") == "the disk is full." and store.waits("progress/")
    share.full = False
    assert not store.write()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] is None and Store(tmp_path / "a.ini").value("all") == "a"


def test_an_answer_keeps_the_window_moving_and_closing_writes_it(qtbot, window, settings, share):
    shown(qtbot, window, "gates")
    settings.store.is_slow = True
    window.lessons.open_shipped(0)
    window.lessons.go_on()
    qtbot.waitUntil(lambda: window.runner.is_settled)
    lesson = window.lessons.answers
    began = time.monotonic()
    for _ in range(5):
        window.learner.keep_lesson(lesson.with_step(0, lesson.steps[0].answered(1, "One", False, 2)))
        window.learner.reach("gates", "goal")
    assert time.monotonic() - began < 0.15
    window.close()
    assert not window.isVisible()
    again = Settings(settings.path)
    assert "goal" in again.progress("gates").goals
    assert again.progress(f"lesson_{lesson.digest}").lesson.steps[0].said == "One"


@pytest.mark.logs
def test_closing_asks_about_what_a_slow_home_refused(qtbot, window, settings, share):
    shown(qtbot, window, "gates")
    settings.store.is_slow = True
    share.full = True
    window.learner.reach("gates", "goal")
    qtbot.waitUntil(lambda: "the disk is full." in window.notice.words)
    window.close()
    assert window.isVisible()
    share.full = False
    window.close()
    assert not window.isVisible() and "goal" in Settings(settings.path).progress("gates").goals
