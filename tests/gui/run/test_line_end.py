"""Where the line of a run ends: as far as is known, so that no part of it leads nowhere."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.playing import Player
from gui.run.mailbox import line_end
from gui.run.timeline import TimelineEntry


def _newest(experiment, params, updates):
    frame = Player(experiment, Run(experiment.id, params)).go(updates)
    return TimelineEntry(frame, params, ())


@pytest.mark.parametrize(
    ("experiment_id", "changes", "updates"),
    [
        ("descent", {"pitfall": "start_changed", "steps": 8}, 8),
        ("descent", {"steps": 8}, 12),
        ("descent", {}, 30),
        ("training", {"gradient": "numerical", "image_side": "7", "hidden": 10}, 10),
    ],
)
def test_where_a_run_waits_or_has_gone_beyond_the_line_ends_there(experiment_id, changes, updates):
    experiment = load(experiment_id)
    params = experiment.params_type().replaced(changes)
    assert line_end(experiment, params, _newest(experiment, params, updates)) == updates


def test_on_the_way_there_the_end_is_known():
    experiment = load("descent")
    params = experiment.params_type().replaced({"steps": 8})
    assert line_end(experiment, params, None) == 8
    assert line_end(experiment, params, _newest(experiment, params, 3)) == 8


def test_where_no_end_is_known_there_is_room_to_go_on_until_the_run_ends():
    experiment = load("training")
    params = experiment.params_type().replaced({"gradient": "numerical"})
    assert line_end(experiment, params, None) > 10
    descent = load("descent")
    lost = descent.params_type().replaced({"function": "own", "own": "log(x0)", "start": (1.0, 2.0), "steps": 30})
    newest = _newest(descent, lost, 30)
    assert newest.frame.finished and line_end(descent, lost, newest) == newest.update < 30
