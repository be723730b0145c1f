"""Texts about a saved network: its kind, how long it was trained, and its accuracy."""

from __future__ import annotations

from engine.contract.numerals import percent
from engine.contract.text import Text, counted, untranslated
from engine.networks.kept import KeptNetwork

_KINDS = {
    "conv": Text("convolutional"),
    "dense": Text("fully connected"),
    "plane": Text("for points of the plane"),
}
_TOLD = Text("{kind}, {updates}, test accuracy {accuracy}")
_MEASURED = Text("{accuracy} on {examples}")
_TOLD_OF_HEIGHTS = Text("{kind}, {updates}")


def kind_words(kind: str) -> Text:
    """The name of a kind of network."""
    return _KINDS[kind]


def accuracy_words(kind: str, accuracy: float, tested: int) -> Text:
    """The test accuracy as text, with the number of examples that it was measured on, since other runs may use more."""
    share = percent(accuracy, 1)
    if not tested:  # an earlier version did not write it down
        return untranslated(share)
    examples = counted(tested, "point") if kind == "plane" else counted(tested, "image")
    return _MEASURED(accuracy=share, examples=examples)


def told(kind: str, updates: int, accuracy: float | None, tested: int) -> Text:
    """The kind, number of updates and accuracy on ``tested`` examples, as a part of a sentence."""
    done = counted(updates, "update", context="times")
    if accuracy is None:
        return _TOLD_OF_HEIGHTS(kind=_KINDS[kind], updates=done)
    return _TOLD(kind=_KINDS[kind], updates=done, accuracy=accuracy_words(kind, accuracy, tested))


def used_by(network: KeptNetwork) -> tuple[str, ...]:
    """The ids of the experiments in which the network can be chosen, in the order of the book; often none.

    The rules of the experiments' own fields are repeated here, so that they need not be imported; a test checks that
    both agree.
    """
    if network.kind == "plane":
        return ()
    return ("digits",) if network.kind == "dense" or network.is_permuted else ("digits", "feature_maps")
