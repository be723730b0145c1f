"""Labelled entries for texts in the language being written, and for notation that has no language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from engine.contract.text import Text
from engine.lessons.answers import LONGEST_LINE, LONGEST_TITLE, LONGEST_WORDS, Words
from gui.style.foreground import use_secondary_ink
from gui.style.language import translate
from gui.style.plain import PlainLabel
from gui.style.tokens import GRID
from gui.style.typography import font, pixels, px


class NamedEntry(QWidget):
    """A label above a line edit, or above a text box for several ``lines``; emits ``changed`` when something was typed,
    ``entered`` on focus. ``most`` is the most characters.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, name: Text, lines: int = 1, most: int = LONGEST_LINE, tip: Text | None = None) -> None:
        super().__init__()
        self._name, self._tip, self._lines, self._most = name, tip, lines, most
        self.label = PlainLabel()
        self.box: QLineEdit | QPlainTextEdit
        if lines == 1:
            self.box = QLineEdit()
            self.box.setMaxLength(most)
            self.box.textEdited.connect(self.changed)
        else:
            self.box = QPlainTextEdit()
            self.box.setTabChangesFocus(True)
            self.box.textChanged.connect(self._typed)
        self.label.setBuddy(self.box)
        self.box.installEventFilter(self)
        self._filling = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.label)
        layout.addWidget(self.box)
        self.restyle()

    @property
    def typed(self) -> str:
        """The text in the box."""
        return self.box.text() if isinstance(self.box, QLineEdit) else self.box.toPlainText()

    def fill(self, text: str) -> None:
        """Set the text, without emitting ``changed``."""
        self._filling = True
        if isinstance(self.box, QLineEdit):
            self.box.setText(text)
        elif text != self.box.toPlainText():
            self.box.setPlainText(text)
        self._filling = False

    def insert(self, text: str, mark: str) -> None:
        """Insert text at the cursor as if typed, after the separator ``mark`` if there is text before it; only in a
        line edit.
        """
        if isinstance(self.box, QLineEdit):
            before = self.box.text()[: self.box.cursorPosition()].rstrip()
            self.box.insert(text if not before or before.endswith(("|", mark)) else mark + text)
            self.box.setFocus()
            self.changed.emit()

    def suggest(self, example: str) -> None:
        """Set the placeholder, an example of the notation."""
        self.box.setPlaceholderText(example)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        """Apply the style's fonts and the language."""
        self.label.setFont(font("notes"))
        use_secondary_ink(self.label)
        self.label.setText(translate(self._name))
        self.box.setFont(font("text"))
        self.box.setAccessibleName(translate(self._name))
        if self._tip is not None:
            self.box.setToolTip(translate(self._tip))
            self.label.setToolTip(translate(self._tip))
        if isinstance(self.box, QPlainTextEdit):
            self.box.setFixedHeight(self._lines * round(1.5 * pixels("text")) + 2 * px(GRID))

    def _typed(self) -> None:
        if self._filling or not isinstance(self.box, QPlainTextEdit):
            return
        if len(self.box.toPlainText()) > self._most:
            cursor = self.box.textCursor()
            cursor.deletePreviousChar()
            return
        self.changed.emit()


class WordsEntry(NamedEntry):
    """An entry for a text that exists in several languages; it shows the one in the language ``language_of()``."""

    def __init__(
        self,
        name: Text,
        language_of: Callable[[], str],
        lines: int = 1,
        most: int = LONGEST_LINE,
        tip: Text | None = None,
    ) -> None:
        super().__init__(name, lines, most, tip)
        self._language_of = language_of
        self._words = Words()
        self.changed.connect(self._take)

    @property
    def words(self) -> Words:
        """The text in all its languages."""
        return self._words

    def show_words(self, words: Words) -> None:
        """Set the text in all languages, and show the one in the language being written."""
        self._words = words
        self.fill(words.typed(self._language_of()))
        # The text in another language, as a placeholder, helps to write it in this one.
        if isinstance(self.box, (QLineEdit, QPlainTextEdit)):
            self.box.setPlaceholderText(words.render(self._language_of()).partition("\n")[0])

    def _take(self) -> None:
        self._words = self._words.with_typed(self._language_of(), self.typed)


def line_of(*parts: QWidget) -> QWidget:
    """A row of widgets of equal width."""
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID)
    for part in parts:
        layout.addWidget(part, 1)
    return line


def title_entry(name: Text, language_of: Callable[[], str]) -> WordsEntry:
    """An entry for a title, in one line."""
    return WordsEntry(name, language_of, most=LONGEST_TITLE)


def words_entry(name: Text, language_of: Callable[[], str], lines: int) -> WordsEntry:
    """An entry for a text of several lines; the box is ``lines`` lines high."""
    return WordsEntry(name, language_of, lines, LONGEST_WORDS)
