"""All four classes have the mark, the colour and the name that belong to them, wherever they are shown."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from engine.contract.catalogue import load
from engine.contract.params import field_of
from engine.data.own_table import OwnTable
from engine.playing import opened
from gui.form.points_model import PointsModel
from gui.form.widgets.class_mark import class_mark
from gui.plots.plane.class_points import ClassLegend
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.snapshot import Snapshot
from gui.style.theme import set_theme, theme
from gui.views import load_view
from tests.gui.views.hand import brought_up

SHAPES = {"o": (0.87, 1.0, 0.87), "t1": (0.25, 0.5, 0.75), "s": (1.0, 1.0, 1.0), "d": (0.5, 1.0, 0.5)}
"""How wide a circle, a triangle that points up, a square and a diamond are, at a quarter, half and three quarters."""
MARKS = ("o", "t1", "s", "d")
COLOURS = {
    "light": ("#ba7400", "#0068a8", "#00805c", "#be649e"),
    "dark": ("#f0a830", "#56b4e9", "#2fbf91", "#f2a0c8"),
}
SIZE = 40


def _shape(image, color):
    """Which of the marks is painted in a colour, and where its middle is."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4).astype(int)
    where = (np.abs(pixels[..., :3] - QColor(color).toTuple()[:3]).max(axis=2) < 24) & (pixels[..., 3] > 200)
    rows, columns = np.flatnonzero(where.any(axis=1)), np.flatnonzero(where.any(axis=0))
    inside = where[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    widths = [inside[round(share * (len(inside) - 1))].mean() for share in (0.25, 0.5, 0.75)]
    return min(SHAPES, key=lambda one: np.abs(np.subtract(SHAPES[one], widths)).sum()), columns.mean()


@pytest.fixture(params=list(COLOURS))
def colours(qapp, request):
    set_theme(request.param)
    return COLOURS[request.param]


def test_the_key_shows_each_class_by_its_mark_in_the_order_of_the_names(qtbot, colours):
    legend = ClassLegend()
    legend.resize(600, 20)
    legend.show_words(["", "", "", ""])
    image = QImage(4 * 600, 4 * 20, QImage.Format.Format_ARGB32)
    image.fill(QColor("#808080"))
    with QPainter(image) as painter:
        painter.scale(4, 4)
        legend.paint(painter, None)
    found = [_shape(image, color) for color in colours]
    assert [mark for mark, _ in found] == list(MARKS)
    assert [place for _, place in found] == sorted(place for _, place in found)


def test_lists_and_tables_show_each_class_by_its_mark(qtbot, colours):
    marks = [class_mark(label, SIZE).toImage() for label in range(4)]
    assert [_shape(image, color)[0] for image, color in zip(marks, colours, strict=True)] == list(MARKS)
    model = PointsModel(field_of(load("playground").params_type, "points"))
    model.set_points(tuple((0.0, 0.0, label) for label in (3, 1, 2, 0)))
    for row, label in enumerate((3, 1, 2, 0)):
        icon = model.data(model.index(row, 2), Qt.ItemDataRole.DecorationRole)
        assert _shape(icon.pixmap(QSize(12, 12), 3.0).toImage(), colours[label])[0] == MARKS[label]
        assert model.data(model.index(row, 2)) == str(label)


@pytest.mark.parametrize("names", [("0", "1", "2", "3"), ("iris", "lily", "rose", "tulip")])
def test_points_key_regions_and_outputs_of_the_playground_are_those_of_the_four_classes(qtbot, colours, names):
    experiment = load("playground")
    params = experiment.params_type().replaced({"data": "gauss", "classes": 4, "hidden": (4,), "noise": 0.0})
    player, frame = opened(experiment, params)
    if names[0] != "0":
        table = OwnTable(("x1", "x2"), names, frame.points, frame.targets.astype(int))
        frame = dataclasses.replace(frame, table=table)
    view = brought_up(qtbot, load_view("playground")(experiment), Snapshot(player.params, frame), (1100, 700))
    points = view.points.scatter.data
    for x, y, symbol, ink in zip(points["x"], points["y"], points["symbol"], points["brush"], strict=True):
        (label,) = {int(one) for one in frame.targets[np.all(frame.points == (x, y), axis=1)]}
        assert (symbol, ink.color().name()) == (MARKS[label], colours[label])
    written = words_and_marks(view.stage)
    key = view.legend.sceneBoundingRect()
    told = sorted((box.left(), words) for words, box in written if key.contains(box.center()))
    expected = [f"class {one}" for one in names] if names[0] == "0" else [f"{n}: {one}" for n, one in enumerate(names)]
    assert [words for _, words in told[:4]] == expected
    # A region's name stands on cells that are answered so: the class's number as the map has it.
    plane = view.plane.sceneBoundingRect()
    named = [
        (words, box.center()) for words, box in written if words.startswith("class ") and plane.contains(box.center())
    ]
    assert {words for words, _ in named} == {f"class {number}" for number in range(4)}
    for words, center in named:
        place = view.plane.vb.mapSceneToView(center)
        nearest = np.hypot(*(frame.points - (place.x(), place.y())).T).argmin()
        assert words == f"class {int(frame.targets[nearest])}"
    outputs = [(box.center().y(), words) for words, box in written
               if view.network.sceneBoundingRect().contains(box.center()) and words in "0123"
               and box.center().x() > view.network.node_box(2, 0).right()]  # fmt: skip
    assert [words for _, words in sorted(outputs)] == ["0", "1", "2", "3"]
    assert len(set(theme().class_inks)) == 4
