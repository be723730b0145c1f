"""Draws `forward`: the network as a graph, the highlighted neuron's sum, and the same layer as A = X · W + B."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from engine.contract.api import Text, format_real, notation, required
from engine.experiments.ch3_networks.forward.params import (
    CURRENT,
    FUNCTION_NAMES,
    INPUTS_AT,
    LAYERS,
    LIMIT,
    ForwardFrame,
    ForwardParams,
    Neuron,
)
from engine.experiments.ch3_networks.forward.words import signal_letter
from gui.plots.network.matrix_product import Block, MatrixProductItem
from gui.plots.network.network_measures import Edge, Node
from gui.plots.network.network_plot import NetworkPlot
from gui.stage.api import FittingWords, Layout, Snapshot, View, translate

_INPUTS = Text("inputs")
_LAYER = Text("layer {layer}")
_HIDDEN = notation("{layer} · {name}")
_OUTPUT = Text("{layer}, output · {name}")
_COLUMN = Text("column {number} of {name}")
_BEFORE = Text("before: {value}")
_SUM = Text("{sum}, {activation}")
_ROW_TIMES_COLUMN = Text("row {source} × column {number} of W{layer} + b{number} = a{number}")
_BRIEF = Text("row × column {number} + b{number} = a{number}")
_FUNCTION = notation("{name}(a{number}) = {signal}{number}")
_THEN = {
    "identity": notation("{signal}{number} = a{number}"),
    "softmax": Text("softmax(A{layer}) gives {signal}{number}"),
}
_NOTHING_LIT = Text("Not computed yet: what is pale comes neuron by neuron.")
_ROWS = ("plot", "words", "product")
_Shown = Snapshot[ForwardParams, ForwardFrame]


class ForwardView(View[ForwardParams, ForwardFrame]):
    """The graph stands above the matrices, with the same neuron highlighted; a click on a neuron or a column selects
    it.
    """

    handle_plots = MappingProxyType({"": "plot"})

    def build(self) -> None:
        self.plot = NetworkPlot(INPUTS_AT, LAYERS)
        self.words = FittingWords(centered=True)
        self.product = MatrixProductItem()
        self.plot.network.clicked.connect(self._node_clicked)
        self.product.cell_clicked.connect(self._cell_clicked)
        self.probe_plot(self.plot)
        self._places: list[Neuron] = []
        self.dress(self.plot.fit)

    def layout_for(self, params: ForwardParams, wide: bool, compact: bool) -> Layout:
        return Layout(("plot", "product"), (1, 0), (1,)) if compact else Layout(_ROWS, (1, 0, 0), (1,))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        lit = frame.lit(params)
        before = ghost.frame if ghost is not None and ghost.params.sizes == params.sizes else None
        self._show_graph(params, frame, lit, before)
        if lit is None:
            self.words.show_words(_NOTHING_LIT)
        else:
            self._show_words(params, lit)
        self._show_product(params, frame, lit or (1, 0))

    def _show_words(self, params: ForwardParams, lit: Neuron) -> None:
        """Show the highlighted neuron's formula with letters; the headline has it with numbers."""
        layer, number = lit
        source = "X" if layer == 1 else f"Z{layer - 1}"
        values = {"source": source, "layer": layer, "number": number, "signal": signal_letter(layer)}
        name = params.activation_of(layer)
        then = _THEN.get(name, _FUNCTION)(name=FUNCTION_NAMES[name], **values)
        both = _SUM(sum=_ROW_TIMES_COLUMN(**values), activation=then)
        shorter = (_ROW_TIMES_COLUMN, _BRIEF)
        self.words.show_words(both, *(translate(words(**values)) for words in shorter))

    # The graph

    def _show_graph(
        self, params: ForwardParams, frame: ForwardFrame, lit: Neuron | None, before: ForwardFrame | None
    ) -> None:
        self._places = [(0, number) for number in range(1, params.inputs + 1)] + params.neurons()
        nodes = [self._node(params, frame, place, place == lit, before) for place in self._places]
        edges = []
        for target, (layer, number) in enumerate(self._places):
            if layer == 0:
                continue
            column = params.layers[layer - 1][0][:, number - 1].tolist()
            for row, weight in enumerate(column, start=1):
                source = self._places.index((layer - 1, row))
                edges.append(Edge(source, target, weight, _short(weight), (layer, number) == lit))
        self.plot.network.show_network(nodes, edges, _headings(params))

    def _node(
        self, params: ForwardParams, frame: ForwardFrame, place: Neuron, lit: bool, before: ForwardFrame | None
    ) -> Node:
        layer, number = place
        signal = float(frame.signals(layer)[number - 1])
        result = f"{signal_letter(layer)}{number} = {_short(signal)}"
        above = ""
        if before is not None:
            was = float(before.signals(layer)[number - 1])
            above = translate(_BEFORE(value=_short(was))) if _short(was) != _short(signal) else ""
        if layer == 0:
            track = LIMIT * params.reach()
            brief = (f"x{number}", _short(signal))
            return Node(params.place(*place), (result,), brief, above=above, track=track, clickable=False)
        a, b = float(frame.sums(layer)[number - 1]), float(params.layers[layer - 1][1][number - 1])
        return Node(
            params.place(*place),
            (f"a{number} = {_short(a)}", result),
            (f"a {_short(a)}", f"{signal_letter(layer)} {_short(signal)}"),
            above=above,
            below=f"b{number} = {_short(b)}",
            lit=lit,
            faded=not frame.is_done(layer, number),
        )

    # The matrices

    def _show_product(self, params: ForwardParams, frame: ForwardFrame, lit: Neuron) -> None:
        layer, number = lit
        W, b = params.layers[layer - 1]
        signals, sums = frame.signals(layer - 1), frame.sums(layer)
        source, column = ("X" if layer == 1 else f"Z{layer - 1}"), number - 1
        result = "Y" if layer == LAYERS else f"Z{layer}"
        rows, columns = W.shape
        here = frozenset({(0, column)}) if number else frozenset()
        later = frozenset((0, j) for j in range(columns) if not frame.is_done(layer, j + 1))
        unknown = frozenset((0, i) for i in range(rows) if layer > 1 and not frame.is_done(layer - 1, i + 1))
        every = frozenset((0, i) for i in range(rows)) if number else frozenset()
        down = frozenset((i, column) for i in range(rows)) if number else frozenset()
        first = Block(source, f"1×{rows}", _texts([signals]), lit=every, faded=unknown)
        whole = (
            first,
            Block(f"W{layer}", f"{rows}×{columns}", _texts(W), "·", lit=down),
            Block(f"B{layer}", f"1×{columns}", _texts([b]), "+", lit=here),
            Block(f"A{layer}", f"1×{columns}", _texts([sums]), "=", lit=here, faded=later),
        )
        name = translate(FUNCTION_NAMES[params.activation_of(layer)])
        given = Block(result, f"1×{columns}", _texts([frame.signals(layer)]), f"→ {name} →", lit=here, faded=later)
        column_name = translate(_COLUMN(number=number, name=f"W{layer}"))
        only = (
            first,
            Block(column_name, f"{rows}×1", _texts(W[:, column : column + 1]), "·", lit=_all(rows)),
            Block(f"b{number}", "1×1", _texts([b[column : column + 1]]), "+", lit=_all(1)),
            Block(f"a{number}", "1×1", _texts([sums[column : column + 1]]), "=", lit=_all(1)),
        )
        shorter = (only,) if number else ()
        self.product.show_product((*whole, given), whole, *shorter, rows=max(params.sizes[:LAYERS]))

    # The hand

    def _node_clicked(self, node: int) -> None:
        self._select(self._places[node])

    def _cell_clicked(self, name: str, row: int, column: int) -> None:
        """Select the neuron of the clicked column of W, B, A or the activations."""
        lit = required(self.current).frame.lit(required(self.current).params)
        layer = 1 if lit is None else lit[0]
        if name in (f"W{layer}", f"B{layer}", f"A{layer}", f"Z{layer}", "Y"):
            self._select((layer, column + 1))

    def _select(self, neuron: Neuron) -> None:
        """Select a neuron. If it was just computed or is selected already, clear the selection, so that the highlight
        follows the steps again.
        """
        params, frame = required(self.current).params, required(self.current).frame
        wanted = "{}-{}".format(*neuron)
        if neuron == (frame.layer, frame.neuron) or params.selected == wanted:
            wanted = CURRENT
        self.change({"selected": wanted})


def _headings(params: ForwardParams) -> list[tuple[float, str, str]]:
    """For each layer (x, heading, short heading): its number and activation function, and its number alone."""
    words = [(INPUTS_AT, translate(_INPUTS), translate(_INPUTS))]
    for layer in range(1, LAYERS + 1):
        template = _OUTPUT if layer == LAYERS else _HIDDEN
        name = FUNCTION_NAMES[params.activation_of(layer)]
        brief = _LAYER(layer=layer)
        words.append((float(layer), translate(template(layer=brief, name=name)), translate(brief)))
    return words


def _all(rows: int) -> frozenset[tuple[int, int]]:
    return frozenset((row, 0) for row in range(rows))


def _texts(rows: Sequence[np.ndarray] | np.ndarray) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_short(float(number)) for number in row) for row in rows)


def _short(value: float) -> str:
    return format_real(value, 3)
