"""The room of a stage on a page, which scrolls where a stage needs more height than there is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtWidgets import QGraphicsItem, QWidget

from gui.stage.inviting import inviting_handle
from gui.stage.view import View
from gui.style.appearance import appearance, connect_while_visible
from gui.style.typography import px, usual_zoom, zoom
from gui.window.page_area import PageArea

_MARGIN = 24
"""Pixels that are seen around what the keys have reached."""


class StageRoom(PageArea):
    """A stage is as high as it must be to show all its parts, since a low one leaves some of them out.

    What invites, and what the keys reach on it, is scrolled into sight. In a presentation, where nobody scrolls, it is
    as low as the room.
    """

    def __init__(self, view: View[Any, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setWidget(view)
        view.reached.connect(self._show)
        view.stage.scene().focusItemChanged.connect(self._focus_moved)
        # Once the layout has made room for what invites.
        self._settles = QTimer(self)
        self._settles.setSingleShot(True)
        self._settles.setInterval(0)
        self._settles.timeout.connect(self._show_inviting)
        self.verticalScrollBar().rangeChanged.connect(self._settles.start)
        connect_while_visible(self, appearance().zoom_changed, self._measure)
        self._measure()

    def settle(self) -> None:
        """Scroll to the handle that invites, if there is one, as soon as there is something to be seen."""
        self._settles.start()

    def _measure(self) -> None:
        is_presented = zoom() != usual_zoom()
        self._view.setMinimumHeight(0 if is_presented else px(self._view.compact_below))

    def _show_inviting(self) -> None:
        if not self.verticalScrollBar().maximum():
            return
        first = inviting_handle(self._view)
        item = self._view.handle_items.get(first.id) if first else None
        if item is not None and item.isVisible():
            self._show(item.sceneBoundingRect())

    def _focus_moved(self, item: QGraphicsItem | None, _: QGraphicsItem | None, reason: Qt.FocusReason) -> None:
        # What is pressed is in sight, and must not move from under the pointer.
        if item is not None and reason != Qt.FocusReason.MouseFocusReason:
            self._show(item.sceneBoundingRect())

    def _show(self, box: QRectF) -> None:
        """Scroll to a part of the scene, its top before the rest where it is higher than the room."""
        seen = self._view.stage.mapFromScene(box).boundingRect()
        lowest = min(seen.height() // 2 + _MARGIN, self.viewport().height() // 2)
        self.ensureVisible(seen.center().x(), seen.center().y(), 0, lowest)
