"""What the line under the headline names is that in which the open run differs from the one drawn behind it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from engine.contract.frame import arrays_of
from engine.contract.language import LANGUAGES
from engine.contract.params import fields_of
from engine.contract.run import Change, Run
from engine.experiments.ch5_backpropagation.playground.params import PlaygroundParams
from engine.playing import Player
from gui.plots.learning.run_plot import BEFORE as KEY_BEFORE
from gui.shelf.shelf import BEFORE, EARLIER
from gui.style.language import translate
from gui.window import words
from tests.gui.window.shown import shown

OTHERS = {
    "playground": {
        "learning_rate": (0.03, 0.1, 0.3, 1.0),
        "batch_size": (5, 10, 25),
        "noise": (0.0, 0.1, 0.2),
        "activation": ("tanh", "relu"),
    },
    "perceptron_rule": {
        "learning_rate": (0.1, 0.5, 1.0),
        "w1": (-1.0, 0.0, 1.0),
        "order": ("fixed", "shuffled"),
    },
}


def _settled(qtbot, window):
    qtbot.waitUntil(lambda: window.runner.is_settled)


def _steering(run, update):
    """The parameters with which the update after so many was computed."""
    params = run.params_at(update)
    return {name: getattr(params, name) for name, field in fields_of(type(params)).items() if field.steers}


def _differing(ghost, run):
    """The labels of what was not the same all along, as far as the ghost's run went."""
    last = max(0, ghost.snapshot.frame.update - 1)
    now, fields = _steering(run, 0), fields_of(type(run.params))
    found = {name for at in range(last + 1) for name, value in _steering(ghost.run, at).items() if value != now[name]}
    return {translate(fields[name].label) for name in found}


def _named(page, run):
    """The labels that the line names, "Random seed" included; None where it says nothing of before."""
    note = page.headline.note
    line = next((one for one in (note.toolTip(), note.text()) if "from before: " in one), None)
    if line is None:
        return None
    said = line.split("from before: ")[1]
    labels = {translate(field.label) for field in fields_of(type(run.params)).values()} | {"Random seed"}
    return {label for label in labels if any(part.startswith(label + " ") for part in said.split(", "))}


def _played(experiment, run, update):
    cut = tuple(one for one in run.journal if one.at_update <= update)
    return Player(experiment, Run(run.experiment, run.params, run.seed, cut)).go(update)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.whole) for seed in range(1, 8))])
@pytest.mark.parametrize("experiment_id", OTHERS)
def test_whatever_the_speed_of_changes_the_line_is_of_the_run_behind(qtbot, window, experiment_id, seed):
    chance, page = random.Random(seed), shown(qtbot, window, experiment_id)
    controller, editor, judged = page.controller, page.editor, 0
    for _ in range(40):
        match chance.choice(["step", "change", "change", "change", "seed", "wait", "restart"]):
            case "step":
                controller.step()
            case "change":
                name = chance.choice([*OTHERS[experiment_id]])
                editor.end_gesture()
                editor.change({name: chance.choice(OTHERS[experiment_id][name])})
            case "seed":
                editor.set_seed(chance.choice((0, 7, 1975)))
            case "restart" if chance.random() < 0.2:
                controller.restart()
        if chance.random() < 0.6:
            _settled(qtbot, window)
        ghost, run = controller.ghost, Run(experiment_id, editor.params, editor.seed)
        named = _named(page, run)
        if named is None or ghost is None:
            continue
        judged += 1
        wanted = _differing(ghost, run)
        if ghost.run.seed != run.seed and page.experiment.seed_matters(run.params):
            wanted |= {"Random seed"}
        assert named == wanted, page.headline.note.text()
        picture = _played(page.experiment, ghost.run, ghost.snapshot.frame.update)
        assert all(map(np.array_equal, arrays_of(ghost.snapshot.frame), arrays_of(picture)))
    assert judged > 3


def test_a_rate_that_was_changed_in_mid_run_counts_as_it_was_learned_with(qtbot, window):
    """It was typed at the end and nothing was learned with it: the curve behind is that of the rate before."""
    page = shown(qtbot, window, "playground")
    page.controller.step()
    _settled(qtbot, window)
    page.editor.change({"learning_rate": 0.5})
    _settled(qtbot, window)
    page.editor.change({"noise": 0.3})
    _settled(qtbot, window)
    line = page.headline.note.text()
    assert "the only" not in line and "Learning rate η 0.1 → 0.5" in line and "Noise 0 → 0.3" in line


def test_a_rate_that_changed_on_the_way_is_told_as_it_was(qtbot, window):
    page = shown(qtbot, window, "playground")
    page.controller.step()
    page.editor.change({"learning_rate": 0.5})
    page.controller.step()
    _settled(qtbot, window)
    page.editor.change({"noise": 0.3})
    _settled(qtbot, window)
    assert "Learning rate η 0.1 then 0.5 → 0.5" in page.headline.note.text()


def test_only_the_run_that_is_drawn_behind_is_called_before(qtbot, window):
    """The card keeps the last run that went on, and the notice a long one; where another one stands behind, they are
    called otherwise.
    """
    page = shown(qtbot, window, "playground")

    def change(noise):
        page.editor.change({"noise": noise})
        _settled(qtbot, window)
        return page.controller.shelf.name_of_before.render("en")

    window.runner.step("epoch")
    _settled(qtbot, window)
    assert [change(noise) for noise in (0.1, 0.2, 0.3)] == ["before", "earlier", "earlier"]
    window.runner.step("epoch")
    _settled(qtbot, window)
    assert change(0.4) == "before" and page.controller.ghost.run.params.noise == 0.3
    page.controller.restart()
    _settled(qtbot, window)
    assert page.controller.ghost is None and page.controller.shelf.name_of_before.render("en") == "before"


@pytest.mark.parametrize("language", LANGUAGES)
def test_key_line_and_card_have_one_word_for_the_run_before(language):
    called = BEFORE.render(language)
    for line in (words.CHANGED_ONLY(changes="x"), words.CHANGED(changes="x"), words.PUT_AWAY(time="11 s")):
        assert called in line.render(language)
    for other in (EARLIER, words.PUT_AWAY_EARLIER(time="11 s"), words.BACK_TO_IT):
        assert called not in other.render(language)
    assert KEY_BEFORE == BEFORE


@pytest.mark.parametrize(
    ("set_at", "update", "used"),
    [
        ([], 10, None),
        ([(10, 0.5)], 10, (0.1,)),
        ([(4, 0.5)], 10, (0.1, 0.5)),
        ([(0, 0.5)], 10, (0.5,)),
        ([(4, 0.5), (4, 1.0)], 10, (0.1, 1.0)),
        ([(4, 0.5), (6, 0.1), (8, 0.1)], 10, (0.1, 0.5, 0.1)),
        ([(0, 0.5)], 0, (0.5,)),
        ([(12, 0.5)], 10, None),
    ],
)
def test_the_course_of_a_parameter_is_what_updates_were_computed_with(set_at, update, used):
    run = Run("playground", PlaygroundParams(), 0, tuple(Change(at, "learning_rate", value) for at, value in set_at))
    assert run.courses(update).get("learning_rate") == used
