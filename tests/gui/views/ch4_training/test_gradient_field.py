"""The stage of `gradient_field`: it draws, its plots share axes and stay still, and hand and keys reach everything."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.protocol import RandomStreams
from engine.experiments.ch4_training.gradient_field import GradientField
from engine.experiments.ch4_training.gradient_field.params import GradientFieldParams
from engine.experiments.shared.surfaces.surface_choice import OWN
from gui.plots.surface.gradient_mark import GradientPicture
from gui.stage.view import Snapshot
from gui.style.theme import theme
from gui.style.typography import set_zoom
from gui.views.ch4_training.gradient_field import GradientFieldView
from tests.gui.views.hand import BY_SIZE, brought_up, check_appearance, check_export, drag, draw, on_screen

FIELD = GradientField()
LARGE = [(900, 560), (500, 700), (1500, 900), (1500, 500)]
NO_VALUE = {"function": OWN, "own": "log(x0)"}
SHOTS = [
    {},
    {"direction": "ascent"},
    {"function": "himmelblau", "point": (0.0, 0.0)},
    {"function": "saddle", "point": (-2.0, 0.01)},
    {"point": (0.0, 0.0)},
    NO_VALUE,
]


def _shot(**values):
    params = GradientFieldParams(**values)
    return Snapshot(params, FIELD.compute(params, RandomStreams(0)))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, GradientFieldView(FIELD), _shot())


@pytest.mark.parametrize("own", ["1e17", "x0 + 1e18", "1.7e308", "-1.7e308", "1e308*x0*x1", "exp(100*x0)"])
def test_heights_of_any_size_are_drawn(view, own):
    draw(view, _shot(function=OWN, own=own, point=(1.0, 1.0)))
    heights = view.current.frame.heights
    # pyqtgraph shows nothing beyond ±10³⁰⁷.
    if np.abs(heights).max() < 1e307:
        assert view.slices[0].vb.viewRange()[1] == pytest.approx(heights)


@pytest.mark.parametrize("direction", ["descent", "ascent"])
def test_the_end_of_a_step_is_drawn_on_the_map(view, direction):
    shot = _shot(stride=40.0, direction=direction, point=(2.0, 1.5))
    seen = draw(view, shot)
    ring = on_screen(view, view.plane, *shot.frame.landing.tolist())
    assert seen.pixelColor(ring).name() == theme().surface
    assert seen.pixelColor(ring + QPoint(5, 0)).name() == theme().backward


def test_coming_back_to_a_picture_gives_the_same(view):
    before = draw(view, _shot())
    for values in SHOTS:
        draw(view, _shot(**values))
    assert draw(view, _shot()) == before


@pytest.mark.parametrize("change", [{"point": (-3.0, 1.0)}, {"direction": "ascent"}])
def test_the_ghost_is_seen(view, change):
    moved = _shot(**change)
    assert draw(view, moved) != draw(view, moved, _shot())


def test_a_ghost_of_another_function_is_not_drawn(view):
    moved = _shot(function="bowl", point=(1.0, 2.0))
    assert draw(view, moved) == draw(view, moved, _shot())


# Layout


@pytest.mark.parametrize("values", [{}, {"function": "rosenbrock"}, {"function": OWN, "reach": 50.0}])
@pytest.mark.parametrize("size", [*BY_SIZE, (1500, 500)])
def test_angles_are_true_and_the_slices_share_the_axes_of_the_map(view, size, values):
    view.resize(*size)
    draw(view, _shot(**values))
    box = view.plane.vb
    here, right, up = (box.mapViewToScene(QPointF(*place)) for place in ((0, 0), (1, 0), (0, 1)))
    assert right.x() - here.x() == pytest.approx(here.y() - up.y(), rel=0.01)
    low, high = view.current.frame.map.low, view.current.frame.map.high
    for part in np.linspace(low[0], high[0], 3):
        if view.slices[0].scene() is not None:
            assert view.slices[0].vb.mapViewToScene(QPointF(part, 0)).x() == pytest.approx(
                box.mapViewToScene(QPointF(part, 0)).x(), abs=1
            )
    for part in np.linspace(low[1], high[1], 3):
        assert view.slices[1].vb.mapViewToScene(QPointF(0, part)).y() == pytest.approx(
            box.mapViewToScene(QPointF(0, part)).y(), abs=1
        )


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("size", [*BY_SIZE, (1366, 768)])
def test_the_whole_region_is_seen_and_nothing_leaves_the_stage(view, size, zoom):
    set_zoom(zoom)
    try:
        view.resize(*size)
        draw(view, _shot())
        seen = view.plane.vb.viewRect()
        assert seen.left() <= -9 and seen.right() >= 9 and seen.top() <= -9 and seen.bottom() >= 9
        stage = view.stage.ci.sceneBoundingRect().adjusted(-1, -1, 1, 1)
        for item in (view.plane, *view.slices, view.steps, view.note, view.directions):
            if item.scene() is not None:
                assert stage.contains(item.sceneBoundingRect()), item
        assert view.stage.ci.geometry().height() == pytest.approx(view.stage.viewport().height(), abs=3)
    finally:
        set_zoom(1.0)


@pytest.mark.parametrize("size", [*BY_SIZE, (1500, 500)])
def test_the_map_takes_the_larger_part_and_is_filled(view, size):
    view.resize(*size)
    draw(view, _shot())
    plane, stage = view.plane.sceneBoundingRect(), view.stage.viewport().rect()
    assert plane.width() * plane.height() >= 1.3 * sum(
        plot.sceneBoundingRect().width() * plot.sceneBoundingRect().height()
        for plot in view.slices
        if plot.scene() is not None
    ) or size == (1500, 500)
    if size == (900, 560):
        assert plane.width() * plane.height() >= 0.5 * stage.width() * stage.height()
    seen, places = view.plane.vb.viewRect(), view.current.frame.map
    assert seen.width() <= 1.12 * (places.x[-1] - places.x[0])
    assert seen.height() <= 1.12 * (places.y[-1] - places.y[0])


@pytest.mark.parametrize("values", [{}, {"function": "himmelblau"}])
def test_axes_do_not_move_with_the_point(view, values):
    def axes():
        return [(plot.vb.viewRange(), plot.vb.sceneBoundingRect()) for plot in (view.plane, *view.slices)]

    draw(view, _shot(**values, point=(-4.0, 1.0)))
    before = axes()
    for point in ((-4.0, 2.0), (3.0, -1.0), (0.0, 0.0), (3.5, 0.3)):
        draw(view, _shot(**values, point=point))
        assert axes() == before


def test_the_axis_of_values_widens_for_a_point_that_is_too_high_and_the_map_stays(view):
    draw(view, _shot())
    map_before = view.plane.vb.viewRange()
    high = view.slices[1].vb.viewRange()[0][1]
    draw(view, _shot(point=(-7.0, 8.0)))
    assert view.slices[1].vb.viewRange()[0][1] > 66 > high
    assert view.plane.vb.viewRange() == map_before


@pytest.mark.parametrize("size", [*BY_SIZE, (1500, 500)])
@pytest.mark.parametrize("point", [(-14.0, 1.0), (1.0, 14.0)])
def test_a_point_beyond_the_region_is_in_sight_all_the_same(view, size, point):
    view.resize(*size)
    draw(view, _shot(point=point))
    assert view.plane.vb.viewRect().contains(QPointF(*point))


def test_names_stand_apart_and_off_the_point(view):
    """Watched while painting: plates that were placed do not overlap."""
    from gui.plots.surface import gradient_mark

    placed = []
    original = gradient_mark._Drawing.draw

    def watched(self, shown, ghost):
        original(self, shown, ghost)
        placed.append(list(self.taken))

    gradient_mark._Drawing.draw = watched
    try:
        for point in ((-7.0, 2.0), (-7.0, 0.01), (1.0, 5.0), (6.0, -3.0), (-0.5, 0.3)):
            draw(view, _shot(point=point))
            plates = placed[-1]
            assert len(plates) >= 5
            for number, plate in enumerate(plates[2:], start=2):
                assert not any(plate.intersects(other) for other in plates[:number]) or plate.width() < 20
    finally:
        gradient_mark._Drawing.draw = original


def test_the_angle_is_written_at_the_arc(view):
    shown = view.mark.state[0]
    assert isinstance(shown, GradientPicture)
    assert shown.angle == "64.1°" and shown.name == "−∇f"
    assert shown.parts == (("−∂f/∂x0 = 0.7", "0.7"), ("−∂f/∂x1 = −4", "−4"))
    draw(view, _shot(direction="ascent"))
    assert view.mark.state[0].name == "∇f" and view.mark.state[0].parts[0][0] == "∂f/∂x0 = −0.7"
    draw(view, _shot(**NO_VALUE))
    assert view.mark.state[0].arrow is None


def test_at_a_corner_the_slice_along_the_edge_keeps_its_slope(view):
    draw(view, _shot(function=OWN, own="abs(x0) + abs(x1)", point=(0.0, 1.0)))
    assert [[line.slope for line in plot.marks.state[0]] for plot in view.slices] == [[], [1.0]]
    assert view.slices[0].marks.state[2][0][0] == ("no slope",) and view.mark.state[0].arrow is None


def test_the_right_angle_is_marked_only_where_it_is_one(view):
    assert view.mark.state[0].perpendicular
    draw(view, _shot(function="beale", point=(1.0, 1.5), gradient="numerical", h=1.0))
    assert not view.mark.state[0].perpendicular and view.mark.state[0].tangent is not None


def test_the_table_shows_f_before_and_after(view):
    rows = [[cell.text for cell in row] for row in view.steps._rows]
    assert rows == [["along +∇f", "8.04", "▲ +1.59"], ["here", "6.45", ""], ["along −∇f", "5.11", "▼ −1.34"]]
    draw(view, _shot(stride=40.0))
    assert view.steps._rows[2][2].text == "▲ +21.1"


# The hand


@pytest.mark.parametrize("size", LARGE)
def test_the_point_can_be_dragged(view, size):
    view.resize(*size)
    QTest.qWait(0)
    drag(view, on_screen(view, view.plane, -7, 2), on_screen(view, view.plane, -3, -1))
    changes, gesture = view.edits[-1]
    assert gesture == "drag point" and changes["point"] == pytest.approx((-3, -1), abs=0.2)


@pytest.mark.parametrize(("number", "target"), [(0, (3.0, 6.45)), (1, (6.45, -3.0))])
def test_the_slices_move_the_point_along_one_axis(view, number, target):
    plot = view.slices[number]
    start = (-7, view.current.frame.value) if number == 0 else (view.current.frame.value, 2)
    drag(view, on_screen(view, plot, *start), on_screen(view, plot, *target))
    changes, gesture = view.edits[-1]
    assert gesture == f"drag slice{number}"
    wanted = (3.0, 2.0) if number == 0 else (-7.0, -3.0)
    assert changes["point"] == pytest.approx(wanted, abs=0.1)


def test_the_point_is_not_dragged_out_of_sight(view):
    for place in ((1000.0, 0.0), (0.0, 1000.0), (-1000.0, -1000.0)):
        view.move_handle("point", place)
        assert view.plane.vb.viewRect().contains(QPointF(*view.edits[-1][0]["point"]))


def test_arrow_keys_reach_every_handle_and_the_switch(view):
    view.stage.setFocus()
    for name, key, point in (
        ("point", Qt.Key.Key_Down, (-7.0, 1.9)),
        ("slice0", Qt.Key.Key_Right, (-6.9, 2.0)),
        ("slice1", Qt.Key.Key_Up, (-7.0, 2.1)),
    ):
        QTest.keyClick(view.stage, Qt.Key.Key_Tab)
        assert view.focused_handle() == name
        QTest.keyClick(view.stage, key)
        assert view.edits[-1][0]["point"] == pytest.approx(point)
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.directions.hasFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    assert view.edits[-1] == ({"direction": "ascent"}, "")


def test_where_a_slice_has_no_room_its_handle_is_not_reached(view):
    view.resize(620, 300)
    draw(view, _shot())
    assert view.slices[0].scene() is None
    view.stage.setFocus()
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    QTest.keyClick(view.stage, Qt.Key.Key_Tab)
    assert view.focused_handle() == "slice1"
    view.resize(900, 560)
    QTest.qWait(0)
    assert view.slices[0].scene() is not None and view.handle_items["slice0"].isVisible()


def test_the_switch_and_the_rows_of_the_table_choose_the_direction(view):
    place = view.stage.mapFromScene(view.directions.mapToScene(view.directions.box("ascent").center()))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.edits == [({"direction": "ascent"}, "")]
    for row in (0, 1, 2):
        view.steps.row_clicked.emit(row)
    assert view.edits[1:] == [({"direction": "ascent"}, ""), ({"direction": "descent"}, "")]


def test_probes_name_the_part_of_the_stage(view):
    heard = []
    view.probed.connect(heard.append)
    view.stage.scene().sigMouseMoved.emit(view.plane.vb.mapViewToScene(QPointF(2, 1)))
    assert "−∇f = (−0.2, −2)" in heard[-1].render("en")
    view.stage.scene().sigMouseMoved.emit(view.slices[0].vb.mapViewToScene(QPointF(2, 5)))
    assert "∂f/∂x0 = 0.2" in heard[-1].render("en")
    view.stage.scene().sigMouseMoved.emit(view.slices[1].vb.mapViewToScene(QPointF(5, 1)))
    assert "∂f/∂x1 = 2" in heard[-1].render("en")


def test_an_export_shows_neither_handles_nor_switch(view):
    check_export(view, view.directions)


@pytest.mark.parametrize("values", SHOTS)
def test_language_theme_and_zoom_are_taken_at_once(view, values):
    check_appearance(view, _shot(**values))
