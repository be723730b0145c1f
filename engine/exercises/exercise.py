"""The data types of an exercise: what is to be written or repaired, its checks, and the inputs that the main picture
shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import EMPTY, Text, notation, untranslated
from engine.pieces.edits import Edits, edited, edits_of
from engine.pieces.faults import Fault, faults_in
from engine.pieces.mistakes import Changes, Mistake, mistakes_in
from engine.pieces.piece import Piece, bare, shown
from engine.sandbox.learner_code import compiled, made_by

LONGEST_SOURCE = 50_000
"""The maximum length of a learner's code in characters."""
Inputs = Mapping[str, Any]
"""The inputs of a learner's code by name: arrays, numbers and functions, created anew for every call."""
Values = Iterator[tuple[str, Any]]
"""An iterator over the outputs, each with the name of its quantity as shown: Z, dW, db."""
_CELL, _CELL_OF_SUM = notation("{name}[{place}]"), notation("({name})[{place}]")
_MEND = Text("Mend: {title}")


@dataclass(frozen=True)
class Check:
    """One check of an exercise: its description, its inputs, and how the outputs are compared.

    ``inputs`` makes the inputs; if it is None, those shown in the main picture are used. ``quantities`` names the
    outputs to compare, by default all. They are compared ``against`` the reference's output for the same inputs, or
    against central differences of the learner's own forward pass, which ``Exercise.differences`` returns. An error up
    to ``tolerance`` times the larger of 1 and |expected| is allowed. ``whole``: the value must also have an integer
    type, as the side of an array has. ``hint`` is the index of the exercise's hint to show first if this check fails.
    ``by_chance``: the values depend on random numbers, and those of a mistake are drawn several times to compare them.
    """

    words: Text
    inputs: Callable[[], Inputs] | None = None
    quantities: tuple[str, ...] = ()
    against: Literal["reference", "differences"] = "reference"
    tolerance: float = 1e-6
    whole: bool = False
    hint: int | None = None
    by_chance: bool = False


@dataclass(frozen=True)
class ByHand:
    """A number that the learner computes by hand before writing code: the element at index ``place`` of an output.

    ``words`` is the question, and states the ``inputs``; the main picture must not show their result.
    """

    words: Text
    inputs: Callable[[], Inputs]
    quantity: str
    place: tuple[int, ...] = ()


@dataclass(frozen=True)
class Search:
    """The first task of a repair: to find an input for which the faulty code goes wrong.

    ``name`` is the name of that input. It is one of ``choices`` (value, label), or a number within ``bounds``, an
    integer if both bounds are; ``start`` is the initial value, for which the fault has no effect. ``inputs`` makes from
    it the inputs for the faulty and the right code; their output ``quantities``, by default all, are compared. If
    ``beside`` is given, the faulty code is compared with itself instead, for the inputs of ``inputs`` and of
    ``beside``: where the faulty code is itself a check, its two results should differ. ``sides`` are the labels of the
    two results.
    """

    words: Text
    name: str
    inputs: Callable[[Any], Inputs]
    start: Any
    choices: tuple[tuple[Any, Text], ...] = ()
    bounds: tuple[float, float] = (0, 0)
    quantities: tuple[str, ...] = ()
    beside: Callable[[Any], Inputs] | None = None
    sides: tuple[Text, Text] = (Text("this code"), Text("the right one"))


@dataclass(frozen=True, eq=False)
class Exercise:
    """A piece of the book to be written from scratch; or a repair, where the piece has a fault.

    ``use`` calls the code with inputs and yields its outputs one by one; if one is missing, nothing further is called.
    ``begins`` are changes of the piece before its lines are left out. The code may use ``np``, and what the piece uses
    of the book, by these names; ``gives`` has others in their place, made anew for every use. For those whose result is
    larger than their arguments, ``counts`` gives its size. Arrays named in ``changes`` are to be modified in place; all
    others must stay unchanged. ``former_name`` is a name that is accepted for the piece, too.

    ``on_stage`` gives the inputs that the experiment's main picture shows with its parameters, as plain numbers and
    lists, or None if it shows something else; ``stage`` are the parameter changes after which it shows what the
    exercise is about. ``shown_at`` gives the changes that highlight an element in it.

    ``works_in`` are the experiments that can run with the learner's code in place of the engine's. Where one does not
    use it with its defaults, ``works_with`` are the changes after which it does; ``seen_in`` says when it shows values
    that the code computed, if it does not always. ``put_back`` is the message for a modified input where working on a
    copy would be wrong. ``names`` are labels for quantities that have a word as name. ``meanings`` are pattern and
    explanation of Python's messages that have a special meaning in this exercise.

    A repair names the id of the mistake in ``engine.guides.mistakes`` that it ``mends``; ``fault`` are the changes that
    make it. If few inputs reveal the fault, a ``search`` for one precedes the repair.
    """

    id: str
    order: int
    title: Text
    task: Text
    piece: Piece
    use: Callable[..., Values]
    checks: tuple[Check, ...]
    hints: tuple[Text, Text, Text]
    begins: Changes = ()
    gives: Callable[[], Mapping[str, Any]] = dict
    counts: Mapping[str, Callable[..., float]] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    former_name: str = ""
    differences: Callable[..., Mapping[str, Any]] | None = None
    by_hand: ByHand | None = None
    on_stage: Callable[[Any], Inputs | None] = field(default=lambda params: None)
    stage: Mapping[str, object] = field(default_factory=dict)
    shown_at: Callable[[str, tuple[int, ...]], Mapping[str, object]] = field(default=lambda quantity, place: {})
    works_in: tuple[str, ...] = ()
    works_with: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    seen_in: Mapping[str, VisibleWhen] = field(default_factory=dict)
    put_back: Text = EMPTY
    meanings: tuple[tuple[str, Text], ...] = ()
    mends: str = ""
    fault: Changes = ()
    search: Search | None = None
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the function or class that is asked for; "" where the code is a whole file."""
        return self.piece.name

    @property
    def heading(self) -> Text:
        """The title for lists, with "Mend: " before it if the exercise is a repair."""
        return _MEND(title=self.title) if self.mends else self.title

    @property
    def right_source(self) -> str:
        """The text of a right solution."""
        return self.piece.source

    @property
    def plain_source(self) -> str:
        """The same text without docstrings and comments, as a learner writes it."""
        return bare(self.right_source)

    @cached_property
    def blank(self) -> Text:
        """The code to begin with: the piece without its lines, or with its fault."""
        if self.mends:
            return shown(edited(self.right_source, edits_of(self.right_source, self.fault)))
        return shown(edited(self.right_source, edits_of(self.right_source, self.begins)), self.piece.asked_names)

    def given(self) -> Mapping[str, Any]:
        """What the code may use besides ``np``, by name, made anew."""
        return {**self.piece.given, **self.gives()}

    @cached_property
    def reference(self) -> Any:
        """The right function or class, which uses what is ``given``."""
        return self.made(self.right_source)

    def made(self, source: str) -> Any:
        """The function or class that a trusted source defines; ``Unusable`` if it cannot be run."""
        return made_by(compiled(source, self.id), self.name, self.given())

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The known mistakes in the piece."""
        return mistakes_in(self.piece)

    def made_with(self, edits: Edits) -> Any:
        """The right solution with these edits, as a function or class."""
        return self.made(edited(self.right_source, edits))

    def edits_of(self, mistake: Mistake) -> Edits:
        """The edits by which a mistake is made of the right solution."""
        return edits_of(self.right_source, mistake.changes)

    def generated(self) -> tuple[Fault, ...]:
        """The mistakes that can be generated in the lines to be written."""
        return faults_in(self.right_source, self.piece.asked_names)

    def name_of(self, quantity: str) -> Text:
        """The label of an output quantity; its own name if the exercise has no label for it."""
        return self.names.get(quantity, untranslated(quantity))

    def cell_name(self, quantity: str, place: tuple[int, ...] = ()) -> Text:
        """The label of an element of a quantity with its NumPy index, such as dW[1,0] or (y+y)[0], or L for a single
        number.
        """
        name = self.name_of(quantity)
        cell = _CELL_OF_SUM if any(sign in quantity for sign in "+−·") else _CELL
        return cell(name=name, place=",".join(map(str, place))) if place else name


def inputs_of(check: Check, stage: Inputs | None) -> dict[str, Any]:
    """New inputs for a check, by name; lists become float64 arrays, and arrays are copied."""
    made = check.inputs() if check.inputs is not None else stage
    assert made is not None, "a check needs the numbers of the stage"
    return {name: np.array(value, dtype=float) if isinstance(value, list) else _own(value) for name, value in
            made.items()}  # fmt: skip


def _own(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value
