"""The companion dies while a parameter is changed: computed again, the stage shows what the form says."""

import os
import signal

import pytest

from engine.contract.params import fields_of
from tests.gui.window.shown import shown
from tests.other_values import other_values

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process cannot be made to wait here")
_CHANGES = (
    ("initialization", "restart"),
    ("playground", "restart"),
    ("playground", "live"),
    ("perceptron_rule", "live"),
)
"""Experiments that a companion plays, and what a change of theirs does to the run."""


def _changed(page, effect):
    """A parameter with this effect and another value of it."""
    params = page.editor.params
    for name, field in fields_of(type(params)).items():
        shows = field.visible is None or field.visible.holds(params)
        if field.effect == effect and field.kind == "real" and shows:
            return {name: next(iter(other_values(field, getattr(params, name))))}
    raise LookupError(f"{page.experiment.id} has no number that is {effect}")


@pytest.mark.parametrize(("experiment_id", "effect"), _CHANGES)
def test_after_a_death_the_stage_shows_what_the_form_says(qtbot, two_cores, window, experiment_id, effect):
    page = shown(qtbot, window, experiment_id)
    runner = window.runner
    page.controller.step()
    qtbot.waitUntil(lambda: runner.is_settled)
    changes = _changed(page, effect)
    process = runner.engine_thread.players.companion.process
    os.kill(process.pid, signal.SIGSTOP)
    page.controller.edit(changes)
    process.kill()

    def stands():
        if runner.state.phase == "lost":
            window.notice.button.click()
        return runner.is_settled and runner.state.phase in ("paused", "finished")

    qtbot.waitUntil(stands)
    assert page.editor.params == page.editor.params.replaced(changes)
    assert page.controller.snapshot.params == page.editor.params == runner.params
