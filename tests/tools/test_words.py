"""The list of words that a further language lacks: every sentence of the program is in it, and those it has are not."""

from __future__ import annotations

import dataclasses
import tomllib

import pytest

from engine.contract import language
from engine.contract.catalogue import load
from engine.contract.language import ENGLISH
from engine.contract.params import fields_of
from tools import words


@pytest.fixture
def spoken(monkeypatch):
    """A further language that has words for one thing."""
    made = dataclasses.replace(ENGLISH, id="eo", column="", words={"weight": ("pezo",)})
    monkeypatch.setitem(language._known, "eo", made)
    monkeypatch.setattr(words, "LANGUAGES", ("en", "zh_CN", "eo"))
    return made


def test_what_is_lacking_is_printed_as_lines_of_its_file(spoken, capsys):
    assert words.main(["eo"]) == 0
    printed = tomllib.loads(capsys.readouterr().out)
    params = load("gates").params_type
    assert {field.label.en for field in fields_of(params).values() if field.label.en != field.label.zh} <= set(printed)
    assert {load("gates").title.en, "{count:,} step", "Optimizer"} <= set(printed)
    assert {"step | 步", "step | 阶跃"} <= set(printed)
    assert "weight" not in printed and "MNIST" not in printed and len(printed) > 2000


def test_the_languages_of_the_sources_lack_nothing():
    assert words.lacking("en") == words.lacking("zh_CN") == {}


def test_another_word_than_a_language_is_refused_with_what_there_is(capsys):
    assert words.main(["xx"]) == 2
    assert "one of en, zh_CN" in capsys.readouterr().err
