"""The base of controls with several number boxes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.contract.fields import Cell, Matrix, Numbers, Vector
from engine.contract.frame import required
from engine.contract.numerals import parse_real
from engine.contract.text import Refused, Text
from gui.form.controls.base import Control
from gui.form.widgets.number_box import NumberBox
from gui.form.widgets.slider import LinearScale


class NumberBoxes(Control):
    """Base class of controls with several number boxes, for a tuple of numbers or of tuples. A ``place`` is the index
    of a number: an int, or (row, column).

    A refused entry stays in its box while others change; the reason for the first one is shown.
    """

    field: Cell | Matrix | Numbers | Vector

    def __init__(self, name: str, field: Cell | Matrix | Numbers | Vector) -> None:
        super().__init__(name, field)
        self._scale = LinearScale(field.minimum, field.maximum, field.step)
        self._reasons: dict[Any, Text] = {}

    # What a subclass gives

    def shown_boxes(self) -> Iterable[tuple[Any, NumberBox]]:
        """The visible number boxes in tab order, as (place, box)."""
        raise NotImplementedError

    def fit(self, value: Any) -> None:
        """Show as many number boxes as ``value`` has numbers."""

    def number_at(self, value: Any, place: Any) -> float | None:
        """The number at ``place`` of ``value``; None if ``value`` has no number there."""
        number: float = value[place]
        return number

    def with_number(self, place: Any, number: float) -> Any:
        """The present value with the number at ``place`` replaced."""
        return (*self._value[:place], number, *self._value[place + 1 :])

    def show_number(self, place: Any, box: NumberBox, number: float) -> None:
        """Show the number at ``place`` of the value in its box; a subclass may show it counted from 1."""
        box.show_number(number)

    def typed(self, number: float) -> float:
        """The number to be set for one that was typed; a subclass may subtract 1 from an index."""
        return number

    # What the form uses

    def show_value(self, value: Any) -> None:
        self.fit(value)
        for place, box in self.shown_boxes():
            self.show_number(place, box, required(self.number_at(value, place)))

    def set_value(self, value: Any) -> None:
        before, self._value = self._value, value
        self.fit(value)
        for place, box in self.shown_boxes():
            number = required(self.number_at(value, place))
            if before is None or self.number_at(before, place) != number or not box.is_changed():
                self.show_number(place, box, number)
                self._reasons.pop(place, None)
        self._explain_first()

    def discard(self) -> None:
        self._reasons.clear()
        self.show_value(self._value)
        self._explain_first()

    def mark(self, bad: bool) -> None:
        for place, box in self.shown_boxes():
            box.set_bad(place in self._reasons)

    # What subclasses use

    def listen_to(self, box: NumberBox) -> None:
        """Connect the signals of a new number box to this control."""
        # Receivers are looked up by the sender, so that no closure outlives a box.
        box.entered.connect(self._entered)
        box.stepped.connect(self._stepped)
        box.left.connect(self.end_steps)
        box.given_up.connect(self._given_up)

    def step(self, place: Any, notches: int) -> None:
        """Increase the number at ``place`` by so many notches (steps of the scale); negative ones decrease it."""
        stepped = self._scale.stepped(required(self.number_at(self._value, place)), notches)
        self.step_to(self.with_number(place, stepped))

    # Entries

    def _sender(self) -> tuple[Any, NumberBox]:
        sender = self.sender()
        return next((place, box) for place, box in self.shown_boxes() if box is sender)

    def _entered(self, text: str) -> None:
        self._take(*self._sender(), text)

    def _stepped(self, notches: int) -> None:
        place, box = self._sender()
        if box.is_changed():
            self._take(place, box, box.text())
        if place not in self._reasons:
            self.step(place, notches)

    def _given_up(self) -> None:
        self._reasons.pop(self._sender()[0], None)
        self._explain_first()

    def _take(self, place: Any, box: NumberBox, text: str) -> None:
        try:
            value = self.field.check(self.with_number(place, self.typed(parse_real(text))))
        except Refused as refusal:
            self._reasons[place] = refusal.text
            self._explain_first()
            self.refused.emit(refusal.text)
        else:
            self._reasons.pop(place, None)
            self.show_number(place, box, required(self.number_at(value, place)))
            self._explain_first()
            self.enter(value)

    def _explain_first(self) -> None:
        self.explain(self._reasons[min(self._reasons)] if self._reasons else None)
