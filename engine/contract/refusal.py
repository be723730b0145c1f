"""The one error that is meant for the person at the screen: what was refused, its value, and what is allowed."""

from __future__ import annotations

from engine.contract.text import Text


class Refused(ValueError):
    """Input that cannot be used, with one sentence that says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.render("en"))
        self.text = text

    def __reduce__(self) -> tuple[object, ...]:
        return Refused, (self.text,)


def shortened(value: object, limit: int = 60) -> str:
    """A value as it may stand in a message: its text, cut to ``limit`` characters."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
