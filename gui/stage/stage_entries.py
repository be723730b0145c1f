"""Context menu entries for a point of a stage: remove an item, copy a value, reset magnified plots."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from engine.contract.text import Text
from gui.stage.fields_on_stage import words_at
from gui.stage.handle import nearest_handle
from gui.stage.view import View

_REMOVE = Text("Remove: {what}")


_WHOLE = Text("Reset zoom")


_COPY = Text("Copy “{words}”")


MenuEntry = tuple[Text, Callable[[], None]]


def entries_at(view: View, place: QPoint) -> list[MenuEntry]:
    """The menu entries for a point of the stage's viewport, as texts and actions."""
    entries: list[MenuEntry] = []
    handle = nearest_handle(view.handle_items.values(), view.stage.mapToScene(place))
    if handle is not None and view.current is not None:
        name, (params, frame) = handle.handle_id, (view.current.params, view.current.frame)
        if view.experiment.remove(params, frame, name):
            what = next(one.name for one in view.experiment.handles(params, frame) if one.id == name)
            entries.append((_REMOVE(what=what), lambda: _remove(view, name)))
    if view.magnified():
        entries.append((_WHOLE, view.show_whole))
    words = words_at(view.stage, place)
    if words:
        entries.append((_COPY(words=words), lambda: _copy(words)))
    return entries


def _remove(view: View, name: str) -> None:
    """Remove the object of a handle; the handle that gets the same id afterwards is neither focused nor highlighted."""
    view.remove_handle(name)
    view.focus_handle(None)
    for item in view.handle_items.values():
        item.set_hovered(False)


def _copy(words: str) -> None:
    """Copy a value to the clipboard, with a plain minus sign that other programs understand."""
    QGuiApplication.clipboard().setText(words.replace("\N{MINUS SIGN}", "-"))
