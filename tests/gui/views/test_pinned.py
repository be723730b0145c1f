"""What is pinned to a plot follows its place, and leaves a plot alone that has no size yet."""

import pytest
from PySide6.QtCore import QRectF

from gui.plots.axes.chart import Chart
from gui.plots.drawing.pinned import PinnedItem
from gui.stage.stage import Stage


class Pin(PinnedItem):
    """Something to pin."""

    def boundingRect(self):
        return QRectF(-1, -1, 2, 2)

    def paint(self, *_):
        """Nothing."""


def test_a_plot_without_a_size_is_not_asked_where_its_places_are(qtbot):
    plot = Chart()
    plot.vb.setGeometry(QRectF(0, 0, 0, 0))
    told = []
    plot.vb.sigTransformChanged.connect(told.append)
    pin = Pin(plot)
    pin.set_spot((1.0, 2.0))
    assert not told and pin.spot == (1.0, 2.0)


def test_it_lies_where_its_place_is_also_after_the_plot_has_moved_and_shows_something_else(qtbot):
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(400, 300)
    plot = Chart()
    stage.place(plot, 0, 0)
    stage.show()
    pin = Pin(plot)
    pin.set_spot((1.0, 2.0))
    for across, width in ((4, 400), (8, 700)):
        plot.setRange(xRange=(0, across), yRange=(0, 4), padding=0)
        stage.resize(width, 300)
        qtbot.wait(0)
        seen = plot.vb.mapSceneToView(pin.scenePos())
        assert (seen.x(), seen.y()) == pytest.approx((1.0, 2.0))
