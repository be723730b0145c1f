"""The page for a room of computers: its example is read as it stands, and all languages say alike."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from engine.class_file import NAME, PANELS, VARIABLE, read_class_file
from engine.lessons import SHIPPED
from start.options import CLASS
from start.self_check_command import run_self_check

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "packaging" / f"ROOMS{ending}" for ending in (".md", ".zh_CN.md", ".ja.md")]


def example(page: Path) -> str:
    (found,) = re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return found


def read(text: str, folder: Path):
    path = folder / NAME
    path.write_text(text, "utf-8")
    return read_class_file(path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_example_has_every_key_and_no_fault(page, tmp_path):
    file = read(example(page), tmp_path)
    assert file.told is None
    # Each key says something that the program does not say by itself, but for the language and the theme.
    usual = read("", tmp_path)
    said = {one.name for one in dataclasses.fields(file) if getattr(file, one.name) != getattr(usual, one.name)}
    assert said == {one.name for one in dataclasses.fields(file)} - {"path", "problems"}
    assert file.answers == tmp_path / "answers" and f"1 to {len(SHIPPED)}" in PAGES[0].read_text("utf-8")


def test_a_share_of_windows_is_written_as_the_page_says(tmp_path):
    (line,) = set(re.findall(r"`(answers = '.*?')`", "".join(page.read_text("utf-8") for page in PAGES)))
    file = read(line, tmp_path)
    assert file.told is None and str(file.answers).endswith("\\\\server\\class\\answers")


def test_all_pages_say_the_same_of_the_same_things():
    spans = []
    for page in PAGES:
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        found = {" ".join(one.split()) for one in re.findall(r"`([^`]+)`", text)}
        # What stands for a version or a folder is written in the page's language.
        spans.append(
            {re.sub("VERSION|版本|バージョン", "V", re.sub("FOLDER|文件夹|フォルダー", "F", one)) for one in found}
        )
    for others in spans[1:]:
        assert spans[0] - others == set() == others - spans[0] - {"panels", "write", "show_answers = false"}


def test_the_page_names_what_the_program_has():
    for page in PAGES:
        text = page.read_text("utf-8")
        assert all(one in text for one in (CLASS.name, VARIABLE, NAME, *PANELS))


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("README*.md")], ids=lambda page: page.name)
def test_links_lead_to_files(page):
    targets = re.findall(r"\]\(([^):]+)\)", page.read_text("utf-8"))
    assert targets and all((page.parent / target).exists() for target in targets)
    if page not in PAGES:
        assert [one for one in PAGES if f"packaging/{one.name}" in targets]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("theme = 'dark'", "every key is understood."),
        ("thema = 'dark'", "Unknown: thema."),
        ("lesson = 'gone.lesson.json'", "gone.lesson.json cannot be opened"),
        ("answers = 'gone'", "cannot be written: the folder does not exist"),
    ],
)
def test_a_self_check_says_of_the_class_file_what_is_wrong_in_one_line(content, told, tmp_path, monkeypatch, capfd):
    read(content, tmp_path)
    monkeypatch.setattr("start.system_libraries.require_window", lambda: None)
    monkeypatch.setattr("gui.app.application.run_window", lambda **_: 0)
    status = run_self_check(["--experiment", "gates", "--class", str(tmp_path / NAME)], "en")
    line, *_ = capfd.readouterr().out.splitlines()
    assert told in line and line.startswith(str(tmp_path / NAME))
    assert status == 1  # nothing was opened
