"""What the search can find: a record each, of what kind it is, what it is called, and where it is."""

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
"""What each kind is called; where nothing else tells two things apart, they come in this order."""

SENTENCES: frozenset[Kind] = frozenset({"question", "goal"})
"""The kinds that are called by whole sentences, in which a few scattered letters would be found nearly always."""


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    ``id`` is what it is known by among its kind: of a question and a goal their key, of a command its English name.
    ``experiment`` is where it stands, empty for what stands in none. ``others`` are further names by language.
    """

    kind: Kind
    title: Text
    id: str
    experiment: str = ""
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def target(self) -> tuple[Kind, str, str]:
        """Where it leads, by which it is told from all others."""
        return self.kind, self.experiment, self.id
