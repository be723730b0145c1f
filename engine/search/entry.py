"""What the search can find: one record for each thing, with its kind, its title, and where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.contract.text import Text

Kind = Literal[
    "experiment", "command", "term", "question", "goal", "exercise", "derivation", "preset", "parameter"
]  # fmt: skip

KINDS: Mapping[Kind, Text] = {
    "experiment": Text("Experiment"),
    "command": Text("Command"),
    "term": Text("Term"),
    "question": Text("Question"),
    "goal": Text("Goal"),
    "exercise": Text("Exercise"),
    "derivation": Text("Derivation"),
    "preset": Text("Preset"),
    "parameter": Text("Parameter"),
}
"""The names of the kinds; entries that match equally well are listed in this order."""

SENTENCES: frozenset[Kind] = frozenset({"question", "goal"})
"""The kinds whose titles are whole sentences, in which a few scattered letters would nearly always be found."""


@dataclass(frozen=True)
class Entry:
    """One thing that the search can find.

    ``id`` is unique within its kind: the key of a question or goal, the English name of a command. ``experiment`` is
    the id of the experiment that it belongs to, "" if it belongs to none. ``others`` are further names by language.
    """

    kind: Kind
    title: Text
    id: str
    experiment: str = ""
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def target(self) -> tuple[Kind, str, str]:
        """The kind, experiment and id, which together identify the entry."""
        return self.kind, self.experiment, self.id
