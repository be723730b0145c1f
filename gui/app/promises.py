"""What the window has promised to write and has not written yet: closing waits for it, or says what would be lost."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from engine.contract.text.text import Text
from gui.window.notice_bar import NoticeBar

_WAITS = Text(
    "{what} is still being made; the window closes as soon as it is written. Closing once more leaves it out."
)
_NOW = Text("Close without it")


class Promise(QObject):
    """One thing at a time that its parent has promised to write; ``ended(kept)`` says whether it came to that."""

    ended = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.what: Text | None = None

    def make(self, what: Text) -> None:
        """Promise ``what``, as the beginning of a sentence."""
        self.what = what

    def end(self, kept: bool) -> None:
        """It is written, or it never will be; nothing where nothing was promised."""
        if self.what is not None:
            self.what = None
            self.ended.emit(kept)


def open_promises(window: QWidget) -> list[Promise]:
    """What a window and its parts have promised and not written yet."""
    return [one for one in window.findChildren(Promise) if one.what is not None]


class Promises(QObject):
    """Watches over what one window has promised, whichever of its parts has."""

    def __init__(self, window: QWidget, notice: NoticeBar) -> None:
        super().__init__(window)
        self._window, self._notice = window, notice
        self._said: Text | None = None

    def holds_open(self) -> bool:
        """Whether the window is to stay open until something is written; no longer where it is asked to close again."""
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
        """Close the window once everything is written; where something could not be, it stays, and that is said."""
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
