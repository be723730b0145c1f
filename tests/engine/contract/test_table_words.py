"""Tables and their columns are called in Chinese by Chinese words, whatever their files call them."""

from __future__ import annotations

import re

import pytest

from engine.contract.catalogue import load
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.optimizer_registry import OPTIMIZERS
from engine.playing import opened
from tests.walk import EXPERIMENT_IDS

NAMES = {
    *(
        "float",
        "axis",
        "epoch",
        "softmax",
        "batch",
        "mini",
        "MNIST",
        "one",
        "hot",
        "NumPy",
        "Dropout",
        "Batch",
        "Normalization",
    ),
    *(one.name for one in OPTIMIZERS.values()),
    *(
        word
        for one in ACTIVATIONS.values()
        if one.name.render("en") == one.name.render("zh_CN")
        for word in one.name.message.split()
    ),
}
"""Latin words that are the names of things in Chinese too."""


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_no_english_word_stands_over_a_table_in_chinese(experiment_id):
    experiment = load(experiment_id)
    found = set()
    for changes in ({}, *(preset.changes for preset in experiment.presets)):
        player, frame = opened(experiment, experiment.params_type().replaced(changes))
        for table in experiment.tables(player.params, frame):
            for title in (table.title, *(column.title for column in table.columns)):
                words = set(re.findall("[A-Za-z]{3,}", title.render("zh_CN"))) - NAMES
                found |= {(table.name, title.render("zh_CN"))} if words else set()
    assert not found
