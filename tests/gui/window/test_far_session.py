"""A session that lies far ahead says how far it is and how long it takes, and can be left, restarted and cut short."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from engine.contract.catalogue import load
from engine.contract.run import MOST_UPDATES, Run, Session
from tests.gui.window.shown import shown


@pytest.fixture
def far(qtbot, window):
    """A window in which a session at the last update that there may be is on its way."""
    window.show()
    window.open_session(Session(Run("training", load("training").params_type()), MOST_UPDATES))
    line = window.page.probe_line
    qtbot.waitUntil(lambda: "1,000,000,000" in line.text())
    return window


def test_it_says_how_far_it_is_and_how_long_it_takes(qtbot, far):
    qtbot.waitUntil(lambda: "left" in far.page.probe_line.text() and far.runner.entry is not None)
    assert "days left" in far.page.probe_line.text() and "Esc" in far.page.probe_line.text()
    far.choose_language("zh_CN")
    assert "大约还要" in far.page.probe_line.text() and "天" in far.page.probe_line.text()
    far.choose_language("en")


def test_escape_stays_at_what_is_reached(qtbot, far):
    far.activateWindow()
    qtbot.waitUntil(far.isActiveWindow)
    qtbot.keyClick(QApplication.focusWidget() or far, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: far.runner.state.phase == "paused")
    reached = far.runner.entry.update
    assert 0 < reached < MOST_UPDATES and far.page.controller.export().update == reached
    far.page.controller.step()
    qtbot.waitUntil(lambda: far.runner.entry.update > reached)


def test_a_restart_takes_its_place(qtbot, far):
    far.page.controller.restart()
    qtbot.waitUntil(lambda: far.runner.is_settled)
    assert far.runner.state.phase == "paused" and far.runner.entry.update < 10_000


def test_another_experiment_is_shown_at_once(qtbot, far):
    shown(qtbot, far, "gates")
    assert far.runner.experiment.id == "gates"
