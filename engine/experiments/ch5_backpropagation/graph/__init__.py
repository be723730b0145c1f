"""A computational graph: values go forward node by node, and gradients go back as upstream times local gradient."""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.calculus.graph import backward, forward
from engine.calculus.graph_notation import local_value, sign_of
from engine.calculus.numerical_gradient import numerical_gradient
from engine.calculus.operations import Choose, Divide, Function, Minus, Negate, Plus, Power, Times
from engine.contract.api import Handle, ProbePoint, Slide, Table, Text, field_of, table_of
from engine.contract.experiment import Amount, CodeMark, Pace, Preset, Probe, Unit, Walk
from engine.contract.fields import Real
from engine.experiments.ch5_backpropagation.graph import words
from engine.experiments.ch5_backpropagation.graph.params import RIGHT, TRACK, GraphParams
from engine.experiments.ch5_backpropagation.graph.passes import GraphFrame, frame_at

_NEAR = 0.42
"""The maximum distance from a node, horizontal and vertical in units of columns and rows, at which the pointer counts
as on it.
"""
_DRAG = Text("change an input")


class ComputationalGraph(Walk[GraphParams, GraphFrame]):
    """A calculation drawn as nodes from left to right; a step computes one node, first all forward,
    then all backward.
    """

    order = 1
    title = Text("Computational graph: values forward, gradients back")
    units = (
        Unit("node", Text("step"), Text("step")),
        Unit("pass", Text("pass"), Text("pass", context="one through the graph")),
    )
    pace = Pace(0.8, "node")
    presets = (
        Preset("apples", Text("Two apples"), {}),
        Preset("fruit", Text("Apples and oranges"), {"graph": "fruit"}),
        Preset("sum_product", Text("(x + y)·z"), {"graph": "sum_product"}),
        Preset("square", Text("x·x: branches add"), {"graph": "square"}),
        Preset("sigmoid", Text("Sigmoid from its parts"), {"graph": "sigmoid", "x": 1.0}),
        Preset("neuron", Text("An affine neuron"), {"graph": "neuron"}),
        Preset("softmax", Text("Softmax with cross entropy"), {"graph": "softmax"}),
        Preset("own", Text("Your own function"), {"graph": "own"}),
    )
    code = (Times, Plus, Minus, Divide, Power, Negate, Function, Choose, forward, backward, numerical_gradient)

    headline = staticmethod(words.headline)
    working = staticmethod(words.working)

    def last_stop(self, params: GraphParams) -> int:
        return 2 * len(params.structure.operations)

    def counts_at(self, params: GraphParams, index: int) -> tuple[int, ...]:
        return index, index // max(1, len(params.structure.operations))

    def stop(self, params: GraphParams, index: int) -> GraphFrame:
        return frame_at(params, index, self.counts_at(params, index))

    def default_steps_for(self, params: GraphParams) -> Amount:
        return Amount(self.last_stop(params), "node")

    def reopening(self, before: GraphParams, after: GraphParams, reached: int) -> Amount | None:
        """If the graph is unchanged, replay up to the step reached before, so that values change in place."""
        return Amount(reached, "node") if before.structure == after.structure else self.opening_for(after)

    def main_tables(self, params: GraphParams, frame: GraphFrame) -> tuple[Table, ...]:
        return _checks(params, frame), _nodes(params, frame), _edges(params, frame)

    def probe(self, params: GraphParams, frame: GraphFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip of the node at ``spot``; columns of the graph are 1 apart, and y goes up."""
        node = self._node_at(params, spot)
        return None if node is None else Probe(words.node_words(params, frame, node))

    def click_at(self, params: GraphParams, frame: GraphFrame, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter changes of a click on a node, which selects it; empty where there is no node.

        A click on the selected or the newest node clears the selection, so that the highlight follows the steps again.
        """
        node = self._node_at(params, spot)
        away = node is None or node == frame.node or params.selected == node + 1
        return {} if node is None else {"selected": 0 if away else node + 1}

    def settle(self, params: GraphParams, changes: Mapping[str, object]) -> Mapping[str, object]:
        """Another graph also clears the selected node, since it has other nodes."""
        return {"selected": 0, **changes} if {"graph", "own"} & set(changes) else changes

    def handles(self, params: GraphParams, frame: GraphFrame) -> tuple[Handle, ...]:
        return tuple(
            _handle(params, node, name)
            for node, name in zip(params.structure.variables, params.input_fields, strict=True)
        )

    def code_mark(self, params: GraphParams, frame: GraphFrame) -> CodeMark | None:
        if frame.node < 0:
            return None
        kind = type(params.structure.operation(frame.node))
        return CodeMark(kind.__name__, "def backward" if frame.phase == "backward" else "def forward")

    def _node_at(self, params: GraphParams, spot: ProbePoint) -> int | None:
        """The index of the node at ``spot``; None if there is none."""
        places = params.drawing.places
        node = min(places, key=lambda one: math.hypot(places[one][0] - spot.x, places[one][1] - spot.y))
        x, y = places[node]
        return node if abs(spot.x - x) <= _NEAR and abs(spot.y - y) <= _NEAR else None


def _handle(params: GraphParams, node: int, name: str) -> Slide:
    """The handle of an input: it moves on a horizontal line from the input's smallest to its largest value."""
    field, (x, y) = field_of(GraphParams, name, Real), params.drawing.places[node]
    span = field.maximum - field.minimum
    scale = 2 * TRACK / span
    place = (x - TRACK + (getattr(params, name) - field.minimum) * scale, y)
    label = Text("{name}: drag left or right")(name=field.label)
    return Slide(
        name, place, field.step * scale, label, hint=(1.0, 0.0), invitation=_DRAG, field=name, along=(1 / scale, 0.0),
        decimals=0 if field.step >= 1 else 2, body=((x - TRACK, y), (x + TRACK, y)),
    )  # fmt: skip


def _checks(params: GraphParams, frame: GraphFrame) -> Table:
    """The table of each input's gradient beside its numerical gradient."""
    names = params.input_fields
    columns = {
        "input": (names, Text("input")),
        "value": (params.inputs, Text("value")),
        "gradient": ([frame.gradient[name] for name in names], Text("gradient")),
        "numerical": ([frame.numerical[name] for name in names], Text("numerical gradient")),
        "difference": ([abs(frame.gradient[name] - frame.numerical[name]) for name in names], Text("difference")),
        "agrees": ([bool(frame.complete[name] and frame.agrees[name]) for name in names], Text("agrees")),
    }
    if params.pitfall != RIGHT:
        columns["with_mistake"] = (
            [frame.wrong_gradient[name] for name in names],
            Text("gradient with the mistake"),
        )
    return table_of("checks", Text("gradients and their checks"), **columns)


def _nodes(params: GraphParams, frame: GraphFrame) -> Table:
    """The table of all drawn nodes with their values and gradients."""
    shown = list(params.drawing.places)
    return table_of(
        "nodes",
        Text("nodes"),
        number=([node + 1 for node in shown], Text("number")),
        symbol=([sign_of(params.structure, node) for node in shown], Text("operation or input")),
        value=([float(frame.values[node]) for node in shown], Text("value")),
        gradient=([float(frame.gradients[node]) for node in shown], Text("gradient")),
    )


def _edges(params: GraphParams, frame: GraphFrame) -> Table:
    """The table of all edges with value, upstream, local and downstream gradient."""
    edges = params.structure.edges
    columns = {
        "source": ([edge.source + 1 for edge in edges], Text("from node")),
        "target": ([edge.target + 1 for edge in edges], Text("to node")),
        "value": ([float(frame.values[edge.source]) for edge in edges], Text("value")),
        "upstream": ([float(frame.gradients[edge.target]) for edge in edges], Text("upstream")),
        "local": (
            [local_value(params.structure, edge.target, edge.slot, frame.values) for edge in edges],
            Text("local"),
        ),
        "downstream": (frame.passed, Text("downstream")),
    }
    if params.pitfall != RIGHT:
        columns["with_mistake"] = (frame.wrong_passed, Text("downstream with the mistake"))
    return table_of("edges", Text("edges"), **columns)
