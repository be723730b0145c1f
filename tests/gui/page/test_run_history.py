"""Undo, redo and 'Back to it' bring a run back as it was, with its record, its place and its comparison."""

from __future__ import annotations

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.frame import arrays_of
from engine.contract.params import fields_of
from engine.playing import Player
from tests.gui.window.shown import lead, shown
from tests.other_values import other_values
from tests.walk import EXPERIMENT_IDS

RUNS = [one for one in EXPERIMENT_IDS if load(one).shape == "run" and one != "digits"]
"""In `digits`, which only looks at its images, nothing begins anew."""


def _settled(qtbot, window):
    qtbot.waitUntil(lambda: window.runner.is_settled)


def _trained(qtbot, window, experiment_id, steps=3):
    """An experiment's page after a few steps, one of them looked back at."""
    page = shown(qtbot, window, experiment_id)
    for _ in range(steps):
        page.controller.step()
        _settled(qtbot, window)
    page.controller.back()
    _settled(qtbot, window)
    return page


def _stands(window):
    """What is kept of the run, which entry is looked at, and the journal. The newest entry's frame is made anew."""
    runner = window.runner
    entries = runner.timeline.entries
    return [id(entry) for entry in entries[:-1]], entries[-1].update, runner.entry.update, runner.run


def _begin_anew(editor):
    """Change something that begins another run: a parameter, or else the seed."""
    for name, field in fields_of(type(editor.params)).items():
        if field.effect == "restart":
            for value in other_values(field, getattr(editor.params, name)):
                if editor.experiment.has_course(editor.params.replaced({name: value})):
                    assert editor.change({name: value})
                    return
    assert editor.set_seed(editor.seed + 1)


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", RUNS)
def test_undo_of_a_change_that_began_anew_brings_the_run_back(qtbot, window, experiment_id):
    page = _trained(qtbot, window, experiment_id)
    before, picture = _stands(window), page.controller.snapshot.frame
    _begin_anew(page.editor)
    _settled(qtbot, window)
    other = _stands(window)
    assert other != before
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    assert _stands(window) == before and page.controller.snapshot.frame is picture
    page.editor.undo_stack.redo()
    _settled(qtbot, window)
    assert _stands(window) == other


def test_what_came_back_goes_on_as_if_nothing_had_been_between(qtbot, window):
    page = _trained(qtbot, window, "playground")
    _begin_anew(page.editor)
    _settled(qtbot, window)
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    window.runner.to_newest()
    page.controller.step()
    _settled(qtbot, window)
    entry = window.runner.entry
    alone = Player(page.experiment, window.runner.run).go(entry.update)
    assert all(map(np.array_equal, arrays_of(entry.frame), arrays_of(alone)))


def test_a_whole_drag_puts_one_run_away_and_a_drag_back_brings_it_back(qtbot, window):
    page = _trained(qtbot, window, "playground")
    before = _stands(window)
    noise = page.editor.params.noise
    for value in (0.2, 0.3, 0.4):
        page.editor.change({"noise": value}, "slider")
        _settled(qtbot, window)
    page.editor.change({"noise": noise}, "slider")
    page.editor.end_gesture()
    _settled(qtbot, window)
    assert _stands(window) == before
    for value in (0.2, 0.3):
        page.editor.change({"noise": value}, "slider")
        _settled(qtbot, window)
    page.editor.end_gesture()
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    assert _stands(window) == before


@pytest.mark.parametrize(
    "how", ["preset", *(pytest.param(one, marks=pytest.mark.whole) for one in ("seed", "defaults", "try"))]
)
def test_whatever_begins_anew_undo_brings_the_run_back(qtbot, window, how):
    page = shown(qtbot, window, "playground")
    page.editor.set_run(page.editor.params.replaced({"noise": 0.3}), 5, page.experiment.presets[0].label)
    _settled(qtbot, window)
    page.controller.step()
    _settled(qtbot, window)
    before = _stands(window)
    match how:
        case "preset":
            page.editor.apply_preset(page.experiment.presets[-1])
        case "seed":
            page.editor.set_seed(6)
        case "defaults":
            page.editor.restore_defaults()
        case "try":
            lead(page.panels.guide.rows[0])
    qtbot.waitUntil(lambda: window.runner.run.params != before[3].params or window.runner.run.seed != before[3].seed)
    _settled(qtbot, window)
    assert _stands(window) != before
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    assert _stands(window) == before


def test_a_picture_which_has_no_course_is_changed_and_nothing_of_it_is_offered(qtbot, window):
    page = shown(qtbot, window, "gates")
    _begin_anew(page.editor)
    _settled(qtbot, window)
    assert page.controller.shelf.before is None and page.transport.before.isHidden()


def test_two_changes_are_undone_one_after_the_other(qtbot, window):
    page = _trained(qtbot, window, "optimizers")
    places = [_stands(window)]
    for value in (0.3, 0.5):
        page.editor.change({"start": (-value, value)})
        _settled(qtbot, window)
        page.controller.step()
        _settled(qtbot, window)
        places.append(_stands(window))
    for place in places[-2::-1]:
        page.editor.undo_stack.undo()
        _settled(qtbot, window)
        assert _stands(window) == place
    for place in places[1:]:
        page.editor.undo_stack.redo()
        _settled(qtbot, window)
        assert _stands(window) == place


def test_the_comparison_comes_back_too(qtbot, window):
    page = _trained(qtbot, window, "playground")
    page.editor.change({"noise": 0.4})
    _settled(qtbot, window)
    ghost, said = page.view.ghost, page.headline.note.text()
    assert ghost is not None
    page.editor.change({"noise": 0.1})
    _settled(qtbot, window)
    page.editor.undo_stack.undo()
    _settled(qtbot, window)
    assert page.view.ghost.frame is ghost.frame and page.headline.note.text() == said


def test_a_long_run_that_is_put_away_is_named_and_one_press_goes_back(qtbot, window, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("gui.run.open_run.perf_counter", lambda: clock[0])
    page = shown(qtbot, window, "playground")
    page.controller.toggle()
    clock[0] = 25.0
    page.controller.toggle()
    _settled(qtbot, window)
    before, params = _stands(window), page.editor.params
    page.editor.change({"noise": 0.4})
    _settled(qtbot, window)
    assert page.headline.note.text().startswith("The run before, 25 s of computing")  # it stands behind
    assert page.headline.remedy.text() == "Back to it" and page.headline.remedy.isVisible()
    page.editor.change({"noise": 0.3})
    _settled(qtbot, window)
    assert page.headline.note.text().startswith("An earlier run, 25 s")  # what came between took no time
    page.headline.remedy.click()
    _settled(qtbot, window)
    assert _stands(window) == before and page.editor.params == params
    assert "25 s" not in page.headline.note.text()


def test_restart_over_a_long_run_offers_the_way_back(qtbot, window, monkeypatch):
    monkeypatch.setattr("gui.page.run_history.WORTH_A_WORD", -1.0)
    page = _trained(qtbot, window, "playground")
    before = _stands(window)
    page.controller.restart()
    _settled(qtbot, window)
    assert _stands(window) != before
    page.headline.remedy.click()
    _settled(qtbot, window)
    assert _stands(window) == before


def test_a_short_run_that_is_put_away_is_not_spoken_of(qtbot, window):
    page = _trained(qtbot, window, "playground")
    page.editor.change({"noise": 0.4})
    _settled(qtbot, window)
    assert page.headline.note.text() and "is kept" not in page.headline.note.text()


def test_only_the_last_few_runs_are_kept_whole_and_the_rest_are_computed_again(qtbot, window):
    page = _trained(qtbot, window, "playground", steps=1)
    before = window.runner.run
    for number in range(12):
        page.editor.change({"noise": 0.02 * (number + 2)})
        _settled(qtbot, window)
    for _ in range(12):
        page.editor.undo_stack.undo()
        _settled(qtbot, window)
    assert window.runner.run.params == before.params
    assert window.runner.state.phase == "paused"
