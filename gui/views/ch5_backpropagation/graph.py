"""Draws `graph`: the nodes with the values on their edges, and in words what the highlighted node computes."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np

from engine.contract.api import Text, format_real, format_short
from engine.experiments.ch5_backpropagation.graph.params import RIGHT, TRACK, GraphParams
from engine.experiments.ch5_backpropagation.graph.passes import GraphFrame
from engine.experiments.ch5_backpropagation.graph.words import (
    node_sentence,
    numbers_of,
    source_words,
    sum_of_branches,
)
from gui.plots.learning.go_on import STEP, GoOnItem
from gui.plots.network.graph_numbers import RADIUS, EdgeMark, InputMark, NodeMark, ResultMark, Way
from gui.plots.network.graph_plot import GraphPlot
from gui.stage.api import FittingWords, Layout, Snapshot, View, translate

_DIGITS = 3
"""The digits of values in the graph that are rounded; the words below have one more."""
_RESULT = 0.85
"""The distance between the last node and the result on its right, in columns of the graph."""
_BESIDE = 6
"""Pixels between a node and the clickable invitation to step."""
_PRODUCT = "{upstream} × {local} = {downstream}"
_UPSTREAM = Text("upstream {value}")
_BEFORE = Text("before: {value}")
_DOWN = Text("To {source}: upstream {upstream} × local {local} = downstream {downstream}")
_DOWN_BRIEF = Text("upstream {upstream} × local {local} = {downstream}")
_FORWARD = Text("Forward: {sum} = {value}")
_BRANCHES = Text("Upstream, the branches added: {sum}")
_LOCAL = Text("Local derivative of {written}: {derivatives}")
_Shown = Snapshot[GraphParams, GraphFrame]


class GraphView(View[GraphParams, GraphFrame]):
    """The highlighted node's edges show upstream × local = downstream beside their numbers; a click selects a node."""

    handle_plots = MappingProxyType({"": "plot"})

    def build(self) -> None:
        self.plot = GraphPlot()
        self.first, self.second = FittingWords(centered=True), FittingWords(centered=True)
        self.go_on = GoOnItem(self.plot, self.plot.item.written, STEP, RADIUS + _BESIDE)
        self.go_on.pressed.connect(self.step_wanted)
        self.probe_plot(self.plot)
        self.dress(self.plot.fit)

    def layout_for(self, params: GraphParams, wide: bool, compact: bool) -> Layout:
        rows = ("plot", "first") if compact else ("plot", "first", "second")
        return Layout(rows, (1, *(0 for _ in rows[1:])), (1,))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        drawing, lit = params.drawing, frame.lit(params)
        alike = ghost is not None and ghost.params.structure == params.structure
        before = ghost if ghost is not None and alike else None
        self.plot.set_size(-TRACK, drawing.columns - 1 + _RESULT, drawing.rows)
        self.plot.item.show_graph(
            self._edges(params, frame, lit),
            [self._node(params, frame, node, lit) for node in params.structure.operations],
            [self._input(params, frame, node, before, lit) for node in params.structure.variables],
            self._result(params, frame, before.frame if before else None),
        )
        self._show_words(params, frame, lit)
        if self.is_inviting and frame.update == 0 and params.structure.operations:
            self.go_on.show_at(*drawing.places[params.structure.operations[0]])
        else:
            self.go_on.hide()

    @property
    def is_inviting(self) -> bool:
        """Whether an invitation is shown: at the beginning to step, at the end to change an input."""
        frame = self.current.frame if self.current else None
        return super().is_inviting and (frame is None or frame.update == 0 or frame.finished)

    # The graph

    def _edges(self, params: GraphParams, frame: GraphFrame, lit: int) -> list[EdgeMark]:
        graph, drawing = params.structure, params.drawing
        found, ways = [], self._way(frame, lit)
        down = {}
        if ways == "backward" and graph.nodes[lit].make is not None:
            for one in frame.passed_down(graph, lit):
                numbers = {name: _short(getattr(one, name)) for name in ("upstream", "local", "downstream")}
                down[one.edge] = _PRODUCT.format(**numbers)
        for index, (edge, way) in enumerate(zip(drawing.edges, drawing.ways, strict=True)):
            passed, wrong = float(frame.passed[index]), float(frame.wrong_passed[index])
            gradient: tuple[str, ...] = ("",) if math.isnan(passed) else (_short(passed),)
            here = edge.target == lit and graph.nodes[lit].make is not None
            if edge in down:
                gradient = (down[edge], *gradient)
            elif edge.source == lit and ways == "backward" and not math.isnan(passed):
                gradient = (translate(_UPSTREAM(value=_short(passed))), *gradient)
            found.append(
                EdgeMark(
                    (drawing.places[edge.source], *way, drawing.places[edge.target]),
                    _known(frame.values, edge.source),
                    gradient,
                    "" if _same(passed, wrong) else f"{_short(wrong)} ✗",
                    ways if here else "",
                    self._crowd(params, edge.source, edge.target),
                )
            )
        last = len(graph.nodes) - 1
        if graph.nodes[last].number is not None:
            return found
        upstream = _known(frame.gradients, last)
        both = (translate(_UPSTREAM(value=upstream)), upstream) if last == lit and ways == "backward" else (upstream,)
        found.append(EdgeMark((drawing.places[last], self._end(params)), _known(frame.values, last), both))
        return found

    def _crowd(self, params: GraphParams, source: int, target: int) -> float:
        """The share of an edge's length at which its words have most room: away from the end where many edges meet."""
        parts = len(params.structure.users(source)) > 1
        meets = sum(edge.target == target for edge in params.structure.edges) > 1
        return 0.5 if parts == meets else 0.66 if parts else 0.4

    def _node(self, params: GraphParams, frame: GraphFrame, node: int, lit: int) -> NodeMark:
        done = not math.isnan(frame.values[node]) or (frame.phase == "backward")
        way = self._way(frame, lit) if node == lit else ""
        return NodeMark(params.drawing.places[node], params.sign_of(node), way, done)

    def _way(self, frame: GraphFrame, lit: int) -> Way:
        return "" if lit < 0 else "backward" if frame.went_back(lit) else "forward"

    def _input(self, params: GraphParams, frame: GraphFrame, node: int, before: _Shown | None, lit: int) -> InputMark:
        name = params.input_fields[params.structure.variables.index(node)]
        value, label = format_real(getattr(params, name)), translate(params.label(node))
        gradient, wrong = frame.gradient[name], frame.wrong_gradient[name]
        words = f"∂ {sum_of_branches(params, frame, node) or _short(gradient)}" if not math.isnan(gradient) else ""
        was = now = _short(gradient) if words else value
        if before is not None and not words:
            # As long as no gradient has come back, it is the value that may have been another one.
            was = format_real(getattr(before.params, name))
        elif before is not None and not math.isnan(before.frame.gradient[name]):
            was = _short(before.frame.gradient[name])
        return InputMark(
            params.drawing.places[node],
            (f"{label} = {value}", f"{label} {value}", value),
            TRACK,
            words,
            frame.agrees[name] if frame.is_checked(name) else None,
            "" if params.pitfall == RIGHT or _same(gradient, wrong) else _short(wrong),
            translate(_BEFORE(value=was)) if was != now else "",
            node == lit,
        )

    def _result(self, params: GraphParams, frame: GraphFrame, before: GraphFrame | None) -> ResultMark:
        value = _short(frame.result) if not math.isnan(frame.result) else ""
        was = _short(before.result) if before is not None and not math.isnan(before.result) else value
        return ResultMark(
            self._end(params),
            translate(params.sample.result),
            value,
            translate(_BEFORE(value=was)) if value and was != value else "",
        )

    def _end(self, params: GraphParams) -> tuple[float, float]:
        x, y = params.drawing.places[len(params.structure.nodes) - 1]
        return x + _RESULT, y

    # The words

    def _show_words(self, params: GraphParams, frame: GraphFrame, lit: int) -> None:
        """Show in words and as a formula what the highlighted node computes."""
        graph = params.structure
        if lit < 0 or graph.nodes[lit].make is None or math.isnan(frame.values[lit]):
            self.first.show_words(node_sentence(params, frame, lit) if lit >= 0 else "")
            self.second.show_words("")
            return
        written, derivatives = params.in_letters(lit)
        letters = translate(_LOCAL(written=written, derivatives=derivatives))
        if not frame.went_back(lit):
            line = frame.sum_at(graph, lit)
            self.first.show_words(_FORWARD(sum=line.brief(_DIGITS + 1), value=format_short(line.result, _DIGITS + 1)))
            self.second.show_words(letters)
            return
        full, brief, least = [], [], []
        for one in frame.passed_down(graph, lit):
            said = numbers_of(one, _DIGITS + 1)
            full.append(translate(_DOWN(source=source_words(params, frame, one.edge.source), **said)))
            brief.append(translate(_DOWN_BRIEF(**said)))
            least.append(_PRODUCT.format(**said))
        self.first.show_words(*(" · ".join(parts) for parts in (full, brief, least)))
        upstream = sum_of_branches(params, frame, lit)
        both = (
            (f"{translate(_BRANCHES(sum=upstream))} · {letters}", translate(_BRANCHES(sum=upstream)))
            if upstream
            else ()
        )
        self.second.show_words(*both, letters)


def _known(row: np.ndarray, node: int) -> str:
    """The value of a node as text; "" if it is not computed yet."""
    number = float(row[node])
    return "" if math.isnan(number) else _short(number)


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12) or (math.isnan(one) and math.isnan(other))


def _short(value: float) -> str:
    """The number with three digits, or with four if it has no more: 1.1 × 217 = 238.7 is no rounded 239."""
    exact = float(f"{value:.{_DIGITS + 1}g}") if math.isfinite(value) else math.inf
    return format_short(value, _DIGITS + math.isclose(value, exact, rel_tol=1e-12))
