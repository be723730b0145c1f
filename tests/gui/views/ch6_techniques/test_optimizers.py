"""The stage of `optimizers`: paths follow the start, a name looks at its rule, a step is opened phase by phase."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.contract.language import LANGUAGES
from engine.contract.run import Run
from engine.experiments.ch6_techniques.optimizers import Optimizers
from engine.experiments.ch6_techniques.optimizers.params import PHASES, OptimizersParams
from engine.nn.optimizer_registry import OPTIMIZERS as RULES
from engine.playing import Player
from gui.stage.view import Snapshot
from gui.views.ch6_techniques.optimizers import OptimizersView
from tests.gui.views.hand import BY_SIZE, SIZES, brought_up, check_restyled, drag, draw, on_screen

OPTIMIZERS = Optimizers()
ALL = {"shown": tuple(RULES)}


def _shot(phases=None, **values):
    params = OptimizersParams(**values)
    player = Player(OPTIMIZERS, Run(OPTIMIZERS.id, params))
    return Snapshot(params, player.go_by(OPTIMIZERS.opening_for(params)) if phases is None else player.go(phases))


@pytest.fixture
def view(qtbot):
    return brought_up(qtbot, OptimizersView(OPTIMIZERS), _shot())


@pytest.mark.parametrize("size", [*BY_SIZE, (480, 330)])
def test_every_size_shows_every_rule_and_drawing_twice_changes_nothing(view, size):
    view.resize(*size)
    pictures = []
    for rule in RULES:
        shot = _shot(selected=rule, **ALL)
        pictures.append(draw(view, shot))
        assert draw(view, shot) == pictures[-1]
    assert all(one != other for one, other in pairwise(pictures))


def test_the_map_is_one_to_one_and_takes_the_most(view):
    for size in SIZES:
        view.resize(*size)
        draw(view, _shot())
        corner, right, up = (view.plane.vb.mapViewToScene(QPointF(*place)) for place in ((0, 0), (1, 0), (0, 1)))
        assert right.x() - corner.x() == pytest.approx(corner.y() - up.y(), rel=1e-6)
    view.resize(900, 560)
    draw(view, _shot())
    assert view.plane.size().width() >= 0.55 * view.stage.width()


def test_dragging_the_start_asks_for_it_on_the_way(view):
    draw(view, _shot())
    drag(view, on_screen(view, view.plane, -7, 2), on_screen(view, view.plane, 4, -5))
    starts = [changes["start"] for changes, _ in view.edits]
    assert len(starts) >= 2 and starts[-1] == pytest.approx((4, -5), abs=0.2)


def test_all_paths_follow_the_start_and_the_old_ones_stay_as_ghosts(view):
    before, after = _shot(), _shot(start=(4.0, -5.0))
    assert draw(view, after) != draw(view, after, before)
    assert all(view.ghosts[rule].isVisible() == (rule in before.params.drawn) for rule in RULES)
    draw(view, _shot(selected="sgd"), before)
    assert not any(ghost.isVisible() for ghost in view.ghosts.values()), "the same walks, another one looked at"


def test_of_another_function_nothing_stays_as_a_ghost(view):
    draw(view, _shot(), _shot(function="own", own="10*(x0^2/20 + x1^2)"))
    assert not any(ghost.isVisible() for ghost in view.ghosts.values())
    shown = []
    view.losses.show_curves = lambda curves, looked_at, ghosts: shown.append(len(ghosts))
    draw(view, _shot(), _shot(function="own", own="10*(x0^2/20 + x1^2)"))
    draw(view, _shot(), _shot(start=(4.0, -5.0)))
    assert shown[0] == 0 < shown[-1]


def test_a_name_above_the_map_looks_at_its_rule_by_click_and_by_key(view):
    draw(view, _shot())
    middle = view.inks.mapToScene(view.inks.box("momentum").center())
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=view.stage.mapFromScene(middle))
    assert view.edits[-1][0] == {"selected": "momentum"}
    view.inks.setFocus()
    QTest.keyClick(view.stage.viewport(), Qt.Key.Key_Left)
    assert view.edits[-1][0] == {"selected": "adagrad"}, "the shown one beside Adam, not a hidden one"
    with pytest.raises(ValueError):
        view.inks.box("nesterov")


def test_a_click_on_a_curve_looks_at_its_rule(view):
    shot = _shot()
    draw(view, shot)
    place = on_screen(view, view.losses, 25, float(shot.frame.heights["adagrad"][25]))
    QTest.mouseClick(view.stage.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.edits[-1][0] == {"selected": "adagrad"}


def test_phase_by_phase_the_step_fills_and_its_arrows_are_drawn(view):
    pictures, arrows = [], []
    for phase in range(1, len(PHASES) + 1):
        pictures.append(draw(view, _shot(len(PHASES) * 2 + phase, selected="adam")))
        arrows.append([arrow.isVisible() for arrow in view.arrows].count(True))
    assert arrows == [1, 2, 2, 3, 1]
    assert all(one != other for one, other in pairwise(pictures))
    draw(view, _shot(selected="adam"))
    assert not any(arrow.isVisible() for arrow in view.arrows), "too short to be told from its place"


def test_the_squares_are_as_large_as_the_roots(view):
    shot = _shot(selected="adagrad")
    draw(view, shot)
    sides = np.array([square.width() for square in view.squares.boxes()])
    roots = shot.frame.roots(shot.params)
    assert sides[0] / sides[1] == pytest.approx(roots[0] / roots[1], rel=1e-6)
    draw(view, _shot(selected="momentum"))
    assert view.squares.boxes() == []


def test_the_room_for_the_step_is_the_same_for_every_rule(view):
    heights = set()
    for rule in RULES:
        draw(view, _shot(selected=rule))
        heights.add(view.table.minimumHeight())
    assert len(heights) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_change_of_language_or_theme_redraws_everything(view, name, language):
    for shot in (_shot(), _shot(selected="momentum"), _shot(7)):
        draw(view, shot)
        check_restyled(view, shot, name, language)
