"""The command ``pack``: proves, begins and lists packs, and ends with 0, 1 or 2 as other commands do."""

from __future__ import annotations

import json

import pytest

from start.command_line import main
from tests.engine.packs.coded import coded
from tests.engine.packs.made import example, folder_of, small, zip_of


@pytest.fixture(autouse=True)
def _folder(monkeypatch, tmp_path):
    monkeypatch.setattr("gui.app.settings.default_path", lambda: tmp_path / "own" / "layerwise.ini")


def test_a_new_pack_holds_in_both_languages(tmp_path, capsys):
    assert main(["pack", "new", str(tmp_path / "or-gate")]) == 0
    capsys.readouterr()
    for language, said in (("en", "1 guide, 1 lesson, 1 data file; all of it holds."), ("zh_CN", "都成立。")):
        assert main(["pack", "check", str(tmp_path / "or-gate"), "--language", language]) == 0
        assert said in capsys.readouterr().out


def test_what_does_not_hold_is_said_with_file_and_line_and_ends_with_one(tmp_path, capsys):
    files = example()
    wrong = files["guide/en/gates.md"].replace(b"#correct=2)", b"#correct=3)")
    path = zip_of(tmp_path / "a.zip", {**files, "guide/en/gates.md": wrong})
    assert main(["pack", "check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "guide/en/gates.md, line 23: what “b = −0.6” claims does not hold: correct=3, but it is 2." in said
    assert main(["pack", "check", str(path), "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert not told["holds"] and {"file", "line", "says"} == set(told["findings"][0])


def test_a_line_is_said_once(tmp_path, capsys):
    files = example()
    files["data/leaves.csv"] = files["data/leaves.csv"].replace(b"willow", b"1,willow", 1)
    assert main(["pack", "check", str(zip_of(tmp_path / "a.zip", files))]) == 1
    assert "data/leaves.csv: line 2 has" in capsys.readouterr().out


def test_a_pack_that_is_refused_ends_with_one_and_a_path_that_is_not_there_with_two(tmp_path, capsys):
    path = zip_of(tmp_path / "a.zip", {**small(), "evil.py": b"x"})
    assert main(["pack", "check", str(path)]) == 1
    assert "evil.py is Python" in capsys.readouterr().out
    for words in (["check", str(tmp_path / "nothing")], ["check"], ["new"], [], ["paint"], ["new", str(tmp_path)]):
        assert main(["pack", *words]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_those_in_the_learner_s_folder_are_listed_the_broken_ones_too(tmp_path, capsys):
    assert main(["pack", "list"]) == 0
    assert "no packs" in capsys.readouterr().out
    folder_of(tmp_path / "own" / "packs" / "some", small("some"))
    (tmp_path / "own" / "packs" / "odd.zip").write_bytes(b"PK")
    assert main(["pack", "list"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2 and any(one.startswith("✓  some  Some") for one in said) and "odd.zip" in said[0]


def test_a_pack_given_to_the_program_is_looked_at_before_there_is_a_window(tmp_path, capsys):
    (tmp_path / "a.zip").write_bytes(b"PK")
    assert main([str(tmp_path / "a.zip")]) == 2
    assert "neither a folder nor a sound .zip" in capsys.readouterr().err
    assert main([str(folder_of(tmp_path / "f", {"notes.txt": b""}))]) == 2
    assert "no pack.toml" in capsys.readouterr().err


def test_what_is_over_a_pack_s_own_experiment_is_told_as_not_played_without_trust(tmp_path, capsys):
    session = {"experiment": "moving_average"}
    lesson = {"layerwise_lesson": 1, "title": {"en": "T", "zh_CN": "T"}, "steps": [{"session": session}]}
    files = {**coded(), "lessons/x.lesson.json": json.dumps(lesson).encode()}
    assert main(["pack", "check", str(folder_of(tmp_path / "averages", files))]) == 0
    said = capsys.readouterr().out
    assert "Not played without it: " in said and "×" not in said
    assert "what was played of it holds" in said and "all of it holds" not in said
    assert all(
        name in said for name in ("guide/en/moving_average.md", "guide/zh_CN/moving_average.md", "x.lesson.json")
    )
