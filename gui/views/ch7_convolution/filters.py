"""Draws `filters`: the image, the filter with its draggable values, and, large, the filtered image."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from engine.boards.board import Grid
from engine.boards.layout import Block
from engine.contract.api import ProbePoint, Text, format_real, in_powers, notation, untranslated
from engine.experiments.ch7_convolution.filters import BEFORE, PATTERN
from engine.experiments.ch7_convolution.filters.params import FiltersFrame, FiltersParams
from engine.nn.image_filters import NAMED
from gui.plots.board.choosing import ButtonsItem
from gui.plots.drawing.pixel_painter import LEFT
from gui.plots.pictures.cell_board import CellBoard
from gui.plots.pictures.map_plot import MapPlot
from gui.plots.pictures.shade_scale import ShadeScale
from gui.plots.pictures.weight_pictures import FilterPictures
from gui.stage.api import RIGHT, FittingWords, Layout, SegmentedItem, Snapshot, View, translate

_NAMES = {
    "identity": Text("Identity"),
    "blur": Text("Blur"),
    "sharpen": Text("Sharpen"),
    "sobel": untranslated("Sobel"),
    "laplacian": Text("Laplacian"),
    "emboss": Text("Emboss"),
}
_TURN = Text("Turn by 90°")
_BEFORE = Text("Picture")
_AFTER = Text("Result")
_FILTER = Text("Filter")
_NO_LIMIT = 10_000
_ALIGN = MappingProxyType({"shown": RIGHT, "turn": LEFT})
_LEARNED = Text("Filter {number} of the network")
_SUM = notation("Σ = {total}")
_RESULT = Text("result [{row},{column}] = {value}")

_TOP = (("views views shown", 0), ("before_name before_name after_name", 0), ("before before after", 55))
_SIDE_BY_SIDE = (*_TOP, ("kernel turn after", 45))
_COLORS_BESIDE = (*_TOP, ("filter_name filter_name after", 0), ("colors colors after", 45))
_IN_A_ROW = (("views views shown", 0), ("before_name turn after_name", 0), ("before kernel after", 1))
_COLORS_IN_A_ROW = (("views views shown", 0), ("before_name filter_name after_name", 0), ("before colors after", 1))
_RESULT_BELOW = (("after_name after_name", 0), ("after after", 70))
_ABOVE_ONE_ANOTHER = (("views shown", 0), ("before_name turn", 0), ("before kernel", 30), *_RESULT_BELOW)
_COLORS_ABOVE = (("views shown", 0), ("before_name filter_name", 0), ("before colors", 30), *_RESULT_BELOW)
_Shown = Snapshot[FiltersParams, FiltersFrame]


class FiltersView(View[FiltersParams, FiltersFrame]):
    """Hovering over a cell of the filtered image shows its window in the image, a click selects it."""

    handle_plots = MappingProxyType({"": "kernel"})

    def build(self) -> None:
        self.before, self.after, self.kernel = MapPlot(), MapPlot(), CellBoard()
        self.pattern, self.sheet = MapPlot(), FilterPictures()
        self.before_name, self.after_name, self.filter_name = ShadeScale(), ShadeScale(), ShadeScale()
        self.words = FittingWords(centered=True)
        self.named, self.turn = ButtonsItem(), ButtonsItem()
        self.shown = self.choice("shown", SegmentedItem())
        self.views = self.choice("view", SegmentedItem())
        self.probe_plot(self.after)
        self.probe_plot(self.before, BEFORE)
        self.probe_plot(self.pattern, PATTERN)
        for control in (self.named, self.turn, self.sheet, self.after):
            self.add_control(control)
        self.named.pressed.connect(self.click_handle)
        self.turn.pressed.connect(self.click_handle)
        self.sheet.chosen.connect(lambda number: self.change({"number": number}))
        self.after.chosen.connect(lambda place: self.change({"selected": place}))
        self.dress(self.named.set_options, list(_NAMES.items()))
        # A row over both columns must not keep them as narrow as it is.
        self.dress(self.named.setMaximumWidth, _NO_LIMIT)
        self.dress(self.turn.set_options, [("turn", _TURN)])

    def layout_for(self, params: FiltersParams, wide: bool, compact: bool) -> Layout:
        is_low = wide and compact
        widths = (30, 30, 40) if is_low else (32, 10, 58) if wide else (50, 50)
        rows: Sequence[tuple[str, int]]
        if params.view == "nine":
            rows = _IN_A_ROW if is_low else _SIDE_BY_SIDE if wide else _ABOVE_ONE_ANOTHER
        else:
            item = "sheet" if params.view == "network" else "pattern"
            rows = _COLORS_IN_A_ROW if is_low else _COLORS_BESIDE if wide else _COLORS_ABOVE
            rows = [(cells.replace("colors", item), share) for cells, share in rows]
        whole = (*(("named",) if params.view == "nine" else ()), *(() if compact else ("words",)))
        rows = (*rows, *((" ".join([name] * len(widths)), 0) for name in whole))
        cells, heights = zip(*rows, strict=True)
        return Layout(cells, heights, widths, _ALIGN)

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        row, column = params.selected
        self.turn.invite("turn" if self.is_inviting else "")
        self.named.light(next((name for name, rows in NAMED.items() if rows == params.kernel), ""))
        self.before.show_map(frame.pixels / 100, window=(row, column, *frame.kernel.shape))
        self.before_name.show_scale((translate(_BEFORE),), "0", "1", False)
        signed = params.shown == "signed"
        self.after.show_map(
            frame.as_shown(params.shown), signed=signed, margin=len(frame.kernel) // 2, selected=params.selected
        )
        most = format_real(frame.full, 3) if signed else "1"
        self.after_name.show_scale((translate(_AFTER),), f"\N{MINUS SIGN}{most}" if signed else "0", most, signed)
        if params.view == "nine":
            self._show_kernel(frame, ghost.frame if ghost is not None else None)
        else:
            self._show_colors(params, frame)
        self._show_words(params, frame)

    def probe(self, spot: ProbePoint | None) -> None:
        """Show the words for the point under the pointer, and preview the stage as after a click there."""
        super().probe(spot)
        if self.current is not None:
            params, frame = self.current.params, self.current.frame
            self.preview(self.experiment.click_at(params, frame, spot) or None if spot is not None else None)

    def _show_kernel(self, frame: FiltersFrame, before: FiltersFrame | None) -> None:
        was = before.kernel if before is not None and before.kernel.shape == frame.kernel.shape else None
        grid = Grid(
            Block("kernel", 0.0, 0.0, *frame.kernel.shape),
            tuple(map(tuple, frame.kernel.tolist())),
            _FILTER,
            (_SUM(total=format_real(frame.total, 3)),),
            before=None if was is None else tuple(map(tuple, was.tolist())),
            edited=len(frame.kernel) == 3,
        )
        self.kernel.show_board([grid])

    def _show_colors(self, params: FiltersParams, frame: FiltersFrame) -> None:
        """Show a filter as colours if it has too many values to read, or all learned filters in the same way."""
        kernels = frame.kernel if frame.learned is None else frame.learned
        full = float(np.max(np.abs(kernels))) or 1.0
        if frame.learned is None:
            self.pattern.show_map(kernels / full, signed=True)
        else:
            each = params.shades == "each"
            self.sheet.show_weights(np.rint(127 * kernels / full).astype(np.int8), each)
            self.sheet.show_selected(params.number)
            full = float(np.max(np.abs(frame.kernel))) if each else full
        most = format_real(full, 2)
        name = translate(_FILTER if frame.learned is None else _LEARNED(number=params.number))
        self.filter_name.show_scale((name, translate(_FILTER)), f"\N{MINUS SIGN}{most}", most, True)

    def _show_words(self, params: FiltersParams, frame: FiltersFrame) -> None:
        """Show the sum of the chosen cell, with all its products if there is room."""
        *rows, whole = self.experiment.working(params, frame)
        row, column = params.selected
        value = in_powers(whole.result, 4)
        short_words = translate(_RESULT(row=row, column=column, value=value))
        if len(rows) > 3:
            self.words.show_words(short_words)
            return
        digits = [line.arithmetic() for line in rows]
        self.words.show_words(f"{'  +  '.join(f'({one})' for one in digits)} = {value}", short_words)
