"""The About dialog: version, credits and licences."""

from __future__ import annotations

import platform
from collections.abc import Callable

import PySide6
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from engine.contract.catalogue import RESOURCES
from engine.contract.text import Text
from engine.version import PROJECT_PAGE, VERSION
from gui.panels.copying import copy_text
from gui.style.icons import program_icon
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words

CHANGELOG = RESOURCES.parent / "CHANGELOG.md"


class ChangelogDialog(QDialog):
    """Shows the changelog, in English. Deleted when it is closed."""

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


NAME = Text("Layerwise {version}")
BODY = Text(
    "For learning neural networks from scratch, beside the book “Deep Learning from Scratch” by Koki Saito. "
    "It is an independent work and holds no sentence or figure of the book.\n\n"
    "Built with Python {python}, Qt and PySide6 {qt} (LGPL 3), pyqtgraph (MIT), NumPy (BSD) and Pillow (MIT-CMU). "
    "If the system has no Chinese or Japanese font, subsets of Noto Sans SC and JP are used (© Adobe and Google, SIL "
    "Open Font License 1.1). Class colours after Okabe and Ito. "
    "The MNIST digits are by Yann LeCun and Corinna Cortes (CC BY-SA 3.0)."
)


_ICON_SIDE = 64


class AboutDialog(QDialog):
    """The About dialog, deleted when it is closed. ``report()`` makes the fault report that 'Copy report' copies,
    ``page`` is the web address of newer versions, "" for none.

    The address is opened only when its button is pressed.
    """

    def __init__(self, parent: QWidget, report: Callable[[], str], page: str = PROJECT_PAGE) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate(words.ABOUT))
        picture = PlainLabel()
        picture.setPixmap(program_icon().pixmap(px(_ICON_SIDE), px(_ICON_SIDE)))
        name = PlainLabel(translate(NAME(version=VERSION)))
        name.setFont(font("headline"))
        body = PlainLabel(translate(BODY(python=platform.python_version(), qt=PySide6.__version__)))
        body.setFont(font("text"))
        body.setWordWrap(True)
        body.setMinimumWidth(px(400))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.copying = buttons.addButton(translate(words.COPY_REPORT), QDialogButtonBox.ButtonRole.ActionRole)
        self.copying.clicked.connect(lambda: self._copy(report()))
        news = buttons.addButton(translate(words.WHATS_NEW), QDialogButtonBox.ButtonRole.ActionRole)
        news.clicked.connect(lambda: ChangelogDialog(self).open())
        if page:
            newer = buttons.addButton(translate(words.NEWER_VERSION), QDialogButtonBox.ButtonRole.ActionRole)
            newer.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(page)))
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(picture)
        head.addWidget(name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(body)
        layout.addWidget(buttons)

    def _copy(self, text: str) -> None:
        copy_text(text)
        self.copying.setText(translate(words.REPORT_COPIED))
