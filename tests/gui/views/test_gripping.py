"""Every ring of every experiment can be gripped as a hand grips it: beside its centre, or by its invitation.

A stage is brought up once, for all laws in turn: that takes longer than most of them.
"""

from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.contract.catalogue import load
from engine.contract.text import LANGUAGES
from gui.plots.drawing.stage_item import Grip
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.handle import nearest_handle
from gui.style.language import set_language
from gui.style.typography import set_zoom, zoom
from tests.gui.views.hand import drag, opened_view, picture, turn
from tests.shots import openings
from tests.walk import EXPERIMENT_IDS

OFF_CENTRE = [
    QPointF(8 * math.cos(turn * math.pi / 4), 8 * math.sin(turn * math.pi / 4)).toPoint() for turn in range(8)
]
FAR = (24, 110)
"""Pixels of a drag; the longer one where a parameter moves by whole numbers."""
_MOST_RINGS, _MOST_OF_A_PRESET = 6, 2
"""So many rings of a stage are gripped from all sides, spread over all of them; with --whole, twenty and eight."""
SETTLING = {1.0: 5, 2.0: 16}
"""Pixels by which the columns of a stage may still come to rest at each zoom: those of ``gates`` do."""
SIZES = {1.0: (900, 560), 2.0: (1300, 760)}
WITH_BODIES = ("forward", "softmax", "losses")


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


@pytest.mark.long
@pytest.mark.parametrize("zoom", [1.0, pytest.param(2.0, marks=pytest.mark.whole)])
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_stage_in_the_hand(qtbot, subtests, request, experiment_id, zoom):
    view = _brought_up(qtbot, experiment_id, zoom=zoom)
    start, rings = view.current, _rings(view)
    laws = [_invites_to_one_thing, _words_of_an_invitation_grip, _all_rings_are_in_sight, _a_press_is_a_click,
            _bodies_have_their_ring_at_the_rim, _lines_grip, _what_can_be_gripped_asks]  # fmt: skip
    for law in laws:
        with subtests.test(law=law.__name__):
            law(view, rings)
            view.draw(start.params, start.frame)
    with subtests.test(law="rings grip beside their centre"):
        most = 20 if request.config.getoption("--whole") else _MOST_RINGS
        _rings_grip(view, rings, most, OFF_CENTRE if zoom == 1 else OFF_CENTRE[1::3])


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_ring_of_every_preset_grips_beside_its_centre(qtbot, subtests, request, experiment_id):
    view = _brought_up(qtbot, experiment_id)
    most = 8 if request.config.getoption("--whole") else _MOST_OF_A_PRESET
    for shot in openings(experiment_id)[1:]:
        with subtests.test(preset=shot.preset):
            view.draw(shot.params, shot.frame)
            picture(view)
            _rings_grip(view, _rings(view), most, [QPoint(7, 5)])


def _rings_grip(view, rings, most, offs):
    for (name, centre), off in itertools.product(_some(rings, most).items(), offs):
        if _nearest(rings, centre + off) == {name}:
            assert _dragged(view, centre + off, name), f"{name} at {off.toTuple()}"


def _all_rings_are_in_sight(view, rings):
    """Each lies on the plot that the view names for it; a plot that a low stage leaves out has none."""
    for handle in view.experiment.handles(view.current.params, view.current.frame):
        plot = view.plot_of_handle(handle.id)
        if not handle.quiet and plot.scene() is not None:
            low_high = [[round(end, 3) for end in ends] for ends in plot.viewRange()]
            assert handle.id in rings, f"{handle.id} at {handle.place} is not in sight; its plot shows {low_high}"


def _grips(view) -> list[Grip]:
    return [item for item in view.stage.scene().items() if isinstance(item, Grip) and item.isVisible()]


def _what_can_be_gripped_asks(view, rings):
    """Whatever can be gripped on the stage asks for a change."""
    for grip in _grips(view):
        if grip.acceptedMouseButtons():
            places = _places_on(view, grip)
            assert not places or any(_asks(view, place) for place in places), f"{type(grip).__name__} moves nothing"


def _lines_grip(view, rings):
    """Every line grips eight pixels beside it."""
    for grip in _grips(view):
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


def _words_of_an_invitation_grip(view, rings):
    """Whatever of the words is pressed, they grip like the ring that they belong to."""
    start = view.current
    for corner in (0.5, 0.06, 0.94):
        for name, item in view.handle_items.items():
            pill = item.invitation_box()
            if item.isVisible() and not pill.isEmpty():
                press = view.stage.mapFromScene(
                    pill.topLeft() + QPointF(pill.width() * corner, pill.height() * (0.75 * corner + 0.125))
                )
                view.edits.clear()
                drag(view, press, press + _invited(view, name))
                assert {gesture for _, gesture in view.edits} == {f"drag {name}"}
                assert any(start.params.replaced(one) != start.params for one, _ in view.edits)


def _invites_to_one_thing(view, rings):
    """A stage invites to one thing at a time, with words that cover no other words and no point in any language."""
    pills = [name for name, item in view.handle_items.items() if not item.invitation_box().isEmpty()]
    if view.go_on is not None and view.go_on.isVisible():
        pills.append("run")
    assert len(pills) <= 1, pills
    if zoom() != 1.0:
        return  # in large letters there is not room for all
    for name in LANGUAGES:
        set_language(name)
        picture(view)
        for item in view.handle_items.values():
            pill = item.invitation_box()
            boxes = words_and_marks(view.stage)
            covered = [words for words, box in boxes if box.adjusted(4, 4, -4, -4).intersects(pill)]
            assert set(covered) <= {item.invitation}, f"{name}: {covered}"
    set_language(LANGUAGES[0])


def _a_press_is_a_click(view, rings):
    """A press and release beside a ring is a click on it."""
    for name, centre in _some(rings, 20).items():
        if _nearest(rings, centre + QPoint(5, -4)) == {name}:
            QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=centre + QPoint(5, -4))
            assert view.focused_handle() == name


def _bodies_have_their_ring_at_the_rim(view, rings):
    """What the engine calls a body lies on the stage with the ring at its rim."""
    named = {one.id for one in view.experiment.handles(view.current.params, view.current.frame) if one.body}
    assert set(_bodies(view)) == named
    for name, body in _bodies(view).items():
        assert body.adjusted(-1, -1, 1, 1).contains(view.handle_items[name].scenePos())


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


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("experiment_id", WITH_BODIES)
def test_a_bar_is_dragged_by_whatever_of_it_is_pressed_and_keeps_its_distance(qtbot, subtests, experiment_id, zoom):
    view = _brought_up(qtbot, experiment_id, zoom=zoom)
    everywhere = [*itertools.product((0.1, 0.5, 0.9), (0.05, 0.5, 0.95))]
    for shot in openings(experiment_id) if zoom == 1 else openings(experiment_id)[:1]:
        with subtests.test(preset=shot.preset):
            view.draw(shot.params, shot.frame)
            picture(view)
            _bars_keep_their_distance(view, everywhere[::4] if shot.preset else everywhere)


def _bars_keep_their_distance(view, places):
    start = view.current
    for name, body in _bodies(view).items():
        ring = view.handle_items[name].scenePos()
        for across, up in places:
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


@pytest.mark.parametrize("magnified", [False, True])
@pytest.mark.parametrize("experiment_id", ["descent", "gradient_field", "optimizers"])
def test_no_drag_takes_a_ring_off_the_map(qtbot, experiment_id, magnified):
    view = opened_view(qtbot, experiment_id)
    if magnified:
        place = next(ring for ring in _centres(view).values() if view.plane.vb.sceneBoundingRect().contains(ring))
        turn(view, place, 600)
    on_map = [name for name in _rings(view) if name != "rate"]
    start = view.current
    for name, (across, up) in itertools.product(on_map, [(9, 0), (-9, 0), (0, 9), (0, -9)]):
        view.draw(start.params, start.frame)
        view.edits.clear()
        x, y = view.handle_items[name].spot
        view.move_handle(name, (x + across * start.frame.map.size, y + up * start.frame.map.size))
        view.draw(start.params.replaced(view.edits[-1][0]), start.frame)
        hidden = [one for one in on_map if not view.handle_items[one].is_on_plot()]
        assert not hidden, f"{name} dragged by ({across}, {up}) maps hides {hidden}"
