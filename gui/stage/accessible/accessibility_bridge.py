"""What a stage has for somebody who does not see it while nobody listens: next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QGraphicsItem

from gui.spoken.spoken import Spoken
from gui.spoken.telling import is_listening
from gui.stage.keys.keys import StageKeys
from gui.stage.stage_host import StageHost

if TYPE_CHECKING:
    from gui.stage.accessible.speaker import StageSpeaker


class AccessibilityBridge(QObject):
    """Hands over to the speaker, which knows every kind of picture and is made only once somebody listens."""

    def __init__(self, view: StageHost, keys: StageKeys) -> None:
        super().__init__(view.stage)
        self._view, self._keys = view, keys
        self._speaker: StageSpeaker | None = None
        view.stage.spoken_by(self.spoken)
        view.stage.scene().focusItemChanged.connect(self._item_focused)

    @property
    def speaker(self) -> StageSpeaker:
        """Who speaks for the stage."""
        if self._speaker is None:
            from gui.stage.accessible.speaker import StageSpeaker

            self._speaker = StageSpeaker(self._view, self._keys)
        return self._speaker

    def spoken(self) -> Spoken:
        """What the stage is as a whole."""
        return self.speaker.spoken()

    def drawn(self) -> None:
        """Another frame is shown."""
        if is_listening():
            self.speaker.drawn()

    def focused(self, part: QObject) -> None:
        """The keys are with a handle or a control now."""
        if is_listening() and self._view.stage.hasFocus():
            # After what Qt says of the stage itself, which has the focus.
            QTimer.singleShot(0, self, lambda: self.speaker.focused(part))

    def _item_focused(self, item: QGraphicsItem | None) -> None:
        if isinstance(item, QObject) and item in self._keys.controls:
            self.focused(item)
