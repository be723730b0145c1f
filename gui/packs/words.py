"""Sentences about what a pack brings."""

from __future__ import annotations

from engine.contract.catalogue import entry_of
from engine.contract.text import Text, counted, enumerated
from engine.packs.pack import Pack

_WITHOUT = Text("{experiments} left out with its Python")
_GUIDES = Text("a guide over {experiments}")


def what_it_brings(pack: Pack, trusts: bool | None) -> Text:
    """An enumeration of what a pack brings: its guides, by the names of their experiments, and the number of its own
    experiments, lessons, terms and data files. If its Python is not trusted, it says that its own experiments are left
    out.
    """
    parts: list[Text | str] = []
    over = [entry_of(one).name for one in pack.experiments if one not in pack.own_experiments]
    if over:
        parts.append(_GUIDES(experiments=enumerated(over)))
    if pack.own_experiments:
        count = counted(len(pack.own_experiments), "experiment")
        parts.append(count if trusts else _WITHOUT(experiments=count))
    if pack.lessons:
        parts.append(counted(len(pack.lessons), "lesson"))
    if pack.terms:
        parts.append(counted(len(pack.terms), "term"))
    if pack.data:
        parts.append(counted(len(pack.data), "data file"))
    return enumerated(parts)
