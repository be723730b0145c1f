"""The stage of `activations`: it draws, follows hand and keys, keeps its plots flush, and nothing overlaps."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.protocol import RandomStreams
from engine.experiments.ch3_networks.activations import Activations
from engine.experiments.ch3_networks.activations.params import ActivationsParams
from engine.nn.activation_registry import ACTIVATIONS as RECORDS
from gui.plots.drawing.api import PixelPainter, curve_color
from gui.stage.view import Snapshot
from gui.views.ch3_networks.activations import ActivationsView
from tests.gui.views.hand import BY_SIZE, brought_up, check_appearance, check_export, drag, draw, on_screen

ACTIVATIONS = Activations()
STACK = {"view": "stack"}


def _shot(**values):
    params = ActivationsParams(**values)
    return Snapshot(params, ACTIVATIONS.compute(params, RandomStreams(0)))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, ActivationsView(ACTIVATIONS), _shot())


def test_coming_back_to_a_picture_gives_the_same(view):
    before = draw(view, _shot())
    draw(view, _shot(functions=tuple(RECORDS), gain=3.0, layers=10, **STACK))
    draw(view, _shot(functions=tuple(RECORDS), gain=3.0))
    assert draw(view, _shot()) == before


def test_the_input_has_numbers_where_another_axis_lies_below(view):
    upper = view.functions.getAxis("bottom")
    for shot, numbered in ((_shot(**STACK), True), (_shot(), False), (_shot(layers=5, **STACK), True)):
        draw(view, shot)
        assert upper.style["showValues"] is numbered
        assert upper.label.isVisible() is numbered
        assert (upper.height() > 20) is numbered


@pytest.mark.parametrize(("x", "within"), [(0.5, (0.0, math.inf)), (-0.5, (-math.inf, 0.0)), (0.0, (-math.inf, 0.0))])
def test_a_tangent_ends_at_a_jump(view, monkeypatch, x, within):
    drawn, line = [], PixelPainter.line

    def told(sketch, start, end, color, *rest):
        drawn.append((sketch, start, end, color))
        line(sketch, start, end, color, *rest)

    monkeypatch.setattr(PixelPainter, "line", told)
    shot = _shot(functions=("step", "relu"), x=x)
    draw(view, shot)
    step, relu = view.functions.touches.state[0]
    assert step.within == within and relu.within == (-math.inf, math.inf)
    drawn.clear()
    view.grab()
    color = curve_color(step.number)
    ends = [(sketch, start, end) for sketch, start, end, ink in drawn if ink == color and start.y() == end.y()]
    lines = [(sketch, one) for sketch, start, end in ends if start.x() != end.x() for one in (start, end)]
    at = [one.x() - sketch.at(0.0, 0.0).x() for sketch, one in lines]
    assert at and (min(at) >= -0.5 if within[0] == 0 else max(at) <= 0.5)


def test_the_ghost_is_seen(view):
    for base in ({}, STACK):
        for change in ({"x": -1.0}, {"gain": 2.0}):
            moved = _shot(**base, **change)
            assert draw(view, moved) != draw(view, moved, _shot(**base))


# Layout


@pytest.mark.parametrize("values", [{}, {"functions": tuple(RECORDS), "gain": 3.0}])
@pytest.mark.parametrize("size", BY_SIZE)
def test_plots_and_bars_share_one_axis(view, size, values):
    view.resize(*size)
    draw(view, _shot(**values))
    for x in (-6, 0, 2, 6):
        across = [plot.vb.mapViewToScene(QPointF(x, 0)).x() for plot in (view.functions, view.slopes)]
        bars = view.lanes.mapToScene(QPointF(view.lanes._across(x), 0)).x()
        assert across[0] == pytest.approx(across[1], abs=1) and across[0] == pytest.approx(bars, abs=1)


@pytest.mark.parametrize("base", [{}, STACK])
@pytest.mark.parametrize("size", BY_SIZE)
def test_the_functions_take_the_larger_part(view, size, base):
    view.resize(*size)
    draw(view, _shot(**base))
    second = view.powers if base else view.slopes
    heights = [plot.vb.sceneBoundingRect().height() for plot in (view.functions, second)]
    assert heights[0] >= 1.2 * heights[1] > 60
    assert view.stage.ci.geometry().height() == pytest.approx(view.stage.viewport().height(), abs=3)


@pytest.mark.parametrize("base", [{}, STACK])
@pytest.mark.parametrize("size", BY_SIZE)
def test_names_stand_inside_and_apart(view, size, base):
    view.resize(*size)
    for functions in (("sigmoid", "relu"), tuple(RECORDS)):
        draw(view, _shot(functions=functions, **base))
        for labels in (view.values_read, view.powers_read if base else view.slopes_read):
            boxes = sorted(labels.places(), key=lambda box: box.top())
            assert len(boxes) == len(functions)
            assert boxes[0].top() >= 0 and boxes[-1].bottom() <= labels.size().height() + 0.01
            assert all(low.top() >= high.bottom() - 0.01 for high, low in pairwise(boxes))
            assert labels.size().width() >= labels.needed_width() - 0.01


def test_axes_do_not_move_with_the_cursor(view):
    for base in ({}, STACK):
        plots = (view.functions, view.powers if base else view.slopes)
        draw(view, _shot(**base))
        before = [(plot.vb.viewRange(), plot.vb.sceneBoundingRect()) for plot in plots]
        for x in (-6.0, 0.3, 6.0):
            draw(view, _shot(x=x, **base))
            assert [(plot.vb.viewRange(), plot.vb.sceneBoundingRect()) for plot in plots] == before


def test_a_changed_view_changes_the_lower_plot_only(view):
    draw(view, _shot(**STACK))
    assert view.powers.scene() is not None and view.slopes.scene() is None
    draw(view, _shot())
    assert view.slopes.scene() is not None and view.powers.scene() is None


# The hand


def test_the_cursor_can_be_pulled_by_its_knob(view):
    (handle,) = ACTIVATIONS.handles(view.current.params, view.current.frame)
    start = on_screen(view, view.functions, *handle.place)
    drag(view, start, on_screen(view, view.functions, 5, handle.place[1]))
    changes, gesture = view.edits[-1]
    assert gesture == "drag cursor" and changes["x"] == pytest.approx(5, abs=0.03)


@pytest.mark.parametrize("plot", ["functions", "slopes"])
def test_the_cursor_can_be_gripped_anywhere(view, plot):
    ended = []
    view.gesture_ended.connect(lambda: ended.append(True))
    plot = getattr(view, plot)
    drag(view, on_screen(view, plot, 2, 0.6), on_screen(view, plot, -3, 0.5))
    changes, gesture = view.edits[-1]
    assert gesture == "drag cursor" and changes["x"] == pytest.approx(-3, abs=0.05)
    assert ended


def test_beside_the_cursor_nothing_is_gripped(view):
    drag(view, on_screen(view, view.functions, 3, 0.6), on_screen(view, view.functions, 5, 0.6))
    assert view.edits == []


def test_arrow_keys_move_the_cursor(view):
    view.stage.setFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.focused_handle() == "cursor"
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    QTest.keyClick(view.stage, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert [changes["x"] for changes, _ in view.edits] == [2.1, 1.0]
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.views.hasFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.focused_handle() is None and not view.views.hasFocus()


def test_the_switch_answers_to_keys_and_clicks(view):
    view.views.setFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits == [({"view": "stack"}, "")]
    place = view.stage.mapFromScene(view.views.mapToScene(view.views.box("stack").center()))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.edits[1:] == [({"view": "stack"}, "")]


def test_probes_name_the_part_of_the_stage(view):
    heard = []
    view.probed.connect(heard.append)
    for plot in (view.functions, view.slopes):
        view.stage.scene().sigMouseMoved.emit(plot.vb.mapViewToScene(QPointF(-1, 0.5)))
        assert "sigmoid 0.269 with slope 0.197" in heard[-1].render("en")
    draw(view, _shot(**STACK))
    view.stage.scene().sigMouseMoved.emit(view.powers.vb.mapViewToScene(QPointF(1, -1)))
    assert "layer 1 alone" in heard[-1].render("en")


def test_an_export_shows_neither_knob_nor_switch(view):
    check_export(view, view.views)


def test_language_theme_and_zoom_are_taken_at_once(view):
    check_appearance(view, _shot(), _shot(**STACK), _shot(functions=tuple(RECORDS)))
