"""The stations of one's own network: right files hold whatever their style, wrong ones are told what is wrong."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from engine.contract.language import LANGUAGES
from engine.contract.text import Refused
from engine.exercises.checking import check_written
from engine.exercises.sentences import explanation_of, hint_of, sentence_of
from engine.exercises.verdict import FIRST_CHECK, RUNS, Failure, Verdict
from engine.own_network.checking import NetworkCheck, better_of, is_network, read_network
from engine.own_network.reading import Reading
from engine.own_network.station import NAMES, Station, book_file
from engine.own_network.stations import LAST, stations
from engine.own_network.stations.network import small
from engine.sandbox.learner_code import Unusable
from engine.sandbox.whole_file import whole_of

pytestmark = pytest.mark.long

_HERE = Path(__file__).parent
_RIGHT = sorted((_HERE / "right").glob("*.py"))
_ACTIVATIONS = ("sigmoid", "relu")
_KINDS, _NAMED = 10, 0.9
_BASES = {6: "by_chapter_6", 7: "by_chapter_7"}
"""The right file whose changes are wrong at a station, where it is not by_chapter_4."""
_BEGUN = {
    **dict.fromkeys(("by_chapter_4", "by_chapter_5", "single"), (1, 2, 3, 4, 5)),
    "by_chapter_6": (1, 6),
    **dict.fromkeys(("techniques_by_lists", "techniques_in_single"), (6,)),
    **dict.fromkeys(("by_chapter_7", "convolution_by_loops", "convolution_by_views"), (1, 7)),
}
"""The stations that a right file has; it defines nothing of the others."""
_BY_CHANCE = {"MultiLayerNet.mask.dropout_in_a_test", "MultiLayerNet.forward.mask_drawn_anew"}
"""Mistakes with which numbers depend on chance, so that they are told by what the checks saw where they differ."""
_ORDERS = [one.order for one in stations()]


@cache
def _wrong() -> tuple[tuple[int, str, str], ...]:
    """Stations with what a wrong file is told there, and its source: a right one with changes."""
    found = []
    for order, told_ones in tomllib.loads((_HERE / "wrong.toml").read_text(encoding="utf-8")).items():
        right = read_network(_HERE / "right" / f"{_BASES.get(int(order), 'by_chapter_4')}.py")
        for told, files in told_ones.items():
            for changes in files:
                source = right
                for old, new in changes.items():
                    assert old in source, (order, told, old)
                    source = source.replace(old, new)
                found.append((int(order), told, source))
    return tuple(found)


def _verdict_here(order: int, source: str):
    """The verdict of a station in this process, for trusted files; the better one of both activations."""
    written = whole_of(source, book_file())
    station = _station(order)
    activations = _ACTIVATIONS if station.has_activation else _ACTIVATIONS[:1]
    return station, better_of([check_written(_station(order, one), written) for one in activations])


def _told(station: Station, failure: Failure) -> str:
    """The mistake that a file is told to have made, without its class and method; or else the kind of its failure."""
    if len(failure.mistakes) == 2:
        return "two"
    known = {one.id: one.id if station.order == 1 else one.id.rpartition(".")[2] for one in station.mistakes}
    return "+".join(known.get(key, "generated") for one in failure.mistakes for key in one) or failure.kind


def _station(order: int, activation="sigmoid"):
    return next(one for one in stations(activation) if one.order == order)


def test_the_stations_stand_in_their_order():
    assert sorted(set(_ORDERS)) == _ORDERS and (_ORDERS[0], _ORDERS[-1]) == (1, LAST)


@pytest.mark.parametrize("activation", ["sigmoid", pytest.param("relu", marks=pytest.mark.whole)])
def test_the_book_s_file_holds_and_each_known_mistake_is_told_by_its_name(activation):
    for station in stations(activation):
        assert check_written(station, station.reference).is_right
        for mistake in station.mistakes:
            verdict = check_written(station, station.made_with(station.edits_of(mistake)))
            if verdict.failure is None:
                continue  # an exercise of the same piece refuses it
            told = hint_of(verdict.failure, station)
            assert told == mistake.hint or mistake.id in _BY_CHANCE, (station.id, mistake.id, verdict.failure)


@pytest.mark.parametrize(
    "path",
    [_RIGHT[-1], *(pytest.param(one, marks=pytest.mark.whole) for one in _RIGHT[:-1])],
    ids=lambda path: path.stem,
)
def test_a_right_file_holds_in_a_process_of_its_own(path):
    check = NetworkCheck(path, read_network(path))
    found = list(check.results(with_digits=False))
    assert [one.station.order for one in found] == _ORDERS
    begun = [one for one in found if one.verdict is not None]
    assert tuple(one.station.order for one in begun) == _BEGUN[path.stem]
    assert all(one.holds for one in begun), [one.verdict for one in begun]
    assert all(set(one.filled).isdisjoint(_BEGUN[path.stem]) for one in begun)
    assert not check.lacks


def test_a_wrong_file_in_single_precision_is_told_what_is_wrong(tmp_path):
    right = (_HERE / "right" / "single.py").read_text(encoding="utf-8")
    source = right.replace("dy = (y - t) / batch_num", "dy = y - t")
    assert source != right
    (found,) = NetworkCheck(tmp_path / "my_network.py", source).results((4,))
    assert _told(found.station, found.verdict.failure) == "undivided"


@pytest.mark.whole
@pytest.mark.parametrize(
    ("stem", "order"),
    # Where ours stand in for an earlier station, the file is not trained.
    [(stem, one.order) for stem, orders in _BEGUN.items() for one in stations() if one.is_training and
     {one.order, *one.needs} <= set(orders)],
)  # fmt: skip
def test_a_right_network_learns_to_read_digits(stem, order):
    path = _HERE / "right" / f"{stem}.py"
    (found,) = NetworkCheck(path, read_network(path)).results((order,))
    assert isinstance(found.digits, Reading) and found.digits.share > found.digits.least, found.digits
    assert found.holds and found.digits.kept is not None


@pytest.mark.parametrize("order", _ORDERS)
def test_wrong_files_are_told_what_is_wrong_and_none_passes(order):
    mine = [(told, source) for number, told, source in _wrong() if number == order]
    assert len(mine) >= _KINDS
    named, offenders = 0, []
    for told, source in mine:
        station, verdict = _verdict_here(order, source)
        failure = verdict.failure
        if failure is None:
            offenders.append(f"{told}: passes")
            continue
        said = _told(station, failure)
        named += hint_of(failure, station) is not None or failure.kind not in ("value", "whole")
        if said != told:
            offenders.append(f"{told}: told {said}: {sentence_of(failure, station).render('en')}")
    assert not offenders, "\n".join(offenders)
    assert named >= _NAMED * len(mine)


def test_a_loss_that_was_computed_before_is_told_from_a_function(tmp_path):
    right = (_HERE / "right" / "by_chapter_4.py").read_text(encoding="utf-8")
    source = right.replace("loss_W = lambda W: self.loss(x, t)", "loss_W = self.loss(x, t)")
    assert source != right
    station, verdict = _verdict_here(3, source)
    assert "lambda W" in sentence_of(verdict.failure, station).render("en")


def test_headings_alone_are_told_to_be_without_an_answer():
    for station in stations():
        headings = "import numpy as np\n\n\n" + station.blank.render("en").replace("# In the class TwoLayerNet:\n", "")
        if not station.blank.render("en").startswith("# In"):
            _, verdict = _verdict_here(station.order, headings)
            is_empty = verdict.failure.kind in ("nothing", "missing") or "'params'" in verdict.failure.words
            assert is_empty, (station.id, verdict.failure)
    right = (_HERE / "right" / "by_chapter_4.py").read_text(encoding="utf-8")
    begun = right[: right.index("    def gradient")] + "    def gradient(self, x, t):\n        pass\n"
    _, verdict = _verdict_here(4, begun)
    assert verdict.failure.kind == "nothing"


def test_what_is_not_begun_is_said_and_ours_stand_in_for_it(tmp_path):
    """A class that calls functions which the file does not have is checked with ours."""
    right = (_HERE / "right" / "by_chapter_4.py").read_text(encoding="utf-8")
    path = tmp_path / "my_network.py"
    path.write_text(right[right.index("class TwoLayerNet") : right.index("    def gradient")], encoding="utf-8")
    found = list(NetworkCheck(path, path.read_text(encoding="utf-8")).results())
    assert [one.station.order for one in found if one.verdict is not None] == [2, 3]
    assert found[1].holds and found[1].filled == (1,)
    # The method is there, and calls a function that is not: ours.
    assert found[2].verdict.failure is not None and found[2].verdict.failure.words == "numerical_gradient"


def test_a_method_that_is_missing_is_named(tmp_path):
    source = "import numpy as np\n\n\nclass TwoLayerNet:\n    def predict(self, x):\n        return x\n"
    path = tmp_path / "my_network.py"
    path.write_text(source, encoding="utf-8")
    (found,) = NetworkCheck(path, source).results((2,))
    assert found.verdict.failure.kind == "missing" and found.verdict.failure.words == "TwoLayerNet.loss"


@pytest.mark.parametrize(
    ("source", "kind"), [("def sigmoid(x:\n    return x\n", "syntax"), ("sigmoid = 1 / 0\n", "raised"),
                         ("import os\n", "forbidden"), ("while True:\n    pass\n", "endless")]
)  # fmt: skip
def test_a_file_that_cannot_be_run_says_so_at_once(tmp_path, source, kind):
    (found,) = NetworkCheck(tmp_path / "my_network.py", source).results()
    assert found.station.order == 1 and found.verdict.failure.kind == kind


@pytest.mark.parametrize("is_endless", [False, True])
def test_what_does_not_end_in_time_is_given_more_of_it_once(monkeypatch, is_endless):
    """On a machine that is busy a right file takes longer, too, and is not to be accused."""
    trained = []

    def checked(check, station, source, sandbox):
        trained.append(station.id)
        late = is_endless or len(trained) == 1
        return Verdict(RUNS, Failure("endless")) if late else Verdict(FIRST_CHECK + len(station.checks))

    monkeypatch.setattr(NetworkCheck, "_checked", checked)
    (found,) = NetworkCheck(_RIGHT[0], read_network(_RIGHT[0])).results((4,))
    assert len(trained) == 2 and found.holds is not is_endless
    assert not is_endless or found.verdict.failure.kind == "endless"


def test_a_file_that_begins_nothing_is_refused_with_the_names(tmp_path):
    with pytest.raises(Refused) as refusal:
        list(NetworkCheck(tmp_path / "notes.py", "x = 1\n").results())
    assert "TwoLayerNet" in refusal.value.text.render("en")


def test_files_for_exercises_are_no_networks(tmp_path):
    for name, text in (("affine.py", "x = 1\n"), ("mine.py", "# Layerwise exercise: affine\n")):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert not is_network(path)
    assert is_network(_RIGHT[0])
    binary = tmp_path / "my_network.py"
    binary.write_bytes(b"\xff\xfe\x00")
    assert not is_network(binary)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_to_be_written_is_python_once_a_body_stands_in_it(language):
    """Methods of a class stand below a comment that says where they belong."""
    for station in stations():
        blank = station.blank.render(language)
        begin = 0 if station.order != 3 else blank.index("#")
        source = blank if station.order not in (3, 4) else blank[:begin] + "class TwoLayerNet:\n" + blank[begin:]
        assert not whole_of(source).lacking([one for one in station.defines if one != "TwoLayerNet"]), station.id


@pytest.mark.parametrize(
    ("given_back", "lists"),
    [("train_loss_list", "1"), ("train_loss_list, train_acc_list", "2"), ("{}", "0"), ("network", "0"),
     ("np.array(train_loss_list)", "1"), ("train_loss_list, train_acc_list, 0.5", "2")],
)  # fmt: skip
def test_of_a_loop_that_gives_back_something_else_the_lists_are_counted(given_back, lists):
    right = (_HERE / "right" / "by_chapter_4.py").read_text(encoding="utf-8")
    kept = "return train_loss_list, train_acc_list, test_acc_list"
    assert kept in right
    station, verdict = _verdict_here(5, right.replace(kept, f"return {given_back}"))
    said = sentence_of(verdict.failure, station).render("en")
    assert said.startswith(f"lists returned: yours {lists}, expected 3."), said


def test_a_loop_without_updates_and_labels_too_many_are_told_as_what_they_are():
    right = (_HERE / "right" / "by_chapter_4.py").read_text(encoding="utf-8")
    for old, new, quantity in (
        ("range(epochs * iter_per_epoch)", "range(0)", "updates"),
        ("t_train[batch_mask]", "t_train", "mislabelled"),
    ):
        assert old in right
        _, verdict = _verdict_here(5, right.replace(old, new))
        assert verdict.failure.kind == "value" and verdict.failure.quantity == quantity


def test_a_loop_that_forges_its_numbers_is_found_out():
    """What a loop gives back counts only if the network has said it."""
    right = (_HERE / "right" / "by_chapter_4.py").read_text(encoding="utf-8")
    forged = right.replace("network.loss(x_batch, t_batch)", "0.01").replace(
        "network.accuracy(x_train, t_train)", "1.0"
    )
    _, verdict = _verdict_here(5, forged)
    assert verdict.failure is not None and verdict.failure.quantity == "other losses"


def test_the_small_network_keeps_clear_of_the_corner_of_relu():
    for samples in (1, 5, 8):
        inputs = small(samples)
        assert np.min(np.abs(inputs["x"] @ inputs["W1"] + inputs["b1"])) > 0.05
        assert {len(inputs["x"]), len(inputs["t"])} == {samples} and set(NAMES) < set(inputs)


def test_a_whole_file_names_what_is_missing():
    written = whole_of("def sigmoid(x):\n    return x\n")
    assert written.lacking(("sigmoid", "softmax", "sigmoid.nothing")) == ("softmax", "sigmoid.nothing")
    with pytest.raises(Unusable):
        written.softmax()


_LAYERS = """
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
        return dout @ self.W.T
class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out
    def backward(self, dout):
        return dout * self.out * (1 - self.out)
"""
_WAY_BACK = """        affine1, active, affine2 = Affine(W1, b1), Sigmoid(), Affine(W2, b2)
        y = softmax(affine2.forward(active.forward(affine1.forward(x))))
        dout = (y - t) / len(x)
        for layer in LAYERS:
            dout = layer.backward(dout)
        return {"W1": affine1.dW, "b1": affine1.db, "W2": affine2.dW, "b2": affine2.db}
"""


def _with_layers(order: str) -> str:
    """A right file whose gradient goes back through layers in this order."""
    head, _, rest = read_network(_HERE / "right" / "by_chapter_4.py").partition("    def gradient(self, x, t):\n")
    names = '        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))\n'
    after = rest[rest.index("\n\n\n") :]
    way = names + _WAY_BACK.replace("LAYERS", order)
    return (
        head.replace("class TwoLayerNet", _LAYERS + "class TwoLayerNet")
        + "    def gradient(self, x, t):\n"
        + way
        + after
    )


def test_layers_that_are_gone_through_in_forward_order_are_named():
    station, verdict = _verdict_here(4, _with_layers("(affine2, active, affine1)"))
    assert verdict.is_right, sentence_of(verdict.failure, station).render("en")
    source = _with_layers("(affine1, active, affine2)")
    station, verdict = _verdict_here(4, source)
    said = sentence_of(verdict.failure, station).render("en")
    assert "the way back begins at the last one" in said.lower()
    # The line that lacks an operand, and the one in gradient that called it.
    lines = source.split("\n")
    assert lines[verdict.failure.line - 1].strip() == "return dout @ self.W.T"
    assert f"It was called from line {lines.index('            dout = layer.backward(dout)') + 1}." in said


@pytest.mark.parametrize(
    ("order", "old", "new", "told"),
    [
        (2, 'self.params["b1"] = ', 'self.params["B1"] = ', "no entry 'b1'. It has 'W1', 'B1', 'W2', 'b2'."),
        (3, 'grads["b2"] = ', 'grads["db2"] = ', "no entry 'b2'. It has 'W1', 'b1', 'W2', 'db2'."),
        (4, 'grads["b2"] = ', 'grads["db2"] = ', "no entry 'b2'."),
    ],
)
def test_a_name_that_a_dictionary_lacks_is_said_with_those_that_it_has(order, old, new, told):
    right = read_network(_HERE / "right" / "by_chapter_4.py")
    assert old in right
    station, verdict = _verdict_here(order, right.replace(old, new))
    assert told in sentence_of(verdict.failure, station).render("en")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("np.epx(1.0)", "np has nothing called epx"),
        ("np.zeros(2, 3)", "one value, a tuple"),
        ("{1: 2}.values()[::-1]", "values() gives no list"),
        ("{1: 2}.values().reverse()", "values() gives no list"),
        ("{1: 2} - 0.1", "With a dictionary"),
        ("np.zeros(3).__setitem__(0, np.ones(2))", "A single number belongs"),
        ("(lambda: 0.0)(1)", "This lambda takes nothing"),
        ("[1, 2].shape", "Such a value has nothing called shape"),
        ("np.zeros(3).len", "Such a value has nothing called len"),
        ("range(7 / 2)", "// divides into whole numbers"),
        ("range((2, 3))", "A * before a tuple"),
    ],
)
def test_what_python_says_is_told_in_words_of_its_own(code, told):
    with pytest.raises(Exception) as raised:
        eval(code, {"np": np})
    said = explanation_of(f"{raised.type.__name__}: {raised.value}")
    assert said is not None and told in said.render("en")
