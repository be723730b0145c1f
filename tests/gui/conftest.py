"""Every test of the window starts from, and leaves, the light theme at zoom 1 in English."""

import functools

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible

from gui.spoken.interfaces import speak
from gui.style.language import set_language
from gui.style.theme import apply_to, set_theme
from gui.style.typography import present, set_zoom

PATIENCE = 120_000
"""Milliseconds that a wait may last: so long that a slow machine fails no test, and well within the time of a case."""


@pytest.fixture
def qtbot(qtbot):
    """Qt's robot, with patience for a slow machine."""
    for wait in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"):
        setattr(qtbot, wait, functools.partial(getattr(qtbot, wait), timeout=PATIENCE))
    return qtbot


@pytest.fixture(autouse=True)
def one_core(monkeypatch):
    """Runs are played on the thread, as on one core; a test of the companion process lifts this."""
    monkeypatch.setattr("gui.run.player_factory.has_a_core_for_it", lambda: False)


@pytest.fixture(autouse=True)
def nothing_ahead(monkeypatch):
    """No page is built before it is opened; tests of that lift this."""
    monkeypatch.setattr("gui.window.main_window.AHEAD_AFTER", 10**8)


@pytest.fixture(autouse=True)
def fast_home(monkeypatch):
    """A machine that is busy for a moment is not taken for a slow home."""
    monkeypatch.setattr("gui.app.store.SLOW", 60.0)


@pytest.fixture
def two_cores(one_core, monkeypatch):
    """Runs are played in a companion process."""
    monkeypatch.setattr("gui.run.player_factory.has_a_core_for_it", lambda: True)


@pytest.fixture
def listening(qapp):
    """A screen reader is at work."""
    speak()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def said(monkeypatch):
    """The sentences that were announced."""
    sentences = []

    class Heard:
        Event = QAccessible.Event
        isActive = staticmethod(lambda: True)

        @staticmethod
        def updateAccessibility(event):
            if event.type() == QAccessible.Event.Announcement:
                sentences.append(event.message())

    monkeypatch.setattr("gui.spoken.spoken.QAccessible", Heard)
    return sentences


@pytest.fixture(autouse=True)
def usual_appearance(qapp):
    before = qapp.font(), qapp.palette()
    apply_to(qapp)
    reset()
    yield
    reset()
    qapp.setFont(before[0])
    qapp.setPalette(before[1])


def reset():
    """The light theme at zoom 1 in English."""
    set_theme("light")
    present(None)
    set_zoom(1.0)
    set_language("en")


@pytest.fixture
def settings(tmp_path):
    """Settings in a new folder."""
    from gui.app.settings import Settings

    return Settings(tmp_path / "设置 folder" / "layerwise.ini")


@pytest.fixture
def window(qtbot, tmp_path, settings):
    """A window that is closed, with its thread, when the test is over."""
    # Most tests of views and controls need no window.
    from gui.app.faults import Faults
    from gui.window.main_window import MainWindow

    made = MainWindow(settings, Faults(tmp_path / "log.txt"))
    made.resize(1366, 768)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
