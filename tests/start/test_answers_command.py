"""``answers`` puts what a class answered into a table; what cannot be read is one line and status 2."""

from __future__ import annotations

import csv
import dataclasses

import pytest

from engine.lessons import shipped_lessons
from engine.lessons.answers import answers_text
from engine.lessons.reading import read_lesson
from engine.lessons.unanswered import no_answers
from engine.votes.kept import KeptVote, text_of, with_vote
from engine.votes.vote import Vote
from start.command_line import BAD_INPUT, main


@pytest.fixture(scope="module")
def lessons():
    return [no_answers(read_lesson(path)) for path in shipped_lessons()[:2]]


@pytest.fixture
def folder(tmp_path, lessons):
    """Two learners of the first lesson, one without a name."""
    none = lessons[0]
    ann = dataclasses.replace(none.with_step(0, none.steps[0].answered(2, "All four", True, 2)), name="Ann")
    bob = none.with_step(0, none.steps[0].answered(0, "Two", False, 2))
    for name, answers in (("a", ann), ("小明", bob)):
        (tmp_path / f"{name}.answers.json").write_text(answers_text(answers), encoding="utf-8")
    return tmp_path


def test_a_folder_or_files_give_a_table_in_the_language_that_is_asked_for(folder, capsys):
    assert main(["answers", str(folder), "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("XOR in 20 minutes\n") and "3 XOR: how far does one line get?" in told
    rows = [line.split() for line in told.splitlines()]
    assert ["Ann", "✓", *"······", "14%"] == rows[3] and ["小明", "×", *"······", "0%"] == rows[4]
    files = sorted(map(str, folder.glob("*.answers.json")))
    assert main(["answers", *files, "--language", "zh_CN"]) == 0
    assert capsys.readouterr().out.startswith("20 分钟弄懂异或\n")


def test_the_table_is_written_as_csv_that_a_spreadsheet_reads_and_it_is_said(folder, tmp_path, capsys):
    path = tmp_path / "table.csv"
    assert main(["answers", str(folder), "--language", "en", "-o", str(path)]) == 0
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:3] == ["learner", "1", "2 goal"] and rows[1][:2] == ["Ann", "right"] and rows[2][1] == "wrong"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert capsys.readouterr().out == f"Written: {path}, a row for each of 2 learners.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "answers needs a file or a folder."),
        (("nowhere.answers.json",), "nowhere.answers.json cannot be opened: there is no such file."),
        (("{folder}", "-o", "table.txt"), "-o: table.txt does not end in .csv."),
        (("{folder}/empty",), "There is no .answers.json file in"),
        (("{folder}/bad.answers.json",), "holds no answers to a lesson of Layerwise."),
        (("{folder}", "{folder}/other.json", "-o", "{folder}/t.csv"), "-o: these are 2 tables"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(folder, lessons, capsys, arguments, said):
    (folder / "empty").mkdir()
    if "bad" in str(arguments):
        (folder / "bad.answers.json").write_text("{}", encoding="utf-8")
    (folder / "other.json").write_text(answers_text(lessons[1]), encoding="utf-8")
    given = [one.format(folder=folder) for one in arguments]
    assert main(["answers", *given, "--language", "en"]) == BAD_INPUT
    told = capsys.readouterr()
    assert said in told.err and told.err.count("\n") == 1 and not told.out
    assert not (folder / "t.csv").exists()


def test_a_lesson_is_opened_by_its_file_or_number_and_another_file_is_refused_before_there_is_a_window(
    tmp_path, capsys, monkeypatch
):
    opened = []
    monkeypatch.setattr("gui.app.application.run_window", lambda **options: opened.append(options) or 0)
    assert main(["lesson", "2"]) == 0 and main([str(shipped_lessons()[0])]) == 0
    assert [one["session"] for one in opened] == [shipped_lessons()[1], shipped_lessons()[0]]
    assert [one["is_lesson"] for one in opened] == [True, False]
    path = tmp_path / "x.lesson.json"
    path.write_text("{}", encoding="utf-8")
    for arguments in (["lesson", str(path)], [str(path)], ["--open", str(path)], ["lesson", "9"], ["lesson"]):
        assert main([*arguments, "--language", "en"]) == BAD_INPUT
        assert capsys.readouterr().err.count("\n") == 1
    assert len(opened) == 2


@pytest.fixture
def voted(tmp_path):
    """Two questions that a room was asked, one of them without a second vote."""
    path, content = tmp_path / "class.votes.json", {}
    first = KeptVote("2026-05-01T10:00:00", "gates", "q", "Which?", ("one", "=two"), Vote(((3, 9), (10, 2))), 0, True)
    other = KeptVote("2026-05-02T10:00:00", "gone", "p", "And?", ("x", "y", "z"), Vote(((1, 0, 0), (0, 0, 0))))
    for row in (first, other):
        content = with_vote(content, row)
    path.write_text(text_of(content), encoding="utf-8")
    return path


def test_votes_are_told_with_the_hands_before_and_after_the_talk(folder, voted, capsys):
    assert main(["answers", str(voted), "--language", "en"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["2026-05-01", "10:00:00", "2.1"] and ["✓", "A", "3", "(25%)", "10", "(83%)", "one"] in rows
    assert ["B", "9", "(75%)", "2", "(17%)", "=two"] in rows and ["A", "1", "(100%)", "x"] in rows
    assert main(["answers", str(folder), "--language", "zh_CN"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("20 分钟弄懂异或\n") and "10 (83%)" in told


def test_votes_are_written_as_csv_and_not_together_with_answers(folder, voted, tmp_path, capsys):
    path = tmp_path / "votes.csv"
    assert main(["answers", str(voted), "--language", "en", "-o", str(path)]) == 0
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1] == ["2026-05-01T10:00:00", "2.1", "Which?", "one", "3", "10", "1"]
    assert rows[2][3].lstrip("'") == "=two" and rows[2][3] != "=two" and len(rows) == 6
    assert capsys.readouterr().out == f"Written: {path}, a row for each of 5 answers.\n"
    assert main(["answers", str(folder), "-o", str(path)]) == BAD_INPUT
    assert "-o: these are 2 tables" in capsys.readouterr().err
