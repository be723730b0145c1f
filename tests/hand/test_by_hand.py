"""The walks by mouse and keyboard, where this machine has a virtual screen for them."""

import subprocess
import sys

import pytest

from engine.contract.catalogue import chapters, load
from engine.playing import opened
from tests.hand.__main__ import WALKED
from tests.hand.person import ROOT
from tests.hand.screen import missing_programs

needs_a_screen = pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {', '.join(missing_programs())}")


def _opening(experiment):
    player, frame = opened(experiment)
    return player.params, frame


def _with_rings(chapter):
    """The first experiment of a chapter with something to grip that is not gone through as a whole."""
    ids = [entry.id for entry in chapter.entries if entry.id not in WALKED]
    return next(one for one in ids if load(one).handles(*_opening(load(one))))


def _by_hand(*words):
    return subprocess.run(
        [sys.executable, "-m", "tests.hand", *words], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


@needs_a_screen
@pytest.mark.parametrize("experiment", [WALKED[0], *(pytest.param(one, marks=pytest.mark.whole) for one in WALKED[1:])])
def test_a_person_with_mouse_and_keyboard_gets_where_the_guide_says(experiment):
    done = _by_hand(experiment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok" in done.stdout


@needs_a_screen
@pytest.mark.whole
@pytest.mark.parametrize("experiment_id", [_with_rings(chapter) for chapter in chapters()[3:]])
def test_every_ring_of_an_experiment_of_each_later_chapter_grips_beside_its_centre(experiment_id):
    done = _by_hand(experiment_id, "100")
    assert done.returncode == 0, done.stdout + done.stderr
    experiment = load(experiment_id)
    for handle in experiment.handles(*_opening(experiment)):
        assert f"{experiment_id}: {handle.id} grips" in done.stdout, done.stdout
