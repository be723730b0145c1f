"""The numbers of a graph cover no arrowhead, no end of an input's line, no node and no tick of a gradient."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF

from engine.contract.catalogue import load
from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.playing import Player
from gui.plots.drawing.api import sketch_of
from gui.plots.network.graph_numbers import boxes_of, distance
from gui.stage.view import Snapshot
from gui.style.language import set_language, translate
from tests.gui.views.hand import draw, opened_view
from tests.shots import openings

pytestmark = pytest.mark.long

_SIZES = ((900, 560), (760, 520), (1300, 800))
_SLACK = 1.0
"""Pixels by which the box of words may reach into another, of which no letter takes the rim."""


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_edges_lie_clear_of_what_they_are_about(qtbot, language, size):
    set_language(language)
    view, experiment = opened_view(qtbot, "graph", size=size), load("graph")
    faults = []
    for opening in openings("graph"):
        player = Player(experiment, Run("graph", opening.params))
        for step in range(experiment.last_stop(opening.params) + 1):
            draw(view, Snapshot(opening.params, player.go(step)))
            item = view.plot.item
            layout = item.layout(sketch_of(item))
            inputs = [row.box for row in layout.of_inputs if row.parts]
            marks = {"head": layout.heads, "rail": layout.rails, "node": layout.boxes.values(), "input": inputs}
            for row in [row for row in layout.of_edges if row.parts]:
                own = row.box.adjusted(_SLACK, _SLACK, -_SLACK, -_SLACK)
                on = [kind for kind, boxes in marks.items() if any(own.intersects(one) for one in boxes)]
                faults += [f"{opening.preset}, step {step}: {row.parts[0][0]} on {on}"] * bool(on)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("size", [(619, 430), (619, 478), (850, 580)], ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_stands_at_its_own_edge(qtbot, language, size):
    """On the stages of windows of 1024 × 640 and 1366 × 768 pixels."""
    set_language(language)
    view, experiment = opened_view(qtbot, "graph", size=size), load("graph")
    faults, count = [], 0
    for opening in openings("graph"):
        player = Player(experiment, Run("graph", opening.params))
        for step in range(experiment.last_stop(opening.params) + 1):
            draw(view, Snapshot(opening.params, player.go(step)))
            item = view.plot.item
            sketch = sketch_of(item)
            layout = item.layout(sketch)
            for edge, rows in layout.numbers.items():
                for words, box in ((part[0], box) for row in rows for part, box in _parts(sketch, row)):
                    away = {one: distance(box.center(), way) for one, way in layout.ways.items()}
                    nearest, count = min(away, key=away.__getitem__), count + 1
                    if away[nearest] < away[edge]:
                        faults.append(f"{opening.preset}, step {step}: {words}, {away[nearest]:.0f} < {away[edge]:.0f}")
    assert count > 100 and not faults, "\n".join(faults)


def _parts(sketch, row):
    return zip(row.parts, boxes_of(sketch, row), strict=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_input_is_named_in_full(qtbot, language):
    set_language(language)
    view = opened_view(qtbot, "graph")
    for opening in openings("graph"):
        draw(view, opening)
        written = [part[0] for row in view.plot.item.layout(sketch_of(view.plot.item)).of_inputs for part in row.parts]
        named = [translate(opening.params.label(node)) for node in opening.params.structure.variables]
        assert all(any(words.startswith(f"{name} = ") for words in written) for name in named), written


@pytest.mark.parametrize("factor", [1.5, 2.5, 5.0])
@pytest.mark.parametrize("at", [(0.2, 0.3), (0.5, 0.5), (0.8, 0.7)])
def test_what_is_magnified_by_the_wheel_lies_clear_of_one_another(qtbot, factor, at):
    """Words of what is out of sight stay there: at the edge they would lie on those of what is shown."""
    view, experiment = opened_view(qtbot, "graph"), load("graph")
    faults = []
    for opening in openings("graph"):
        steps = experiment.last_stop(opening.params)
        draw(view, Snapshot(opening.params, Player(experiment, Run("graph", opening.params)).go(steps)))
        view.plot.show_whole()
        whole = view.plot.whole()
        view.plot.magnify(factor, whole.topLeft() + QPointF(at[0] * whole.width(), at[1] * whole.height()))
        item = view.plot.item
        sketch = sketch_of(item)
        layout = item.layout(sketch)
        rows = [(row.parts[0][0], row.box) for row in (*layout.of_edges, *layout.of_inputs) if row.parts]
        others = [("node", box) for box in layout.boxes.values()]
        slack = (_SLACK, _SLACK, -_SLACK, -_SLACK)
        for (one, box), (other, taken) in combinations([*rows, *others], 2):
            both = box.adjusted(*slack) & taken.adjusted(*slack) & sketch.box
            if min(both.width(), both.height()) > _SLACK and (one, other) != ("node", "node"):
                faults.append(f"{opening.preset}, {one} on {other}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("size", [(604, 450), (619, 478), (760, 520), (900, 560)], ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_equals_sign_stands_in_all_names_of_a_picture_or_in_none(qtbot, language, size):
    set_language(language)
    view = opened_view(qtbot, "graph", size=size)
    for opening in openings("graph"):
        draw(view, opening)
        rows = view.plot.item.layout(sketch_of(view.plot.item)).of_inputs
        labels = [translate(opening.params.label(node)) for node in opening.params.structure.variables]
        named = [row.parts[0][0] for row in rows if row.parts and row.parts[0][0].startswith(tuple(labels))]
        assert named and len({"=" in words for words in named}) == 1, named
