"""Small pictures of filters and maps: each has the strongest colour somewhere, or all share one scale."""

from __future__ import annotations

import numpy as np
import pytest

from engine.playing import opened
from gui.plots.pictures.weight_pictures import WeightPictures
from gui.stage.view import Snapshot
from tests.gui.views.hand import draw, opened_view

_WHERE = [("cnn", {}), ("feature_maps", {}), ("filters", {"view": "network"})]


@pytest.mark.parametrize("each", [True, False])
def test_every_picture_has_the_full_colour_only_where_each_is_scaled_by_itself(qapp, each):
    pictures = WeightPictures()
    weights = np.array([[[127, 0], [0, -127]], [[9, 0], [-3, 0]], [[0, 0], [0, -40]]], dtype=np.int8)
    pictures.resize(200, 80)
    pictures.show_weights(weights, each)
    image = pictures._image
    strongest = []
    for left in range(0, image.width(), 3):
        levels = [abs(image.pixelIndex(left + column, row) - 128) for row in range(2) for column in range(2)]
        strongest.append(max(levels))
    assert strongest == ([127, 127, 127] if each else [127, 9, 40])


@pytest.mark.parametrize(("experiment_id", "changes"), _WHERE)
def test_the_switch_changes_the_shades_and_back(qtbot, experiment_id, changes):
    view = opened_view(qtbot, experiment_id)
    params = view.current.params.replaced(changes)
    frame = opened(view.experiment, params)[1]
    assert params.shades == "each"
    each = draw(view, Snapshot(params, frame))
    alike = draw(view, Snapshot(params.replaced({"shades": "alike"}), frame))
    assert alike != each and draw(view, Snapshot(params, frame)) == each
