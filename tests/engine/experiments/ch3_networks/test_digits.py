"""The experiment `digits`: its opening, its answers, the test set, the batches, and what is said of them."""

from __future__ import annotations

import dataclasses
import functools
import re
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.catalogue import load
from engine.contract.handle import ProbePoint
from engine.contract.numerals import parse_real
from engine.contract.run import Run
from engine.contract.text import Refused
from engine.data.altered import Alteration, altered_bytes
from engine.data.digit_weights import load_digit_network
from engine.data.digits import load_digits, pixels
from engine.data.idx import idx_bytes
from engine.data.plain_digits import CROSS, LID, OPEN_FOUR, PLAIN
from engine.experiments.ch3_networks.digits import Digits
from engine.experiments.ch3_networks.digits.params import DigitsParams
from engine.experiments.ch3_networks.digits.words import duration, percent
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.strategies import values_of

DIGITS = Digits()


def _at(updates=10, **values):
    params = DigitsParams(**values)
    player = Player(DIGITS, Run("digits", params))
    return params, player.go(updates)


def _said(params, frame, language="en"):
    return DIGITS.headline(params, frame).render(language)


# The drawing


def test_it_opens_with_a_4_that_may_be_a_9():
    params, frame = _at()
    assert (frame.answer, frame.second, frame.same_when_moved) == (4, 9, 9)
    assert 0.5 < frame.confidence < 0.9
    assert frame.probabilities.sum() == pytest.approx(1)
    assert "reads 4 (75%), but 9" in _said(params, frame)
    assert "认成 4（75%）" in _said(params, frame, "zh_CN")


def test_its_top_closed_it_becomes_a_9():
    params, frame = _at(drawing=(*OPEN_FOUR, LID))
    assert frame.answer == 9 and frame.confidence > 0.95
    assert "is sure" in _said(params, frame)


def test_what_is_no_digit_is_answered_with_confidence_too():
    _, frame = _at(drawing=CROSS)
    assert frame.confidence > 0.95


def test_an_empty_canvas_is_answered_and_it_says_why():
    params, frame = _at(drawing=())
    assert frame.strokes == 0 and not frame.canvas.any() and not frame.seen.any()
    assert "canvas is empty" in _said(params, frame)


def test_without_preprocessing_moving_changes_the_answer():
    params, frame = _at(preprocessing=False)
    assert frame.same_when_moved < 9
    assert f"9 positions, it gets this answer in {frame.same_when_moved}" in _said(params, frame)
    assert frame.same_when_moved == int(np.sum(frame.moved_answers == frame.answer))


def test_what_is_centred_first_keeps_its_answer_as_far_as_it_stays_on_the_canvas():
    """The first hint says so, and why: a small 2 in a corner is cut where it is moved beyond the edge."""

    def drawn(right, down):
        strokes = tuple(tuple((right + 0.4 * x, down + 0.4 * y) for x, y in stroke) for stroke in PLAIN[2])
        return _at(drawing=strokes)[1].same_when_moved

    assert drawn(0.3, 0.3) == drawn(0.2, 0.35) == 9
    assert drawn(-0.05, -0.05) < 9


def test_the_answer_is_the_networks_to_what_it_sees():
    for values in ({}, {"preprocessing": False}, {"drawing": PLAIN[7], "brush": 0.05}):
        _, frame = _at(**values)
        z1, z2, y = load_digit_network().forward(pixels(frame.seen[None]))
        assert frame.probabilities == pytest.approx(y[0])
        assert frame.hidden1 == pytest.approx(z1[0]) and frame.hidden2 == pytest.approx(z2[0])
        assert frame.answer == int(np.argmax(y[0]))


def test_no_majority_is_a_status():
    _, frame = _at(drawing=(((0.5, 0.5),),))
    assert frame.confidence < 0.5 and frame.status.kind == "unsure"


# A stroke never restarts the reading of the test set


def test_live_changes_are_answered_where_the_run_stands():
    player = Player(DIGITS, Run("digits", DigitsParams()))
    player.go(10)
    for field, value in (("drawing", PLAIN[3]), ("preprocessing", False), ("brush", 0.12), ("index", 100)):
        player.change(field, DigitsParams(**{field: value}).to_json()[field])
        frame = player.go()
        assert (frame.update, frame.evaluated) == (10, 1000)
    assert frame.strokes == 1 and frame.shown == 100


def test_of_the_moves_of_one_stroke_only_the_last_is_kept_in_the_journal():
    player = Player(DIGITS, Run("digits", DigitsParams()))
    player.go(3)
    for length in range(1, 30):
        stroke = [[0.1 + 0.02 * n, 0.5] for n in range(length)]
        player.change("drawing", [stroke])
    player.change("brush", 0.1)
    player.go(1)
    player.change("drawing", [])
    assert [(change.at_update, change.path) for change in player.run.journal] == [
        (3, "drawing"), (3, "brush"), (4, "drawing")
    ]  # fmt: skip
    frame = player.go(2)
    assert frames_equal(frame, Player(DIGITS, player.run).go(6))


def test_an_unknown_change_is_an_error():
    player = Player(DIGITS, Run("digits", DigitsParams()))
    player.go(1)
    with pytest.raises(KeyError, match="sharpness"):
        player.change("sharpness", 1)


# The test set


def test_the_whole_test_set_is_read():
    _, frame = _at(10**6)
    test = load_digits("test")
    answers = load_digit_network().answers(pixels(test.images))
    assert frame.finished and frame.counts == (100, 1) and frame.evaluated == 10_000
    assert frame.right == int(np.sum(answers == test.labels))
    assert frame.accuracy == frame.right / 10_000 >= 0.97
    naive = np.zeros((10, 10), dtype=int)
    for label, answer in zip(test.labels, answers, strict=True):
        naive[label, answer] += 1
    assert np.array_equal(frame.confusion, naive)


@pytest.mark.parametrize("size", [7, 1000])
def test_the_last_partial_batch_counts_and_the_size_changes_no_answer(size):
    _, frame = _at(10**6, batch_size=size)
    assert frame.evaluated == 10_000 and frame.counts == (-(-10_000 // size), 1)
    assert frame.right == _at(10**6)[1].right


def test_another_batch_size_is_timed_beside_the_others():
    frame = _at(2, batch_size=250)[1]
    assert not frame.finished and (frame.evaluated, frame.update) == (500, 2)
    assert frame.timed_sizes.tolist() == [1, 10, 100, 250, 1000]
    assert (frame.seconds > 0).all() and frame.timed_images[3] == 500


@pytest.mark.parametrize(
    "look", [{"index": 20}, {"only_wrong": True}, {"turn": 30.0}, {"drawing": ()}, {"layer": "pixels"}]
)
def test_an_earlier_frame_with_what_is_looked_at_now_is_the_frame_of_that_place(look):
    then, now = _at(3)[1], _at(7, **look)[1]
    assert frames_equal(DIGITS.seen_back(then, now), _at(3, **look)[1]) and frames_equal(then.seen_as(then), then)


def test_times_are_left_out_of_comparisons():
    assert frames_equal(_at(view="batches")[1], _at(view="batches")[1])


def test_batches_pay():
    frame = _at(10**6)[1]
    assert frame.timed_sizes.tolist() == [1, 10, 100, 1000]
    assert (frame.seconds > 0).all()
    assert "times as long" in _said(DigitsParams(view="batches"), frame)
    # Of a thread's own time: what else the machine does cannot turn this round.
    network, images = load_digit_network(), load_digits("test").images[:100]
    assert _seconds_of(network, images, 1) > 2 * _seconds_of(network, images, 100)


def _seconds_of(network, images, size):
    """Seconds of this thread for all of the images, read in batches of a size."""
    began = time.thread_time()
    for at in range(0, len(images), size):
        network.answers(pixels(images[at : at + size]))
    return time.thread_time() - began


def test_browsing_goes_through_what_the_filters_leave():
    test = load_digits("test")
    wrong = load_digit_network().answers(pixels(test.images)) != test.labels
    for digit, only_wrong in (("any", False), ("any", True), ("7", False), ("3", True)):
        kept = np.ones(10_000, dtype=bool) if digit == "any" else test.labels == int(digit)
        numbers = np.flatnonzero(kept & wrong if only_wrong else kept).tolist()
        values = {"view": "test", "digit": digit, "only_wrong": only_wrong}
        params, frame = _at(1, index=0, **values)
        assert (frame.shown, frame.left) == (numbers[0], len(numbers))
        for wanted in numbers[1:4]:
            params = params.replaced(DIGITS.click(params, frame, "following"))
            frame = _at(1, **{**values, "index": params.index})[1]
            assert frame.shown == wanted
        assert frame.previous == numbers[2]
        assert DIGITS.click(params, frame, "previous") == {"index": numbers[2]}
        assert frame.following_wrong == next(n for n in range(frame.shown + 1, 10_000) if wrong[n] and kept[n])


def test_browsing_goes_round_at_the_end():
    _, frame = _at(1, view="test", index=9999)
    assert (frame.following, frame.previous) == (0, 9998)


def test_the_sentence_of_an_image_says_whether_it_is_right():
    params, frame = _at(view="test", index=8)
    assert (frame.label, frame.image_answer) == (5, 6)
    assert "is a 5, but read as 6" in _said(params, frame) and "1,000" in _said(params, frame)
    params, frame = _at(view="test", index=0)
    assert "a 7, is read correctly" in _said(params, frame)


def test_a_click_on_a_cell_shows_the_first_such_image():
    params, frame = _at(view="test", only_wrong=True, digit="3")
    changes = DIGITS.click(params, frame, "confusion.4.9")
    _, shown = _at(1, **{**vars(params), **changes})
    assert (shown.label, shown.image_answer) == (4, 9)
    assert DIGITS.click(params, frame, "confusion.0.1") == {}


def test_a_click_on_a_cell_leaves_the_filters_on_that_let_its_image_through():
    params, frame = _at(view="test", only_wrong=True, digit="4")
    assert DIGITS.click(params, frame, "confusion.4.9").items() >= {"digit": "4", "only_wrong": True}.items()
    assert DIGITS.click(params, frame, "confusion.5.6").items() >= {"digit": "any", "only_wrong": True}.items()
    assert DIGITS.click(params, frame, "confusion.4.4").items() >= {"digit": "4", "only_wrong": False}.items()


def test_clear_takes_everything_off_the_canvas_once():
    params, frame = _at()
    assert DIGITS.click(params, frame, "clear") == {"drawing": ()}
    assert DIGITS.click(params.replaced({"drawing": ()}), frame, "clear") == {}


def test_own_images_take_the_place_of_the_test_set(tmp_path):
    path = tmp_path / "own.idx"
    path.write_bytes(idx_bytes(load_digits("test").images[5:8]))
    params, frame = _at(1, view="test", index=1, images=str(path))
    assert (frame.shown, frame.label, frame.left) == (1, -1, 3)
    assert np.array_equal(frame.image, load_digits("test").images[6])
    assert "Image 1 of your file is read as 4" in _said(params, frame)
    assert (frame.following, frame.following_wrong) == (2, -1)
    assert DIGITS.click(params, frame, "following_wrong") == {}
    carried = Path(DigitsParams.from_json(params.to_json()).images)
    assert carried != path and carried.read_bytes() == path.read_bytes()
    path.write_bytes(b"damaged")
    with pytest.raises(Refused, match=r"images: own\.idx"):
        DigitsParams(images=str(path))


# Promises


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_said_is_so_for_any_drawing(data):
    from engine.contract.params import field_of

    drawing = data.draw(values_of(field_of(DigitsParams, "drawing")).map(lambda strokes: strokes[:4]))
    params, frame = _at(1, drawing=drawing, preprocessing=data.draw(st.booleans()))
    assert frame.probabilities.sum() == pytest.approx(1) and np.isfinite(frame.scores).all()
    assert frame.confidence == frame.probabilities.max() and frame.answer != frame.second
    assert f"{frame.answer} (" in _said(params, frame) or f"{frame.answer} " in _said(params, frame)


@pytest.mark.parametrize("view", ["draw", "test", "batches"])
def test_the_working_adds_up(view):
    params, frame = _at(view=view)
    lines = DIGITS.working(params, frame)
    assert lines
    for line in lines:
        assert evaluate(line) == pytest.approx(line.result, rel=1e-12, abs=1e-15)
    wanted = {"draw": frame.confidence, "test": frame.image_probabilities.max(), "batches": frame.accuracy}[view]
    assert any(line.result == pytest.approx(wanted) for line in lines)


@pytest.mark.parametrize("view", ["draw", "test", "batches"])
def test_the_first_table_can_be_repeated(view):
    tables = [DIGITS.main_tables(*_at(view=view)) for _ in range(2)]
    assert tables[0][0].rows == tables[1][0].rows
    assert {table.name for table in tables[0]} >= {"drawing", "seen", "image", "confusion", "timing", "evaluation"}


@pytest.mark.parametrize("preset", DIGITS.presets, ids=lambda preset: preset.id)
def test_presets_are_what_they_are_called(preset):
    _, frame = _at(1, **preset.changes)
    wanted = {"open-4": 4, "closed-4": 9, "plain-3": 3}
    if preset.id in wanted:
        assert frame.answer == wanted[preset.id]
    assert (frame.strokes == 0) == (preset.id == "blank")


def test_the_title_is_that_of_the_catalogue():
    assert load("digits").title.render("zh_CN") == "手写数字识别：写一个数字，看网络怎么读"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.001, "<1%"),
        (0.5, "50%"),
        (0.994, "99%"),
        (0.9951, "99.5%"),
        (0.99999, "99.9%"),
        (1, "100%"),
    ],
)
def test_what_is_not_quite_certain_does_not_read_so(share, words):
    assert percent(share) == words


def test_times_have_a_unit_that_fits():
    assert (duration(4.21e-6), duration(2.5e-3)) == ("4.21 µs", "2.5 ms")


@functools.cache
def _timed():
    return _at(view="batches")[1]


_SAYS_OF_TIMES = re.compile(
    r"In batches of (?P<fast>\d+) an image takes (?P<time>\S+ \S+)[;,] in batches of (?P<slow>\d+) (?:it takes )?"
    r"(?P<ratio>\S+) times as long(?P<unsure>; but)?"
    r"|In batches of (?P<alike>\d+) an image takes (?P<its>\S+ \S+), about as long as in those of (?P<quick>\d+), the"
    r" fastest: (?P<least>\S+ \S+)\. "
    r"|In batches of any size an image takes about as long, (?P<any>\S+ \S+) in those of (?P<of>\d+)\. "
)


@settings(max_examples=200, deadline=None)
@given(
    medians=st.lists(st.floats(1e-6, 1e-2), min_size=4, max_size=4),
    spread=st.floats(1.0, 4.0),
    size=st.sampled_from([1, 10, 100, 1000, 250]),
)
def test_what_is_said_of_times_is_true_of_those_that_are_drawn(medians, spread, size):
    """'About as long' is a quarter longer at most, however widely batches scatter, and each time is its point's."""
    params, frame = DigitsParams(view="batches", batch_size=size), _timed()
    seconds = np.array(medians)
    frame = dataclasses.replace(
        frame, seconds=seconds, seconds_low=seconds / spread, seconds_high=seconds * spread, batch_size=size
    )
    of = dict(zip(map(str, frame.timed_sizes.tolist()), medians, strict=True))
    found = _SAYS_OF_TIMES.match(_said(params, frame)).groupdict()
    if found["any"]:
        assert max(medians) <= 1.25 * min(medians) and found["any"] == duration(of[found["of"]])
    elif found["alike"]:
        assert of[found["alike"]] <= 1.25 * min(medians) and of[found["quick"]] == min(medians)
        assert (found["its"], found["least"]) == (duration(of[found["alike"]]), duration(min(medians)))
    else:
        ratio = of[found["slow"]] / of[found["fast"]]
        assert ratio > 1.25 and parse_real(found["ratio"]) == pytest.approx(ratio, rel=0.06)
        assert found["time"] == duration(of[found["fast"]]) == duration(min(medians))
        assert bool(found["unsure"]) == (of[found["slow"]] / spread <= min(medians) * spread)
    if str(size) in of and of[str(size)] > min(medians):
        assert str(size) in (found["slow"], found["alike"], found["of"])


def test_the_median_lies_within_its_spread():
    frame = Player(load("digits"), Run("digits", DigitsParams(view="batches"))).go(5)
    assert (frame.seconds_low <= frame.seconds).all() and (frame.seconds <= frame.seconds_high).all()


# Layers as points


def test_layers_are_points_of_the_first_digits():
    params, frame = _at(1, view="points", layer="hidden1")
    z1, _, y = load_digit_network().forward(pixels(load_digits("test").images[:500]))
    centred = z1 - z1.mean(axis=0)
    _, values, rows = np.linalg.svd(centred, full_matrices=False)
    assert frame.points.numbers == 50
    assert np.abs(frame.points.places) == pytest.approx(np.abs(centred @ rows[:2].T), abs=1e-5)
    assert frame.points.shares == pytest.approx(values[:2] ** 2 / np.sum(values**2))
    assert frame.points.chances == pytest.approx(y, abs=1e-6)
    assert f"{100 * frame.points.alike:.0f}% of the 500" in _said(params, frame)


def test_learning_brings_the_classes_apart_layer_by_layer():
    alike = {
        (layer, weights): _at(1, view="points", layer=layer, weights=weights)[1].points.alike
        for layer in ("pixels", "hidden1", "hidden2", "scores")
        for weights in ("trained", "untrained")
    }
    trained = [alike[layer, "trained"] for layer in ("pixels", "hidden1", "hidden2")]
    assert trained == sorted(trained) and alike["pixels", "untrained"] == alike["pixels", "trained"]
    assert all(alike[layer, "untrained"] < alike[layer, "trained"] for layer in ("hidden1", "hidden2", "scores"))


def test_the_weights_before_learning_are_those_that_training_began_with():
    from engine.nn.digit_network import initial_network
    from tools.digit_weights import SETTINGS, _initial

    began = _initial(np.random.Generator(np.random.PCG64(SETTINGS["seed"])))
    for name, array in vars(initial_network()).items():
        assert array == pytest.approx(began[name], rel=1e-12)


def test_a_click_on_a_point_and_the_way_to_the_points_show_a_digit_of_theirs():
    params, frame = _at(1, view="points", index=3000, only_wrong=True)
    x, y = frame.points.places[42].tolist()
    shows = {"index": 42, "digit": "any", "only_wrong": False}
    assert DIGITS.click_at(params, frame, ProbePoint(x, y, "points")) == shows
    probe = DIGITS.probe(params, frame, ProbePoint(x, y, "points"))
    assert "test digit 42, a 4, read as 4" in probe.text.render("en")
    assert DIGITS.click_at(params, frame, ProbePoint(1e3, 1e3, "points")) == {}
    came = DIGITS.settle(DigitsParams(view="test", index=3042, digit="4"), {"view": "points"})
    assert came == {**shows, "view": "points"}
    assert frame.shown_point is None and _at(1, **{**vars(params), **shows})[1].shown_point == 42


# What is read is changed


def test_what_is_read_is_turned_scaled_moved_and_made_noisy_while_the_run_stands():
    player = Player(DIGITS, Run("digits", DigitsParams(view="test", index=11)))
    plain = player.go(3)
    assert plain.unaltered is None and plain.image_unaltered is None
    player.change("turn", 45.0)
    turned = player.go()
    assert (turned.update, turned.image_unaltered.answer, turned.image_answer) == (3, 6, 0)
    assert np.array_equal(turned.image_unaltered.picture, plain.image)
    assert np.array_equal(turned.unaltered.picture, plain.seen)
    assert turned.image_unaltered.confidence == pytest.approx(plain.image_probabilities.max())
    said = _said(DigitsParams(view="test", index=11, turn=45), turned)
    assert "Image 11 is a 6" in said and "reads 0" in said and "instead of 6" in said and "35°" in said
    player.change("turn", 0.0)
    again = player.go()
    assert frames_equal(dataclasses.replace(again, events=plain.events), plain)


@pytest.mark.parametrize(
    ("turn", "english", "chinese"), [(20.0, "anticlockwise", "逆时针"), (-20.0, "clockwise", "顺时针")]
)
def test_the_way_is_named_in_which_an_answer_changes(turn, english, chinese):
    params, frame = _at(1, view="test", index=11, turn=turn)
    degrees = frame.image_unaltered.turn_limit
    assert f"Turned {english} alone, it first changes at {degrees}°" in _said(params, frame)
    assert f"单是{chinese}旋转，转到 {degrees}°" in _said(params, frame, "zh_CN")


def test_images_are_numbered_and_not_counted():
    """They are numbered from 0: in Chinese 第 0 张 would be the one before the first."""
    params, frame = _at(1, view="test", index=0)
    assert "编号 0 的图片" in _said(params, frame, "zh_CN") and "第 0" not in _said(params, frame, "zh_CN")


@pytest.mark.parametrize("turn", [20.0, -20.0])
def test_the_limit_of_turning_is_the_first_angle_with_another_answer(turn):
    frame = _at(1, view="test", index=11, turn=turn)[1]
    image, network = load_digits("test").images[11:12], load_digit_network()
    answers = [
        int(network.answers(pixels(altered_bytes(image, Alteration(np.sign(turn) * angle), np.zeros((28, 28)))))[0])
        for angle in range(1, 181)
    ]
    found = frame.image_unaltered
    assert found.turn_limit == next(at for at, answer in enumerate(answers, 1) if answer != 6)
    # The curve goes over from one answer to the other just there.
    assert found.swept == ("turn",)
    at, before = (found.sweep_values[0].tolist().index(np.sign(turn) * (found.turn_limit - less)) for less in (0, 1))
    assert abs(at - before) == 1
    assert found.sweep_right[0, before] > found.sweep_other[0, before]
    assert found.sweep_right[0, at] < found.sweep_other[0, at]


@pytest.mark.parametrize("view, right", [("test", 6), ("draw", 4)])
def test_along_every_slider_the_answer_is_the_one_that_is_given_there(view, right):
    params = DigitsParams(view=view, index=11, turn=40.0, shift_x=2, noise=0.1)
    frame = _at(1, **vars(params))[1]
    found = frame.image_unaltered if view == "test" else frame.unaltered
    assert found.swept == ("turn", "shift_x", "noise") and found.right == right
    chances = frame.image_probabilities if view == "test" else frame.probabilities
    others = np.where(np.arange(10) == right, -1, chances)
    for name, values, rights, other, digits in zip(
        found.swept, found.sweep_values, found.sweep_right, found.sweep_other, found.sweep_digits, strict=True
    ):
        assert (np.diff(values) >= 0).all() and len(values) == 24
        here = values.tolist().index(getattr(params, name))
        assert (rights[here], other[here]) == pytest.approx((chances[right], others.max()))
        assert digits[here] == others.argmax()
    # And at another value of one of them, with all others as they are.
    at = _at(1, **{**vars(params), "turn": float(found.sweep_values[0, 3])})[1]
    there = at.image_probabilities if view == "test" else at.probabilities
    assert found.sweep_right[0, 3] == pytest.approx(there[right])


def test_a_slider_goes_to_its_nearest_step_but_not_where_nothing_is_changed():
    params = DigitsParams(turn=40.0)
    assert params.slid("turn", 12.4) == {"turn": 12.0} and params.slid("turn", -999) == {"turn": -180.0}
    assert params.slid("turn", 0.2) == {} and params.replaced({"noise": 0.1}).slid("turn", 0.2) == {"turn": 0.0}
    assert params.slid("shift_x", 3.6) == {"shift_x": 4} and params.slid("scale", 1.26) == {"scale": 1.25}


def test_noise_is_that_of_the_seed():
    params = DigitsParams(noise=0.4)
    one, again, other = (Player(DIGITS, Run("digits", params, seed=seed)).go(1).seen for seed in (1, 1, 2))
    assert np.array_equal(one, again) and not np.array_equal(one, other)
    assert DIGITS.seed_matters(params) and not DIGITS.seed_matters(DigitsParams())


def test_an_empty_canvas_stays_empty_in_words_and_own_images_are_changed_too(tmp_path):
    params, frame = _at(1, drawing=(), turn=30.0)
    assert "canvas is empty" in _said(params, frame)
    path = tmp_path / "own.idx"
    path.write_bytes(idx_bytes(load_digits("test").images[5:8]))
    params, frame = _at(1, view="test", index=1, images=str(path), shift_x=9)
    assert "Image 1 of your file: Changed like this" in _said(params, frame)


def test_the_number_that_softmax_subtracts_is_worked_as_the_largest_of_all_scores():
    params, frame = _at(view="test")
    line = DIGITS.working(params, frame)[0]
    assert line.left == "c" and line.expression.startswith("max(") and len(line.values) == 10
    assert evaluate(line) == line.result == frame.image_scores.max()
