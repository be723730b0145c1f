"""How an answer that can be chosen is marked: open, chosen, right or wrong; in words too, for who does not see it."""

from __future__ import annotations

from engine.contract.text.text import Text
from gui.panels.wrapped_button import WrappedButton
from gui.style.language import translate
from gui.style.theme import theme

IS_RIGHT = Text("Right.")
IS_WRONG = Text("Not so.")
_THE_RIGHT_ONE = Text("The right answer.")
RIGHT, WRONG, UNSURE = "✓", "×", "○"
"""The signs of what became of an answer; that of who is not sure is also that of what is still open."""
_CHOSEN = "●"


def mark_answer(button: WrappedButton, right: bool | None, chosen: bool) -> None:
    """Mark one of several answers; ``right`` is None before that is known. A wrong one is marked if it is chosen."""
    if right:
        button.set_sign(RIGHT, theme().right)
        button.setAccessibleDescription(translate(IS_RIGHT if chosen else _THE_RIGHT_ONE))
    elif right is not None and chosen:
        button.set_sign(WRONG, theme().wrong)
        button.setAccessibleDescription(translate(IS_WRONG))
    else:
        button.set_sign(_CHOSEN if chosen else UNSURE, theme().muted_text)
        button.setAccessibleDescription("")
