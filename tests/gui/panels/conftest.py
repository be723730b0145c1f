"""Panels are tested in the light theme at zoom 1 in English, on one frame of the gates experiment."""

from dataclasses import dataclass

import pytest

from engine.contract.catalogue import load
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import Run
from engine.playing import Player
from gui.style.language import set_language
from gui.style.theme import apply_to, set_theme
from gui.style.typography import set_zoom


@dataclass(frozen=True)
class Shown:
    """An experiment with parameters and their frame, in the order in which panels take them."""

    experiment: Experiment
    params: Params
    frame: Frame

    def parts(self):
        return self.experiment, self.params, self.frame

    def with_changes(self, **changes):
        params = self.params.replaced(changes)
        return Shown(self.experiment, params, Player(self.experiment, Run(self.experiment.id, params)).go(0))


@pytest.fixture
def gates():
    experiment = load("gates")
    params = experiment.params_type()
    return Shown(experiment, params, Player(experiment, Run("gates", params)).go(0))


@pytest.fixture(autouse=True)
def usual_appearance(qapp):
    before = qapp.font(), qapp.palette()
    apply_to(qapp)
    _reset()
    yield
    _reset()
    qapp.setFont(before[0])
    qapp.setPalette(before[1])


def _reset():
    set_theme("light")
    set_zoom(1.0)
    set_language("en")
