"""Draws `convolution`: input, kernel and output side by side, the window lit, and the sum of its products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.calculus.traces import Trace
from engine.contract.pieces import Spot, Text, format_real
from engine.contract.there import there
from engine.experiments.array_cells import differing
from engine.experiments.ch7_convolution.convolution import caption, field_of_array, traces, words
from engine.experiments.ch7_convolution.convolution.params import (
    CHANNELS,
    CHOSEN_IN,
    ConvolutionFrame,
    ConvolutionParams,
    parted,
)
from engine.experiments.ch7_convolution.convolution.places import FAULTY, board_of
from engine.geometry.boards import Block
from gui.plots.board.fitting_words import FittingWords
from gui.plots.board.segmented import SegmentedItem
from gui.plots.pictures.cell_board import CellBoard, Grid
from gui.plots.pictures.cells import in_terms, term_color
from gui.stage.layout import Layout
from gui.stage.view import Snapshot, View
from gui.style.language import show
from gui.style.theme import theme

Arrays = Mapping[str, np.ndarray]
_SUMS = tuple(f"s{channel}" for channel in CHANNELS)
_FAULTY = Text("{name}, mistaken", "{name}（错误写法）")
_Shown = Snapshot[ConvolutionParams, ConvolutionFrame]


class ConvolutionView(View[ConvolutionParams, ConvolutionFrame]):
    """A cell under the pointer shows its window, or the outputs that it feeds; a click keeps it."""

    handle_plots = MappingProxyType({"": "board"})

    def build(self) -> None:
        self._shown: ConvolutionParams | None = None
        self.views = self.choice("view", SegmentedItem())
        self.board, self.words, self.size_words = CellBoard(), FittingWords(centered=True), FittingWords(centered=True)
        self.probe_plot(self.board)
        self.add_control(self.board)
        self.board.chosen.connect(self._choose)

    def layout_for(self, params: ConvolutionParams, wide: bool, compact: bool) -> Layout:
        return Layout(("views", "board", "words", "size_words"), (0, 1, 0, 0), (1,))

    def restyle(self) -> None:
        self.words.restyle()
        self.size_words.restyle()

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        self._shown = params
        cell = traces.looked_at(params, frame)
        made_of = traces.trace_of(params, frame, cell)
        values = {**frame.arrays, **traces.shown_products(params, frame, cell), "z": frame.output}
        values["sums"] = frame.output.reshape(-1, 1)
        is_made = np.isfinite(frame.output)
        values |= {name: np.where(is_made, sums, np.nan) for name, sums in frame.arrays.items() if name in _SUMS}
        before = {} if ghost is None else {**ghost.frame.arrays, "z": ghost.frame.output}
        blocks = board_of(params, frame)
        self.board.show_board([self._grid(current, block, made_of, values, before) for block in blocks])
        self._show_words(params, frame, made_of)
        self.size_words.show_words(*map(show, words.size_words(params, frame)), color=theme().muted_text)

    def probe(self, spot: Spot | None) -> None:
        """The words of the place under the pointer, and the stage as a click there would leave it."""
        super().probe(spot)
        if self.current is None:
            return
        params, frame = there(self.current).params, there(self.current).frame
        changes = self.experiment.click_at(params, frame, spot) if spot is not None else {}
        shown = params.replaced(changes) if "selected" in changes else params
        # A pointer that moves within a cell changes nothing.
        if shown != self._shown:
            self.preview(changes if shown is not params else None)

    def _grid(self, current: _Shown, block: Block, made_of: Trace, values: Arrays, before: Arrays) -> Grid:
        params, frame = current.params, current.frame
        array, colors, is_faulty = block.array, theme(), block.kind == FAULTY
        kind = parted(array)[0]
        cells = {block.cell(row, column): (row, column) for row, column in np.ndindex(block.rows, block.columns)}
        marks: dict[str, Any] = {"color": colors.backward if kind[0] == "d" else colors.forward}
        if is_faulty:
            wrong = differing(frame.arrays, frame.wrong)
            marks = {"outlined": frozenset(cells[one] for one in wrong if one in cells), "color": colors.wrong}
        else:
            marks["lit"] = {place: made_of.terms[one] for one, place in cells.items() if one in made_of.terms}
            chosen = (place for one, place in cells.items() if traces.alike(params, one) == made_of.cell)
            marks["selected"] = next(chosen, None)
        if (kind, parted(made_of.cell[0])[0]) in (("x", "z"), ("dx", "dz")) and marks.get("lit"):
            # Its cells come in reading order.
            lit = list(marks["lit"])
            (top, left), (low, right) = lit[0], max(lit)
            marks["windows"] = ((top, left, low - top + 1, right - left + 1),)
        if kind == "x":
            marks["outside"] = frozenset(place for one, place in cells.items() if not traces.is_inside(params, one))
            shift = params.padding
            marks["crossed"] = frozenset((int(r) + shift, int(c) + shift) for r, c in np.argwhere(frame.reads == 0))
        name, shape = caption(params, block)
        name = show(_FAULTY(name=name)) if is_faulty else name
        shown = (frame.wrong if is_faulty else values)[array]
        old = before.get(array)
        has_before = old is not None and old.shape == shown.shape and not is_faulty
        return Grid(
            block.left,
            block.top,
            _rows(np.nan_to_num(shown), block),
            name,
            shape,
            before=_rows(np.where(np.isnan(old), shown, old), block) if old is not None and has_before else None,
            empty=frozenset(place for place in cells.values() if np.isnan(shown[place[0] + block.first, place[1]])),
            chosen_from=not block.kind and parted(traces.alike(params, (array, 0, 0))[0])[0] in CHOSEN_IN[params.view],
            edited=field_of_array(array) is not None,
            **marks,
        )

    def _show_words(self, params: ConvolutionParams, frame: ConvolutionFrame, made_of: Trace) -> None:
        """The sum of the cell that is looked at with its numbers, or what it passes on."""
        if parted(made_of.cell[0])[0] in ("x", "dz"):
            passed = [(name, line.arithmetic()) for name, line in words.passed_on(params, frame, made_of.cell)]
            named = [f"{digits} → {name}" for name, digits in passed]
            wordings = [_listed(some) for some in (named, [digits for _, digits in passed]) if some]
            self.words.show_words(*wordings, show(words.sentence_of(params, frame, made_of.cell)))
            return
        line = words.lines_of(params, frame, made_of.cell)[-1]
        name, value = ((f"{line.left} = ", None),), ((f" = {format_real(line.result, 4)}", None),)
        digits = in_terms(replace(line, digits=4).arithmetic(), max(made_of.terms.values(), default=0))
        self.words.show_words((*name, *digits, *value), (*digits, *value), f"{line.left}{value[0][0]}")

    def _choose(self, x: float, y: float) -> None:
        """Arrow keys choose the cell in whose middle that is."""
        self.change(self.experiment.click_at(there(self.current).params, there(self.current).frame, Spot(x, y)))


def _listed(words: list[str]) -> tuple[tuple[str, str | None], ...]:
    """What a cell passes on, each in the colour of the cells that take part in it."""
    pieces = [((",  ", None), (one, term_color(number))) for number, one in enumerate(words, start=1)]
    return tuple(piece for pair in pieces for piece in pair)[1:]


def _rows(values: np.ndarray, block: Block) -> tuple[tuple[float, ...], ...]:
    """The numbers of a block."""
    part = values[block.first : block.first + block.rows]
    return tuple(tuple(float(number) for number in row) for row in part)
