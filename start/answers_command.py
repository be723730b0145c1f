"""The command ``answers``: a class's answers to a lesson, and its votes, as a table for people or as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.contract.text import Refused, Text, counted
from engine.export.writing import write_together
from engine.lessons.answers import SUFFIX, Answers, one_line, read_answers
from engine.lessons.table import csv_table, lessons_in, text_table
from engine.votes.kept import SUFFIX as VOTES
from engine.votes.kept import read_votes
from engine.votes.table import csv_table as votes_csv
from engine.votes.table import text_table as votes_table
from gui.learner.stays_file import SUFFIX as STAYS
from gui.learner.stays_file import class_lines, read_figures
from start.console import write_line
from start.given_files import given_files
from start.options import LANGUAGE, Option, given_or_help

_USAGE = "answers FILE.answers.json|FILE.votes.json|FILE.stays.json [FILE…] [--language L] [-o TABLE.csv]"
_ABOUT = Text(
    "Puts what learners answered in a lesson into a table: a row a learner, a column for each thing asked, and the "
    "shares that were right. Of votes, .votes.json, the table has a row for each answer, with the hands before and "
    "after the talk. Of figures that learners handed over, .stays.json, those of fewer than five are not told. A "
    "folder stands for all such files in it."
)
_OPTIONS = (
    LANGUAGE,
    Option("-o", Text("write the table as CSV"), "TABLE.csv"),
)
_NOT_CSV = Text("-o: {path} does not end in .csv.")
_SEVERAL = Text("-o: these are {count} tables, one a lesson and one for all votes; a file of CSV holds one.")
_WRITTEN = Text("Written: {path}, a row for each of {rows}.")


def run_answers(arguments: Sequence[str], language: str) -> int:
    """Prints or writes the table and returns 0; ``Refused`` for the first file that contains no answers."""
    given = given_or_help(arguments, _USAGE, _ABOUT, _OPTIONS, language)
    if given is None:
        return 0
    output = given.last("-o")
    if output is not None and not output.lower().endswith(".csv"):
        raise Refused(_NOT_CSV(path=output))
    files = [file for _, found in given_files("answers", given, SUFFIX, VOTES, STAYS) for file in found]
    figures = [read_figures(file) for file in files if file.name.endswith(STAYS)]
    voted = [row for file in files if file.name.endswith(VOTES) for row in read_votes(file)]
    answered = [file for file in files if not file.name.endswith((VOTES, STAYS))]
    lessons = lessons_in([(_learner(answers, file), answers) for file in answered for answers in [read_answers(file)]])
    if output is None:
        tables = [text_table(learners, language) for learners in lessons]
        tables += [votes_table(voted, language)] if voted else []
        tables += [class_lines(figures, language)] if figures else []
        for index, table in enumerate(tables):
            for line in ["", ""][: 2 * bool(index)] + table:
                write_line(line)
        return 0
    if len(lessons) + bool(voted) != 1:
        raise Refused(_SEVERAL(count=len(lessons) + bool(voted)))
    content = csv_table(lessons[0], language) if lessons else votes_csv(voted, language)
    # Spreadsheets take UTF-8 without this mark for something else.
    write_together({Path(output): ("\ufeff" + content).encode()})
    rows = counted(len(lessons[0]), "learner") if lessons else counted(sum(len(row.options) for row in voted), "answer")
    write_line(_WRITTEN(path=output, rows=rows).render(language))
    return 0


def _learner(answers: Answers, file: Path) -> str:
    """The learner's name: the one entered, or else that of the file."""
    return answers.name or one_line(file.name.removesuffix(SUFFIX))
