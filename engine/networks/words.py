"""What is said of a network that was kept: what it is, how far it has learned, and how well it reads."""

from __future__ import annotations

from engine.contract.text.numerals import percent
from engine.contract.text.text import Text, counted

_KINDS = {
    "conv": Text("convolutional"),
    "dense": Text("fully connected"),
    "plane": Text("for points of the plane"),
}
_TOLD = Text("{kind}, {updates}, test accuracy {accuracy}")
_TOLD_OF_HEIGHTS = Text("{kind}, {updates}")


def kind_words(kind: str) -> Text:
    """What kind of network it is."""
    return _KINDS[kind]


def told(kind: str, updates: int, accuracy: float | None) -> Text:
    """What it is and how far it has come, as a part of a sentence."""
    done = counted(updates, "update", context="times")
    if accuracy is None:
        return _TOLD_OF_HEIGHTS(kind=_KINDS[kind], updates=done)
    return _TOLD(kind=_KINDS[kind], updates=done, accuracy=percent(accuracy, 1))
