"""What the guides work through in See, digit by digit: it comes out as written, with the numbers of the stage."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.experiment import Amount
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.guides.guide import load_guide
from engine.nn.initializers import he, xavier
from engine.playing import Player
from tests.arithmetic import read_back

WORKED = (
    "gates", "xor", "perceptron_rule", "activations", "forward", "softmax", "differentiation", "gradient_field",
    "descent", "graph", "layers", "optimizers", "initialization", "hyperparameters", "convolution", "filters",
)  # fmt: skip
"""The guides that work through a sum of their opening stage."""

_RUN = re.compile(r"(?<![A-Za-z0-9])(?:sin |[0-9.()·+\N{MINUS SIGN}/^√= ])+")
"""Numbers and signs in a row; the 1 of x1 is no number of a sum."""


def _sums(experiment_id: str, language: str) -> list[list[str]]:
    """Every chain of equal expressions in numbers alone that the prose of a guide has."""
    prose = "\n".join(
        "".join(span.text for span in block.spans) for block in load_guide(experiment_id, language).blocks
    )
    chains = ([part.strip(" .") for part in run.split("=")] for run in _RUN.findall(prose))
    return [chain for chain in chains if len(chain) > 1 and all(re.search(r"\d", part) for part in chain)]


def _value(written: str) -> float:
    return read_back(re.sub(r"sin (\d)", r"sin(\1)", written))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("experiment_id", WORKED)
def test_a_sum_that_is_worked_through_comes_out_as_written(experiment_id, language):
    sums = _sums(experiment_id, language)
    assert any(re.search(r"\d *[·+/^]|\d \N{MINUS SIGN}", chain[0]) for chain in sums), experiment_id
    for chain in sums:
        *_, last = (_value(part) for part in chain)
        # The digits on the way are rounded too.
        assert [_value(part) for part in chain] == pytest.approx([last] * len(chain), rel=2e-3, abs=6e-4), chain


@pytest.mark.parametrize("experiment_id", WORKED)
def test_every_language_works_through_the_same_numbers(experiment_id):
    english, *others = (_sums(experiment_id, language) for language in LANGUAGES)
    assert others == [english] * len(others)


def _player(experiment_id: str, **changes: object) -> Player:
    experiment = load(experiment_id)
    return Player(experiment, Run(experiment_id, experiment.params_type().replaced(changes)))


def test_the_first_steps_are_those_of_the_paths():
    descent = _player("descent")
    assert descent.params.learning_rate == 0.9 and descent.go_by(Amount(1, "update")).x[1] == pytest.approx(-1.6)
    optimizers = _player("optimizers")
    assert optimizers.params.sgd_rate == 0.95
    assert optimizers.go_by(Amount(1, "step")).x["sgd"][1] == pytest.approx(-1.8)


def test_the_bill_is_the_graph_s():
    assert _player("graph").go_by(Amount(2, "node")).values[3:].tolist() == pytest.approx([200, 220])


def test_the_rules_for_a_hundred_inputs_are_the_engine_s():
    assert (xavier(100), he(100)) == pytest.approx((0.1, 0.141), abs=5e-4)


def test_the_rate_is_drawn_between_the_ends_of_the_stage():
    params = _player("hyperparameters").params
    assert (params.rate_low, params.rate_high) == (-6, -2)


def test_the_parameters_of_the_first_fully_connected_layer_are_counted_as_the_guide_counts_them():
    frame = _player("cnn").go(0)
    assert frame.parts[1] == 30 * 12 * 12 * 100 + 100
    for language in LANGUAGES:
        prose = "\n".join("".join(span.text for span in block.spans) for block in load_guide("cnn", language).blocks)
        assert "30·12·12·100" in prose


def test_the_window_of_the_opening_holds_the_numbers_of_which_the_largest_is_told():
    frame = _player("pooling").go_by(Amount(16, "window"))
    assert np.sort(frame.picture[2:4, 2:4], axis=None).tolist() == [3, 5, 9, 9] and frame.pooled[1, 1] == 9
