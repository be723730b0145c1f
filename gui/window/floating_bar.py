"""A bar that lies over the lower edge of what it speaks of, so that nothing moves when it comes or goes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.contract.text.text import Text
from gui.plots.drawing.ink import pen
from gui.spoken.telling import say
from gui.style.appearance import appearance, connect_while_visible
from gui.style.language import translate
from gui.style.plain_label import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px

_WIDEST = 720


class FloatingBar(QWidget):
    """One sentence and a few buttons over ``ground``, hidden while there is nothing to say.

    It stands clear of ``above``, a widget at the ground's lower edge, or of as many pixels (times the zoom). A subclass
    adds its buttons to ``line`` and dresses them in ``restyle``.
    """

    def __init__(self, ground: QWidget, above: QWidget | int) -> None:
        super().__init__(ground)
        self._ground, self._above = ground, above
        self._text: Text | None = None
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        self.line.setSpacing(GRID)
        self.line.addWidget(self._label, 1)
        self.hide()
        ground.installEventFilter(self)
        connect_while_visible(self, appearance().changed, self.restyle)

    @property
    def words(self) -> str:
        """What it says, in the language in use; empty while it is hidden."""
        return "" if self.isHidden() else self._label.text()

    def show_text(self, text: Text) -> None:
        """Say one sentence."""
        self._text = text
        self._label.setText(translate(text))
        self.show()
        self._place()
        self.raise_()
        say(self, self._label.text())

    def restyle(self, *_: object) -> None:
        """Take fonts, colours and words from the style."""
        self._label.setFont(font("text"))
        if self._text is not None:
            self._label.setText(translate(self._text))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(colors.accent, 1))
            painter.setBrush(QColor(colors.selection_fill))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), GRID / 2, GRID / 2)

    def _place(self) -> None:
        """As wide as the words ask for and the ground allows, and as high as they then are."""
        if self.isHidden():
            return
        margins = self.line.contentsMargins()
        controls = self.line.sizeHint().width() - self._label.sizeHint().width()
        alone = self._label.fontMetrics().horizontalAdvance(self._label.text()) + margins.left() + margins.right()
        width = min(alone + controls, px(_WIDEST), self._ground.width() - 4 * GRID)
        height = max(self.line.heightForWidth(width), self.line.sizeHint().height() if width > alone else 0)
        self.setGeometry(2 * GRID, max(0, self._ground.height() - self._clear() - height - GRID // 2), width, height)

    def _clear(self) -> int:
        """How many pixels it stands clear of the ground's lower edge."""
        if isinstance(self._above, int):
            return px(self._above)
        return GRID if self._above.isHidden() else self._ground.height() - self._above.y()
