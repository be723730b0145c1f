"""The keys of a number in a cell of the stage: arrows go on, + and − change it, and a digit begins to type it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from engine.contract.interaction.handle import Slide
from gui.stage.keys.typed_number import TypedNumber
from gui.stage.stage_host import StageHost
from gui.style.language import translate

_NOTCHES = {"+": 1, "=": 1, "-": -1, "\N{MINUS SIGN}": -1}
_BEGINS = frozenset("0123456789.")


class CellKeys(QObject):
    """What is typed is set by Enter, and the cell has the keys again, also where it was given up."""

    def __init__(self, view: StageHost) -> None:
        super().__init__(view.stage)
        self._view = view
        self._box: TypedNumber | None = None
        self._asked = ""

    def notches(self, event: QKeyEvent) -> int:
        """By how many steps a key makes the number larger; 0 where it means something else."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return 0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return 10 if event.key() == Qt.Key.Key_Up else -10
        return _NOTCHES.get(event.text(), 0)

    def begins(self, event: QKeyEvent) -> bool:
        """Whether a key begins a number."""
        return event.text() in _BEGINS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier

    def ask(self, handle: Slide, begun: str) -> None:
        """Have the number typed over its cell, of which the beginning is there already."""
        view = self._view
        if view.current is None:
            return
        if self._box is None:
            self._box = TypedNumber(view.stage.viewport())
            self._box.given.connect(self._set)
            self._box.closed.connect(lambda: view.focus_handle(self._asked))
        self._asked = handle.id
        middle = view.stage.mapFromScene(view.handle_items[handle.id].scenePos())
        self._box.ask(middle, handle.number(view.current.params), translate(handle.name), begun)

    def _set(self, number: float) -> None:
        view = self._view
        handle = next((one for one in view.handles() if one.id == self._asked), None)
        if isinstance(handle, Slide) and view.current is not None:
            view.change(handle.set_to(number, view.current.params))
