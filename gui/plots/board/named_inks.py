"""A selectable legend: each curve has an entry with its line style, its name and a note, such as its newest value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from gui.plots.board.choosing import ChoosingItem
from gui.plots.drawing.api import CENTRE, LEFT, PixelPainter, Role, curve_color, curve_pen, font, px, theme

_SAMPLE, _GAP, _WIDEST = 26, 6, 150
_LEFT, _RIGHT, _NUMBER = 6, 4, "0.0000"
"""The margins of the words in their box in pixels, and the widest value for which there is room."""


@dataclass(frozen=True)
class NamedInk:
    """A legend entry for the curve with style ``number``; ``notes`` are wordings of the note below its name, fullest
    first.
    """

    value: str
    number: int
    notes: tuple[str, ...]


class NamedInks(ChoosingItem):
    """A legend that is a control. ``set_options`` sets the names, ``show_inks`` the entries that can be chosen;
    together these fill the width.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}
        self._inks: tuple[NamedInk, ...] = ()
        self._samples = True
        self._shared_role: Role | None = None

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        self._names = dict(options)
        super().set_options(options)
        self.show_inks(self._inks)

    def show_inks(self, inks: Sequence[NamedInk]) -> None:
        """Show these legend entries, in this order."""
        self._inks = tuple(inks)
        self.options = tuple((ink.value, self._names[ink.value]) for ink in inks if ink.value in self._names)
        self.update()

    @property
    def inks(self) -> tuple[NamedInk, ...]:
        """The legend entries shown, in order."""
        return self._inks

    def box(self, value: str) -> QRectF:
        gap, widths = px(_GAP), self._widths()
        index = [ink.value for ink in self._inks].index(value)
        return QRectF(1 + sum(widths[:index]) + index * gap, 1, widths[index], self.size().height() - 2)

    def _widths(self) -> list[float]:
        """The width of each entry in pixels: all equal, unless the longest name needs more and shorter ones can spare
        it.
        """
        count = max(1, len(self._inks))
        room = self.size().width() - 2 - px(_GAP) * (count - 1)
        alike = min(float(px(_WIDEST)), room / count)
        advance, margins = QFontMetricsF(font("notes")).horizontalAdvance, px(_LEFT) + px(_RIGHT) + 1
        # A width does not depend on the number of the moment, or the boxes would move while a run goes on.
        needed = [margins + max(advance(self._names.get(ink.value, "")), advance(_NUMBER)) for ink in self._inks]
        spare = (room - sum(needed)) / count
        if max(needed, default=0.0) <= alike or spare < 0:
            return [alike] * count
        return [width + spare for width in needed]

    def measure(self) -> None:
        lines = QFontMetricsF(font("strong")).height() + QFontMetricsF(font("notes")).height()
        self.take_room(px(240), lines + px(6), "across")

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        boxes = {ink.value: self._inner(ink) for ink in self._inks}
        # All with a sample of their ink, the names smaller if need be, or none: else some would seem to be others.
        roles: tuple[Role, Role] = ("strong", "notes")
        self._shared_role = next((role for role in roles if self._have_room(sketch, role)), None)
        self._samples = self._shared_role is not None
        for ink, note in zip(self._inks, self.wordings(sketch), strict=True):
            box, is_chosen = self.box(ink.value), ink.value == self.value
            fill, rim = (colors.selection_fill, colors.text) if is_chosen else (colors.surface, colors.hairline)
            sketch.panel(box, fill, rim, 1.5 if is_chosen else 1, radius=px(5))
            if is_chosen and self.hasFocus():
                sketch.focus(box.adjusted(2, 2, -2, -2), px(4))
            self._draw_words(sketch, boxes[ink.value], ink, note)

    def wordings(self, sketch: PixelPainter) -> list[str]:
        """The note below each name: the fullest wording for which all notes have room."""
        lead = px(_SAMPLE) + px(6) if self._samples else 0.0
        rooms = [self._inner(ink).width() - lead for ink in self._inks]
        for number in range(max((len(ink.notes) for ink in self._inks), default=0)):
            told = [ink.notes[min(number, len(ink.notes) - 1)] if ink.notes else "" for ink in self._inks]
            if all(sketch.width_of(words) <= room for words, room in zip(told, rooms, strict=True)):
                return told
        return [""] * len(self._inks)

    def _inner(self, ink: NamedInk) -> QRectF:
        return self.box(ink.value).adjusted(px(_LEFT), px(2), -px(_RIGHT), -px(2))

    def _name(self, ink: NamedInk) -> str:
        return self._names.get(ink.value, "")

    def _have_room(self, sketch: PixelPainter, role: Role) -> bool:
        """Whether all names in this font, and their shortest notes, have room beside a sample of their curves."""
        lead = px(_SAMPLE) + px(6)
        widths = [
            max(sketch.width_of(self._name(ink), role), *map(sketch.width_of, ink.notes[-1:] or ("",)))
            for ink in self._inks
        ]
        rooms = [self._inner(ink).width() - lead for ink in self._inks]
        return all(width <= room for width, room in zip(widths, rooms, strict=True))

    def _role(self, sketch: PixelPainter, ink: NamedInk) -> Role:
        if self._shared_role is not None:
            return self._shared_role
        return "strong" if sketch.width_of(self._name(ink), "strong") <= self._inner(ink).width() else "notes"

    def _draw_words(self, sketch: PixelPainter, box: QRectF, ink: NamedInk, note: str) -> None:
        role, align = self._role(sketch, ink), CENTRE
        first = QRectF(box.left(), box.top(), box.width(), sketch.height_of("strong"))
        second = QRectF(box.left(), first.bottom(), box.width(), sketch.height_of())
        if self._samples:
            y = first.center().y()
            sketch.painter.setPen(curve_pen(ink.number, 2.6))
            sketch.painter.drawLine(QPointF(box.left(), y), QPointF(box.left() + px(_SAMPLE), y))
            first.setLeft(box.left() + px(_SAMPLE) + px(6))
            second.setLeft(first.left())
            align = LEFT
        sketch.words(sketch.elided(self._name(ink), first.width(), role), first, role, curve_color(ink.number), align)
        sketch.words(note, second, color=theme().muted_text, align=align)
