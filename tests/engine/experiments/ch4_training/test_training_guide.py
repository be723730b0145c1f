"""`training`: what its goal counts, and what its headlines and titles say of the numbers beside them."""

from __future__ import annotations

from engine.contract.run import Run
from engine.experiments.ch4_training.training import MnistTraining
from engine.experiments.ch4_training.training.params import TrainingParams
from engine.guides.guide import load_guide
from engine.playing.player import Player

TRAINING = MnistTraining()


def _player(**values):
    return Player(TRAINING, Run(TRAINING.id, TrainingParams(**values), 0))


def test_the_goal_of_one_epoch_is_not_reached_by_those_that_follow():
    (goal,) = load_guide("training", "en").goals
    player = _player(batch_size=400, learning_rate=0.1)
    waiting = goal.standing(TRAINING, player.params, player.go(0))
    assert waiting.waits and not waiting.reached
    first = player.go(150)
    assert not goal.standing(TRAINING, player.params, first).reached
    player.change("learning_rate", 1.0)
    later = player.go(300)
    assert later.counts == (450, 3) and later.epoch_test[-1] > 0.75
    assert not goal.standing(TRAINING, player.params, later).reached
