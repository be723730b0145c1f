"""The stage of `differentiation`: it draws, follows hand and keys, and keeps its axes while something is dragged."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.calculus.expressions import Expression
from engine.calculus.numerical_gradient import func1
from engine.contract.protocol import RandomStreams
from engine.experiments.ch4_training.differentiation import Differentiation
from engine.experiments.ch4_training.differentiation.params import DifferentiationParams
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.view import Snapshot
from gui.style.typography import set_zoom
from gui.views.ch4_training.differentiation import DifferentiationView, _zones
from tests.gui.views.hand import BY_SIZE, SIZES, brought_up, check_appearance, check_export, drag, draw, on_screen

DIFFERENTIATION = Differentiation()
INTEGER = {"view": "integer"}
CORNER = {"function": "relu", "x": 0.0, "h": 0.01}
NO_VALUE = {"function": "root", "x": -0.5}


def _shot(**values):
    params = DifferentiationParams(**values)
    return Snapshot(params, DIFFERENTIATION.compute(params, RandomStreams(0)))


@pytest.mark.parametrize("own", ["1e308*x*x", "8e307*x*x", "-1e308*x*x", "1e308*sin(9*x)", "1.7e308+0*x"])
def test_the_largest_numbers_are_drawn_without_a_warning(view, own):
    for h in (1.0, 1e-4):
        shot = _shot(function="own", own=own, h=h)
        assert draw(view, shot) == draw(view, shot)
        low, high = view.function.vb.viewRange()[1]
        assert low < view.handle_items["x"].spot[1] < high


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, DifferentiationView(DIFFERENTIATION), _shot())


def test_coming_back_to_a_picture_gives_the_same(view):
    before = draw(view, _shot())
    for values in (
        INTEGER,
        {"shown": "all"},
        CORNER,
        NO_VALUE,
        {"function": "exp", "x": 2.5, "h": 1e-9, "difference": "central"},
    ):
        draw(view, _shot(**values))
    assert draw(view, _shot()) == before


def test_the_ghost_is_seen(view):
    for change in ({"h": 1e-6}, {"difference": "central"}, {"function": "exp"}):
        assert draw(view, _shot(**change)) != draw(view, _shot(**change), _shot())
    moved = _shot(point=(4.0, 3.0, 5.0), **INTEGER)
    assert draw(view, moved) != draw(view, moved, _shot(**INTEGER))
    assert draw(view, moved) == draw(view, moved, _shot())


# What is shown


def test_it_opens_with_one_curve_and_the_rest_is_a_choice(view):
    def shown():
        lines = [number for number, line in enumerate(view.valley.lines) if line.isVisible()]
        guides = [guide.isVisible() for guide in view.valley.guides]
        words = view.valley.words.shown
        return len(lines), any(guides), bool(words.zones), words.best is not None, view.microscope.scene() is not None

    assert shown() == (1, False, False, False, False)
    draw(view, _shot(shown="causes"))
    assert shown() == (1, True, True, True, True)
    draw(view, _shot(shown="all"))
    assert shown() == (4, True, True, True, True)


# Layout


@pytest.mark.parametrize("size", [(560, 600), (600, 600), (640, 560)])
@pytest.mark.parametrize("values", [{}, {"h": 0.3}, {"dtype": "float32", "h": 1e-4, "difference": "central"}])
def test_no_ring_lies_on_the_words_of_the_lines_on_a_small_stage_either(view, size, values):
    view.resize(*size)
    draw(view, _shot(**values))
    rings = [item.scenePos() for item in view.handle_items.values() if item.isVisible() and item.is_on_plot()]
    words = [(said, box) for said, box in words_and_marks(view.stage) if said.startswith(("tangent", "secant"))]
    assert len(words) == 2 and len(rings) >= 2
    for said, box in words:
        letters = box.adjusted(3, 3, -3, -3)
        assert not any(letters.intersects(QRectF(at.x() - 8, at.y() - 8, 16, 16)) for at in rings), said


@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("shown", ["one", "all"])
def test_the_valley_takes_the_larger_part_and_the_stage_is_full(view, size, shown):
    view.resize(*size)
    draw(view, _shot(shown=shown))
    areas = [
        plot.geometry().width() * plot.geometry().height()
        for plot in (view.valley, view.function, view.microscope)
        if plot.scene() is not None
    ]
    assert areas[0] >= 0.55 * sum(areas)
    assert sum(areas) > 0.75 * size[0] * size[1]
    assert view.stage.ci.geometry().height() == pytest.approx(view.stage.viewport().height(), abs=3)


@pytest.mark.parametrize("values", [{}, INTEGER])
def test_where_little_fits_the_main_plot_stays(view, values):
    view.resize(640, 420)
    set_zoom(2.0)
    try:
        draw(view, _shot(**values))
        plot = view.slice if values else view.valley
        assert plot.vb.height() > 150 and plot.vb.width() > 400
        assert view.function.scene() is None and view.microscope.scene() is None
        assert "x" not in [name for name, item in view.handle_items.items() if item.isVisible()]
    finally:
        set_zoom(1.0)
    draw(view, _shot())
    assert view.function.scene() is not None


def test_a_narrow_stage_gets_its_second_plot_back_without_being_told(view):
    view.resize(400, 250)
    draw(view, _shot())
    assert view.function.scene() is None
    view.resize(900, 560)
    assert view.function.scene() is not None and view.handle_items["x"].isVisible()


@pytest.mark.parametrize("values", [{"function": "cube"}, {"function": "exp", "x": 2.5}])
def test_axes_do_not_move_while_h_is_dragged(view, values):
    plots = (view.valley, view.function, view.microscope)
    draw(view, _shot(shown="all", **values))
    before = [(plot.vb.viewRange(), plot.vb.sceneBoundingRect()) for plot in plots]
    for h in (2.0, 0.03, 1e-7, 1e-15):
        draw(view, _shot(h=h, shown="all", **values))
        assert [(plot.vb.viewRange(), plot.vb.sceneBoundingRect()) for plot in plots] == before


def test_axes_only_widen_while_x_is_dragged(view):
    steep, flat = _shot(x=0.0, shown="all"), _shot(x=1.5, shown="all")
    draw(view, steep)
    reach = view.microscope.vb.viewRange()[1]
    view.move_handle("x", (1.5, 0.0))
    draw(view, flat)
    assert view.microscope.vb.viewRange()[1] == reach
    view.gesture_ended.emit()
    assert view.microscope.vb.viewRange()[1] != reach


def test_the_place_under_the_pointer_stays_while_the_point_is_dragged(view):
    draw(view, _shot(**INTEGER))
    before = view.slice.vb.viewRange()
    view.move_handle("point", (4.0, 0.0))
    for x0 in (3.0, 4.0, 6.0):
        draw(view, _shot(point=(x0, 3.0, 5.0), **INTEGER))
        assert view.slice.vb.viewRange() == before
    view.gesture_ended.emit()
    (low, high), _ = view.slice.vb.viewRange()
    assert (low + high) / 2 == pytest.approx(6)


def test_the_function_stays_while_x_is_dragged_from_outside_of_its_window(view):
    draw(view, _shot(x=9.0))
    before = view.function.vb.viewRange()
    view.move_handle("x", (3.0, 0.0))
    draw(view, _shot(x=3.0))
    assert view.function.vb.viewRange() == before
    # The curve is there over the whole of it.
    assert view.function.curve.xData[0] <= before[0][0] and view.function.curve.xData[-1] >= before[0][1]
    view.gesture_ended.emit()
    assert view.function.vb.viewRange() != before


def test_all_errors_lie_below_the_names_of_the_zones(view):
    for size in SIZES:
        view.resize(*size)
        for function in ("sin", "cube", "exp"):
            draw(view, _shot(function=function, shown="all"))
            top = max(float(line.yData[~(line.yData != line.yData)].max()) for line in view.valley.lines)
            (_, _), (_, high) = view.valley.vb.viewRange()
            pixels = (high - top) / (high - view.valley.vb.viewRange()[1][0]) * view.valley.vb.height()
            assert pixels >= 20


# The hand


@pytest.mark.parametrize(("handle", "plot", "to"), [("h", "valley", -9.0), ("x", "function", 2.5)])
def test_handles_can_be_pulled(view, handle, plot, to):
    plot = getattr(view, plot)
    places = {one.id: one.place for one in DIFFERENTIATION.handles(view.current.params, view.current.frame)}
    start = on_screen(view, plot, *places[handle])
    drag(view, start, on_screen(view, plot, to, places[handle][1]))
    changes, gesture = view.edits[-1]
    assert gesture == f"drag {handle}"
    found = math.log10(changes["h"]) if handle == "h" else changes["x"]
    assert found == pytest.approx(to, abs=0.05)


def test_the_second_point_of_the_secant_changes_h(view):
    place = {one.id: one.place for one in DIFFERENTIATION.handles(view.current.params, view.current.frame)}["second"]
    drag(view, on_screen(view, view.function, *place), on_screen(view, view.function, 1.5, place[1]))
    changes, gesture = view.edits[-1]
    assert gesture == "drag second" and changes["h"] == pytest.approx(0.5, abs=0.03)


def test_the_step_can_be_gripped_anywhere_on_its_line(view):
    ended = []
    view.gesture_ended.connect(lambda: ended.append(True))
    drag(view, on_screen(view, view.valley, 0, -9), on_screen(view, view.valley, -5, -9))
    changes, gesture = view.edits[-1]
    assert gesture == "drag h" and math.log10(changes["h"]) == pytest.approx(-5, abs=0.06)
    assert ended


def test_keys_reach_every_handle_and_the_switch(view):
    view.stage.setFocus()
    for name in ("h", "x", "second"):
        QTest.keyClick(view.stage, Qt.Key.Key_Tab)
        assert view.focused_handle() == name
        QTest.keyClick(view.stage, Qt.Key.Key_Left)
    assert view.edits[0] == ({"h": 0.794}, "drag h")
    assert view.edits[1] == ({"x": 0.9}, "drag x")
    assert view.edits[2] == ({"h": 0.95}, "drag second")
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.views.hasFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits[3] == ({"view": "integer"}, "")


def test_keys_reach_the_point_and_the_entries(view):
    draw(view, _shot(selected="x2", **INTEGER))
    view.stage.setFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.focused_handle() == "point"
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits[-1] == ({"point": (2.0, 3.0, 6.0)}, "drag point")
    for _ in range(2):
        QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.entries.hasFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Left)
    assert view.edits[-1] == ({"selected": "x1"}, "")


def test_a_click_on_a_row_or_an_entry_selects_it(view):
    draw(view, _shot(**INTEGER))
    wanted = []
    view.working_wanted.connect(lambda: wanted.append(True))
    place = view.stage.mapFromScene(view.table.mapToScene(QPointF(40, view.table.size().height() * 0.9)))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    place = view.stage.mapFromScene(view.entries.mapToScene(view.entries.box("x1").center()))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.edits == [({"selected": "x2"}, ""), ({"selected": "x1"}, "")] and len(wanted) == 2


def test_handles_belong_to_their_view(view):
    def visible():
        return {name for name, item in view.handle_items.items() if item.isVisible()}

    assert visible() == {"h", "x", "second"}
    draw(view, _shot(**INTEGER))
    assert visible() == {"point"}
    draw(view, _shot(h=1e-5))
    assert visible() == {"h", "x"}


def test_probes_name_the_part_of_the_stage(view):
    heard = []
    view.probed.connect(heard.append)
    draw(view, _shot(shown="causes"))
    view.stage.scene().sigMouseMoved.emit(view.valley.vb.mapViewToScene(QPointF(-4, -9)))
    assert "forward off by 4.2e−5" in heard[-1].render("en")
    view.stage.scene().sigMouseMoved.emit(view.function.vb.mapViewToScene(QPointF(2, 0)))
    assert heard[-1].render("en").startswith("x = 2.00: f = 0.9093")
    view.stage.scene().sigMouseMoved.emit(view.microscope.vb.mapViewToScene(QPointF(0.5, 0)))
    assert heard[-1].render("en").startswith("x + 0.50 h")


def test_an_export_shows_neither_handles_nor_switches(view):
    for shot in (_shot(), _shot(**INTEGER)):
        draw(view, shot)
        check_export(view, view.views, view.shown, view.entries)


@pytest.mark.parametrize("values", [{}, {"shown": "all"}, INTEGER, CORNER])
def test_language_theme_and_zoom_are_taken_at_once(view, values):
    check_appearance(view, _shot(**values))


@pytest.mark.parametrize("h", [1e-15, 1e-9, 1.26e-8, 1e-4, 2.0])
def test_zones_meet_and_one_of_them_holds_h(view, h):
    draw(view, _shot(h=h, shown="causes"))
    zones = view.valley.words.shown.zones
    assert [zones[0].low, zones[-1].high] == view.valley.vb.viewRange()[0]
    assert all(one.high == other.low for one, other in pairwise(zones))
    (here,) = (zone for zone in zones if zone.here)
    assert here.low <= math.log10(h) < here.high


def test_a_parabola_has_no_truncation_zone_for_the_central_difference(view):
    draw(view, _shot(function="square", difference="central", shown="causes"))
    names = [zone.wordings[-1] for zone in view.valley.words.shown.zones]
    assert names == ["rounding", "best"]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        # Nothing is rounded at 0: the error is 0 up to 2·10⁻⁸, or goes on falling to the smallest h.
        ({"function": "sin", "x": 0.0}, [("valley", -15.4, -7.6), ("truncation: worse to the right", -7.6, 0.65)]),
        ({"function": "cube", "x": 0.0}, [("truncation: worse to the right", -15.4, 0.65)]),
        (
            {"function": "sin", "x": 1.0},
            [
                ("rounding: worse to the left", -15.4, None),
                ("valley", None, None),
                ("truncation: worse to the right", None, 0.65),
            ],
        ),
    ],
)
def test_the_bands_under_the_valley_are_those_of_the_curve(values, wanted):
    shot = _shot(**values)
    zones = _zones(shot.params, shot.frame)
    assert [zone.wordings[0] for zone in zones] == [name for name, _, _ in wanted]
    for zone, (_, low, high) in zip(zones, wanted, strict=True):
        assert low is None or zone.low == pytest.approx(low, abs=0.11)
        assert high is None or zone.high == pytest.approx(high, abs=0.11)
        if zone.good:
            errors = shot.frame.errors[shot.params.row][
                (shot.frame.steps > 10**zone.low) & (shot.frame.steps < 10**zone.high)
            ]
            assert errors.min() <= shot.frame.errors[shot.params.row].min() * 1.001


def test_the_function_whose_integers_are_looked_at_is_written_over_them(view):
    view.resize(900, 560)
    draw(view, _shot(**INTEGER))
    said = view.caption.shown_words()
    written = said.partition("=")[2].partition("·")[0].strip()
    f = Expression(written, ("x0", "x1", "x2"))
    for place in ((2.0, 3.0, 5.0), (-1.0, 4.0, 0.5)):
        assert float(f(*place)) == func1(np.array(place)), written
    assert "np.array([2, 3, 5])" in said
