"""What is found in a piece of source: what it refers to, what it asks for, and what stands in place of its words."""

from __future__ import annotations

import ast
import dataclasses
from dataclasses import dataclass, field

from engine.contract.output.frame import Frame
from engine.export.alone.modules import Definition, Module, Outside

Edit = tuple[int, int, str]
"""From which byte to which, and what stands there instead."""
Arguments = list[ast.expr | ast.keyword]


@dataclass(frozen=True, eq=False)
class Reference:
    """A place in the source that means a definition elsewhere, and the names that are local there; one that only names
    a type needs nothing to be there.
    """

    node: ast.expr
    spelled: str
    meaning: Definition
    local: frozenset[str]
    is_type: bool = False


@dataclass(eq=False)
class Pending:
    """An argument of a frame that is kept only where someone asks for what it gives."""

    name: str
    call: Arguments
    node: ast.keyword
    piece: Piece
    kind: object


@dataclass
class Piece:
    """What was found in a piece of source."""

    pending: list[Pending] = field(default_factory=list)

    references: list[Reference] = field(default_factory=list)
    outside: set[Outside] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    edits: list[Edit] = field(default_factory=list)
    removed: list[tuple[Arguments, set[int]]] = field(default_factory=list)


def is_of(live: object, base: type) -> bool:
    """Whether something is a class that is made of another one."""
    return isinstance(live, type) and issubclass(live, base)


def has_optional_fields(live: object) -> bool:
    """Whether something is a class of records whose fields are given by name, so that some of them may be missing."""
    if is_of(live, Frame):
        return True
    return (
        isinstance(live, type)
        and dataclasses.is_dataclass(live)
        and all(one.kw_only for one in dataclasses.fields(live))
    )


def removal(module: Module, every: Arguments, dropped: set[int]) -> list[Edit]:
    """How arguments are taken out of a call, each with the comma that belongs to it."""
    edits: list[Edit] = []
    kept = [place for place, one in enumerate(every) if id(one) not in dropped]
    for place, one in enumerate(every):
        if id(one) not in dropped:
            continue
        start, end = module.start(one), module.end(one)
        if kept and kept[0] < place:
            start = module.end(every[place - 1])
        elif place + 1 < len(every):
            end = module.start(every[place + 1])
        elif module.source[end : end + 1] == b",":
            end += 1
        edits.append((start, end, ""))
    return edits
