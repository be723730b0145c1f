"""The store of the settings: what waits is never lost, and no lock of somebody else's holds a window up."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from engine.contract.language import LANGUAGES
from engine.contract.text import Refused
from gui.app import store as store_module
from gui.app.settings import Settings
from gui.app.store import Store
from tests.bilingual import both

ROOT = Path(__file__).resolve().parents[3]
_WRITING = """
import sys
from pathlib import Path
from gui.app.store import Store
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    store.change("", lambda values: values.update({"all": values.get("all", "") + sys.argv[2]}))
    while not store.write():
        pass
"""


_ANSWERING = """
import itertools, sys
from datetime import date
from pathlib import Path
from gui.app.settings import Settings
settings = Settings(Path(sys.argv[1]))
for number in itertools.count():
    settings.change_progress({"gates": lambda one: one.answered(f"q{number}", True, date(2026, 3, 1))})
    print(number, flush=True)
"""


def left_in(folder):
    """The names of its files, but that of the lock on Windows, which deletes no file that is open."""
    lock = "a.ini.lock" if sys.platform == "win32" else None
    return [one.name for one in folder.iterdir() if one.name != lock]


def _add(store, letter):
    store.change("progress/", lambda values: values.update(all=str(values.get("all", "")) + letter))


def test_windows_that_write_in_the_same_moment_lose_nothing_of_each_other(tmp_path):
    path, each = tmp_path / "a.ini", 40
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITING, str(path), letter, str(each)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for letter in "ab"
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    for writer in writers:
        with writer:
            assert writer.wait(60) == 0
    written = Store(path).value("all")
    assert written.count("a") == written.count("b") == each
    assert left_in(tmp_path) == ["a.ini"]


_HOLDING = """
import sys
from pathlib import Path
from gui.app.store import file_lock
with file_lock(Path(sys.argv[1]), 1.0):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def _held_elsewhere(lock):
    """While another process holds a lock; it is killed at the end, without a chance to let it go."""
    command = [sys.executable, "-c", _HOLDING, str(lock)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        yield
        holder.kill()


@pytest.mark.parametrize("left", ["", "4242\nlayerwise\nanother-computer\nid\nboot\n", "\0" * 100])
def test_a_lock_that_was_left_is_taken_at_once_whatever_stands_in_it(tmp_path, left):
    path, lock = tmp_path / "a.ini", tmp_path / "a.ini.lock"
    lock.write_text(left, encoding="utf-8")
    store = Store(path)
    _add(store, "a")
    begun = time.perf_counter()
    assert store.write() and time.perf_counter() - begun < 0.4
    assert left_in(tmp_path) == ["a.ini"]


def test_the_lock_of_a_window_that_was_killed_is_taken_at_once(tmp_path):
    path, lock = tmp_path / "a.ini", tmp_path / "a.ini.lock"
    for letter in "abc":
        with _held_elsewhere(lock):
            pass
        assert lock.exists(), "it was killed while it held the lock"
        store = Store(path)
        _add(store, letter)
        begun = time.perf_counter()
        assert store.write() and time.perf_counter() - begun < 0.4
    assert Store(path).value("all") == "abc"


@pytest.mark.logs
def test_a_window_that_writes_holds_another_up_for_half_a_second_once(tmp_path):
    path, lock = tmp_path / "a.ini", tmp_path / "a.ini.lock"
    with _held_elsewhere(lock):
        _is_held_up(path)
    store = Store(path)
    _add(store, "a")
    assert store.write() and store.reason is None and not store.waits("progress/")
    assert Store(path).value("all") == "a"


def _is_held_up(path):
    begun = time.perf_counter()
    store = Store(path)
    _add(store, "a")
    assert not store.write()
    assert time.perf_counter() - begun < 2
    again = time.perf_counter()
    assert not store.write()
    assert time.perf_counter() - again < 0.4
    assert store.value("all") == "a" and store.waits("progress/")
    for language in LANGUAGES:
        assert str(path) in store.reason.render(language)


def test_what_was_answered_is_on_the_disk_when_the_window_is_killed(tmp_path):
    path, answers = tmp_path / "a.ini", 12
    command = [sys.executable, "-c", _ANSWERING, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as window:
        for number in range(answers):
            assert window.stdout.readline() == f"{number}\n"
        window.kill()
    kept = Settings(path).progress("gates").questions
    assert {f"q{number}" for number in range(answers)} <= kept.keys()
    here = Settings(path)
    here.change_progress({"gates": lambda one: one.answered("after", True, date(2026, 3, 1))})
    assert here.unsaved is None and "after" in Settings(path).progress("gates").questions


@pytest.mark.logs
def test_what_a_full_disk_refuses_waits_and_is_put_on_top_of_what_others_wrote(tmp_path, monkeypatch):
    path = tmp_path / "a.ini"
    here, there = Store(path), Store(path)
    full = Refused(both("the disk is full", "磁盘已满"))

    def refuse(_):
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(store_module, "write_together", refuse)
        _add(here, "a")
        _add(here, "b")
        assert not here.write() and here.reason == full.text and here.value("all") == "ab"
    _add(there, "c")
    assert there.write()
    assert here.write()
    assert here.value("all") == "cab" == Store(path).value("all")
    assert there.write() and there.value("all") == "cab"


@pytest.mark.logs
def test_a_disk_that_is_full_at_the_start_is_tried_again(tmp_path, monkeypatch):
    def refuse(_):
        raise Refused(both("full", "满")) from OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store_module, "check_targets", refuse)
        store = Store(tmp_path / "a.ini")
    assert store.is_kept
    _add(store, "a")
    assert store.write()
    assert Store(tmp_path / "a.ini").value("all") == "a"
