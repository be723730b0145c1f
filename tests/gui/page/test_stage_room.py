"""A stage is as high as all its parts need, and what the keys reach on it is brought into sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.page.stage_room import StageRoom
from gui.plots.board.table import TableItem
from gui.style.typography import present, px, set_zoom
from tests.gui.views.hand import turn
from tests.gui.window.shown import shown
from tests.walk import EXPERIMENT_IDS

LARGE = (1920, 1050)
# The distance is that of a point to the line beside it, and a phase has its letter too.
_DISPENSABLE = {"gates": {"to line"}, "optimizers": {"phase"}}


def _settled():
    for _ in range(6):
        QApplication.processEvents()


def _parts(page):
    return {type(item).__name__ + str(id(item)) for item in page.view.stage.ci.items}


@pytest.mark.parametrize(
    ("experiment_id", "size"), [("playground", LARGE), ("optimizers", (2560, 960)), ("batch_norm", (1920, 960))]
)
def test_in_large_letters_no_part_of_a_stage_is_left_out(qtbot, window, experiment_id, size):
    """Where it is as wide as its parts need: what it leaves out when it is narrow is its own affair."""
    window.resize(*size)
    page = shown(qtbot, window, experiment_id)
    _settled()
    parts, room = _parts(page), page.findChild(StageRoom)
    assert room.verticalScrollBar().maximum() == 0
    set_zoom(2.0)
    _settled()
    assert _parts(page) == parts
    assert room.verticalScrollBar().maximum() > 0 and room.horizontalScrollBar().maximum() == 0
    set_zoom(1.0)
    _settled()
    assert room.verticalScrollBar().maximum() == 0


@pytest.mark.long
@pytest.mark.parametrize(("size", "large"), [((1024, 640), 1.0), ((1366, 740), 2.0), ((1024, 640), 2.0)])
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_in_no_window_is_a_stage_lower_than_its_parts_need(qtbot, window, experiment_id, size, large):
    window.resize(*size)
    set_zoom(large)
    page = shown(qtbot, window, experiment_id)
    _settled()
    view, room = page.view, page.findChild(StageRoom)
    assert view.height() >= px(view.compact_below)
    assert room.horizontalScrollBar().maximum() == 0
    assert room.verticalScrollBar().maximum() == max(0, view.height() - room.viewport().height())
    tables = [item for item in view.stage.ci.items if isinstance(item, TableItem)]
    columns = [(table, number, name) for table in tables for number, name in enumerate(table._headings)]
    left_out = {name for table, number, name in columns if not table.shows(number)}
    assert left_out <= _DISPENSABLE.get(experiment_id, set())


def test_in_a_presentation_nothing_scrolls(qtbot, window):
    window.resize(*LARGE)
    page = shown(qtbot, window, "playground")
    set_zoom(2.0)
    present(1080)
    _settled()
    assert page.findChild(StageRoom).verticalScrollBar().maximum() == 0
    present(None)


def test_what_the_keys_reach_is_scrolled_into_sight(qtbot, window):
    window.resize(*LARGE)
    page = shown(qtbot, window, "optimizers")
    set_zoom(2.0)
    _settled()
    view, room = page.view, page.findChild(StageRoom)
    bar, seen, stops = room.verticalScrollBar(), QRect(QPoint(), room.viewport().size()), 0
    for key, end in ((Qt.Key.Key_Tab, bar.maximum()), (Qt.Key.Key_Backtab, 0)):
        view.stage.setFocus()
        for _ in range(3):
            bar.setValue(end)
            QTest.keyClick(view.stage, key)
            handle, control = view.focused_handle(), view.keys.focused_control()
            if handle is None and control is None:
                break
            item = view.handle_items[handle] if handle else control
            box = view.stage.mapFromScene(item.sceneBoundingRect()).boundingRect()
            assert seen.contains(view.stage.mapTo(room.viewport(), box.center())), (handle, control)
            stops += 1
    assert stops > 2


@pytest.mark.parametrize("experiment_id", ["xor", "hyperparameters", "feature_maps"])
def test_a_page_opens_at_its_top_whatever_invites_below(qtbot, window, experiment_id):
    window.resize(1366, 740)
    set_zoom(2.0)
    page = shown(qtbot, window, experiment_id)
    _settled()
    bar = page.room.verticalScrollBar()
    assert bar.maximum() > 0 and bar.value() == 0


@pytest.mark.parametrize(
    ("experiment_id", "part", "changes"), [("descent", "plane", {}), ("feature_maps", "network", {"view": "whole"})]
)
def test_where_the_stage_scrolls_the_wheel_over_a_map_scrolls_it_and_with_ctrl_magnifies(
    qtbot, window, experiment_id, part, changes
):
    window.resize(1366, 740)
    set_zoom(2.0)
    page = shown(qtbot, window, experiment_id)
    page.editor.change(changes)
    _settled()
    plot = getattr(page.view, part)
    assert page.room.verticalScrollBar().maximum() > 0
    page.room._show(plot.sceneBoundingRect())
    at = page.view.stage.mapFromScene(plot.vb.sceneBoundingRect().center())
    assert not turn(page.view, at, 120).isAccepted() and not plot.is_magnified, "left to the area around"
    # What is magnified goes on without Ctrl; once the whole is shown the stage scrolls again.
    turn(page.view, at, 120, Qt.KeyboardModifier.ControlModifier)
    assert plot.is_magnified
    turn(page.view, at, 120)
    turn(page.view, at, -360)
    assert not plot.is_magnified
    assert not turn(page.view, at, -120).isAccepted()


@pytest.mark.parametrize("experiment_id", ["perceptron_rule", "playground", "graph"])
def test_when_letters_become_small_again_every_column_gets_its_room(qtbot, window, experiment_id):
    window.resize(1366, 740)
    set_zoom(2.0)
    page = shown(qtbot, window, experiment_id)
    _settled()
    window.resize(1024, 640)
    set_zoom(1.0)
    _settled()
    for part in (page.view, page.transport, page.form, page.panels):
        left = part.mapTo(page, QPoint()).x()
        assert left >= 0 and left + part.width() <= page.width(), type(part).__name__
    assert page.panels.width() >= 300


def test_what_is_pressed_stays_under_the_pointer(qtbot, window):
    window.resize(1366, 740)
    set_zoom(2.0)
    page = shown(qtbot, window, "xor")
    _settled()
    view, bar = page.view, page.room.verticalScrollBar()

    def height_of(handle_id):
        return view.stage.mapFromScene(view.handle_items[handle_id].scenePos()).y()

    lowest = max((one.id for one in view.handles()), key=height_of)
    # Its middle lies near the lower edge of what is seen.
    bar.setValue(height_of(lowest) - page.room.viewport().height() + 4)
    _settled()
    at = bar.value()
    assert 0 < at < bar.maximum()
    place = view.stage.mapFromScene(view.handle_items[lowest].scenePos())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    _settled()
    assert view.focused_handle() == lowest and bar.value() == at


def test_thirty_maps_are_as_large_as_the_letters_beside_them(qtbot, window):
    window.resize(1366, 740)
    set_zoom(2.0)
    page = shown(qtbot, window, "feature_maps")
    _settled()
    assert page.view.maps.sceneBoundingRect().height() >= px(150)
