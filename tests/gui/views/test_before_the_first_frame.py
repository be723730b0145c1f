"""A stage can be painted before anything was computed for it."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from gui.views import load_view
from tests.walk import EXPERIMENT_IDS


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_stage_without_a_frame_is_painted(qtbot, experiment_id):
    view = load_view(experiment_id)(load(experiment_id))
    qtbot.addWidget(view)
    view.resize(900, 560)
    with qtbot.waitExposed(view):
        view.show()
    assert not view.grab().isNull()
