"""The menu and the keys: every command of the window, its name, shortcut and what it calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from engine.contract.text import Text
from gui.style.appearance import appearance
from gui.style.language import show
from gui.style.typography import font


@dataclass(frozen=True)
class Command:
    """One command; ``in_menu`` False has only its keys. Where ``possible`` says no, the open menu shows it disabled."""

    name: Text
    keys: tuple[str, ...]
    call: Callable[[], None]
    in_menu: bool = True
    possible: Callable[[], bool] | None = None


SEPARATOR = None


class Actions(QObject):
    """Makes the actions of a window from its commands; they follow the language."""

    def __init__(self, window: QWidget, commands: list[Command | None]) -> None:
        super().__init__(window)
        self.menu = QMenu(window)
        self._actions: list[tuple[Command, QAction]] = []
        for command in commands:
            if command is None:
                self.menu.addSeparator()
                continue
            action = QAction(window)
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.triggered.connect(command.call)
            window.addAction(action)
            if command.in_menu:
                self.menu.addAction(action)
            self._actions.append((command, action))
        self.menu.aboutToShow.connect(self._show_what_is_possible)
        # Only the menu shows it: keys must find their command at any moment.
        self.menu.aboutToHide.connect(self._enable_all)
        self._rename()
        appearance().changed.connect(self._rename)

    def menu_of(
        self, names: tuple[Text, ...], entries: Sequence[tuple[Text, Callable[[], None]]] = ()
    ) -> QMenu:
        """A menu with a few of the commands, after ``entries`` of its own; it deletes itself when it is closed."""
        menu = QMenu(self.menu.parentWidget())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(font("text"))
        for text, call in entries:
            # What a person wrote may hold an ampersand, which a menu takes for the mark of a key.
            menu.addAction(show(text).replace("&", "&&")).triggered.connect(lambda _, call=call: call())
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

    def _show_what_is_possible(self) -> None:
        for command, action in self._actions:
            action.setEnabled(command.possible is None or bool(command.possible()))

    def _enable_all(self) -> None:
        for _, action in self._actions:
            action.setEnabled(True)

    def _rename(self) -> None:
        self.menu.setFont(font("text"))
        for command, action in self._actions:
            action.setText(show(command.name))
