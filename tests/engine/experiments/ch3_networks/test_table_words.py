"""Tables of chapter 3 and their columns are called in Chinese by Chinese words, whatever their files call them."""

from __future__ import annotations

import re

import pytest

from engine.contract.catalogue import entries, load
from tests.walk import opened

NAMES = {"sigmoid", "tanh", "float", "axis"}
"""Latin words that are the names of things in Chinese too."""


@pytest.mark.parametrize("experiment_id", [entry.id for entry in entries() if entry.chapter == 3])
def test_no_english_word_stands_over_a_table_in_chinese(experiment_id):
    experiment = load(experiment_id)
    player, frame = opened(experiment, experiment.params_type())
    for table in experiment.main_tables(player.params, frame):
        for title in (table.title, *(column.title for column in table.columns)):
            words = re.findall("[a-z]{3,}", title.render("zh_CN"))
            assert set(words) <= NAMES, (table.name, title.render("zh_CN"))
