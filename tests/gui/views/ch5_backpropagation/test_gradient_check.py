"""The stage of `gradient_check`: points, bars and the error over h answer to the hand and to keys."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtTest import QTest

from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.experiments.ch5_backpropagation.gradient_check import GradientCheck
from engine.experiments.ch5_backpropagation.gradient_check.params import GradientCheckParams
from engine.playing import Player
from gui.plots.board import read_outs
from gui.plots.drawing.ink import pen
from gui.plots.drawing.pixel_painter import PixelPainter, sketch_alone
from gui.stage.view import Snapshot
from gui.style.language import set_language
from gui.style.theme import set_theme
from gui.style.typography import set_zoom
from gui.views.ch5_backpropagation.gradient_check import GradientCheckView
from tests.gui.views.hand import BY_SIZE, brought_up, check_appearance, check_export, draw, on_screen
from tests.shots import openings

CHECK = GradientCheck()


def _shot(**values):
    params = GradientCheckParams(**values)
    return Snapshot(params, Player(CHECK, Run(CHECK.id, params)).go(0))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, GradientCheckView(CHECK), _shot())


@pytest.mark.long
@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("shown", ["scatter", "sweep", "cost"])
def test_every_view_fits_every_stage(view, size, shown):
    view.resize(*size)
    draw(view, _shot(view=shown, layers=2, mistake="slope"))
    whole = view.stage.viewport().rect()
    for item in (view.views, {"scatter": view.plane, "sweep": view.valley, "cost": view.time}[shown]):
        assert whole.adjusted(-1, -1, 1, 1).contains(view.stage.mapFromScene(item.sceneBoundingRect()).boundingRect())


@pytest.mark.parametrize("mistake", ["none", "no_mean", "sign", "dropout", "slope"])
def test_all_points_lie_within_the_axes(view, mistake):
    shot = _shot(mistake=mistake)
    draw(view, shot)
    (left, right), (low, high) = view.plane.vb.viewRange()
    assert left <= shot.frame.numerical.min() and shot.frame.numerical.max() <= right
    assert low <= shot.frame.backward.min() and shot.frame.backward.max() <= high
    assert view.plane.square.right() <= 2.6 * max(shot.frame.sizes)


def test_a_line_is_as_strong_in_the_key_as_in_the_plot(view, monkeypatch):
    drawn, line = [], PixelPainter.line
    monkeypatch.setattr(PixelPainter, "line", lambda *of: (drawn.append(pen(*of[3:])), line(*of)))
    for theme_name in ("light", "dark"):
        set_theme(theme_name)
        draw(view, _shot(view="sweep", mistake="slope"))
        drawn.clear()
        view.grab()
        items = [item for item in (*view.valley.lines, *view.valley.guides) if item.isVisible()]
        assert len(items) == 3 and [item.opts["pen"] for item in items] == drawn[:3]


def test_a_line_is_named_only_where_the_points_lie_on_another_one(view):
    assert [line.words for line in view.plane.lines.state] == ["a = n"]
    draw(view, _shot(mistake="no_mean"))
    assert [line.words for line in view.plane.lines.state] == ["a = n", "a = 5 n"]
    draw(view, _shot(mistake="sign"))
    assert view.plane.lines.state[1].words == "a = \N{MINUS SIGN}n"
    draw(view, _shot(mistake="slope"))
    assert len(view.plane.lines.state) == 1


def test_a_click_on_a_point_looks_at_it(view):
    shot = _shot(mistake="slope")
    draw(view, shot)
    entry = int(shot.frame.worst[1])
    place = on_screen(view, view.plane, float(shot.frame.numerical[entry]), float(shot.frame.backward[entry]))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    ((changes, _),) = view.edits
    assert shot.params.replaced(changes).entry == entry


def test_a_row_looks_at_the_worst_entry_of_its_array_and_so_do_keys(view):
    frame = view.current.frame
    middle = view.bars.mapToScene(view.bars.box("b1").center())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(middle))
    assert view.edits[-1][0]["array"] == "b1"
    view.bars.setFocus()
    QTest.keyClick(view.stage.viewport(), Qt.Key.Key_Down)
    assert view.edits[-1][0] == frame.looking_at(int(frame.worst[1]))


def test_h_is_dragged_along_the_sweep(view):
    shot = _shot(view="sweep")
    draw(view, shot)
    view.valley.cursor.grabbed.emit(-2.0, -5.0)
    assert view.edits[-1] == ({"h": 0.01}, "drag h")
    assert view.handle_items["h"].isVisible()
    draw(view, _shot())
    assert not view.handle_items["h"].isVisible()


def test_right_code_is_a_dashed_valley_below_a_mistake(view):
    draw(view, _shot(view="sweep"))
    assert not view.valley.guides[0].isVisible()
    draw(view, _shot(view="sweep", mistake="bias"))
    assert view.valley.guides[0].isVisible()
    assert np.nanmin(view.valley.guides[0].getData()[1]) < -9 < -1 < np.nanmin(view.valley.lines[0].getData()[1])


def test_it_looks_right_in_both_languages_and_themes_and_when_exported(view):
    check_appearance(view, _shot(), _shot(view="sweep"), _shot(view="cost"))
    draw(view, _shot(view="sweep"))
    check_export(view, view.views)


def test_bars_end_where_their_errors_lie(view):
    draw(view, _shot(mistake="slope"))
    image = view.bars.boundingRect()
    assert view.bars.box("W1").width() == pytest.approx(image.width())
    assert view.bars.option_at(QPointF(5, view.bars.box("b2").center().y())) == "b2"


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("size", "large"), [((604, 500), 1.0), ((760, 620), 1.0), ((1000, 640), 2.0), ((560, 900), 2.0)], ids=str
)
def test_the_two_gradients_are_written_in_full(view, monkeypatch, size, large, language):
    said = []

    class Watched(QFontMetricsF):
        def elidedText(self, *of):
            said.append(super().elidedText(*of))
            return said[-1]

    set_language(language)
    set_zoom(large)
    view.resize(*size)
    draw(view, _shot())
    monkeypatch.setattr(read_outs, "QFontMetricsF", Watched)
    for opening in (one for one in openings("gradient_check") if one.params.view == "scatter"):
        backward = opening.frame.backward
        widest = sorted(range(len(backward)), key=lambda entry: len(f"{backward[entry]:.3g}"))[-2:]
        for entry in widest:
            draw(view, Snapshot(opening.params.replaced(opening.frame.looking_at(entry)), opening.frame))
            canvas = QImage(view.outs.size().toSize(), QImage.Format.Format_RGB32)
            painter = QPainter(canvas)
            view.outs.draw(sketch_alone(painter, view.outs))
            painter.end()
    assert len(said) > 20 and not [words for words in said if words.endswith("…")]
