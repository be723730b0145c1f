"""What a pack brings, in words."""

from __future__ import annotations

from engine.contract.catalogue import entry_of
from engine.contract.text import Text, counted, enumerated
from engine.packs.pack import Pack

_WITHOUT = Text("{experiments} left out with its Python")
_GUIDES = Text("a guide over {experiments}")


def what_it_brings(pack: Pack, trusts: bool | None) -> Text:
    """Guides by the names of their experiments, and how many lessons and files of data; of its own experiments whether
    it ``trusts`` their Python, without which they are not there.
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
