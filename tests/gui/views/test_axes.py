"""The numbers at an axis are those of the places they stand at: a law for every stage, and axes of powers."""

from __future__ import annotations

import math

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPicture, QWheelEvent
from PySide6.QtWidgets import QApplication

from gui.plots.axes.axis import NumberAxis, PowerAxis, StillAxis
from gui.plots.axes.chart import Chart
from gui.stage.view import View
from gui.style.language import set_language
from gui.style.theme import set_theme
from gui.style.typography import set_zoom

CHANGES = (
    lambda view: set_theme("dark"),
    lambda view: set_language("zh_CN"),
    lambda view: set_zoom(2.0),
    lambda view: view.for_export(True),
    lambda view: view.for_export(False),
    lambda view: (set_zoom(1.0), set_language("en"), set_theme("light")),
)


@pytest.mark.parametrize(
    ("end", "numbers"),
    [(1.0, ["0", "0.2", "0.5", "1"]), (10.0, ["0", "1", "10"]), (1000.0, ["0", "10", "100", "1000"])],
)
def test_an_axis_to_both_sides_of_0_has_numbers_near_0_where_there_is_room(qapp, end, numbers):
    axis = PowerAxis("left")
    axis.set_signed(True)
    height = 1.02 * math.log10(1 + end)
    ((spacing, places),) = axis.tickValues(-height, height, 220)
    texts = axis.tickStrings(places, 1.0, spacing)
    assert texts == [*(f"\N{MINUS SIGN}{text}" for text in numbers[:0:-1]), *numbers]
    for place, text in zip(places, texts, strict=True):
        value = float(text.replace("\N{MINUS SIGN}", "-"))
        assert math.copysign(math.log10(1 + abs(value)), value) == pytest.approx(place)


def test_what_lies_at_the_floor_or_below_is_named_so_where_the_axis_reaches_there(qapp):
    axis = PowerAxis("left", -18.0, "≤10⁻¹⁸")
    for low, lowest in ((-18.5, "≤10⁻¹⁸"), (-3.2, "0.001")):
        ((spacing, places),) = axis.tickValues(low, 3.2, 200)
        assert axis.tickStrings(places, 1.0, spacing)[0] == lowest


def test_the_axis_of_a_plot_without_height_has_no_numbers_however_far_it_reaches(qtbot):
    stage = pg.GraphicsLayoutWidget()
    qtbot.addWidget(stage)
    chart = Chart()
    stage.addItem(chart)
    stage.grab()
    axis = chart.getAxis("bottom")
    chart.vb.resize(axis.width(), 0)
    axis.setTickSpacing(levels=[(1.0, 0)])
    axis.setRange(-7e16, 7e16)
    drawn = QPicture()
    with QPainter(drawn) as painter:
        assert axis.generateDrawSpecs(painter) is None


def test_a_turn_of_the_wheel_over_an_axis_or_a_plot_scrolls_what_it_stands_in(qtbot):
    stage = pg.GraphicsLayoutWidget()
    qtbot.addWidget(stage)
    chart = Chart()
    stage.addItem(chart)
    stage.grab()
    for item in (chart.getAxis("left"), chart.getAxis("bottom"), chart.vb):
        place = stage.mapFromScene(item.sceneBoundingRect().center())
        event = QWheelEvent(
            QPointF(place), QPointF(stage.mapToGlobal(place)), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(stage.viewport(), event)
        assert not event.isAccepted(), item


def _texts_of(axis: pg.AxisItem) -> list[tuple[QRectF, str]]:
    """The boxes of what an axis writes, in pixels, with the words."""
    picture = QPicture()
    painter = QPainter(picture)
    *_, texts = axis.generateDrawSpecs(painter)
    painter.end()
    return [(box, text) for box, _, text in texts]


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@pytest.mark.parametrize("ticks", [[(0, "0"), (15, "15"), (30, "30")], [(0, "10⁻⁴"), (30, "1000")]])
def test_the_numbers_at_both_ends_of_an_axis_stand_whole_beside_it(qtbot, ticks, zoom):
    set_zoom(zoom)
    stage = pg.GraphicsLayoutWidget()
    qtbot.addWidget(stage)
    chart = Chart()
    stage.addItem(chart)
    chart.name_axes("step", "f")
    chart.setRange(xRange=(0, 30), yRange=(0, 1), padding=0)
    chart.set_ticks(ticks, [])
    stage.grab()
    axis = chart.getAxis("bottom")
    texts = _texts_of(axis)
    assert sorted(text for _, text in texts) == sorted(text for _, text in ticks)
    assert all(box.left() >= 0 and box.right() <= axis.width() for box, _ in texts)


def test_a_number_at_the_end_that_would_touch_the_next_one_is_left_out(qtbot):
    stage = pg.GraphicsLayoutWidget()
    qtbot.addWidget(stage)
    chart = Chart()
    stage.addItem(chart)
    chart.name_axes("step", "f")
    chart.setRange(xRange=(0, 100), yRange=(0, 1), padding=0)
    chart.set_ticks([(0, "0"), (97, "97000"), (100, "100000")], [])
    stage.grab()
    texts = sorted(_texts_of(chart.getAxis("bottom")), key=lambda one: one[0].left())
    assert len(texts) == 2
    assert texts[0][0].right() < texts[1][0].left()


def assert_numbers_at_their_places(view: View) -> None:
    """What is written at every axis of a stage is what stands there."""
    view.grab()
    axes = [item for item in view.stage.scene().items() if isinstance(item, pg.AxisItem)]
    for axis in axes:
        assert isinstance(axis, StillAxis) or not axis.isVisible(), f"{axis.labelText!r} takes the wheel"
        assert axis.autoSIPrefixScale == 1, f"{axis.labelText!r} is scaled by {axis.autoSIPrefixScale}"
    # Places that a plot has named itself are words of its own, and powers of ten stand at their exponents.
    plain = [axis for axis in axes if type(axis) is NumberAxis and axis._tickLevels is None and axis.isVisible()]
    for axis in plain:
        for place, moved, text in _ticks(axis):
            number = float(text.replace("\N{MINUS SIGN}", "-"))
            assert abs(number - place) <= _pixel(axis) + moved, (axis.labelText, text, place)


def _ticks(axis: pg.AxisItem) -> list[tuple[float, float, str]]:
    """Where on its scale an axis writes what; how far it may have been moved inwards, where it stands at an end."""
    (low, high), across = axis.range, axis.orientation in ("bottom", "top")
    found = []
    for box, text in _texts_of(axis):
        part = box.center().x() / axis.width() if across else 1 - box.center().y() / axis.height()
        at_an_end = across and (box.left() < 1 or box.right() > axis.width() - 1)
        moved = box.width() / 2 / axis.width() * (high - low) if at_an_end else 0.0
        found.append((low + part * (high - low), moved, text))
    return found


def _pixel(axis: pg.AxisItem) -> float:
    """One pixel of an axis, and what five digits round away."""
    (low, high), across = axis.range, axis.orientation in ("bottom", "top")
    return 1.5 * (high - low) / max(1.0, axis.width() if across else axis.height()) + 1e-5 * math.hypot(low, high)
