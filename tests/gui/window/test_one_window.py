"""While a page is built nothing of it stands on the screen as a window of its own, for a moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.window.shown import shown


class _Windows(QObject):
    """Notes what is shown as a window while it looks."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.kinds.append(type(watched).__name__)
        return False


def test_opening_an_experiment_shows_no_window_but_its_own(qtbot, window):
    """A widget without a parent that is told to be visible becomes a window: it flashes, and it takes its time."""
    window.show()
    watch = _Windows()
    QApplication.instance().installEventFilter(watch)
    try:
        for experiment_id in ("gates", "training"):
            shown(qtbot, window, experiment_id)
        window.show_overview()
    finally:
        QApplication.instance().removeEventFilter(watch)
    assert not watch.kinds
