"""A small sheet over the window that says in a sentence what something is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.style.appearance import appearance
from gui.style.plain_label import PlainLabel
from gui.style.running import running_application
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import Role, font, px

_WIDTH = 280


class Sheet(QFrame):
    """Lies inside ``window`` until Escape or a click elsewhere; ``followed`` says that its link was chosen.

    ``name`` and ``link`` may be empty. It gives the focus back to whatever had it.
    """

    followed = Signal()

    def __init__(self, name: str, sentence: str, window: QWidget, link: str = "") -> None:
        super().__init__(window)
        self._focused_before = QApplication.focusWidget()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name or sentence)
        self.setAccessibleDescription(sentence)
        layout = QVBoxLayout(self)
        margin = px(GRID + GRID // 2)
        layout.setContentsMargins(margin, margin, margin, px(GRID // 2) if link else margin)
        layout.setSpacing(px(GRID // 2))
        roles: tuple[tuple[str, Role], ...] = ((name, "strong"), (sentence, "text"))
        for words, role in roles:
            if words:
                layout.addWidget(_words(words, role))
        self.link_button = _link(link)
        self.link_button.clicked.connect(self._link_clicked)
        self.link_button.setVisible(bool(link))
        layout.addWidget(self.link_button, 0, Qt.AlignmentFlag.AlignRight)
        self._window = window
        width = min(px(_WIDTH), window.width())
        frame = 2 * self.frameWidth()
        self.setFixedSize(width, layout.heightForWidth(width - frame) + frame)
        # It is there for a moment only: rather than being restyled it goes.
        appearance().changed.connect(self.dismiss)

    def show_below(self, place: QPoint) -> None:
        """Show it below a place of the screen, wholly inside the window."""
        window = self._window
        point = window.mapFromGlobal(place)
        top = point.y() + px(GRID)
        if top + self.height() > window.height():
            top = point.y() - px(2 * GRID) - self.height()
        left = min(point.x() - px(2 * GRID), window.width() - self.width())
        self.move(max(0, left), max(0, top))
        self.show()
        self.raise_()
        focused = self if self.link_button.isHidden() else self.link_button
        focused.setFocus(Qt.FocusReason.PopupFocusReason)
        running_application().installEventFilter(self)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Whoever reads it by keys has its link, and not what lies behind it.
        link = self.link_button
        (self if link.isHidden() else link).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def dismiss(self) -> None:
        """Go, and give the focus back."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and (focus is self or self.isAncestorOf(focus))
        self.hide()
        if had_focus and self._focused_before is not None:
            self._focused_before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()

    def hideEvent(self, event: QHideEvent) -> None:
        running_application().removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # ShortcutOverride comes first, also where the window has Escape for something else.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.dismiss()
                return True
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            place = self.mapFromGlobal(event.globalPosition().toPoint())
            if not self.rect().contains(place):
                self.dismiss()
        return False

    def _link_clicked(self) -> None:
        self.dismiss()
        self.followed.emit()


def _words(words: str, role: Role) -> QLabel:
    label = PlainLabel(words)
    label.setFont(font(role))
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    return label


def _link(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setFont(font("text"))
    button.setFlat(True)
    palette = button.palette()
    palette.setColor(QPalette.ColorRole.ButtonText, theme().accent)
    button.setPalette(palette)
    return button
