"""The program with a monkey at its window: ``python3 -m tests.attack.inside.program FOLDER SEED ACTIONS SECONDS all``.

A line of JSON is printed for each fault, and at the end how many actions were done.
"""

from __future__ import annotations

import faulthandler
import os
import random
import resource
import sys
import threading
import time
from pathlib import Path

import engine  # noqa: F401 (sets how many threads NumPy uses before it is imported)

# isort: split
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gui.app.application import run_window
from gui.window.main_window import MainWindow
from start.system_libraries import require_window
from tests.attack.inside.acts import Acts
from tests.attack.inside.dialogs import answer_dialogs
from tests.attack.inside.watch import Watch, look_over_the_shoulder
from tests.painting import watch_painting

_PAUSES = (0, 0, 0, 0, 0, 5, 10, 30, 150)
"""Milliseconds between two things that are done."""
_CLOSING = 20.0
"""Seconds in which the window is closed, whatever lies over it."""
FEW = ("gates", "relu", "xor", "descent", "layers", "overfitting")


class Monkey:
    """Does one thing after the other.

    The next one is arranged before each: whatever opens a loop of its own, such as a modal dialog, goes on being used.
    """

    def __init__(self, window: MainWindow, watch: Watch, acts: Acts, actions: int, seconds: float) -> None:
        self._window, self._watch, self._acts = window, watch, acts
        self._left, self._ends = actions, time.monotonic() + seconds
        self._under_way: list = []
        self._closing: float | None = None

    def go_on(self) -> None:
        """One step of what is under way, or something new."""
        if self._closing is not None:
            self._close()
            return
        if not self._left or time.monotonic() > self._ends:
            self._closing = time.monotonic()
            self._watch.begin("close the window")
        pause = self._acts.random.choice(_PAUSES)
        QTimer.singleShot(pause, self.go_on)
        if self._closing is None:
            try:
                self._do()
            except Exception as error:  # of what is done to the window: the hooks of Qt take what the window raises
                self._watch.raised(error)

    def _do(self) -> None:
        # What has opened a loop of its own is still in the middle of its step, and waits for what is done in there.
        if self._under_way and not self._under_way[-1].gi_running:
            try:
                next(self._under_way[-1])
            except StopIteration:
                self._under_way.pop()
                self._watch.finished()
            return
        if len(self._under_way) > 12:
            return
        name, steps = self._acts.another()
        self._left -= 1
        self._watch.begin(name)
        self._under_way.append(steps)

    def _close(self) -> None:
        assert self._closing is not None
        if time.monotonic() - self._closing > _CLOSING:
            self._watch.fault(f"the window is still open {_CLOSING:g} s after it was to be closed")
            self._watch.end()
            os._exit(0)
        QTimer.singleShot(50, self.go_on)
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            self._acts.leave_dialog()
        else:
            self._window.close()


def main(given: list[str]) -> int:
    """Start, act, close."""
    folder, seed, actions, seconds = Path(given[0]), int(given[1]), int(given[2]), float(given[3])
    # A core lies where the process is at work.
    made = folder / "files"
    made.mkdir()
    os.chdir(folder)
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    require_window()
    app = QApplication(sys.argv[:1])
    watch = Watch(folder, seed)
    chance = random.Random(seed)
    answer_dialogs(chance, made)

    def then(window: MainWindow) -> None:
        if seed % 2:
            # Not always: everything of the window is imported for it.
            watch_painting(watch.fault)
        if seed % 4 == 2:
            look_over_the_shoulder()
        # The program has turned its own log into the place for these traces.
        faulthandler.enable((folder / "crash").open("w"), all_threads=True)
        acts = Acts(window, chance, watch, made, FEW if given[4] == "few" else ())
        monkey = Monkey(window, watch, acts, actions, seconds)
        window.monkey = monkey
        QTimer.singleShot(0, monkey.go_on)

    watch.install(app)
    status = run_window(language="en", theme="light", then=then)
    left = [one.name for one in threading.enumerate() if one is not threading.main_thread() and not one.daemon]
    if left:
        watch.fault(f"threads left: {left}")
    watch.end()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
