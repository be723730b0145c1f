"""Notices over the window, such as errors, remedies and saved files, shown until they are closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from engine.contract.text import Text
from gui.plots.drawing.ink import pen
from gui.spoken.spoken import say
from gui.style.appearance import appearance, connect_while_visible
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words

_WIDEST = 720


class FloatingBar(QWidget):
    """A bar with one sentence and a few buttons that floats over the widget ``ground``; hidden until it has a text.

    It is placed above the widget ``above`` at the ground's lower edge, or that many pixels (times the zoom) above the
    edge. A subclass adds its buttons to ``line`` and styles them in ``restyle``.
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
        """The text in the language in use; empty while it is hidden."""
        return "" if self.isHidden() else self._label.text()

    def show_text(self, text: Text) -> None:
        """Show the bar with this sentence, and tell it to screen readers."""
        self._text = text
        self._label.setText(translate(text))
        self.show()
        self._place()
        self.raise_()
        say(self, self._label.text())

    def restyle(self, *_: object) -> None:
        """Apply the style's fonts and the language in use."""
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
        """Set the bar's geometry: as wide as the text needs and the ground allows, and the height for that width."""
        if self.isHidden():
            return
        margins = self.line.contentsMargins()
        controls = self.line.sizeHint().width() - self._label.sizeHint().width()
        alone = self._label.fontMetrics().horizontalAdvance(self._label.text()) + margins.left() + margins.right()
        width = min(alone + controls, px(_WIDEST), self._ground.width() - 4 * GRID)
        height = max(self.line.heightForWidth(width), self.line.sizeHint().height() if width > alone else 0)
        self.setGeometry(
            2 * GRID, max(0, self._ground.height() - self._clear(height) - height - GRID // 2), width, height
        )

    def _clear(self, height: int) -> int:
        """The distance in pixels to be left free at the ground's lower edge, for a bar of this height."""
        if isinstance(self._above, int):
            return px(self._above)
        return GRID if self._above.isHidden() else self._ground.height() - self._above.y()


# Pixels at zoom 1 that the transport takes at the lower edge.
_TRANSPORT = 44
BRIEF = 6000
"""Milliseconds for which a notice of success is shown."""


class NoticeBar(FloatingBar):
    """The bar for notices, each shown for a given time or until it is closed, replaced, or another experiment is shown.

    It does not cover the widget that ``transport()`` returns (the controls of the run).
    """

    def __init__(self, ground: QWidget, transport: Callable[[], QWidget | None] = lambda: None) -> None:
        super().__init__(ground, _TRANSPORT)
        self._transport = transport
        self._shown_above: QWidget | None = None
        self._remedy: tuple[Text, Callable[[], None]] | None = None
        self.button = QPushButton()
        self.button.clicked.connect(self._take_remedy)
        self.line.addWidget(self.button)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setText("×")
        self._close.clicked.connect(self.hide)
        self.line.addWidget(self._close)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.hide)
        self.restyle()

    def show_text(
        self, text: Text, milliseconds: int = 0, remedy: tuple[Text, Callable[[], None]] | None = None
    ) -> None:
        """Show a sentence for ``milliseconds`` or, with 0, until it is closed.

        ``remedy``: the text of a further button and the function that it calls.
        """
        self._end.stop()
        self._stay_above(self._transport())
        self._remedy = remedy
        self.button.setVisible(remedy is not None)
        self.restyle()
        super().show_text(text)
        if milliseconds:
            self._end.start(milliseconds)

    def _stay_above(self, transport: QWidget | None) -> None:
        """Move the bar along with ``transport``, which moves when a run is pinned below it."""
        if transport is not self._shown_above:
            self._shown_above = transport
            if transport is not None:
                transport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._shown_above and event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def take_back(self, *texts: Text) -> None:
        """Hide the notice if it shows one of these texts."""
        if self._text in texts:
            self.hide()

    def _clear(self, height: int) -> int:
        usual, transport = super()._clear(height), self._transport()
        if transport is None or not transport.isVisible():
            return usual
        top = self._ground.height() - transport.mapTo(self._ground, QPoint(0, 0)).y()
        covers = usual < top and usual + height + GRID // 2 > top - transport.height()
        return top if covers else usual

    def _take_remedy(self) -> None:
        self.hide()
        if self._remedy is not None:
            self._remedy[1]()

    def restyle(self, *_: object) -> None:
        self.button.setFont(font("text"))
        if self._remedy is not None:
            self.button.setText(translate(self._remedy[0]))
        super().restyle()
        self._close.setToolTip(translate(words.CLOSE))
        self._close.setAccessibleName(translate(words.CLOSE))
