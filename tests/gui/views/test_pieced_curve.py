"""A curve that is drawn piece by piece looks as one drawn as a path, and stays a path where vectors are drawn."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from gui.plots.axes.chart import Chart
from gui.plots.drawing.ink import pen
from gui.plots.drawing.long_lines import PiecedCurve, dashes
from gui.stage.stage import Stage

_SIZE = (500, 300)
_STYLES = [Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine]


def _curve(kind, style, heights, opacity=1.0):
    curve = kind()
    curve.setData(np.linspace(0, 1, len(heights)), heights, pen=pen("#204080", 2.2, style, opacity), antialias=True)
    return curve


def _stage(qtbot, curve):
    stage, chart = Stage(), Chart()
    qtbot.addWidget(stage)
    stage.resize(*_SIZE)
    stage.ci.addItem(chart)
    chart.setXRange(0, 1, padding=0)
    chart.setYRange(0, 1, padding=0)
    chart.put(curve)
    stage.show()
    return stage


def _ink(stage):
    """How dark each pixel is, 0 to 1."""
    image = QImage(*_SIZE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    stage.render(painter)
    painter.end()
    return 1 - np.frombuffer(image.constBits(), np.uint8).reshape(_SIZE[1], -1)[:, : _SIZE[0]] / 255


def _noise(count, low=0.2, high=0.6):
    return np.random.default_rng(1).uniform(low, high, count)


@pytest.mark.parametrize("style", _STYLES)
@pytest.mark.parametrize("heights", [np.linspace(0.1, 0.9, 30), _noise(60), _noise(60) ** 3], ids=["line", "a", "b"])
def test_it_looks_as_a_path_does(qtbot, style, heights):
    whole, pieced = (_ink(_stage(qtbot, _curve(kind, style, heights))) for kind in (_Whole, PiecedCurve))
    assert whole.sum() > 500
    assert pieced.sum() == pytest.approx(whole.sum(), rel=0.06)
    # Ends differ by part of a pixel, which is much at no more than a few places.
    assert (np.abs(pieced - whole) > 0.5).sum() < 0.02 * (whole > 0.5).sum() + 3


@pytest.mark.parametrize("style", _STYLES)
@pytest.mark.parametrize(
    "heights", [np.array([0.2, np.nan, 0.8, 0.4]), np.array([0.2, 1e9, 0.8]), np.array([0.5]), np.empty(0)]
)
def test_gaps_and_heights_far_away_are_drawn_too(qtbot, style, heights):
    whole, pieced = (_ink(_stage(qtbot, _curve(kind, style, heights))) for kind in (_Whole, PiecedCurve))
    assert pieced.sum() == pytest.approx(whole.sum(), rel=0.05)


def test_what_is_see_through_has_no_darker_joints(qtbot):
    whole, pieced = (
        _ink(_stage(qtbot, _curve(kind, Qt.PenStyle.SolidLine, _noise(60), 0.5))) for kind in (_Whole, PiecedCurve)
    )
    assert np.array_equal(whole, pieced)


def test_a_drawing_of_vectors_holds_one_path(qtbot):
    stage = _stage(qtbot, _curve(PiecedCurve, Qt.PenStyle.SolidLine, _noise(60)))
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    painter = QPainter(generator)
    stage.render(painter)
    painter.end()
    written = bytes(buffer.data()).decode()
    assert max(piece.count("L") for piece in written.split("<path")) >= 59


@given(
    st.lists(st.tuples(st.integers(-300, 300), st.integers(-300, 300)), min_size=2, max_size=12, unique=True),
    st.floats(1, 30),
    st.floats(1, 30),
)
def test_dashes_lie_on_the_line_and_cover_their_share(places, ink, gap):
    places = np.array(places, float)
    pieces = dashes(places, np.array([ink, gap]))
    lengths = np.hypot(*np.diff(places, axis=0).T)
    whole = lengths.sum()
    periods, rest = divmod(whole, ink + gap)
    covered = np.hypot(pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1]).sum()
    assert covered == pytest.approx(periods * ink + min(rest, ink), abs=1e-6 * whole)
    for foot, tip in pieces.reshape(-1, 2, 2):
        middle = (foot + tip) / 2
        to_ends = np.hypot(*(middle - places[:-1]).T) + np.hypot(*(middle - places[1:]).T)
        assert (to_ends - lengths).min() < 1e-6 * whole


class _Whole(pg.PlotCurveItem):
    """As Qt draws it."""

    def __init__(self) -> None:
        super().__init__(connect="finite")
