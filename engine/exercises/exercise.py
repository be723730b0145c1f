"""The data types of an exercise: what is to be written or repaired, its checks, and the inputs that the main picture
shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.contract.fields import VisibleWhen
from engine.contract.text import EMPTY, Text, notation, untranslated

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
    """

    words: Text
    inputs: Callable[[], Inputs] | None = None
    quantities: tuple[str, ...] = ()
    against: Literal["reference", "differences"] = "reference"
    tolerance: float = 1e-6
    whole: bool = False
    hint: int | None = None


@dataclass(frozen=True)
class Mistake:
    """A common mistake: ``written`` is the function or class that the exercise asks for, with this one fault in it.

    The ``hint`` is shown if the learner's values equal the mistake's and those of no other mistake in all checks. It
    names the kind of mistake, but not the code to write. It is also shown for a number computed by hand, unless only
    code goes wrong this way (``of_code``).
    """

    id: str
    written: Any
    hint: Text
    of_code: bool = False


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


@dataclass(frozen=True)
class Exercise:
    """A function or class to be written from scratch, with the book's interface; or a repair of faulty code.

    ``name`` is the name of the function or class; ``blank`` is the source to begin with, whose comments are translated.
    ``use`` calls the learner's code with inputs and yields its outputs one by one; if one is missing, nothing further
    is called. ``reference`` is the right solution with the same interface, usually the engine's own code behind an
    adapter. ``given`` are names that the code may use besides ``np``, made anew for every use; for those whose result
    is larger than their arguments, ``counts`` gives its size. Arrays named in ``changes`` are to be modified in place;
    all others must stay unchanged.

    ``on_stage`` gives the inputs that the experiment's main picture shows with its parameters, as plain numbers and
    lists, or None if it shows something else; ``stage`` are the parameter changes after which it shows what the
    exercise is about. ``shown_at`` gives the changes that highlight an element in it.

    ``at_work`` makes replacements for the engine's functions and classes from the learner's code, for the experiments
    ``works_in``. Where an experiment does not use the code with its defaults, ``works_with`` are the changes after
    which it does; ``seen_in`` says when it shows values that the code computed, if it does not always. ``put_back`` is
    the message for a modified input where working on a copy would be wrong. ``names`` are labels for quantities that
    have a word as name. ``meanings`` are pattern and explanation of Python's messages that have a special meaning in
    this exercise.

    A repair names the id of the mistake in ``engine.guides.mistakes`` that it ``mends``. Its ``blank`` is the faulty
    code; if few inputs reveal the fault, a ``search`` for one precedes the repair.
    """

    id: str
    order: int
    title: Text
    task: Text
    name: str
    blank: Text
    use: Callable[..., Values]
    reference: Any
    checks: tuple[Check, ...]
    hints: tuple[Text, Text, Text]
    ours: tuple[Callable[..., object], ...]
    mistakes: tuple[Mistake, ...] = ()
    given: Callable[[], Mapping[str, Any]] = dict
    counts: Mapping[str, Callable[..., float]] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    differences: Callable[..., Mapping[str, Any]] | None = None
    by_hand: ByHand | None = None
    on_stage: Callable[[Any], Inputs | None] = field(default=lambda params: None)
    stage: Mapping[str, object] = field(default_factory=dict)
    shown_at: Callable[[str, tuple[int, ...]], Mapping[str, object]] = field(default=lambda quantity, place: {})
    works_in: tuple[str, ...] = ()
    works_with: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    seen_in: Mapping[str, VisibleWhen] = field(default_factory=dict)
    at_work: Callable[[Any], Mapping[Any, Any]] | None = None
    put_back: Text = EMPTY
    meanings: tuple[tuple[str, Text], ...] = ()
    mends: str = ""
    search: Search | None = None
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def heading(self) -> Text:
        """The title for lists, with "Mend: " before it if the exercise is a repair."""
        return _MEND(title=self.title) if self.mends else self.title

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
