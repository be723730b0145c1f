"""What an exercise is: what is to be written or mended, what it is held against, where its numbers stand on stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.contract.text.text import EMPTY, Text, notation, untranslated

LONGEST_SOURCE = 50_000
"""Characters of what is written for an exercise."""
Inputs = Mapping[str, Any]
"""What goes into what was written: arrays, numbers and functions by their names, made anew for every use."""
Values = Iterator[tuple[str, Any]]
"""What comes out, one after the other, each with the name of the quantity as it is shown: Z, dW, db."""
_CELL = notation("{name}[{place}]")
_MEND = Text("Mend: {title}")


@dataclass(frozen=True)
class Check:
    """One thing that is looked at.

    ``inputs`` makes what goes in; None takes the numbers of the stage. Of what comes out the ``quantities`` are
    compared, all where none are named: with what the reference makes of the same inputs, within ``tolerance`` of the
    larger of 1 and the expected number; or ``against`` central differences of the learner's own forward pass, which are
    then what ``Exercise.differences`` gives. ``whole`` says that these numbers have to be of a type for whole numbers
    too, as the side of an array is.
    """

    words: Text
    inputs: Callable[[], Inputs] | None = None
    quantities: tuple[str, ...] = ()
    against: Literal["reference", "differences"] = "reference"
    tolerance: float = 1e-6
    whole: bool = False


@dataclass(frozen=True)
class Mistake:
    """One that is often made: ``written`` has the form that is asked for, with this one fault in it.

    Where the learner's numbers are those of the mistake, the ``hint`` says what kind of mistake makes such numbers, and
    not the line to write.
    """

    id: str
    written: Any
    hint: Text


@dataclass(frozen=True)
class ByHand:
    """One number that is worked out by hand before anything is written: a quantity, and the place in it.

    ``words`` give the numbers that go in, which are ``inputs`` and none that the stage shows with their result.
    """

    words: Text
    inputs: Callable[[], Inputs]
    quantity: str
    place: tuple[int, ...] = ()


@dataclass(frozen=True)
class Search:
    """An input that is looked for before anything is mended: one with which the fault shows.

    ``name`` is that of the input. It is one of the ``choices``, each with what it is called, or a number within
    ``bounds``, a whole one where these are; ``start`` is what one would take first, and shows nothing. ``inputs`` makes
    of it what goes into the faulty code and into the right one, whose ``quantities`` are compared, all where none are
    named. With ``beside`` the faulty code is held against itself, with those inputs: where it is a check, which should
    tell one thing from another. ``sides`` are the names of the two that are compared.
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
    """Something to be written from scratch, in the form in which the book has it; or a repair of what is faulty.

    ``name`` is that of the function or class; ``blank`` is the source to begin with, which both languages comment in
    their own words. ``use`` calls what was written with inputs, and gives what comes out piece by piece: nothing
    further is called where a piece is missing. ``reference`` has the same
    form, and is the engine's own function or class by an adapter. ``given`` are names that may be used besides ``np``,
    made anew for every use; ``counts`` says of those that make more numbers than they are given how many these are.
    Arrays named in ``changes`` are meant to be written into; all others must stay as they are.

    ``on_stage`` gives the inputs that the experiment shows with its parameters, as plain numbers and lists, or None
    where it shows something else; ``stage`` are the changes after which it shows what the exercise is about.
    ``shown_at`` gives the changes that light a cell. ``at_work`` gives what takes the place of functions and classes of
    the engine in the experiments of ``works_in``, made of what was written; ``works_with`` are the changes after which
    one of them uses it, where it does not as it opens. ``put_back`` is said of an input that was written into, where
    to work on a copy would be wrong. ``names`` are those of quantities that are called by a word.

    A repair says by its id which one of ``engine.guides.mistakes`` it ``mends``. Its ``blank`` is the code with the
    fault in it; where that shows with few inputs only, the ``search`` for one comes before the mending.
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
    at_work: Callable[[Any], Mapping[Any, Any]] | None = None
    put_back: Text = EMPTY
    mends: str = ""
    search: Search | None = None
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def heading(self) -> Text:
        """The title as it is shown among others: of a repair it says that it is one."""
        return _MEND(title=self.title) if self.mends else self.title

    def name_of(self, quantity: str) -> Text:
        """What a quantity is called."""
        return self.names.get(quantity, untranslated(quantity))

    def cell_name(self, quantity: str, place: tuple[int, ...] = ()) -> Text:
        """A quantity's cell as NumPy counts: dW[1,0], and L where it is a single number."""
        name = self.name_of(quantity)
        return _CELL(name=name, place=",".join(map(str, place))) if place else name
