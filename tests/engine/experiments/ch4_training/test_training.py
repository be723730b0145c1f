"""`training`: what it learns and how fast, what a numerical gradient costs, and what is said of every state."""

from __future__ import annotations

import inspect
import math
import time
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from engine.contract.frame import arrays_of
from engine.contract.handle import ProbePoint
from engine.contract.language import LANGUAGES
from engine.contract.numerals import duration
from engine.contract.protocol import RandomStreams, Request
from engine.contract.run import Run
from engine.data.digits import load_digits
from engine.experiments.ch4_training.training import MnistTraining, process
from engine.experiments.ch4_training.training import words as training_words
from engine.experiments.ch4_training.training.params import TrainingParams
from engine.experiments.ch4_training.training.process import MiniBatchTraining
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.pace import within

TRAINING = MnistTraining()
PRESETS = {preset.id: dict(preset.changes) for preset in TRAINING.presets}
REDUCED = PRESETS["numerical"]


def _player(seed=0, **values):
    return Player(TRAINING, Run(TRAINING.id, TrainingParams(**values), seed))


@cache
def _frame(updates, seed=0, **values):
    return _player(seed, **values).go(updates)


def _process(seed=0, **values):
    process = MiniBatchTraining(
        TrainingParams(**values), RandomStreams(seed), load_digits("train"), load_digits("test")
    )
    for _ in process.prepare():
        pass
    return process


def _said(frame, language="en", **values):
    return TRAINING.headline(TrainingParams(**values), frame).render(language)


# The reference


def test_the_book_s_settings_reach_94_percent_within_10_000_updates():
    player = _player()
    start = player.go(0)
    assert start.epoch_train[0] == pytest.approx(0.1, abs=0.03) and start.epoch_test[0] == pytest.approx(0.1, abs=0.03)
    first = player.go(10**6, until="epoch")
    assert (first.update, first.counts) == (600, (600, 1))
    assert first.epoch_train[-1] == pytest.approx(0.789, abs=0.02)
    assert first.epoch_test[-1] == pytest.approx(0.795, abs=0.02)
    end = player.go(9_600 - 600)
    assert end.epochs.tolist() == list(range(17)) and end.epoch_test[-1] >= 0.94
    assert abs(end.gap) < 0.01
    # The curves of so long a run still fit into a frame, and their band still has every batch in it.
    assert end.loss_stride > 1 and (end.loss_minimum < end.loss_maximum).all()
    assert len(end.loss_updates) <= 512 and sum(array.nbytes for array in arrays_of(end)) <= 256 * 1024


def test_relu_reaches_90_percent_in_one_epoch():
    frame = _player(activation="relu").go(600)
    assert frame.epoch_test[-1] == pytest.approx(0.905, abs=0.02)


def test_the_flat_start_is_that_of_the_reference_and_over_at_the_opening():
    frame = _frame(300)
    assert 100 <= frame.flat_updates <= 150 and not frame.flat
    flat = frame.loss_mean[19 : frame.flat_updates]
    assert np.abs(flat - math.log(10)).max() <= 0.01 * math.log(10)
    assert abs(frame.loss_mean[frame.flat_updates] - math.log(10)) > 0.01 * math.log(10)
    assert 0 < frame.digits_right < 12


# Laws


def test_the_loss_is_that_of_a_naive_network():
    """Thirty updates written out without layers, in float64, from the same start and the same batches."""
    process = _process()
    W1, b1, W2, b2 = (process._network.params[name].astype(np.float64) for name in ("W1", "b1", "W2", "b2"))
    train, order = load_digits("train"), RandomStreams(0).order.permutation(60_000)
    losses = []
    for update in range(30):
        rows = order[100 * update : 100 * update + 100]
        x, t = train.images[rows].reshape(100, 784) / 255, np.eye(10)[train.labels[rows]]
        z = 1 / (1 + np.exp(-(x @ W1 + b1)))
        scores = np.exp(z @ W2 + b2)
        y = scores / scores.sum(axis=1, keepdims=True)
        losses.append(-np.sum(t * np.log(y)) / 100)
        d2 = (y - t) / 100
        d1 = d2 @ W2.T * z * (1 - z)
        W2, b2 = W2 - 0.1 * z.T @ d2, b2 - 0.1 * d2.sum(axis=0)
        W1, b1 = W1 - 0.1 * x.T @ d1, b1 - 0.1 * d1.sum(axis=0)
    assert _frame(30).loss_minimum == pytest.approx(np.array(losses), abs=1e-5)


def test_the_same_seed_gives_the_same_curve_bit_for_bit_and_another_seed_another():
    one, again = _player(5).go(640), _player(5).go(640)
    assert frames_equal(one, again)
    assert one.loss_mean.tobytes() == again.loss_mean.tobytes()
    assert not frames_equal(one, _player(6).go(640))


def test_numerical_gradient_and_backpropagation_walk_the_same_way():
    numerical = _frame(4, **REDUCED)
    back = _frame(4, **{**REDUCED, "gradient": "backpropagation"})
    assert numerical.loss_mean == pytest.approx(back.loss_mean, abs=1e-5)
    assert numerical.b_after == pytest.approx(back.b_after, abs=1e-6)


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
def test_at_a_larger_rate_the_loss_first_rises_above_guessing_and_is_below_it_by_update_40(rate):
    """What the guide says of a try and its variants."""
    frame = _frame(300, learning_rate=rate)
    peak = int(np.argmax(frame.loss_mean))
    assert frame.loss_updates[peak] <= 6 and frame.loss_mean[peak] > frame.chance_loss + 0.02
    assert np.all(frame.loss_mean[frame.loss_updates >= 40] < frame.chance_loss)


@pytest.mark.parametrize(("samples", "batch_size", "sizes"), [("100", 30, [30, 30, 30, 10]), ("300", 1000, [300])])
def test_every_epoch_shows_every_image_once_the_last_batch_included(samples, batch_size, sizes):
    process = _process(samples=samples, batch_size=batch_size)
    orders = []
    for _ in range(2):
        batches = []
        for _ in sizes:
            batches.append(process._batch())
            for _ in process.advance() or ():
                pass
        assert [len(labels) for _, labels in batches] == sizes
        shown = np.concatenate([x for x, _ in batches])
        assert len(np.unique(shown, axis=0)) == len(shown) == int(samples)
        orders.append(shown)
    assert process.counts == (2 * len(sizes), 2)
    assert not np.array_equal(*orders), "drawn anew in every epoch"
    sorts = [np.sort(shown.sum(axis=1)) for shown in orders]
    assert sorts[0] == pytest.approx(sorts[1])


def test_one_change_shifts_no_other_draw():
    changes = ({}, {"hidden": 51}, {"batch_size": 7}, {"initial_std": 0.5}, {"samples": "300"})
    frames = [_frame(0, **values) for values in changes]
    assert {frame.digit_indices.tobytes() for frame in frames} == {frames[0].digit_indices.tobytes()}
    orders = [_process(**values)._run.rows[:7] for values in ({}, {"hidden": 51}, {"batch_size": 7})]
    assert all(np.array_equal(orders[0], order) for order in orders)


def test_a_new_rate_works_from_the_next_update_on():
    player = _player()
    before = player.go(200)
    player.change("learning_rate", 1.0)
    assert player.go(0).used_rate == 0.1
    after = player.go(1)
    assert after.used_rate == 1.0
    assert after.b_before.tolist() == before.b_after.tolist()
    assert after.b_after == pytest.approx(after.b_before - 1.0 * after.b_gradient, abs=1e-7)
    assert player.go(200).mean_loss < _frame(401).mean_loss
    with pytest.raises(KeyError):
        player.change("hidden", 10)


def test_samples_and_digits_are_answered_by_the_network_that_is_shown():
    frame = _frame(300)
    process, test = _process(), load_digits("test")
    for _ in range(300):
        for _ in process.advance() or ():
            pass
    W1, b1, W2, b2 = (process._network.params[name].astype(np.float64) for name in ("W1", "b1", "W2", "b2"))
    x = test.images[frame.digit_indices].reshape(12, 784) / 255
    scores = 1 / (1 + np.exp(-(x @ W1 + b1))) @ W2 + b2
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert frame.digit_scores == pytest.approx(scores, abs=1e-4)
    assert frame.digit_probabilities == pytest.approx(shares, abs=1e-4)
    answers = [max(range(10), key=row.__getitem__) for row in scores.tolist()]
    right = [answer == label for answer, label in zip(answers, test.labels[frame.digit_indices].tolist(), strict=True)]
    assert frame.digit_answers.tolist() == answers
    assert frame.digit_is_right.tolist() == right and frame.digits_right == sum(right)
    assert frame.digit_chances == pytest.approx([max(row) for row in shares.tolist()], abs=1e-4)
    assert frame.digit_images.tobytes() == test.images[frame.digit_indices].tobytes()
    assert frame.digit_labels.tolist() == test.labels[frame.digit_indices].tolist()
    assert frame.sample_updates.tolist() == list(range(0, 301, 20))
    assert (frame.train_accuracy, frame.test_accuracy) == (frame.sample_train[-1], frame.sample_test[-1])
    assert len(set(_frame(0).digit_labels.tolist())) > 3


def test_pictures_of_weights_are_the_weights_to_one_step():
    process = _process()
    frame = process.frame(False)
    wanted = process._network.params["W1"].T.reshape(50, 28, 28)
    assert frame.weights.dtype == np.int8 and np.abs(frame.weights).max() == 127
    assert np.abs(frame.weights * frame.weight_step - wanted).max() <= 0.5001 * frame.weight_step
    assert frame.largest_weight == pytest.approx(np.abs(wanted).max())
    assert _frame(0, hidden=120).weights.shape == (50, 28, 28)
    assert _frame(0, hidden=3, image_side="7").weights.shape == (3, 7, 7)


def test_the_end_of_an_epoch_of_few_updates_is_measured_where_many_images_were_learned_from():
    # Sixty updates an epoch: so few do not wait for a hundred of them.
    frame = _frame(120, batch_size=1000)
    assert frame.counts == (120, 2) and frame.epoch_updates.tolist() == [0, 60, 120]


def test_with_few_images_the_accuracy_is_taken_at_epochs_but_not_at_each():
    frame = _frame(250, samples="100")
    assert frame.counts == (250, 250) and frame.epoch_updates.tolist() == [0, 100, 200]
    assert frame.full_size == frame.sample_size == 100


# What a numerical gradient costs


def test_a_numerical_gradient_of_the_book_s_network_takes_79520_passes_an_update():
    frame = _frame(0, gradient="numerical")
    assert (frame.parameters, frame.passes_per_update) == (784 * 50 + 50 + 50 * 10 + 10, 79_520)
    assert frame.numerical_seconds == pytest.approx(79_520 * frame.pass_seconds)
    assert frame.numerical_run_seconds == pytest.approx(10_000 * frame.numerical_seconds)
    assert frame.backpropagation_seconds < frame.numerical_seconds / 1000
    assert "79,520" in _said(frame, gradient="numerical") and "10,000" in _said(frame, gradient="numerical")


def test_a_numerical_update_counts_its_passes_aloud_and_can_be_left():
    player = _player(gradient="numerical")
    player.go(0)
    answers, fractions, longest = player.answers(Request(1)), [], 0.0
    for _ in range(8):
        start = time.thread_time()
        answer = next(answers)
        longest = max(longest, time.thread_time() - start)
        fractions.append(answer.progress.fraction)
        assert "79,520" in answer.progress.text.render("en")
    assert fractions == sorted(fractions) and 0 < fractions[0] < fractions[-1] < 0.05
    assert within(longest, 0.05)
    answers.close()
    player.close()


def test_the_reduced_network_does_several_updates_a_second():
    frame = _frame(4, **REDUCED)
    assert frame.passes_per_update == 1220 and 0 < frame.numerical_seconds < 0.5
    assert "1,220" in _said(frame, **REDUCED)


@pytest.mark.parametrize(
    ("values", "updates"),
    [({}, 300), ({"gradient": "numerical"}, 0), (REDUCED, 10), ({"gradient": "numerical", "image_side": "14"}, 0)],
)
def test_the_opening_is_as_far_as_half_a_second_goes(values, updates):
    params = TrainingParams(**values)
    assert TRAINING.opening_for(params).count == TRAINING.default_steps_for(params).count == updates


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(2e-4, "200 µs"), (0.047, "47 ms"), (16.2, "16 s"), (600, "10 minutes"), (1.3e4, "3.6 hours"), (1.6e5, "44 hours"),
     (2e5, "2.3 days")],
)  # fmt: skip
def test_times_are_told_in_the_unit_that_suits_them(seconds, words):
    assert duration(seconds).render("en") == words


# What is said


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "updates", "values"),
    [
        ("slow", 0, {"gradient": "numerical"}),
        ("plateau", 60, {}),
        ("plateau", 220, {"initial_std": 0.0001}),
        ("plateau", 220, {"learning_rate": 0.01}),
        ("learning", 300, {}),
        ("dead", 60, PRESETS["dead"]),
        ("saturated", 0, {"initial_std": 1.0}),
        ("saturated", 60, {"learning_rate": 10.0}),
        ("oscillating", 40, {"initial_std": 1.0, "activation": "relu"}),
        ("overfitting", 300, PRESETS["few"]),
    ],
)
def test_every_state_is_named_and_its_remedy_ends_it(kind, updates, values):
    frame = _frame(updates, **values)
    assert frame.status.kind == kind
    for language in LANGUAGES:
        assert "{" not in frame.status.text.render(language)
    if frame.status.remedy is not None:
        mended = TrainingParams(**values).replaced(frame.status.remedy.changes)
        assert mended != TrainingParams(**values)
        player = Player(TRAINING, Run(TRAINING.id, mended))
        after = player.go(300 if mended.gradient == "backpropagation" else 0)
        assert after.status is None or after.status.kind != kind
    elif kind != "learning":
        assert updates < 200 and kind == "plateau", "only a short flat start needs no help"


def test_no_state_is_named_where_all_goes_well():
    assert _player(activation="relu").go(700).status is None


def test_the_rate_as_a_remedy_works_in_the_run_that_goes_on():
    player = _player(learning_rate=0.01)
    frame = player.go(220)
    player.change("learning_rate", frame.status.remedy.changes["learning_rate"])
    assert player.go(300).mean_loss < 1


def test_a_loss_that_is_not_finite_ends_the_run_and_the_last_state_stays():
    process = _process()
    for _ in range(3):
        process.advance()
    process._network.params["W2"][:] = 3e38 * np.sign(process._network.params["W2"])
    before = {name: values.tobytes() for name, values in process._network.params.items()}
    process.advance()
    assert process.finished and process.counts == (3, 0)
    assert {name: values.tobytes() for name, values in process._network.params.items()} == before
    frame = process.frame(False)
    assert (frame.update, frame.events, frame.status.kind) == (3, ("diverged",), "diverged")
    assert len(frame.loss_updates) == 3 and np.isfinite(frame.weights).all() and np.isfinite(frame.loss_mean).all()
    assert "Diverged" in _said(frame) and "发散" in _said(frame, "zh_CN")


def test_a_step_beyond_the_format_diverges_without_a_warning_and_the_last_state_stays():
    process = _process(learning_rate=10.0)
    process.advance()
    process._network.params["b2"][:] = 3e38
    before = {name: values.tobytes() for name, values in process._network.params.items()}
    grads = {name: np.zeros_like(values) for name, values in process._network.params.items()}
    grads["b2"] -= 3e37
    process._put_in(1.0, grads)
    assert process.finished and process.counts == (1, 0)
    assert {name: values.tobytes() for name, values in process._network.params.items()} == before
    assert process.frame(False).status.kind == "diverged"


def test_a_run_that_has_ended_is_offered_only_what_begins_anew():
    offered = {}
    for values in ({}, {"initial_std": 1.0}, {"learning_rate": 10.0}, {"activation": "relu"}):
        remedy = training_words.status(TrainingParams(**values), replace(_frame(0), events=("diverged",))).remedy
        offered[tuple(values)] = remedy and dict(remedy.changes)
    assert offered == {
        (): None,
        ("initial_std",): {"initial_std": 0.01},
        ("learning_rate",): None,
        ("activation",): {"activation": "sigmoid"},
    }


def test_units_of_sigmoid_that_are_0_by_underflow_are_saturated_and_not_dead():
    values = {"learning_rate": 10.0, "initial_std": 1.0, "batch_size": 1, "samples": "100", "hidden": 1}
    player = _player(**values)
    kinds = {frame.status.kind for frame in (player.go(20) for _ in range(20)) if frame.status}
    assert "dead" not in kinds and "saturated" in kinds


def test_what_is_said_of_the_hidden_units_names_the_update_it_was_measured_at():
    assert "At update 60," in _frame(70, **PRESETS["dead"]).status.text.render("en")
    assert "At update 20," in _frame(30, initial_std=1.0).status.text.render("en")
    assert "第 20 次更新时" in _frame(30, initial_std=1.0).status.text.render("zh_CN")


def test_a_numerical_frame_is_the_same_every_time_though_times_are_measured():
    assert frames_equal(_player(gradient="numerical").go(0), _player(gradient="numerical").go(0))


def test_the_working_of_a_probability_of_0_has_a_finite_loss():
    frame = _frame(0)
    scores, label = frame.digit_scores.copy(), frame.digit_labels[0]
    scores[0, label] -= 800
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert shares[0, label] == 0
    lines = TRAINING.working(TrainingParams(), replace(frame, digit_scores=scores, digit_probabilities=shares))
    for line in lines:
        assert evaluate(line) == pytest.approx(line.result, rel=1e-9, abs=1e-12), line
    loss = next(line.result for line in lines if line.left == "L")
    assert loss == pytest.approx(800 + math.log(10), abs=0.5)
    scores[0, 3] = np.inf
    lines = TRAINING.working(TrainingParams(), replace(frame, digit_scores=scores, digit_probabilities=shares))
    assert "L" not in [line.left for line in lines]


def test_the_reading_is_computed():
    assert _said(_frame(300)) == (
        "After 300 updates the loss is 1.85; 46.1% of training and 45.7% of test digits are right."
    )
    for updates in (30, 1050):
        frame, words = _frame(updates), _said(_frame(updates))
        sampled = {30: 20, 1050: 1000}[updates]
        assert f"right at update {sampled:,}: {100 * _frame(sampled).train_accuracy:.1f}% of training" in words
        assert f"Update {updates:,}: loss {frame.mean_loss:.2f};" in words and len(words) <= 95
        assert f"第 {sampled} 次时" in _said(frame, "zh_CN")
    for updates in (20, 200, 300):
        frame, words = _frame(updates), _said(_frame(updates))
        mean = np.mean(frame.loss_minimum[-20:])
        assert f"loss is {mean:.2f};" in words and f"{100 * frame.test_accuracy:.1f}% of test" in words
    assert "Nothing learned" in _said(_frame(0))


@pytest.mark.long
@pytest.mark.parametrize(
    ("updates", "values"),
    [(0, {}), (300, {}), (600, {}), (0, {"gradient": "numerical"}), (4, REDUCED), (5, {"samples": "100"})],
)
def test_readings_are_short_in_both_languages(updates, values):
    frame = _frame(updates, **values)
    assert len(_said(frame, **values)) <= 95
    assert len(_said(frame, "zh_CN", **values)) <= 60 and "{" not in _said(frame, "zh_CN", **values)
    costs = [text.render("en") for text in training_words.costs(TrainingParams(**values), frame)]
    assert [len(cost) for cost in costs] == sorted((len(cost) for cost in costs), reverse=True)
    assert all(f"{frame.passes_per_update:,}" in cost for cost in costs)


def test_the_end_of_an_epoch_is_told_with_what_was_measured_then():
    frame = _frame(600)
    assert frame.events == ("update", "epoch") and frame.epoch_updates.tolist() == [0, 600]
    shares = [f"{100 * share[-1]:.1f}%" for share in (frame.epoch_train, frame.epoch_test)]
    assert f"Epoch 1 ends at update 600; right: {shares[0]} of 10,000 training" in _said(frame)
    # The key of the curves has another number, that of the thousand which is looked at between the ends of epochs.
    assert frame.test_accuracy != frame.epoch_test[-1]
    assert f"{shares[1]} of 10,000 test" in _said(frame) and f"10000 张测试图片答对 {shares[1]}" in _said(
        frame, "zh_CN"
    )


def test_the_working_adds_up_for_every_digit():
    for updates in (0, 300):
        frame = _frame(updates)
        for selected in range(1, 13):
            lines = TRAINING.working(TrainingParams(selected=selected), frame)
            for line in lines:
                assert evaluate(line) == pytest.approx(line.result, rel=1e-9, abs=1e-12), line
            by_name = {line.left: line.result for line in lines}
            label = frame.digit_labels[selected - 1]
            assert by_name["y"] == pytest.approx(frame.digit_probabilities[selected - 1, label])
            assert by_name["p"] == 79_520 and by_name["m"] == 60_000
            assert (f"b{label}′" in by_name) == (updates > 0)


def test_a_probe_reads_the_curves():
    params, frame = TrainingParams(), _frame(300)
    words = TRAINING.probe(params, frame, ProbePoint(100.3, 1.0, "loss")).text.render("en")
    loss, mean = frame.loss_minimum[99], frame.loss_mean[99]
    assert words == f"update 100: batch loss {loss:.3f}, mean of the last 20 {mean:.3f}"
    words = TRAINING.probe(params, frame, ProbePoint(93.0, 0.4, "accuracy")).text.render("en")
    assert words.startswith("update 100:") and f"{100 * frame.sample_test[5]:.1f}%" in words
    assert TRAINING.probe(params, _frame(0), ProbePoint(0.0, 0.0, "loss")) is None
    long = _frame(1100, image_side="7", hidden=5)
    assert " to " in TRAINING.probe(params, long, ProbePoint(500.0, 0.0, "loss")).text.render("en")


def test_a_click_on_a_digit_selects_it():
    params, frame = TrainingParams(), _frame(0)
    assert TRAINING.click(params, frame, "digit7") == {"selected": 7}
    assert TRAINING.click(params, frame, "digit1") == {}


def test_the_code_panel_lights_the_line_at_work():
    for values in ({}, REDUCED):
        mark = TRAINING.code_mark(TrainingParams(**values), _frame(0, **values))
        sources = [inspect.getsource(one) for one in TRAINING.code if one.__name__ == mark.function]
        assert any(source.count(mark.fragment) == 1 for source in sources)


# Speed


@pytest.mark.parametrize("gradient", ["backpropagation", "numerical"])
def test_the_largest_network_and_batch_give_a_sign_of_life_within_50_ms(gradient):
    player = _player(gradient=gradient, hidden=200, batch_size=1000, samples="1000")
    answers, longest = player.answers(Request(1)), 0.0
    for _ in range(60):
        start = time.thread_time()
        answer = next(answers, None)
        longest = max(longest, time.thread_time() - start)
        if answer is None:
            break
    assert within(longest, 0.05)
    answers.close()
    player.close()


def test_an_update_takes_less_than_a_millisecond_and_a_frame_less_than_five():
    player = _player()
    player.go(300)
    start = time.thread_time()
    player.go(200)
    assert within((time.thread_time() - start) / 200, 1e-3)
    start = time.thread_time()
    for _ in range(20):
        player.go(0)
    assert within((time.thread_time() - start) / 20, 5e-3)


def test_estimates_of_time_agree_however_busy_the_computer_is(monkeypatch):
    """Now and then a pass takes a hundred times as long, because something else has the processor."""
    for held_up in ([0], [2], [0, 1], [0, 3, 5]):
        clock, calls = [0.0], []

        def work(held_up=held_up, clock=clock, calls=calls):
            clock[0] += 0.2 if len(calls) in held_up else 0.002
            calls.append(None)

        monkeypatch.setattr(process, "perf_counter", lambda clock=clock: clock[0])
        measuring = process._least_time(work)
        with pytest.raises(StopIteration) as done:
            while True:
                next(measuring)
        assert done.value.value == pytest.approx(0.002)


def test_with_few_images_every_share_is_said_of_its_own_number_and_update():
    values = {"samples": "300", "learning_rate": 1.0}
    frame = _frame(202, **values)
    params = TrainingParams(**values)
    measured = int(frame.epoch_updates[-1])
    assert measured < frame.update  # short epochs are not all measured
    said = training_words.status(params, frame).text.render("en")
    assert said.startswith(f"Overfitting: at update {measured}, ") and "of the 300 training images" in said
    row = int(np.argmin(np.abs(frame.sample_updates - 200)))
    told = TRAINING.probe(params, frame, ProbePoint(200.0, 0.5, "accuracy")).text.render("en")
    assert "of 300 training" in told and "of 1,000 test digits" in told
    # The shares are shares of these numbers.
    for share, count in ((frame.sample_train[row], 300), (frame.sample_test[row], 1000)):
        assert abs(float(share) * count - round(float(share) * count)) < 1e-3
