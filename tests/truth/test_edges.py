"""Where laws are easily forgotten: directly behind an epoch's end, and behind the overview."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.playing import SLICE, Player, Slices
from tests.gui.conftest import settings, window  # noqa: F401 - the window of the shell's tests
from tests.gui.run.test_timeline import filled
from tests.gui.window.shown import shown


@pytest.mark.parametrize("update", [1, 9, 10, 11, 19, 20, 21, 33])
def test_back_by_a_unit_goes_to_the_last_end_before_and_no_further(update):
    timeline = filled(range(34))
    wanted = max(end for end in range(0, 34, 10) if end < update)
    assert timeline.previous(update, "epoch").update == wanted
    assert timeline.previous(update).update == update - 1


@pytest.mark.parametrize("update", [0, 1, 9, 10, 11, 19, 20, 29])
def test_forward_by_a_unit_goes_to_the_next_end_and_no_further(update):
    timeline = filled(range(34))
    wanted = min(end for end in (10, 20, 30) if end > update)
    assert timeline.next(update, "epoch").update == wanted
    assert timeline.next(update).update == update + 1


def test_stepping_by_a_unit_stops_exactly_where_it_is_completed():
    experiment = load("playground")
    player = Player(experiment, Run("playground", experiment.params_type()))
    frame = player.go(0)
    ends = []
    for _ in range(3):
        frame = player.go(10**6, until="epoch")
        ends.append((frame.update, frame.counts[1], "epoch" in frame.events))
    each = ends[0][0]
    assert ends == [(each * n, n, True) for n in (1, 2, 3)]
    assert "epoch" not in player.go(1).events


def test_slices_of_a_fast_run_grow_until_they_take_their_time_and_shrink_again():
    slices = Slices()
    for _ in range(20):
        slices.measured(slices.updates, slices.updates * 1e-5)
    assert slices.updates == pytest.approx(SLICE / 1e-5, rel=0.02)
    for _ in range(30):
        slices.measured(slices.updates, slices.updates * 1e-3)
    assert slices.updates in (1, 2)


def test_nothing_computes_on_behind_the_overview(qtbot, window):  # noqa: F811 - the fixture
    window.show()
    window.show_experiment("playground")
    qtbot.waitUntil(lambda: window.runner.state.phase == "paused", timeout=100_000)
    window.runner.play()
    first = window.runner.entry.update
    qtbot.waitUntil(lambda: window.runner.entry.update > first, timeout=100_000)
    window.show_overview()
    qtbot.waitUntil(lambda: window.runner.state.phase != "running", timeout=100_000)
    qtbot.wait(100)
    before = window.runner.state.newest
    qtbot.wait(400)
    assert window.runner.state.newest == before


def test_who_comes_back_finds_the_run_where_it_was(qtbot, window):  # noqa: F811
    window.show()
    page = shown(qtbot, window, "playground")
    window.runner.step("update")
    qtbot.waitUntil(lambda: window.runner.is_settled and page.controller.snapshot.frame.update == 251, timeout=100_000)
    shown(qtbot, window, "gates")
    page = shown(qtbot, window, "playground")
    assert page.controller.snapshot.frame.update == 251
    buttons = {button.accessibleName() or button.text(): button for button in page.transport.findChildren(QToolButton)}
    back = next(button for name, button in buttons.items() if "back" in name.lower())
    assert back.isEnabled()
    back.click()
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.update < 251, timeout=100_000)


def test_what_is_to_be_noted_of_a_state_stands_under_the_headline(qtbot, window):  # noqa: F811
    window.show()
    page = shown(qtbot, window, "losses")
    preset = next(one for one in load("losses").presets if one.id == "certain")
    page.view.change(preset.changes)
    qtbot.waitUntil(lambda: page.controller.snapshot.frame.status is not None, timeout=100_000)
    said = page.controller.snapshot.frame.status.text.render("en")
    assert any(said in label.text() for label in page.headline.findChildren(QLabel))
