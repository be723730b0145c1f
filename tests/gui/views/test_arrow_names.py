"""An arrow's name lies within its plot, and one that is nowhere to be seen has none."""

import pytest
from PySide6.QtCore import QRectF

from gui.plots.axes.chart import Chart
from gui.plots.plane.arrow import ArrowItem
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.stage import Stage


@pytest.fixture
def plot(qtbot):
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(400, 300)
    plot = Chart()
    stage.place(plot, 0, 0)
    plot.setRange(xRange=(0, 4), yRange=(0, 3), padding=0)
    stage.show()
    stage.grab()
    yield plot


def place_of_name(plot, start, end, words_beside=(), name="momentum"):
    """Where the letters of the name stand, in the scene's pixels; None for no name."""
    arrow, stage = ArrowItem(), plot.scene().views()[0]
    arrow.words_beside = lambda: words_beside
    plot.put(arrow)
    arrow.show_arrow(start, end, "#000000", name)
    stage.grab()
    return next((box.adjusted(3, 3, -3, -3) for words, box in words_and_marks(stage) if words == name), None)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param((1, 1), (2, 1.5), id="inside"),
        pytest.param((1, 1), (3.95, 1), id="close to the right edge"),
        pytest.param((1, 1), (1, 2.95), id="close to the top"),
        pytest.param((1, 1), (9, 1), id="out of it"),
    ],
)
def test_a_name_lies_within_the_plot(plot, start, end):
    room = plot.vb.mapRectToScene(QRectF(plot.vb.rect()))
    assert room.adjusted(-1, -1, 1, 1).contains(place_of_name(plot, start, end))


@pytest.mark.parametrize("end", [(2, 1.5), (2, 1), (1, 2), (0.5, 0.5)])
def test_a_name_keeps_clear_of_words_beside(plot, end):
    first = place_of_name(plot, (1, 1), end, name="w")
    plot.clear()
    second = place_of_name(plot, (1, 1), end, [first], "w")
    plot.clear()
    third = place_of_name(plot, (1, 1), end, [first, second], "w")
    assert not second.intersects(first) and not third.intersects(first) and not third.intersects(second)


def test_an_arrow_outside_the_plot_has_no_name(plot):
    assert place_of_name(plot, (1, 5), (2, 6)) is None
