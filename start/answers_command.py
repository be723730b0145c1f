"""``answers``: what a class answered in a lesson, as a table for people or as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.contract.refusal import Refused
from engine.contract.text import LANGUAGES, Text
from engine.export.writing import write_together
from engine.lessons.answers import SUFFIX, Answers, read_answers
from engine.lessons.table import csv_table, lessons_in, text_table
from engine.lessons.words import one_line
from start.console import write_line
from start.options import Option, help_text, one_of, parse

_USAGE = "answers FILE.answers.json [FILE…] [--language L] [-o TABLE.csv]"
_ABOUT = Text(
    "Puts what learners answered in a lesson into a table: a row a learner, a column for each thing asked, and the "
    "shares that were right. A folder stands for all .answers.json files in it.",
    "把学生在一堂课里的回答列成表：一行一个学生，一列一个问题，并算出正确率。"
    "写文件夹，就读其中所有 .answers.json 文件。",
)
_OPTIONS = (
    Option("--language", Text("language: en or zh_CN", "语言：en 或 zh_CN"), "L"),
    Option("-o", Text("write the table as CSV", "把表写成 CSV"), "TABLE.csv"),
)
_NO_FILES = Text("answers needs a file or a folder.", "answers 后面要写文件或文件夹。")
_EMPTY = Text("There is no .answers.json file in {path}.", "{path} 里没有 .answers.json 文件。")
_NOT_CSV = Text("-o: {path} does not end in .csv.", "-o：{path} 的结尾不是 .csv。")
_SEVERAL = Text(
    "-o: these are answers to {count} lessons; a file of CSV holds the table of one.",
    "-o：这些是 {count} 堂课的回答，一个 CSV 文件只放一堂课的表。",
)


def run_answers(arguments: Sequence[str], language: str) -> int:
    """Print or write the table and return 0; ``Refused`` for the first file that holds no answers."""
    given = parse(arguments, _OPTIONS)
    if given.has("--help"):
        write_line(help_text(_USAGE, _ABOUT, _OPTIONS, language))
        return 0
    one_of("--language", given.last("--language"), LANGUAGES)
    if not given.words:
        raise Refused(_NO_FILES)
    output = given.last("-o")
    if output is not None and not output.lower().endswith(".csv"):
        raise Refused(_NOT_CSV(path=output))
    files = [file for path in map(Path, given.words) for file in _files_in(path)]
    lessons = lessons_in([(_learner(answers, file), answers) for file in files for answers in [read_answers(file)]])
    if output is None:
        for index, learners in enumerate(lessons):
            for line in ["", ""][: 2 * bool(index)] + text_table(learners, language):
                write_line(line)
        return 0
    if len(lessons) > 1:
        raise Refused(_SEVERAL(count=len(lessons)))
    # Spreadsheets take UTF-8 without this mark for something else.
    write_together({Path(output): ("\ufeff" + csv_table(lessons[0], language)).encode()})
    return 0


def _files_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob(f"*{SUFFIX}"))
    if not found:
        raise Refused(_EMPTY(path=str(path)))
    return found


def _learner(answers: Answers, file: Path) -> str:
    """Who it was: the name that was typed, or else that of the file."""
    return answers.name or one_line(file.name.removesuffix(SUFFIX))
