"""A section of a guide as text that is as high as its words need."""

from __future__ import annotations

import html
import math

from PySide6.QtCore import QEvent, Qt, QUrl, QUrlQuery, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.guides.guide import Block
from engine.guides.inline import Span
from gui.panels.guide.ring_around import RingAround
from gui.panels.reading_text import ReadingText
from gui.style.formulas import SCHEME, formula_pixmap, formula_size
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import Role, font, pixels, px
from gui.window.focus.focus_ring import take_away

LINE_HEIGHT = 145


class Prose(ReadingText):
    """Shows blocks of a guide; ``term_clicked(id)`` when a term of the glossary is clicked or entered by key."""

    term_clicked = Signal(str)
    rings_within = False

    def __init__(self, role: Role = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role: Role = role
        self._blocks: tuple[Block, ...] = ()
        self._room = 0
        self._ring: RingAround | None = None
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        # Without the caret that selecting by keys would show; links are still walked through by Tab.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.anchorClicked.connect(self._link_clicked)
        self.set_clear()

    def show_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Show these paragraphs and items."""
        self._blocks = blocks
        self.restyle()

    def restyle(self) -> None:
        """Set everything anew in the present theme and size."""
        self.setFont(font(self._role))
        self.set_clear()
        self._set()

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        url = QUrl(url)
        if url.scheme() != SCHEME:
            return None
        height = int(QUrlQuery(url).queryItemValue("height"))
        return formula_pixmap(url.path(), height, theme().text, self.devicePixelRatioF())

    def wheelEvent(self, event: QWheelEvent) -> None:
        # All of it is to be seen anyway: the wheel belongs to the guide around it.
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # As with the wheel.
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_ring()

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        self._show_ring()
        return moved

    def _show_ring(self) -> None:
        shown = self.hasFocus() and self.came_by_keys
        if shown and self._ring is None:
            self._ring = RingAround(self)
        elif not shown and self._ring is not None:
            ring, self._ring = self._ring, None
            take_away(ring)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._room:
            self._set()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._set()
        return super().event(event)

    def _set(self) -> None:
        self._room = self.viewport().width()
        self.setHtml("".join(self._block(block, index) for index, block in enumerate(self._blocks)))
        self.document().setTextWidth(self._room)
        self.setFixedHeight(math.ceil(self.document().size().height()))

    def _block(self, block: Block, index: int) -> str:
        above = 0 if index == 0 else px(GRID if not block.is_item else GRID // 2)
        mark = "•&nbsp;" if block.is_item else ""
        words = "".join(self._span(span) for span in block.spans)
        # A formula is higher than its line: a percentage would open a gap above it, and leave none below.
        if any(span.kind == "formula" for span in block.spans):
            return f'<p style="margin:{above}px 0 {px(GRID + GRID // 2)}px 0">{mark}{words}</p>'
        return f'<p style="margin:{above}px 0 0 0; line-height:{LINE_HEIGHT}%">{mark}{words}</p>'

    def _span(self, span: Span) -> str:
        words = html.escape(span.text)
        if span.kind == "term":
            words = f'<a href="term:{span.id}" style="color:{theme().accent}">{words}</a>'
        elif span.kind == "formula":
            words = self._formula(span.id, words)
        elif span.kind == "code":
            words = f"<span style=\"font-family:'{font('code').families()[0]}'\">{words}</span>"
        if span.emphasis:
            words = f"<i>{words}</i>"
        return f"<b>{words}</b>" if span.strong else words

    def _formula(self, formula_id: str, words: str) -> str:
        size = formula_size(formula_id, pixels(self._role))
        fitting = min(1.0, max(self._room, 40) / size.width())
        height = max(1, math.floor(size.height() * fitting))
        width = max(1, round(height * size.width() / size.height()))
        # What belongs to a place in the address is kept by the document: colour and width are part of it.
        place = f"{SCHEME}:{formula_id}?height={height}&amp;color={theme().text[1:]}"
        return f'<img src="{place}" width="{width}" height="{height}" alt="{words}">'

    def _link_clicked(self, url: QUrl) -> None:
        if url.scheme() == "term":
            self.term_clicked.emit(url.path())
