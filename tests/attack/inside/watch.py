"""What counts as a fault while the window is used, and how it is told."""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import sys
import threading
import time
import traceback
from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from engine.contract.text import LANGUAGES
from gui.app.faults import TITLE

LONGEST = 5.0
"""Seconds in which the event loop has to come round."""
_BEAT = 200
_MOST_MEMORY = 1500 * 2**20
_MOST_FAULTS = 40
_PAGE = os.sysconf("SC_PAGE_SIZE")
QUIET = (
    # The offscreen platform says so of every window that is raised or resized by hand.
    "This plugin does not support raise()",
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support grabbing the keyboard",
)


class Watch(QObject):
    """Counts what is done, and tells each fault with the number of the action and the last that were done."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__()
        self.count = 0
        self._seed = seed
        self._done = (folder / "done").open("w", buffering=1)
        self._trace = (folder / "hang").open("w+")
        self._last: deque[str] = deque(maxlen=8)
        self._told: set[str] = set()
        self._heavy = False
        self._dialogs: set[int] = set()
        self._beaten = time.monotonic()
        self._cpu = time.process_time()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)

    def install(self, app: QApplication) -> None:
        """Listen to the log and feel the pulse of the event loop."""
        logging.getLogger().addHandler(_Ear(self))
        self._timer.start(_BEAT)

    def begin(self, name: str) -> None:
        """Something is about to be done."""
        self.count += 1
        self._last.append(f"{self.count} {name}")
        self._done.write(f"{self.count} {name}\n")

    def say(self, more: str) -> None:
        """More of what is being done, known only now."""
        if self._last:
            self._last[-1] += f" {more}"
        self._done.write(f"    {more}\n")

    def finished(self) -> None:
        """What was begun last has come to its end: is everything as it should be?"""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QMessageBox) and widget.isVisible() and id(widget) not in self._dialogs:
                self._dialogs.add(id(widget))
                if widget.windowTitle() in {TITLE.render(code) for code in LANGUAGES}:
                    self.fault(f"dialog: {widget.text()}\n{widget.detailedText()}")
        if self.count % 20 == 0 and not self._heavy:
            memory = int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
            if memory > _MOST_MEMORY:
                self._heavy = True
                self.fault(f"{memory / 2**20:.0f} MB of memory")

    def fault(self, what: str, key: str | None = None) -> None:
        """Tell a fault; one that was told is told once, whatever numbers stand in it."""
        key = key or "".join(sign for sign in what if not sign.isdigit())[:400]
        if key in self._told or len(self._told) > _MOST_FAULTS:
            return
        self._told.add(key)
        line = f"seed {self._seed}, action {self.count}: {what} (after {' | '.join(self._last)})"
        print(json.dumps({"fault": line}), flush=True)

    def raised(self, error: Exception) -> None:
        """Something that was done has raised where it was done."""
        self.fault(f"raised: {type(error).__name__}: {error}\n{''.join(traceback.format_exception(error))[-3000:]}")

    def end(self) -> None:
        """Tell how much was done."""
        faulthandler.cancel_dump_traceback_later()
        self._timer.stop()
        print(json.dumps({"done": self.count}), flush=True)

    def _beat(self) -> None:
        now, cpu = time.monotonic(), time.process_time()
        gap = now - self._beaten
        if gap > LONGEST:
            self._trace.seek(0)
            trace = self._trace.read()
            self._trace.seek(0)
            self._trace.truncate()
            main = trace[trace.find("(most recent call first)") :] if trace else "no trace"
            self.fault(f"the event loop did not return for {gap:.1f} s, {cpu - self._cpu:.1f} s of processor\n{main}")
        self._beaten, self._cpu = now, cpu
        # From a thread of C, which needs no interpreter that a computation may hold.
        faulthandler.dump_traceback_later(LONGEST, file=self._trace)


def look_over_the_shoulder(seconds: float = 0.003) -> None:
    """Look again and again at what the window does, from a thread of its own, as a profiler does.

    Whoever looks holds the frames that were seen, and what stands in them, for as long as that takes.
    """

    def look() -> None:
        seen: deque[object] = deque(maxlen=3)
        while True:
            seen.append(sys._current_frames())
            time.sleep(seconds)

    threading.Thread(target=look, name="over the shoulder", daemon=True).start()


class _Ear(logging.Handler):
    """Takes whatever is logged as a warning or worse, in any thread: Qt's complaints and the faults of the program."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.WARNING)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if not any(quiet in said for quiet in QUIET):
            where = "" if threading.current_thread() is threading.main_thread() else ", from another thread"
            stack = "" if record.levelno > logging.WARNING else _stack()
            if record.exc_info is not None:
                stack += "\n" + "".join(traceback.format_exception(*record.exc_info))
            self._watch.fault(f"logged by {record.name}{where}: {said}{stack}", f"{record.name} {said[:300]}")


def _stack() -> str:
    frames = [one for one in traceback.extract_stack()[:-2] if "logging" not in one.filename]
    return "\n  called by " + " < ".join(f"{os.path.basename(one.filename)}:{one.lineno} {one.name}"
                                         for one in reversed(frames[-9:]))  # fmt: skip
