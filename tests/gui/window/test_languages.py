"""A language is one record: those of the house, and another one from a folder, without a line of a sentence edited."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo

from engine.contract import language
from engine.contract.catalogue import entry_of
from engine.contract.language import (
    CATALOGUE,
    CHINESE,
    ENGLISH,
    LANGUAGES,
    known_languages,
    language_for,
    language_of,
    missing,
    read_language,
    translated,
)
from engine.contract.text import Text, counted, enumerated, listed, side_by_side, without_stop
from engine.glossary import term
from engine.guides.guide import guide_path
from gui.style.language import after
from tests.bilingual import both
from tools.words import catalogue_of

_ROOT = Path(__file__).resolve().parents[3]
_SAID = {
    "name": "Esperanto",
    "sign": "EO",
    "switch": "Al Esperanto",
    "locale": "eo",
    "windows": 0,
    "conjunction": " kaj ",
    "headings": {
        "question": "Demando",
        "tries": "Provo",
        "goals": "Celo",
        "see": "Rigardu",
        "pitfall": "Eraro",
        "book": "En la libro",
        "next": "Sekve",
    },
}
_WORDS = """
msgid "{count:,} step"
msgid_plural "{count:,} steps"
msgstr[0] "{count} paŝo"
msgstr[1] "{count} paŝoj"

msgid "step"
msgstr "paŝo"

msgctxt "function"
msgid "step"
msgstr "ŝtupo"
"""


@pytest.fixture
def offered(folder, monkeypatch):
    """The made-up language among those of the program."""
    monkeypatch.setitem(language._known, "eo", read_language(folder))
    monkeypatch.setattr(language, "_missing", {})
    yield
    language._words_of.cache_clear()
    language.translated.cache_clear()


@pytest.fixture
def folder(tmp_path):
    """A made-up language."""
    made = tmp_path / "eo"
    made.mkdir()
    (made / "language.json").write_text(json.dumps(_SAID), encoding="utf-8")
    titles = {entry_of("gates").title.message: "Pordegoj: du enigoj", term("weight").name.message: "pezo"}
    entries = [f"msgid {json.dumps(english)}\nmsgstr {json.dumps(own)}\n" for english, own in titles.items()]
    (made / "words.po").write_text("\n".join([_WORDS, *entries]), encoding="utf-8")
    with (made / CATALOGUE).open("wb") as file:
        write_mo(file, catalogue_of(made))
    return made


def test_another_language_is_spoken_from_its_folder(folder):
    program = [sys.executable, "-m", "tests.gui.window.made_up_language", str(folder)]
    found = json.loads(subprocess.run(program, cwd=_ROOT, check=True, capture_output=True, text=True).stdout)
    assert found["languages"] == [*LANGUAGES, "eo"]
    assert found["names"] == [*(language_of(id).name for id in LANGUAGES), "Esperanto"]
    assert found["chosen"] == ["eo"] and found["sign"] == "EO"
    assert found["step"] == ["1 paŝo", "2 paŝoj"]
    assert found["row"] == ["a, b kaj c", "2 paŝoj kaj b"]
    assert found["title"] == ["Pordegoj", "du enigoj"] and found["alike"] == "w1 = −0.5"
    assert found["term"] == "pezo"
    # What has no words yet is English, and it is told; a guide too.
    own, english = found["reading"]
    assert own.split()[:4] == english.split()[:4] == ["AND:", "2", "of", "4"]
    assert "2 Perceptrons" in found["missing"] and "{count:,} step" not in found["missing"]
    assert found["guide"] == ["en", entry_of("gates").title.message]
    assert found["fonts"][0] == found["fonts"][1]


def test_words_that_are_missing_are_told_once_and_those_there_are_are_not(folder, offered):
    assert missing("eo") == ()
    assert [translated("eo", one) for one in ("step", "bias", "bias")] == ["paŝo", "bias", "bias"]
    assert missing("eo") == ("bias",)


def test_one_english_word_has_several_words_by_its_contexts(folder, offered):
    assert [Text("step", context=context).render("eo") for context in ("", "function")] == ["paŝo", "ŝtupo"]


def test_what_is_missing_in_a_context_is_english_too(folder, offered):
    assert Text("bias", context="of a neuron").render("eo") == "bias"
    assert [counted(count, "bird").render("eo") for count in (1, 2)] == ["1 bird", "2 birds"]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({**_SAID, "headings": {"question": "Demando"}}),
        json.dumps({name: value for name, value in _SAID.items() if name != "sign"}),
        json.dumps({**_SAID, "unknown": 1}),
        "[]",
        "{",
        None,
    ],
)
def test_a_folder_that_lacks_something_is_an_error_with_its_place(folder, text):
    (folder / "language.json").unlink()
    if text is not None:
        (folder / "language.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"language in .*eo"):
        read_language(folder)


def test_an_unknown_language_is_an_error_and_not_english():
    for call in (language_of, both("a", "b").render):
        with pytest.raises(ValueError, match=f"'eo': must be one of {', '.join(known_languages())}"):
            call("eo")


def test_rows_counts_and_parts_are_joined_as_each_language_has_it():
    three = ["a", "b", "c"]
    written = {
        listed: {"en": "a, b and c", "zh_CN": "a、b 和 c", "ja": "a、b、c"},
        enumerated: {"en": "a, b, c", "zh_CN": "a、b、c", "ja": "a、b、c"},
        side_by_side: {"en": "a, b, c", "zh_CN": "a，b，c", "ja": "a、b、c"},
    }
    for join, shown in written.items():
        assert {language: join(three).render(language) for language in known_languages()} == shown
        assert {join(["a"]).render(language) for language in LANGUAGES} == {"a"}
    assert [counted(n, "step").render("en") for n in (1, 2)] == ["1 step", "2 steps"]
    assert counted(1, "step")(count=3).render("zh_CN") == "3 步"
    short = without_stop(both("It is {n}.", "是 {n}。"))(n=2)
    assert (short.render("en"), short.render("zh_CN")) == ("It is 2", "是 2")


def test_every_record_of_the_house_says_all_there_is_to_say():
    assert LANGUAGES[0] == ENGLISH.id and CHINESE in LANGUAGES
    assert all(tuple(language_of(id).headings) == tuple(ENGLISH.headings) for id in LANGUAGES)
    assert [after(id) for id in LANGUAGES] == [*LANGUAGES[1:], ENGLISH.id]
    assert all(guide_path("gates", id).exists() for id in LANGUAGES)


@pytest.mark.parametrize(
    ("locale", "id"), [("zh_TW.UTF-8", "zh_CN"), ("ZH", "zh_CN"), ("en_GB", "en"), ("fr_FR", "en"), ("", "en")]
)
def test_a_locale_means_a_language_and_one_that_is_not_spoken_english(locale, id):
    assert language_for(locale) == id


def test_of_several_preferred_languages_it_is_the_first_that_the_program_has():
    assert language_for("fr-FR", "fr", "zh-Hans-CN", "en-US") == "zh_CN"
    assert language_for("fr-FR", "de") == language_for() == ENGLISH.id
