"""A table as people paste it elsewhere: Markdown and LaTeX with short numbers, CSV with all their digits."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from engine.contract.output.table import Table
from engine.contract.text.harmless import csv_text, in_latex, in_markdown
from engine.contract.text.numerals import format_real

_EXPONENT = re.compile(r"(.+)e(\N{MINUS SIGN}?)(\d+)")


def markdown(table: Table, language: str) -> str:
    """A table of GitHub's Markdown: numbers to the right, words to the left."""
    rows = [[in_markdown(_short(value)) for value in row] for row in table.rows]
    sides = [":--" if isinstance(row, str) else "--:" for row in table.rows[0]] if rows else []
    heads = [in_markdown(column.title.render(language)) for column in table.columns]
    return "".join(f"| {' | '.join(line)} |\n" for line in (heads, sides or ["---"] * len(heads), *rows))


def latex(table: Table, language: str) -> str:
    """A ``tabular`` with three lines, for any LaTeX without a package."""
    sides = "".join("l" if isinstance(value, str) else "r" for value in table.rows[0]) if table.rows else ""
    heads = [in_latex(column.title.render(language)) for column in table.columns]
    lines = [[_latex_cell(value) for value in row] for row in table.rows]
    body = "".join(f"{' & '.join(line)} \\\\\n" for line in lines)
    head = f"{' & '.join(heads)} \\\\\n"
    return (
        f"\\begin{{tabular}}{{{sides or 'l' * len(heads)}}}\n\\hline\n{head}\\hline\n{body}\\hline\n\\end{{tabular}}\n"
    )


def comma_separated(table: Table, language: str) -> str:
    """CSV with the headings that people read; a figure that there is not is an empty cell."""
    rows = [["" if _is_missing(value) else value for value in row] for row in table.rows]
    return csv_text([[column.title.render(language) for column in table.columns], *rows])


MARKUPS: dict[str, Callable[[Table, str], str]] = {"Markdown": markdown, "LaTeX": latex, "CSV": comma_separated}


def _short(value: object) -> str:
    if _is_missing(value):
        return ""
    return format_real(value) if isinstance(value, float) else str(value)


def _is_missing(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _latex_cell(value: object) -> str:
    if isinstance(value, str):
        return in_latex(value)
    words = _short(value)
    if match := _EXPONENT.fullmatch(words):
        sign = "-" if match[2] else ""
        return f"${match[1].replace(chr(0x2212), '-')} \\times 10^{{{sign}{match[3]}}}$"
    return in_latex(words)
