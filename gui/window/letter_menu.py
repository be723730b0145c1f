"""The window's menu: a letter goes to the next entry that begins with it, and keys stand beside their entries."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class LetterMenu(QMenu):
    """Qt knows letters only where an entry marks one, which no Chinese entry could."""

    def take(self, action: QAction) -> None:
        """Have an entry, with its key beside it; some systems show none in a menu that opens by itself."""
        action.setShortcutVisibleInContextMenu(True)
        self.addAction(action)

    def choose_first(self) -> None:
        """Begin at the first entry that can be chosen, for whoever came by keys."""
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
