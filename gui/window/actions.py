"""The menu and the keys: every command of the window, its name, shortcut and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from engine.contract.text.text import Text
from gui.style.appearance import appearance
from gui.style.language import translate
from gui.style.typography import font
from gui.window.letter_menu import LetterMenu


@dataclass(frozen=True)
class Command:
    """One command; ``in_menu`` False has only its keys. Where ``possible`` says no, the open menu shows it disabled.

    One that is on or off has a tick in the menu where ``is_on`` says so. Commands with the same ``under`` stand in a
    menu of that name.
    """

    name: Text
    keys: tuple[str, ...]
    call: Callable[[], None]
    in_menu: bool = True
    possible: Callable[[], bool] | None = None
    is_on: Callable[[], bool] | None = None
    under: Text | None = None


SEPARATOR = None


class Actions(QObject):
    """Makes the actions of a window from its commands; they follow the language."""

    def __init__(self, window: QWidget, commands: list[Command | None]) -> None:
        super().__init__(window)
        self.menu = LetterMenu(window)
        self._actions: list[tuple[Command, QAction]] = []
        self._menus: dict[Text, LetterMenu] = {}
        for command in commands:
            if command is None:
                self.menu.addSeparator()
                continue
            action = QAction(window)
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.setCheckable(command.is_on is not None)
            # Without the tick that Qt hands over.
            action.triggered.connect(lambda _=False, call=command.call: call())
            window.addAction(action)
            if command.in_menu:
                self._menu_for(command).take(action)
            self._actions.append((command, action))
        self.menu.aboutToShow.connect(self._show_what_is_possible)
        # Only the menu shows it: keys must find their command at any moment.
        self.menu.aboutToHide.connect(self._enable_all)
        self._rename()
        appearance().changed.connect(self._rename)

    def menu_of(self, names: tuple[Text, ...], entries: Sequence[tuple[Text, Callable[[], None]]] = ()) -> QMenu:
        """A menu with a few of the commands, after ``entries`` of its own; it deletes itself when it is closed."""
        menu = QMenu(self.menu.parentWidget())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(font("text"))
        for text, call in entries:
            # What a person wrote may hold an ampersand, which a menu takes for the mark of a key.
            menu.addAction(translate(text).replace("&", "&&")).triggered.connect(lambda _, call=call: call())
        if entries:
            menu.addSeparator()
        menu.addActions([action for command, action in self._actions if command.name in names])
        return menu

    def keys(self) -> list[tuple[Text, str]]:
        """Every command that has keys, with the first of them as this system writes it."""
        return [
            (command.name, action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for command, action in self._actions
            if command.keys
        ]

    def _menu_for(self, command: Command) -> LetterMenu:
        if command.under is None:
            return self.menu
        if command.under not in self._menus:
            self._menus[command.under] = LetterMenu(self.menu)
            self.menu.addMenu(self._menus[command.under])
        return self._menus[command.under]

    def _show_what_is_possible(self) -> None:
        for command, action in self._actions:
            action.setEnabled(command.possible is None or bool(command.possible()))
            if command.is_on is not None:
                action.setChecked(command.is_on())

    def _enable_all(self) -> None:
        for _, action in self._actions:
            action.setEnabled(True)

    def _rename(self) -> None:
        self.menu.setFont(font("text"))
        for name, menu in self._menus.items():
            menu.setFont(font("text"))
            menu.setTitle(translate(name))
        for command, action in self._actions:
            action.setText(translate(command.name))
