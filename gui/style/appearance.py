"""The one object that emits signals when theme, size or language has changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

_RESTS = "layerwise_rests"


class Appearance(QObject):
    """Signals for changes of the whole program's look: theme, size, language; ``changed`` follows each of these three.

    The state itself is read from `gui.style.theme`, `gui.style.typography` and `gui.style.language`; it is already the
    new one when a signal arrives. Widgets get their own palette and font only with the next events, so a slot that
    repaints something reads the theme, not `self.palette()`.
    """

    theme_changed = Signal()
    zoom_changed = Signal()
    language_changed = Signal()
    changed = Signal()

    def announce_theme(self) -> None:
        self.theme_changed.emit()
        self.changed.emit()

    def announce_zoom(self) -> None:
        self.zoom_changed.emit()
        self.changed.emit()

    def announce_language(self) -> None:
        self.language_changed.emit()
        self.changed.emit()


_appearance: Appearance | None = None


def appearance() -> Appearance:
    """The appearance object, made at the first call."""
    global _appearance
    if _appearance is None:
        _appearance = Appearance()
    return _appearance


class _Follower(QObject):
    """Calls ``dress`` for a widget when a signal arrives; while the widget rests (is hidden), only once it is woken
    up.
    """

    _count = 0

    def __init__(self, widget: QWidget, signal: SignalInstance, dress: Callable[[], object]) -> None:
        super().__init__(widget)
        self._widget, self._dress = widget, dress
        self.is_behind = False
        _Follower._count += 1
        # As the signals come: what changed at first, in the order in which it was followed.
        self.turn = (signal == appearance().changed, _Follower._count)
        signal.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        if _is_resting(self._widget):
            self.is_behind = True
        else:
            self.catch_up()

    def catch_up(self) -> None:
        self.is_behind = False
        self._dress()


def connect_while_visible(widget: QWidget, signal: SignalInstance, dress: Callable[[], object]) -> None:
    """Call ``dress`` at each emission of an appearance signal. While ``widget`` rests (see ``let_rest``), calls are
    postponed to a single one when it is woken up.
    """
    _Follower(widget, signal, dress)


def let_rest(page: QWidget) -> None:
    """Postpone the restyling of a hidden page and all widgets in it until ``wake``."""
    page.setProperty(_RESTS, True)


def wake(page: QWidget) -> None:
    """End a page's rest and restyle the widgets whose appearance changed meanwhile."""
    page.setProperty(_RESTS, False)
    behind = [one for one in page.findChildren(_Follower) if one.is_behind]
    for follower in sorted(behind, key=lambda one: one.turn):
        follower.catch_up()


def _is_resting(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.property(_RESTS):
            return True
        widget = widget.parentWidget()
    return False
