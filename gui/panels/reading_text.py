"""The base of what is read in the panels: rich text that can be selected, copied, and walked through by keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QPainter, QPaintEvent, QPalette, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from gui.panels.copying import text_menu
from gui.style.focus_ring import paint_focus_ring
from gui.window.focus.focus_scrolling import show_part


class ReadingText(QTextBrowser):
    """Read-only, without a frame, never wider than it is: long words break. Right-click copies the number under it.

    ``came_by_keys`` says whether it was keys that brought the focus here last; ``rings_within`` whether the ring that
    is shown then lies on its own edge.
    """

    rings_within = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.came_by_keys = True
        self._left_at: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def set_clear(self) -> None:
        """Let what lies behind show through."""
        self.viewport().setAutoFillBackground(False)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)

    def setHtml(self, words: str) -> None:
        super().setHtml(words)
        # Without links there is nothing for Tab to do here.
        has_links = "<a " in words
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_links else Qt.FocusPolicy.ClickFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # Who clicked knows where the place is, and a ring would lie on the first letters.
        if self.hasFocus() and self.came_by_keys and self.rings_within:
            with QPainter(self.viewport()) as painter:
                paint_focus_ring(painter, QRectF(self.viewport().rect()).adjusted(1.5, 1.5, -1.5, -1.5))

    def scrollContentsBy(self, across: int, down: int) -> None:
        super().scrollContentsBy(across, down)
        # Qt moves what is painted along, and the ring stays at the edge.
        self.viewport().update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        self.came_by_keys = True
        if moved and self.hasFocus():
            # From link to link within the text: the area around it does not know that the place is another one.
            show_part(self, self.cursorRect())
        return moved

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # Qt forgets the link that the keys were at.
        cursor = self.textCursor()
        self._left_at = cursor.selectionStart() if cursor.hasSelection() and cursor.charFormat().isAnchor() else None
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.came_by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason and self._left_at is not None:
            # Back from what the link has opened, to the link: Qt looks for the next one from where a selection ends.
            cursor = self.textCursor()
            cursor.setPosition(max(0, self._left_at - 1))
            cursor.setPosition(self._left_at, cursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            super().focusNextPrevChild(True)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            QTimer.singleShot(0, self, lambda: show_part(self, self.cursorRect()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = text_menu(self, self.viewport().mapFromGlobal(event.globalPos()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
