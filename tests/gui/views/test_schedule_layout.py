"""The curve of a schedule has its place below another plot while there is a schedule, and else nothing has moved."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from engine.contract.catalogue import load
from gui.stage.snapshot import Layout
from gui.views.ch5_backpropagation.playground import PlaygroundView
from gui.views.ch6_techniques.optimizer_race import OptimizerRaceView
from gui.views.ch7_convolution.cnn import CnnView

_VIEWS = {
    "playground": (PlaygroundView, "loss"),
    "optimizer_race": (OptimizerRaceView, "loss"),
    "cnn": (CnnView, "accuracy"),
}


def test_words_and_a_plot_come_below_an_item_and_what_stands_beside_it_reaches_as_far_down():
    layout = Layout(("a b", "c b", "note note"), (60, 40, 0), (1, 1))
    found = layout.below("c", ("words", "plot"), 25)
    assert found.cells == ("a b", "c b", "words b", "plot b", "note note")
    assert found.heights == (60, 30, 0, 10, 0) and found.widths == layout.widths
    assert layout.below("nothing", ("words", "plot"), 25) is layout


@pytest.mark.parametrize("experiment_id", _VIEWS)
@pytest.mark.parametrize("wide", [True, False])
def test_the_curve_is_there_with_a_schedule_where_there_is_room(experiment_id, wide):
    view, above = _VIEWS[experiment_id]
    params = load(experiment_id).params_type()
    scheduled = params.replaced({"schedule": "cosine"})

    def places(which, compact):
        # Of the view itself a layout knows the width alone.
        return view.layout_for(SimpleNamespace(width=lambda: 2000), which, wide, compact).places()

    assert not {"rate", "rate_words"} & set(places(params, False))
    found, before = places(scheduled, False), places(params, False)
    assert set(found) == {*before, "rate", "rate_words"}
    row, column, height, width = found[above]
    assert found["rate_words"] == (row + height, column, 1, width)
    assert found["rate"] == (row + height + 1, column, 1, width)
    if experiment_id != "playground":
        assert places(scheduled, True) == places(params, True)
