"""A button whose words may run over several lines: a row that can be clicked, tabbed to and read aloud."""

from __future__ import annotations

import html
import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPaintEvent, QPen, QTextDocument, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.style.focus_ring import paint_focus_ring
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, pixels, px

_LINE_HEIGHT = 135
_CORNER = 4.0


class WrappedButton(QAbstractButton):
    """A sign in a column of its own, a strong ``lead`` in the accent colour, and plain words behind it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = self._words = self._sign = ""
        self._sign_color = ""
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_words(self, lead: str, words: str = "") -> None:
        """The words to be shown, which are also the accessible name."""
        self._lead, self._words = lead, words
        self.setAccessibleName(" ".join(filter(None, (lead, words))))
        self.restyle()

    def set_sign(self, sign: str, color: str) -> None:
        """Show a sign before the words, such as → or ✓, in a colour of the theme."""
        if (sign, color) != (self._sign, self._sign_color):
            self._sign, self._sign_color = sign, color
            self.update()

    def sign(self) -> str:
        """The sign before the words, such as → or ✓."""
        return self._sign

    def words(self) -> str:
        """Everything that the button says."""
        return self.accessibleName()

    def restyle(self) -> None:
        """Take fonts and colours from the style."""
        self.setFont(font("text"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultFont(self.font())
        self._document.setDefaultTextOption(option)
        lead = f'<span style="font-weight:600; color:{theme().accent}">{html.escape(self._lead)}</span>'
        words = f'<span style="color:{theme().text}">{html.escape(self._words)}</span>'
        parts = [part for part, text in ((lead, self._lead), (words, self._words)) if text]
        self._document.setHtml(
            "".join(f'<p style="margin:0; line-height:{_LINE_HEIGHT}%">{part}</p>' for part in parts)
        )
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._document.setTextWidth(max(1, width - self._left() - self._padding()))
        return math.ceil(self._document.size().height()) + 2 * self._padding()

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > self._left() + self._padding() else px(280)
        return QSize(px(280), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left() + self._padding() + 2 * pixels("text"), 2 * self._padding() + pixels("text"))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = (
                theme().selection_fill if self.isDown() or (self.underMouse() and self.isEnabled()) else theme().raised
            )
            painter.setBrush(QColor(ground))
            painter.setPen(QPen(QColor(theme().hairline), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), _CORNER)
            self._document.setTextWidth(max(1, self.width() - self._left() - self._padding()))
            painter.setPen(QColor(self._sign_color or theme().accent))
            painter.setFont(font("strong"))
            width = painter.fontMetrics().horizontalAdvance(self._sign)
            painter.drawText(QPointF((self._left() - width) / 2, self._top() + self._first_baseline()), self._sign)
            painter.translate(QPointF(self._left(), self._top()))
            self._document.documentLayout().draw(painter, QAbstractTextDocumentLayout.PaintContext())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.setCursor(Qt.CursorShape.PointingHandCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor)

    def _first_baseline(self) -> float:
        block = self._document.firstBlock()
        line = block.layout().lineAt(0)
        return self._document.documentLayout().blockBoundingRect(block).top() + line.y() + line.ascent()

    def _top(self) -> float:
        # Qt puts all of a higher line's room below the words: half of it is moved above them.
        return self._padding() + (1 - 100 / _LINE_HEIGHT) * self._document.firstBlock().layout().lineAt(0).height() / 2

    def _padding(self) -> int:
        return px(GRID - 1)

    def _left(self) -> int:
        return px(3 * GRID + 4)
