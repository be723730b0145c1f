"""Draws `layers`: the arrays of the forward pass above, their gradients mirrored beneath, and the sum of one cell."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.calculus.traces import Trace
from engine.contract.pieces import Spot, Text, format_real
from engine.contract.there import there
from engine.experiments.array_cells import differing
from engine.experiments.ch5_backpropagation.layers import board, caption, field_of_array, line_of, looked_at
from engine.experiments.ch5_backpropagation.layers.params import PARTS, LayersFrame, LayersParams
from engine.experiments.ch5_backpropagation.layers.places import FAULTY
from engine.experiments.ch5_backpropagation.layers.traces import trace_of
from engine.geometry.boards import Block
from gui.plots.board.fitting_words import FittingWords
from gui.plots.pictures.cell_board import CellBoard, Grid, Heading
from gui.plots.pictures.cells import in_terms
from gui.stage.layout import Layout
from gui.stage.view import Snapshot, View
from gui.style.language import show
from gui.style.theme import theme

_FORWARD = Text("Forward: {formula}", "正向：{formula}")
_BACKWARD = Text("Backward: {formula}", "反向：{formula}")
_FAULTY = Text("{name}, mistaken", "{name}（错误写法）")
_AFTERWARDS = Text("{name} afterwards", "{name}（反向传播之后）")
_FORMULAS = {
    "multiply": ("Z = X·Y", "dX = dZ·Y, dY = dZ·X"),
    "add": ("Z = X + Y", "dX = dZ, dY = dZ"),
    "relu": ("M = (X > 0), Z = X·M", "dX = dZ·M"),
    "sigmoid": ("Z = 1/(1 + exp(−X))", "dX = dZ·Z·(1 − Z)"),
    "tanh": ("Z = tanh(X)", "dX = dZ·(1 − Z²)"),
    "affine": ("Z = X·W + b", "dX = dZ·Wᵀ, dW = Xᵀ·dZ, db = Σ dZ"),
    "affine_4d": ("Z = X·W + b", "dX = dZ·Wᵀ, dW = Xᵀ·dZ, db = Σ dZ"),
    "softmax_loss": ("y = softmax(X), L = −Σ t·ln y / N", "dX = (y − t)/N"),
    "dropout": ("Z = X·M", "dX = dZ·M"),
    "batch_norm": ("X̂ = (X − μ)/σ, Z = γ·X̂ + β", "dX = γ/σ·(dZ − dβ/N − X̂·dγ/N), dγ = Σ dZ·X̂, dβ = Σ dZ"),
    "batch_norm in a test": ("X̂ = (X − μ)/σ, Z = γ·X̂ + β", "dX = γ/σ·dZ, dγ = Σ dZ·X̂, dβ = Σ dZ"),
}
_GRADIENTS = ("dx", "dw", "db", "dz")
_Shown = Snapshot[LayersParams, LayersFrame]


class LayersView(View[LayersParams, LayersFrame]):
    """A cell under the pointer shows what it is made of, a click keeps it."""

    handle_plots = MappingProxyType({"": "board"})

    def build(self) -> None:
        self.board, self.words = CellBoard(), FittingWords(centered=True)
        self.probe_plot(self.board)
        self.add_control(self.board)
        self.board.chosen.connect(self._choose)

    def layout_for(self, params: LayersParams, wide: bool, compact: bool) -> Layout:
        return Layout(("board", "words"), (1, 0), (1,))

    def restyle(self) -> None:
        self.words.restyle()

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame, colors = current.params, current.frame, theme()
        made_of = trace_of(params, looked_at(params))
        before = ghost.frame if ghost is not None and ghost.params.layer == params.layer else None
        laid = board(params, frame)
        headings = [
            Heading(top, self._heading(words, params), color)
            for top, words, color in zip(
                laid.headings, (_FORWARD, _BACKWARD), (colors.forward, colors.backward), strict=True
            )
        ]
        self.board.show_board([self._grid(params, frame, block, made_of, before) for block in laid.blocks], headings)
        self._show_words(params, frame, made_of)

    def probe(self, spot: Spot | None) -> None:
        """The words of the place under the pointer, and the stage as a click there would leave it."""
        super().probe(spot)
        if self.current is None:
            return
        params, frame = there(self.current).params, there(self.current).frame
        changes = self.experiment.click_at(params, frame, spot) if spot is not None else {}
        self.preview(changes if "part" in changes else None)

    @staticmethod
    def _heading(words: Text, params: LayersParams) -> tuple[str, ...]:
        key = params.layer if params.training else f"{params.layer} in a test"
        formula = _FORMULAS.get(key, _FORMULAS[params.layer])[words is _BACKWARD]
        return show(words(formula=formula)), formula

    def _grid(
        self, params: LayersParams, frame: LayersFrame, block: Block, made_of: Trace, before: LayersFrame | None
    ) -> Grid:
        array, colors, is_faulty = block.array, theme(), block.kind == FAULTY
        name, shape = caption(params, block)
        color = colors.backward if array in _GRADIENTS else colors.forward
        values = (frame.wrong if is_faulty else frame.arrays)[array]
        old = None if before is None else (before.wrong if is_faulty else before.arrays).get(array)
        cells = {block.cell(row, column): (row, column) for row, column in np.ndindex(block.rows, block.columns)}
        if is_faulty:
            name = show((_AFTERWARDS if array == "dz" else _FAULTY)(name=name))
            wrong = differing(frame.arrays, frame.wrong)
            marks: dict[str, Any] = {
                "outlined": frozenset(cells[cell] for cell in wrong if cell[0] == array),
                "color": colors.wrong,
            }
        else:
            lit = {place: made_of.terms[cell] for cell, place in cells.items() if cell in made_of.terms}
            marks = {"lit": lit, "selected": cells.get(made_of.cell), "color": color}
        return Grid(
            block.left,
            block.top,
            _laid_out(values, block),
            name,
            shape,
            before=_laid_out(old, block) if old is not None and old.shape == values.shape else None,
            chosen_from=not block.kind and array in PARTS[params.layer],
            edited=not block.kind and field_of_array(params.layer, array) is not None,
            named_beside=block.named_beside,
            **marks,
        )

    def _show_words(self, params: LayersParams, frame: LayersFrame, made_of: Trace) -> None:
        """The sum of the chosen cell, in letters and in digits where there is room for both."""
        line = replace(line_of(params, frame, made_of.cell), digits=4)
        # The brackets of a quotient part no terms.
        count = 0 if "(" in made_of.expression else max(made_of.terms.values())
        letters, digits = (in_terms(words, count) for words in (line.formula(), line.arithmetic()))
        name, value = ((f"{line.left} = ", None),), ((f" = {format_real(line.result, 4)}", None),)
        self.words.show_words(
            (*name, *letters, (" = ", None), *digits, *value),
            (*name, *digits, *value),
            (*digits, *value),
            f"{line.left}{value[0][0]}",
        )

    def _choose(self, x: float, y: float) -> None:
        """Arrow keys choose the cell in whose middle that is."""
        self.change(self.experiment.click_at(there(self.current).params, there(self.current).frame, Spot(x, y)))


def _laid_out(values: np.ndarray, block: Block) -> tuple[tuple[float, ...], ...]:
    """The numbers of a block, of one sample as an image."""
    rows = values if block.sample is None else values[block.sample].reshape(block.rows, block.columns)
    return tuple(tuple(float(number) for number in row) for row in rows)
