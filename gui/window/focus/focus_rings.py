"""The ring around buttons and lists that Qt paints: what its style draws there is hardly to be seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QToolButton, QWidget

from gui.style.running import running_application
from gui.window.focus.focus_ring import FocusRing, take_away

_PAINTED_BY_QT = (QPushButton, QToolButton, QComboBox)


class FocusRings(QObject):
    """Lives as long as its window, and serves that and its dialogs. What paints its own ring says ``rings_itself``."""

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
    """Lies over a widget for as long as that has the keys."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        around.installEventFilter(self)
        self.setGeometry(around.rect())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False
