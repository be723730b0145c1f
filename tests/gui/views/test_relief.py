"""A relief on the stage: turned by pointer and keys, read off, spoken, drawn as vectors, and quick enough to turn."""

from __future__ import annotations

import re
import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.catalogue import load
from engine.geometry.aspect import Aspect
from engine.playing import opened
from gui.stage.view import Snapshot
from gui.style.language import set_language, translate
from gui.views import load_view
from tests.gui.views.hand import brought_up, opened_view, picture
from tests.pace import within

RELIEFS = ("descent", "gradient_field", "optimizers")
_FRAME = 0.016
"""Seconds that the relief may take of a frame on the usual machine, with which 60 a second can be turned; the benchmark
`turning` has what it is to take."""


def in_relief(qtbot, experiment_id, **changes):
    experiment = load(experiment_id)
    params = experiment.params_type(view="relief", **changes)
    player, frame = opened(experiment, params)
    view = brought_up(qtbot, load_view(experiment_id)(experiment), Snapshot(player.params, frame))
    view.edited.connect(lambda changes, _: view.draw(view.current.params.replaced(changes), view.current.frame))
    return view


def middle_of(view) -> QPoint:
    return view.stage.mapFromScene(view.relief.vb.sceneBoundingRect().center())


def drag(view, way: QPoint):
    port, start = view.stage.viewport(), middle_of(view)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for part in (1, 2, 3, 4):
        QTest.mouseMove(port, start + way * part / 4)
        QTest.qWait(5)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + way)
    QTest.qWait(5)


@pytest.mark.parametrize("experiment_id", RELIEFS)
def test_a_relief_is_turned_by_pointer_and_keys_as_one_step_each(qtbot, experiment_id):
    view = in_relief(qtbot, experiment_id)
    first = (view.current.params.turn, view.current.params.tilt)
    drag(view, QPoint(50, -25))
    assert (view.current.params.turn, view.current.params.tilt) == (first[0] + 20, first[1] - 10)
    assert {gesture for _, gesture in view.edits} == {"turn"} and len(view.edits) > 1
    assert view.relief.aspect == Aspect(first[0] + 20, first[1] - 10)
    view.take_keys(view.relief)
    assert view.relief.hasFocus()
    before = picture(view)
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    QTest.keyClick(view.stage, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert (view.current.params.turn, view.current.params.tilt) == (first[0] + 23, first[1] + 20)
    assert picture(view) != before
    QTest.keyClick(view.stage, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.current.params.tilt == 90
    QTest.keyClick(view.stage, Qt.Key.Key_Home)
    assert (view.current.params.turn, view.current.params.tilt) == first
    for _ in range(5):
        QTest.keyClick(view.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.current.params.turn == first[0] + 150 - 360
    for send in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):
        send(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(view))
    QTest.qWait(5)
    assert (view.current.params.turn, view.current.params.tilt) == first


def test_what_lies_under_the_pointer_is_read_off_the_surface_and_a_click_chooses_a_step(qtbot):
    view = in_relief(qtbot, "descent")
    params, frame = view.current.params, view.current.frame
    place = frame.path.places[2]
    shown = frame.relief(params)
    lifted = shown.in_box(place[None], shown.height_at(place[None]))
    assert not params.aspect.hidden(shown, lifted).any()
    scene = view.relief.vb.mapViewToScene(QPointF(*params.aspect.on_picture(lifted)[0].tolist()))
    set_language("en")
    assert "step 2:" in translate(view.probe_at(scene))
    assert view.probe_at(view.relief.vb.sceneBoundingRect().topLeft() + QPointF(3, 3)) is None
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(scene))
    QTest.qWait(5)
    assert view.edits[-1][0] == {"selected": 2}


@pytest.mark.usefixtures("listening")
def test_a_relief_is_spoken_with_its_name_and_from_where_it_is_seen(qtbot):
    view = in_relief(qtbot, "descent")
    speaker = view._voice.speaker
    for language, name, value in (
        ("en", "The function as a relief", "turned by 60°, seen from 40° above"),
        ("zh_CN", "函数的立体图", "转过 60°，俯角 40°"),
    ):
        set_language(language)
        view.draw(view.current.params, view.current.frame)
        speaker.spoken()
        told = view.relief.spoken()
        assert (told.name, told.value) == (name, value)
        told.actions["SetFocus"]()
        assert view.relief.hasFocus()


@pytest.mark.parametrize("experiment_id", RELIEFS)
def test_the_map_stands_as_it_was_and_either_leaves_for_the_other(qtbot, experiment_id):
    view = opened_view(qtbot, experiment_id)
    first = picture(view)
    assert view.relief.scene() is None and view.plane.scene() is not None
    params, frame = view.current.params, view.current.frame
    view.draw(params.replaced({"view": "relief"}), frame)
    assert picture(view) != first
    assert view.relief.scene() is not None and view.plane.scene() is None
    view.draw(params, frame)
    assert picture(view) == first


def test_a_figure_has_the_relief_as_shapes_and_not_as_a_picture(tmp_path):
    from start.command_line import main

    path = tmp_path / "relief.svg"
    assert main(["render", "descent", "--preset", "relief", "-o", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert "<image" not in text and len(re.findall("<path", text)) > 2000
    assert "x0" in text and "step 30" in text


def test_a_frame_takes_little_enough_to_be_turned(qtbot):
    view = in_relief(qtbot, "descent", function="bowl")
    view.resize(1366, 520)
    plot, port, took = view.relief, view.stage.viewport(), []
    box = view.stage.mapFromScene(plot.sceneBoundingRect()).boundingRect()
    assert len(plot.relief.faces) == 3600
    for step in range(12):
        began = time.thread_time()
        plot.show_relief(plot.relief, Aspect(60 + step, 40), plot.parts, "")
        port.repaint(box)
        took.append(time.thread_time() - began)
    assert within(min(took), _FRAME), took
