"""A headline that asks for a step says with which key: the button in the window has a sign only, and no word."""

from __future__ import annotations

import pytest

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.playing import Player
from gui.page.transport import _SHORTCUTS
from gui.window import words


@pytest.mark.parametrize(
    ("experiment_id", "changes"),
    [
        ("forward", {}),
        ("graph", {}),
        ("convolution", {}),
        ("convolution", {"view": "backward", "pitfall": "overwritten"}),
        ("pooling", {"view": "walk"}),
    ],
)
def test_what_asks_for_a_step_names_its_key(experiment_id, changes):
    experiment = load(experiment_id)
    params = experiment.params_type().replaced(changes)
    said = experiment.headline(params, Player(experiment, Run(experiment_id, params)).go(0))
    assert _SHORTCUTS["step"] == "PageDown"
    assert f"{words.STEP.render('en')} (Page Down)" in said.render("en")
    assert f"“{words.STEP.render('zh_CN')}”（Page Down 键）" in said.render("zh_CN")
