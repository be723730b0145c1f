"""An optimizer and an activation are one record each: fields, tables, counts, words, code and curves follow from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine import nn
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.optimizers.registry import OPTIMIZERS
from gui.plots.drawing.curve_ink import ACTIVATION_LOOKS, OPTIMIZER_LOOKS, look_count, looks

_ROOT = Path(__file__).resolve().parents[3]
_BOOK = ["sgd", "momentum", "adagrad", "adam"]
_WALKING = ["sgd", "momentum", "sign", "nesterov", "adagrad", "rmsprop", "adam", "adamw"]
_CURVES = ["step", "sigmoid", "bent", "relu", "leaky_relu", "tanh", "softplus", "identity"]


@pytest.fixture(scope="module")
def found():
    """What the experiments made of other records, in a process of its own."""
    program = [sys.executable, "-m", "tests.gui.views.made_up_records"]
    return json.loads(subprocess.run(program, cwd=_ROOT, check=True, capture_output=True, text=True).stdout)


def test_a_record_brings_its_fields_and_takes_them_with_it(found):
    walks, race = found["fields"]
    assert [name for name in race if name.endswith("_rate")] == [f"{id}_rate" for id in _WALKING]
    assert walks.index("momentum_mu") + 1 == walks.index("sign_rate") == walks.index("nesterov_rate") - 1
    assert not [name for name in (*walks, *race) if name.startswith("nadam")]


def test_what_is_offered_follows_and_what_opens_does_not(found):
    assert found["opening"] == [_BOOK, _BOOK, ["sigmoid", "relu"]]
    assert found["shown"] == [_WALKING, _WALKING]
    by_name = ["SGD", "Momentum", "Sign", "Nesterov", "AdaGrad", "RMSProp", "Adam"]
    networks = ["tanh", "relu", "sigmoid", "bent", "identity"]
    deep = ["sigmoid", "tanh", "bent", "relu", "leaky_relu"]
    assert found["offered"] == [by_name, by_name, networks, ["all", *networks], deep, _CURVES]


def test_counts_in_words_follow(found):
    eight = len(_WALKING)
    assert eight == len(_CURVES) == 8
    assert found["all"] == {
        "optimizers": ["All 8", "8 种都画"],
        "optimizer_race": ["All 8", "8 种全比"],
        "activations": ["All 8", "全部 8 个"],
        "initialization": ["All 20 combinations", "全部 20 种组合"],
    }
    shape, said, last = found["grid"]
    assert shape == [5, 4] and "of 20 combinations" in said and last == "Leaky ReLU He"


def test_what_is_computed_and_opened_is_the_record_s(found):
    # (−7, 2) on x²/20 + y², three steps of 0.25 towards the middle.
    assert found["place"] == [-6.25, 1.25]
    assert found["opened"][:2] == pytest.approx([-0.65, 3.0]) and found["opened"][2:] == found["place"]
    assert found["outcome"] == ["SGD", "Sign"] and found["usual"] == 0.002
    assert 0 < found["loss"] < 0.65, "it has learnt something: guessing is ln 2"
    assert found["working"][1:3] == pytest.approx([(5**0.5 - 2) / 2, (1 - 2 / 5**0.5) / 2])
    assert {"Sign.update", "bend", "bend_slope"} <= set(found["code"])
    assert not {"NAdam.update", "swish", "swish_slope"} & set(found["code"])


def test_words_have_its_name(found):
    english, chinese = found["reading"]
    assert "Bent" in english and "nearly flat" in english and "Bent" in chinese


def test_a_new_record_in_the_middle_recolours_nothing_and_has_a_look_of_its_own(found):
    for now, then, new in zip(found["looks"], (OPTIMIZER_LOOKS, ACTIVATION_LOOKS), ("sign", "bent"), strict=True):
        assert {id: look for id, look in now.items() if id != new}.items() <= dict(then).items()
        assert len(set(now.values())) == len(now)
    assert found["curves"] == sorted(found["looks"][1].values())


def test_more_curves_than_looks_are_an_error_that_says_so():
    names = [f"curve{number}" for number in range(look_count() + 1)]
    with pytest.raises(ValueError, match=rf"{names[-1]}: there are only {look_count()} looks"):
        looks(names, {})


def test_every_class_of_a_record_is_exported_by_its_name():
    for record in OPTIMIZERS.values():
        assert record.kind.__name__ == record.name and getattr(nn, record.name) is record.kind
    for one in ACTIVATIONS.values():
        assert getattr(nn, one.id) is one.function
