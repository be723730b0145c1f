"""An optimizer and an activation are one record each: fields, tables, counts, words, code and curves follow from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine import nn
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.optimizer_registry import OPTIMIZERS
from gui.plots.drawing.curve_ink import curve_dashes
from gui.plots.drawing.record_looks import ACTIVATION_LOOKS, OPTIMIZER_LOOKS
from gui.style.theme import THEMES, set_theme, theme

pytestmark = pytest.mark.long

_ROOT = Path(__file__).resolve().parents[3]
_BOOK = ["sgd", "momentum", "adagrad", "adam"]
_WALKING = [*list(OPTIMIZERS)[:2], "sign", *list(OPTIMIZERS)[2:]]
_CURVES = [*list(ACTIVATIONS)[:2], "bent", *list(ACTIVATIONS)[2:]]


@pytest.fixture(scope="module")
def found():
    """What the experiments made of other records, in a process of its own."""
    program = [sys.executable, "-m", "tests.gui.views.made_up_records"]
    return json.loads(subprocess.run(program, cwd=_ROOT, check=True, capture_output=True, text=True).stdout)


def test_a_record_brings_its_fields(found):
    walks, race = found["fields"]
    assert [name for name in race if name.endswith("_rate")] == [f"{id}_rate" for id in _WALKING]
    assert walks.index("momentum_mu") + 1 == walks.index("sign_rate") == walks.index("nesterov_rate") - 1


def test_what_is_offered_follows_and_what_opens_does_not(found):
    assert found["opening"] == [_BOOK, _BOOK, ["sigmoid", "relu"]]
    assert found["shown"] == [_WALKING, _WALKING]
    by_name = [one.name for one in OPTIMIZERS.values() if not one.has_own_decay]
    by_name.insert(2, "Sign")
    in_place = [one.id for one in ACTIVATIONS.values() if one.in_place and one.id not in ("tanh", "relu", "sigmoid")]
    networks = ["tanh", "relu", "sigmoid", "bent", *in_place]
    layers = [one.id for one in ACTIVATIONS.values() if one.layer and one.id not in ("sigmoid", "tanh")]
    deep = ["sigmoid", "tanh", "bent", *layers]
    assert found["offered"] == [by_name, by_name, networks, ["all", *networks], deep, _CURVES]


def test_counts_in_words_follow(found):
    rules, curves = len(_WALKING), len(_CURVES)
    assert (rules, curves) == (len(OPTIMIZERS) + 1, len(ACTIVATIONS) + 1)
    layers = 1 + sum(one.layer is not None for one in ACTIVATIONS.values())
    combinations = 4 * layers
    assert found["all"] == {
        "optimizers": [f"All {rules}", f"{rules} 种都画"],
        "optimizer_race": [f"All {rules}", f"{rules} 种全比"],
        "activations": [f"All {curves}", f"全部 {curves} 个"],
        "initialization": [f"All {combinations} combinations", f"全部 {combinations} 种组合"],
    }
    shape, said, twelfth = found["grid"]
    assert shape == [layers, 4] and f"of {combinations} combinations" in said and twelfth == "Bent He"


def test_what_is_computed_and_opened_is_the_record_s(found):
    # (−7, 2) on x²/20 + y², three steps of 0.25 towards the middle.
    assert found["place"] == [-6.25, 1.25]
    assert found["opened"][:2] == pytest.approx([-0.65, 3.0]) and found["opened"][2:] == found["place"]
    assert found["outcome"] == ["SGD", "Sign"] and found["usual"] == 0.002
    assert 0 < found["loss"] < 0.65, "it has learnt something: guessing is ln 2"
    assert found["working"][1:3] == pytest.approx([(5**0.5 - 2) / 2, (1 - 2 / 5**0.5) / 2])
    assert {"Sign.update", "bend", "bend_slope"} <= set(found["code"])


def test_words_have_its_name(found):
    english, *others = found["reading"]
    assert "Bent" in english and "nearly flat" in english and all("Bent" in one for one in others)


def test_a_new_record_in_the_middle_recolours_nothing_and_has_a_look_of_its_own(found):
    for now, then, new in zip(found["looks"], (OPTIMIZER_LOOKS, ACTIVATION_LOOKS), ("sign", "bent"), strict=True):
        assert {id: look for id, look in now.items() if id != new}.items() <= dict(then).items()
        assert len(set(now.values())) == len(now)
    assert found["curves"] == sorted(found["looks"][1].values())


def test_no_two_records_have_the_same_look():
    for looks in (OPTIMIZER_LOOKS, ACTIVATION_LOOKS):
        assert len(set(looks.values())) == len(looks)


@pytest.mark.parametrize("name", THEMES)
def test_there_are_looks_without_end_and_each_has_dashes_of_its_own(qapp, name):
    set_theme(name)
    dashes = [curve_dashes(number) for number in range(200)]
    assert len(set(dashes)) == 200 and dashes[: len(theme().curve_dashes)] == list(theme().curve_dashes)
    assert all(len(one) % 2 == 0 and all(length > 0 for length in one) for one in dashes)


def test_every_class_of_a_record_is_exported_by_its_name():
    for record in OPTIMIZERS.values():
        assert record.kind.__name__ == record.name and getattr(nn, record.name) is record.kind
    for one in ACTIVATIONS.values():
        assert getattr(nn, one.id) is one.function
