"""What is told of each neuron and each weight of a network to who walks through it by keys is what its table says."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from engine.contract.catalogue import load
from engine.playing import opened
from gui.plots.network.network_walk import Part
from gui.stage.snapshot import Snapshot
from gui.style.language import set_language
from gui.views import load_view
from tests.gui.views.hand import brought_up
from tests.truth.numbers import numbers_in

NETWORKS = {
    "as it opens": {},
    "of two layers": {"hidden": (3, 2), "data": "xor"},
    "of none": {"hidden": ()},
    "for four classes": {"data": "gauss", "classes": 4, "hidden": (2,)},
    "for heights": {"data": "hills", "hidden": (3,), "features": ("x1", "x2", "sin_x1")},
}
"""Networks that are walked through, by what they are."""
_AT_END = re.compile(r": (?:bias )?(\S+?)(?:\.\s|$)")


def _names(sizes, inputs, is_regression):
    """What the neurons of each layer are called, the inputs first: hidden ones count from 1."""
    yield [f"input {name}" for name in inputs]
    for layer, count in enumerate(sizes[1:-1], start=1):
        yield [f"neuron {number} of hidden layer {layer}" for number in range(1, count + 1)]
    yield ["the output"] if is_regression else [f"the output for class {number}" for number in range(sizes[-1])]


def _paths(sizes):
    """The names of weights and biases in the order in which a network keeps them: inputs before biases."""
    for layer, (n, m) in enumerate(pairwise(sizes), start=1):
        yield from (f"W{layer}[{i},{j}]" for i in range(n) for j in range(m))
        yield from (f"b{layer}[{j}]" for j in range(m))


@pytest.mark.parametrize("network", NETWORKS)
def test_every_neuron_and_weight_is_told_with_its_own_name_and_the_number_of_its_row(qtbot, network):
    experiment = load("playground")
    params = experiment.params_type().replaced(NETWORKS[network])
    player, frame = opened(experiment, params)
    view = brought_up(qtbot, load_view("playground")(experiment), Snapshot(player.params, frame), (1000, 510))
    (table,) = (one for one in experiment.main_tables(params, frame) if one.name == "network")
    values = {row[0]: row[1] for row in table.rows}
    inputs = ("x1", "x2", "sin x1")[: frame.sizes[0]]
    names = list(_names(frame.sizes, inputs, params.is_regression))
    told = {}

    def words_of(part):
        view.network.part = part
        view.network.walked.emit()
        return view.network.words

    def number_in(words):
        (number,) = numbers_in(_AT_END.search(words)[1])
        return number

    for layer, (sources, targets) in enumerate(pairwise(names)):
        for i, source in enumerate(sources):
            for j, target in enumerate(targets):
                words = words_of(Part("weight", layer, i, j))
                assert words.startswith(f"weight from {source} to {target}: "), words
                told[f"W{layer + 1}[{i},{j}]"] = number_in(words)
        for j, target in enumerate(targets):
            words = words_of(Part("neuron", layer + 1, j))
            assert words.startswith(f"{target}: bias "), words
            told[f"b{layer + 1}[{j}]"] = number_in(words)
    assert told.keys() == values.keys()
    # The row of parameters: layer by layer the weights of each input, then the biases.
    assert [values[path] for path in _paths(frame.sizes)] == frame.parameters.tolist()
    wrong = {path: (number, values[path]) for path, number in told.items() if not number.fits(values[path])}
    assert not wrong
    for name in names[0]:
        assert words_of(Part("neuron", 0, names[0].index(name))).startswith(f"{name}, ")
    words = words_of(Part("weight", 0, 0, 0))
    set_language("zh_CN")
    view.draw(player.params, frame)
    assert view.network.words != words
    assert numbers_in(view.network.words)[-1].value == number_in(words).value
