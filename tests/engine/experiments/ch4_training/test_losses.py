"""The experiment `losses`: exact values, what it says, shares that sum to 1, its handles, the guard and the batch."""

from __future__ import annotations

import inspect
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.handle import ProbePoint
from engine.contract.params import field_of, fields_of
from engine.contract.protocol import RandomStreams
from engine.contract.text import LANGUAGES
from engine.experiments.ch4_training.losses import Losses
from engine.experiments.ch4_training.losses.frame import NEAR_TOP, NEAREST, TOP, ZERO_PLACE
from engine.experiments.ch4_training.losses.params import (
    GUARDS,
    MOVED,
    REFERENCE,
    LossesParams,
    scaled_to_one,
    sums_to_one,
    with_share,
)
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.strategies import params_of

LOSSES = Losses()
CERTAIN_WRONG = tuple(float(k == 7) for k in range(10))


def _frame(**values):
    params = LossesParams().replaced(values)
    return params, LOSSES.compute(params, RandomStreams(0))


def _said(params, frame, language="en"):
    return LOSSES.headline(params, frame).render(language)


def _dragged(params, handle, place):
    frame = LOSSES.compute(params, RandomStreams(0))
    return params.replaced(LOSSES.drag(params, frame, handle, place))


# Reference values


def test_it_opens_with_the_reference_values():
    params, frame = _frame()
    assert (params.y, params.target) == (REFERENCE, 2)
    assert frame.half_sum == pytest.approx(0.0975, abs=1e-12)
    assert frame.mean_square == pytest.approx(0.0195, abs=1e-12)
    assert frame.cross_entropy == pytest.approx(0.510825623765991, abs=1e-12)
    assert frame.status is None
    expected = "Class 2 gets 0.6: cross entropy 0.5108, ½ sum of squares 0.0975, mean square 0.0195."
    assert _said(params, frame) == expected
    assert "平方和误差 0.0975，均方误差 0.0195" in _said(params, frame, "zh_CN")


def test_with_the_share_moved_to_class_7_the_other_reference_values_come_out():
    params, frame = _frame(y=MOVED)
    assert frame.half_sum == pytest.approx(0.5975, abs=1e-12)
    assert frame.cross_entropy == pytest.approx(2.302585092994046, abs=1e-12)
    assert "cross entropy 2.3026, ½ sum of squares 0.5975" in _said(params, frame)


def test_the_guard_of_the_notes_shifts_the_last_digits():
    _, frame = _frame(guard="1e-7")
    assert frame.cross_entropy == pytest.approx(-math.log(0.6 + 1e-7), rel=1e-14)
    assert f"{frame.cross_entropy:.6f}" == "0.510825" and f"{frame.unguarded:.6f}" == "0.510826"
    assert frame.guard_shift == pytest.approx(1e-7 / 0.6, rel=1e-4)


# Laws


@settings(max_examples=50, deadline=None)
@given(params_of(LossesParams))
def test_what_is_computed_holds_for_any_parameters(params):
    frame = LOSSES.compute(params, RandomStreams(0))
    t = [float(k == params.target) for k in range(len(params.y))]
    squares = math.fsum((y - wanted) ** 2 for y, wanted in zip(params.y, t, strict=True))
    assert frame.half_sum == pytest.approx(squares / 2, abs=1e-12)
    assert frame.mean_square == pytest.approx(squares / len(t), abs=1e-12)
    right = params.y[params.target] + GUARDS[params.guard]
    assert frame.cross_entropy == (pytest.approx(-math.log(right), abs=1e-12) if right > 0 else math.inf)
    assert len(frame.labels) == params.samples and max(frame.labels) < params.classes
    assert frame.batch_total == pytest.approx(frame.batch_cross_entropy * params.samples)
    refused = params.samples != params.classes
    assert bool(frame.naive_error) == refused and (math.isnan(frame.naive_loss) or not refused)
    for language in LANGUAGES:
        sentence = _said(params, frame, language)
        assert "{" not in sentence and "nan" not in sentence
    for line in LOSSES.working(params, frame):
        assert math.isclose(evaluate(line), line.result, rel_tol=1e-9, abs_tol=1e-12), line
    LOSSES.tables(params, frame)


@settings(max_examples=50, deadline=None)
@given(params_of(LossesParams))
def test_what_is_said_of_the_output_survives_a_session(params):
    again = LossesParams.from_json(params.to_json())
    assert again == params
    assert frames_equal(*(LOSSES.compute(one, RandomStreams(0)) for one in (params, again)))


def test_moving_shares_between_wrong_classes_changes_the_squares_and_not_cross_entropy():
    _, before = _frame()
    _, after = _frame(y=(0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.4, 0.0, 0.0))
    assert after.cross_entropy == before.cross_entropy
    assert after.half_sum == pytest.approx(0.16) and before.half_sum == pytest.approx(0.0975)


def test_the_curves_are_the_prices_of_the_right_class():
    for guard, number in GUARDS.items():
        _, frame = _frame(guard=guard)
        assert frame.curve_log == pytest.approx(-np.log(frame.curve_y + number))
        assert frame.curve_square == pytest.approx((frame.curve_y - 1) ** 2 / 2)
        assert frame.right_half_square == pytest.approx((frame.y[frame.target] - 1) ** 2 / 2)
        assert frame.curve_log[0] > TOP and frame.curve_y[-1] == 1
        assert frame.near_y[0] == 0 and frame.near_power[0] == ZERO_PLACE
        assert frame.near_y[1:] == pytest.approx(10.0 ** frame.near_power[1:])
        assert frame.near_unguarded[0] == math.inf and max(frame.near_unguarded[1:]) < NEAR_TOP
        assert frame.near_guarded[0] == frame.ceiling == (-math.log(number) if number else math.inf)


# Shares


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=10), st.data())
def test_one_share_changes_and_the_others_keep_their_proportions(values, data):
    shares = scaled_to_one(values)
    assert sums_to_one(shares) and scaled_to_one(shares) == pytest.approx(shares, abs=1e-9)
    index = data.draw(st.integers(0, len(shares) - 1))
    share = data.draw(st.floats(0, 1))
    changed = with_share(shares, index, share)
    assert sums_to_one(changed) and changed[index] == pytest.approx(share, rel=1e-9, abs=1e-300)
    others = [k for k in range(len(shares)) if k != index]
    rest = math.fsum(shares[k] for k in others)
    for k in others:
        part = shares[k] / rest if rest > 0 else 1 / len(others)
        assert changed[k] == pytest.approx(part * (1 - share), abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=3, max_size=10), st.data())
def test_the_right_class_keeps_out_of_it_where_only_wrong_ones_make_room(values, data):
    shares = scaled_to_one(values)
    index, right = data.draw(st.lists(st.integers(0, len(shares) - 1), min_size=2, max_size=2, unique=True))
    changed = with_share(shares, index, data.draw(st.floats(0, 1)), fixed=right)
    assert changed[right] == shares[right] and sums_to_one(changed)


def test_all_zero_becomes_equal_shares():
    assert scaled_to_one((0.0, 0.0, 0.0, 0.0)) == (0.25,) * 4
    assert with_share((0.0, 1.0, 0.0), 1, 0.4) == (0.3, 0.4, 0.3)


def _settled(params, **changes):
    return params.replaced(LOSSES.settle(params, changes))


def test_a_typed_output_scales_the_others_and_one_that_is_not_kept_stays():
    typed = (0.1, 0.05, 0.3, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0)
    kept = _settled(LossesParams(), y=typed)
    assert kept.y[2] == 0.3 and kept.y[0] == pytest.approx(0.175) and sums_to_one(kept.y)
    free = _settled(LossesParams(keep_sum="free"), y=typed)
    assert free.y == typed
    wrong = _settled(LossesParams(keep_sum="wrong"), y=(*REFERENCE[:7], 0.3, 0.0, 0.0))
    assert wrong.y[2] == 0.6 and wrong.y[7] == 0.3 and sums_to_one(wrong.y)
    assert _settled(free, keep_sum="others").y == pytest.approx([y / 0.7 for y in typed])


@pytest.mark.parametrize("before", ["others", "free", "wrong"])
@pytest.mark.parametrize("keep_sum", ["others", "free", "wrong"])
def test_who_makes_room_is_settled_before_an_output_that_comes_along(before, keep_sum):
    start = LossesParams(keep_sum=before)
    for other in (
        {"y": (*REFERENCE[:7], 0.3, 0.0, 0.0)},
        {"rows": ((0.4, *start.rows[0][1:]), *start.rows[1:])},
        {"target": 7, "y": (0.2, *REFERENCE[1:])},
    ):
        one_by_one = _settled(_settled(start, keep_sum=keep_sum), **other)
        assert _settled(start, keep_sum=keep_sum, **other) == one_by_one
        assert _settled(start, **other, keep_sum=keep_sum) == one_by_one


def test_what_no_hand_asks_for_does_not_depend_on_what_was_there_before():
    typed = (0.1, 0.05, 0.3, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0)
    for before in (LossesParams(), LossesParams(y=(0.5, 0.5)), LossesParams(keep_sum="free")):
        assert before.replaced({"keep_sum": "others", "target": 2, "y": typed}) == LossesParams(y=typed)


def test_a_cell_of_the_batch_scales_its_row_only():
    before = LossesParams(view="batch")
    rows = ((0.4, *before.rows[0][1:]), *before.rows[1:])
    after = _settled(before, rows=rows)
    assert after.rows[0] == pytest.approx((0.4, 0.2, 0.2, 0.2)) and after.rows[1:] == before.rows[1:]


def test_the_right_class_and_the_labels_fit_their_counts():
    assert LossesParams(y=(0.5, 0.5), target=9).target == 1
    params = LossesParams(samples=5, classes=2, labels=(3.0, 1.4))
    assert params.labels == (1.0, 1.0, 0.0, 0.0, 0.0) and params.label_classes == (1, 1, 0, 0, 0)
    assert [field_of(LossesParams, "y").name(k) for k in (0, 9)] == ["y0", "y9"]


# What is to be said beside the reading


def test_an_output_of_0_is_infinite_and_a_guard_helps():
    params, frame = _frame(y=CERTAIN_WRONG)
    assert frame.cross_entropy == math.inf and (frame.half_sum, frame.mean_square) == (1.0, 0.2)
    assert frame.status.kind == "infinite" and "y2 = 0" in frame.status.text.render("en")
    assert "cross entropy ∞" in _said(params, frame)
    mended = params.replaced(frame.status.remedy.changes)
    after = LOSSES.compute(mended, RandomStreams(0))
    assert after.status is None and after.cross_entropy == pytest.approx(7 * math.log(10))


def test_a_sum_that_is_not_1_is_named_and_can_be_scaled():
    params, frame = _frame(keep_sum="free", y=(0.5, 0.9, 0.2), target=0)
    assert frame.status.kind == "sum" and "1.6" in frame.status.text.render("en")
    mended = params.replaced(frame.status.remedy.changes)
    assert LOSSES.compute(mended, RandomStreams(0)).status is None
    assert mended.y == pytest.approx((0.5 / 1.6, 0.9 / 1.6, 0.2 / 1.6))


def test_too_large_a_guard_makes_the_loss_negative():
    certain = tuple(float(k == 2) for k in range(10))
    params, frame = _frame(y=certain, guard="1e-3")
    assert frame.cross_entropy == pytest.approx(-math.log(1.001)) and frame.status.kind == "negative"
    mended = params.replaced(frame.status.remedy.changes)
    assert LOSSES.compute(mended, RandomStreams(0)).status is None


def test_one_row_with_0_makes_the_mean_of_the_batch_infinite():
    rows = ((1.0, 0.0), (0.5, 0.5))
    params, frame = _frame(view="batch", samples=2, classes=2, rows=rows, labels=(1.0, 0.0))
    assert frame.batch_cross_entropy == math.inf and frame.status.kind == "infinite"
    assert "Row 1" in frame.status.text.render("en")
    mended = params.replaced(frame.status.remedy.changes)
    assert LOSSES.compute(mended, RandomStreams(0)).status is None


def test_rows_that_do_not_sum_to_1_are_named():
    rows = ((0.5, 0.5), (0.5, 0.9))
    params, frame = _frame(view="batch", keep_sum="free", samples=2, classes=2, rows=rows)
    assert frame.status.kind == "sum" and "Row 2 sums to 1.4" in frame.status.text.render("en")
    assert LOSSES.compute(params.replaced(frame.status.remedy.changes), RandomStreams(0)).status is None


# The guard


def test_the_reading_near_0_tells_what_the_guard_does():
    params, frame = _frame(view="guard")
    assert "without limit" in _said(params, frame)
    params, frame = _frame(view="guard", guard="1e-7", y=CERTAIN_WRONG)
    assert _said(params, frame) == "y = 0: −log y is ∞, with 1e−7 added it is 16.118096, and it never exceeds 16.1181."


# The batch


def test_the_loss_of_the_batch_is_the_mean_of_its_rows():
    params, frame = _frame(view="batch")
    wanted = [-math.log(y) for y in (0.7, 0.5, 0.1, 0.4)]
    assert frame.picked.tolist() == [0.7, 0.5, 0.1, 0.4]
    assert frame.row_cross_entropy == pytest.approx(wanted)
    assert frame.batch_cross_entropy == pytest.approx(sum(wanted) / 4)
    assert _said(params, frame).startswith("The loss of the batch is the mean of its 4 rows: 1.0672; the worst row")


def test_class_numbers_give_a_wrong_value_silently_where_n_equals_c():
    params, frame = _frame(view="batch", pitfall="class_numbers")
    labels = (0, 1, 3, 2)
    wrong = [-sum(t * math.log(y) for t, y in zip(labels, row, strict=True)) for row in params.rows]
    assert frame.naive_rows == pytest.approx(wrong) and frame.naive_loss == pytest.approx(sum(wrong) / 4)
    assert frame.naive_error == "" and frame.status is None
    assert "9.9899 instead of 1.0672, and no error" in _said(params, frame)


def test_class_numbers_are_refused_where_n_is_not_c():
    params, frame = _frame(view="batch", pitfall="class_numbers", samples=3)
    assert "broadcast" in frame.naive_error and math.isnan(frame.naive_loss) and len(frame.naive_rows) == 0
    assert _said(params, frame).startswith("3 class numbers do not fit rows of 4, so NumPy raises an error.")


def test_class_numbers_may_be_right_by_chance_and_then_it_is_said():
    even = ((0.5, 0.5), (0.5, 0.5))
    params, frame = _frame(view="batch", pitfall="class_numbers", samples=2, classes=2, rows=even, labels=(0.0, 1.0))
    assert frame.naive_loss == pytest.approx(frame.batch_cross_entropy)
    assert "happen to give the right 0.6931" in _said(params, frame)


def test_the_half_sum_is_no_mean_but_with_two_classes():
    params, frame = _frame(view="batch", pitfall="half_sum_as_mean")
    assert frame.batch_half_sum == pytest.approx(2 * frame.batch_mean_square)
    assert _said(params, frame) == "½Σ = 0.2725 is halved, not averaged: the mean over 4 classes is 0.1363."
    params, frame = _frame(view="batch", pitfall="half_sum_as_mean", classes=2)
    assert frame.batch_half_sum == pytest.approx(frame.batch_mean_square)
    assert "With 2 classes" in _said(params, frame)
    sure = ((1.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    params, frame = _frame(view="batch", pitfall="half_sum_as_mean", rows=sure, samples=2, classes=3, labels=(0.0, 0.0))
    assert "both errors are 0" in _said(params, frame)


def test_without_the_division_the_loss_grows_with_the_batch():
    params, frame = _frame(view="batch", pitfall="not_divided")
    assert frame.batch_total == pytest.approx(4 * frame.batch_cross_entropy)
    assert "4 times the mean 1.0672" in _said(params, frame)


SURE = {"view": "batch", "samples": 2, "classes": 2, "rows": ((1.0, 0.0), (0.0, 1.0))}


@pytest.mark.parametrize(
    ("values", "words", "chinese"),
    [
        ({"pitfall": "class_numbers", "labels": (1.0, 1.0)}, "happen to give the right ∞", "碰巧也得到正确的 ∞"),
        ({"pitfall": "not_divided", "labels": (0.0, 1.0)}, "With or without /N the loss is 0.0000:", "损失都是 0.0000"),
        ({"pitfall": "not_divided", "labels": (1.0, 0.0)}, "With or without /N the loss is ∞:", "损失都是 ∞"),
        (
            {"pitfall": "not_divided", "labels": (0.0, 1.0), "guard": "1e-3"},
            "the loss is -0.0020, 2 times the mean -0.0010: the larger the batch, the further below 0.",
            "比 0 小得越多",
        ),
    ],
)
def test_what_is_said_of_a_mistake_is_true_at_0_below_it_and_at_infinity(values, words, chinese):
    params, frame = _frame(**SURE, **values)
    assert words in _said(params, frame).replace("\N{MINUS SIGN}", "-")
    assert chinese in _said(params, frame, "zh_CN")


def test_too_large_a_guard_makes_the_loss_of_a_batch_negative():
    params, frame = _frame(**SURE, labels=(0.0, 1.0), guard="1e-3")
    assert frame.batch_cross_entropy == pytest.approx(-math.log(1.001)) and frame.status.kind == "negative"
    mended = params.replaced(frame.status.remedy.changes)
    assert LOSSES.compute(mended, RandomStreams(0)).status is None


# Handles


def test_the_bar_of_the_right_class_invites_first():
    params, frame = _frame(target=5)
    handles = LOSSES.handles(params, frame)
    assert [one.id for one in handles[:2]] == ["y5", "y0"] and handles[-1].id == "point"
    assert len(handles) == 11
    assert LOSSES.handles(*_frame(view="guard"))[0].id == "near"
    assert len(LOSSES.handles(*_frame(view="batch"))) == 16


def test_a_bar_that_is_pulled_down_raises_the_others():
    params = _dragged(LossesParams(), "y2", (2, 0.1))
    assert params.y[2] == 0.1 and params.y[0] == pytest.approx(0.225) and sums_to_one(params.y)
    assert _dragged(LossesParams(keep_sum="free"), "y2", (2, 0.1)).y == (*REFERENCE[:2], 0.1, *REFERENCE[3:])
    assert _dragged(LossesParams(), "y2", (2, 7.0)).y[2] == 1.0


def test_a_wrong_bar_cannot_take_from_the_right_one_where_only_wrong_ones_make_room():
    params = _dragged(LossesParams(keep_sum="wrong"), "y7", (7, 0.9))
    assert params.y[2] == 0.6 and params.y[7] == pytest.approx(0.4) and sum(params.y) == pytest.approx(1)


def test_the_point_follows_the_pointer_along_its_curve():
    for wanted in (0.9, 0.35, 0.02):
        params = _dragged(LossesParams(), "point", (wanted, -math.log(wanted)))
        assert params.y[2] == pytest.approx(wanted, abs=0.006)
    assert _dragged(LossesParams(), "point", (-0.1, TOP * 1.2)).y[2] == 0
    assert _dragged(LossesParams(), "point", (1.3, -0.5)).y[2] == 1


def test_keys_move_the_point_along_both_axes():
    loss = -math.log(0.6)
    assert _dragged(LossesParams(), "point", (0.61, loss)).y[2] == 0.61
    up = _dragged(LossesParams(), "point", (0.6, loss + 0.1))
    assert up.y[2] == pytest.approx(math.exp(-loss - 0.1), abs=1e-4)
    gone = LossesParams().replaced({"y": CERTAIN_WRONG})
    assert _dragged(gone, "point", (0.0, TOP + 0.01)).y[2] == 0
    assert _dragged(gone, "point", (0.01, TOP)).y[2] == 0.01


def test_the_point_near_0_goes_by_powers_of_ten_and_out_of_0_again():
    params = LossesParams(view="guard")
    assert _dragged(params, "near", (-6.0, 3.0)).y[2] == 1e-6
    assert _dragged(params, "near", (2.0, 3.0)).y[2] == 1.0
    zero = _dragged(params, "near", (NEAREST - 0.25, 3.0))
    assert zero.y[2] == 0
    assert _dragged(zero, "near", (ZERO_PLACE + 0.25, 3.0)).y[2] == 1e-12
    assert _dragged(zero, "near", (ZERO_PLACE - 0.25, 3.0)).y[2] == 0


def test_bars_of_the_batch_are_dragged_within_their_row():
    params = _dragged(LossesParams(view="batch"), "r2c3", (13, 0.55))
    assert params.rows[2] == pytest.approx((0.05, 0.1, 0.3, 0.55)) and params.rows[:2] == LossesParams().rows[:2]


def test_a_click_on_a_bar_makes_its_class_the_right_one():
    params, frame = _frame()
    assert LOSSES.click(params, frame, "y7") == {"target": 7}
    assert LOSSES.click(params, frame, "point") == {}
    params, frame = _frame(view="batch")
    assert LOSSES.click(params, frame, "r1c3") == {"labels": (0.0, 3.0, 3.0, 2.0)}


def test_a_class_can_be_taken_away_down_to_two():
    params, frame = _frame()
    smaller = params.replaced(LOSSES.remove(params, frame, "y0"))
    assert len(smaller.y) == 9 and smaller.target == 1 and sums_to_one(smaller.y)
    two, frame = _frame(y=(0.5, 0.5))
    assert LOSSES.remove(two, frame, "y0") == LOSSES.remove(params, frame, "point") == {}


def test_a_handle_that_there_is_not_is_an_error_of_the_caller():
    params, frame = _frame(y=(0.5, 0.5))
    with pytest.raises(KeyError):
        LOSSES.drag(params, frame, "y5", (0, 0))
    with pytest.raises(KeyError):
        LOSSES.click(*_frame(view="batch"), "y5")


def test_after_the_preset_that_moves_only_wrong_classes_a_wrong_bar_leaves_the_cross_entropy_alone():
    preset = next(one for one in LOSSES.presets if one.id == "wrong-moved")
    params, frame = _frame(**preset.changes)
    for handle, place in (("y7", (7, 0.1)), ("y0", (0, 0.3))):
        moved = _dragged(params, handle, place)
        assert moved.y != params.y
        assert LOSSES.compute(moved, RandomStreams(0)).cross_entropy == frame.cross_entropy


# Probe, code, fields


@pytest.mark.parametrize("view", ["one", "guard"])
@pytest.mark.parametrize("keep_sum", ["others", "wrong", "free"])
@pytest.mark.parametrize("y", [REFERENCE, CERTAIN_WRONG, (0.5, 0.0, 0.0, 0.5), (0.25, 0.75)])
def test_cross_entropy_is_said_to_ignore_a_wrong_class_only_where_moving_it_leaves_the_loss(y, keep_sum, view):
    params, frame = _frame(y=y, keep_sum=keep_sum, view=view, target=0, guard="1e-7")
    for k in range(1, len(y)):
        said = LOSSES.probe(params, frame, ProbePoint(k, 0.1)).text.render("en")
        moved = [
            LOSSES.compute(_dragged(params, f"y{k}", (k, share)), RandomStreams(0)) for share in (0.1, 0.3, 0.6, 0.9)
        ]
        ignored = all(one.cross_entropy == pytest.approx(frame.cross_entropy) for one in moved)
        assert said.endswith("cross entropy ignores it") == ignored, (k, said)


def test_a_probe_tells_what_a_place_counts_for():
    params, frame = _frame(guard="1e-7")
    known = (
        ProbePoint(2.2, 0.5),
        ProbePoint(7, 0.1),
        ProbePoint(0.5, 1.0, "curve"),
        ProbePoint(-7.0, 1.0, "near"),
        ProbePoint(13.0, 0.1, "batch"),
    )
    said = {spot: LOSSES.probe(params, frame, spot).text.render("en") for spot in known}
    assert said[ProbePoint(2.2, 0.5)].startswith("class 2, the right one: y = 0.6, t = 1, (y − t)² = 0.16")
    assert said[ProbePoint(7, 0.1)].endswith("cross entropy reads only y2, which gives way when y7 moves")
    assert said[ProbePoint(0.5, 1.0, "curve")].endswith("½(y − 1)² = 0.125")
    assert "−log(y + 1e−7) = 15.42" in said[ProbePoint(-7.0, 1.0, "near")]
    assert said[ProbePoint(13.0, 0.1, "batch")].startswith("row 3, class 3: y = 0.1, its label")
    beside = (
        ProbePoint(12, 0),
        ProbePoint(-0.2, 1, "curve"),
        ProbePoint(1.0, 1, "near"),
        ProbePoint(4.0, 0, "batch"),
        ProbePoint(40.0, 0, "batch"),
    )
    assert all(LOSSES.probe(params, frame, spot) is None for spot in beside)


@pytest.mark.parametrize("view", ["one", "guard", "batch"])
@pytest.mark.parametrize("pitfall", ["none", "class_numbers", "half_sum_as_mean", "not_divided"])
def test_the_line_of_code_that_is_lit_is_there(view, pitfall):
    mark = LOSSES.code_mark(*_frame(view=view, pitfall=pitfall))
    sources = {function.__name__: inspect.getsource(function) for function in LOSSES.code}
    assert sources[mark.function].count(mark.fragment) == 1


@pytest.mark.parametrize(
    ("name", "value", "base"),
    [
        ("view", "batch", {}),
        ("target", 3, {}),
        ("y", MOVED, {}),
        ("keep_sum", "others", {"keep_sum": "free", "y": (0.5, 0.9)}),
        ("guard", "1e-3", {}),
        ("pitfall", "not_divided", {"view": "batch"}),
        ("rows", ((0.25,) * 4,) * 4, {"view": "batch"}),
        ("labels", (3.0, 3.0, 3.0, 3.0), {"view": "batch"}),
        ("samples", 2, {"view": "batch"}),
        ("classes", 5, {"view": "batch"}),
    ],
)
def test_every_field_changes_a_table(name, value, base):
    params, _ = _frame(**base)
    changed = params.replaced({name: value})
    tables = [
        [(table.name, repr(table.rows)) for table in LOSSES.tables(one, LOSSES.compute(one, RandomStreams(0)))]
        for one in (params, changed)
    ]
    assert tables[0] != tables[1]
    assert name in fields_of(LossesParams)


def test_readings_are_short():
    for values in ({}, {"view": "guard", "guard": "1e-7"}, {"view": "batch"}, {"view": "batch", "samples": 3}):
        for pitfall in ("none", "class_numbers", "half_sum_as_mean", "not_divided"):
            assert len(_said(*_frame(**values, pitfall=pitfall))) <= 92
