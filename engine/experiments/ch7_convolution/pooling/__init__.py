"""Pooling: each window of an image becomes one value, which reduces the effect of a shift."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any

import numpy as np

from engine.boards.board import Board, rows_of
from engine.boards.experiment import Before, BoardExperiment
from engine.boards.layout import Block, cells_on_way
from engine.boards.trace import Cell
from engine.contract.api import (
    Handle,
    Position,
    ProbePoint,
    Progress,
    Slide,
    Table,
    Text,
    WorkingStep,
    grid_table,
    table_of,
)
from engine.contract.experiment import Amount, Pace, Preset, Probe, Unit, Walk
from engine.data.digits import loading_digits
from engine.data.preprocessing import moved
from engine.experiments.ch7_convolution.pooling import places, words
from engine.experiments.ch7_convolution.pooling.bench import changes, frame_at, small_pictures
from engine.experiments.ch7_convolution.pooling.params import LEVELS, WAYS, PoolingFrame, PoolingParams
from engine.nn import output_size
from engine.nn.layers import AveragePooling, MaxPooling

_NEAR = 4.0
"""The maximum distance from the pointer to a digit's point, in percent on the axes, at which the point is found."""
_SQUARE = ((2.0, 7.0, 1.0, 3.0), (4.0, 5.0, 0.0, 8.0), (6.0, 1.0, 9.0, 2.0), (3.0, 0.0, 4.0, 5.0))


class Pooling(BoardExperiment[PoolingParams, PoolingFrame], Walk[PoolingParams, PoolingFrame]):
    """An image above and its pooled result below, beside those of its shifted copy and the differences."""

    order = 3
    title = Text("Pooling: smaller, and tolerant of small shifts")
    units = (Unit("window", Text("window", context="counted"), Text("window")),)
    pace = Pace(1.5, "window")
    presets = (
        Preset("line", Text("A vertical line"), {"source": "own"}),
        Preset("overlap", Text("Windows that overlap"), {"window": 3, "stride": 2}),
        Preset("average", Text("Average", context="pooling"), {"kind": "average"}),
        Preset("four", Text("Four by four numbers"), {"source": "own", "size": 4, "numbers": _SQUARE}),
    )
    code = (MaxPooling, AveragePooling, output_size, changes, moved, small_pictures)
    headline = staticmethod(words.headline)

    def prepare(self, params: PoolingParams) -> Generator[Progress, None, object]:
        return (yield from loading_digits("test"))

    def opening_for(self, params: PoolingParams) -> Amount:
        """Half of the windows in the view "walk", else all of them."""
        last = self.last_stop(params)
        return Amount((last + 1) // 2 if params.view == "walk" else last, "window")

    def reopening(self, before: PoolingParams, after: PoolingParams, reached: int) -> Amount:
        """In the view "walk", replay up to the window reached before, unless the number of windows has changed."""
        is_same = before.view == after.view == "walk" and before.outputs == after.outputs
        return Amount(reached, "window") if is_same else self.opening_for(after)

    def has_course(self, params: PoolingParams) -> bool:
        return params.view == "walk"

    def last_stop(self, params: PoolingParams) -> int:
        return params.outputs**2

    def stop(self, params: PoolingParams, index: int) -> PoolingFrame:
        return frame_at(params, index)

    def main_tables(self, params: PoolingParams, frame: PoolingFrame) -> tuple[Table, ...]:
        below = grid_table(
            "pooled", Text("pooled picture"),
            value=(frame.pooled, words.VALUE), shifted=(frame.pooled_shifted, words.SHIFTED),
            winner_row=(frame.winners[..., 0], Text("row that won")),
            winner_column=(frame.winners[..., 1], Text("column that won")),
            computed=(places.computed(frame), Text("computed")),
        )  # fmt: skip
        picture = grid_table(
            "picture", Text("picture", context="pooling"),
            value=(frame.picture, words.VALUE), shifted=(frame.shifted, words.SHIFTED),
            gradient=(frame.gradient, Text("gradient")),
            read=(~frame.unread, Text("lies in a window")),
        )  # fmt: skip
        change = table_of(
            "change", Text("how much has changed"), pooled=([False, True], Text("pooled")),
            ink=(np.array([frame.change_before, frame.change_after], float), words.BY_INK),
            cells=([frame.cells_before, frame.cells_after], Text("cells that differ")),
            all_cells=([frame.picture.size, frame.pooled.size], Text("all cells")),
        )  # fmt: skip
        before, after = frame.many[params.measure]
        many = table_of(
            "many", Text("1,000 test digits"),
            image=(np.arange(len(before)), Text("test image")),
            before=(before, Text("change before pooling")),
            after=(after, Text("change after pooling")),
        )  # fmt: skip
        if params.view == "many":
            return many, change, below, picture
        return (picture, below, change) if params.view == "gradient" else (below, picture, change)

    def working(self, params: PoolingParams, frame: PoolingFrame) -> tuple[WorkingStep, ...]:
        if params.view == "many":
            return ()
        cell = places.lit_cell(params, frame)
        lines = () if cell is None else words.window_lines(params, frame, cell)
        return (*lines, *(words.change_lines(frame) if params.view == "shift" else ()))

    def blocks(self, params: PoolingParams, frame: PoolingFrame) -> tuple[Block, ...]:
        return places.blocks_of(params)

    def board(self, params: PoolingParams, frame: PoolingFrame, before: Before = None) -> Board:
        is_alike = before is not None and (before[0].view, before[0].pad) == (params.view, params.pad)
        old = before[1] if before is not None and is_alike else None
        grids = tuple(places.shown_grid(params, frame, block, old) for block in places.blocks_of(params))
        printed = words.NOT_FOR_THE_HAND.get(params.view, words.HINTS[params.view])
        return Board(grids, note=words.HINTS[params.view], printed_note=printed)

    def probe(self, params: PoolingParams, frame: PoolingFrame, spot: ProbePoint) -> Probe | None:
        if params.view != "many":
            return super().probe(params, frame, spot)
        digit = _nearest_digit(params, frame, spot)
        return None if digit is None else Probe(words.digit_words(params, frame, digit))

    def said_of(self, params: PoolingParams, frame: PoolingFrame, cell: Cell) -> Text:
        if cell[0] in places.LOWER:
            return words.output_words(params, frame, cell[0], cell[1:])
        inside = places.in_picture(params, *cell)
        return words.PADDING[params.kind] if inside is None else words.cell_words(params, frame, cell[0], inside)

    def handles(self, params: PoolingParams, frame: PoolingFrame) -> tuple[Handle, ...]:
        """The handle of the shifted image, which can be dragged by any point."""
        if params.view != "shift":
            return ()
        block, (across, down) = places.block_named(params, "shifted"), WAYS[params.direction]
        edge, length = params.pad * block.side, params.side * block.side
        left, top = block.left + edge, block.top - edge
        gone, half = params.shift * block.side, length / 2
        place = {
            "right": (left + gone, top - half),
            "left": (left + length - gone, top - half),
            "down": (left + half, top - gone),
            "up": (left + half, top - length + gone),
        }[params.direction]
        along = (across / block.side, -down / block.side)
        body = (left, top - length), (left + length, top)
        return (
            Slide(
                "shift", place, block.side, words.DRAG, hint=(float(across), float(-down)), field="shift",
                along=along, decimals=0, body=body,
            ),
        )  # fmt: skip

    def click_at(self, params: PoolingParams, frame: PoolingFrame, spot: ProbePoint) -> Mapping[str, object]:
        """In the view of many digits, the parameter changes that show the digit whose point was clicked."""
        if params.view != "many":
            return super().click_at(params, frame, spot)
        digit = _nearest_digit(params, frame, spot)
        return {} if digit is None else {"source": "digit", "image": digit, "view": "shift"}

    def chosen(self, params: PoolingParams, frame: PoolingFrame, cell: Cell) -> Mapping[str, object]:
        """The parameter changes of a click: on an output cell it selects the cell; on the image it adds
        or removes ink.
        """
        if cell[0] in places.LOWER:
            return {} if params.view == "walk" else {"selected": cell[1:]}
        return _inked(params, frame, [cell]) if cell[0] == "picture" else {}

    def stroke(self, params: PoolingParams, frame: PoolingFrame, way: Sequence[Position]) -> Mapping[str, object]:
        """The parameter changes of a brush stroke on the image: it adds ink, or removes ink if it begins on ink."""
        return _inked(params, frame, cells_on_way(places.block_named(params, "picture"), way))

    def settle(self, params: PoolingParams, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """Keeps the window larger than the padding: if one of them is changed, the other is adjusted."""
        window, padding = changes.get("window", params.window), changes.get("padding", params.padding)
        if padding < window:
            return changes
        return {**changes, **({"window": padding + 1} if "padding" in changes else {"padding": window - 1})}

    def shown_values(self, params: PoolingParams, frame: PoolingFrame) -> Mapping[str, object]:
        return {"padding": params.pad}


def _inked(params: PoolingParams, frame: PoolingFrame, cells: Sequence[Cell]) -> Mapping[str, object]:
    """The parameter changes that replace the image by the learner's own, with ink added to these cells.

    If the first cell has ink already, the ink is removed instead.
    """
    inside = [place for place in (places.in_picture(params, *cell) for cell in cells) if place is not None]
    if not inside:
        return {}
    numbers = frame.picture.copy()
    ink = 0.0 if numbers[inside[0]] else float(LEVELS)
    for place in inside:
        numbers[place] = ink
    return {"source": "own", "size": params.side, "numbers": rows_of(numbers)}


def _nearest_digit(params: PoolingParams, frame: PoolingFrame, spot: ProbePoint) -> int | None:
    """The index of the test digit whose point is under the pointer; None if there is none. Both axes are in percent."""
    before, after = 100 * frame.many[params.measure]
    apart = np.hypot(before - spot.x, after - spot.y)
    nearest = int(np.argmin(np.where(np.isnan(apart), np.inf, apart)))
    return nearest if apart[nearest] <= _NEAR else None
