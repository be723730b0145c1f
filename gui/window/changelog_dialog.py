"""What is new: the changelog that came with the program."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from engine.contract.catalogue import RESOURCES
from gui.style.language import translate
from gui.style.typography import font, px
from gui.window import words

CHANGELOG = RESOURCES.parent / "CHANGELOG.md"


class ChangelogDialog(QDialog):
    """Shown once and gone when it is closed. The changelog is in English."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate(words.WHATS_NEW))
        self.text = QTextBrowser()
        self.text.setFont(font("text"))
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(translate(words.WHATS_NEW))
        self.text.setMarkdown(CHANGELOG.read_text(encoding="utf-8"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(buttons)

    def sizeHint(self) -> QSize:
        return QSize(px(640), px(560))
