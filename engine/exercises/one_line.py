"""Source with one line blanked out, for the learner to fill in: which lines are suitable, and the filled source."""

from __future__ import annotations

import ast
import random
import warnings
from dataclasses import dataclass

_COMPUTES = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Call, ast.Subscript, ast.IfExp, ast.ListComp)
_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Expr)


@dataclass(frozen=True)
class BlankedLine:
    """A source with one line blanked out: its line number, counted from 1, its ``indent``, and the ``text`` it had."""

    source: str
    number: int
    indent: str
    text: str

    def filled(self, typed: str) -> str:
        """The source with what the learner typed in this line, at its indentation."""
        lines = self.source.split("\n")
        lines[self.number - 1] = f"{self.indent}{typed.strip()}"
        return "\n".join(lines)


def blanked_lines(source: str, seed: str = "") -> tuple[BlankedLine, ...]:
    """The lines of a source that can be blanked, shuffled by the seed.

    These are one-line statements that compute something; if there are none, any one-line statement but a docstring. An
    empty tuple if Python cannot parse the source. The source is not run.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    lines = source.split("\n")
    simple = [node for node in ast.walk(tree) if isinstance(node, _SIMPLE) and _is_alone(node, lines)]
    computing = [node for node in simple if any(isinstance(one, _COMPUTES) for one in ast.walk(node))]
    drawn = sorted({node.lineno for node in computing or simple})
    random.Random(seed).shuffle(drawn)
    return tuple(_blanked(source, lines[number - 1], number) for number in drawn)


def _is_alone(node: ast.stmt, lines: list[str]) -> bool:
    """Whether a statement fills one whole line, and is not just a constant such as a docstring."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return False
    if node.end_lineno != node.lineno or node.lineno > len(lines):
        return False
    line = lines[node.lineno - 1]
    own = line.encode()[node.col_offset : node.end_col_offset].decode(errors="replace")
    return own == line.strip() and line.replace("\t", " ").isprintable()


def _blanked(source: str, line: str, number: int) -> BlankedLine:
    text = line.strip()
    return BlankedLine(source, number, line[: len(line) - len(line.lstrip())], text)
