"""What the pointer finds on a stage: words to copy, points to remove, a read-out that is never a frame old."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engine.contract.catalogue import load
from engine.contract.handle import ProbePoint
from engine.contract.text import LANGUAGES
from engine.playing import opened
from gui.plots.drawing.invitation import pill_size
from gui.stage.fields_on_stage import words_at
from gui.stage.stage_entries import entries_at
from gui.style.language import translate
from tests.gui.views.hand import on_screen, opened_view, picture
from tests.walk import EXPERIMENT_IDS


def _entries(view, place):
    return {translate(text): act for text, act in entries_at(view, place)}


def _centre_of_row(view, table, row, words):
    """A place of the stage on a cell of a table that shows ``words``."""
    y = table.mapToScene(QPointF(0, (row + 1.5) * (table.size().height() - 2) / 5)).y()
    for x in range(int(table.sceneBoundingRect().left()), int(table.sceneBoundingRect().right()), 4):
        place = view.stage.mapFromScene(QPointF(x, y))
        if words_at(view.stage, place) == words:
            return place
    return None


def test_a_number_under_the_pointer_is_copied_with_a_minus_that_others_read(qtbot):
    view = opened_view(qtbot, "gates")
    place = _centre_of_row(view, view.table, 0, "\N{MINUS SIGN}0.2")
    assert place is not None
    entries = _entries(view, place)
    assert list(entries) == ["Copy “\N{MINUS SIGN}0.2”"]
    entries["Copy “\N{MINUS SIGN}0.2”"]()
    assert QGuiApplication.clipboard().text() == "-0.2"


def test_where_nothing_is_written_there_is_nothing_to_copy(qtbot):
    view = opened_view(qtbot, "gates")
    assert _entries(view, on_screen(view, view.plane, -0.3, 0.4)) == {}


def test_a_point_under_the_pointer_can_be_removed(qtbot):
    view = opened_view(qtbot, "perceptron_rule")
    params = view.current.params
    item = view.handle_items["point1"]
    _entries(view, view.stage.mapFromScene(item.scenePos()) + QPoint(5, 5))["Remove: point 1, class 0"]()
    changed = view.edits[-1][0]
    assert len(changed["points"]) == len(params.points) - 1


def test_what_can_be_removed_has_a_short_name():
    for experiment in map(load, EXPERIMENT_IDS):
        params, frame = experiment.params_type(), opened(experiment)[1]
        for handle in experiment.handles(params, frame):
            if experiment.remove(params, frame, handle.id):
                for name in map(handle.name.render, LANGUAGES):
                    assert 0 < len(name) <= 20 and not set(":：") & set(name), f"{experiment.id}: {name}"


def test_where_a_point_was_removed_no_other_one_is_lit(qtbot):
    view = opened_view(qtbot, "perceptron_rule")
    item = view.handle_items["point1"]
    place = view.stage.mapFromScene(item.scenePos()) + QPoint(5, 5)
    QTest.mouseMove(view.stage.viewport(), place)
    view.focus_handle("point1")
    assert item.hasCursor() and item.is_focused()
    _entries(view, place)["Remove: point 1, class 0"]()
    params = view.current.params.replaced(view.edits[-1][0])
    view.draw(params, view.current.frame)
    assert not any(one.is_focused() for one in view.handle_items.values())
    before = picture(view)
    for one in view.handle_items.values():
        one.set_hovered(False)
    assert picture(view) == before  # none was lit any more


def test_what_is_said_of_the_place_under_the_pointer_is_of_the_frame_that_is_shown(qtbot):
    view = opened_view(qtbot, "gates")
    said = []
    view.probed.connect(said.append)
    pointer = view.stage.mapToScene(on_screen(view, view.plane, 0.5, 0.5))
    view.stage.scene().sigMouseMoved.emit(pointer)
    params = view.current.params.replaced({"b": -0.7})
    view.draw(params, view.experiment.compute(params, None))
    place = view.plane.vb.mapSceneToView(pointer).toTuple()
    now = view.experiment.probe(params, view.current.frame, ProbePoint(*place)).text
    assert [translate(one) for one in said][1:] == [translate(now)] and translate(said[0]) != translate(now)


@pytest.mark.parametrize(
    ("experiment_id", "handle_id", "part"),
    [("gradient_field", "point", ""), ("gradient_field", "slice0", "slice0"), ("losses", "y2", "")],
)
def test_while_something_is_dragged_it_is_that_which_is_spoken_of(qtbot, experiment_id, handle_id, part):
    view = opened_view(qtbot, experiment_id)
    view.edited.connect(lambda changes, _: _redrawn(view, changes))
    said = []
    view.probed.connect(said.append)
    for way in (QPoint(40, 30), QPoint(-30, 60)):
        start = view.stage.mapFromScene(view.handle_items[handle_id].scenePos()) + QPoint(6, 6)
        QTest.mousePress(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=start)
        for step in (0.5, 1.0):
            QTest.mouseMove(view.stage.viewport(), start + way * step)
            QTest.qWait(0)
        params, frame = view.current.params, view.current.frame
        place = next(one.place for one in view.experiment.handles(params, frame) if one.id == handle_id)
        wanted = translate(view.experiment.probe(params, frame, ProbePoint(*place, part)).text)
        assert translate(said[-1]) == wanted
        QTest.mouseRelease(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=start + way)
        assert translate(said[-1]) == wanted  # until the pointer moves again
    QTest.mouseMove(view.stage.viewport(), start + QPoint(70, 0))
    QTest.qWait(0)
    assert translate(said[-1]) != wanted


def _redrawn(view, changes):
    params = view.current.params.replaced(changes)
    view.draw(params, view.experiment.compute(params, None))


def test_the_words_that_invite_to_run_point_nowhere(qtbot):
    view = opened_view(qtbot, "training")
    size = pill_size(view.go_on._words)
    assert view.go_on.pill.size() == size and not size.isEmpty()


def test_the_words_that_invite_to_run_do_it(qtbot):
    view = opened_view(qtbot, "training")
    with qtbot.waitSignal(view.run_wanted):
        middle = view.go_on.mapToScene(view.go_on.boundingRect().center())
        QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(middle))
