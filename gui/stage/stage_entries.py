"""What a menu offers for a place of a stage: to remove what lies there, to copy its number, to end magnifying."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from engine.contract.text.text import Text
from gui.stage.handle import nearest_handle
from gui.stage.view import View
from gui.stage.written import words_at

_REMOVE = Text("Remove: {what}")
_WHOLE = Text("Reset zoom")
_COPY = Text("Copy “{words}”")

Entry = tuple[Text, Callable[[], None]]


def entries_at(view: View, place: QPoint) -> list[Entry]:
    """The entries for a place of the stage's viewport: the words, and what they do."""
    entries: list[Entry] = []
    handle = nearest_handle(view.handle_items.values(), view.stage.mapToScene(place))
    if handle is not None and view.current is not None:
        name, (params, frame) = handle.handle_id, (view.current.params, view.current.frame)
        if view.experiment.remove(params, frame, name):
            what = next(one.name for one in view.experiment.handles(params, frame) if one.id == name)
            entries.append((_REMOVE(what=what), lambda: _remove(view, name)))
    if view.magnified():
        entries.append((_WHOLE, lambda: show_whole(view)))
    words = words_at(view.stage, place)
    if words:
        entries.append((_COPY(words=words), lambda: _copy(words)))
    return entries


def show_whole(view: View) -> None:
    """End the magnifying of all plots."""
    for plot in view.magnified():
        plot.show_whole()


def _remove(view: View, name: str) -> None:
    """Remove what a handle stands for, and neither focus nor highlight the handle that takes over its id."""
    view.remove_handle(name)
    view.focus_handle(None)
    for item in view.handle_items.values():
        item.set_hovered(False)


def _copy(words: str) -> None:
    """To the clipboard, with the minus sign that other programs read as one."""
    QGuiApplication.clipboard().setText(words.replace("\N{MINUS SIGN}", "-"))
