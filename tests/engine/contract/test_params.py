"""Parameters are valid from the moment they exist, and say what is wrong with what would not be."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given

from engine.contract.fields import Choice, Integer, Numbers, Option, Real, Switch, Vector, VisibleWhen, parameter
from engine.contract.params import Params, changed_texts, field_of, fields_of
from engine.contract.text import LANGUAGES, Refused, untranslated
from tests.bilingual import both
from tests.strategies import params_of


class _Settings(Params):
    rate: float = parameter(0.5, Real(label=both("Rate", "学习率"), minimum=0, maximum=1, step=0.1))
    count: int = parameter(3, Integer(label=both("Count", "个数"), minimum=1, maximum=9, effect="live"))
    fast: bool = parameter(False, Switch(label=both("Fast", "快"), effect="live"))
    weights: tuple = parameter(
        (0.0, 1.0), Vector(label=untranslated("w"), components=("w1", "w2"), minimum=-1, maximum=1, step=0.1)
    )
    shown: str = parameter(
        "a",
        Choice(
            label=untranslated("shown"),
            options=(Option("a", untranslated("A")), Option("b", untranslated("B"))),
            effect="view",
        ),
    )


def test_fields_come_in_the_order_of_declaration() -> None:
    assert list(fields_of(_Settings)) == ["rate", "count", "fast", "weights", "shown"]
    assert field_of(_Settings, "count").kind == "integer"


@given(params_of(_Settings))
def test_parameters_survive_a_session(params: _Settings) -> None:
    assert _Settings.from_json(json.loads(json.dumps(params.to_json()))) == params


@given(params_of(_Settings), params_of(_Settings))
def test_differences_lead_from_one_to_the_other(one: _Settings, other: _Settings) -> None:
    changes = {name: getattr(other, name) for name in other.differing(one)}
    assert one.replaced(changes) == other
    assert (one == other) is (not changes)
    assert len(list(changed_texts(one, other))) == len(changes)


def test_values_take_their_proper_form() -> None:
    params = _Settings(rate=1, weights=[0, -0.0])
    assert repr(params.rate) == "1.0"
    assert repr(params.weights) == "(0.0, 0.0)"
    assert hash(params) == hash(_Settings(rate=1.0, weights=(0.0, 0.0)))


def test_parameters_cannot_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        _Settings().rate = 0.1


@pytest.mark.parametrize(
    "make",
    [
        lambda: _Settings(rate=2),
        lambda: _Settings().replaced({"rate": 2}),
        lambda: _Settings().with_text("rate", "2"),
        lambda: _Settings().with_texts({"count": "4", "rate": "２"}),
        lambda: _Settings.from_json({"rate": 2}),
    ],
)
def test_a_refusal_names_the_parameter(make: object) -> None:
    with pytest.raises(Refused) as refusal:
        make()
    assert refusal.value.text.render("en") == "rate: 2 is outside 0 to 1."
    assert refusal.value.text.render("zh_CN") == "rate：2 超出范围，应取 0 到 1。"


def test_an_unknown_name_is_refused_with_those_that_exist() -> None:
    for make in (
        lambda: _Settings().replaced({"speed": 1}),
        lambda: _Settings().with_text("speed", "1"),
        lambda: _Settings.from_json({"speed": 1}),
    ):
        with pytest.raises(Refused) as refusal:
            make()
        for language in LANGUAGES:
            sentence = refusal.value.text.render(language)
            assert "speed" in sentence
            assert "rate, count, fast, weights, shown" in sentence


@pytest.mark.parametrize("values", [None, [], "rate", 3, [["rate", 1]]])
def test_a_session_without_a_table_of_values_is_refused(values: object) -> None:
    with pytest.raises(Refused):
        _Settings.from_json(values)


def test_a_session_takes_defaults_for_what_it_leaves_out() -> None:
    assert _Settings.from_json({"count": 4}) == _Settings(count=4)


@pytest.mark.parametrize(
    ("changes", "effect"),
    [
        ({}, None),
        ({"shown": "b"}, "view"),
        ({"shown": "b", "fast": True}, "live"),
        ({"shown": "b", "fast": True, "rate": 0.1}, "restart"),
    ],
)
def test_the_strongest_effect_wins(changes: dict, effect: str | None) -> None:
    assert _Settings().replaced(changes).strongest_effect(_Settings()) == effect


def test_changes_are_said_in_words() -> None:
    (change,) = changed_texts(_Settings(), _Settings(fast=True))
    assert [text.render("en") for text in change] == ["Fast", "Fast off → on"]
    assert [text.render("zh_CN") for text in change] == ["快", "快：关 → 开"]


class _Layers(Params):
    sizes: tuple[int, ...] = parameter(
        (3,),
        Numbers(
            label=untranslated("sizes"), prefix="n", minimum=1, maximum=8, step=1, fewest=0, most=3, fresh=2, whole=True
        ),
    )
    second: bool = parameter(
        False, Switch(label=untranslated("second"), visible=VisibleWhen("sizes", ((3, 3),), fewest=2))
    )


@pytest.mark.parametrize(("sizes", "shown"), [((), False), ((8,), False), ((1, 2), True), ((3, 3, 1), True)])
def test_a_field_may_be_there_for_lists_that_are_long_enough(sizes: tuple[int, ...], shown: bool) -> None:
    assert _Layers(sizes=sizes).shows("second") is shown


def test_whole_numbers_are_whole() -> None:
    assert _Layers(sizes=(2.0, 3)).sizes == (2, 3)
    assert all(type(size) is int for size in _Layers(sizes=(2.0, 3)).sizes)
    with pytest.raises(Refused):
        _Layers(sizes=(2.5,))
