"""Pending writes of files: closing the window waits for them, and a notice says what would be lost otherwise."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from engine.contract.text import Text
from gui.window.notice_bar import NoticeBar

_WAITS = Text(
    "{what} is still being made; the window closes as soon as it is written. Closing once more leaves it out."
)
_NOW = Text("Close without it")


class Promise(QObject):
    """A pending write, such as of a file that is being made in the background; one at a time. The parent is the object
    that writes. ``ended(kept)`` is emitted at the end: whether the file was written.
    """

    ended = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.what: Text | None = None

    def make(self, what: Text) -> None:
        """Begin a pending write; ``what`` is what is being written, as the beginning of a sentence."""
        self.what = what

    def end(self, kept: bool) -> None:
        """End the pending write: ``kept`` tells whether the file was written. Does nothing if none is pending."""
        if self.what is not None:
            self.what = None
            self.ended.emit(kept)


def open_promises(window: QWidget) -> list[Promise]:
    """The pending writes of a window and all its children."""
    return [one for one in window.findChildren(Promise) if one.what is not None]


class Promises(QObject):
    """Makes the closing of a window wait for the pending writes of the window and all its children."""

    def __init__(self, window: QWidget, notice: NoticeBar) -> None:
        super().__init__(window)
        self._window, self._notice = window, notice
        self._said: Text | None = None

    def holds_open(self) -> bool:
        """Whether closing must wait for a pending write; shows a notice if so. False if none is pending, or when the
        window is closed a second time.
        """
        promises = open_promises(self._window)
        if not promises or self._said is not None:
            return False
        for one in promises:
            one.ended.connect(self._look)
        what = promises[0].what
        assert what is not None  # it is open
        self._said = _WAITS(what=what)
        self._notice.show_text(self._said, remedy=(_NOW, self._close))
        return True

    @Slot(bool)
    def _look(self, kept: bool) -> None:
        """Called when a pending write has ended. Once all have succeeded the window closes; if one failed (``kept`` is
        False) it stays open, and the notice about waiting is hidden.
        """
        if self._said is None:
            return
        if not kept:
            self._notice.take_back(self._said)
            self._said = None
        elif not open_promises(self._window):
            QTimer.singleShot(0, self._window, self._close)

    @Slot()
    def _close(self) -> None:
        self._window.close()
