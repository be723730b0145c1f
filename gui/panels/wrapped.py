"""Labels and buttons for sentences: plain text that wraps to the panel's width, but never within a formula."""

from __future__ import annotations

import html
import math
import re

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPaintEvent, QPen, QTextDocument, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.style.focus_ring import paint_focus_ring
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, pixels, px


class _WrappedLabel(PlainLabel):
    """A label in which no line breaks within a formula; ``text`` returns the text as it was passed to ``setText``."""

    def setText(self, words: str) -> None:
        self._words = words
        super().setText(unbroken(words))

    def text(self) -> str:
        return self._words


def wrapped_label() -> PlainLabel:
    """A new, empty label whose plain text wraps to its width and can be selected with the mouse."""
    label = _WrappedLabel()
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


_LINE_HEIGHT = 135
_CORNER = 4.0


class WrappedButton(QAbstractButton):
    """A button with a symbol in a column of its own, a bold ``lead`` in the accent colour, and plain text after it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = self._words = self._sign = ""
        self.is_plain = False
        self._sign_color = ""
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_plain(self, plain: bool) -> None:
        """Look like plain text, without a frame, while a press would change nothing; or like a button again."""
        if plain != self.is_plain:
            self.is_plain = plain
            self.setCursor(Qt.CursorShape.ArrowCursor if plain else Qt.CursorShape.PointingHandCursor)
            self.updateGeometry()
            self.update()

    def set_words(self, lead: str, words: str = "") -> None:
        """Set the text, which is also the accessible name."""
        self._lead, self._words = lead, words
        self.setAccessibleName(" ".join(filter(None, (lead, words))))
        self.restyle()

    def set_sign(self, sign: str, color: str) -> None:
        """Set the symbol before the text, such as → or ✓, and its colour."""
        if (sign, color) != (self._sign, self._sign_color):
            self._sign, self._sign_color = sign, color
            self.update()

    def sign(self) -> str:
        """The symbol before the text, such as → or ✓."""
        return self._sign

    def words(self) -> str:
        """The button's whole text."""
        return self.accessibleName()

    def written(self) -> str:
        """The displayed text, with no-break spaces within formulas."""
        return self._document.toRawText()

    def restyle(self) -> None:
        """Take fonts and colours from the style."""
        self.setFont(font("text"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultFont(self.font())
        self._document.setDefaultTextOption(option)
        lead = f'<span style="font-weight:600; color:{theme().accent}">{html.escape(unbroken(self._lead))}</span>'
        words = f'<span style="color:{theme().text}">{html.escape(unbroken(self._words))}</span>'
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
            if not self.is_plain:
                meant = self.isDown() or (self.underMouse() and self.isEnabled())
                painter.setBrush(QColor(theme().selection_fill if meant else theme().raised))
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
        # Qt adds all of the extra line height below the text: half of it is moved above.
        return self._padding() + (1 - 100 / _LINE_HEIGHT) * self._document.firstBlock().layout().lineAt(0).height() / 2

    def _padding(self) -> int:
        return px(GRID - 1)

    def _left(self) -> int:
        return px(3 * GRID + 4)


_SPACE = "\N{NO-BREAK SPACE}"
_LONGEST = 26
"""The most characters of a formula that are kept on one line; a longer one may break before an equals sign."""
_SIGNS = "=≈<>≤≥+·×⊙∘/→\N{MINUS SIGN}"
_MINUS = "\N{MINUS SIGN}"
_FUNCTION = r"(?:log|ln|exp|sin|cos|tan|tanh|sqrt)"
_OF = rf"{_FUNCTION}(?:\([^()]*\)| (?=[A-Za-z0-9]\b|[0-9]))"
_POWER = "[¹²³⁴⁻⁰-⁹]"
_NAME = r"(?:[A-Za-z]{1,2}|[0-9]+(?:\.[0-9]+)?[a-zα-ω]|[α-ωΓΔΘϵ∂∇∞][A-Za-z]?)[0-9₀-₉′ᵀ]*(?:\([^()]*\)|\[[^\[\]]*\])?"
_NUMBER = r"[0-9][0-9,.]*%?"
_PRODUCT = rf"[\^·/⊙](?:{_OF}|{_MINUS}|√|\()*(?:{_NAME}|{_NUMBER})\)*|{_POWER}"
_OPERAND = rf"[(|]*(?:{_OF}|Σ |[{_MINUS}∂Δ∇√½])*(?:{_NAME}|{_NUMBER})(?:{_PRODUCT})*[)|]*{_POWER}*"
_FORMULA = re.compile(rf"(?<![\w.])(?:{_OPERAND})(?: [{_SIGNS}] (?:{_OPERAND}))*(?!\w)")


def unbroken(text: str) -> str:
    """``text`` with no-break spaces within formulas, such as −Σ t·log y or (y − t) / N, so that none is broken."""
    return _FORMULA.sub(lambda match: _kept(match[0]), text)


def _kept(formula: str) -> str:
    if len(formula) <= _LONGEST:
        return formula.replace(" ", _SPACE)
    return " =".join(part.replace(" ", _SPACE) for part in formula.split(" ="))
