"""Optimizers: the places that the book's four reach on x²/20 + y², and what each rule says of its steps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.nn import SGD, AdaGrad, Adam, AdamW, Momentum, NAdam, Nesterov, RMSProp
from engine.nn.optimizer_registry import OPTIMIZERS
from engine.nn.optimizers import Lion

ALL = tuple(one.kind for one in OPTIMIZERS.values())
_STEEPNESS = np.array([1 / 10, 2.0])
_OPTAX = {
    1: (-6.5578947, 1.5578947),
    2: (-6.2163507, 1.2340300),
    10: (-3.8768956, -0.4015137),
    30: (0.0696091, 0.1568519),
}
_GRADIENTS = st.lists(st.floats(-10, 10), min_size=1, max_size=12)


def walk(optimizer: object, updates: int) -> np.ndarray:
    """Where (−7, 2) comes to on x²/20 + y²."""
    place = {"x": np.array([-7.0, 2.0])}
    for _ in range(updates):
        optimizer.update(place, {"x": _STEEPNESS * place["x"]})
    return place["x"]


def places(optimizer: object, gradients: list[float]) -> list[float]:
    """Where 0 comes to, update by update, if these are the gradients."""
    w, found = {"W": np.zeros(1)}, []
    for gradient in gradients:
        optimizer.update(w, {"W": np.array([gradient])})
        found.append(float(w["W"][0]))
    return found


@pytest.mark.parametrize(
    ("optimizer", "end"),
    [
        (SGD(0.95), (-0.350393, 0.084782)),
        (Momentum(0.1, 0.9), (0.896414, 0.088086)),
        (AdaGrad(1.5), (-0.120162, 0.0)),
        (Adam(0.3), (0.136007, 0.318245)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_after_thirty_updates_each_of_the_book_stands_where_it_should(optimizer, end):
    assert walk(optimizer, 30) == pytest.approx(end, abs=5e-7)


@given(gradients=_GRADIENTS)
def test_without_momentum_both_with_momentum_are_sgd(gradients):
    plain = places(SGD(0.1), gradients)
    assert places(Momentum(0.1, 0.0), gradients) == pytest.approx(plain)
    assert places(Nesterov(0.1, 0.0), gradients) == pytest.approx(plain)


@given(gradients=_GRADIENTS, mu=st.floats(0.0, 0.99))
def test_a_velocity_is_the_sum_of_all_steps_each_the_weaker_the_older(gradients, mu):
    momentum = Momentum(0.1, mu)
    places(momentum, gradients)
    newest = len(gradients) - 1
    weakened = [-0.1 * mu ** (newest - i) * gradient for i, gradient in enumerate(gradients)]
    assert momentum.velocity["W"][0] == pytest.approx(sum(weakened), abs=1e-9)


def test_nesterov_is_momentum_seen_one_glance_ahead():
    """With x = θ + μ·v, the form of the paper: v ← μ·v − η·∇f(θ + μ·v), θ ← θ + v."""
    mu, rate, theta, v = 0.9, 0.1, np.array([-7.0, 2.0]), np.zeros(2)
    for _ in range(30):
        v = mu * v - rate * _STEEPNESS * (theta + mu * v)
        theta = theta + v
    assert walk(Nesterov(rate, mu), 30) == pytest.approx(theta + mu * v, abs=1e-12)


def test_under_equal_gradients_adagrad_steps_shrink_as_one_over_the_root_of_their_number():
    steps = -np.diff([0.0, *places(AdaGrad(0.1), [3.0] * 9)])
    assert steps == pytest.approx([0.1 / math.sqrt(n) for n in range(1, 10)], rel=1e-6)


def test_under_equal_gradients_rmsprop_steps_come_down_to_the_rate():
    steps = -np.diff([0.0, *places(RMSProp(0.1, 0.9), [3.0] * 200)])
    assert steps[:2] == pytest.approx([0.1 / math.sqrt(0.1), 0.1 / math.sqrt(0.19)], rel=1e-6)
    assert steps[-1] == pytest.approx(0.1, rel=1e-6)


@given(gradient=st.floats(0.01, 1000))
def test_under_equal_gradients_each_step_of_adam_is_the_rate_however_large_they_are(gradient):
    steps = -np.diff([0.0, *places(Adam(0.1), [gradient] * 5)])
    # ε shortens the first steps the most: there the root of v is smallest.
    assert steps == pytest.approx([0.1] * 5, rel=1e-3)


@given(gradients=_GRADIENTS)
def test_adamw_without_decay_is_adam(gradients):
    assert places(AdamW(0.1, weight_decay=0.0), gradients) == places(Adam(0.1), gradients)


@given(gradient=st.floats(-1000, 1000), w=st.floats(-5, 5))
def test_adamw_shrinks_every_weight_by_the_same_share_whatever_its_gradient(gradient, w):
    decayed, plain = {"W": np.array([w])}, {"W": np.array([w])}
    AdamW(0.1, weight_decay=0.5).update(decayed, {"W": np.array([gradient])})
    Adam(0.1).update(plain, {"W": np.array([gradient])})
    assert plain["W"] - decayed["W"] == pytest.approx([0.1 * 0.5 * w], abs=1e-12)


@given(gradients=_GRADIENTS, beta1=st.floats(0.0, 0.99), beta2=st.floats(0.5, 0.9999))
def test_nadam_is_the_formula_of_its_paper(gradients, beta1, beta2):
    """m̂ = β1·m_t/(1 − β1^(t+1)) + (1 − β1)·g_t/(1 − β1^t), v̂ = v_t/(1 − β2^t), w ← w − η·m̂/√v̂, number by number."""
    w, m, v, found = 0.0, 0.0, 0.0, []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        ahead = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
        # ε as Adam has it: beside the root of v before that is corrected.
        w -= 0.1 * ahead / ((math.sqrt(v) + 1e-7) / math.sqrt(1 - beta2**t))
        found.append(w)
    assert places(NAdam(0.1, beta1, beta2), gradients) == pytest.approx(found, rel=1e-9, abs=1e-12)


def test_nadam_goes_where_optax_takes_it():
    """Reference: optax 0.2.8, ``optax.nadam(0.3, eps=1e-12)``, in float64 from (−7, 2) on x²/20 + y²."""
    for updates, place in _OPTAX.items():
        assert walk(NAdam(0.3), updates) == pytest.approx(place, abs=1e-5)


def test_without_momentum_nadam_is_adam():
    gradients = [3.0, -1.0, 0.5, 2.0]
    assert places(NAdam(0.1, beta1=0.0), gradients) == pytest.approx(places(Adam(0.1, beta1=0.0), gradients))


@given(gradients=_GRADIENTS, beta1=st.floats(0.0, 0.99), beta2=st.floats(0.0, 0.9999))
def test_lion_is_the_formula_of_its_paper(gradients, beta1, beta2):
    """c = β1·m + (1 − β1)·g, w ← w − η·sign(c), m ← β2·m + (1 − β2)·g, number by number."""
    w, m, found = 0.0, 0.0, []
    for g in gradients:
        c = beta1 * m + (1 - beta1) * g
        # Where a sum cancels, its sign is that of a rounding.
        assume(abs(c) > 1e-12 or not (m or g))
        w -= 0.1 * ((c > 0) - (c < 0))
        m = beta2 * m + (1 - beta2) * g
        found.append(w)
    assert places(Lion(0.1, beta1, beta2), gradients) == pytest.approx(found, abs=1e-12)


@given(gradients=_GRADIENTS)
def test_every_step_of_lion_is_the_rate_and_longer_gradients_change_nothing(gradients):
    found = places(Lion(0.1), gradients)
    assert set(np.round(np.abs(np.diff([0.0, *found])), 9)) <= {0.0, 0.1}
    assert places(Lion(0.1), [8.0 * gradient for gradient in gradients]) == found


def test_without_memory_lion_goes_by_the_sign_of_the_gradient():
    assert places(Lion(0.1, beta1=0.0), [3.0, -0.2, 0.0, 5.0]) == pytest.approx([-0.1, 0.0, 0.0, -0.1])


def test_lion_needs_half_of_the_memory_of_adam():
    kept = []
    for optimizer in (Adam(), Lion()):
        optimizer.update({"W": np.ones(3)}, {"W": np.ones(3)})
        kept.append(sum(len(one) for one in vars(optimizer).values() if isinstance(one, dict)))
    assert kept == [2, 1]


@pytest.mark.parametrize("kind", ALL)
def test_an_optimizer_keeps_apart_what_is_named_apart_and_works_in_place(kind):
    both = {"W": np.array([[1.0, -2.0]]), "b": np.array([3.0])}
    alone = {name: values.copy() for name, values in both.items()}
    kept, together, apart = dict(both), kind(0.1), {name: kind(0.1) for name in both}
    for _ in range(3):
        together.update(both, {name: 0.5 * values for name, values in both.items()})
        for name, optimizer in apart.items():
            optimizer.update({name: alone[name]}, {name: 0.5 * alone[name]})
    for name, values in both.items():
        assert values is kept[name]
        np.testing.assert_array_equal(values, alone[name])


@pytest.mark.parametrize("kind", ALL)
def test_single_precision_stays_and_gradients_are_left_alone(kind):
    w, grads = {"W": np.ones(3, dtype=np.float32)}, {"W": np.arange(3, dtype=np.float32)}
    optimizer = kind(0.1)
    for _ in range(2):
        optimizer.update(w, grads)
    assert w["W"].dtype == np.float32
    np.testing.assert_array_equal(grads["W"], np.arange(3))
    decays = kind is AdamW
    assert (w["W"][0] == 1.0) != decays, "where the gradient is 0 nothing moves, unless it decays"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_one_optimizer_for_two_networks_is_right_only_where_it_remembers_nothing(kind):
    """As a loop over both networks of figure 6-18 has it, whose arrays have the same names."""

    def taken(optimizers):
        both, random = [{"W1": np.zeros(9)}, {"W1": np.zeros(9)}], np.random.default_rng(0)
        for _ in range(5):
            for params, optimizer in zip(both, optimizers, strict=True):
                optimizer.update(params, {"W1": random.normal(size=9)})
        return np.concatenate([one["W1"] for one in both])

    shared = kind()
    assert np.array_equal(taken([shared, shared]), taken([kind(), kind()])) is (kind is SGD)
