"""The window's menu: a letter selects the next entry that begins with it, and shortcuts are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class LetterMenu(QMenu):
    """A menu with letter navigation; Qt offers it only for entries with a mnemonic, which Chinese ones cannot have."""

    def take(self, action: QAction) -> None:
        """Add an action with its shortcut visible, which some systems hide in popup menus."""
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
