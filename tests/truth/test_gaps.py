"""What is said of two gaps between training and test is what the numbers beside it say, whatever their signs."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.playing import Player

GAPS = (-0.06, -0.021, 0.0, 0.021, 0.06)
"""A network may be right more often on the test than in training."""


def test_a_gap_narrows_where_it_is_the_smaller_number_and_the_test_improves_where_its_share_is_larger():
    experiment = load("overfitting")
    params = experiment.params_type().replaced({"samples": "100", "layers": 1, "hidden": 5, "weight_decay": 0.1})
    frame = Player(experiment, Run("overfitting", params)).go(1)
    for gap, plain_gap, test in itertools.product(GAPS, GAPS, (0.67, 0.7, 0.73)):
        told = replace(
            frame, gap=gap, test_accuracy=test, train_accuracy=test + gap,
            plain_gap=plain_gap, plain_test=0.7, plain_train=0.7 + plain_gap,
        )  # fmt: skip
        text = experiment.headline(params, told)
        english, chinese = (text.render(language).replace("\N{MINUS SIGN}", "-") for language in ("en", "zh_CN"))
        own, other = (float(one) for one in re.search(r"(-?[\d.]+) points \(without: (-?[\d.]+)\)", english).groups())
        share, plain_share = (float(one) for one in re.search(r"([\d.]+)% \(without: ([\d.]+)%\)", english).groups())
        assert (own, other, share, plain_share) == pytest.approx((100 * gap, 100 * plain_gap, 100 * test, 70))
        narrows, improves = own < other, share > plain_share
        assert ("narrows" in english, "no narrower" in english) == (narrows, not narrows), english
        assert ("test improves" in english, "test does not improve" in english) == (improves, not improves), english
        # Where both go as is hoped for, or neither does, nothing is set against the other.
        assert ("but" in english) == (narrows != improves), english
        assert ("不比" in chinese) == (not narrows) and ("也不" in chinese) == (not narrows and not improves), chinese
