"""`training`: what its goal counts, and what its headlines and titles say of the numbers beside them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from engine.contract.run import Run
from engine.experiments.ch4_training.training import MnistTraining
from engine.experiments.ch4_training.training import words as training_words
from engine.experiments.ch4_training.training.params import TrainingParams
from engine.guides.guide import load_guide
from engine.playing import Player

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


@pytest.mark.parametrize("updates", [0, 2])
def test_times_are_said_to_be_those_of_this_computer_in_one_digit_so_that_they_do_not_seem_to_follow_a_change(updates):
    player = _player(gradient="numerical", **training_words.REDUCED)
    frame = player.go(updates)

    def said(run, back, language):
        measured = {"numerical_seconds": run / 1e4, "numerical_run_seconds": run, "backpropagation_seconds": back}
        now = replace(frame, **measured)
        return [
            words.render(language)
            for words in (TRAINING.headline(player.params, now), *training_words.costs(player.params, now))
        ]

    without = _player(**{**training_words.REDUCED, "gradient": "backpropagation"})
    for words in training_words.costs(without.params, without.go(0)):
        assert not re.search(r"about| s\b|hour|minute|day", words.render("en")), words

    for language, about, here in (("en", "about", ("here", "this computer")), ("zh_CN", "约", ("这里", "这台电脑"))):
        one, other = (said(*times, language) for times in ((31 * 3600, 2.8e-4), (34 * 3600, 3.3e-4)))
        assert one == other
        for sentence in one[:-1]:
            assert about in sentence and any(words in sentence for words in here), sentence
