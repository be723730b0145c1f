"""Texts about a saved network: its kind, how long it was trained, and its accuracy."""

from __future__ import annotations

from engine.contract.numerals import percent
from engine.contract.text import Text, counted
from engine.networks.kept import KeptNetwork

_KINDS = {
    "conv": Text("convolutional"),
    "dense": Text("fully connected"),
    "plane": Text("for points of the plane"),
}
_TOLD = Text("{kind}, {updates}, test accuracy {accuracy}")
_TOLD_OF_HEIGHTS = Text("{kind}, {updates}")


def kind_words(kind: str) -> Text:
    """The name of a kind of network."""
    return _KINDS[kind]


def told(kind: str, updates: int, accuracy: float | None) -> Text:
    """The kind, number of updates and accuracy, as a part of a sentence."""
    done = counted(updates, "update", context="times")
    if accuracy is None:
        return _TOLD_OF_HEIGHTS(kind=_KINDS[kind], updates=done)
    return _TOLD(kind=_KINDS[kind], updates=done, accuracy=percent(accuracy, 1))


def used_by(network: KeptNetwork) -> tuple[str, ...]:
    """The ids of the experiments in which the network can be chosen, in the order of the book; often none.

    The experiments' own fields decide what fits. They are not loaded for this; a test checks that both agree.
    """
    if network.kind == "plane":
        return ()
    return ("digits",) if network.kind == "dense" or network.is_permuted else ("digits", "feature_maps")
