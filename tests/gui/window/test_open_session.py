"""A session that is opened stands in stage and form as it stood when it was saved."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from engine.contract.run import Change, Run, Session


@pytest.mark.parametrize(("experiment_id", "path"), [("digits", "drawing"), ("training", "learning_rate")])
def test_what_was_changed_on_the_way_stands_in_the_form(qtbot, window, experiment_id, path):
    """Of a picture, too, whose live changes stand in the journal like those of a training."""
    params = load(experiment_id).params_type()
    value = (*params.drawing, ((0.1, 0.1), (0.2, 0.3))) if path == "drawing" else params.learning_rate / 2
    window.show()
    window.open_session(Session(Run(experiment_id, params, journal=(Change(3, path, value),)), 5))
    controller = window.page.controller
    qtbot.waitUntil(lambda: window.runner.is_settled and controller.snapshot is not None, timeout=30_000)
    assert getattr(window.page.editor.params, path) == value == getattr(controller.snapshot.params, path)
    assert getattr(window.runner.params, path) == value
