"""Whoever promised to write something holds the closing of the window until it is written, and no longer than that."""

from __future__ import annotations

import os
import signal

import pytest
from PySide6.QtCore import QCoreApplication

from engine.networks.archive import read_network
from engine.networks.folder import kept_files, name_of
from gui.app.application import ClosingSignals
from gui.app.promises import Promise, open_promises
from gui.moving.opening import open_moving_dialog
from tests.gui.window.shown import shown


@pytest.fixture
def trained(qtbot, window):
    page = shown(qtbot, window, "playground")
    qtbot.waitUntil(lambda: window.runner.is_settled)
    window.runner.step()
    qtbot.waitUntil(lambda: page.can_keep_network and window.runner.is_settled)
    return page


def test_a_network_that_is_kept_and_the_window_closed_at_once_is_there(qtbot, window, trained):
    window.networks.keep_as("at once")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    (path,) = kept_files()
    assert name_of(path) == "at once" and read_network(path).updates


def test_a_signal_that_ends_the_program_waits_for_it_too(qtbot, window, trained, monkeypatch):
    left = []
    monkeypatch.setattr("gui.app.application.QCoreApplication.exit", lambda status: left.append(status))
    signals = ClosingSignals(window)
    signals.window = window
    try:
        window.networks.keep_as("by a signal")
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: bool(left), timeout=20_000)
    finally:
        signals.uninstall()
    (path,) = kept_files()
    assert name_of(path) == "by a signal" and not window.isVisible() and left == [128 + signal.SIGTERM]


def test_it_is_said_what_is_waited_for_and_closing_once_more_leaves_it_out(qtbot, window, trained, monkeypatch):
    monkeypatch.setattr(type(window.runner), "ask_network", lambda runner: True)  # its network never comes
    window.networks.keep_as("never")
    window.close()
    assert window.isVisible() and "“never”" in window.notice.words and "Closing once more" in window.notice.words
    window.close()
    assert not window.isVisible() and not kept_files()


def test_what_cannot_be_written_is_said_and_the_window_stays(qtbot, window, trained, monkeypatch):
    monkeypatch.setattr(type(window.runner), "ask_network", lambda runner: True)
    window.networks.keep_as("never")
    window.close()
    window.runner.networked.emit(None)
    assert window.isVisible() and "cannot be had" in window.notice.words
    window.close()
    assert not window.isVisible()


def test_a_moving_picture_that_is_being_made_is_waited_for(qtbot, window, trained, tmp_path):
    dialog = open_moving_dialog(window, trained, window.runner, window._settings, window.notice)
    path = tmp_path / "a.gif"
    dialog._place = lambda suffix: path
    dialog.format.setCurrentIndex(dialog.format.findData(".gif"))
    for name, typed in {"seconds": "1", "rate": "2", "hold": "0", "width": "320", "height": "240"}.items():
        dialog.entries[name].setText(typed)
    dialog.save()
    assert open_promises(window)
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=60_000)
    assert path.read_bytes().startswith(b"GIF8")


def test_a_promise_that_was_not_made_ends_nothing(qtbot, window):
    promise, ended = Promise(window), []
    promise.ended.connect(ended.append)
    promise.end(kept=True)
    assert not ended


@pytest.mark.parametrize("loopback", [True, False])
def test_ctrl_break_closes_and_what_cannot_wake_the_window_does_not_stop_it(window, monkeypatch, loopback):
    left = []
    monkeypatch.setattr("gui.app.application.QCoreApplication.exit", lambda status: left.append(status))
    monkeypatch.setattr(signal, "SIGBREAK", signal.SIGUSR1, raising=False)

    def blocked(*_):
        raise ConnectionRefusedError(10061, "the loopback is blocked")

    if not loopback:
        monkeypatch.setattr("socket.socketpair", blocked)
    before = signal.getsignal(signal.SIGUSR1)
    signals = ClosingSignals(window)
    signals.window = window
    try:
        os.kill(os.getpid(), signal.SIGUSR1)
        QCoreApplication.sendPostedEvents()
    finally:
        signals.uninstall()
    assert left == [128 + signal.SIGUSR1] and not window.isVisible()
    assert signal.getsignal(signal.SIGUSR1) == before
