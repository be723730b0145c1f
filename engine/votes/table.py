"""The votes of a class as a table: a row for each answer to each question, with the hands of both votes."""

from __future__ import annotations

from collections.abc import Sequence

from engine.contract.catalogue import entries
from engine.contract.harmless import csv_text, on_one_line
from engine.contract.numerals import percent
from engine.contract.text import Text
from engine.votes.kept import KeptVote

_HEADINGS = (
    Text("date"),
    Text("experiment"),
    Text("question"),
    Text("answer"),
    Text("first vote"),
    Text("second vote"),
    Text("right", context="answer"),
)
_RIGHT, _FIRST, _SECOND = "✓", Text("first vote"), Text("second vote")
_ROW = "  {mark} {letter}  {first:>9}  {second:>9}  {words}"


def text_table(rows: Sequence[KeptVote], language: str) -> list[str]:
    """Formats the table as lines of text, the oldest question first."""
    lines: list[str] = []
    for row in rows:
        heading = f"{row.when.replace('T', ' ')}  {_place(row.experiment)}"
        lines += [*([""] if lines else []), heading, on_one_line(row.words)]
        titles = {"first": _FIRST.render(language), "second": _SECOND.render(language)}
        lines.append(_ROW.format(mark=" ", letter=" ", words="", **titles).rstrip())
        for option, words in enumerate(row.options):
            told = {name: _told(row, vote_round, option) for vote_round, name in enumerate(("first", "second"))}
            mark = _RIGHT if option == row.right else " "
            lines.append(_ROW.format(mark=mark, letter=chr(ord("A") + option), words=on_one_line(words), **told))
    return lines


def csv_table(rows: Sequence[KeptVote], language: str) -> str:
    """Formats the table as CSV; text is escaped so that no cell is a formula."""
    cells = [[heading.render(language) for heading in _HEADINGS]]
    for row in rows:
        for option, words in enumerate(row.options):
            hands = [str(every[option]) for every in row.vote.hands]
            right = "" if row.right is None else str(int(option == row.right))
            cells.append([row.when, _place(row.experiment), row.words, words, *hands, right])
    return csv_text(cells)


def _told(row: KeptVote, vote_round: int, option: int) -> str:
    if not row.vote.total(vote_round):
        return ""
    return f"{row.vote.hands[vote_round][option]} ({percent(row.vote.share(vote_round, option), 0)})"


def _place(experiment: str) -> str:
    """The number of an experiment in the book's order; the given id itself if there is no such experiment."""
    return next((entry.number for entry in entries() if entry.id == experiment), on_one_line(experiment))
