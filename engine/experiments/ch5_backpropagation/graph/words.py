"""The texts of `graph`: headline, the calculation of a node, and tooltips."""

from __future__ import annotations

import math

import numpy as np

from engine.calculus.graph_notation import (
    Passed,
    arrived_terms,
    back_lines,
    branch_name,
    letter_of,
    passed_down,
    sign_of,
    sum_line,
    value_line,
)
from engine.calculus.operations import Times
from engine.contract.api import NONE, Text, WorkingStep, counted, field_of, format_short, listed, notation, side_by_side
from engine.experiments.ch5_backpropagation.graph.params import RIGHT, GraphParams
from engine.experiments.ch5_backpropagation.graph.passes import STEP, GraphFrame, result_at

_DIGITS = 4
_START = Text("Only the inputs are known. Step (Page Down) computes the {nodes}.")
_NO_NODE = Text("The function {text} has no operation, so there is nothing to compute.")
_FORWARD = Text("Forward through {node}: {sum} = {value}.")
_BACKWARD = Text("Back through {node}: {parts}.")
_PART = Text("{upstream} × {local} = {downstream} to {source}")
_BEFORE = Text("the node {symbol}")
_OF = Text("the {symbol} of {operands}")
_ALL_AGREE = Text("{sentence} Done: all gradients agree with the numerical ones.")
_NOT_ALL = Text("{sentence} Done: {names} and the numerical gradient differ, as at a corner.")
_MISTAKE = Text("{sentence} With the mistake, {count} of {all} gradients are wrong.")
_HARMLESS = Text("{sentence} Even with the mistake, every gradient is right here.")
_SELECTED = Text("Selected: {sentence}")
_NO_VALUE = Text("With these inputs there is no value at {node}.")
_NOT_YET = Text("Not computed yet: {node}.")
_INPUT = notation("{name} = {value}")
_WITH_GRADIENT = Text("{name} = {value}, gradient {gradient}")
_OUTPUT = Text("{name}: output {value}")
_WITH_UPSTREAM = Text("{name}: output {value}, its gradient {gradient}")
_CHECKED = Text("{name} = {value}, gradient {gradient}, by central difference {numerical}")
_WITH_MISTAKE = Text("with the mistake “{mistake}”")
_CENTRAL = Text("central difference, to check")


def headline(params: GraphParams, frame: GraphFrame) -> Text:
    """One sentence about the selected or the newest node, with its values or gradients."""
    if not frame.operations:
        return _NO_NODE(text=params.sample.text)
    node = frame.lit(params)
    if node < 0:
        return _START(nodes=counted(frame.operations, "node"))
    sentence = node_sentence(params, frame, node)
    if node != frame.node:
        return _SELECTED(sentence=sentence)
    return _at_end(params, frame, sentence) if frame.finished and math.isfinite(frame.result) else sentence


def _at_end(params: GraphParams, frame: GraphFrame, sentence: Text) -> Text:
    """The headline of the finished pass: whether the gradients agree with the numerical ones, or how many the mistake
    changed.
    """
    names = params.input_fields
    if params.pitfall != RIGHT:
        count = len(mistaken(params, frame))
        return _MISTAKE(sentence=sentence, count=count, all=len(names)) if count else _HARMLESS(sentence=sentence)
    apart = [name for name in names if not frame.agrees[name]]
    if not apart:
        return _ALL_AGREE(sentence=sentence)
    nodes = dict(zip(names, params.structure.variables, strict=True))
    return _NOT_ALL(sentence=sentence, names=listed([params.label(nodes[name]) for name in apart]))


def mistaken(params: GraphParams, frame: GraphFrame) -> list[str]:
    """The names of the input parameters whose gradient the mistake changes."""
    return [
        name
        for name in params.input_fields
        if frame.complete[name] and not math.isclose(frame.gradient[name], frame.wrong_gradient[name], rel_tol=1e-9)
    ]


def node_sentence(params: GraphParams, frame: GraphFrame, node: int) -> Text:
    """One sentence about a node: how its value is computed, or after the backward pass the gradients that it passed
    back.
    """
    if params.structure.nodes[node].make is None:
        return Text("{what}.")(what=node_words(params, frame, node))
    name = name_of(params, frame, node)
    if math.isnan(frame.values[node]):
        reached = frame.phase == "backward" or node <= frame.node
        return (_NO_VALUE if reached else _NOT_YET)(node=name)
    if not frame.went_back(node):
        line = value_line(params.structure, node, frame.values)
        return _FORWARD(node=name, sum=line.brief(_DIGITS), value=format_short(line.result, _DIGITS))
    parts = [
        _PART(source=source_words(params, frame, one.edge.source), **numbers_of(one, _DIGITS))
        for one in passed_down(params.structure, node, frame.values, frame.gradients, frame.passed)
    ]
    return _BACKWARD(node=name, parts=side_by_side(parts))


def name_of(params: GraphParams, frame: GraphFrame, node: int) -> Text:
    """The name of a node: an input's name, or an operation's symbol.

    If the symbol occurs more than once in the graph, the operands are added: inputs by name, other nodes by value.
    """
    graph, label = params.structure, params.label(node)
    if [sign_of(graph, one) for one in graph.operations].count(sign_of(graph, node)) < 2:
        return label
    operands = []
    for operand in graph.nodes[node].operands:
        if graph.nodes[operand].number is None:
            is_plain = graph.nodes[operand].name or math.isnan(frame.values[operand])
            operands.append(params.label(operand) if is_plain else format_short(float(frame.values[operand]), _DIGITS))
    return _OF(symbol=label, operands=listed(operands))


def source_words(params: GraphParams, frame: GraphFrame, node: int) -> Text:
    """The description of the node to which a gradient is passed."""
    label, name = params.label(node), name_of(params, frame, node)
    return name if params.structure.nodes[node].name or name != label else _BEFORE(symbol=label)


def node_words(params: GraphParams, frame: GraphFrame, node: int) -> Text:
    """A node with its value and, once they are known, its gradient and the numerical gradient."""
    value, gradient = (format_short(float(row[node]), _DIGITS) for row in (frame.values, frame.gradients))
    said = {"name": name_of(params, frame, node), "value": value, "gradient": gradient}
    if not params.structure.nodes[node].name:
        return (_OUTPUT if gradient == NONE else _WITH_UPSTREAM)(**said)
    if gradient == NONE:
        return _INPUT(**said)
    name = params.input_fields[params.structure.variables.index(node)]
    if not frame.complete[name]:
        return _WITH_GRADIENT(**said)
    return _CHECKED(**said, numerical=format_short(frame.numerical[name], _DIGITS))


def numbers_of(passed: Passed, digits: int) -> dict[str, str]:
    """The upstream, local and downstream gradient of an edge as short texts, by name."""
    return {name: format_short(getattr(passed, name), digits) for name in ("upstream", "local", "downstream")}


def sum_of_branches(params: GraphParams, frame: GraphFrame, node: int) -> str:
    """The sum of the gradients that reached a node over several branches, as in "3 + 3 = 6"; "" for a single branch."""
    line = sum_line(params.structure, node, frame.gradients, frame.passed)
    return f"{line.brief(_DIGITS)} = {format_short(line.result, _DIGITS)}" if len(line.values) > 1 else ""


def working(params: GraphParams, frame: GraphFrame) -> tuple[WorkingStep, ...]:
    """The calculation of the highlighted node's value and, once the backward pass went through it, of its gradients."""
    node = frame.lit(params)
    if node < 0 or not math.isfinite(frame.values[node]):
        return ()
    if params.structure.nodes[node].make is None:
        return _check_lines(params, frame, node)
    lines = [value_line(params.structure, node, frame.values)]
    if frame.went_back(node):
        lines += back_lines(params.structure, node, frame.values, frame.gradients, frame.passed)
        lines += [
            line for one in dict.fromkeys(params.structure.nodes[node].operands) for line in _wrong(params, frame, one)
        ]
    finite = [line for line in lines if math.isfinite(line.result) and all(map(math.isfinite, line.values.values()))]
    return tuple(finite)


def _check_lines(params: GraphParams, frame: GraphFrame, node: int) -> tuple[WorkingStep, ...]:
    """The lines that compute an input's numerical gradient and the sum of the gradients over its branches."""
    graph, place = params.structure, params.structure.variables.index(node)
    name = params.input_fields[place]
    if not frame.is_checked(name):
        return ()
    way = STEP * (np.arange(len(params.inputs)) == place)
    above, below = (result_at(params, np.array(params.inputs) + sign * way) for sign in (1, -1))
    values = {"f(+h)": above, "f(−h)": below, "h": STEP}
    formula = "({f(+h)} − {f(−h)}) / (2·{h})"
    check = WorkingStep(f"∂{letter_of(graph, node)} ≈", formula, values, frame.numerical[name], _CENTRAL, digits=12)
    branches = len(graph.users(node)) > 1
    sums = (sum_line(graph, node, frame.gradients, frame.passed),) if branches else ()
    return (*sums, check, *_wrong(params, frame, node))


def _wrong(params: GraphParams, frame: GraphFrame, node: int) -> tuple[WorkingStep, ...]:
    """The line that computes a node's gradient with the chosen mistake; empty without a mistake or a gradient."""
    graph, result = params.structure, float(frame.wrong_gradients[node])
    arrived = arrived_terms(graph, node, frame.wrong_passed)
    if params.pitfall == RIGHT or graph.nodes[node].number is not None or not arrived or math.isnan(result):
        return ()
    left = f"∂{letter_of(graph, node)}*"
    note = _WITH_MISTAKE(mistake=field_of(GraphParams, "pitfall").spell(params.pitfall))
    if len(graph.uses(node)) == 1:
        (target,) = graph.users(node)
        if params.pitfall != "own_input" or not isinstance(graph.operation(target), Times):
            return ()
        upstream, own = f"∂{letter_of(graph, target)}", letter_of(graph, node)
        values = {upstream: float(frame.wrong_gradients[target]), own: float(frame.values[node])}
        return (WorkingStep(left, f"{{{upstream}}}·{{{own}}}", values, result, note),)
    # In the order in which they come back, of which the last one overwrites the others.
    edges = {(edge.target, edge.slot): branch_name(graph, edge) for edge in graph.edges if edge.source == node}
    names = [name for use in graph.uses(node) if (name := edges[use]) in arrived]
    kept = names[-1:] if params.pitfall == "overwrite" else names
    expression = " + ".join(f"{{{name}}}" for name in kept)
    if params.pitfall == "average" and len(kept) > 1:
        expression = f"({expression}) / {len(kept)}"
    return (WorkingStep(left, expression, {name: arrived[name] for name in kept}, result, note),)
