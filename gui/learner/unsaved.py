"""What was done and is not on the disk: said once, tried again and again, and asked about before the window closes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.contract.text.text import Text
from gui.app.settings import Settings
from gui.learner.learner import Learner
from gui.style.language import translate
from gui.window.notice_bar import BRIEF, NoticeBar
from gui.window.question_box import question_box

EVERY_MS = 1000
_NOT_SAVED = Text("{reason} What you do is not saved for now; it will be tried again.")
_SAVED = Text("What you have done is saved now.")
_CLOSE = Text("Close without saving what you have done?")
_REASON = Text(
    "{reason} When the window closes, the latest answers and marks are lost. Export progress in the menu can keep them"
    " in another place."
)
_YES = Text("Close")
_AGAIN = Text("Try again")
_NO = Text("Stay")


class UnsavedProgress(QObject):
    """Watches over what the learner does in one window."""

    def __init__(self, window: QWidget, notice: NoticeBar, settings: Settings, learner: Learner) -> None:
        super().__init__(window)
        self._window, self._notice, self._settings = window, notice, settings
        self._said: Text | None = None
        self._given_up = False
        self._box: QMessageBox | None = None
        self._again = QTimer(self)
        self._again.setInterval(EVERY_MS)
        self._again.timeout.connect(self.try_again)
        learner.changed.connect(self._look)

    @Slot()
    def try_again(self) -> None:
        """Try to save it once more."""
        self._settings.save()
        self._look()

    def holds_open(self) -> bool:
        """Whether the window is to stay open, since it is being asked what to do; what can be saved now is saved."""
        self.try_again()
        reason = self._settings.unsaved
        if reason is None or self._given_up:
            return False
        self._ask(reason)
        return True

    @Slot()
    def _look(self) -> None:
        reason = self._settings.unsaved
        if reason is None and self._said is not None:
            self._again.stop()
            self._notice.take_back(self._said)
            self._said = None
            self._notice.show_text(_SAVED, BRIEF)
        elif reason is not None and self._said is None:
            self._said = _NOT_SAVED(reason=reason)
            self._notice.show_text(self._said)
            self._again.start()

    def _ask(self, reason: Text) -> None:
        if self._box is not None:
            return
        self._box = box = question_box(self._window, translate(_CLOSE), translate(_REASON(reason=reason)))
        box.addButton(translate(_YES), QMessageBox.ButtonRole.DestructiveRole).clicked.connect(self._close)
        again = box.addButton(translate(_AGAIN), QMessageBox.ButtonRole.AcceptRole)
        again.clicked.connect(self._window.close, Qt.ConnectionType.QueuedConnection)
        no = box.addButton(translate(_NO), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(again)
        box.setEscapeButton(no)
        box.finished.connect(self._answered)
        # Not waited for: the system, too, may ask the window to close.
        box.open()

    @Slot()
    def _answered(self) -> None:
        self._box = None

    @Slot()
    def _close(self) -> None:
        self._given_up = True
        self._window.close()
