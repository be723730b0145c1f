"""The results of a class in a lesson: a row for each learner, a column for each task, and shares of right results."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from engine.contract.harmless import csv_text, on_one_line
from engine.contract.numerals import percent
from engine.contract.text import Text, notation
from engine.lessons.answers import Answers, Done

_LEARNER, _SHARE, _ALL = Text("learner"), Text("right", context="share of right answers"), Text("share")
_GOAL, _EXERCISE = Text("{step} goal"), Text("{step} exercise")
_RIGHT, _WRONG, _UNSURE = Text("right", context="answer"), Text("wrong", context="answer"), Text("not sure")
_DONE, _OPEN = Text("yes", context="finished"), Text("no", context="finished")
_LEGEND = Text("✓ right at once or done, × wrong, ○ not sure, · nothing yet. Of the steps:")
_STEP = notation("{number} {title}")
_MARKS = {_RIGHT: "✓", _WRONG: "×", _UNSURE: "○", _DONE: "✓"}
_NOTHING = "·"
_BETWEEN = "  "


@dataclass(frozen=True)
class Column:
    """A task of the lesson: its ``step``, counted from 0, and its kind."""

    step: int
    part: str

    @property
    def heading(self) -> Text:
        """The column's heading: the number of the step, and the kind of task unless it is a question."""
        number = str(self.step + 1)
        if self.part == "question":
            return notation("{step}")(step=number)
        return (_GOAL if self.part == "goal" else _EXERCISE)(step=number)

    def told(self, done: Done) -> Text | None:
        """A learner's result in this task as text; None if it was not attempted yet."""
        if self.part == "question":
            if not done.tries:
                return None
            return {True: _RIGHT, False: _WRONG, None: _UNSURE}[done.right]
        return _DONE if (done.reached if self.part == "goal" else done.solved) else None


def columns_of(answers: Answers) -> tuple[Column, ...]:
    """The columns for all tasks of the lesson, step by step."""
    parts = (("question", "asks"), ("goal", "aims"), ("exercise", "exercises"))
    return tuple(
        Column(index, part) for index, step in enumerate(answers.steps) for part, name in parts if getattr(step, name)
    )


def lessons_in(every: Sequence[tuple[str, Answers]]) -> list[list[tuple[str, Answers]]]:
    """Groups learners by the lesson that they answered; versions of a lesson with any difference are separate
    lessons.
    """
    groups: dict[object, list[tuple[str, Answers]]] = {}
    for learner, answers in every:
        # A file from outside may have the digest of one lesson and the steps of another.
        groups.setdefault((answers.digest, columns_of(answers)), []).append((learner, answers))
    return list(groups.values())


def text_table(learners: Sequence[tuple[str, Answers]], language: str) -> list[str]:
    """Formats the table of results as lines of text; all of ``learners`` must have answered the same lesson."""
    first = learners[0][1]
    columns = columns_of(first)
    rows = [[_LEARNER.render(language), *(one.heading.render(language) for one in columns), _SHARE.render(language)]]
    for learner, answers in learners:
        told = [column.told(answers.steps[column.step]) for column in columns]
        marks = [_NOTHING if one is None else _MARKS[one] for one in told]
        rows.append([on_one_line(learner), *marks, _share(told)])
    shares = [_share([column.told(answers.steps[column.step]) for _, answers in learners]) for column in columns]
    rows.append([_ALL.render(language), *shares, ""])
    widths = [max(map(_width, cells)) for cells in zip(*rows, strict=True)]
    lines = [
        _BETWEEN.join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    steps = dict.fromkeys(column.step for column in columns)
    titles = {index: on_one_line(first.steps[index].title.render(language)) for index in steps}
    told_steps = [_STEP(number=index + 1, title=title).render(language) for index, title in titles.items()]
    return [on_one_line(first.title.render(language)), "", *lines, "", _LEGEND.render(language), *told_steps]


def csv_table(learners: Sequence[tuple[str, Answers]], language: str) -> str:
    """Formats the same table as CSV, with words instead of ✓, × and ○; text is escaped so that no cell is a formula."""
    columns = columns_of(learners[0][1])
    headings = [_LEARNER, *(column.heading for column in columns), _SHARE]
    rows = [[one.render(language) for one in headings]]
    for learner, answers in learners:
        told = [column.told(answers.steps[column.step]) for column in columns]
        cells = [_cell(column, one, language) for column, one in zip(columns, told, strict=True)]
        rows.append([learner, *cells, _share(told)])
    shares = [_share([column.told(answers.steps[column.step]) for _, answers in learners]) for column in columns]
    rows.append([_ALL.render(language), *shares, ""])
    return csv_text(rows)


def _cell(column: Column, told: Text | None, language: str) -> str:
    if told is None:
        return "" if column.part == "question" else _OPEN.render(language)
    return told.render(language)


def _share(told: Sequence[Text | None]) -> str:
    """The share of right results as text; a task that was not attempted counts as not right."""
    return percent(sum(one in (_RIGHT, _DONE) for one in told) / len(told), 0) if told else ""


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


def _padded(words: str, width: int) -> str:
    return words + " " * (width - _width(words))
