"""The sentence under a control that says why an entry was refused."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.contract.text.text import Text
from gui.style.api import font, theme, translate
from gui.style.plain_label import PlainLabel


class Notice(PlainLabel):
    """Hidden while there is nothing to say; takes as many lines as it needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.reason: Text | None = None
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def set_text(self, reason: Text | None) -> bool:
        """Say this, or nothing for None; True if it is something else than before."""
        if reason == self.reason:
            return False
        self.reason = reason
        self.retranslate()
        self.setVisible(reason is not None)
        return True

    def retranslate(self) -> None:
        """Say it in the language in use."""
        self.setText("" if self.reason is None else translate(self.reason))

    def restyle(self) -> None:
        """Take font and colour from the style."""
        self.setFont(font("notes"))
        colored = QPalette()
        colored.setColor(QPalette.ColorRole.WindowText, QColor(theme().wrong))
        self.setPalette(colored)
