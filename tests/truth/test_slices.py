"""What stands beside the dot of a slice is what the network has, and not what lies elsewhere along it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.contract.catalogue import load
from engine.contract.numerals import percent
from engine.playing import opened
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.snapshot import Snapshot
from gui.views import load_view
from tests.gui.views.hand import brought_up


def test_the_dot_of_a_slice_tells_the_loss_and_the_accuracy_of_the_network_itself(qtbot):
    experiment = load("training")
    player, frame = opened(experiment, experiment.params_type().replaced({"loss_slice": True}))
    middle = len(frame.slice.steps) // 2
    assert frame.slice.steps[middle] == 0 and frame.slice.here == frame.slice.losses[middle]
    # Of no two places the same.
    losses, accuracies = np.linspace(1.7, 0.9, 51), np.linspace(0.31, 0.67, 51)
    drawn = replace(frame.slice, losses=losses, accuracies=accuracies, here=float(losses[middle]))
    view = load_view("training")(experiment)
    brought_up(qtbot, view, Snapshot(player.params, replace(frame, slice=drawn)), (900, 640))
    told = {words for words, _ in words_and_marks(view.stage)}
    assert {f"{losses[middle]:.3f}", percent(float(accuracies[middle]), 1)} <= told
