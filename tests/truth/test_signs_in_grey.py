"""The sign of a number is left in maps and pictures of weights when nothing but grey is seen."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from engine.playing import opened
from gui.plots.pictures.map_plot import MapPlot
from gui.plots.pictures.shade_scale import ShadeScale
from gui.plots.pictures.tinted_picture import TintedPicture
from gui.plots.pictures.weight_pictures import WeightPictures
from gui.plots.plane.region import RegionNames
from gui.plots.surface import signed
from gui.plots.surface.signed import map_of
from gui.style.foreground import luminance
from gui.style.theme import THEMES, set_theme, theme
from gui.style.typography import set_zoom
from tests.gui.views.hand import draw, opened_view, picture

_TOLD_APART = 8
"""How many steps of lightness (L*, 0 to 100) are told apart without effort where two greys meet."""


def _lightness(image: QImage) -> np.ndarray:
    """L* of every pixel."""
    colors = {}
    for y in range(image.height()):
        for x in range(image.width()):
            colors.setdefault(image.pixel(x, y) & 0xFFFFFF, []).append((y, x))
    found = np.empty((image.height(), image.width()))
    for color, places in colors.items():
        light = luminance(f"#{color:06x}")
        found[tuple(zip(*places, strict=True))] = 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light
    return found


def _painted(values: list[float], smooth: bool, cell: int) -> np.ndarray:
    """The lightness of a map whose columns have these shares of the full colour, each ``cell`` pixels wide and high."""
    shades = np.rint(128 + 127 * np.array([values])).astype(np.uint8)
    image = QImage(cell * len(values), cell, QImage.Format.Format_RGB32)
    image.fill(QColor(theme().surface))
    painter = QPainter(image)
    map_of(np.repeat(shades, 4, axis=1), in_plot=True).paint(painter, QRectF(image.rect()), smooth)
    painter.end()
    return _lightness(image)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("zoom", [1.0, pytest.param(2.0, marks=pytest.mark.whole)])
@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize("share", [0.25, 0.5, 1.0])
def test_a_negative_number_is_striped_and_the_same_positive_one_is_not(qapp, name, zoom, smooth, share):
    set_theme(name)
    set_zoom(zoom)
    cell = round(16 * zoom)
    seen = _painted([-share, 0, 0, share], smooth, cell)
    # Between two numbers a smooth map goes from one to the other.
    edge = cell // 4 if smooth else 0
    negative, positive = seen[:, : cell - edge], seen[:, 3 * cell + edge :]
    assert np.ptp(negative) >= _TOLD_APART
    assert np.ptp(positive) < 1
    nothing = seen[:, 2 * cell - 2 : 2 * cell + 2].mean()
    for one in (negative.min() if name == "light" else negative.max(), positive.mean()):
        assert abs(one - nothing) >= _TOLD_APART
    # There is more of the number's own colour than of the stripes.
    assert (np.abs(negative - nothing) >= _TOLD_APART / 2).mean() > 0.5


@pytest.mark.parametrize(
    ("experiment_id", "changes", "kinds"),
    [
        ("training", {}, [WeightPictures]),
        ("cnn", {}, [WeightPictures]),
        ("filters", {"view": "network"}, [WeightPictures, ShadeScale]),
        ("filters", {}, [MapPlot, ShadeScale]),
        ("feature_maps", {}, [TintedPicture, MapPlot]),
    ],
)
def test_every_picture_of_signed_numbers_is_striped(qtbot, monkeypatch, experiment_id, changes, kinds):
    view = opened_view(qtbot, experiment_id)
    striped, plain = (_with_stripes(view, changes, monkeypatch, are_on) for are_on in (True, False))
    for kind in kinds:
        boxes = [view.stage.mapFromScene(item.sceneBoundingRect()).boundingRect() for item in _shown(view, kind)]
        assert boxes
        assert any(striped.copy(box) != plain.copy(box) for box in boxes), kind.__name__


def _with_stripes(view, changes, monkeypatch, are_on: bool) -> QImage:
    with monkeypatch.context() as patch:
        if not are_on:
            patch.setattr(signed, "STRIPED_FROM", 2.0)
        params = view.current.params.replaced(changes)
        frame = opened(view.experiment, params)[1] if changes else view.current.frame
        set_theme("dark")
        set_theme("light")
        return draw(view, type(view.current)(params, frame))


def _shown(view, kind):
    return [item for item in view.stage.ci.items if isinstance(item, kind) and item.isVisible()]


def test_neurons_that_push_down_are_striped_in_the_network(qtbot):
    view = opened_view(qtbot, "playground")
    layers = view.network.drawing._layers
    assert all(node.image.ground is not None for node in layers[0])
    assert any(node.image.ground is not None for node in layers[1])
    # Shares of a class have no sign.
    assert all(node.image.ground is None for node in layers[-1])


def test_points_above_and_below_zero_have_shapes_of_their_own(qtbot):
    view = opened_view(qtbot, "playground", "hills")
    symbols = dict(zip(view.heights.data["symbol"], view.current.frame.targets < 0, strict=False))
    assert symbols == {"s": True, "o": False}


# Regions of classes, whose tints are as light as one another


def test_a_region_is_named_where_it_is_widest_and_away_from_points(qtbot):
    classes = np.zeros((100, 100), dtype=np.uint8)
    classes[:, 40:] = 1
    classes[96:, :] = 2
    names = RegionNames()
    points = np.random.default_rng(0).uniform((-3, -3), (-1, 3), (400, 2))
    square = QRectF(-3, -3, 6, 6)
    names.show_regions(classes, ["zero", "one", "two"], square, points)
    (shown,) = names.state
    assert [(number, words) for number, words, _, _ in shown] == [(0, "zero"), (1, "one")]
    for number, _, x, y in shown:
        assert classes[int((y + 3) / 6 * 100), int((x + 3) / 6 * 100)] == number
    assert shown[1][2] > -0.6 + 3 * 6 / 25


def test_the_regions_of_the_playground_are_named(qtbot):
    view = opened_view(qtbot, "playground")
    assert [words for _, words, _, _ in view.names.state[0]][-1] == "class 1"
    before = picture(view)
    enlarged = view.current.params.replaced({"enlarged": 1})
    draw(view, type(view.current)(enlarged, view.current.frame))
    assert view.names.state == ((),)
    assert draw(view, type(view.current)(enlarged.replaced({"enlarged": 0}), view.current.frame)) == before
