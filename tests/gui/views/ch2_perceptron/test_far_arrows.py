"""An arrow whose tip is out of sight ends at the edge of its plot, with its head, its name and its ring."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from engine.contract.catalogue import load
from engine.playing import opened
from gui.stage.view import Snapshot
from gui.views import load_view
from tests.gui.views.hand import brought_up, drag

FAR = [
    ("gates", {"w1": 5.0, "w2": 1.0, "b": -3.0}, "w"),
    ("gates", {"w1": -4.0, "w2": -5.0, "b": 4.0}, "w"),
    ("gates", {"w1": 0.0, "w2": 5.0, "b": -2.0}, "w"),
    ("xor", {"s1": (3.0, 3.0, -2.0)}, "s1.w"),
    ("xor", {"y": (3.0, 3.0, -2.0)}, "y.w"),
]


def _shown(qtbot, experiment_id, changes):
    experiment = load(experiment_id)
    player, frame = opened(experiment, experiment.params_type().replaced(changes))
    return brought_up(qtbot, load_view(experiment_id)(experiment), Snapshot(player.params, frame))


@pytest.mark.parametrize(("experiment_id", "changes", "name"), FAR)
def test_the_ring_of_a_far_tip_lies_at_the_edge_on_its_arrow(qtbot, experiment_id, changes, name):
    view = _shown(qtbot, experiment_id, changes)
    handle = next(one for one in view.experiment.handles(view.current.params, view.current.frame) if one.id == name)
    ring, plot = view.handle_items[name], view.plot_of_handle(name)
    assert not plot.vb.viewRect().contains(*handle.place)
    assert ring.is_on_plot()
    here = np.array(ring.to_plot(ring.scenePos()).toTuple())
    foot, way = np.array(handle.foot), np.subtract(handle.place, handle.foot)
    share = (here - foot) @ way / (way @ way)
    assert 0 < share < 1
    assert np.allclose(here, foot + share * way, atol=1e-6)


@pytest.mark.parametrize(("experiment_id", "changes", "name"), FAR)
def test_the_ring_at_the_edge_brings_the_tip_back_to_the_hand(qtbot, experiment_id, changes, name):
    view = _shown(qtbot, experiment_id, changes)
    start = view.stage.mapFromScene(view.handle_items[name].scenePos())
    inwards = view.stage.mapFromScene(view.plot_of_handle(name).vb.sceneBoundingRect().center()) - start
    drag(view, start, start + QPoint(*(round(0.3 * part) for part in inwards.toTuple())))
    assert {gesture for _, gesture in view.edits} == {f"drag {name}"}
    changed = view.current.params.replaced(view.edits[-1][0])
    frame = opened(view.experiment, changed)[1]
    handle = next(one for one in view.experiment.handles(changed, frame) if one.id == name)
    assert view.plot_of_handle(name).vb.viewRect().contains(*handle.place)


@pytest.mark.parametrize("size", [(900, 520), (560, 640), (1300, 700)])
def test_the_arrow_ends_where_its_ring_lies(qtbot, size):
    view = _shown(qtbot, "xor", {"s1": (3.0, 3.0, -2.0), "y": (3.0, 3.0, -2.0)})
    view.resize(*size)
    qtbot.wait(0)
    for arrow, name in ((view.arrows[0], "s1.w"), (view.arrows[2], "y.w")):
        gap = arrow.childItems()[0].scenePos() - view.handle_items[name].scenePos()
        assert gap.manhattanLength() < 2


def test_head_and_name_of_a_far_arrow_are_seen(qtbot):
    view = _shown(qtbot, "gates", {"w1": 5.0, "w2": 1.0, "b": -3.0})
    tip = view.arrow.childItems()[0]
    with_arrow = view.grab().toImage()
    place = view.stage.mapFromScene(tip.scenePos())
    assert view.plane.vb.sceneBoundingRect().contains(tip.scenePos())
    tip.hide()
    without = view.grab().toImage()
    changed = [
        (x, y)
        for x in range(place.x() - 40, place.x() + 12)
        for y in range(place.y() - 40, place.y() + 40)
        if with_arrow.pixel(x, y) != without.pixel(x, y)
    ]
    # Head and name are apart from one another by more than the head is high.
    assert max(y for _, y in changed) - min(y for _, y in changed) > 16
