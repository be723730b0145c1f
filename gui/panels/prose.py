"""Read-only texts as high as their content: their base class, formulas in them, and the paragraphs of a guide."""

from __future__ import annotations

import html
import math
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSizeF, Qt, QTimer, QUrl, QUrlQuery, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QTextBrowser, QWidget

from engine.guides.guide import Block
from engine.guides.sections import Span
from gui.panels.copying import text_menu
from gui.panels.wrapped import unbroken
from gui.style.focus_ring import EDGE, RING, paint_focus_ring
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import Role, font, pixels, px
from gui.window.focus import FocusRing, show_part, take_away


class ReadingText(QTextBrowser):
    """A read-only text without a frame, never wider than its widget: long words break. Right-click copies a number.

    ``came_by_keys`` says whether it last got the focus by keyboard; ``rings_within`` whether the focus ring is then
    drawn inside its own edge.
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
        """Make the background transparent."""
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
        # After a click the place is known, and a ring would cover the first letters.
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
            # The focus moved from link to link within the text, which the surrounding scroll area does not notice.
            show_part(self, self.cursorRect())
        return moved

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # Qt forgets the link that had the keyboard focus.
        cursor = self.textCursor()
        self._left_at = cursor.selectionStart() if cursor.hasSelection() and cursor.charFormat().isAnchor() else None
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.came_by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason and self._left_at is not None:
            # Back from what a link opened, focus that link: Qt looks for the next one from the selection's end.
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


_APART = 1
"""Pixels between the text and the focus ring."""


class RingAround(FocusRing):
    """A focus ring around a widget, drawn on the content of its scroll area, where there is room around the widget."""

    def __init__(self, around: QWidget) -> None:
        self._page = _page_of(around)
        super().__init__(self._page)
        self._around = around
        around.destroyed.connect(self.deleteLater)
        part: QWidget | None = around
        while part is not None and part is not self._page:
            part.installEventFilter(self)
            part = part.parentWidget()
        self._follow()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._follow()
        return False

    @property
    def inset(self) -> float:
        return px(RING + 2 * EDGE) / 2

    def _follow(self) -> None:
        out = px(_APART + RING + 2 * EDGE)
        place = QRect(self._around.mapTo(self._page, QPoint(0, 0)), self._around.size())
        self.setGeometry(place.adjusted(-out, -out, out, out))


def _page_of(widget: QWidget) -> QWidget:
    """The content widget of the scroll area around a widget; without one, its window."""
    part: QWidget | None = widget.parentWidget()
    while part is not None:
        viewport = part.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea) and area.widget() is part:
            return part
        part = viewport
    return widget.window()


FOLDER = Path(__file__).resolve().parents[2] / "resources" / "formulas"
SCHEME = "formula"

# The drawings give one em this many units (`EM` in tools/formulas.py; a test compares the two).
EM = 32

# Beside sans-serif text of the same nominal size, the letters of the drawings look small.
_OPTICAL_SCALE = 1.25


def formula_ids() -> list[str]:
    """The ids of all formulas, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


def formula_size(formula_id: str, text_px: float) -> QSizeF:
    """Width and height in pixels of a formula in text of ``text_px`` pixels."""
    box = _renderer(formula_id).viewBoxF()
    return QSizeF(box.width(), box.height()) * (text_px * _OPTICAL_SCALE / EM)


def formula_pixmap(formula_id: str, height_px: float, color: QColor | str, device_pixel_ratio: float = 1.0) -> QPixmap:
    """An image of the formula, ``height_px`` pixels high, on a transparent background; ValueError for an unknown id."""
    renderer = _renderer(formula_id)
    box = renderer.viewBoxF()
    height = max(1, round(height_px * device_pixel_ratio))
    width = max(1, round(height * box.width() / box.height()))
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, width, height))
        # The drawing is black: everything that it covers takes the colour, soft edges included.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(pixmap.rect(), QColor(color))
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    return pixmap


@lru_cache(maxsize=256)
def _renderer(formula_id: str) -> QSvgRenderer:
    path = FOLDER / f"{formula_id}.svg"
    # Compared with the folder's names, so that an id can never lead out of the folder.
    if formula_id not in formula_ids():
        raise ValueError(f"formula {formula_id!r}: must be one of {', '.join(formula_ids())}")
    return QSvgRenderer(str(path))


LINE_HEIGHT = 145


class Prose(ReadingText):
    """Shows paragraphs and list items of a guide; ``term_clicked(id)`` is emitted when a glossary term is clicked or
    activated by keyboard.
    """

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
        """Show these paragraphs and list items."""
        self._blocks = blocks
        self.restyle()

    def restyle(self) -> None:
        """Set the text again in the current theme and zoom."""
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
        # The text is as high as its content: the wheel scrolls the guide around it.
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
        words = html.escape(unbroken(span.text))
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
        # The document caches images by address, so the address contains height and colour.
        place = f"{SCHEME}:{formula_id}?height={height}&amp;color={theme().text[1:]}"
        return f'<img src="{place}" width="{width}" height="{height}" alt="{words}">'

    def _link_clicked(self, url: QUrl) -> None:
        if url.scheme() == "term":
            self.term_clicked.emit(url.path())
