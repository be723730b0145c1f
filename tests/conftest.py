"""What every test is held to: no screen, no leaked window, thread or timer, and no complaint from Qt or the log."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import threading
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# Before anything else brings NumPy: how it computes is the same in tests and in tools, on every machine.
import tools  # noqa: F401
from tests import selection, walk

# The same examples at every run, however slow the machine is at the moment: a run that fails fails again. With
# --hypothesis-profile=default it looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
# Numbers in the source of what happens to be imported would be drawn too: other ones in every process.
providers.is_local_module_file = lambda path: False

# Cycles with widgets in them must be collected in the GUI thread, and pytest-xdist reads its messages in another one,
# in which Python's collector may well run: automatic collection is off, and each test is followed by one here.
gc.disable()
_FULL_EVERY = 40
_tests_done = itertools.count(1)

# Seconds that a thread has for its end after what a test waited for: it may say that it is done before it is.
_LAST_LINE = 1.0


def pytest_addoption(parser: pytest.Parser) -> None:
    selection.add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    walk.WHOLE = config.getoption("--whole")
    # Once, before pytest-xdist hands the options on: at midnight all processes are to run the same tests.
    if config.option.day is None:
        config.option.day = date.today().toordinal()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if selection.is_left_out(config, collection_path) else None


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is asked for; and what looks at one experiment is run by one process, which keeps its runs and frames."""
    for item in items:
        group = selection.experiment_of(item)
        if group is not None:
            item.add_marker(pytest.mark.xdist_group(group))
    # What is kept is that of the last experiments: those of one come one after the other, in one process alone too.
    items.sort(key=lambda item: selection.experiment_of(item) or "")
    selection.select(config, items)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["said"] = session.config.stash.get(selection.SAID, ())


@pytest.hookimpl(optionalhook=True)  # pytest-xdist's
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[selection.SAID] = getattr(node, "workeroutput", {}).get("said", ())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for sentence in config.stash.get(selection.SAID, ()):
        terminalreporter.write_line(sentence)


@pytest.fixture(autouse=True)
def _nothing_is_left(request: pytest.FixtureRequest) -> None:
    """A test ends with the windows and threads it began with."""
    threads = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in threads and not _qt_adopted(thread)]
    for thread in left:
        thread.join(_LAST_LINE)
    left = [thread for thread in left if thread.is_alive()]
    assert not left, f"threads left running: {left}"
    if "qapp" in request.fixturenames or "qtbot" in request.fixturenames:
        _no_window_is_left()


@pytest.fixture(autouse=True)
def _cycles_are_collected() -> None:
    yield
    if next(_tests_done) % _FULL_EVERY:
        gc.collect(1)
    else:
        gc.collect()
        # What is alive now are modules and what tests keep for one another: looking through it again takes a second.
        gc.freeze()


@pytest.fixture(autouse=True)
def _log_is_quiet(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> None:
    """A warning in the log fails, unless the test is marked ``logs``."""
    yield
    if request.node.get_closest_marker("logs"):
        return
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, f"logged: {[record.getMessage() for record in loud]}"


def _qt_adopted(thread: threading.Thread) -> bool:
    """A stand-in that Python makes for a Qt thread that ran Python code; it is no thread of its own."""
    return isinstance(thread, threading._DummyThread)


def _no_window_is_left() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if _visible_windows():
        # Only then: a whole collection takes longer than most tests.
        gc.collect()
    assert not _visible_windows(), f"windows left open: {_visible_windows()}"


def _visible_windows() -> list[object]:
    from PySide6.QtWidgets import QApplication

    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
