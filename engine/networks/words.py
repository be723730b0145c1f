"""What is said of a network that was kept: what it is, how far it has learned, and how well it reads."""

from __future__ import annotations

from engine.contract.numerals import percent
from engine.contract.text import Text, counted

_KINDS = {
    "conv": Text("convolutional", "卷积网络"),
    "dense": Text("fully connected", "全连接网络"),
    "plane": Text("for points of the plane", "平面点的网络"),
}
_TOLD = Text("{kind}, {updates}, test accuracy {accuracy}", "{kind}，更新 {updates}，测试准确率 {accuracy}")
_TOLD_OF_HEIGHTS = Text("{kind}, {updates}", "{kind}，更新 {updates}")


def kind_words(kind: str) -> Text:
    """What kind of network it is."""
    return _KINDS[kind]


def told(kind: str, updates: int, accuracy: float | None) -> Text:
    """What it is and how far it has come, as a part of a sentence."""
    done = counted(updates, "update", "次")
    if accuracy is None:
        return _TOLD_OF_HEIGHTS(kind=_KINDS[kind], updates=done)
    return _TOLD(kind=_KINDS[kind], updates=done, accuracy=percent(accuracy, 1))
