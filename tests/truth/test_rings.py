"""A ring is painted where its number lies on the plot, and is gripped where it is painted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF

from gui.stage.handle import nearest_handle
from gui.style.typography import set_zoom
from tests.gui.views.hand import opened_view, picture
from tests.gui.views.test_gripping import SIZES
from tests.truth.cases import by_experiment

_MOST = 5
_NEAR, _PRESSED = 2.0, 3.0
"""Pixels by which what is painted may lie beside where it belongs, and by which a press, at whole pixels, may."""


def _pixels(view) -> np.ndarray:
    image = picture(view).convertToFormat(picture(view).Format.Format_RGB32)
    return np.frombuffer(bytes(image.constBits()), np.uint32).reshape(image.height(), image.width()).copy()


def _painted_centre(view, item) -> QPointF | None:
    """The centre of the pixels that are there because of a ring; None where it paints nothing."""
    item.set_inviting(False, (1.0, 0.0))
    with_ring = _pixels(view)
    item.setOpacity(0.0)
    without = _pixels(view)
    item.setOpacity(1.0)
    rows, columns = np.nonzero(with_ring != without)
    if not len(rows):
        return None
    return QPointF((columns.min() + columns.max()) / 2, (rows.min() + rows.max()) / 2)


@pytest.mark.parametrize("zoom", [1.0, 2.0])
@by_experiment
def test_a_ring_is_painted_where_its_number_lies_and_where_it_grips(qtbot, experiment_id, zoom):
    set_zoom(zoom)
    view = opened_view(qtbot, experiment_id, None, SIZES[zoom])
    picture(view)
    places = {one.id: one.place for one in view.experiment.handles(view.current.params, view.current.frame)}
    shown = [(name, item) for name, item in view.handle_items.items() if item.isVisible() and item.is_on_plot()]
    wrong = []
    for name, item in shown[:: 1 + len(shown) // _MOST]:
        centre = _painted_centre(view, item)
        if centre is None:  # a quiet one, which is only gripped
            continue
        picture(view)
        place = view.plot_of_handle(name).vb.mapViewToScene(QPointF(*places[name]))
        belongs = view.stage.mapTo(view, view.stage.mapFromScene(place))
        away = math.hypot(centre.x() - belongs.x(), centre.y() - belongs.y())
        if away > _NEAR:
            wrong.append(f"{name} is painted {away:.1f} px beside its number")
        pressed = view.stage.mapToScene(view.stage.mapFrom(view, QPoint(round(centre.x()), round(centre.y()))))
        distance = item.grips(pressed)
        if distance is None or distance > _PRESSED:
            wrong.append(f"{name}: a press on its centre is {distance} px beside where it grips")
        gripped = nearest_handle(view.handle_items.values(), pressed)
        if gripped is not item and gripped.grips(pressed) < distance:
            wrong.append(f"{name}: a press on its centre grips {gripped.handle_id}")
    assert not wrong, "\n".join(wrong)
