"""The window's first row: the chapters, and the buttons for overview, questions, language, theme and menu."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from engine.contract.catalogue import Chapter
from engine.contract.text.language import LANGUAGES, language_of
from engine.contract.text.text import Text
from gui.style.appearance import appearance
from gui.style.icons import icon
from gui.style.language import after, language, translate
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px
from gui.window import words
from gui.window.badged_button import BadgedButton
from gui.window.letter_menu import LetterMenu
from gui.window.tab_row import TabRow


class TopBar(QWidget):
    """``chapter_chosen`` carries the chapter's number."""

    chapter_chosen = Signal(int)
    overview_wanted = Signal()
    question_asked = Signal()
    language_chosen = Signal(str)
    theme_switched = Signal()

    def __init__(self, chapters: tuple[Chapter, ...], menu: LetterMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapters = chapters
        self.tabs = TabRow("strong")
        for chapter in chapters:
            self.tabs.setTabData(self.tabs.addTab(""), chapter.number)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.tabs.tabBarClicked.connect(self._tab_changed)
        self._overview = BadgedButton()
        self._question, self._language, self._theme, self._menu = (QToolButton() for _ in range(4))
        self._overview.clicked.connect(self.overview_wanted)
        self._question.setCheckable(True)
        self._question.clicked.connect(self.question_asked)
        self._language.clicked.connect(lambda: self.language_chosen.emit(after(language())))
        if len(LANGUAGES) > 2:
            self._language.setMenu(self._languages())
            self._language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._theme.clicked.connect(self.theme_switched)
        self._menu.setMenu(menu)
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, GRID, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.tabs, 1)
        for button in (self._overview, self._question, self._language, self._theme, self._menu):
            button.setAutoRaise(True)
            layout.addWidget(button)
        self._restyle()
        appearance().changed.connect(self._restyle)

    def show_chapter(self, number: int) -> None:
        """Mark a chapter as the visible one."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex([chapter.number for chapter in self._chapters].index(number))
        self.tabs.blockSignals(False)

    def open_menu(self) -> None:
        """Open the menu as a key does: at its first entry."""
        menu = self._menu.menu()
        menu.popup(self._menu.mapToGlobal(self._menu.rect().bottomLeft()))
        if isinstance(menu, LetterMenu):
            menu.choose_first()

    def show_due(self, count: int) -> None:
        """How many old questions wait in the overview; 0 for none."""
        self._overview.show_badge(count)
        self._name_overview()

    def show_asking(self, asking: bool) -> None:
        """Whether the pointer is a question at the moment."""
        self._question.setChecked(asking)

    def _languages(self) -> QMenu:
        """All languages, each by the name that it gives itself."""
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
        dark = theme().name == "dark"
        self._dress(self._overview, "overview", words.OVERVIEW, "Ctrl+1")
        self._name_overview()
        self._dress(self._question, "question", words.WHAT_IS_THIS, "Shift+F1")
        self._dress(self._theme, "light" if dark else "dark", words.LIGHT if dark else words.DARK)
        self._dress(self._menu, "menu", words.MENU, "F10")
        self._language.setFont(font("text"))
        several = len(LANGUAGES) > 2
        of = language_of(language() if several else after(language()))
        self._language.setText(of.sign)
        self._language.setToolTip(of.name if several else of.switch)
        self._language.setAccessibleName(of.name if several else of.switch)

    def _name_overview(self) -> None:
        due = self._overview.badge
        waiting = words.OVERVIEW_WITH_ONE if due == 1 else words.OVERVIEW_WITH_SEVERAL(count=due)
        name = translate(waiting if due else words.OVERVIEW)
        self._overview.setToolTip(f"{name} (Ctrl+1)")
        self._overview.setAccessibleName(name)

    def _dress(self, button: QToolButton, icon_name: str, name: Text, shortcut: str = "") -> None:
        button.setIcon(icon(icon_name))
        button.setIconSize(QSize(px(18), px(18)))
        button.setToolTip(f"{translate(name)} ({shortcut})" if shortcut else translate(name))
        button.setAccessibleName(translate(name))
