"""The result of analysing a piece of source: what it refers to, and edits that remove texts for people from it."""

from __future__ import annotations

import ast
import dataclasses
from dataclasses import dataclass, field

from engine.contract.frame import Frame
from engine.export.alone.modules import Definition, Module, Outside

Edit = tuple[int, int, str]
"""An edit: the bytes of the source from one offset to another are replaced by a text."""
Arguments = list[ast.expr | ast.keyword]


@dataclass(frozen=True, eq=False)
class Reference:
    """A place in the source that refers to a definition elsewhere; ``local`` are the local names at that place.

    A reference that is only a type annotation (``is_type``) does not make the definition necessary.
    """

    node: ast.expr
    spelled: str
    meaning: Definition
    local: frozenset[str]
    is_type: bool = False


@dataclass(eq=False)
class Pending:
    """A keyword argument in a call that constructs a frame or record; it is kept only if its field is used."""

    name: str
    call: Arguments
    node: ast.keyword
    piece: Piece
    kind: object


@dataclass
class Piece:
    """The result of analysing a statement or class member.

    It has the references to definitions and imports, the names of attributes that it reads, the edits to apply, and the
    arguments to remove from calls.
    """

    pending: list[Pending] = field(default_factory=list)

    references: list[Reference] = field(default_factory=list)
    outside: set[Outside] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    edits: list[Edit] = field(default_factory=list)
    removed: list[tuple[Arguments, set[int]]] = field(default_factory=list)


def is_of(live: object, base: type) -> bool:
    """Whether ``live`` is a class, and ``base`` or a subclass of it."""
    return isinstance(live, type) and issubclass(live, base)


def has_optional_fields(live: object) -> bool:
    """Whether ``live`` is a frame class, or a dataclass with keyword fields only, so that arguments may be left out."""
    if is_of(live, Frame):
        return True
    return (
        isinstance(live, type)
        and dataclasses.is_dataclass(live)
        and all(one.kw_only for one in dataclasses.fields(live))
    )


def removal(module: Module, every: Arguments, dropped: set[int]) -> list[Edit]:
    """Edits that remove the ``dropped`` arguments of a call, given by their id(), each with its comma."""
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
