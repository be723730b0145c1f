"""What experiments and guides say beyond a frame's numbers, computed: statements that would be easy to get wrong."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.guides.guide import load_guide
from engine.nn import distance_from_line, softmax
from engine.nn.losses import cross_entropy_error
from engine.playing import Player


def _shown(experiment_id, count=None, **changes):
    """Headline and status in English, and the frame."""
    experiment = load(experiment_id)
    params = experiment.params_type().replaced(changes)
    player = Player(experiment, Run(experiment_id, params))
    opening = experiment.way_to_opening(params)
    frame = player.go(opening.count if count is None else count)
    status = frame.status.text.render("en") if frame.status else ""
    return f"{experiment.headline(params, frame).render('en')} {status}", frame


def _guide(experiment_id, language):
    guide = load_guide(experiment_id, language)
    prose = "".join(span.text for span in guide.spans)
    tries = [text for one in guide.tries for text in (one.text, one.after, *(answer.why for answer in one.answers))]
    return " ".join([prose, *tries])


# gates


def test_a_line_of_which_w1_alone_is_changed_turns_about_its_point_on_the_axis_of_x2():
    on_axis = np.array([[0.0, 0.2 / 0.5]])
    for w1 in (-1.0, 0.25, 0.5, 2.0):
        assert distance_from_line(on_axis, np.array([w1, 0.5]), -0.2)[0] == pytest.approx(0)
    assert "Change w1 alone by its slider: about which point" in _guide("gates", "en")
    assert "只用滑块改 w1：直线绕着哪一点转" in _guide("gates", "zh_CN")


def test_without_a_line_nothing_is_on_the_wrong_side_of_it():
    said, _ = _shown("gates", w1=0.0, w2=0.0, b=0.3)
    assert "side" not in said and "every input gets the answer 1" in said


def test_a_point_on_the_line_is_wrong_because_0_is_not_above_0():
    said, frame = _shown("gates", target="OR", b=-0.5)
    assert frame.weighted_sums[1] == frame.weighted_sums[2] == 0 and frame.correct == 2
    assert "(0, 1) and (1, 0) are on the line itself" in said and "wrong side" not in said


# xor


def test_a_sigmoid_that_is_never_below_one_half_is_not_called_always_1():
    said, frame = _shown("xor", activation="sigmoid", sharpness=1.5, s1=(0.1, 0.1, 0.05))
    assert frame.gates[0] == "1" and np.all(frame.hidden[:, 0] < 0.6)
    assert "always above ½" in said and "always 1" not in said


# activations


def test_on_its_jump_a_step_is_not_called_flat():
    said, frame = _shown("activations", functions=("step",), x=0.0)
    assert frame.a == 0 and "flat here" not in said


def test_a_slope_of_exactly_0_is_flat_and_not_nearly_so():
    said, frame = _shown("activations", functions=("relu", "sigmoid"), x=-6.0)
    assert dict(zip(frame.functions, frame.slope > 0, strict=True)) == {"sigmoid": True, "relu": False}
    assert "flat here: ReLU; nearly flat: sigmoid" in said


# softmax


def test_one_row_has_the_same_sum_with_and_without_an_axis():
    said, frame = _shown("softmax", view="batch", samples=1, pitfall="no_axis")
    assert frame.sums_at_once == pytest.approx([1.0]) and "no difference" in said


def test_float64_is_what_e_to_the_1000_does_not_fit():
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(np.float64(1000)))
    if np.finfo(np.longdouble).max > np.finfo(np.float64).max:
        assert np.isfinite(np.exp(np.longdouble(1000)))
    for language, words in (
        ("en", "Even float64 cannot hold e to such powers"),
        ("zh_CN", "e 的得分次方连 float64 也装不下"),
    ):
        assert words in _guide("softmax", language).replace("\n", " ")


# digits and forward


def test_there_is_one_matrix_product_for_every_layer():
    for language, words in (("en", "each layer needs one matrix product"), ("zh_CN", "每层只做一次矩阵乘法")):
        assert words in _guide("digits", language)


def test_three_layers_of_the_identity_are_one_matrix_and_one_bias():
    (_, frame), (_, doubled) = (_shown("forward", 7, hidden="identity", x=(x,)) for x in ((1.0, 0.5), (2.0, 1.0)))
    assert not np.allclose(2 * frame.y, doubled.y)
    assert "one matrix and one bias" in _guide("forward", "en")
    assert "一个矩阵加一个偏置" in _guide("forward", "zh_CN")


# losses


def test_squares_have_a_ceiling_and_cross_entropy_has_none():
    """Every tenth that the right output falls costs more squares than the one before, yet never more than 1 in all."""
    params = load("losses").params_type()
    wrong = np.array(params.y) * (np.arange(10) != params.target)
    halves = []
    for y in np.arange(6, -1, -1) / 10:
        outputs = wrong * (1 - y) / wrong.sum()
        outputs[params.target] = y
        halves.append(0.5 * np.sum((outputs - np.eye(10)[params.target]) ** 2))
    assert np.all(np.diff(halves, 2) > 0) and halves[-1] <= 1
    assert "never exceed 1" in _guide("losses", "en") and "最多到 1" in _guide("losses", "zh_CN")


def test_cross_entropy_rises_by_more_but_not_by_the_larger_factor():
    (_, before), (_, after) = _shown("losses"), _shown("losses", y=(0.1, 0.05, 0.1, 0, 0.05, 0.1, 0, 0.6, 0, 0))
    rises = after.cross_entropy - before.cross_entropy, after.half_sum - before.half_sum
    assert rises == (pytest.approx(1.79, abs=0.005), pytest.approx(0.5, abs=1e-9))
    assert after.cross_entropy / before.cross_entropy < after.half_sum / before.half_sum
    for language in LANGUAGES:
        assert "1.79" in _guide("losses", language)


def test_an_infinite_loss_makes_the_mean_infinite_and_leaves_a_finite_gradient_before_softmax():
    said, _ = _shown("losses", y=(0, 0, 0, 0, 0, 0, 0, 1, 0, 0))
    assert "so is the mean of every batch" in said and "recover" not in said
    y = softmax(np.array([0.0, 2000.0]))
    assert y[0] == 0 and y[0] - 1 == -1
    assert math.isinf(np.mean([cross_entropy_error(np.array([0.0, 1.0]), np.array([1.0, 0.0])), 0.5]))


@pytest.mark.parametrize(("n", "c", "is_silent"), [(4, 4, True), (1, 4, True), (3, 4, False)])
def test_class_numbers_are_broadcast_silently_where_the_guide_says_so(n, c, is_silent):
    t, y = np.arange(n), np.full((n, c), 1 / c)
    if is_silent:
        assert np.isfinite(-np.sum(t * np.log(y)) / n)
    else:
        with pytest.raises(ValueError, match="broadcast"):
            t * np.log(y)
    assert "is 1 or equals that of the classes, the value is silently wrong; otherwise" in _guide("losses", "en")
    assert "等于类别数 C，或者 N = 1 时" in _guide("losses", "zh_CN")


# differentiation


def test_eight_digits_of_the_book_s_choice_are_right():
    _, frame = _shown("differentiation", difference="central", h=1e-4)
    assert math.floor(frame.digits) == 8
    assert "eight digits" in _guide("differentiation", "en") and "结果对了八位" in _guide("differentiation", "zh_CN")


# gradient_field and descent


@pytest.mark.parametrize(("rate", "crosses"), [(0.4, False), (0.49, False), (0.51, True), (0.9, True)])
def test_descent_zigzags_only_above_the_rate_one_over_the_curvature(rate, crosses):
    """The long bowl's strongest curvature is 2, so that 1/λ is 0.5."""
    _, frame = _shown("descent", learning_rate=rate)
    assert bool(np.all(np.diff(np.sign(frame.path.places[:9, 1])) != 0)) == crosses
    for language in LANGUAGES:
        assert "η > 1/λ" in _guide("gradient_field", language)


def test_on_the_limit_the_value_falls_while_one_coordinate_comes_no_nearer():
    said, frame = _shown("descent", learning_rate=1.0)
    assert frame.value < frame.path.values[0] and abs(frame.x[1]) == 2
    assert "no nearer" not in said and "In one direction" in said


def test_above_the_limit_a_start_along_the_valley_does_not_diverge_and_it_is_said():
    said, frame = _shown("descent", learning_rate=1.05, start=(-7.0, 0.0))
    assert frame.value < 0.01 and "above the limit 1, but" in said
    diverging, _ = _shown("descent", 2, function="bowl", start=(-3.0, 0.0), learning_rate=1.2)
    assert "along the valley" not in diverging


@pytest.mark.parametrize("rate", [0.9999, 0.999999])
def test_a_factor_that_is_not_1_is_not_shown_as_1(rate):
    said, _ = _shown("descent", learning_rate=rate)
    assert f"{2 * rate - 1:.6g} times" in said


def test_where_there_is_no_minimum_nothing_is_said_to_have_converged():
    said, frame = _shown("descent", function="cubic", start=(1.0, 3.0), learning_rate=0.1, steps=1000)
    assert frame.verdict == "converged" and not said.startswith("Converged") and "not a minimum" in said


def test_jumps_without_a_pattern_are_no_zigzag():
    for count in range(5, 40):
        said, frame = _shown(
            "descent", count, function="own", own="x0^2 + sin(3*x1) + x1^2/2", start=(2.0, 2.0), learning_rate=0.9
        )
        steps = np.abs(np.diff(frame.path.places[-9:, 1]))
        if np.any(np.diff(steps) > 0):
            assert frame.verdict != "zigzag" and "zigzags" not in said, count


# training


def test_a_gap_is_called_overfitting_only_once_the_training_images_are_known():
    said, frame = _shown("training", 60, samples="100", learning_rate=1.0)
    if frame.epoch_train[-1] < 0.9:
        assert "Overfitting" not in said
    for language, words in (("en", "so does the regularization"), ("zh_CN", "正则化也有用")):
        assert words in _guide("training", language)


def test_units_called_dead_were_0_for_the_images_that_were_looked_at():
    said, _ = _shown("training", 60, activation="relu", learning_rate=3.0)
    assert "all 1,000 test images sampled" in said and "every image" not in said
