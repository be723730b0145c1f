"""Exports to try the formats on: gates as it opens, and a training that was changed while it ran."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.contract.catalogue import load
from engine.contract.experiment import Experiment
from engine.contract.run import Change, Run
from engine.export.record import Export
from engine.playing import Player
from tests.dummies import Playground, PlaygroundParams

Make = Callable[..., Export]


@pytest.fixture
def make_export() -> Make:
    """``make(experiment, run, update, language)`` plays the run and gives what is to be exported."""

    def make(experiment: Experiment, run: Run, update: int = 0, language: str = "en") -> Export:
        player = Player(experiment, run)
        frame = player.go(update, heavy=True)
        return Export(experiment, player.run, player.params, player.update, frame, language)

    return make


@pytest.fixture
def gates(make_export: Make) -> Export:
    """The gates as they open, which have three tables."""
    experiment = load("gates")
    return make_export(experiment, Run("gates", experiment.params_type()))


@pytest.fixture
def trained(make_export: Make) -> Export:
    """Thirty updates of a small network with two changes on the way; nested and heavy fields, and a status."""
    journal = (Change(10, "learning_rate", 6.0), Change(20, "weights[0][1,2]", -0.25))
    return make_export(Playground(), Run("playground", PlaygroundParams(view="graph"), 3, journal), 30)
