"""The file with figures of what the learner still knows, to be handed over: it has no answer, no day, and nothing that
the learner cannot read. Plain data, without Qt; a file is read without trust.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.contract.plain_json import is_text, is_whole
from engine.contract.text import Refused, Text, path_words
from engine.data.plain_file import read_marked_file
from engine.lessons.answers import one_line
from engine.version import PROGRAM
from gui.learner.stays_words import AFTER_IT, BEFORE_IT, GUESSED, SAME_DAY, SURE, WEEK_LATER, percents
from gui.learner.what_stays import LATER, Share, WhatStays

SUFFIX = ".stays.json"
FORMAT = 1
FEWEST = 5
"""The fewest learners of whom a figure is shown for a class: with fewer it would tell too much about each."""
_MARK = "layerwise_stays"
_LARGEST, _MOST, _LONGEST_NAME = 64 * 1024, 10**6, 80
_FIGURE = re.compile(r"same_day|later|sure|guessed|(before|after)_([2-7])", re.ASCII)

_NO_FIGURES = Text("{path} holds no figures of what stays.")
_DAMAGED = Text("{path} is damaged: {what} makes no sense.")
_CLASS = Text("What stays, of {count} learners")
_ROW = Text("{what}: {right} of {all} right, between {low} and {high}%; {learners} learners")
_TOO_FEW = Text("{what}: of fewer than {fewest} learners, not told")
_NAMES = {"same_day": SAME_DAY, "later": WEEK_LATER(days=LATER), "sure": SURE, "guessed": GUESSED}

Figures = dict[str, Share]


def figures_of(stays: WhatStays) -> Figures:
    """The figures by name; those without an answer are left out."""
    found = {"same_day": stays.same_day, "later": stays.later, "sure": stays.sure, "guessed": stays.guessed}
    for pair in stays.forms:
        found |= {f"before_{pair.chapter}": pair.before, f"after_{pair.chapter}": pair.after}
    return {name: share for name, share in found.items() if share.count}


def figures_text(figures: Figures, name: str = "") -> str:
    """The figures as the JSON text of a file; ``name`` is the learner's, or "" to leave it out."""
    rows = {key: {"right": share.right, "of": share.count} for key, share in figures.items()}
    named = {"name": name} if name else {}
    content: dict[str, Any] = {_MARK: FORMAT, "program": PROGRAM, **named, "figures": rows}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_figures(path: Path) -> Figures:
    """The figures in a file, by name; ``Refused`` with one sentence that names the file if it is invalid."""
    value = read_marked_file(path, _MARK, FORMAT, _LARGEST, _NO_FIGURES)
    rows = value.get("figures")
    if not isinstance(rows, dict) or not is_text(value.get("name", ""), _LONGEST_NAME):
        raise Refused(_NO_FIGURES(path=path_words(path)))
    return {name: _share(path, name, row) for name, row in rows.items() if _FIGURE.fullmatch(name)}


def class_lines(every: Sequence[Figures], language: str) -> list[str]:
    """The figures of a class as lines of text, each over all answers of all learners. For a figure of fewer than
    ``FEWEST`` learners the line says only that.
    """
    names = sorted({name for figures in every for name in figures}, key=_order)
    lines = [_CLASS(count=len(every)).render(language)]
    for name in names:
        shares = [figures[name] for figures in every if name in figures]
        what = _name_of(name)
        if len(shares) < FEWEST:
            lines.append(_TOO_FEW(what=what, fewest=FEWEST).render(language))
            continue
        total = sum(shares, Share())
        low, high = percents(total)
        row = _ROW(what=what, right=total.right, all=total.count, low=low, high=high, learners=len(shares))
        lines.append(row.render(language))
    return lines


def _order(name: str) -> tuple[int, str, str]:
    if name in _NAMES:
        return 0, str(list(_NAMES).index(name)), ""
    part, _, chapter = name.partition("_")
    return 1, chapter, "" if part == "before" else part


def _name_of(name: str) -> Text:
    if name in _NAMES:
        return _NAMES[name]
    part, _, chapter = name.partition("_")
    return (BEFORE_IT if part == "before" else AFTER_IT)(number=int(chapter))


def _share(path: Path, name: str, row: object) -> Share:
    right, count = (row.get("right"), row.get("of")) if isinstance(row, dict) else (None, None)
    if not is_whole(count, _MOST) or not is_whole(right, count) or not count:
        raise Refused(_DAMAGED(path=path_words(path), what=one_line(name)))
    return Share(right, count)
