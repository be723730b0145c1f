"""What is likely to be opened next is built while nothing happens, unseen, and is then what it would be otherwise."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gui.app.faults import Faults
from gui.page import pages as pages_module
from gui.page.pages_ahead import PagesAhead
from gui.window.main_window import MainWindow
from tests.gui.window.shown import settled_picture, shown
from tests.walk import EXPERIMENT_IDS


@pytest.fixture
def ahead(nothing_ahead, monkeypatch):
    """Pages are built ahead, as soon as nothing happens."""
    monkeypatch.setattr("gui.window.main_window.AHEAD_AFTER", 0)


@pytest.mark.usefixtures("ahead")
def test_the_next_on_the_path_and_the_one_before_are_built_unseen(qtbot, window):
    shown(qtbot, window, "xor")
    qtbot.waitUntil(lambda: window.is_ahead)
    built = {one: window.pages.there(one) for one in ("gates", "perceptron_rule")}
    assert all(page is not None and not page.isVisible() for page in built.values())
    assert window.pages.there("softmax") is None
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [window]
    assert shown(qtbot, window, "perceptron_rule") is built["perceptron_rule"]


@pytest.mark.parametrize("experiment_id", ["perceptron_rule", "graph", "training"])
def test_a_page_that_was_built_ahead_looks_as_one_that_was_not(qtbot, window, experiment_id):
    shown(qtbot, window, "gates")
    while window.pages.build_part(experiment_id):
        QApplication.processEvents()
    ahead = window.pages.there(experiment_id)
    assert shown(qtbot, window, experiment_id) is ahead
    built_ahead = settled_picture(qtbot, window)
    shown(qtbot, window, "gates")
    window.pages.forget(experiment_id)
    assert shown(qtbot, window, experiment_id) is not ahead
    assert settled_picture(qtbot, window) == built_ahead


def test_a_page_that_is_half_built_is_finished_when_it_is_asked_for(qtbot, window):
    shown(qtbot, window, "gates")
    for _ in range(3):
        assert window.pages.build_part("graph")
    assert window.pages.there("graph") is None
    shown(qtbot, window, "graph")
    assert not window.pages.build_part("graph")


def test_nothing_is_left_of_a_page_that_was_half_built_when_another_one_was_wanted(qtbot, window):
    shown(qtbot, window, "gates")
    before = len(window.findChildren(QWidget))
    for _ in range(4):
        assert window.pages.build_part("graph")
    assert len(window.findChildren(QWidget)) > before + 50
    window.pages.build_part("xor")
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(window.findChildren(QWidget)) <= before + 1


def test_a_window_that_ends_while_a_page_is_half_built_ends_without_a_fault(qtbot, settings, tmp_path):
    window = MainWindow(settings, Faults(tmp_path / "log.txt"))
    shown(qtbot, window, "gates")
    for _ in range(4):
        assert window.pages.build_part("graph")
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    assert not isValid(window)
    del window
    gc.collect()  # a fault in what ends now is an error of this test


def test_what_was_changed_in_a_page_that_was_let_go_is_there_in_the_one_that_is_built_ahead(qtbot, window):
    page = shown(qtbot, window, "gates")
    page.editor.change({"b": -0.9})
    shown(qtbot, window, "softmax")
    window.pages.let_go("gates")
    while window.pages.build_part("gates"):
        QApplication.processEvents()
    assert shown(qtbot, window, "gates").editor.params.b == -0.9
    assert window.page.controller.snapshot.params.b == -0.9


def test_a_page_that_is_built_ahead_has_its_guide(qtbot, window):
    shown(qtbot, window, "gates")
    while window.pages.build_part("xor"):
        QApplication.processEvents()
    guide = window.pages.there("xor").panels.guide
    rows = guide.rows
    assert not guide.isVisible() and rows
    shown(qtbot, window, "xor")
    assert guide.rows is rows and guide.open_row is rows[0] and rows[0].isVisible()


def test_a_guide_that_is_built_ahead_stands_where_one_left_it(qtbot, window):
    guide = shown(qtbot, window, "graph").panels.guide
    guide.background_button.click()
    qtbot.waitUntil(lambda: guide.verticalScrollBar().maximum() > 200)
    guide.verticalScrollBar().setValue(150)
    for _ in range(2):  # the second time it was built ahead and let go unseen
        shown(qtbot, window, "gates")
        window.pages.let_go("graph")
        while window.pages.build_part("graph"):
            QApplication.processEvents()
    guide = shown(qtbot, window, "graph").panels.guide
    qtbot.waitUntil(lambda: guide.verticalScrollBar().value() == 150)


@pytest.mark.usefixtures("ahead")
@pytest.mark.parametrize("experiment_id", ["xor", "perceptron_rule"])
def test_a_prepared_opening_is_there_before_the_page_is_painted(qtbot, window, experiment_id):
    shown(qtbot, window, "gates" if experiment_id == "xor" else "xor")
    qtbot.waitUntil(lambda: window.is_ahead)
    window.show_experiment(experiment_id)
    assert window.page.controller.snapshot is not None and not window.page.loading_overlay.isVisible()


@pytest.mark.usefixtures("ahead")
def test_nothing_is_built_while_a_run_plays(qtbot, window):
    shown(qtbot, window, "descent")
    window.page.controller.toggle()
    qtbot.waitUntil(lambda: window.runner.state.phase == "running")
    ahead = PagesAhead(window.pages, window.runner, window)
    ahead.want(["training"])
    qtbot.wait(700)
    was_playing = window.runner.state.phase == "running"
    assert not was_playing or window.pages.there("training") is None
    window.runner.pause()
    qtbot.waitUntil(lambda: ahead.is_done and window.pages.there("training") is not None)


def test_whoever_moves_the_mouse_is_not_disturbed(qtbot, window, monkeypatch):
    shown(qtbot, window, "gates")
    parts = []
    monkeypatch.setattr(window.pages, "build_part", lambda one: parts.append(one) or False)
    ahead = PagesAhead(window.pages, window.runner, window)
    ahead.want(["xor"])
    place = QPointF(5, 5)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    for _ in range(12):
        QApplication.sendEvent(window.windowHandle(), moved)
        qtbot.wait(50)
    assert not parts
    qtbot.waitUntil(lambda: parts == ["xor"])


def test_a_view_that_cannot_be_built_is_told_only_when_it_is_opened(qtbot, window, monkeypatch):
    shown(qtbot, window, "gates")

    def fails(experiment_id):
        raise ValueError("no such plot")

    monkeypatch.setattr("gui.page.experiment_page.load_view", fails)
    ahead = PagesAhead(window.pages, window.runner, window)
    ahead.want(["xor", "graph"])
    qtbot.waitUntil(lambda: ahead.is_done)
    assert window.pages.there("xor") is None and not window.notice.isVisible()


@pytest.mark.usefixtures("ahead")
def test_no_more_pages_are_there_than_are_kept(qtbot, window, monkeypatch):
    monkeypatch.setattr(pages_module, "KEPT", 3)
    monkeypatch.setattr(pages_module, "_PAUSE", 1)
    for one in ("gates", "softmax", "graph", "losses"):
        shown(qtbot, window, one)
        qtbot.waitUntil(lambda: window.is_ahead)

    def there():
        return [one for one in EXPERIMENT_IDS if window.pages.there(one) is not None]

    qtbot.waitUntil(lambda: len(there()) <= 3)
    assert {"losses", "differentiation"} <= set(there())
