"""Curves of pinned runs are painted as one picture, wherever the plot lies and however little of it there is."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from gui.plots.axes.chart import Chart
from gui.plots.learning.pinned_curves import PinnedCurve, PinnedCurves


@pytest.fixture
def picture(qtbot):
    """A plot with one pinned curve, and the item that paints it."""
    sheet = pg.GraphicsLayoutWidget()
    qtbot.addWidget(sheet)
    chart = Chart()
    sheet.addItem(chart)
    curves = PinnedCurves(chart, lambda values: values, tuple)
    curves.show([PinnedCurve(0, "before", np.arange(3.0), np.array([0.0, 1.0, 0.5]))])
    sheet.resize(400, 300)
    sheet.grab()
    return sheet, next(one for one in chart.vb.allChildItems() if type(one).__name__ == "_Picture")


@pytest.mark.parametrize(
    ("across", "up"), [(0.0, 1.0), (1.0, 0.0), (0.0, 0.0), (1e9, 1.0), (1.0, -1e9)], ids=lambda one: f"{one:g}"
)
def test_a_plot_without_room_or_far_too_large_paints_without_a_word(picture, across, up):
    """Qt would give an image of no size, or of too many pixels, no painter; what asks it for one brings the program
    down."""
    _, item = picture
    device = QImage(200, 100, QImage.Format.Format_ARGB32_Premultiplied)
    device.fill(Qt.GlobalColor.white)
    with QPainter(device) as painter:
        painter.scale(across, up)
        item.paint(painter, QStyleOptionGraphicsItem(), None)
        assert painter.isActive()


def test_a_plot_that_is_only_partly_on_the_device_shows_the_same_there(picture):
    """What is cut off changes nothing of what is seen."""
    _, item = picture
    whole, part = _painted(item, 400, 300), _painted(item, 150, 200)
    assert whole.copy(0, 0, 150, 200) == part
    assert part != _painted(item, 150, 200, drawn=False)


def _painted(item, width, height, drawn=True):
    device = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    device.fill(Qt.GlobalColor.white)
    with QPainter(device) as painter:
        painter.setTransform(item.sceneTransform())
        if drawn:
            item.paint(painter, QStyleOptionGraphicsItem(), None)
    return device
