"""The curves of small plots rise where their numbers grow, in the order of what they are called."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage, QPainter, QPen

from engine.contract.catalogue import load
from gui.plots.drawing.curve_ink import TEST, TRAIN, data_pen
from gui.plots.learning.small_curves import SmallCurves, SmallPlot
from tests.gui.views.hand import opened_view
from tests.truth.verdicts import moment_of


def _heights(curve: np.ndarray, pens: list[QPen], number: int) -> np.ndarray:
    """The rows in which a curve's pixels lie, column by column, the lowest as 0."""
    item = SmallCurves()
    item.resize(200, 160)
    item.show_plots([SmallPlot("1", ("",), curve)], 1, pens, "")
    image = QImage(200, 160, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    item.paint(painter, None)
    painter.end()
    pixels = np.frombuffer(bytes(image.constBits()), np.uint32).reshape(160, 200) & 0xFFFFFF
    inked = pixels == (pens[number].color().rgb() & 0xFFFFFF)
    rows = np.array([np.mean(np.flatnonzero(column)) for column in inked.T if column.any()])
    return 160 - rows


def test_a_curve_that_grows_rises(qapp):
    pens = [data_pen(TRAIN, 4), data_pen(TEST, 4)]
    up, down = np.linspace(0.1, 0.9, 9), np.linspace(0.9, 0.1, 9)
    assert _heights(np.array([up, down]), pens, 0)[0] < _heights(np.array([up, down]), pens, 0)[-1]
    assert _heights(np.array([up, down]), pens, 1)[0] > _heights(np.array([up, down]), pens, 1)[-1]


def test_the_best_trials_are_those_of_the_table_the_best_first(qtbot):
    view = opened_view(qtbot, "hyperparameters")
    moment = moment_of(load("hyperparameters"), view.current.params, view.current.frame)
    rows = {str(row["trial"]): row for row in moment.rows("trials")}
    best = sorted((row for row in rows.values() if np.isfinite(row["validation"])), key=lambda row: -row["validation"])
    shown = view.small.plots
    assert [rows[one.value]["validation"] for one in shown] == [row["validation"] for row in best[: len(shown)]]
    for one in shown:
        ends = [curve[np.isfinite(curve)][-1] for curve in one.curves]
        assert np.allclose(ends, [rows[one.value]["train"], rows[one.value]["validation"]])


def test_every_pair_of_networks_is_that_of_the_table(qtbot):
    view = opened_view(qtbot, "batch_norm")
    moment = moment_of(load("batch_norm"), view.current.params, view.current.frame)
    rows = moment.rows("spreads")
    assert len(view.multiples.plots) == len(rows)
    for one, row in zip(view.multiples.plots, rows, strict=True):
        known = [curve[np.isfinite(curve)] for curve in one.curves]
        if np.isfinite(row["normalized"]):
            assert np.allclose([curve[-1] for curve in known], [row["normalized"], row["plain"]])
