"""Networks of any class: right ones are never accused, whatever their style, and wrong ones are told what is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from engine.own_network import any_fitting as fitting
from engine.own_network.any_network import CHECKS as CHECKS_OF_ALL
from engine.own_network.any_network import AnyNetworkCheck
from engine.sandbox.cancellable import Cancelled

pytestmark = pytest.mark.long

_HERE = Path(__file__).parent
_RIGHT = sorted((_HERE / "any_right").glob("*.py"))
_SEEDS = range(5)
_FEWEST_RIGHT, _FEWEST_WRONG = 8, 25
_WITHOUT_DIGITS = ("xor",)
_QUICK = ("layers", "techniques", "numbers")


def _wrong():
    told = tomllib.loads((_HERE / "any_wrong.toml").read_text(encoding="utf-8"))
    return [(f"{stem}.{kind}", stem, fault) for stem, faults in told.items() for kind, fault in faults.items()]


def _check(source: str, seed: int = 0) -> AnyNetworkCheck:
    (name,) = fitting.networks_in(source)
    return AnyNetworkCheck(Path("my_network.py"), source, name, seed)


def _read(stem: str) -> str:
    return (_HERE / "any_right" / f"{stem}.py").read_text(encoding="utf-8")


def _cases(names, quick):
    return [pytest.param(one, marks=() if quick(one) else pytest.mark.whole) for one in names]


def test_there_are_right_files_in_many_styles_and_wrong_ones_of_many_kinds():
    assert len(_RIGHT) >= _FEWEST_RIGHT and len(_wrong()) >= _FEWEST_WRONG
    assert {stem for _, stem, _ in _wrong()} <= {path.stem for path in _RIGHT}


@pytest.mark.parametrize("stem", _cases([path.stem for path in _RIGHT], lambda stem: stem in _QUICK))
def test_a_right_network_is_not_accused(stem):
    found = list(_check(_read(stem)).findings(learns=False))
    assert [(one.id, one.says.render("en")) for one in found if one.state == "fails"] == []
    assert {one[0] for one in CHECKS_OF_ALL} <= {one.id for one in found}


@pytest.mark.whole
@pytest.mark.parametrize("stem", [path.stem for path in _RIGHT])
@pytest.mark.parametrize("seed", _SEEDS[1:])
def test_nor_with_other_numbers(stem, seed):
    found = list(_check(_read(stem), seed).findings(learns=False))
    assert [(one.id, one.says.render("en")) for one in found if one.state == "fails"] == []


@pytest.mark.whole
@pytest.mark.parametrize("stem", [path.stem for path in _RIGHT if path.stem not in _WITHOUT_DIGITS])
def test_a_right_network_learns_and_tells_its_updates(stem):
    heard = []
    found = list(_check(_read(stem)).findings(lambda *told: heard.append(told)))
    assert (found[-1].id, found[-1].state) == ("learning", "holds"), found[-1].says.render("en")
    assert heard and all(done <= updates and np.isfinite(loss) for done, updates, loss in heard)


@pytest.mark.parametrize(
    ("name", "stem", "fault"),
    [
        pytest.param(*one, id=one[0], marks=() if one[1] in ("layers", "inside") and number % 4 == 0 else
                     pytest.mark.whole)
        for number, one in enumerate(_wrong())
    ],
)  # fmt: skip
def test_a_wrong_network_is_told_what_is_wrong(name, stem, fault):
    source = _read(stem)
    for old, new in fault["change"].items():
        assert old in source, old
        source = source.replace(old, new)
    found = list(_check(source).findings(learns=fault["check"] == "learning"))
    failed = [one for one in found if one.state == "fails"]
    assert failed, "passes"
    said = " ".join(one.says.render("en") for one in failed if one.id == fault["check"])
    assert said and [one for one in fault["says"] if one not in said] == [], said or [one.id for one in failed]
    assert all(one.says.render("zh_CN") for one in found if one.id != "made")


@pytest.mark.parametrize("stem", _WITHOUT_DIGITS)
def test_what_cannot_read_digits_is_told_so_and_not_accused(stem):
    *_, last = _check(_read(stem)).findings()
    assert (last.id, last.state) == ("learning", "told") and "784 pixels" in last.says.render("en")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("self.params = {'W': np.zeros(3)}\n        raise ValueError('no')", "ValueError: no"),
        ("while True:\n            pass", "did not come to an end in time"),
        ("while True:\n            print('x' * 10_000)", "did not come to an end in time"),
        ("import os\n        os.remove('/etc/passwd')", "not available here"),
        ("self.params = [1, 2]", "no params, a dictionary"),
        ("self.params = {}", "params is empty"),
        ("self.params = {'W': 'text'}", "no array of numbers"),
    ],
)  # fmt: skip
def test_a_hostile_network_is_told_what_it_does(monkeypatch, body, kind):
    monkeypatch.setattr("engine.own_network.any_network._PATIENCE_AGAIN", 5.0)
    methods = "    def loss(self, x, t):\n        return 0\n\n    def gradient(self, x, t):\n        return {}\n"
    source = f"import numpy as np\n\n\nclass Net:\n    def __init__(self):\n        {body}\n\n{methods}"
    (found,) = _check(source).findings()
    assert (found.id, found.state) == ("made", "fails") and kind in found.says.render("en")


@pytest.mark.parametrize(
    ("loss", "kind"),
    [("'much'", "no single number, but str"), ("np.zeros(3)", "ndarray (3,)"),
     ("print('x' * 10**6) or None", "NoneType")],
)  # fmt: skip
def test_a_loss_that_is_no_number_is_told_as_what_it_is(loss, kind):
    source = _read("inside").replace("return -np.sum(np.log", f"return {loss}\n        return -np.sum(np.log")
    (found,) = _check(source).findings()
    assert kind in found.says.render("en")


def test_a_check_is_cancelled_from_another_thread():
    check = _check(_read("layers"))
    with pytest.raises(Cancelled):
        for _ in check.findings(lambda *_: check.cancel()):
            pass


def test_classes_with_a_loss_and_a_gradient_are_found_without_running_anything():
    both = "    def loss(self, x, t): pass\n    def gradient(self, x, t): pass\n"
    assert fitting.networks_in(f"class A:\n{both}\nclass B(A):\n    pass\n\nclass C:\n    pass\n") == ("B",)
    assert fitting.networks_in(f"class TwoLayerNet:\n{both}") == ("TwoLayerNet",)
    assert fitting.networks_in("class A(:\n") == () and fitting.networks_in("class A(A):\n    pass\n") == ()


@pytest.mark.parametrize(
    ("names", "given"),
    [
        ("input_size hidden_size output_size", [784, 50, 10]), ("n_in n_hidden n_out", [784, 50, 10]),
        ("input_size hidden_size_list output_size", [784, [40, 30], 10]), ("a b c", [784, 50, 10]),
        ("D H C", [784, 50, 10]), ("layer_sizes", [[784, 40, 30, 10]]), ("sizes lr", [[784, 40, 30, 10], 0.1]),
        ("input_size hidden1 hidden2 num_classes", [784, 50, 40, 10]), ("mystery", [None]),
    ],
)  # fmt: skip
def test_what_a_constructor_is_given_follows_from_the_names(names, given):
    heading = tuple((name, True, None) for name in names.split())
    found = next(fitting.arguments(heading), None)
    assert (list(found.values()) if found else [None]) == given


def test_a_dimension_is_that_of_a_picture_or_a_row_and_a_hidden_layer_may_be_a_list():
    heading = (("input_dim", True, None), ("hidden", True, None), ("output_dim", True, None))
    tried = [list(one.values()) for one in fitting.arguments(heading)]
    assert tried == [[dim, hidden, 10] for dim in ((1, 28, 28), 784) for hidden in (50, [40, 30])]


def test_what_update_wants_follows_from_the_names():
    def roles(*names):
        return fitting.roles_in(tuple((name, True, None) for name in names))

    assert roles("grads", "lr") == ("grads", "rate") and roles("x", "t", "learning_rate") == ("x", "t", "rate")
    assert roles() == () and roles("mystery") is None


def test_what_a_constructor_leaves_off_is_switched_on():
    heading = (("size", True, None), ("weight_decay_lambda", False, 0), ("use_dropout", False, False),
               ("dropout_ration", False, 0.5), ("use_batchnorm", False, True))  # fmt: skip
    assert fitting.techniques(heading) == {"weight_decay_lambda": 0.1, "use_dropout": True}
