"""What a computational graph is drawn from: nodes, inputs with the lines of their handles, edges, a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = tuple[float, float]
Way = Literal["", "forward", "backward"]


@dataclass(frozen=True)
class NodeMark:
    """An operation at a place of the plot; ``lit`` says in which direction it was just done, ``done`` that it was."""

    place: Place
    words: str
    lit: Way = ""
    done: bool = False


@dataclass(frozen=True)
class InputMark:
    """An input: its name and value over the line of its handle, which reaches so far to both sides, and its gradient
    below with a tick or a cross; ``wrong`` is what a mistake makes of it. Of ``above`` the first wording that fits is
    taken.
    """

    place: Place
    above: tuple[str, ...]
    reach: float
    gradient: str = ""
    agrees: bool | None = None
    wrong: str = ""
    before: str = ""
    lit: bool = False


@dataclass(frozen=True)
class EdgeMark:
    """An edge through these places: ``value`` above it, the ``gradient`` below, the fullest wording that fits, and what
    a mistake makes of it. ``crowd`` is where its numbers have most room: 0 at its source, 1 at its target.
    """

    points: tuple[Place, ...]
    value: str = ""
    gradient: tuple[str, ...] = ("",)
    wrong: str = ""
    lit: Way = ""
    crowd: float = 0.5


@dataclass(frozen=True)
class ResultMark:
    """Where the graph ends: the name of the result and its value."""

    place: Place
    name: str
    value: str = ""
    before: str = ""
