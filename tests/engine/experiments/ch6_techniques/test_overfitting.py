"""`overfitting`: the gap opens, the remedies narrow it, and what is said of it is what was measured.

The long runs, computed once with seeds 0 to 4 and 600 updates (200 epochs): plain 100 % training, 76 to 80 % test;
weight decay 0.1 83 to 94 % and 70 to 76 %; dropout 0.2 40 to 50 % of the test; the tests below are shorter.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from engine.contract.handle import ProbePoint
from engine.contract.protocol import RandomStreams
from engine.contract.run import Run
from engine.data.digits import load_digits
from engine.experiments.ch6_techniques.overfitting import Overfitting
from engine.experiments.ch6_techniques.overfitting.params import OverfittingParams
from engine.experiments.ch6_techniques.overfitting.process import OverfittingRun
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal

OVERFITTING = Overfitting()


def _player(seed=0, **values):
    return Player(OVERFITTING, Run(OVERFITTING.id, OverfittingParams(**values), seed))


@cache
def _frame(updates, seed=0, **values):
    return _player(seed, **values).go(updates)


def _process(seed=0, **values):
    run = OverfittingRun(OverfittingParams(**values), RandomStreams(seed), load_digits("train"), load_digits("test"))
    for _ in run.prepare():
        pass
    return run


def _said(frame, **values):
    return OVERFITTING.headline(OverfittingParams(**values), frame).render("en")


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_gap_opens_and_weight_decay_narrows_it_without_a_better_test(seed):
    plain, decayed = _frame(240, seed), _frame(240, seed, weight_decay=0.1)
    assert plain.train_accuracy > 0.85 and plain.gap > 0.12
    assert decayed.gap < plain.gap and decayed.test_accuracy < plain.test_accuracy
    assert decayed.weight_std < 0.85 * plain.weight_std
    said = _said(decayed, weight_decay=0.1)
    assert f"the gap narrows to {100 * decayed.gap:.1f} points (without: {100 * plain.gap:.1f})" in said
    assert f"does not improve: {decayed.test_accuracy:.1%} (without: {plain.test_accuracy:.1%})" in said


def test_the_plain_network_beside_a_remedy_is_that_of_the_plain_run():
    plain, decayed = _frame(60), _frame(60, weight_decay=0.1)
    assert np.array_equal(decayed.sample_train[1], plain.sample_train[0])
    assert (decayed.plain_train, decayed.plain_test) == (plain.train_accuracy, plain.test_accuracy)
    assert plain.plain_gap is None and decayed.plain_gap == pytest.approx(plain.gap)
    assert decayed.learners == ("regularized", "plain") and plain.learners == ("plain",)


def test_more_data_raises_the_test():
    assert _frame(240, samples="3000").test_accuracy > _frame(240).test_accuracy
    assert _frame(240, samples="3000").gap < _frame(240).gap


def test_shuffled_labels_are_learned_by_heart_and_teach_nothing():
    frame = _frame(360, labels="shuffled", learning_rate=0.02)
    assert frame.train_accuracy > 0.8 and frame.test_accuracy < 0.2
    assert frame.status.kind == "by_heart"
    one, other = _process(labels="shuffled"), _process()
    assert np.array_equal(one._train[0], other._train[0]) and not np.array_equal(one._train[1], other._train[1])
    assert sorted(one._train[1]) == sorted(other._train[1])


@pytest.mark.parametrize("ratio", [0.2, 0.3, 0.5])
def test_what_passes_in_training_is_what_is_multiplied_by_at_test_time(ratio):
    frame = _frame(6, dropout=ratio)
    assert frame.passed_in_training == pytest.approx(1 - ratio, abs=0.02)
    assert frame.passed_at_test == pytest.approx(1 - ratio)
    assert frame.mean_in_training == pytest.approx(frame.mean_at_test, rel=0.06)
    assert np.mean(frame.left_out) == pytest.approx(ratio, abs=0.08)


def test_the_wrong_factor_changes_the_test_and_nothing_of_the_learning():
    right, wrong = _frame(60, dropout=0.1), _frame(60, dropout=0.1, dropout_scaling="wrong")
    assert right.weight_after == wrong.weight_after and np.array_equal(right.weight_shares, wrong.weight_shares)
    assert np.array_equal(right.left_out, wrong.left_out) and np.array_equal(right.loss_mean, wrong.loss_mean)
    assert wrong.test_loss != right.test_loss and wrong.mean_at_test == pytest.approx(right.mean_at_test / 9)
    assert wrong.status.kind == "wrong_factor" and right.status is None


def test_early_stopping_keeps_the_network_of_the_smallest_validation_loss():
    process = _process(early_stopping=True, patience=2)
    kept = None
    while not process.finished:
        for _ in process.advance() or ():
            pass
        if process._best[0] == process.counts[0]:
            kept = {name: values.copy() for name, values in process._network.params.items()}
    frame = process.frame(heavy=False)
    assert frame.stopped and frame.finished and "stopped" in frame.events
    assert frame.update - frame.best_update == 6, "two epochs of three updates"
    assert frame.best_loss == frame.validation_losses.min()
    assert all(np.array_equal(process._network.params[name], values) for name, values in kept.items())
    row = np.flatnonzero(frame.sample_updates == frame.best_update)[0]
    assert (frame.train_accuracy, frame.test_accuracy) == (frame.sample_train[0, row], frame.sample_test[0, row])


def test_validation_images_are_neither_learned_from_nor_tested_with():
    process = _process(samples="1000")
    rows = {row.tobytes() for row in process._validation[0]}
    assert len(rows) >= 999
    assert not rows & {row.tobytes() for row in process._train[0]}


def test_the_same_seed_gives_the_same_frame_however_it_is_divided():
    whole, player = _frame(30, 3, dropout=0.3, weight_decay=0.1), _player(3, dropout=0.3, weight_decay=0.1)
    player.go(7)
    assert frames_equal(player.go(23), whole)
    assert not frames_equal(_frame(30, 4, dropout=0.3, weight_decay=0.1), whole)


def test_a_rate_too_long_ends_the_run_with_the_last_finite_state():
    frame = _frame(600, layers=6, learning_rate=0.1, weight_decay=0.5)
    assert np.isfinite(frame.weight_after) and np.isfinite(frame.weight_shares).all()


@pytest.mark.parametrize(
    "values", [{}, {"weight_decay": 0.1, "dropout": 0.3}, {"dropout": 0.3, "dropout_scaling": "wrong"}]
)
def test_every_line_of_the_working_is_right(values):
    frame = _frame(6, **values)
    lines = OVERFITTING.working(OverfittingParams(**values), frame)
    for line in lines:
        assert evaluate(line) == pytest.approx(line.result, rel=1e-9, abs=1e-12)
    step = next(line for line in lines if line.left == "w′")
    assert step.result == pytest.approx(frame.weight_after, abs=1e-6)


def test_weight_decay_alone_leaves_what_the_working_says():
    assert _frame(0, weight_decay=0.1).kept_after_1000 == pytest.approx(0.368, abs=5e-4)
    line = next(line for line in OVERFITTING.working(OverfittingParams(weight_decay=0.1), _frame(0, weight_decay=0.1))
                if line.left == "g")  # fmt: skip
    assert line.result == pytest.approx(0.2)


def test_the_pointer_is_told_the_curve_and_the_stretch_of_weights():
    frame, params = _frame(60), OverfittingParams()
    said = OVERFITTING.probe(params, frame, ProbePoint(31, 0.5, part="curves")).text.render("en")
    assert said.startswith("update 30:") and "gap" in said
    place = len(frame.weight_shares) // 2
    said = OVERFITTING.probe(params, frame, ProbePoint(0.01, 0.1, part="weights")).text.render("en")
    assert f"{100 * frame.weight_shares[place]:.2f}%" in said
    assert OVERFITTING.probe(params, frame, ProbePoint(3, 0.1, part="weights")) is None


@pytest.mark.parametrize(
    ("samples", "said"), [("300", "of 300 training"), ("3000", "of 1,000 of the 3,000 training digits")]
)
def test_the_headline_says_of_how_many_training_digits_the_accuracy_is(samples, said):
    for updates in (0, 3):
        assert said in _said(_frame(updates, samples=samples), samples=samples)
