"""What a thread of the window works for ends in the GUI thread, where Qt expects it."""

from __future__ import annotations

import ast
import threading
import weakref
from pathlib import Path

from PySide6.QtCore import QObject

from gui.run.aside import start_thread

GUI = Path(__file__).resolve().parents[3] / "gui"
_WITHOUT_QT = {"gui/run/aside.py", "gui/panels/guide/try_checker.py"}
"""They start threads themselves: the one that starts them for all, and one whose thread works for no object of Qt."""


class _Owner(QObject):
    def __init__(self, may_end: threading.Event) -> None:
        super().__init__()
        self._may_end = may_end

    def work(self) -> None:
        self._may_end.wait()


def test_what_a_thread_worked_for_is_let_go_in_the_gui_thread(qtbot):
    may_end, ended_in = threading.Event(), []
    owner = _Owner(may_end)
    told = weakref.ref(owner, lambda _: ended_in.append(threading.current_thread()))
    thread = start_thread(owner.work, "test")
    del owner
    may_end.set()
    # Its last word may be long past when the window comes to hear it.
    thread.join(0.2)
    assert told() is not None
    qtbot.waitUntil(lambda: bool(ended_in))
    assert ended_in == [threading.main_thread()] and not thread.is_alive()


def test_work_that_fails_is_let_go_too(qtbot):
    seen, before = [], threading.excepthook
    threading.excepthook = lambda args: seen.append(args.exc_type)
    try:
        thread = start_thread(lambda: 1 / 0, "test")
        qtbot.waitUntil(lambda: not thread.is_alive())
    finally:
        threading.excepthook = before
    assert seen == [ZeroDivisionError]


def test_no_other_module_of_the_window_starts_a_thread():
    starts = {
        path.relative_to(GUI.parent).as_posix()
        for path in GUI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("threading.Thread", "Thread")
    }
    assert starts == _WITHOUT_QT
