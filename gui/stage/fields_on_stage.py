"""Scene items that are controls of fields (a row of options, the cells of an image), and the words painted on a
stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QImage,
    QPaintEngine,
    QPaintEngineState,
    QPainter,
    QPixmap,
    QPolygonF,
    QTextItem,
    QTransform,
)
from PySide6.QtWidgets import QGraphicsView

from engine.contract.fields import Field
from engine.contract.fields.choices import Choice
from engine.contract.handle import ProbePoint
from engine.contract.params import Params, field_of
from engine.contract.text import Text
from gui.plots.board.choosing import ChoosingItem, StepChip
from gui.plots.drawing.paint_device import OwnEngine, ScreenDevice, taken
from gui.plots.pictures.cells import CellPicture
from gui.style.language import translate

_CHOSEN = Text("{label}: {value}")


class FieldsOnStage:
    """Connects scene items to fields, so that they work as controls; calls ``change`` with the parameter changes that a
    user makes by an item.
    """

    def __init__(self, params_type: type[Params], change: Callable[[Mapping[str, object]], None]) -> None:
        self._params_type = params_type
        self._change = change
        self._choices: dict[str, ChoosingItem] = {}
        self._offered: dict[str, tuple[object, ...]] = {}
        self._pictures: dict[str, CellPicture] = {}
        self._chips: dict[str, StepChip] = {}

    def choice(self, name: str, item: ChoosingItem, values: Sequence[object]) -> None:
        """Make an item the control of a field; it offers the field's options, or ``values`` if it has none."""
        self._choices[name], self._offered[name] = item, tuple(values)
        item.chosen.connect(partial(self._parse, name))

    def selects(self, name: str, picture: CellPicture) -> None:
        """Make a grid of cells the control of a field whose values are its cells."""
        self._pictures[name] = picture
        picture.chosen.connect(partial(self._take, name))

    def chip(self, name: str, chip: StepChip, step: Callable[[int], object]) -> None:
        """Make a chip the control of a field by arrow keys; ``step(n)`` returns the value n steps after the present
        one.
        """
        self._chips[name] = chip
        chip.stepped.connect(lambda by: self._take(name, step(by)))

    def restyle(self) -> None:
        """Set the options' texts in the language in use."""
        for name, item in self._choices.items():
            field, offered = field_of(self._params_type, name), self._offered[name]
            pairs = [(str(value), field.spell(value)) for value in offered]
            if not offered and isinstance(field, Choice):
                pairs = [(option.value, option.label) for option in field.options]
            item.set_options([(value, translate(words)) for value, words in pairs])

    def show(self, params: Params) -> None:
        """Show the fields' present values in their items."""
        for name, item in self._choices.items():
            item.show_value(str(getattr(params, name)))
        for name, chip in self._chips.items():
            field = field_of(self._params_type, name)
            chip.show_words(translate(_CHOSEN(label=field.label, value=field.spell(getattr(params, name)))))

    def click(self, scene_place: QPointF) -> bool:
        """Choose the cell at a point of the scene, if its grid is a control; False if there is none."""
        for name, picture in self._pictures.items():
            if picture.scene() is None or not picture.vb.sceneBoundingRect().contains(scene_place):
                continue
            spot = ProbePoint(*picture.vb.mapSceneToView(scene_place).toTuple())
            if spot.cell(picture.values) is not None:
                self._take(name, (spot.row, spot.column))
                return True
        return False

    def name_at(self, scene_place: QPointF) -> str | None:
        """The name of the field whose options lie at a point of the scene; None if there are none."""
        for name, item in self._choices.items():
            if item.isVisible() and item.scene() is not None and item.sceneBoundingRect().contains(scene_place):
                return name
        return None

    def field_of_item(self, item: object) -> Field | None:
        """The field that an item is the control of; None if there is none."""
        named = {**self._choices, **self._pictures, **self._chips}
        return next((field_of(self._params_type, name) for name, one in named.items() if one is item), None)

    def _parse(self, name: str, text: str) -> None:
        self._change({name: field_of(self._params_type, name).parse(text)})

    def _take(self, name: str, value: object) -> None:
        self._change({name: value})


_LARGEST_MARK = 64
"""The largest side in pixels of a painted pixmap that counts as the mark of a point; a larger one is an image."""
_ROOM = 3
"""Pixels around painted words in which a point still counts as on them."""
_NEXT = 0.1
"""The largest distance in pixels between the end of a piece of a text and the beginning of the next one."""


def words_at(stage: QGraphicsView, place: QPoint) -> str:
    """The words painted at a point of a stage's viewport, such as the number in a cell; empty if there are none."""
    heard = _heard(stage)
    here = [words for words, shape in heard if words and shape.containsPoint(QPointF(place), Qt.FillRule.WindingFill)]
    # What was painted last lies on top.
    return here[-1].strip() if here else ""


def words_and_marks(stage: QGraphicsView) -> list[tuple[str, QRectF]]:
    """All words on a stage with their boxes in the scene; marks of points are listed too, with "" as their words."""
    return [(words, stage.mapToScene(shape.toPolygon()).boundingRect()) for words, shape in _heard(stage)]


def _heard(stage: QGraphicsView) -> list[tuple[str, QPolygonF]]:
    heard: list[tuple[str, QPolygonF]] = []
    device = ScreenDevice(_Ear(heard), *stage.viewport().size().toTuple())
    with QPainter(device) as painter:
        stage.render(painter, QRectF(stage.viewport().rect()), stage.viewport().rect())
    return heard


class _Ear(OwnEngine):
    """Paint engine that paints nothing but records each text in ``heard``, or "" for a mark, with its outline in
    viewport pixels.

    Qt draws a text in as many pieces as it has scripts, such as kanji, hiragana and katakana: a piece that begins where
    the one before it ends is appended to it.
    """

    def __init__(self, heard: list[tuple[str, QPolygonF]]) -> None:
        super().__init__()
        self._heard = heard
        self._transform = QTransform()
        self._words, self._box, self._foot = "", QRectF(), 0.0

    def updateState(self, state: QPaintEngineState) -> None:
        self._words = ""
        if state.state() & QPaintEngine.DirtyFlag.DirtyTransform:
            self._transform = QTransform(state.transform())

    def drawTextItem(self, foot: QPointF, item: QTextItem) -> None:  # type: ignore[override] # Qt gives no other kind
        box = QRectF(foot.x(), foot.y() - item.ascent(), item.width(), item.ascent() + item.descent())
        goes_on = self._words and abs(box.left() - self._box.right()) < _NEXT and self._foot == foot.y()
        if goes_on:
            self._heard.pop()
        self._words = self._words + item.text() if goes_on else item.text()
        self._box = self._box.united(box) if goes_on else box
        self._foot = foot.y()
        outline = self._transform.map(QPolygonF(self._box.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)))
        self._heard.append((self._words, outline))

    def drawPixmap(self, box: QRectF | QRect, pixmap: QPixmap | QImage, part: QRectF | QRect) -> None:
        outline = self._transform.map(QPolygonF(QRectF(box)))
        if max(outline.boundingRect().width(), outline.boundingRect().height()) <= _LARGEST_MARK:
            self._heard.append(("", outline))

    def drawPath(self, *_: object) -> None:
        pass

    def drawPolygon(self, parts: Iterable[object], *_: object) -> None:
        taken(parts, bool)

    drawEllipse = drawTiledPixmap = drawPath
    drawLines = drawRects = drawPoints = drawPolygon

    def drawImage(self, *_: object, **__: object) -> None:
        pass
