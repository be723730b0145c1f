"""Initial weights: what five layers make of samples with either rule, and how gradients come back, with any seed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.contract.run import Run
from engine.experiments.ch6_techniques.initialization import Initialization, process
from engine.experiments.ch6_techniques.initialization.params import (
    HE,
    SPREADS,
    XAVIER,
    InitializationParams,
    caught,
)
from engine.experiments.ch6_techniques.initialization.process import binned, standard_deviation
from engine.nn.signal_flow import gradients_backward
from engine.playing import Player

INITIALIZATION = Initialization()
SEEDS = range(3)


def _frame(seed=0, updates=0, **values):
    run = Run(INITIALIZATION.id, InitializationParams(**values), seed)
    return Player(INITIALIZATION, run).go(updates)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("activation", "std", "low", "high"),
    [
        ("sigmoid", 1.0, 0.40, 0.47),
        ("sigmoid", 0.01, 0.010, 0.014),
        ("sigmoid", XAVIER, 0.10, 0.13),
        ("sigmoid", HE, 0.14, 0.18),
        ("tanh", 1.0, 0.95, 0.965),
        ("tanh", 0.01, 8e-6, 1.2e-5),
        ("tanh", XAVIER, 0.30, 0.35),
        ("tanh", HE, 0.55, 0.59),
        ("relu", 1.0, 8e3, 2.5e4),
        ("relu", 0.01, 0.8e-6, 2.5e-6),
        ("relu", XAVIER, 0.1, 0.25),
        ("relu", HE, 0.5, 1.4),
    ],
)
def test_the_last_of_five_layers_is_as_wide_as_the_rule_says(seed, activation, std, low, high):
    assert low < _frame(seed, activation=activation, std=std).last_std < high


@pytest.mark.parametrize("seed", SEEDS)
def test_saturated_layers_need_not_lose_the_gradient(seed):
    sigmoid, tanh = (_frame(seed, activation=name) for name in ("sigmoid", "tanh"))
    assert min(sigmoid.flat) > 0.5 and 0.5 < sigmoid.first_gradient < 2
    assert min(tanh.flat) > 0.8 and tanh.first_gradient > 10
    assert _frame(seed, std=XAVIER).first_gradient < 0.01


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("std", "reaches"), [(XAVIER, False), (0.114, True), (0.128, True), (HE, False)])
def test_only_between_both_rules_all_layers_of_tanh_are_wide_and_few_saturated(seed, std, reaches):
    frame = _frame(seed, activation="tanh", std=std)
    assert (frame.smallest_std >= 0.4 and frame.largest_std <= 0.7 and frame.most_flat <= 0.3) is reaches


def test_weights_that_are_alike_make_neurons_that_are_alike():
    assert (_frame(weights="alike", std=0.05).different == 1).all()
    assert (_frame().different == 100).all()


@pytest.mark.parametrize("upstream", ["normal", "ones"])
def test_neurons_that_are_alike_get_the_same_gradient_in_every_layer(upstream, monkeypatch):
    seen = []

    def watched(*given):
        for gradient in gradients_backward(*given):
            seen.append(gradient)
            yield gradient

    monkeypatch.setattr(process, "gradients_backward", watched)
    frame = _frame(weights="alike", std=0.05, upstream=upstream)
    assert len(seen) == len(frame.gradient_stds)
    assert all((gradient == gradient[:, :1]).all() for gradient in seen)


def test_another_spread_scales_the_same_draws():
    """With ReLU and half of the weights each layer gives half of what it gave."""
    one, half = (_frame(activation="relu", std=std, layers=2) for std in (0.2, 0.1))
    assert half.activation_stds[1:] * (2, 4) == pytest.approx(one.activation_stds[1:])


@pytest.mark.parametrize("layers", [5, 100])
def test_every_layer_has_its_gradient(layers):
    frame = _frame(activation="relu", std=XAVIER, layers=layers)
    assert len(frame.gradient_stds) == layers and frame.gradient_stds[-1] == pytest.approx(1, abs=0.02)
    assert 0 < frame.first_gradient < math.sqrt(0.5) ** (0.7 * (layers - 1))


def test_shares_of_bins_and_of_what_is_beyond_add_up_to_all():
    shares, beyond = binned(np.array([-3.0, 0.0, 0.5, 1.0, 7.0, 8.0]), 0.0, 1.0)
    assert shares.sum() == pytest.approx(0.5) and beyond == pytest.approx((1 / 6, 1 / 3))


def test_a_spread_is_known_where_its_square_is_not():
    values = np.array([1.0, -1.0, 3.0, 5.0])
    for scale in (1e-200, 1.0, 1e200):
        assert standard_deviation(scale * values) == pytest.approx(scale * np.std(values))
    assert standard_deviation(np.zeros(3)) == 0


def test_a_hand_near_to_a_rule_means_the_rule():
    assert caught(0.1005) == XAVIER and caught(0.142) == HE and caught(0.12) == 0.12
    assert INITIALIZATION.settle(InitializationParams(), {"std": 0.0101, "layers": 7}) == {"std": 0.01, "layers": 7}
    assert INITIALIZATION.settle(InitializationParams(), {"layers": 7}) == {"layers": 7}


def test_the_grid_has_what_each_combination_has_alone():
    grid = _frame(view="grid", layers=3)
    alone = _frame(activation="tanh", std=HE, layers=3)
    place = 1, list(SPREADS).index(HE)
    assert grid.grid_stds[place] == alone.last_std and grid.grid_gradients[place] == alone.first_gradient
    assert (grid.grid_shares[place] == alone.activation_shares[-1]).all()


def test_with_relu_he_learns_first_and_with_sigmoid_nobody_does():
    relu = _frame(view="train", activation="relu", updates=200)
    small, xavier, he = relu.mean_losses
    assert he < 1.5 < xavier < small and relu.best == "he" and relu.best_loss == he
    sigmoid = _frame(view="train", updates=300)
    assert sigmoid.best_loss > 2.2 and sigmoid.status.kind == "plateau"
    assert sigmoid.status.remedy.changes == {"activation": "relu"}
