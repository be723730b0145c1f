"""The room of a stage on a page, which scrolls where large letters need more height than there is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsItem, QScrollArea, QWidget

from gui.stage.view import View
from gui.style.appearance import appearance, follow
from gui.style.typography import scaled, usual_zoom, zoom

_SEEN = 0.6
"""The share of a stage that is to be seen at once."""
_MARGIN = 24
"""Pixels that are seen around what the keys have reached."""


class StageRoom(QScrollArea):
    """In large letters a stage is as high as it must be to show all its parts, since a low one leaves some of them out;
    what the keys reach on it is scrolled into sight. Where less than most of it could be seen at once, it stays as low
    as the room, and so it does in a presentation.
    """

    def __init__(self, view: View[Any, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        # The stage takes the keys; a stop of Tab on the room itself could not be seen.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(view)
        view.reached.connect(self._show)
        view.stage.scene().focusItemChanged.connect(self._focus_moved)
        follow(self, appearance().zoom_changed, self._measure)
        self._measure()

    def _measure(self) -> None:
        needed = scaled(self._view.compact_below)
        is_large = usual_zoom() > 1 and zoom() == usual_zoom()
        self._view.setMinimumHeight(needed if is_large and self.height() >= _SEEN * needed else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _focus_moved(self, item: QGraphicsItem | None, *_: object) -> None:
        if item is not None:
            self._show(item.sceneBoundingRect())

    def _show(self, box: QRectF) -> None:
        """Scroll to a part of the scene, its top before the rest where it is higher than the room."""
        seen = self._view.stage.mapFromScene(box).boundingRect()
        lowest = min(seen.height() // 2 + _MARGIN, self.viewport().height() // 2)
        self.ensureVisible(seen.center().x(), seen.center().y(), 0, lowest)
