"""Describes a stage to screen readers: its handles, controls, painted words and images.

Everything is derived from what the stage has anyway: labels of handles, fields of controls, classes of items, painted
words, and the engine's probes. Created only once a screen reader is active.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyqtgraph as pg
import shiboken6
from PySide6.QtCore import QObject, QRectF, QSizeF
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QGraphicsItem, QGraphicsWidget

from engine.contract.fields.base import Ranged
from engine.contract.handle import Handle, ProbePoint, Slide
from engine.contract.numerals import format_alike, format_real
from engine.contract.params import fields_of
from engine.contract.text import EMPTY, Text, notation, untranslated
from gui.plots.board.choosing import ChoosingItem, StepChip
from gui.plots.board.count_matrix import CountMatrix
from gui.plots.board.table import TableItem
from gui.plots.network.network_maps import NetworkMaps
from gui.plots.pictures.cell_board import CellBoard
from gui.plots.pictures.cells import CellPicture
from gui.plots.pictures.drawing_canvas import DrawingCanvas
from gui.plots.plane.class_points import ClassPointsItem
from gui.plots.surface.relief_plot import ReliefPlot
from gui.spoken.spoken import Announcer, Spoken, SpokenNumber, tell_focus, tell_value
from gui.stage.accessible.accessible_text import AccessibleText, axis_in_words
from gui.stage.accessible.part_names import POINT, kind_of
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.handle import HandleItem
from gui.stage.keys import StageKeys
from gui.stage.stage_host import StageHost
from gui.style.language import translate

_STAGE = Text("Stage: {title}")
_PICTURE, _CONTROL = Text("Picture", context="plot"), Text("Choice on the stage")
_PLACE = notation("({x}, {y})")
_CELL = Text("row {row}, column {column}: {value}")
_ROW = Text("row {row}: {values}")
_ROW_OF = Text("{name}, row {row}: {values}")
_IN_ARRAY = Text("{number} of {count}")
_MORE = Text("and {count} more")
_GOES_ON = Text("Arrows change it; Control with an arrow goes to the next one; Escape lets go.")
_PULLED = Text("Plus and minus change it, digits set it; arrows go to the next one; Escape lets go.")
_ARROWS_MOVE = Text("Arrow keys move it; Escape lets go.")
_LEFT_BY = Text("{help} Escape lets go.")
_THEN = Text("{one}. {other}")
_AND = Text("{one} {other}")
_TABLE, _PLOT = Text("Table"), Text("Plot: {up} over {across}")
_MOST_POINTS = 40
Role = QAccessible.Role


class StageSpeaker:
    """Builds the tree of accessible objects below a stage; the objects of items that still exist are reused."""

    def __init__(self, view: StageHost, keys: StageKeys) -> None:
        self._view, self._keys = view, keys
        self._groups: dict[int, AccessibleText] = {}
        self._arrays: dict[str, AccessibleText] = {}
        self._lines: dict[int, list[AccessibleText]] = {}
        self._within: dict[int, list[AccessibleText]] = {}
        self._is_stale = True
        self._top: list[QObject] = []
        self._part: QObject | None = None
        self._value = ""
        # A value without a number has no event of its own.
        self._announcer = Announcer(view.stage, lambda: self._value)

    def drawn(self) -> None:
        """Mark the painted words as outdated, to be read again at the next query. If the value of the focused handle or
        control has changed, tell the screen reader.
        """
        self._is_stale = True
        name, control = self._view.focused_handle(), self._keys.focused_control()
        part: QObject | None = control if name is None else self._view.handle_items[name]
        if part is None:
            return
        value, number = self._value_of_part(part)
        if part is not self._part:
            # It was told with its value when the keys came to it.
            self._part, self._value = part, value
        elif value != self._value:
            self._value = value
            if number is not None:
                tell_value(part, number.value)
            else:
                self._announcer.changed()

    def focused(self, part: QObject) -> None:
        """Tell the screen reader that this handle or control has got the keyboard focus."""
        if shiboken6.isValid(part):
            self._give_voice(part)
            self._part, self._value = part, self._value_of_part(part)[0]
            self._announcer.forget()
            tell_focus(part)

    def spoken(self) -> Spoken:
        """The description of the stage, with its handles first and then its items row by row as children."""
        view = self._view
        reading = view.experiment.headline(view.current.params, view.current.frame) if view.current else None
        return Spoken(
            Role.Canvas,
            translate(_STAGE(title=view.experiment.title)),
            help=translate(reading) if reading else "",
            children=self._children(),
        )

    def _children(self) -> list[QObject]:
        if self._is_stale and self._view.current is not None:
            self._read()
        return self._top

    def _read(self) -> None:
        view = self._view
        self._is_stale = False
        for said in self._every_said():
            said.go()
        self._within.clear()
        handles: list[QObject] = [view.handle_items[name] for name in self._keys.reached_handles()]
        controls = [one for one in self._keys.controls if one.isVisible() and one.scene() is not None]
        written = [(words, box) for words, box in words_and_marks(view.stage) if words.strip()]
        items = [*view.stage.ci.items, *(one for one in controls if one not in view.stage.ci.items)]
        seen = [item for item in items if item.isVisible() and not item.sceneBoundingRect().isEmpty()]
        seen.sort(key=lambda item: (round(item.sceneBoundingRect().top() / 8), item.sceneBoundingRect().left()))
        parts: list[QObject] = []
        for item in seen:
            box = item.sceneBoundingRect()
            inside = [one for one in written if box.contains(one[1].center())]
            lines = self._options_of(item) if isinstance(item, ChoosingItem) else self._lines_of(item, inside)
            if item in controls:
                self._within[id(item)] = lines
                parts.append(item)
            elif lines and _name_of(item) is None and _kind_within(item) is None:
                parts += lines
            elif lines:
                parts.append(self._group_of(item, lines))
        for part in (*handles, *parts):
            self._give_voice(part)
        self._top = [*self._in_arrays(), *parts]

    def _in_arrays(self) -> list[QObject]:
        """The handles as accessible objects; handles that form an array are one group."""
        view = self._view
        found: list[QObject] = []
        for stop in self._keys.stops():
            if not isinstance(stop, tuple):
                continue
            items = [view.handle_items[name] for name in stop]
            if len(items) == 1:
                found += items
                continue
            array = self._arrays.get(stop[0]) or self._new()
            self._arrays[stop[0]] = array
            names = [translate(one.name) for one in view.handles() if one.id in (stop[0], stop[-1])]
            box = QRectF()
            for item in items:
                box = box.united(QRectF(item.scenePos(), QSizeF(1, 1)))
            array.told = Spoken(
                Role.Grouping, " … ".join(names), children=items, parent=view.stage, box=view.stage.box_on_screen(box)
            )
            found.append(array)
        return found

    def _give_voice(self, part: QObject) -> None:
        """Give a handle or control its accessible description, which Qt gets by calling methods of this object."""
        if isinstance(part, HandleItem):
            part.spoken = lambda: self._of_handle(part)  # type: ignore[attr-defined]
        elif not isinstance(part, AccessibleText):
            part.spoken = lambda: self._of_control(part)  # type: ignore[attr-defined]

    # Handles

    def _of_handle(self, item: HandleItem) -> Spoken:
        view, current = self._view, self._view.current
        handle = next((one for one in view.handles() if one.id == item.handle_id), None)
        if handle is None or current is None:
            return Spoken(Role.Slider, "", states=frozenset({"invisible"}), parent=view.stage)
        array = self._keys.array_of(handle.id)
        name, (spelled, number) = translate(handle.name), self._value_of_handle(handle)
        if number is None:
            # What has no number has its value in its name, which is all that is always read.
            name = f"{name} {spelled}"
        how = _ARROWS_MOVE if len(array) == 1 else _PULLED if item.stays else _GOES_ON
        # What the label says behind its colon is for a hand that drags.
        told = _AND(one=how, other=handle.by_keys) if handle.by_keys != EMPTY else how
        if len(array) > 1:
            told = _THEN(one=_IN_ARRAY(number=array.index(handle.id) + 1, count=len(array)), other=told)
        return Spoken(
            Role.Slider,
            name,
            spelled,
            translate(told),
            number,
            self._states(item.is_focused()),
            {
                "Press": lambda: view.click_handle(item.handle_id),
                "SetFocus": lambda: view.take_keys(item.handle_id),
            },
            parent=view.stage if len(array) == 1 else self._arrays.get(array[0], view.stage),
            box=view.stage.box_on_screen(item.mapRectToScene(QRectF(-14, -14, 28, 28))),
        )

    def _value_of_handle(self, handle: Handle) -> tuple[str, SpokenNumber | None]:
        """The value that a handle moves, as text, and as a number if it is a single one.

        The fields are found by asking the experiment what a drag to the handle's present position would set.
        """
        view, current = self._view, self._view.current
        assert current is not None  # without a frame there are no handles
        params, fields = current.params, fields_of(view.experiment.params_type)
        if isinstance(handle, Slide):
            low, high = handle.range_in(params)
            step = handle.step * max(abs(part) for part in handle.along)
            value = handle.number(params)
            words = translate(fields[handle.field].spell(value)) if handle.index is None else format_real(value, 6)
            return words, SpokenNumber(value, low, high, step, lambda to: self._set(handle.id, to))
        moved = view.experiment.drag(params, current.frame, handle.id, handle.place)
        names = [name for name in moved if name in fields]
        if len(names) == 1 and isinstance(field := fields[names[0]], Ranged):
            value = getattr(params, names[0])
            if isinstance(value, (int, float)):
                number = SpokenNumber(
                    value, field.minimum, field.maximum, 0, lambda to: view.change({names[0]: field.parse(repr(to))})
                )
                return translate(field.spell(value)), number
        if names:
            # A window may stand where the walk is, which is no cell that was chosen.
            at = {n: moved[n] if handle.framing else getattr(params, n) for n in names}
            return ", ".join(f"{translate(fields[n].label)} {translate(fields[n].spell(at[n]))}" for n in names), None
        return translate(_PLACE(x=format_real(handle.place[0], 3), y=format_real(handle.place[1], 3))), None

    def _set(self, handle_id: str, number: float) -> None:
        handle = next((one for one in self._view.handles() if one.id == handle_id), None)
        if isinstance(handle, Slide) and self._view.current is not None:
            self._view.change(handle.set_to(number, self._view.current.params))

    def _value_of_part(self, part: QObject) -> tuple[str, SpokenNumber | None]:
        """The value of a handle or control as text, and as a number if it is one."""
        if not isinstance(part, HandleItem):
            return self._value_of(part), None
        handle = next((one for one in self._view.handles() if one.id == part.handle_id), None)
        return self._value_of_handle(handle) if handle and self._view.current else ("", None)

    # Controls

    def _of_control(self, control: Any) -> Spoken:
        view = self._view
        field = view.field_of_control(control)
        kind = kind_of(control)
        name = translate(field.label) if field else translate(kind[0] if kind else _CONTROL)
        self._children()
        told = field.help if field else kind[1] if kind else untranslated("")
        return Spoken(
            Role.ComboBox if isinstance(control, (ChoosingItem, StepChip)) else Role.Grouping,
            name,
            self._value_of(control),
            translate(_LEFT_BY(help=told)).strip(),
            states=self._states(control.hasFocus()),
            actions={"SetFocus": lambda: view.take_keys(control)},
            children=self._within.get(id(control), []),
            parent=view.stage,
            box=view.stage.box_on_screen(control.sceneBoundingRect()),
        )

    def _value_of(self, control: Any) -> str:
        """The chosen value of a control, as text."""
        view = self._view
        if isinstance(control, ChoosingItem):
            return dict(control.options).get(control.value, "")
        if isinstance(control, (StepChip, ReliefPlot, NetworkMaps, CountMatrix, DrawingCanvas)):
            return control.words
        if isinstance(control, CellPicture) and control.selected is not None:
            row, column = control.selected
            said = view.probe_at(control.cell_box(row, column).center())
            value = format_real(float(control.values[row, column]), 3)
            return translate(said or _CELL(row=row + 1, column=column + 1, value=value))
        if isinstance(control, CellBoard) and view.current is not None:
            middles = [one.block.middle(*one.selected) for one in control.grids if one.selected is not None]
            if not middles:
                return ""
            spot = ProbePoint(*middles[0])
            probe = view.experiment.probe(view.current.params, view.current.frame, spot)
            return translate(probe.text) if probe else ""
        return ""

    def _options_of(self, control: ChoosingItem) -> list[AccessibleText]:
        """The options of a control, each an object that chooses it when activated."""
        said = self._kept(control, len(control.options))
        for one, (value, name) in zip(said, control.options, strict=True):
            states = frozenset({"selectable", *(["selected"] if value == control.value else [])})
            box = self._view.stage.box_on_screen(control.mapRectToScene(control.box(value)))
            choose = {"Press": lambda value=value: control.choose(value)}
            one.told = Spoken(Role.ListItem, name or value, states=states, actions=choose, parent=control, box=box)
        return said

    # What is written and drawn

    def _group_of(self, item: QGraphicsItem, lines: Sequence[AccessibleText]) -> AccessibleText:
        kind = _kind_within(item)
        group = self._groups.get(id(item)) or self._new()
        self._groups[id(item)] = group
        group.told = Spoken(
            Role.Grouping,
            translate(kind[0] if kind else _name_of(item) or _PICTURE),
            help=translate(kind[1]) if kind else "",
            children=lines,
            parent=self._view.stage,
            box=self._view.stage.box_on_screen(item.sceneBoundingRect()),
        )
        for line in lines:
            line.told = _within(line.told, group)
        return group

    def _lines_of(self, item: QGraphicsWidget, written: list[tuple[str, QRectF]]) -> list[AccessibleText]:
        """The accessible texts of an item: a sentence for each axis, its painted words line by line, its points one by
        one.
        """
        found: list[tuple[str, QRectF]] = []
        for axis in _axes_of(item):
            box = axis.sceneBoundingRect()
            written = [one for one in written if not box.contains(one[1].center())]
            name, sentence = axis_in_words(axis)
            if name:
                found.append((f"{name}. {sentence}", box))
        found += _rows_of(item) or _in_lines(written)
        found += self._points_of(item)
        said_lines = self._kept(item, len(found))
        parent: QObject = item if item in self._keys.controls else self._view.stage
        for line, (words, box) in zip(said_lines, found, strict=True):
            line.told = Spoken(Role.StaticText, words, parent=parent, box=self._view.stage.box_on_screen(box))
        return said_lines

    def _points_of(self, item: QGraphicsItem) -> list[tuple[str, QRectF]]:
        """The engine's words on each point of a plane, with the points' boxes; of very many points only on the
        first.
        """
        found = []
        for points in (one for one in _below(item) if isinstance(one, ClassPointsItem) and one.isVisible()):
            places = [one.pos() for one in points.scatter.points()]
            for place in places[:_MOST_POINTS]:
                middle = points.mapToScene(place)
                said = self._view.probe_at(middle)
                if said is not None:
                    at = f"({format_real(place.x(), 3)}, {format_real(place.y(), 3)})"
                    words = f"{translate(POINT[0])} {at}: {translate(said)}"
                    found.append((words, QRectF(middle.x() - 8, middle.y() - 8, 16, 16)))
            if found and len(places) > _MOST_POINTS:
                found.append((translate(_MORE(count=len(places) - _MOST_POINTS)), item.sceneBoundingRect()))
        return found

    def _kept(self, item: QGraphicsItem, count: int) -> list[AccessibleText]:
        """``count`` text objects of an item; existing ones are reused, so that a screen reader keeps its position."""
        lines = self._lines.setdefault(id(item), [])
        while len(lines) < count:
            lines.append(self._new())
        return lines[:count]

    def _new(self) -> AccessibleText:
        return AccessibleText(self._view.stage, self._children)

    def _every_said(self) -> Iterator[AccessibleText]:
        yield from (*self._groups.values(), *self._arrays.values())
        for lines in self._lines.values():
            yield from lines

    @staticmethod
    def _states(focused: bool) -> frozenset[str]:
        return frozenset({"focusable", *(["focused"] if focused else [])})


def _kind_within(item: QGraphicsItem) -> tuple[Text, Text] | None:
    """The name and description of an item, or of its first descendant that has any."""
    return next((found for one in (item, *_below(item)) if (found := kind_of(one)) is not None), None)


def _name_of(item: QGraphicsItem) -> Text | None:
    """A name for an item whose class has no description; None for an item that is only words."""
    names = {axis.orientation: axis.label.toPlainText().strip() for axis in _axes_of(item)}
    across, up = names.get("bottom", ""), names.get("left", "")
    if across and up:
        return _PLOT(across=across, up=up)
    return _TABLE if isinstance(item, TableItem) else untranslated(across or up) if across or up else None


def _within(told: Spoken, parent: QObject) -> Spoken:
    return Spoken(told.role, told.name, parent=parent, box=told.box)


def _below(item: QGraphicsItem) -> list[QGraphicsItem]:
    found = []
    for child in item.childItems():
        found += [child, *_below(child)]
    return found


def _axes_of(item: QGraphicsItem) -> list[pg.AxisItem]:
    axes = getattr(item, "axes", {})
    return [axis for one in axes.values() if (axis := one["item"]).isVisible()] if isinstance(axes, dict) else []


def _rows_of(item: QGraphicsItem) -> list[tuple[str, QRectF]]:
    """The rows of arrays whose cells can be chosen, each as its description and box; they replace the painted words of
    the item.
    """
    rows = []
    if isinstance(item, CellPicture):
        for row, values in enumerate(item.values):
            words = translate(_ROW(row=row + 1, values=_numbers(values)))
            rows.append((words, item.cell_box(row, 0).united(item.cell_box(row, len(values) - 1))))
    if not isinstance(item, CellBoard):
        return rows
    for grid in item.grids:
        for row in range(grid.block.rows):
            places = [(row, column) for column in range(grid.block.columns)]
            seen = _numbers([grid.values[r][c] for r, c in places if (r, c) not in grid.empty])
            words = translate(_ROW_OF(name=grid.name, row=row + 1, values=seen or "–"))
            rows.append((words, item.cell_box(grid, *places[0]).united(item.cell_box(grid, *places[-1]))))
    return rows


def _numbers(values: Iterable[float]) -> str:
    return " ".join(format_alike([float(value) for value in values]))


def _in_lines(written: Sequence[tuple[str, QRectF]]) -> list[tuple[str, QRectF]]:
    """Words that stand side by side joined to one line, the lines from top to bottom."""
    lines: list[list[tuple[str, QRectF]]] = []
    for words, box in sorted(written, key=lambda one: one[1].center().y()):
        if lines and abs(lines[-1][0][1].center().y() - box.center().y()) < box.height() / 3:
            lines[-1].append((words, box))
        else:
            lines.append([(words, box)])
    joined = []
    for line in lines:
        line.sort(key=lambda one: one[1].left())
        whole = QRectF()
        for _, box in line:
            whole = whole.united(box)
        joined.append((" ".join(words.strip() for words, _ in line), whole))
    return joined
