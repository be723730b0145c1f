"""Why a typed function cannot be used, and where in it."""

from __future__ import annotations

from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text


class ExpressionRefused(Refused):
    """A refusal that knows its place: ``column`` counts the typed characters from 1, ``reason`` is told without it."""

    def __init__(self, text: Text, column: int) -> None:
        super().__init__(Text("column {column}: {reason}.")(column=column, reason=text))
        self.column, self.reason = column, text
