"""The items of a stage that are the controls of fields: several options in a row, or the cells of a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPointF

from engine.contract.fields import Field
from engine.contract.fields.choice import Choice
from engine.contract.interaction.probe_point import ProbePoint
from engine.contract.params import Params, field_of
from engine.contract.text.text import Text
from gui.plots.board.choosing import ChoosingItem
from gui.plots.board.step_chip import StepChip
from gui.plots.pictures.cell_picture import CellPicture
from gui.style.language import translate

_CHOSEN = Text("{label}: {value}")


class FieldsOnStage:
    """``change`` is called with the parameter change that a person asks for by one of the items."""

    def __init__(self, params_type: type[Params], change: Callable[[Mapping[str, object]], None]) -> None:
        self._params_type = params_type
        self._change = change
        self._choices: dict[str, ChoosingItem] = {}
        self._offered: dict[str, tuple[object, ...]] = {}
        self._pictures: dict[str, CellPicture] = {}
        self._chips: dict[str, StepChip] = {}

    def choice(self, name: str, item: ChoosingItem, values: Sequence[object]) -> None:
        """An item with the options of a field, or with ``values`` where it has none of its own."""
        self._choices[name], self._offered[name] = item, tuple(values)
        item.chosen.connect(partial(self._parse, name))

    def selects(self, name: str, picture: CellPicture) -> None:
        """A picture whose cells are the values of a field."""
        self._pictures[name] = picture
        picture.chosen.connect(partial(self._take, name))

    def chip(self, name: str, chip: StepChip, step: Callable[[int], object]) -> None:
        """A stop of Tab whose arrows choose a field's value: ``step`` says which lies so many further."""
        self._chips[name] = chip
        chip.stepped.connect(lambda by: self._take(name, step(by)))

    def restyle(self) -> None:
        """Write the options in the language in use; takes fonts and colours anew."""
        for name, item in self._choices.items():
            field, offered = field_of(self._params_type, name), self._offered[name]
            pairs = [(str(value), field.spell(value)) for value in offered]
            if not offered and isinstance(field, Choice):
                pairs = [(option.value, option.label) for option in field.options]
            item.set_options([(value, translate(words)) for value, words in pairs])

    def show(self, params: Params) -> None:
        """Show what is chosen."""
        for name, item in self._choices.items():
            item.show_value(str(getattr(params, name)))
        for name, chip in self._chips.items():
            field = field_of(self._params_type, name)
            chip.show_words(translate(_CHOSEN(label=field.label, value=field.spell(getattr(params, name)))))

    def click(self, scene_place: QPointF) -> bool:
        """Choose the cell that lies at a place of the scene; whether there is one."""
        for name, picture in self._pictures.items():
            if picture.scene() is None or not picture.vb.sceneBoundingRect().contains(scene_place):
                continue
            spot = ProbePoint(*picture.vb.mapSceneToView(scene_place).toTuple())
            if spot.cell(picture.values) is not None:
                self._take(name, (spot.row, spot.column))
                return True
        return False

    def name_at(self, scene_place: QPointF) -> str | None:
        """The field of the options that lie at a place of the scene."""
        for name, item in self._choices.items():
            if item.isVisible() and item.scene() is not None and item.sceneBoundingRect().contains(scene_place):
                return name
        return None

    def field_of_item(self, item: object) -> Field | None:
        """The field whose control an item is, None where it is that of none."""
        named = {**self._choices, **self._pictures, **self._chips}
        return next((field_of(self._params_type, name) for name, one in named.items() if one is item), None)

    def _parse(self, name: str, text: str) -> None:
        self._change({name: field_of(self._params_type, name).parse(text)})

    def _take(self, name: str, value: object) -> None:
        self._change({name: value})
