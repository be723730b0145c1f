"""What was set in an experiment is there again after the program was started anew."""

from __future__ import annotations

import contextlib
import json

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from engine.contract.catalogue import entries, load
from engine.contract.params import fields_of
from engine.contract.run import Run, Session
from gui.app.faults import Faults
from gui.app.settings import Settings
from gui.form.command import FormState
from gui.page.last_parameters import MOST_WRITTEN, LastParameters, read_state, written
from gui.window.main_window import MainWindow
from tests.gui.window.shown import shown
from tests.offenders import for_each
from tests.other_values import other_values

POINTS = ((0.25, -0.5, 1), (-1.0, 2.0, 0), (1.5, 0.75, 1), (2.0, -1.0, 0))


@contextlib.contextmanager
def started_again(window, settings, tmp_path):
    """The window of the next start, once this one was closed."""
    window.close()
    again = MainWindow(Settings(settings.path), Faults(tmp_path / "log.txt"))
    try:
        yield again
    finally:
        again.close()
        again.deleteLater()
        QCoreApplication.sendPostedEvents(again, QEvent.Type.DeferredDelete)


def test_what_was_set_is_there_after_the_next_start_in_all_experiments_one_was_in(qtbot, window, settings, tmp_path):
    page = shown(qtbot, window, "gates")
    page.editor.change({"w1": 0.3, "target": "OR"})
    page = shown(qtbot, window, "playground")
    page.editor.change({"data": "own", "points": POINTS})
    page.editor.set_seed(7)
    with started_again(window, settings, tmp_path) as again:
        page = shown(qtbot, again, "playground")
        assert (page.editor.params.points, page.editor.seed) == (POINTS, 7)
        assert not page.editor.undo_stack.canUndo()
        assert again.runner.run == Run("playground", page.editor.params, 7)
        assert page.form.header.restore_button.isEnabled()
        page = shown(qtbot, again, "gates")
        assert (page.editor.params.w1, page.editor.params.target) == (0.3, "OR")
        assert shown(qtbot, again, "xor").editor.is_default()


def test_defaults_that_were_restored_are_there_too(qtbot, window, settings, tmp_path):
    shown(qtbot, window, "gates").editor.change({"w1": 0.3})
    with started_again(window, settings, tmp_path) as again:
        shown(qtbot, again, "gates").editor.restore_defaults()
        with started_again(again, settings, tmp_path) as third:
            assert shown(qtbot, third, "gates").editor.is_default()


def test_a_session_goes_before_what_was_set_last(qtbot, window, settings, tmp_path):
    shown(qtbot, window, "gates").editor.change({"w1": 0.3})
    with started_again(window, settings, tmp_path) as again:
        params = load("gates").params_type(w2=0.9)
        again.open_session(Session(Run("gates", params, 0)))
        assert shown(qtbot, again, "gates").editor.params == params


def test_a_window_in_which_nothing_was_set_leaves_what_another_one_has_set(settings):
    here, there = LastParameters(settings), LastParameters(Settings(settings.path))
    gates = load("gates")
    assert here.state_of(gates) == there.state_of(gates) == FormState(gates.params_type(), 0)
    changed = FormState(gates.params_type(w1=0.3), 4)
    there.keep("gates", changed)
    here.keep("gates", FormState(gates.params_type(), 0))
    assert LastParameters(Settings(settings.path)).state_of(gates) == changed


@for_each([entry.id for entry in entries()])
def test_every_value_of_every_experiment_comes_back(experiment_id):
    experiment = load(experiment_id)
    defaults = experiment.params_type()
    assert written(FormState(defaults, 0)) == ""
    for name, field in fields_of(experiment.params_type).items():
        if field.kind in ("file", "network"):  # what lies elsewhere comes back as a copy
            continue
        for value in other_values(field, getattr(defaults, name)):
            state = FormState(defaults.replaced({name: value}), 3)
            assert read_state(experiment, written(state)) == state, name


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", {}),
        ("{", {}),
        ("[]", {}),
        ("[" * 100_000, {}),
        ('{"params": 3, "seed": true}', {}),
        ('{"params": {"w1": "a word", "of_old": 1, "b": -0.25}, "seed": -4}', {"b": -0.25}),
        ('{"params": {"w1": 1e999, "target": "NEITHER"}, "seed": 99999999999}', {}),
        ('{"params": {"w1": 0.5}}' + " " * MOST_WRITTEN, {}),
    ],
    ids=["nothing", "cut off", "a list", "deep", "kinds", "names", "numbers", "too long"],
)
def test_what_is_damaged_or_out_of_date_gives_way_to_the_defaults(text, kept):
    experiment = load("gates")
    assert read_state(experiment, text) == FormState(experiment.params_type(**kept), 0)


def test_a_seed_is_kept_where_a_value_is_not():
    experiment = load("playground")
    many = json.dumps({"params": {"points": [[0, 0, 0]] * 1000}, "seed": 5})
    assert read_state(experiment, many) == FormState(experiment.params_type(), 5)


def test_what_is_kept_of_an_experiment_is_bounded(monkeypatch):
    monkeypatch.setattr("gui.page.last_parameters.MOST_WRITTEN", 120)
    experiment = load("playground")
    state = FormState(experiment.params_type(points=POINTS * 10, noise=0.1), 6)
    assert read_state(experiment, written(state)).seed == 6
    assert len(written(state)) <= 120 and "points" not in written(state)
