"""Layered graphs: every edge goes to the right, nodes keep their distance, and easy graphs have no crossings."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from engine.geometry.layered import layered

CLOSE = 1e-9


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 14))
    pairs = st.integers(1, count - 1).flatmap(lambda target: st.tuples(st.integers(0, target - 1), st.just(target)))
    return count, draw(st.lists(pairs, max_size=24)) if count > 1 else []


@given(graph=graphs())
def test_every_edge_goes_to_the_right_through_every_column_on_its_way(graph):
    count, edges = graph
    layers = layered(count, edges)
    for (source, target), way in zip(edges, layers.ways, strict=True):
        columns = [x for x, _ in (layers.places[source], *way, layers.places[target])]
        assert columns == sorted(set(columns))
        assert max(b - a for a, b in itertools.pairwise(columns)) <= 1
    assert layers.columns == 1 + max(x for x, _ in layers.places)


@given(graph=graphs())
def test_nodes_of_a_column_are_at_least_one_apart(graph):
    layers = layered(*graph)
    for column in range(layers.columns):
        heights = sorted(y for x, y in layers.places if x == column)
        assert all(b - a >= 1 - CLOSE for a, b in itertools.pairwise(heights))
    assert all(-CLOSE <= y <= layers.rows - 1 + CLOSE for _, y in layers.places)


@given(graph=graphs())
def test_the_same_graph_is_always_drawn_the_same(graph):
    assert layered(*graph) == layered(*graph)


def test_an_edge_passes_a_node_at_a_distance():
    """The tax of a purchase joins two columns later."""
    layers = layered(5, [(0, 3), (1, 3), (3, 4), (2, 4)])
    ((_, passing),) = layers.ways[3]
    assert abs(passing - layers.places[3][1]) >= 0.8
    assert [layers.places[node][1] for node in (0, 1, 2)] == sorted(
        (y for x, y in layers.places if x == 0), reverse=True
    )


def test_crossed_inputs_are_put_in_the_order_of_what_they_lead_to():
    layers = layered(4, [(0, 3), (1, 2)])
    assert (layers.places[0][1] > layers.places[1][1]) == (layers.places[3][1] > layers.places[2][1])


def test_two_edges_between_the_same_nodes_part():
    layers = layered(2, [(0, 1), (0, 1)])
    (one,), (other,) = layers.ways
    assert one[0] == other[0] == 0.5
    assert one[1] > other[1]


def test_a_node_without_edges_keeps_its_place_in_its_column():
    # Python empties a list while it sorts it, so that a key that asks the list itself finds nothing.
    places = layered(7, ((0, 1), (0, 4), (2, 5), (3, 4))).places
    column = [node for node, (across, _) in enumerate(places) if across == 0.0]
    assert min(column, key=lambda node: places[node][1]) == 6
