"""The window's top bar: tabs for the chapters, the search field, and the buttons for language and menu; and the menu
class, in which a letter key goes to an entry.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from engine.contract.catalogue import Chapter
from engine.contract.language import LANGUAGES, language_of
from gui.style.appearance import appearance
from gui.style.icons import icon
from gui.style.language import after, language, translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words
from gui.window.search import SearchField
from gui.window.tab_row import TabRow

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class LetterMenu(QMenu):
    """A menu in which a letter key selects the next entry that begins with it. Qt offers that only for entries with a
    mnemonic (&), which Chinese ones cannot have.
    """

    def take(self, action: QAction) -> None:
        """Add an action and show its shortcut, which some systems hide in popup menus."""
        action.setShortcutVisibleInContextMenu(True)
        self.addAction(action)

    def choose_first(self) -> None:
        """Select the first enabled entry, for keyboard users."""
        if possible := self._possible():
            self.setActiveAction(possible[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().casefold()
        found = [one for one in self._possible() if letter.isalnum() and one.text().casefold().startswith(letter)]
        if event.modifiers() not in _PLAIN or not found:
            super().keyPressEvent(event)
            return
        here = self.activeAction()
        self.setActiveAction(found[(found.index(here) + 1) % len(found)] if here in found else found[0])

    def _possible(self) -> list[QAction]:
        return [one for one in self.actions() if one.isVisible() and one.isEnabled() and not one.isSeparator()]


class BadgedButton(QToolButton):
    """A button with a number in its upper corner, hidden if it is 0. The caller must also set the accessible name."""

    badge = 0

    def show_badge(self, number: int) -> None:
        """Set the number in the corner."""
        self.badge = number
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.badge:
            text = str(self.badge)
            letters = font("notes")
            metrics = QFontMetricsF(letters)
            height = 1.35 * metrics.capHeight() + 2
            width = max(height, metrics.horizontalAdvance(text) + height / 2)
            place = QRectF(self.width() - width - 1, 1, width, height)
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme().accent))
                painter.drawRoundedRect(place, height / 2, height / 2)
                painter.setFont(letters)
                painter.setPen(QColor(theme().accent_text))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class TopBar(QWidget):
    """The top bar of the window: chapters, search, language, menu. ``chapter_chosen`` carries a chapter's number,
    ``language_chosen`` a language code.
    """

    chapter_chosen = Signal(int)
    language_chosen = Signal(str)

    def __init__(self, chapters: tuple[Chapter, ...], menu: LetterMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapters = chapters
        self.tabs = TabRow("strong")
        for chapter in chapters:
            self.tabs.setTabData(self.tabs.addTab(""), chapter.number)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.tabs.tabBarClicked.connect(self._tab_changed)
        self.search = SearchField()
        self.language_button, self.menu_button = QToolButton(), BadgedButton()
        self.language_button.clicked.connect(lambda: self.language_chosen.emit(after(language())))
        if len(LANGUAGES) > 2:
            self.language_button.setMenu(self._languages())
            self.language_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.search)
        for button in (self.language_button, self.menu_button):
            button.setAutoRaise(True)
            layout.addWidget(button)
        self._restyle()
        appearance().changed.connect(self._restyle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search.take_room(self.width())

    def show_chapter(self, number: int) -> None:
        """Make the chapter's tab the current one, without emitting ``chapter_chosen``."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex([chapter.number for chapter in self._chapters].index(number))
        self.tabs.blockSignals(False)

    def open_menu(self) -> None:
        """Open the menu with its first entry selected, for keyboard users."""
        menu = self.menu_button.menu()
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))
        if isinstance(menu, LetterMenu):
            menu.choose_first()

    def show_due(self, count: int) -> None:
        """Show on the menu button how many old questions are due, which the overview asks again; 0 for none."""
        self.menu_button.show_badge(count)
        self._name_menu()

    def _languages(self) -> QMenu:
        """A menu of all languages, each named in itself (English, 中文)."""
        menu = QMenu(self)
        for code in LANGUAGES:
            menu.addAction(language_of(code).name, lambda code=code: self.language_chosen.emit(code))
        return menu

    def _tab_changed(self, index: int) -> None:
        if index >= 0:
            self.chapter_chosen.emit(self.tabs.tabData(index))

    def _restyle(self) -> None:
        self.tabs.setAccessibleName(translate(words.CHAPTERS))
        for index, chapter in enumerate(self._chapters):
            self.tabs.setTabText(index, translate(chapter.tab))
            self.tabs.setTabToolTip(index, f"{translate(chapter.line)} (Ctrl+{chapter.number})")
        self.search.take_room(self.width())
        self.menu_button.setIcon(icon("menu"))
        self.menu_button.setIconSize(QSize(px(18), px(18)))
        self._name_menu()
        self.language_button.setFont(font("text"))
        several = len(LANGUAGES) > 2
        of = language_of(language() if several else after(language()))
        self.language_button.setText(of.sign)
        self.language_button.setToolTip(of.name if several else of.switch)
        self.language_button.setAccessibleName(of.name if several else of.switch)

    def _name_menu(self) -> None:
        due = self.menu_button.badge
        waiting = words.MENU_WITH_ONE if due == 1 else words.MENU_WITH_SEVERAL(count=due)
        name = translate(waiting if due else words.MENU)
        self.menu_button.setToolTip(f"{name} (F10)")
        self.menu_button.setAccessibleName(name)
