"""A language is one record: the two of the house, and a third from a folder, without a line of a sentence edited."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.contract.catalogue import entry_of
from engine.contract.language import (
    CHINESE,
    ENGLISH,
    LANGUAGES,
    language_for,
    language_of,
    missing,
    read_language,
    translated,
)
from engine.contract.text import Text, counted, enumerated, listed, side_by_side, without_stop
from engine.guides.guide import guide_path
from gui.style.language import after

_ROOT = Path(__file__).resolve().parents[3]
_SAID = """
name = "Esperanto"
sign = "EO"
switch = "Al Esperanto"
locale = "eo"
windows = 0
conjunction = " kaj "
plural = "s"
[headings]
question = "Demando"
tries = "Provo"
goals = "Celo"
see = "Rigardu"
pitfall = "Eraro"
book = "En la libro"
next = "Sekve"
"""
_WORDS = """
"{count:,} step" = ["{count} paŝo", "{count} paŝoj"]
"weight" = "pezo"
"""


@pytest.fixture
def folder(tmp_path):
    """A made-up third language."""
    made = tmp_path / "eo"
    made.mkdir()
    (made / "language.toml").write_text(_SAID, encoding="utf-8")
    title = json.dumps(entry_of("gates").title.en)
    (made / "words.toml").write_text(f'{_WORDS}{title} = "Pordegoj: du enigoj"\n', encoding="utf-8")
    return made


def test_a_third_language_is_spoken_from_its_folder(folder):
    program = [sys.executable, "-m", "tests.gui.shell.made_up_language", str(folder)]
    found = json.loads(subprocess.run(program, cwd=_ROOT, check=True, capture_output=True, text=True).stdout)
    assert found["languages"] == ["en", "zh_CN", "eo"] and found["names"] == ["English", "中文", "Esperanto"]
    assert found["chosen"] == ["eo"] and found["sign"] == "EO"
    assert found["step"] == ["1 paŝo", "2 paŝoj"]
    assert found["row"] == ["a, b kaj c", "2 paŝoj kaj b"]
    assert found["title"] == ["Pordegoj", "du enigoj"] and found["alike"] == "w1 = −0.5"
    assert found["term"] == "pezo"
    # What has no words yet is English, and it is told; a guide too.
    own, english = found["reading"]
    assert own.split()[:4] == english.split()[:4] == ["AND:", "2", "of", "4"]
    assert "2 Perceptrons" in found["missing"] and "{count:,} step" not in found["missing"]
    assert found["guide"] == ["en", entry_of("gates").title.en]
    assert found["fonts"][0] == found["fonts"][1]


def test_words_that_are_missing_are_told_once_and_those_there_are_are_not(folder):
    made = dataclasses.replace(read_language(folder), id="told")
    assert missing("told") == ()
    assert [translated(made, one) for one in ("weight", "bias", "bias")] == ["pezo", "bias", "bias"]
    assert missing("told") == ("bias",)


def test_one_english_word_may_have_two_words_where_chinese_has(folder):
    words = {"step": ("paŝo",), "step | 阶跃": ("ŝtupo",)}
    made = dataclasses.replace(read_language(folder), words=words)
    assert [Text("step", chinese).template(made) for chinese in ("步", "阶跃")] == ["paŝo", "ŝtupo"]


def test_words_that_name_other_values_are_refused(folder):
    (folder / "words.toml").write_text('"{n} layers" = "{m} tavoloj"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="name different values"):
        read_language(folder)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("language.toml", _SAID.replace("[headings]", "[else]")),
        ("language.toml", _SAID.replace('book = "En la libro"', "")),
        ("language.toml", _SAID.replace('sign = "EO"', "")),
        ("language.toml", "name = "),
        ("words.toml", None),
    ],
)
def test_a_folder_that_lacks_something_is_an_error_with_its_place(folder, file, text):
    if text is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"language in .*eo"):
        read_language(folder)


def test_an_unknown_language_is_an_error_and_not_english():
    for call in (language_of, Text("a", "b").render):
        with pytest.raises(ValueError, match=r"'eo': must be one of en, zh_CN"):
            call("eo")


def test_rows_counts_and_parts_are_joined_as_each_language_has_it():
    three = ["a", "b", "c"]
    written = {
        listed: ("a, b and c", "a、b 和 c"),
        enumerated: ("a, b, c", "a、b、c"),
        side_by_side: ("a, b, c", "a，b，c"),
    }
    for join, both in written.items():
        assert tuple(join(three).render(language) for language in LANGUAGES) == both
        assert {join(["a"]).render(language) for language in LANGUAGES} == {"a"}
    assert [counted(n, "step", "步").render("en") for n in (1, 2)] == ["1 step", "2 steps"]
    assert counted(1, "step", "步")(count=3).render("zh_CN") == "3 步"
    short = without_stop(Text("It is {n}.", "是 {n}。"))(n=2)
    assert (short.render("en"), short.render("zh_CN")) == ("It is 2", "是 2")


def test_both_records_of_the_house_say_all_there_is_to_say():
    assert tuple(ENGLISH.headings) == tuple(CHINESE.headings)
    assert {language_of(id).column for id in LANGUAGES} == {"en", "zh"}
    assert [after(id) for id in LANGUAGES] == ["zh_CN", "en"]
    assert all(guide_path("gates", id).exists() for id in LANGUAGES)


@pytest.mark.parametrize(
    ("locale", "id"), [("zh_TW.UTF-8", "zh_CN"), ("ZH", "zh_CN"), ("en_GB", "en"), ("fr_FR", "en"), ("", "en")]
)
def test_a_locale_means_a_language_and_one_that_is_not_spoken_english(locale, id):
    assert language_for(locale) == id
