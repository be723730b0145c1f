"""Places of a network: every weight and bias has a name and a place in the row, and is found where it is drawn."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.experiments.ch5_backpropagation.playground.process import FEATURES, inputs_of
from engine.geometry.network_places import (
    bias_of,
    height_of,
    index_of,
    neuron_at,
    path_of,
    place_of,
    weight_at,
)

SIZES = (3, 8, 1, 2)
COUNT = sum((n + 1) * m for n, m in pairwise(SIZES))


def test_every_place_in_the_row_has_a_name_that_leads_back():
    names = [path_of(SIZES, index) for index in range(COUNT)]
    assert [index_of(SIZES, name) for name in names] == list(range(COUNT))
    assert (names[0], names[-1]) == ("W1[0,0]", "b3[1]")
    assert place_of(SIZES, bias_of(SIZES, 1, 5)) == (0, 3, 5)


@pytest.mark.parametrize("path", ["W1[3,0]", "W1[0,8]", "b2[1]", "W4[0,0]", "W1", "W1[0]", "b1[0,0]", "w1[0,0]", ""])
def test_what_a_network_has_not_is_no_place(path):
    assert index_of(SIZES, path) is None


def test_neurons_are_found_where_they_are_drawn_and_not_between_layers():
    for layer, count in enumerate(SIZES):
        for number in range(count):
            assert neuron_at(SIZES, layer + 0.1, height_of(number, count)) == (layer, number)
    assert neuron_at(SIZES, 0.5, 0.5) is None and neuron_at(SIZES, -0.6, 0.5) is None
    assert neuron_at(SIZES, 1.0, 1.1) is None


def test_weights_are_found_on_their_lines_near_their_targets():
    for index in range(COUNT):
        layer, source, target = place_of(SIZES, index)
        if source < SIZES[layer]:
            start, end = height_of(source, SIZES[layer]), height_of(target, SIZES[layer + 1])
            found = weight_at(SIZES, layer + 0.24 + 0.97 * 0.52, start + 0.97 * (end - start))
            # Where lines meet it may be another one that ends there too.
            assert place_of(SIZES, found)[::2] == (layer, target)
    assert weight_at(SIZES, 0.5, 1.3) is None and weight_at(SIZES, 1.0, 0.5) is None


def test_inputs_are_the_features_in_their_order_and_a_one():
    points = np.array([[0.5, -2.0], [1.0, 3.0]])
    assert inputs_of(points, ("x2", "x1_squared", "x1_x2")).tolist() == [[-2.0, 0.25, -1.0, 1.0], [3.0, 1.0, 3.0, 1.0]]
    assert inputs_of(points, tuple(FEATURES)).shape == (2, 8)
