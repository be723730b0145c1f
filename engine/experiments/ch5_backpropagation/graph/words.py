"""What is said of a pass through a graph: its headline, its arithmetic line by line, and what belongs to a node."""

from __future__ import annotations

import math

import numpy as np

from engine.calculus.graph_notation import (
    Passed,
    back_lines,
    letter_of,
    passed_down,
    sign_of,
    sum_line,
    value_line,
)
from engine.contract.api import NONE, Text, WorkingStep, counted, format_short, listed, notation, side_by_side
from engine.experiments.ch5_backpropagation.graph.params import RIGHT, GraphParams
from engine.experiments.ch5_backpropagation.graph.passes import STEP, GraphFrame, result_at

_DIGITS = 4
_START = Text("The inputs have their values. Step (Page Down) computes the {nodes} from left to right.")
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
_CENTRAL = Text("central difference, to check")


def headline(params: GraphParams, frame: GraphFrame) -> Text:
    """The headline: what was computed last, or what is selected, with its numbers."""
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
    """The inputs whose gradient the mistake changes."""
    return [
        name
        for name in params.input_fields
        if frame.complete[name] and not math.isclose(frame.gradient[name], frame.wrong_gradient[name], rel_tol=1e-9)
    ]


def node_sentence(params: GraphParams, frame: GraphFrame, node: int) -> Text:
    """A node in one sentence: forward its operation; once the pass went back through it, what it passed down."""
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
    """What a node is called: an input by its name, an operation by its sign and, where that stands in the graph more
    than once, by what it is of: inputs by their names, other operands by their values.
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
    """Where a gradient is passed to."""
    label, name = params.label(node), name_of(params, frame, node)
    return name if params.structure.nodes[node].name or name != label else _BEFORE(symbol=label)


def node_words(params: GraphParams, frame: GraphFrame, node: int) -> Text:
    """A node with its value and, where they are known, its gradient and the check of it."""
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
    """Upstream, local and downstream gradient in short numbers."""
    return {name: format_short(getattr(passed, name), digits) for name in ("upstream", "local", "downstream")}


def sum_of_branches(params: GraphParams, frame: GraphFrame, node: int) -> str:
    """How what came back to a node adds up, as in 3 + 3 = 6; nothing where it came on one branch."""
    line = sum_line(params.structure, node, frame.gradients, frame.passed)
    return f"{line.brief(_DIGITS)} = {format_short(line.result, _DIGITS)}" if len(line.values) > 1 else ""


def working(params: GraphParams, frame: GraphFrame) -> tuple[WorkingStep, ...]:
    """The arithmetic of the node in the light, forward and, once the pass went back through it, backward."""
    node = frame.lit(params)
    if node < 0 or not math.isfinite(frame.values[node]):
        return ()
    if params.structure.nodes[node].make is None:
        return _check_lines(params, frame, node)
    lines = [value_line(params.structure, node, frame.values)]
    if frame.went_back(node):
        lines += back_lines(params.structure, node, frame.values, frame.gradients, frame.passed)
    finite = [line for line in lines if math.isfinite(line.result) and all(map(math.isfinite, line.values.values()))]
    return tuple(finite)


def _check_lines(params: GraphParams, frame: GraphFrame, node: int) -> tuple[WorkingStep, ...]:
    """The central difference that stands beside an input's gradient, and the sum of its branches."""
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
    return (sum_line(graph, node, frame.gradients, frame.passed), check) if branches else (check,)
