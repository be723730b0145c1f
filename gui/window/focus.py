"""Keyboard focus: focus rings, Enter that clicks buttons, and scrolling to the focused widget."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from gui.style.focus_ring import paint_focus_ring
from gui.style.running import running_application
from gui.style.tokens import GRID

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterClicks(QObject):
    """Makes Enter click the focused button of a window.

    It filters the events of the focused button only: a filter on the whole application is called for every event of
    every widget, which took 90 of the 800 ms of a change of language in a window with all pages.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        running_application().focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, QAbstractButton):
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton) and now.window() is self.parent():
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in _ENTER:
            return False
        if not isinstance(watched, QAbstractButton):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not watched.isEnabled():
            return False
        watched.click()
        return True


class FocusRing(QWidget):
    """A transparent widget that paints a focus ring ``inset`` pixels inside its own edge; ignores the mouse. Its
    creator sets its geometry.
    """

    def __init__(self, on: QWidget) -> None:
        super().__init__(on)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def inset(self) -> float:
        """The distance in pixels from the widget's edge to the middle of the ring's line."""
        return 2.5

    def paintEvent(self, event: QPaintEvent) -> None:
        inset = self.inset
        with QPainter(self) as painter:
            paint_focus_ring(painter, QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))


def take_away(ring: FocusRing | None) -> None:
    """Delete a focus ring, if there is one and it was not already deleted with its parent."""
    if ring is not None and isValid(ring):
        ring.hide()
        ring.deleteLater()


_PAINTED_BY_QT = (QPushButton, QToolButton, QComboBox)


class FocusRings(QObject):
    """Shows a ring around the button or combo box with the keyboard focus in a window and its dialogs, unless the focus
    came by mouse. Widgets that paint their own ring set the attribute ``rings_itself``.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._ring: _Ring | None = None
        self._pressed: QWidget | None = None
        running_application().focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        ring, self._ring = self._ring, None
        take_away(ring)
        if now is None or now.window().windowType() == Qt.WindowType.Popup:
            return  # it comes back
        # Whoever presses a button with the mouse sees where it is, also after choosing from its list.
        by_mouse = bool(QApplication.mouseButtons()) or now is self._pressed
        self._pressed = now if by_mouse else None
        if not by_mouse and self._serves(now):
            self._ring = _Ring(now)

    def _serves(self, widget: QWidget) -> bool:
        if not isinstance(widget, _PAINTED_BY_QT) or getattr(widget, "rings_itself", False):
            return False
        window = widget.window()
        while window is not self.parent():
            below: QWidget | None = window.parentWidget()
            if below is None:
                return False
            window = below.window()
        return True


class _Ring(FocusRing):
    """A focus ring over a widget that follows its size."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        around.installEventFilter(self)
        self.setGeometry(around.rect())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False


class FocusScrolling(QObject):
    """Scrolls the areas of a window to the widget that gets the focus. If that came by keyboard, all of the widget is
    made visible; if by mouse, it is scrolled to only if hardly any of it is visible, so that a click moves nothing.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        running_application().focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _: QWidget | None, focus: QWidget | None) -> None:
        if focus is None or focus.window() is not self.parent():
            return
        if QApplication.mouseButtons():
            bring_into_sight(focus, GRID)
            return
        bring_into_sight(focus)
        # What comes to be seen only now has its place once there is room for it.
        QTimer.singleShot(0, focus, lambda: bring_into_sight(focus))


def bring_into_sight(widget: QWidget, enough: int | None = None) -> None:
    """Scroll the area around a widget so that it is visible, if at most ``enough`` pixels of its height are; by
    default, if not all of it is. Of a widget that scrolls its own content, such as a text, a few pixels suffice.
    """
    area = _area_of(widget)
    if area is None or (content := area.widget()) is None or not content.isAncestorOf(widget):
        return
    place, room = QRect(widget.mapTo(area.viewport(), QPoint(0, 0)), widget.size()), area.viewport().rect()
    if enough is None:
        enough = GRID if isinstance(widget, QAbstractScrollArea) else min(place.height(), room.height()) - 1
    if room.intersected(place).height() <= enough:
        area.ensureWidgetVisible(widget, 0, GRID)


def show_part(widget: QWidget, part: QRect) -> None:
    """Scroll the area around a widget to ``part``, a rectangle in the widget's coordinates, such as that of a link."""
    area = _area_of(widget)
    if area is not None and (content := area.widget()) is not None and content.isAncestorOf(widget):
        place = QRect(widget.mapTo(content, part.topLeft()), part.size())
        area.ensureVisible(place.center().x(), place.center().y(), 0, place.height() // 2 + GRID)


def _area_of(widget: QWidget) -> QScrollArea | None:
    """The scroll area that contains a widget; None if there is none."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    return area
