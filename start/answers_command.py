"""The command ``answers``: the answers of a class to a lesson, as a table for people or as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.contract.text import Refused, Text, counted
from engine.export.writing import write_together
from engine.lessons.answers import SUFFIX, Answers, one_line, read_answers
from engine.lessons.table import csv_table, lessons_in, text_table
from start.console import write_line
from start.given_files import given_files
from start.options import Option, given_or_help

_USAGE = "answers FILE.answers.json [FILE…] [--language L] [-o TABLE.csv]"
_ABOUT = Text(
    "Puts what learners answered in a lesson into a table: a row a learner, a column for each thing asked, and the "
    "shares that were right. A folder stands for all .answers.json files in it."
)
_OPTIONS = (
    Option("--language", Text("language: en or zh_CN"), "L"),
    Option("-o", Text("write the table as CSV"), "TABLE.csv"),
)
_NOT_CSV = Text("-o: {path} does not end in .csv.")
_SEVERAL = Text("-o: these are answers to {count} lessons; a file of CSV holds the table of one.")
_WRITTEN = Text("Written: {path}, a row for each of {learners}.")


def run_answers(arguments: Sequence[str], language: str) -> int:
    """Prints or writes the table and returns 0; ``Refused`` for the first file that contains no answers."""
    given = given_or_help(arguments, _USAGE, _ABOUT, _OPTIONS, language)
    if given is None:
        return 0
    output = given.last("-o")
    if output is not None and not output.lower().endswith(".csv"):
        raise Refused(_NOT_CSV(path=output))
    files = [file for _, found in given_files("answers", given, SUFFIX) for file in found]
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
    rows = counted(len(lessons[0]), "learner")
    write_line(_WRITTEN(path=output, learners=rows).render(language))
    return 0


def _learner(answers: Answers, file: Path) -> str:
    """The learner's name: the one entered, or else that of the file."""
    return answers.name or one_line(file.name.removesuffix(SUFFIX))
