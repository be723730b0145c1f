"""The stage of `graph`: what it invites to, before the first step, on the way, and at the end."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.contract.run import Run
from engine.experiments.ch5_backpropagation.graph import ComputationalGraph
from engine.experiments.ch5_backpropagation.graph.params import GraphParams
from engine.playing import Player
from gui.stage.handle import inviting_handle
from gui.stage.view import Snapshot
from tests.gui.views.hand import draw, opened_view

GRAPH = ComputationalGraph()


def _shot(index, **values):
    params = GraphParams(**values)
    return Snapshot(params, Player(GRAPH, Run(GRAPH.id, params)).go(index))


def test_the_words_that_invite_to_step_do_it(qtbot):
    view = opened_view(qtbot, "graph")
    assert view.current.frame.update == 0
    with qtbot.waitSignal(view.step_wanted):
        middle = view.go_on.mapToScene(view.go_on.pill.center())
        QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(middle))


def test_it_invites_to_step_then_to_nothing_and_at_the_end_to_change_an_input(qtbot):
    view = opened_view(qtbot, "graph")
    found = []
    for index in range(GRAPH.last_stop(GraphParams()) + 1):
        draw(view, _shot(index))
        first = inviting_handle(view)
        found.append("step" if view.go_on.isVisible() else first.id if first else "")
    assert found == ["step", "", "", "", "apple_price"]


def test_where_there_is_nothing_to_compute_nothing_asks_for_a_step(qtbot):
    view = opened_view(qtbot, "graph")
    draw(view, _shot(0, graph="own", own="x"))
    assert not view.go_on.isVisible()


@pytest.mark.parametrize("apples", [1, 2, 7])
def test_a_product_with_an_equals_sign_is_that_of_the_numbers_beside_it(qtbot, apples):
    view = opened_view(qtbot, "graph")
    products = []
    for price in (31, 50, 100, 191):
        for index in range(GRAPH.last_stop(GraphParams()) + 1):
            draw(view, _shot(index, apple_count=float(apples), apple_price=float(price)))
            edges = view.plot.item.state[0]
            products += [edge.gradient[0] for edge in edges if "=" in edge.gradient[0]]
    assert len(products) == 16
    for words in products:
        one, other, product = (float(number) for number in re.split(" [×=] ", words))
        assert one * other == pytest.approx(product, rel=1e-9), words
