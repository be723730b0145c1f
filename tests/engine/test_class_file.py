"""The file of defaults for a class: what it says, where it is found, and that none keeps the program from starting."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from engine.class_file import (
    NAME,
    PANELS,
    VARIABLE,
    ClassFile,
    answers_folder,
    class_in_use,
    read_class_file,
    take_class,
    use_class,
)
from engine.contract.text import LANGUAGES
from engine.lessons import shipped_lessons
from start.program import folder_beside

WHOLE = """\
language = "zh_CN"
theme = "dark"
zoom = 1.25
experiment = "xor"
lesson = 2
panels = ["how", "data"]
show_answers = false
answers = "collected"
"""


@pytest.fixture(autouse=True)
def _no_class(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    yield
    use_class(None)


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / NAME
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes) -> ClassFile:
    return read_class_file(written(folder, content))


def said(file: ClassFile) -> str:
    return file.told.render("en") if file.told is not None else ""


def test_every_key_is_read(tmp_path):
    file = read(tmp_path, WHOLE)
    assert file == ClassFile(
        tmp_path / NAME, "zh_CN", "dark", 1.25, "xor", shipped_lessons()[1], ("how", "data"), False,
        tmp_path / "collected",
    )  # fmt: skip
    assert file.told is None


def test_an_empty_file_and_one_with_a_mark_or_windows_line_ends_are_as_good(tmp_path):
    assert read(tmp_path, "") == ClassFile(tmp_path / NAME)
    assert read(tmp_path, b"\xef\xbb\xbftheme = 'dark'\r\nzoom = 2\r\n") == ClassFile(
        tmp_path / NAME, theme="dark", zoom=2.0
    )


def test_a_lesson_beside_it_and_a_share_by_its_whole_path(tmp_path):
    file = read(tmp_path, f"lesson = '一课.lesson.json'\nanswers = '{tmp_path / 'share'}'\n")
    assert (file.lesson, file.answers, file.told) == (tmp_path / "一课.lesson.json", tmp_path / "share", None)


def test_unknown_keys_are_named_and_the_others_count(tmp_path):
    file = read(tmp_path, 'thema = "dark"\ntheme = "dark"\n"<b>x\\u0007" = 1\n[panel]\nx = 1\n')
    assert file.theme == "dark" and len(file.problems) == 1
    assert "Unknown: thema, <b>x\N{REPLACEMENT CHARACTER}, panel. There are language, theme" in said(file)
    many = read(tmp_path, "".join(f"k{number} = 1\n" for number in range(40)))
    assert "k0, k1, k2, k3, k4, 35 more." in said(many)


WRONG = {
    'language = "de"': f"language: “de” is not one of {', '.join(LANGUAGES)}",
    "language = 1": "language: “1” is not one of",
    'theme = "Dark"': "theme: “Dark” is not one of light, dark",
    'theme = ["dark"]': "theme: “['dark']” is not one of",
    "zoom = 3": "zoom: “3” is not a number from 0.8 to 2",
    "zoom = true": "zoom: “True” is not a number",
    "zoom = nan": "zoom: “nan” is not a number",
    'zoom = "1"': "zoom: “1” is not a number",
    'experiment = "gatez"': "experiment: there is no experiment “gatez”",
    "experiment = {a = 1}": "experiment: there is no experiment “{'a': 1}”",
    "lesson = 4": "lesson: “4” is neither a number from 1 to 3 nor a file .lesson.json beside the class file",
    "lesson = true": "lesson: “True” is neither",
    'lesson = "../x.lesson.json"': "is neither",
    'lesson = "/etc/x.lesson.json"': "is neither",
    'lesson = "C:x.lesson.json"': "is neither",
    'lesson = "..\\\\x.lesson.json"': "is neither",
    'lesson = "x.json"': "is neither",
    "panels = 'how'": "panels: “how” is not a list of panels",
    "panels = ['how', 'menu']": "panels: “menu” is not one of guide, write, derive, how, data",
    "panels = [[['how']]]": "panels: “[['how']]” is not one of",
    "show_answers = 0": "show_answers: “0” is neither true nor false",
    "answers = 1": "answers: “1” is not the path of a folder",
    "answers = '../../etc'": "answers: “../../etc” is not the path of a folder; .. is not allowed",
    "answers = 'a\\..\\b'": ".. is not allowed",
    'answers = "a\\u0000b"': "is not the path of a folder",
    "answers = ''": "is not the path of a folder",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_value_is_one_sentence_and_counts_as_not_written(tmp_path, line):
    file = read(tmp_path, line)
    assert WRONG[line] in said(file) and len(file.problems) == 1
    assert file == ClassFile(tmp_path / NAME, problems=file.problems)
    assert all(file.told.render(language) for language in LANGUAGES)


def test_the_guide_is_always_there_and_may_be_named(tmp_path):
    assert read(tmp_path, "panels = ['guide']").panels == () and read(tmp_path, "").panels == PANELS


HOSTILE = {
    "no TOML": (b"theme = dark\n", "line 1 is not TOML"),
    "twice": (b"zoom = 1\nzoom = 2\n", "line 2 is not TOML"),
    "no UTF-8": ("theme = '深'".encode("gb18030"), "no text in UTF-8"),
    "UTF-16": ("theme = 'dark'".encode("utf-16"), "no text in UTF-8"),
    "zeros": (b"\0" * 1000, "not TOML"),
    "10 MB": (b"#" * 10 * 2**20, "larger than 16,384 bytes"),
    "deep": (b"a = " + b"[\n" * 7000, "nested too deeply"),
    "deep tables": (b"a = " + b"{a=" * 300, "it is not TOML"),
    "a long key": (b"a." * 7000 + b"a = 1", "line 1 is longer than 1,000 characters"),
    "many long keys": (b"".join(b"a%d." % n + b"a." * 490 + b"a = 1\n" for n in range(16)), "Unknown: a0"),
    "a long number": (b"zoom = " + b"9" * 900, "is not a number from"),
    "many digits": (b"zoom = 0x" + b"f" * 900, "is not a number from"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_told_of_at_once_and_nothing_of_it_counts(tmp_path, kind):
    content, told = HOSTILE[kind]
    began = time.process_time()
    file = read(tmp_path, content)
    assert time.process_time() - began < 1.0
    assert told in said(file) and len(said(file)) < 400
    assert file == ClassFile(tmp_path / NAME, problems=file.problems)


def test_what_is_no_file_is_told_of_and_not_waited_for(tmp_path):
    assert "there is no such file" in said(read_class_file(tmp_path / "none.toml"))
    assert "it is a folder" in said(read_class_file(tmp_path))
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "it is not an ordinary file" in said(read_class_file(tmp_path / "pipe"))
        (tmp_path / "round").symlink_to(tmp_path / "round")
        assert "round in a circle" in said(read_class_file(tmp_path / "round"))


def test_it_is_found_by_its_name_then_by_the_variable_then_beside_the_program(tmp_path, monkeypatch):
    named, variable, beside = (tmp_path / name for name in ("a", "b", "c"))
    for folder, zoom in ((named, 1.1), (variable, 1.25), (beside, 1.5)):
        folder.mkdir()
        written(folder, f"zoom = {zoom}")
    assert take_class(None, beside).zoom == 1.5 and class_in_use().zoom == 1.5
    monkeypatch.setenv(VARIABLE, str(variable / NAME))
    assert take_class(None, beside).zoom == 1.25
    assert take_class(str(named / NAME), beside).zoom == 1.1
    monkeypatch.setenv(VARIABLE, "")
    assert take_class(None, beside).zoom == 1.5
    assert take_class(None, tmp_path) == ClassFile() and take_class(None, None) == ClassFile()


def test_one_that_was_named_and_is_not_there_is_told_of_and_no_other_takes_its_place(tmp_path):
    written(tmp_path, "zoom = 2")
    for name in ("gone.toml", "a\0b"):
        file = take_class(name, tmp_path)
        assert file.zoom is None and "there is no such file" in said(file)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder in which a program works")
def test_it_is_told_of_where_the_working_folder_is_gone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    gone = tmp_path / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    assert "there is no such file" in said(take_class("a.toml", None))


def test_it_lies_beside_the_checkout_or_the_executable_and_nowhere_beside_a_wheel(tmp_path, monkeypatch):
    (tmp_path / "main.py").touch()
    assert folder_beside(str(tmp_path)) == tmp_path
    assert folder_beside(str(tmp_path / "site-packages")) is None
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", str(tmp_path / "layerwise"))
    assert folder_beside() == tmp_path.resolve()


def test_the_folder_for_answers_is_told_to_whoever_asks(tmp_path):
    assert answers_folder() is None
    take_class(str(written(tmp_path, "answers = 'x'")), None)
    assert answers_folder() == tmp_path / "x"
