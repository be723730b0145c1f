"""A slider that jumps to a click, reacts to the wheel only with the focus, and is filled from zero; and its scales."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from engine.contract.text import EMPTY, Text
from gui.spoken.spoken import Spoken, SpokenNumber
from gui.style.api import px, theme, translate
from gui.style.focus_ring import paint_focus_ring

# More notches than pixels on any screen would only make a slider's keys slow.
_MOST_NOTCHES = 10_000


class Scale(ABC):
    """Maps the slider's integer positions 0 to ``last`` (notches) to values; ``position(value(p)) == p`` for each."""

    last: int

    @abstractmethod
    def value(self, position: int) -> float:
        """The value at this position of the slider."""

    @abstractmethod
    def position(self, value: float) -> int:
        """The position of the slider whose value is nearest to ``value``."""

    @property
    def origin(self) -> int:
        """The position from which the slider is filled with colour: that of the value 0 if it lies inside the range,
        else the first.
        """
        return self.position(0.0) if self.value(0) < 0 < self.value(self.last) else 0

    @abstractmethod
    def stepped(self, value: float, steps: int) -> float:
        """The value ``steps`` notches above ``value`` (below, if negative), kept within the range."""


class LinearScale(Scale):
    """A scale of notches ``step`` apart from ``minimum`` to ``maximum``, computed with ``Decimal`` for exact digits."""

    def __init__(self, minimum: float, maximum: float, step: float) -> None:
        self._minimum, self._maximum, self._step = (Decimal(repr(number)) for number in (minimum, maximum, step))
        notches = math.ceil((self._maximum - self._minimum) / self._step)
        self._notch = self._step * math.ceil(notches / _MOST_NOTCHES)
        self.last = max(1, math.ceil((self._maximum - self._minimum) / self._notch))

    def value(self, position: int) -> float:
        return float(min(self._minimum + position * self._notch, self._maximum))

    def position(self, value: float) -> int:
        below = int((Decimal(repr(value)) - self._minimum) / self._notch)
        near = [max(0, min(self.last, position)) for position in (below, below + 1)]
        return min(near, key=lambda position: abs(self.value(position) - value))

    def stepped(self, value: float, steps: int) -> float:
        return float(max(self._minimum, min(self._maximum, Decimal(repr(value)) + steps * self._step)))


class LogScale(Scale):
    """A logarithmic scale of notches about a ``factor`` apart, all of them round numbers, powers of ten included."""

    def __init__(self, minimum: float, maximum: float, factor: float) -> None:
        decades = math.log10(maximum) - math.log10(minimum)
        per_decade = max(1, min(round(1 / math.log10(factor)), int(_MOST_NOTCHES / max(1.0, decades))))
        exponents = range(math.ceil(math.log10(minimum) * per_decade), math.floor(math.log10(maximum) * per_decade) + 1)
        inner = {_rounded(10 ** (exponent / per_decade), 10 ** (1 / per_decade)) for exponent in exponents}
        self._values = sorted({minimum, maximum, *(value for value in inner if minimum < value < maximum)})
        self.last = len(self._values) - 1

    def value(self, position: int) -> float:
        return self._values[position]

    def position(self, value: float) -> int:
        above = min(self.last, bisect_left(self._values, value))
        near = [max(0, above - 1), above]
        return min(near, key=lambda position: abs(math.log(self._values[position] / value)))

    def stepped(self, value: float, steps: int) -> float:
        if steps >= 0:
            position = bisect_right(self._values, value) - 1 + steps
        else:
            position = bisect_left(self._values, value) + steps
        return self._values[max(0, min(self.last, position))]


def _rounded(value: float, factor: float) -> float:
    """``value``, rounded to a multiple of a round unit (1, 2 or 5 times a power of ten) that is no larger than the
    distance ``value * (factor - 1)`` to the next notch.
    """
    notch = value * min(factor - 1, 1.0) * 1.05
    power = math.floor(math.log10(notch))
    step = next(digit for digit in (5, 2, 1) if digit <= notch / 10.0**power or digit == 1)
    # Multiplied out in decimal, so that the number is as one would write it.
    unit = Decimal(step).scaleb(power)
    return float(round(Decimal(value) / unit) * unit)


# Key: notches, with PageUp and PageDown going ten.
STEPS: dict[int, int] = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 10,
    Qt.Key.Key_PageDown: -10,
}
_SLIDER_STEPS = {**STEPS, Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


class Slider(QSlider):
    """A slider over a ``Scale``. ``slid(position)`` is emitted while it is dragged, ``released()`` at the end.

    ``stepped(notches)`` is emitted by keys and wheel: whoever receives it steps from the exact value, which may lie
    between two positions.
    """

    slid = Signal(int)
    released = Signal()
    stepped = Signal(int)

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, scale.last)
        self._origin = scale.origin
        self._scale = scale
        self._value, self._words = 0.0, EMPTY
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._value_changed)
        self.sliderReleased.connect(self.released)

    def say_value(self, value: float, words: Text) -> None:
        """Set what screen readers are told: the value, instead of the position, as a number and in words."""
        self._value, self._words = value, words

    def spoken(self) -> Spoken:
        """Role, name, value and range of the slider for screen readers."""
        scale = self._scale
        number = SpokenNumber(self._value, scale.value(0), scale.value(scale.last), set=self._set)
        name, tip = self.accessibleName(), self.accessibleDescription()
        return Spoken(QAccessible.Role.Slider, name, translate(self._words), tip, number)

    def show_position(self, position: int) -> None:
        """Move the handle without emitting ``slid``."""
        blocked = self.blockSignals(True)
        self.setValue(position)
        self.blockSignals(blocked)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(48), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        # Fusion fills from the left end, so that −0.2 would look like much; and it does not grow with the zoom.
        colors = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle, thickness = self.height() / 2, px(4)
            left, handle, right = (
                self._x(position) for position in (self.minimum(), self.sliderPosition(), self.maximum())
            )
            origin = self._x(self._origin)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.hairline))
            groove = QRectF(left, middle - thickness / 2, right - left, thickness)
            painter.drawRoundedRect(groove, thickness / 2, thickness / 2)
            active = colors.accent if self.isEnabled() else colors.disabled_text
            painter.setBrush(QColor(active))
            painter.drawRect(QRectF(min(origin, handle), middle - thickness / 2, abs(handle - origin), thickness))
            if self._origin:
                painter.drawRect(QRectF(origin - 1, middle - thickness, 2, 2 * thickness))
            radius = px(7)
            if self.hasFocus():
                ring = min(radius + px(3), middle - 2)
                paint_focus_ring(painter, QRectF(handle - ring, middle - ring, 2 * ring, 2 * ring), ring)
            painter.setBrush(QColor(colors.surface))
            painter.setPen(QPen(QColor(active), px(2)))
            painter.drawEllipse(QPointF(handle, middle), radius, radius)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(super().sizeHint().height(), px(22)))

    def _x(self, position: int) -> float:
        """The x coordinate in pixels of the handle's centre at ``position``, computed as the style does, which decides
        whether a click hits the handle.
        """
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, control = self.style(), QStyle.ComplexControl.CC_Slider
        handle = style.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self).width()
        room = self.width() - handle
        offset = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), position, room)
        return offset + handle / 2

    def _set(self, value: float) -> None:
        """Emit ``slid`` and ``released`` for a value that a screen reader has set."""
        self.slid.emit(self._scale.position(value))
        self.released.emit()

    def _value_changed(self, position: int) -> None:
        if self.isSliderDown():
            self.slid.emit(position)

    # Events

    def event(self, event: QEvent) -> bool:
        # Without this the window's own PageUp and PageDown would take these keys away.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _wanted(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _wanted(event):
            super().keyPressEvent(event)
        elif event.key() in _ENDS:
            self.stepped.emit(self.maximum() * (1 if event.key() == Qt.Key.Key_End else -1))
        else:
            self.stepped.emit(_SLIDER_STEPS[event.key()])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            style, control = self.style(), QStyle.ComplexControl.CC_Slider
            handle = style.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self)
            groove = style.subControlRect(control, option, QStyle.SubControl.SC_SliderGroove, self)
            place = event.position().toPoint()
            if not handle.contains(place):
                offset = place.x() - groove.x() - handle.width() // 2
                room = groove.width() - handle.width()
                position = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), offset, room)
                # Down first, so that the jump counts as the beginning of a drag.
                self.setSliderDown(True)
                self.setSliderPosition(position)
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        wheel_steps(self, self.stepped, event)


def wheel_steps(widget: QWidget, stepped: SignalInstance, event: QWheelEvent) -> None:
    """Emit ``stepped`` for a wheel event if ``widget`` has the focus; otherwise let the panel scroll."""
    notches = event.angleDelta().y()
    if widget.hasFocus() and notches:
        stepped.emit(1 if notches > 0 else -1)
        event.accept()
    else:
        event.ignore()


def _wanted(event: QKeyEvent) -> bool:
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return plain and (event.key() in _SLIDER_STEPS or event.key() in _ENDS)
