"""The words of every language: each sentence of the program has some, none is left over, and values are the same."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from engine.contract.params import fields_of
from engine.contract.text import counted, untranslated
from tools import messages, words
from tools.words import NAME, faults, is_draft, languages, updated


@pytest.mark.parametrize("language", languages(), ids=lambda folder: folder.name)
def test_every_sentence_has_words_and_nothing_else_has(language):
    found = [one for one in faults(language) if not (is_draft(language) and one.startswith("missing"))]
    assert found == []
    assert (language / NAME).read_bytes() == updated(language), "run `python3 -m tools.words`"


def test_every_sentence_that_is_shown_is_read_from_the_sources():
    found = messages.messages().keys()
    labels = [field.label for field in fields_of(load("gates").params_type).values()]
    shown = [load("gates").title, *labels, counted(2, "step")]
    assert {(one.context, one.message) for one in shown if type(one) is not type(untranslated(""))} <= found
    assert {("", "step"), ("function", "step")} <= found and ("", "MNIST") not in found and len(found) > 4000


def test_comments_reach_those_who_translate(tmp_path):
    for folder in messages.FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    source = '# Translators: of a row.\n# Not this.\nA = Text("{n} cells", context="row")\nB = counted(n, "cell")\n'
    (tmp_path / "engine" / "a.py").write_text(source, encoding="utf-8")
    (tmp_path / "gui" / "b.py").write_text('C = Text("{n} cells", context="row")\n', encoding="utf-8")
    row, cell = messages.messages(tmp_path).values()
    assert (row.context, row.message, row.comments) == ("row", "{n} cells", ["of a row."])
    assert row.files == ["engine/a.py", "gui/b.py"]
    assert (cell.message, cell.plural) == ("{count:,} cell", "{count:,} cells")


@pytest.fixture
def spoken(tmp_path, monkeypatch):
    """A further language with words for two sentences, of three that there are."""
    sources = {("", one): messages.Message(one, files=["gui/a.py"]) for one in ("{n} layers", "weight", "bias")}
    monkeypatch.setattr(words, "messages", lambda: sources)
    made = tmp_path / "eo"
    made.mkdir()
    (made / "language.json").touch()
    (made / NAME).write_text(
        'msgid "{n} layers"\nmsgstr "{m} tavoloj"\n\nmsgid "weight"\nmsgstr "pezo"\n\nmsgid "gone"\nmsgstr "for"\n',
        encoding="utf-8",
    )
    return made


def test_what_is_missing_left_over_or_names_other_values_is_told(spoken):
    kinds = sorted(fault.partition(":")[0] for fault in faults(spoken))
    assert kinds == ["left over", "missing", "other values"]


def test_what_is_new_gets_an_empty_entry_and_what_is_gone_leaves(spoken):
    text = updated(spoken).decode()
    assert 'msgid "bias"\nmsgstr ""' in text and 'msgid "weight"\nmsgstr "pezo"' in text and "gone" not in text
    assert "#: gui/a.py" in text and "#, python-brace-format" in text


def test_what_another_file_of_the_folder_says_stands_in_it_alone(spoken):
    (spoken / "own.po").write_text('msgid "bias"\nmsgstr "biaso"\n', encoding="utf-8")
    assert "bias" not in updated(spoken).decode()
    assert not any("bias" in fault for fault in faults(spoken))


def test_words_that_nobody_has_looked_at_again_are_told(spoken):
    text = (spoken / NAME).read_text(encoding="utf-8").replace('msgid "weight"', '#, fuzzy\nmsgid "weight"')
    (spoken / NAME).write_text(text, encoding="utf-8")
    assert "fuzzy: 'weight' " in list(faults(spoken))


def test_the_command_says_what_is_to_be_done(spoken, monkeypatch, capsys):
    monkeypatch.setattr(words, "FOLDER", spoken.parent)
    monkeypatch.setattr(words, "languages", lambda: [spoken])
    assert words.main(["--check"]) == 1 and "is not up to date" in capsys.readouterr().out
    assert words.main([]) == 1
    assert "eo: 2 to be done" in capsys.readouterr().out  # what is gone has left
