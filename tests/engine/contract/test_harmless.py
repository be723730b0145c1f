"""Names that come from elsewhere stay words in every format: no formula, no link, no command."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QTextDocument, QTextTable

from engine.contract.harmless import csv_text, in_csv, in_latex, in_markdown, on_one_line
from engine.contract.table import Column, Table
from engine.contract.text import untranslated
from engine.export import csv_format
from engine.export.alone import stand_ins
from engine.lessons.answers import Answers, Done, words_in_all
from engine.lessons.table import csv_table, text_table
from engine.shelf.differences import MARKUPS
from gui.panels.copying import tsv

_SIGNS = " =+-@|<>[](){}*_`~^$&%#\\\"'\r\n\t!:/."
NAMES = st.text(st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from(_SIGNS)), max_size=30)
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(1)", "\t=1", "\r=1", "a\rb", 'a"b,c\nd',
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))", "https://example.com", "www.example.com", "a@b.cd", "![x](y)", "*b*", "__b__", "`c`",
    "a|b", "[1]", "*", "\\input{x}", "$x^2$", "50% & #1", "&lt;b&gt;", "~~x~~", "# x", "1. x", "- x",
    "<b>", "http://1.2",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def _is_number(text):
    return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text) is not None


@given(st.lists(st.lists(NAMES, min_size=2, max_size=2), min_size=1, max_size=3))
@example([list(pair) for pair in zip(HOSTILE[::2], HOSTILE[1::2], strict=True)])
def test_a_reader_of_csv_finds_each_text_and_an_apostrophe_before_what_would_be_a_formula(rows):
    found = _read(csv_text(rows))
    assert len(found) == len(rows)
    for got, given_ in zip(found, rows, strict=True):
        for cell, text in zip(got, given_, strict=True):
            text = text.replace("\0", "")
            assert cell in (text, "'" + text)
            assert len(cell) < 2 or not cell.startswith(_FORMULA) or _is_number(cell)


def test_numbers_stay_numbers_in_csv_also_where_they_are_spelled():
    assert [in_csv(one) for one in ("-5", "+0.5", "-1e-3", "5", "x")] == ["-5", "+0.5", "-1e-3", "5", "x"]
    assert [in_csv(one) for one in ("-inf", "-", "+", "=")] == ["-inf", "-", "+", "="]
    assert in_csv("-x") == "'-x"


def _shown(markdown):
    document = QTextDocument()
    document.setDefaultFont(QFont("sans", 10))
    document.setMarkdown(markdown)
    return document


def _anchors_and_images(document):
    found, block = [], document.begin()
    while block.isValid():
        for one in block:
            form = one.fragment().charFormat()
            if form.isAnchor() or form.isImageFormat() or form.fontWeight() > 400 or form.fontItalic():
                found.append(one.fragment().text())
        block = block.next()
    return found


@given(NAMES)
def test_markdown_shows_each_text_as_it_is_and_nothing_of_it_is_a_link(qapp, text):
    document = _shown(f"x {in_markdown(text)} x")
    assert document.toPlainText().split() == ["x", *on_one_line(text).split(), "x"]
    assert not _anchors_and_images(document)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_hostile_names_as_they_are_also_in_a_cell(qapp, text):
    table = Table("t", (Column("a", [text, "b"], label=untranslated(text)), Column("c", [1.5, 2.5])))
    document = _shown(MARKUPS["Markdown"](table, "en"))
    (grid,) = (one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable))
    cell = grid.cellAt(1, 0)
    words = cell.firstCursorPosition().block().text()
    assert words.split() == text.split()
    # Headings are bold: only links and pictures are looked for.
    html = document.toHtml()
    assert "<a " not in html and "<img" not in html


_SPELLED = {
    r"\textbackslash{}": "\\", r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_", r"\{": "{", r"\}": "}",
    r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", "{[}": "[", "{]}": "]", "{*}": "*", r"\textless{}": "<",
    r"\textgreater{}": ">", r"\textbar{}": "|", "$-$": "\N{MINUS SIGN}", r"\char34{}": '"', "{`}": "`",
}  # fmt: skip
_LATEX = re.compile("|".join(map(re.escape, sorted(_SPELLED, key=len, reverse=True))) + "|(?s:.)")


@given(NAMES)
@example("".join(HOSTILE))
def test_latex_holds_no_command_but_those_that_print_signs(text):
    said = ""
    for match in _LATEX.finditer(in_latex(text)):
        sign = _SPELLED.get(match[0])
        assert sign is not None or match[0] not in '\\&%$#_{}~^[]*<>|"`\n', f"{match[0]!r} is not escaped"
        said += sign or match[0]
    assert said == on_one_line(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_copied_and_exported_as_csv_is_harmless(text):
    table = Table("t", (Column(text, [text, "b"], label=untranslated(text)), Column("c", [-1.5, 2.5])))
    for written in (
        MARKUPS["CSV"](table, "en"), csv_format.table_text(table), stand_ins.table_text(_alone(table))
    ):  # fmt: skip
        rows = _read(written)
        assert [len(row) for row in rows] == [2, 2, 2] and rows[1][1] == "-1.5"
        for cell in (rows[0][0], rows[1][0]):
            assert cell in (text, "'" + text) and not (cell.startswith(_FORMULA) and not _is_number(cell))
    assert csv_format.table_text(table) == stand_ins.table_text(_alone(table))


def _alone(table):
    return stand_ins.Table(table.name, tuple(stand_ins.Column(one.name, one.values) for one in table.columns))


def test_rows_for_a_spreadsheet_are_no_formulas():
    assert tsv([["=1+1", -1.5, np.float64(2.0)], ["a\tb", "x\ny", True]]) == "'=1+1\t-1.5\t2.0\na b\tx y\ttrue\n"


@pytest.mark.parametrize("text", [*HOSTILE, "\x1b[31mred"])
def test_a_table_of_a_class_holds_a_name_as_one_cell_and_one_line(text):
    words = words_in_all(text)
    answers = [(text, Answers(words, "0" * 16, (Done(words, "gates", asks=True),)))]
    rows = _read(csv_table(answers, "en"))
    assert len(rows) == 3 and rows[1][0] in (text, "'" + text)
    lines = text_table(answers, "en")
    assert all("\x1b" not in line and "\r" not in line and "\n" not in line and "\t" not in line for line in lines)
