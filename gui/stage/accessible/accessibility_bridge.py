"""Creates the accessible objects of a stage only once a screen reader asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QGraphicsItem

from gui.spoken.spoken import Spoken, is_listening
from gui.stage.keys import StageKeys
from gui.stage.stage_host import StageHost

if TYPE_CHECKING:
    from gui.stage.accessible.speaker import StageSpeaker


class AccessibilityBridge(QObject):
    """Passes events of a stage to its ``StageSpeaker``, which is created only once a screen reader is active."""

    def __init__(self, view: StageHost, keys: StageKeys) -> None:
        super().__init__(view.stage)
        self._view, self._keys = view, keys
        self._speaker: StageSpeaker | None = None
        view.stage.spoken_by(self.spoken)
        view.stage.scene().focusItemChanged.connect(self._item_focused)

    @property
    def speaker(self) -> StageSpeaker:
        """The object that describes the stage to screen readers, made on first use."""
        if self._speaker is None:
            from gui.stage.accessible.speaker import StageSpeaker

            self._speaker = StageSpeaker(self._view, self._keys)
        return self._speaker

    def spoken(self) -> Spoken:
        """The accessible description of the stage as a whole."""
        return self.speaker.spoken()

    def drawn(self) -> None:
        """Tell the speaker, if there is one, that another frame is shown."""
        if is_listening():
            self.speaker.drawn()

    def focused(self, part: QObject) -> None:
        """Tell the screen reader, if one is active, that this handle or control has got the keyboard focus."""
        if is_listening() and self._view.stage.hasFocus():
            # After what Qt says of the stage itself, which has the focus.
            QTimer.singleShot(0, self, lambda: self.speaker.focused(part))

    def _item_focused(self, item: QGraphicsItem | None) -> None:
        if isinstance(item, QObject) and item in self._keys.controls:
            self.focused(item)
