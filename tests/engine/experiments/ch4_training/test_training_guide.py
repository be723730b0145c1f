"""`training`: what its goal counts, and what its headlines and titles say of the numbers beside them."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


_SECONDS = {"µs": 1e-6, "ms": 1e-3, "s": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0}
_TIME = re.compile(r"(\d+(?:\.\d+)?(?:e\d+)?) (µs|ms|s|minutes|hours|days)\b")


@settings(max_examples=100, deadline=None)
@given(exponent=st.floats(-6.0, 3.0), updates=st.sampled_from([0, 2]))
def test_the_times_of_one_sentence_multiply_up(exponent, updates):
    """90 ms a update and 10,000 updates are 15 minutes, and nobody is told 10."""
    params, frame = _numerical(updates)
    one = replace(frame, numerical_seconds=10**exponent, numerical_run_seconds=10**exponent * frame.run_updates)
    judged = 0
    for words in (TRAINING.headline(params, one), *training_words.costs(params, one)):
        told = [float(number) * _SECONDS[unit] for number, unit in _TIME.findall(words.render("en"))]
        if len(told) == 2 and "backpropagation" not in words.render("en"):
            judged += 1
            assert told[1] == pytest.approx(told[0] * frame.run_updates, rel=0.05), words.render("en")
    assert judged == 2


@functools.cache
def _numerical(updates):
    player = _player(gradient="numerical", **training_words.REDUCED)
    return player.params, player.go(updates)
