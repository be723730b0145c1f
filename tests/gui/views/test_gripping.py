"""Every ring of every experiment can be gripped as a hand grips it: beside its centre, or by its invitation."""

from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.contract.catalogue import load
from gui.plots.drawing.grip import Grip
from gui.stage.handle import nearest_handle
from gui.stage.written import words_and_marks
from gui.style.language import set_language
from gui.style.typography import set_zoom, zoom
from tests.gui.views.hand import drag, opened_view, picture
from tests.walk import EXPERIMENT_IDS

OFF_CENTRE = [
    QPointF(8 * math.cos(turn * math.pi / 4), 8 * math.sin(turn * math.pi / 4)).toPoint() for turn in range(8)
]
FAR = (24, 110)
"""Pixels of a drag; the longer one where a parameter moves by whole numbers."""
_MOST_RINGS, _MOST_OF_A_PRESET = 20, 8
SETTLING = {1.0: 5, 2.0: 16}
"""Pixels by which the columns of a stage may still come to rest at each zoom: those of ``gates`` do."""
SIZES = {1.0: (900, 560), 2.0: (1300, 760)}
EVERY_PRESET = [
    (experiment_id, preset)
    for experiment_id in EXPERIMENT_IDS
    for preset in (None, *(one.id for one in load(experiment_id).presets))
]
WITH_BODIES = [one for one in EVERY_PRESET if one[0] in ("forward", "softmax", "losses")]


def _brought_up(qtbot, experiment_id, preset=None, zoom=1.0):
    set_zoom(zoom)
    return opened_view(qtbot, experiment_id, preset, SIZES[zoom])


def _rings(view) -> dict[str, QPoint]:
    """Where the centre of each ring lies on the stage, which it does not leave when it is painted."""
    first = _centres(view)
    picture(view)
    rings = _centres(view)
    for name, centre in rings.items():
        moved = math.hypot(*(centre - first[name]).toTuple())
        said = f"{name} moved {moved:.0f} px after it was shown (does an axis change its width?)"
        assert moved <= SETTLING[zoom()], said
    return rings


def _centres(view) -> dict[str, QPoint]:
    return {
        name: view.stage.mapFromScene(item.scenePos())
        for name, item in view.handle_items.items()
        if item.isVisible() and item.is_on_plot()
    }


def _some(rings: dict[str, QPoint], most: int = _MOST_RINGS) -> dict[str, QPoint]:
    """A few of them where there are dozens, which are the cells of one board then."""
    return dict(list(rings.items())[:: 1 + len(rings) // most])


def _nearest(rings: dict[str, QPoint], place: QPoint) -> set[str]:
    """The rings whose centres are nearest to a place, all of those that a pixel more or less cannot tell apart."""
    distances = {name: math.hypot(*(centre - place).toTuple()) for name, centre in rings.items()}
    return {name for name, distance in distances.items() if distance <= min(distances.values()) + 1.5}


def _dragged(view, start: QPoint, name: str) -> bool:
    """Whether a drag from ``start`` changes a parameter, in one of the four directions, as the drag of a ring."""
    ways = [QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)]
    if view.handle_items[name].stays:
        ways.reverse()  # its number goes with the height
    for far, way in itertools.product(FAR, ways):
        view.edits.clear()
        drag(view, start, start + far * way)
        assert {gesture for _, gesture in view.edits} <= {f"drag {name}"}, f"{view.edits} instead of {name}"
        if any(view.current.params.replaced(changes) != view.current.params for changes, _ in view.edits):
            return True
    return False


def _invited(view, name: str) -> QPoint:
    """The way on the screen that the invitation of a ring points."""
    handles = view.experiment.handles(view.current.params, view.current.frame)
    across, up = next(one.hint for one in handles if one.id == name)
    return (QPointF(across, -up) / math.hypot(across, up) * FAR[1]).toPoint()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_ring_grips_eight_pixels_beside_its_centre(qtbot, experiment_id, zoom):
    view = _brought_up(qtbot, experiment_id, zoom=zoom)
    rings = _rings(view)
    for (name, centre), off in itertools.product(_some(rings).items(), OFF_CENTRE):
        nearest = _nearest(rings, centre + off)
        if nearest == {name}:
            assert _dragged(view, centre + off, name), f"{name} at {off.toTuple()}"


@pytest.mark.parametrize(("experiment_id", "preset"), EVERY_PRESET)
def test_every_ring_of_every_preset_grips_beside_its_centre(qtbot, experiment_id, preset):
    view = _brought_up(qtbot, experiment_id, preset)
    rings = _rings(view)
    for name, centre in _some(rings, _MOST_OF_A_PRESET).items():
        off = QPoint(7, 5)
        if _nearest(rings, centre + off) == {name}:
            assert _dragged(view, centre + off, name), f"{name} at {off.toTuple()}"


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_ring_lies_in_sight_on_the_plot_that_the_view_names_for_it(qtbot, experiment_id):
    view = _brought_up(qtbot, experiment_id)
    rings = _rings(view)
    for handle in view.experiment.handles(view.current.params, view.current.frame):
        if not handle.quiet:
            low_high = [[round(end, 3) for end in ends] for ends in view.plot_of_handle(handle.id).viewRange()]
            assert handle.id in rings, f"{handle.id} at {handle.place} is not in sight; its plot shows {low_high}"


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_whatever_can_be_gripped_on_the_stage_asks_for_a_change(qtbot, experiment_id):
    view = _brought_up(qtbot, experiment_id)
    for grip in (item for item in view.stage.scene().items() if isinstance(item, Grip) and item.isVisible()):
        if grip.acceptedMouseButtons():
            places = _places_on(view, grip)
            assert not places or any(_asks(view, place) for place in places), f"{type(grip).__name__} moves nothing"


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_line_grips_eight_pixels_beside_it(qtbot, experiment_id, zoom):
    view = _brought_up(qtbot, experiment_id, zoom=zoom)
    for grip in (item for item in view.stage.scene().items() if isinstance(item, Grip) and item.isVisible()):
        middle = view.stage.mapFromScene(grip.mapToScene(grip.shape().boundingRect().center()))
        if grip.acceptedMouseButtons() and not grip.shape().isEmpty():
            for off in OFF_CENTRE:
                place = grip.mapFromScene(view.stage.mapToScene(middle + off))
                assert grip.shape().contains(place), f"{type(grip).__name__} at {off.toTuple()}"


def _places_on(view, grip) -> list[QPoint]:
    """Places of the stage where a press comes to a line."""
    box = grip.getViewBox().sceneBoundingRect()
    parts = [0.05 + 0.1 * part for part in range(10)]
    fine = [0.005 + 0.01 * part for part in range(100)]
    inside = [
        QPointF(box.left() + box.width() * across, box.top() + box.height() * up)
        for across, up in [*itertools.product(fine, parts), *itertools.product(parts, fine)]
    ]
    places = [
        place
        for place in inside
        if grip.shape().contains(grip.mapFromScene(place)) and nearest_handle(view.handle_items.values(), place) is None
    ]
    return [view.stage.mapFromScene(place) for place in places[:: max(1, len(places) // 12)]]


def _asks(view, start: QPoint) -> bool:
    view.edits.clear()
    for way in (QPoint(40, 0), QPoint(0, 40)):
        drag(view, start, start + way)
    return bool(view.edits)


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_the_words_of_an_invitation_grip_like_the_ring_that_they_belong_to(qtbot, experiment_id, zoom):
    for corner in (0.5, 0.06, 0.94):
        view = _brought_up(qtbot, experiment_id, zoom=zoom)
        for name, item in view.handle_items.items():
            pill = item.invitation_box()
            if item.isVisible() and not pill.isEmpty():
                start = view.stage.mapFromScene(
                    pill.topLeft() + QPointF(pill.width() * corner, pill.height() * (0.75 * corner + 0.125))
                )
                drag(view, start, start + _invited(view, name))
                assert {gesture for _, gesture in view.edits} == {f"drag {name}"}
                assert any(view.current.params.replaced(one) != view.current.params for one, _ in view.edits)


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_stage_invites_to_one_thing_at_a_time(qtbot, experiment_id):
    view = _brought_up(qtbot, experiment_id)
    pills = [name for name, item in view.handle_items.items() if not item.invitation_box().isEmpty()]
    if view.go_on is not None and view.go_on.isVisible():
        pills.append("run")
    assert len(pills) <= 1, pills


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_the_words_of_an_invitation_cover_no_other_words_and_no_point(qtbot, experiment_id, language):
    set_language(language)
    view = _brought_up(qtbot, experiment_id)
    QTest.qWait(0)
    for item in view.handle_items.values():
        pill = item.invitation_box()
        covered = [words for words, box in words_and_marks(view.stage) if box.adjusted(4, 4, -4, -4).intersects(pill)]
        assert set(covered) <= {item.invitation}, covered


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_press_and_release_beside_a_ring_is_a_click_on_it(qtbot, experiment_id):
    view = _brought_up(qtbot, experiment_id)
    rings = _rings(view)
    for name, centre in rings.items():
        if _nearest(rings, centre + QPoint(5, -4)) == {name}:
            QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=centre + QPoint(5, -4))
            assert view.focused_handle() == name


def test_where_two_rings_are_near_the_nearer_one_is_taken(qtbot):
    view = _brought_up(qtbot, "losses")
    first, second = (view.handle_items[name] for name in ("y0", "y1"))
    second.setPos(first.pos() + QPointF(10, 0))
    places = {name: view.stage.mapFromScene(item.scenePos()) for name, item in (("y0", first), ("y1", second))}
    assert _dragged(view, places["y0"] - QPoint(6, 0), "y0")
    second.setPos(first.pos() + QPointF(10, 0))
    assert _dragged(view, places["y1"] + QPoint(6, 0), "y1")


def test_a_ring_whose_place_is_outside_its_plot_is_neither_seen_nor_gripped(qtbot):
    view = _brought_up(qtbot, "gates")
    params = view.current.params.replaced({"w1": 5.0, "w2": 5.0})
    frame = view.experiment.compute(params, None)
    view.draw(params, frame)
    for name, item in view.handle_items.items():
        inside = view.plot_of_handle(name).vb.sceneBoundingRect().contains(item.scenePos())
        assert item.is_on_plot() == inside
        assert item.shape().isEmpty() != inside


def _bodies(view) -> dict[str, QRectF]:
    """Where the body of each handle lies on the stage, such as the bar below a ring."""
    return {
        name: item.mapRectToScene(item.body)
        for name, item in view.handle_items.items()
        if item.isVisible() and item.is_on_plot() and item.body is not None
    }


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_what_the_engine_calls_a_body_lies_on_the_stage_with_the_ring_at_its_rim(qtbot, experiment_id):
    view = _brought_up(qtbot, experiment_id)
    named = {one.id for one in view.experiment.handles(view.current.params, view.current.frame) if one.body}
    assert set(_bodies(view)) == named
    for name, body in _bodies(view).items():
        assert body.adjusted(-1, -1, 1, 1).contains(view.handle_items[name].scenePos())


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize(("experiment_id", "preset"), [*WITH_BODIES])
def test_a_bar_is_dragged_by_whatever_of_it_is_pressed_and_keeps_its_distance(qtbot, experiment_id, preset, zoom):
    view = _brought_up(qtbot, experiment_id, preset, zoom)
    start = view.current
    for name, body in _bodies(view).items():
        ring = view.handle_items[name].scenePos()
        for across, up in itertools.product((0.1, 0.5, 0.9), (0.05, 0.5, 0.95)):
            scene_place = body.topLeft() + QPointF(body.width() * across, body.height() * up)
            press = view.stage.mapFromScene(scene_place)
            if nearest_handle(view.handle_items.values(), view.stage.mapToScene(press)) is not view.handle_items[name]:
                # Near another ring, which comes first.
                assert math.hypot(*(scene_place - ring).toTuple()) > 14
                continue
            assert _moved_along(view, name, press, ring), f"{name} at {across}, {up}"
            view.draw(start.params, start.frame)


def _moved_along(view, name: str, press: QPoint, ring: QPointF) -> bool:
    """Whether a drag that began beside a ring asks for the place that lies as far from the ring as the pointer went."""
    asked = []
    drag_of, view.experiment.drag = view.experiment.drag, lambda *those: asked.append(those[2:]) or {}
    try:
        drag(view, press, press + QPoint(0, -30))
    finally:
        view.experiment.drag = drag_of
    if not asked or {one for one, _ in asked} != {name}:
        return False
    wanted = view.plot_of_handle(name).vb.mapSceneToView(view.stage.mapToScene(press + QPoint(0, -30)))
    begun = view.plot_of_handle(name).vb.mapSceneToView(view.stage.mapToScene(press))
    spot = view.handle_items[name].spot
    got = asked[-1][1]
    return got == pytest.approx((spot[0] + wanted.x() - begun.x(), spot[1] + wanted.y() - begun.y()), abs=0.02)


@pytest.mark.parametrize("experiment_id", ["softmax", "losses", "forward"])
def test_a_bar_without_height_is_still_gripped_by_a_band(qtbot, experiment_id):
    view = _brought_up(qtbot, experiment_id)
    empty = {"softmax": ("scores", (0.0, 1.0, 2.0)), "losses": ("y", (0.0, 0.4, 0.6)), "forward": ("x", ((0.0, 0.5),))}
    name, value = empty[experiment_id]
    params = view.current.params.replaced({name: value})
    view.draw(params, load(experiment_id).compute(params, None) if experiment_id != "forward" else view.current.frame)
    first = next(iter(_bodies(view)))
    body = _bodies(view)[first]
    beside = body.center() + QPointF(max(18.0, body.width() / 2 - 3), 5)
    if experiment_id == "forward":
        beside = QPointF(body.center().x() + 5, body.top() + 8)
    assert _moved_along(view, first, view.stage.mapFromScene(beside), view.handle_items[first].scenePos())


def test_a_click_on_a_bar_means_what_a_click_there_meant(qtbot):
    view = _brought_up(qtbot, "losses")
    target = view.current.params.target
    for index in (place for place in range(len(view.current.params.y)) if place != target):
        body = _bodies(view)[f"y{index}"]
        view.edits.clear()
        QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(body.center()))
        assert [changes for changes, _ in view.edits] == [{"target": index}]


def test_a_double_click_on_a_bar_adds_one_as_beside_it(qtbot):
    view = _brought_up(qtbot, "softmax")
    body = max(_bodies(view).values(), key=lambda one: one.height())
    place = view.stage.mapFromScene(body.center())
    for send in (QTest.mouseClick, QTest.mouseDClick, QTest.mouseRelease):
        send(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [len(changes["scores"]) for changes, _ in view.edits] == [len(view.current.params.scores) + 1]


def test_over_a_bar_the_pointer_is_a_hand(qtbot):
    view = _brought_up(qtbot, "softmax")
    name, body = next(iter(_bodies(view).items()))
    QTest.mouseMove(view.stage.viewport(), view.stage.mapFromScene(body.center()))
    qtbot.waitUntil(lambda: view.handle_items[name].cursor().shape() == Qt.CursorShape.OpenHandCursor)
