"""What is to be said of a run's state, such as 'diverged' or 'not separable', and what would help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.contract.text.text import Text


@dataclass(frozen=True)
class Remedy:
    """A change of parameters that is offered as a button."""

    label: Text
    changes: Mapping[str, object]


@dataclass(frozen=True)
class Lead:
    """Another experiment that goes on from here, offered as a button; ``experiment`` is its id."""

    label: Text
    experiment: str


@dataclass(frozen=True)
class Status:
    """``kind`` is a stable word for files and tests; it never ends a run. Of ``remedy`` and ``lead`` there is one."""

    kind: str
    text: Text
    remedy: Remedy | None = None
    lead: Lead | None = None
