"""Pages that are not seen keep to themselves: one runner serves the window, and what it plays is another's then."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from engine.contract.catalogue import entries, load
from engine.playing import opened
from gui.run.timeline import TimelineEntry
from gui.stage.snapshot import Snapshot
from gui.style.language import language, set_language
from gui.style.theme import set_theme, theme
from gui.style.typography import set_zoom, zoom
from gui.views import load_view
from tests.gui.window.shown import lead, shown
from tests.walk import EXPERIMENT_IDS


def test_a_verdict_that_comes_after_one_has_left_waits_until_one_is_back(qtbot, window):
    page = shown(qtbot, window, "playground")
    page.panels.show_panel(page.panels.guide)
    row = next(row for row in page.panels.guide.rows if row.answers)
    lead(row)
    shown(qtbot, window, "optimizers")
    window.page.controller.step()
    qtbot.waitUntil(lambda: window.runner.is_settled)
    window.page.controller.back()
    assert page.panels.guide.is_checking, "the verdict was there too early for this test"
    drawn = page.view.current
    qtbot.waitUntil(lambda: not page.panels.guide.is_checking)
    set_theme("light" if theme().name == "dark" else "dark")
    assert page.view.current is None or page.view.current == drawn
    assert page.controller.export() is None
    window.show_experiment("playground")
    qtbot.waitUntil(lambda: window.runner.is_settled and row.verdict is not None)
    assert page.view.ghost.frame is row.verdict.before


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_view_and_its_page_refuse_what_is_of_another_experiment(qtbot, window, experiment_id):
    other = load(EXPERIMENT_IDS[EXPERIMENT_IDS.index(experiment_id) - 1])
    player, frame = opened(other)
    experiment = load(experiment_id)
    view = load_view(experiment_id)(experiment)
    qtbot.addWidget(view)
    own_player, own_frame = opened(experiment)
    own, foreign = Snapshot(own_player.params, own_frame), Snapshot(player.params, frame)
    for params, shown_frame, ghost, newest in (
        (foreign.params, foreign.frame, None, None),
        (own.params, foreign.frame, None, None),
        (own.params, own.frame, foreign, None),
        (own.params, own.frame, None, foreign),
    ):
        with pytest.raises(TypeError, match="of another experiment"):
            view.draw(params, shown_frame, ghost, newest)
    controller = shown(qtbot, window, experiment_id).controller
    with pytest.raises(TypeError, match="of another experiment"):
        controller.show_entry(TimelineEntry(frame, player.params, ()))


def _look(page):
    """What can be read of a page, how large and in which colours, by the kinds of its parts."""
    parts = [one for one in page.findChildren(QWidget) if one.isVisibleTo(page)]
    worded = [one for one in parts if hasattr(one, "text") and callable(one.text)]
    return (
        [(type(one).__name__, one.text(), one.font().pointSizeF()) for one in worded],
        [(type(one).__name__, one.accessibleName(), one.size()) for one in parts],
        page.view.stage.spoken().help,
    )


def _settled(qtbot, page):
    """The look once nothing is laid out any more: ten times the same, with events between."""
    looks = []

    def is_settled():
        QApplication.processEvents()
        looks.append(_look(page))
        return len(looks) >= 10 and all(one == looks[-1] for one in looks[-10:])

    qtbot.waitUntil(is_settled)
    return looks[-1]


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_a_hidden_page_takes_another_look_when_it_is_shown_and_not_before(qtbot, window, monkeypatch, experiment_id):
    def change():
        set_theme("light" if theme().name == "dark" else "dark")
        set_language("zh_CN" if language() == "en" else "en")
        set_zoom(1.25 if zoom() == 1 else 1)

    page = shown(qtbot, window, experiment_id)
    for _ in range(2):  # there and back, as what comes below
        change()
        QApplication.processEvents()
    change()
    seen, picture = _settled(qtbot, page), page.view.stage.grab().toImage()
    for _ in range(3):
        change()
    shown(qtbot, window, "gates" if experiment_id != "gates" else "xor")
    dressed = []
    for part in (page.view, page.form):
        monkeypatch.setattr(part, "restyle", lambda restyle=part.restyle: dressed.append(1) or restyle())
    change()
    QApplication.processEvents()
    assert dressed == []
    shown(qtbot, window, experiment_id)
    assert _settled(qtbot, page) == seen
    again = page.view.stage.grab().toImage()
    assert again.size() == picture.size()


def test_no_two_experiments_share_their_parameters_or_frames():
    experiments = [load(entry.id) for entry in entries()]
    assert len({one.frame_type for one in experiments}) == len(experiments)
    assert len({one.params_type for one in experiments}) == len(experiments)
    for one in experiments:
        for other in experiments:
            assert one is other or not issubclass(one.frame_type, other.frame_type)
