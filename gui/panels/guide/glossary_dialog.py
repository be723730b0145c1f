"""The glossary in a window of its own, with a search over names and aliases."""

from __future__ import annotations

import html

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from engine.contract.language import LANGUAGES, language_of
from engine.contract.text import Text
from engine.glossary import Term, find
from gui.panels.prose import ReadingText
from gui.style.appearance import appearance
from gui.style.language import language, translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, pixels, px

TITLE = Text("Glossary")
SEARCH = Text("Search terms in any language")
NOTHING = Text("No term is called “{query}”.")


class GlossaryDialog(QDialog):
    """The glossary in a window that can stay open beside the main one; searches terms in all languages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._list)
        self.results = ReadingText()
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.results)
        self._restyle()
        appearance().changed.connect(self._restyle)

    def show_query(self, query: str = "") -> None:
        """Bring the window to the front, and search for this text."""
        self.search.setText(query)
        self.show()
        self.activateWindow()
        self.search.selectAll()
        self.search.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(px(440), px(520))

    def _restyle(self) -> None:
        self.setWindowTitle(translate(TITLE))
        self.search.setPlaceholderText(translate(SEARCH))
        self.search.setAccessibleName(translate(SEARCH))
        self.search.setFont(font("text"))
        self.results.setFont(font("text"))
        self.results.setAccessibleName(translate(TITLE))
        self._list()

    def _list(self) -> None:
        query = self.search.text()
        found = find(query, language())
        if found:
            self.results.setHtml("".join(_entry(entry) for entry in found))
        else:
            self.results.setPlainText(translate(NOTHING(query=query)))


def _entry(entry: Term) -> str:
    others = [entry.name.render(one) for one in LANGUAGES if one != language()]
    names = [name for name in dict.fromkeys((*others, *entry.aliases(language()))) if name != translate(entry.name)]
    muted = f"color:{theme().muted_text}; font-size:{pixels('notes')}px"
    return (
        f'<p style="margin:{px(GRID)}px 0 0 0"><b>{html.escape(translate(entry.name))}</b>'
        f'&nbsp; <span style="{muted}">{html.escape(language_of(language()).enumeration.join(names))}</span></p>'
        f'<p style="margin:2px 0 0 0; line-height:140%">{html.escape(translate(entry.definition))}</p>'
    )
