"""A small sheet over the window with one term of the glossary in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.contract.text import Text
from engine.glossary import Term
from gui.style.appearance import appearance
from gui.style.language import show
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, scaled

ALL_TERMS = Text("All terms…", "全部术语……")
_WIDTH = 280


class TermPopup(QFrame):
    """Lies inside ``window`` until Escape or a click elsewhere; ``all_wanted`` asks for the whole glossary.

    It gives the focus back to whatever had it.
    """

    all_wanted = Signal()

    def __init__(self, entry: Term, window: QWidget) -> None:
        super().__init__(window)
        self.entry = entry
        self._focused_before = QApplication.focusWidget()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.setAccessibleName(show(entry.name))
        self.setAccessibleDescription(show(entry.definition))
        name, definition = QLabel(show(entry.name)), QLabel(show(entry.definition))
        name.setFont(font("strong"))
        definition.setFont(font("text"))
        for label in (name, definition):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setWordWrap(True)
        self.all_button = QPushButton(show(ALL_TERMS))
        self.all_button.setFont(font("text"))
        self.all_button.setFlat(True)
        palette = self.all_button.palette()
        palette.setColor(QPalette.ColorRole.ButtonText, theme().accent)
        self.all_button.setPalette(palette)
        self.all_button.clicked.connect(self._all_clicked)
        layout = QVBoxLayout(self)
        margin = scaled(GRID + GRID // 2)
        layout.setContentsMargins(margin, margin, margin, scaled(GRID // 2))
        layout.setSpacing(scaled(GRID // 2))
        layout.addWidget(name)
        layout.addWidget(definition)
        layout.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignRight)
        width = min(scaled(_WIDTH), window.width())
        frame = 2 * self.frameWidth()
        self.setFixedSize(width, layout.heightForWidth(width - frame) + frame)
        # It is there for a moment only: rather than being restyled it goes.
        appearance().changed.connect(self.dismiss)

    def show_below(self, place: QPoint) -> None:
        """Show it below a place of the screen, wholly inside the window."""
        window = self.parentWidget()
        point = window.mapFromGlobal(place)
        top = point.y() + scaled(GRID)
        if top + self.height() > window.height():
            top = point.y() - scaled(2 * GRID) - self.height()
        left = min(point.x() - scaled(2 * GRID), window.width() - self.width())
        self.move(max(0, left), max(0, top))
        self.show()
        self.raise_()
        self.all_button.setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().installEventFilter(self)

    def dismiss(self) -> None:
        """Go, and give the focus back."""
        had_focus = self.isAncestorOf(QApplication.focusWidget()) if QApplication.focusWidget() else False
        self.hide()
        if had_focus and self._focused_before is not None:
            self._focused_before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()

    def hideEvent(self, event: QHideEvent) -> None:
        QApplication.instance().removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # ShortcutOverride comes first, also where the window has Escape for something else.
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return True
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            place = self.mapFromGlobal(event.globalPosition().toPoint())
            if not self.rect().contains(place):
                self.dismiss()
        return False

    def _all_clicked(self) -> None:
        self.dismiss()
        self.all_wanted.emit()
