"""The bases of controls on the stage with several options, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from gui.plots.drawing.api import GRID, PixelPainter, Role, brush, font, px, theme
from gui.plots.drawing.stage_item import Control

_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class ChoosingItem(Control):
    """A control with options; emits ``chosen`` with the value chosen by click or arrow keys.

    A subclass returns each option's rectangle by ``box`` and reserves room for all in ``measure``.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.options: tuple[tuple[str, str], ...] = ()
        """The options as (value, translated name)."""
        self.value = ""

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Set the options as (value, translated name); applies the current fonts and colours."""
        self.options = tuple(options)
        self.measure()

    def show_value(self, value: str) -> None:
        """Show the option with this value as chosen."""
        self.value = value
        self.update()

    def box(self, value: str) -> QRectF:
        """The rectangle of an option, in item coordinates."""
        raise NotImplementedError

    def measure(self) -> None:
        """Set the item's size to what the options need; implemented by subclasses."""
        raise NotImplementedError

    def option_at(self, place: QPointF) -> str | None:
        """The value of the option at a point in item coordinates; None if there is none."""
        return next((value for value, _ in self.options if self.box(value).contains(place)), None)

    def choose(self, value: str) -> None:
        """Emit ``chosen`` with the value of an option that the user has clicked or reached with arrow keys."""
        if value != self.value:
            self.chosen.emit(value)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        value = self.option_at(event.pos())
        if value is not None:
            self.choose(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [value for value, _ in self.options]
        if event.key() not in _STEPS or self.value not in values:
            event.ignore()
            return
        index = values.index(self.value) + _STEPS[event.key()]
        if 0 <= index < len(values):
            self.choose(values[index])


class RowItem(ChoosingItem):
    """Options side by side, ``gap`` pixels apart, each as wide as its name with ``padding`` on both sides.

    Exported figures do not show it.
    """

    in_figures = False
    gap, padding = 0, 12

    def box(self, value: str) -> QRectF:
        left = 1.0
        for (option, _), width in zip(self.options, self.widths(), strict=True):
            if option == value:
                return QRectF(left, 1, width, self.size().height() - 2)
            left += width + self.gap
        return QRectF()

    def measure(self) -> None:
        width = sum(self.widths()) + self.gap * max(0, len(self.options) - 1) + 2
        self.take_room(width, QFontMetricsF(font("text")).height() + px(8), "not")

    def widths(self) -> list[float]:
        """The width of each option in pixels."""
        metrics = QFontMetricsF(font("text"))
        return [metrics.horizontalAdvance(name) + 2 * px(self.padding) for _, name in self.options]


_STEPS_OF_STEP_CHIP: dict[int, int] = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Home: -1_000_000,
    Qt.Key.Key_End: 1_000_000,
}  # fmt: skip


class StepChip(Control):
    """A chip, visible while it has the keyboard focus, that is stepped by arrow keys, Home and End.

    ``stepped`` carries by how many values to move on, negative backwards.
    """

    in_figures = False
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        # Above all that is drawn, and nothing that a pointer could meet.
        self.setZValue(200)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setAcceptHoverEvents(False)

    def show_words(self, words: str) -> None:
        """Set the text of the chip: the value that is chosen."""
        if words != self.words:
            self.words = words
            self.restyle()

    def restyle(self) -> None:
        """Set the size needed for the words."""
        metrics = QFontMetricsF(font("text"))
        self.resize(metrics.horizontalAdvance(f"◂ {self.words} ▸") + px(20), metrics.height() + px(8))
        self.update()

    def draw(self, sketch: PixelPainter) -> None:
        if self.hasFocus():
            box = QRectF(2, 2, self.size().width() - 4, self.size().height() - 4)
            sketch.panel(box, theme().raised, theme().control_outline, radius=4)
            sketch.words(f"◂ {self.words} ▸", box, "text")
            sketch.focus(box, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS_OF_STEP_CHIP:
            self.stepped.emit(_STEPS_OF_STEP_CHIP[event.key()])
        else:
            event.ignore()


_WIDEST = 190


class ChipsItem(ChoosingItem):
    """Options as chips, each with a name and a second line."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: tuple[str, ...] = ()
        self._low = False

    def set_low(self, low: bool) -> None:
        """Hide (True) or show the second lines of the chips."""
        self._low = low
        self.measure()

    def show_notes(self, notes: Sequence[str]) -> None:
        """Set the second lines, one for each chip."""
        self._notes = tuple(notes)
        self.update()

    def box(self, value: str) -> QRectF:
        """The rectangle of a chip, in item coordinates."""
        index = [name for name, _ in self.options].index(value)
        count = len(self.options)
        gap = float(px(26))
        width = min(float(px(_WIDEST)), (self.size().width() - 2 - gap * (count - 1)) / count)
        left = (self.size().width() - count * width - (count - 1) * gap) / 2
        return QRectF(left + index * (width + gap), 1, width, self.size().height() - 2)

    def measure(self) -> None:
        second = 0 if self._low else QFontMetricsF(font("notes")).height()
        self.take_room(px(240), QFontMetricsF(font("strong")).height() + px(8) + second, "across")

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        values = [value for value, _ in self.options]
        reached = values.index(self.value) if self.value in values else -1
        for index, (value, name) in enumerate(self.options):
            box = self.box(value)
            is_chosen = index == reached
            fill = colors.accent if is_chosen else colors.selection_fill if index < reached else colors.surface
            ink = colors.accent_text if is_chosen else colors.text if index < reached else colors.muted_text
            sketch.panel(box, fill, colors.control_outline, radius=px(6))
            if is_chosen and self.hasFocus():
                inset = px(2)
                sketch.focus(box.adjusted(inset, inset, -inset, -inset), px(5))
            note = self._notes[index] if index < len(self._notes) and not self._low else ""
            _draw_words(sketch, box, f"{index + 1} {name}", note, ink)
            if index:
                _draw_arrow(sketch, self.box(values[index - 1]).right(), box)


def _draw_words(sketch: PixelPainter, box: QRectF, name: str, note: str, ink: str) -> None:
    role: Role = "strong" if sketch.width_of(name, "strong") <= box.width() - px(6) else "notes"
    first, second = box, QRectF()
    if note:
        first = QRectF(box.left(), box.top() + px(3), box.width(), sketch.height_of("strong"))
        second = QRectF(box.left(), first.bottom(), box.width(), sketch.height_of())
    sketch.words(name, first, role, ink)
    sketch.words(note, second, color=ink)


def _draw_arrow(sketch: PixelPainter, start: float, box: QRectF) -> None:
    color = theme().control_outline
    y, foot, tip, side = box.center().y(), start + px(4), box.left() - px(4), px(4)
    sketch.line(QPointF(foot, y), QPointF(tip - side, y), color, 1.5)
    sketch.painter.setPen(Qt.PenStyle.NoPen)
    sketch.painter.setBrush(brush(color))
    base = tip - px(6)
    sketch.painter.drawPolygon(QPolygonF([QPointF(tip, y), QPointF(base, y - side), QPointF(base, y + side)]))


class ButtonsItem(RowItem):
    """Buttons side by side; emits ``pressed`` with a button's id. Arrow keys move between buttons, Enter presses."""

    pressed = Signal(str)

    gap, padding = GRID, 10

    def __init__(self) -> None:
        super().__init__()
        self._down: str | None = None
        self._inviting = self._lit = ""

    def invite(self, name: str) -> None:
        """Emphasize the button with this id as the one to press first; none if there is no such button."""
        if name != self._inviting:
            self._inviting = name
            self.update()

    def light(self, name: str) -> None:
        """Show the button with this id as active, because its effect is in force at present; none if there is no such
        button.
        """
        if name != self._lit:
            self._lit = name
            self.update()

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        super().set_options(options)
        if self.value not in dict(options):
            self.value = options[0][0]

    def choose(self, value: str) -> None:
        """Make this the button that Enter will press."""
        self.show_value(value)

    def draw(self, sketch: PixelPainter) -> None:
        colors = theme()
        for name, words in self.options:
            invites = name == self._inviting and not self._exporting
            stands_out = name in (self._down, self._lit)
            fill = colors.handle if invites else colors.selection_fill if stands_out else colors.raised
            focused = self.hasFocus() and name == self.value
            sketch.panel(self.box(name), fill, colors.control_outline, radius=4)
            if focused:
                sketch.focus(self.box(name).adjusted(2, 2, -2, -2))
            sketch.words(words, self.box(name), "text", colors.surface if invites else None)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._down = self.option_at(event.pos())
        self.update()

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        pressed, self._down = self._down, None
        self.update()
        if pressed is not None and pressed == self.option_at(event.pos()):
            # Enter presses it again.
            self.choose(pressed)
            self.pressed.emit(pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit(self.value)
        else:
            super().keyPressEvent(event)


class SegmentedItem(RowItem):
    """Options side by side as a segmented control."""

    def draw(self, sketch: PixelPainter) -> None:
        if not self.options:
            return
        colors, radius = theme(), px(4)
        whole = QRectF(1, 1, sum(self.widths()), self.size().height() - 2)
        bar = QPainterPath()
        bar.addRoundedRect(whole, radius, radius)
        sketch.painter.fillPath(bar, brush(colors.surface))
        for value, name in self.options:
            box, is_on = self.box(value), value == self.value
            if is_on:
                piece = QPainterPath()
                piece.addRect(box)
                sketch.painter.fillPath(bar.intersected(piece), brush(colors.accent))
            sketch.words(name, box, "text", colors.accent_text if is_on else colors.text)
        sketch.frame(whole, colors.control_outline, radius=radius)
        if self.hasFocus():
            inset = px(2)
            sketch.focus(self.box(self.value).adjusted(inset, inset, -inset, -inset), 2)
