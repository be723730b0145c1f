"""The training of one's own network: seen update by update, beside ours, and never believed blindly."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.exercises.verdict import Failure
from engine.networks.layers import array_shapes
from engine.own_network.checking import NetworkCheck
from engine.own_network.generalizing import APART, TECHNIQUES, Generalized, TechniqueCurves
from engine.own_network.generalizing import UPDATES as FEW_UPDATES
from engine.own_network.headings import with_headings
from engine.own_network.learning import SIZES, TEST, UPDATES, Curves, Learned, NumericalTime, _Listener
from engine.own_network.stations import stations
from engine.own_network.terminal import MARK, terminal_lines
from engine.sandbox.cancellable import Cancelled
from engine.sandbox.own_training import _Watch
from engine.sandbox.whole_file import whole_of

pytestmark = pytest.mark.long

_HERE = Path(__file__).parent / "right"
_RIGHT = [_HERE / "by_chapter_4.py", _HERE / "by_chapter_5.py"]
_TRAINING = next(one for one in stations() if one.does == "trains")


class _Counting:
    """A network of one array whose methods call one another, as the book's do."""

    def __init__(self):
        self.params = {"W": np.zeros(2)}

    def loss(self, x, t):
        return float(np.sum(self.params["W"]) + len(x))

    def accuracy(self, x, t):
        return 0.5

    def gradient(self, x, t):
        self.loss(x, t)
        return {"W": np.ones(2)}


def test_a_watched_loop_tells_each_batch_and_whether_a_loss_comes_before_or_after_its_update():
    network, images, told = _Counting(), np.arange(6.0).reshape(3, 2), []
    watch = _Watch(network, images, told.extend)
    network.gradient(images[[2, 0]], None)
    network.loss(images[[2, 0]], None)
    network.params["W"] -= 1
    network.loss(images[[2, 0]], None)
    network.accuracy(images, None)
    network.gradient(images[[1]] + 0.5, None)
    watch.end()
    assert told == [("batch", [2, 0]), ("loss", 2.0, False), ("loss", 0.0, True), ("accuracy", 3, 0.5), ("batch", [-1])]
    assert not vars(network).keys() - {"params"}  # nothing is left on it


def test_what_a_training_tells_is_foreign_and_what_makes_no_sense_is_left_out():
    seen = []
    listener = _Listener(None, seen.append)
    listener.hear([
        ("loss", 1.0, False), ("batch", [0, 1]), ("loss", float("nan"), False), ("loss", "1", False), ("loss", 2.0, 1),
        ("batch", [10**9]), ("batch", "all"), ("accuracy", 3, 0.5), ("accuracy", TEST, 7.0), ("other",), 5, None,
        ("accuracy", TEST, 0.5), ("loss", 2.0, True),
    ])  # fmt: skip
    listener.hear("nothing")
    assert listener.curves == Curves([1], [2.0], [], [1], [0.5], []) and len(seen) == 2
    assert listener.curves.apart is None


def test_a_network_of_other_arrays_is_told_and_not_kept():
    assert Learned(0.9, UPDATES).kept is None
    arrays = {"W1": np.zeros((784, 50)), "b1": np.zeros(50), "W2": np.zeros((50, 10)), "b2": np.zeros(10)}
    kept = Learned(0.9, UPDATES, arrays=arrays, activation="relu").kept
    assert {name: one.shape for name, one in kept.arrays.items()} == array_shapes(kept.inputs, kept.layers)


@pytest.mark.whole
@pytest.mark.parametrize("path", _RIGHT, ids=lambda path: path.stem)
def test_a_right_loop_goes_with_ours_to_the_last_digit_and_another_rate_comes_apart(path):
    source, curves = path.read_text(encoding="utf-8"), []
    learned = NetworkCheck(path, source).do(_TRAINING, lambda one: curves.append(len(one.losses)))
    assert (
        learned.curves.apart < (1e-5 if path.stem == "single" else 1e-9) and len(learned.curves.our_losses) == UPDATES
    )
    assert curves == sorted(curves) and len(curves) > 5
    assert learned.kept is not None and learned.kept.test_accuracy == learned.share
    other = source.replace("-= learning_rate *", "-= 0.5 * learning_rate *")
    assert other != source
    assert NetworkCheck(path, other).do(_TRAINING).curves.apart > 0.1


def test_a_network_that_has_not_learned_reads_as_many_as_one_that_guesses():
    found = NetworkCheck(_RIGHT[0], _RIGHT[0].read_text(encoding="utf-8")).do(stations()[1])
    assert found.updates == 0 and 0.02 < found.share < 0.25 and found.kept is not None


def test_a_training_is_cancelled_from_another_thread():
    check = NetworkCheck(_RIGHT[0], _RIGHT[0].read_text(encoding="utf-8"))
    try:
        learned = check.do(_TRAINING, lambda _: check.cancel())
    except Cancelled:
        return
    assert isinstance(learned, Failure)


def test_the_questions_of_a_numerical_gradient_are_two_for_every_number():
    found = NetworkCheck(_RIGHT[0], _RIGHT[0].read_text(encoding="utf-8")).do(stations()[2])
    inputs, hidden, outputs = SIZES
    assert f"{2 * (inputs * hidden + hidden + hidden * outputs + outputs):,}" in found.text.render("en")


@pytest.mark.parametrize("stem", ["by_chapter_4", "by_chapter_5", "by_chapter_7", "convolution_by_views"])
def test_what_a_station_asks_for_plays_in_its_experiments(stem):
    path = _HERE / f"{stem}.py"
    source = path.read_text(encoding="utf-8")
    check = NetworkCheck(path, source)
    played = {
        place: {one.exercise for one in check.code_for(station, place).written}
        for station in stations()
        if station.order != 6
        for place in station.plays_in
    }
    of_chapter_7 = "class SimpleConvNet" in source
    assert played == {
        "forward": {"sigmoid", "softmax"}, "softmax": {"softmax"}, "losses": {"cross_entropy_error"},
        "gradient_field": set() if of_chapter_7 else {"numerical_gradient"},
        "convolution": {"im2col", "convolution", "convolution_backward"} if of_chapter_7 else set(),
    }  # fmt: skip


@pytest.mark.whole
def test_a_loop_that_puts_new_arrays_into_params_is_told_where_layers_hold_the_old_ones():
    source = _RIGHT[1].read_text(encoding="utf-8")
    old = "network.params[key] -= learning_rate * grad[key]"
    assert old in source
    for mine, is_detached in (
        (source, False),
        (source.replace(old, old.replace("-= ", "= network.params[key] - ")), True),
    ):
        assert NetworkCheck(_RIGHT[1], mine).do(_TRAINING).is_detached is is_detached


def test_methods_are_put_into_their_class_and_functions_at_the_end():
    begun = "import numpy as np\n\n\nclass TwoLayerNet:\n    def loss(self, x, t):\n        return 0\n\n\nlast = 1\n"
    for station in stations()[2:4]:
        made, line = with_headings(begun, station.blank.render("en"))
        names = [one for one in station.defines if one.startswith("TwoLayerNet.")]
        assert not whole_of(made).lacking(station.defines), made
        assert names and made.index("last = 1") > made.index(f"def {names[0].rpartition('.')[2]}(self")
        assert "def " in made.split("\n")[line - 1], (line, made)
    assert with_headings("", "x = 1\n") == ("x = 1\n", 1)
    made, line = with_headings(f"{begun}\n\n{terminal_lines()}", stations()[4].blank.render("en"))
    assert made.endswith(f"\n\n\n{terminal_lines()}") and made.split("\n")[line - 1].startswith("def train(")
    assert with_headings("def f(:\n", "# In it:\n\n    x = 1\n")[0].endswith("# In it:\n\n    x = 1\n")


def test_the_gradient_by_backpropagation_is_told_faster():
    found = NetworkCheck(_RIGHT[0], _RIGHT[0].read_text(encoding="utf-8")).do(stations()[3])
    assert found.gradient is not None and 0 < found.gradient < found.loss * 1000
    assert NumericalTime(0.001, 0.002).text.render("en").endswith("40,000 times as long.")


@pytest.mark.parametrize("loss", [1.449e-4, 2.51e-4, 1.05e-3, 9.96e-3])
def test_the_times_of_a_numerical_gradient_multiply_up(loss):
    """Who multiplies what is told comes to what is told."""
    units = {"µs": 1e-6, "ms": 1e-3, "s": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0}
    said = NumericalTime(loss).text.render("en")
    told = [
        float(number) * units[unit] for number, unit in re.findall(r"(\d[\d.]*) (µs|ms|s|minutes|hours|days)\b", said)
    ]
    questions = int(re.search(r"loss ([\d,]+) times", said)[1].replace(",", ""))
    assert told[1] == pytest.approx(questions * told[0], rel=0.05)
    assert told[2] == pytest.approx(UPDATES * told[1], rel=0.05)


@pytest.mark.whole
def test_the_file_trains_in_a_terminal_without_the_program(tmp_path):
    path = tmp_path / "my_network.py"
    lines = terminal_lines()
    assert lines.startswith(MARK)
    written = _RIGHT[0].read_text(encoding="utf-8").partition(MARK)[0]
    path.write_text(written + lines.replace(", 12, 100,", ", 3, 100,"), encoding="utf-8")
    ran = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert float(ran.stdout.split()[-1]) > 0.5


_FEW = next(one for one in stations() if one.does == "generalizes")
_WITH_TECHNIQUES = [Path(__file__).parent / "right" / f"{stem}.py" for stem in
                    ("by_chapter_6", "techniques_by_lists", "techniques_in_single")]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [_WITH_TECHNIQUES[0], *(pytest.param(one, marks=pytest.mark.whole) for one in _WITH_TECHNIQUES[1:])],
    ids=lambda path: path.stem,
)
def test_a_right_network_of_many_layers_learns_from_few_digits_with_each_technique(path):
    told = []
    found = NetworkCheck(path, path.read_text(encoding="utf-8")).do(_FEW, lambda curves: told.append(curves.copy()))
    curves = found.curves
    assert found.is_enough and found.share == max(row[-1] for row in curves.test.values())
    assert all(row == list(range(0, FEW_UPDATES + 1, APART)) for row in curves.updates.values())
    assert all(
        len(row) == len(curves.updates["plain"]) for rows in (curves.train, curves.test) for row in rows.values()
    )
    assert len({tuple(row) for row in curves.test.values()}) == len(TECHNIQUES)  # each learned in its own way
    assert curves.train["plain"][0] == curves.train["decay"][0]  # from the same weights
    assert [sum(map(len, one.updates.values())) for one in told] == list(range(1, len(told) + 1))
    kept = found.kept
    assert kept is not None and kept.test_accuracy == found.share and kept.samples == 300
    assert {name: one.shape for name, one in kept.arrays.items()} == array_shapes(kept.inputs, kept.layers)


_ANSWERED, _UPDATED = "        return x\n\n    def loss", "            params[key] += self.v[key]"


@pytest.mark.parametrize(
    ("old", "new", "fits"),
    [
        (_ANSWERED, _ANSWERED.replace("x\n", "x[:, :3]\n", 1), lambda found: found.kind == "shape"),
        (_ANSWERED, _ANSWERED.replace("x\n", "'x' * 10**9\n", 1), lambda found: isinstance(found, Failure)),
        (_UPDATED, _UPDATED.replace("+= self.v[key]", "= np.zeros((9999, 9999))"),
         lambda found: isinstance(found, Failure)),
        (_UPDATED, _UPDATED.replace("+= self.v[key]", "*= np.nan"), lambda found: found.kept is None),
        (_UPDATED, "            pass", lambda found: not found.is_enough),
    ],
)  # fmt: skip
def test_what_a_network_of_many_layers_answers_is_never_believed_blindly(monkeypatch, old, new, fits):
    monkeypatch.setattr("engine.own_network.generalizing.UPDATES", APART)
    source = _WITH_TECHNIQUES[0].read_text(encoding="utf-8")
    assert old in source
    found = NetworkCheck(_WITH_TECHNIQUES[0], source.replace(old, new)).do(_FEW)
    assert fits(found), found


def test_of_three_trainings_the_best_is_named_and_those_that_are_alike_all():
    curves = TechniqueCurves(
        {name: [0] for name in TECHNIQUES}, {name: [0.5] for name in TECHNIQUES},
        {"plain": [0.25], "decay": [0.75], "dropout": [0.75]},
    )  # fmt: skip
    found = Generalized(0.75, FEW_UPDATES, curves)
    assert curves.best == ("decay", "dropout") and not curves.is_empty and TechniqueCurves().is_empty
    said = " ".join(one.render("en") for one in (found.text, *found.more))
    assert "of 1,000 others 25.0% as it is" in said and "75.0% with weight decay and 75.0% with dropout" in said
    assert said.endswith("Best this time: with weight decay, with dropout.")


def test_momentum_plays_in_the_experiments_of_optimizers():
    path = _WITH_TECHNIQUES[0]
    check = NetworkCheck(path, path.read_text(encoding="utf-8"))
    played = {place: {one.exercise for one in check.code_for(_FEW, place).written} for place in _FEW.plays_in}
    assert played == {"optimizers": {"momentum"}, "optimizer_race": {"momentum"}}
