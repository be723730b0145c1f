"""What the guides of chapters 5 to 7 say beyond the claims of their tries, computed, with the words that say it."""

from __future__ import annotations

import gc
import math

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.experiment import Amount
from engine.contract.numerals import percent
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.experiments.ch6_techniques.batch_norm.process import PairsOfNetworks
from engine.guides.guide import load_guide
from engine.nn.layers import BatchNormalization
from engine.nn.optimizers import AdaGrad, Adam, RMSProp
from engine.playing import Player


def _player(experiment_id, seed=0, **changes):
    experiment = load(experiment_id)
    return Player(experiment, Run(experiment_id, experiment.params_type().replaced(changes), seed))


def _steps(optimizer, count=20, start=(-7.0, 2.0)):
    """How far an optimizer goes in each of so many steps on the bowl x0²/20 + x1², (count, 2)."""
    x, places = np.array(start), [np.array(start)]
    for _ in range(count):
        optimizer.update({"x": x}, {"x": x * (0.1, 2.0)})
        places.append(x.copy())
    return np.abs(np.diff(places, axis=0))


def _said(experiment_id, language):
    guide = load_guide(experiment_id, language)
    prose = ["".join(span.text for span in block.spans) for block in guide.blocks]
    asked = [words for one in guide.tries for words in (one.text, one.after, *(answer.why for answer in one.answers))]
    return " ".join(prose + asked)


def _says(experiment_id, english, japanese, chinese):
    words = {"en": english, "ja": japanese, "zh_CN": chinese}
    for language in LANGUAGES:
        assert words[language] in _said(experiment_id, language)


def test_a_column_of_the_output_sums_to_n_times_beta_whatever_goes_in():
    x, shift = np.random.default_rng(0).normal(size=(5, 3)), np.array([0.5, -1.0, 2.0])
    layer = BatchNormalization(np.array([1.0, 2.0, 0.5]), shift, 0.9, 1e-7)
    assert layer.forward(x).sum(axis=0) == pytest.approx(5 * shift, abs=1e-6)
    assert layer.backward(np.ones((5, 3))) == pytest.approx(0.0, abs=1e-6)


def test_without_its_correction_adam_would_begin_with_three_times_the_step():
    beta1, beta2, gradient = 0.9, 0.999, 4.0
    assert (1 - beta1) * gradient / math.sqrt((1 - beta2) * gradient**2) == pytest.approx(3.16, abs=0.01)
    assert _steps(Adam(0.3), 1) == pytest.approx(0.3, rel=1e-3)
    _says(
        "optimizers",
        "would be more than three times as long",
        "最初のステップは3倍より長くなります",
        "第一步会是 η 的三倍多",
    )


def test_rates_set_the_length_of_steps_and_those_of_adagrad_get_shorter():
    adagrad = _steps(AdaGrad(1.5))
    assert adagrad[0] == pytest.approx(1.5, rel=1e-3) and np.all(np.diff(adagrad[:, 0]) < 0) and adagrad[-1, 0] < 0.3
    assert _steps(RMSProp(0.2, 0.9))[0] == pytest.approx(0.2 / math.sqrt(1 - 0.9), rel=1e-3)
    for steps in (_steps(RMSProp(0.2, 0.9))[5:, 0], _steps(Adam(0.2), 10)[:, 0]):
        assert steps == pytest.approx(0.2, rel=0.5)
    _says(
        "optimizers",
        "about η for RMSProp and Adam, less and less for",
        "RMSPropとAdamではη程度、AdaGradではだんだん短くなります",
        "AdaGrad 从 η 起越走越短",
    )


def test_whatever_its_rate_sgd_is_not_nearer_to_the_minimum_after_30_steps():
    rates = np.arange(0.01, 1.2, 0.001)
    distances = np.hypot(7 * (1 - rates / 10) ** 30, 2 * (1 - 2 * rates) ** 30)
    assert np.min(distances) == pytest.approx(0.36, abs=0.005)
    frame = _player("optimizers").go_by(Amount(30, "step"))
    assert frame.distance["sgd"] == pytest.approx(np.hypot(7 * 0.905**30, 2 * 0.9**30))
    assert min(frame.f, key=lambda one: frame.f[one]) == "adagrad"
    told = {"en": "no nearer than 0.36", "ja": "どう選んでも0.36が限界", "zh_CN": "都还差 0.36"}
    for language in LANGUAGES:
        assert told[language] in load_guide("optimizers", language).goals[0].words
    _says("optimizers", "AdaGrad ends lowest", "AdaGradのfが最も低くなります", "走得最低的是 AdaGrad")


@pytest.mark.parametrize("rate", [0.7, 1.0])
def test_adagrad_first_goes_its_rate_and_never_crosses_a_valley_that_is_farther_away(rate):
    frame = _player("optimizers", adagrad_rate=rate).go_by(Amount(30, "step"))
    assert frame.flips["adagrad"] == 0 and frame.paths["adagrad"].places[1] == pytest.approx((-7 + rate, 2 - rate))
    assert _player("optimizers", adagrad_rate=2.5).go_by(Amount(30, "step")).flips["adagrad"] == 30


@pytest.mark.parametrize("decay", [0.1, 0.3, 0.5])
def test_adamw_has_run_past_the_hollow_and_lies_where_slope_and_decay_nearly_cancel(decay):
    shown = {"function": "himmelblau", "start": (5.0, 4.0), "steps": 101, "adamw_lambda": decay}
    player = _player("optimizers", **shown, shown=("adam", "adamw"))
    lowest = min(player.go_by(Amount(1, "step")).x["adamw"][0] for _ in range(20))
    before = player.go_by(Amount(80, "step"))
    moved = np.abs(player.go_by(Amount(1, "step")).x["adamw"] - before.x["adamw"])
    assert before.x["adam"] == pytest.approx((3, 2), abs=0.01) and lowest < before.x["adamw"][0] < 3
    assert np.all(moved < 0.05 * 0.3 * decay * before.x["adamw"])
    _says(
        "optimizers",
        "on the side of 0 the slope pushes back",
        "0の側では傾きが点を押し戻し",
        "到了靠原点的一侧，坡才往回推",
    )


def test_the_first_step_of_adagrad_moves_a_weight_by_its_rate_or_not_at_all():
    weights = np.zeros(3)
    AdaGrad(0.1).update({"W": weights}, {"W": np.array([0.0, 1e-4, -3.0])})
    assert weights == pytest.approx([0.0, -0.1, 0.1], abs=1e-3)
    _says(
        "optimizer_race",
        "every weight that has a gradient",
        "AdaGradの最初のステップでは、勾配が0でない重みはどれも、学習率の分だけ動きます",
        "AdaGrad 的第一步和梯度的大小无关：只要不是 0",
    )


def test_the_slope_of_sigmoid_takes_three_quarters_at_each_layer_on_the_way_back():
    frame = _player("initialization", std=0.1, view="gradients").go(0)
    kept = frame.gradient_stds[:-1] / frame.gradient_stds[1:]
    assert np.all(kept < 0.25 * 1.05) and np.all(kept > 0.2)
    _says(
        "initialization", "takes away three quarters, or more", "どの層でも4分の3以上が失われます", "至少减少四分之三"
    )


@pytest.mark.whole
def test_the_lead_of_he_over_xavier_shrinks_in_a_longer_run():
    player = _player("initialization", view="train", activation="relu")
    said = load("initialization").headline(player.params, player.go_by(Amount(2000, "update"))).render("en")
    assert "0.333 (Xavier) and 0.245 (He)" in said
    _says(
        "initialization",
        "after 2,000 updates its loss is 0.33, He's 0.25",
        "2,000回の更新後、損失はXavierが0.33、Heが0.25",
        "更新 2000 次：Xavier 0.33，He 0.25",
    )


def test_the_smallest_weights_grow_severalfold_within_a_few_dozen_updates():
    player = _player("batch_norm", selected=(3, 3))
    player.go(0)
    (pairs,) = [one for one in gc.get_objects() if isinstance(one, PairsOfNetworks) and 15 in one.pairs]
    network = pairs.pairs[15].learners[0].network
    before = _spreads(network)
    player.go_by(Amount(30, "update"))
    grown = _spreads(network) / before
    assert np.all(grown > 5)
    _says(
        "batch_norm",
        "Within a few dozen updates they are several times as large",
        "数十回の更新で重みは数倍の大きさになり",
        "权重就变成原来的好几倍",
    )


def test_without_normalization_five_layers_leave_less_than_a_millionth_of_the_signal():
    player = _player("batch_norm")
    frame = player.go(0)
    assert math.sqrt(100 / 2) * player.params.std == pytest.approx(0.052, abs=5e-4)
    (pairs,) = [one for one in gc.get_objects() if isinstance(one, PairsOfNetworks) and 8 in one.pairs]
    signal, sizes = pairs.x[:100], []
    for layer in pairs.pairs[8].learners[1].network.layers:
        signal = layer.forward(signal)
        if "W" in getattr(layer, "params", {}):
            sizes.append(np.sqrt(np.mean(signal.astype(float) ** 2)))
    assert sizes[-1] / sizes[0] == pytest.approx(frame.left_of_signal, rel=0.5) and frame.left_of_signal < 1e-6
    _says("batch_norm", "√(100/2) · 0.0074 = 0.052", "√(100/2) · 0.0074 = 0.052", "√(100/2) · 0.0074 = 0.052")


def _spreads(network):
    return np.array([np.std(layer.params["W"]) for layer in network.layers if "W" in getattr(layer, "params", {})])


@pytest.mark.whole
def test_with_five_other_seeds_the_bands_that_overlap_lie_apart():
    overlaps = [_player("optimizer_race", seed, seeds=5).go_by(Amount(100, "update")).overlaps[2, 3] for seed in (0, 1)]
    assert overlaps == [True, False]
    _says(
        "optimizer_race",
        "with other seeds these two bands can lie apart",
        "別のシードでは、この2つの帯は離れるかもしれません",
        "换五个种子，这两条色带可能就分开了",
    )


@pytest.mark.whole
@pytest.mark.parametrize("augmentation", [1.0, 1.5])
def test_altered_images_lower_the_accuracy_of_a_cnn_that_has_learned_nothing_by_heart_whatever_the_seed(augmentation):
    for seed in (1, 2):
        plain, altered = (
            _player("cnn", seed, filters=8, augmentation=strength).go_by(Amount(60, "update")).test_accuracy
            for strength in (0.0, augmentation)
        )
        assert altered < plain - 0.03


def test_layer_after_layer_leaves_about_a_tenth_of_small_weights_or_less():
    stds = _player("initialization", activation="tanh", std=0.01).go(0).activation_stds
    kept = stds[2:] / stds[1:-1]
    assert np.all(kept < 0.105) and np.all(kept > 0.09)
    _says(
        "initialization",
        "leaves about a tenth or less",
        "約10分の1か、それ以下になります",
        "大约只剩十分之一，或者更少",
    )


@pytest.mark.whole
def test_dropout_long_enough_is_ahead_of_the_plain_network_whose_share_is_told():
    gains = []
    for seed in (4, 0, 2, 1, 3):
        frame = _player("overfitting", seed, dropout=0.1).go_by(Amount(3000, "update"))
        assert frame.plain_train == frame.train_accuracy == 1.0
        gains.append(frame.test_accuracy - frame.plain_test)
    assert 0.003 < min(gains) < 0.009 and 0.03 < max(gains) < 0.038
    _says(
        "overfitting",
        "the gain was 0.6 to 3.4 percentage points",
        "0.6〜3.4ポイント上がりました",
        "每次都多对 0.6 到 3.4 个百分点",
    )
    # To a whole percent: the tenth depends on the instructions that a machine computes with.
    share = percent(frame.plain_test, 0)
    _says("overfitting", f"about {share} of the test digits", f"テスト画像で約{share}です。", f"约 {share}。")


@pytest.mark.whole
@pytest.mark.parametrize("decay", [0.15, 0.2])
def test_stronger_weight_decay_lowers_the_training_accuracy_clearly_too(decay):
    """Of the weakest that is asked about, the try itself claims it."""
    frame = _player("overfitting", weight_decay=decay).go_by(Amount(300, "update"))
    assert frame.plain_train - frame.train_accuracy > 0.2
    _says(
        "overfitting",
        "the training accuracy clearly lower",
        "訓練データの正解率は明らかに低くなります",
        "训练准确率也明显降低",
    )


def test_the_best_of_nine_trials_lies_at_the_end_that_is_then_moved():
    player = _player("hyperparameters", trials="9")
    frame = player.go_by(Amount(9, "trial"))
    assert player.params.rate_high == -2.0 and frame.best_rate == frame.rates.max()
    assert frame.status.kind == "at_the_edge"
    _says(
        "hyperparameters",
        "the best of nine trials lay at that end",
        "9回の試行のうち最良のものは、その端にありました",
        "9 次里最好的就在那一头",
    )


@pytest.mark.whole
def test_three_neurons_with_relu_learn_xor_from_some_starts_only():
    shares = [
        _player("playground", seed, data="xor", activation="relu").go_by(Amount(200, "epoch")).train_accuracy
        for seed in range(8)
    ]
    assert shares[:2] == [1.0, 1.0] and max(shares[2:]) < 0.9
    _says(
        "playground",
        "fewer than nine in ten with each of 2 to 7",
        "2から7では、どれも9割に届きません",
        "种子 2 到 7，每次都不到九成",
    )


def test_at_too_large_a_rate_fewer_than_half_of_the_digits_are_read_after_60_updates():
    assert 0.3 < _player("cnn", filters=8, learning_rate=0.1).go_by(Amount(60, "update")).test_accuracy < 0.5
    _says(
        "cnn",
        "fewer than half of the test digits are right after 60 updates",
        "60回更新しても、正解するテスト画像は半分未満",
        "更新 60 次后测试图片答对不到一半",
    )


def test_after_40_updates_nearly_seven_in_ten_digits_are_read():
    assert 0.65 < _player("cnn", filters=8).go_by(Amount(40, "update")).test_accuracy < 0.7
    _says("cnn", "nearly seven in ten test digits are right", "テスト画像の7割近くが正解", "更新 40 次能答对近七成")
