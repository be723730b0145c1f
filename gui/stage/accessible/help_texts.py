"""Help texts for a point of a stage, from the handle, control, reading or item found there by hit test."""

from __future__ import annotations

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF

from engine.contract.fields import Field
from engine.contract.handle import Handle, Slide
from engine.contract.params import field_of
from engine.contract.text import Text
from gui.stage.accessible.accessible_text import axis_in_words
from gui.stage.accessible.part_names import POINT, kind_at
from gui.stage.fields_on_stage import words_at
from gui.stage.handle import nearest_handle
from gui.stage.view import View
from gui.style.language import translate

_GRIPPED = Text("Can be dragged, or moved with the arrow keys after a click.")
_CHOSEN = Text("A click chooses.")
_PICTURE = Text("The picture as a whole")


@dataclass(frozen=True)
class Meaning:
    """The name of an element of the stage, possibly empty, and a sentence that explains it, in the language in use."""

    name: str
    sentence: str


def meaning_at(view: View, place: QPoint) -> Meaning | None:
    """The meaning of the element at a point of a stage's viewport; if there is none, the meaning of the whole stage.

    None before a frame is shown.
    """
    if view.current is None:
        return None
    scene_place = view.stage.mapToScene(place)
    item = nearest_handle(view.handle_items.values(), scene_place)
    if item is not None:
        return _of_handle(view, item.handle_id)
    name = view.field_at(scene_place)
    if name is not None:
        return _of_field(field_of(view.experiment.params_type, name), _CHOSEN)
    probe = view.probe_at(scene_place)
    kind = kind_at(iter(view.stage.scene().items(scene_place)), scene_place)
    if probe is not None and kind is POINT:
        return Meaning(translate(kind[0]), f"{translate(kind[1])} {translate(probe)}")
    if probe is not None:
        return Meaning(words_at(view.stage, place), translate(probe))
    axis = _of_axis(view, scene_place)
    if axis is not None:
        return axis
    if kind is None:
        kind = _PICTURE, view.experiment.headline(view.current.params, view.current.frame)
    return Meaning(*map(translate, kind))


def _of_handle(view: View, handle_id: str) -> Meaning:
    current = view.current
    handles = view.experiment.handles(current.params, current.frame) if current else ()
    handle: Handle = next(one for one in handles if one.id == handle_id)
    if not isinstance(handle, Slide):
        return Meaning(translate(handle.label), translate(_GRIPPED))
    field = field_of(view.experiment.params_type, handle.field)
    return Meaning(translate(handle.label), f"{translate(field.help)} {translate(_GRIPPED)}")


def _of_field(field: Field, then: Text) -> Meaning:
    return Meaning(translate(field.label), f"{translate(field.help)} {translate(then)}")


def _of_axis(view: View, scene_place: QPointF) -> Meaning | None:
    for item in view.stage.scene().items(scene_place):
        if isinstance(item, pg.AxisItem):
            return Meaning(*axis_in_words(item))
    return None
