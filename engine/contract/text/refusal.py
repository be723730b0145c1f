"""The one error that is meant for the person at the screen: what was refused, its value, and what is allowed."""

from __future__ import annotations

from engine.contract.text.text import Text


class Refused(ValueError):
    """Input that cannot be used, with one sentence that says why in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.render("en"))
        self.text = text

    def __reduce__(self) -> tuple[object, ...]:
        return Refused, (self.text,)


def shortened(value: object, limit: int = 60) -> str:
    """A value as it may stand in a message: its text, cut to ``limit`` characters, without signs that print nothing."""
    text = value if isinstance(value, str) else repr(value)
    return _printed(text if len(text) <= limit else text[: limit - 1] + "…")


def path_words(path: object, limit: int = 300) -> str:
    """A path as it may stand in a message: whole, or its beginning and its end."""
    text = str(path)
    return _printed(text if len(text) <= limit else f"{text[: limit // 3]}…{text[-(limit - limit // 3 - 1) :]}")


def _printed(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else " " if sign.isspace() else "\N{REPLACEMENT CHARACTER}" for sign in text
    )
