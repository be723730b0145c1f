"""The one object that tells the window that theme, size or language has changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Appearance(QObject):
    """Signals of the look of the whole program; `changed` follows each of the three others.

    The state itself is read from `gui.style.theme`, `gui.style.typography` and `gui.style.language`; it is already
    the new one when a signal arrives. Widgets get their own palette and font only with the next events, so a slot that
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
