"""Pooling: every window of a picture becomes one number, and what that leaves of a shift."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from engine.contract.pieces import (
    Amount,
    Handle,
    Line,
    Pace,
    Place,
    Preset,
    Probe,
    Progress,
    Slide,
    Spot,
    Table,
    Text,
    Unit,
    Walk,
    finite_or_none,
    grid_table,
    table_of,
)
from engine.data.digits import load_digits, loading_digits
from engine.data.preprocessing import moved
from engine.experiments.ch7_convolution.pooling import words
from engine.experiments.ch7_convolution.pooling.bench import (
    changes,
    gradient_of_ones,
    layer_of,
    many_changes,
    moved_cells,
    picture_of,
    pooled,
    small_pictures,
    unread_cells,
    winners,
)
from engine.experiments.ch7_convolution.pooling.params import LEVELS, WAYS, PoolingFrame, PoolingParams
from engine.experiments.ch7_convolution.pooling.places import LOWER, block_named, blocks_of, in_picture
from engine.geometry.boards import found_at
from engine.nn import output_size
from engine.nn.layers import AveragePooling, MaxPooling
from engine.nn.parameter_shapes import count_numbers

_NEAR = 4.0
"""How far from a digit's point, in percent, the pointer still means it."""
_SQUARE = ((2.0, 7.0, 1.0, 3.0), (4.0, 5.0, 0.0, 8.0), (6.0, 1.0, 9.0, 2.0), (3.0, 0.0, 4.0, 5.0))


class Pooling(Walk[PoolingParams, PoolingFrame]):
    """A picture above and what is pooled of it beneath, beside the same of its shifted copy and what differs."""

    order = 3
    title = Text("Pooling: smaller, and tolerant of small shifts", "池化：缩小图像，容忍小的偏移")
    params_type = PoolingParams
    frame_type = PoolingFrame
    units = (Unit("window", Text("window", "个窗口"), Text("window", "窗口")),)
    pace = Pace(1.5, "window")
    presets = (
        Preset("line", Text("An upright line", "一条竖线"), {"source": "own"}),
        Preset("overlap", Text("Windows that overlap", "窗口互相重叠"), {"window": 3, "stride": 2}),
        Preset("average", Text("Average", "平均池化"), {"kind": "average"}),
        Preset("four", Text("Four by four numbers", "4×4 个数"), {"source": "own", "size": 4, "numbers": _SQUARE}),
    )
    code = (MaxPooling, AveragePooling, output_size, changes, moved, small_pictures)

    def prepare(self, params: PoolingParams) -> Generator[Progress, None, object]:
        return (yield from loading_digits("test"))

    def opening_for(self, params: PoolingParams) -> Amount:
        """A walk waits halfway, all else shows the whole."""
        last = self.last_stop(params)
        return Amount((last + 1) // 2 if params.view == "walk" else last, "window")

    def reopening(self, before: PoolingParams, after: PoolingParams, reached: int) -> Amount:
        """A walk that was under way stays there."""
        is_same = before.view == after.view == "walk" and before.outputs == after.outputs
        return Amount(reached, "window") if is_same else self.opening_for(after)

    def has_course(self, params: PoolingParams) -> bool:
        return params.view == "walk"

    def last_stop(self, params: PoolingParams) -> int:
        return params.outputs**2

    def stop(self, params: PoolingParams, index: int) -> PoolingFrame:
        picture = picture_of(params)
        shifted = moved(picture, *params.way)
        below, below_shifted = pooled(np.stack((picture, shifted)), params)
        pairs = ((picture, shifted), (below, below_shifted))
        by_ink = [finite_or_none(float(changes(one[None], other[None])[0][0])) for one, other in pairs]
        cells = [int(np.sum(one != other)) for one, other in pairs]
        gradient, many = gradient_of_ones(picture, params), many_changes(params)
        is_digit = params.source == "digit"
        return PoolingFrame(
            update=index,
            counts=(index,),
            events=("window",) if index else (),
            finished=index == params.outputs**2,
            picture=picture,
            shifted=shifted,
            pooled=below,
            pooled_shifted=below_shifted,
            winners=winners(picture, params),
            winners_shifted=winners(shifted, params),
            gradient=gradient,
            unread=unread_cells(params),
            done=index,
            windows=params.outputs**2,
            outputs=params.outputs,
            label=int(load_digits("test").labels[params.image]) if is_digit else None,
            ink=float(np.sum(picture)),
            parameters=count_numbers(layer_of(params).params),
            reached=int(np.count_nonzero(gradient)),
            cells_before=cells[0],
            cells_after=cells[1],
            change_before=by_ink[0],
            change_after=by_ink[1],
            moved_cells=moved_cells(below, below_shifted, params.direction),
            many=many,
            many_less={name: int(np.sum(after < before)) for name, (before, after) in many.items()},
        )

    def reading(self, params: PoolingParams, frame: PoolingFrame) -> Text:
        return words.reading(params, frame)

    def main_tables(self, params: PoolingParams, frame: PoolingFrame) -> tuple[Table, ...]:
        is_done = np.arange(frame.windows).reshape(frame.pooled.shape) < frame.done
        below = grid_table(
            "pooled", value=frame.pooled, shifted=frame.pooled_shifted, winner_row=frame.winners[..., 0],
            winner_column=frame.winners[..., 1], computed=is_done,
        ).labelled(
            Text("pooled picture", "池化后的图像"), value=words.VALUE, shifted=words.SHIFTED,
            winner_row=Text("row that won", "胜出的行"), winner_column=Text("column that won", "胜出的列"),
            computed=Text("computed", "已计算"),
        )  # fmt: skip
        picture = grid_table(
            "picture", value=frame.picture, shifted=frame.shifted, gradient=frame.gradient, read=~frame.unread
        ).labelled(
            Text("picture", "图像"), value=words.VALUE, shifted=words.SHIFTED,
            gradient=Text("gradient", "梯度"), read=Text("lies in a window", "在某个窗口里"),
        )  # fmt: skip
        change = table_of(
            "change",
            Text("how much has changed", "变了多少"),
            pooled=([False, True], Text("pooled", "池化之后")),
            ink=(np.array([frame.change_before, frame.change_after], float), words.BY_INK),
            cells=([frame.cells_before, frame.cells_after], Text("cells that differ", "变了的格数")),
            all_cells=([frame.picture.size, frame.pooled.size], Text("all cells", "总格数")),
        )  # fmt: skip
        before, after = frame.many[params.measure]
        many = table_of(
            "many",
            Text("1,000 test digits", "1000 个测试数字"),
            image=(np.arange(len(before)), Text("test image", "测试图片")),
            before=(before, Text("change before pooling", "池化前的变化")),
            after=(after, Text("change after pooling", "池化后的变化")),
        )
        if params.view == "many":
            return many, change, below, picture
        return (picture, below, change) if params.view == "gradient" else (below, picture, change)

    def working(self, params: PoolingParams, frame: PoolingFrame) -> tuple[Line, ...]:
        if params.view == "many":
            return ()
        cell = lit_cell(params, frame)
        lines = () if cell is None else words.window_lines(params, frame, cell)
        return (*lines, *words.change_lines(params, frame))

    def probe(self, params: PoolingParams, frame: PoolingFrame, spot: Spot) -> Probe | None:
        if params.view == "many":
            digit = _nearest_digit(params, frame, spot)
            return None if digit is None else Probe(words.digit_words(params, frame, digit))
        found = found_at(blocks_of(params), spot.x, spot.y)
        if found is None:
            return None
        name, row, column = found[1]
        if name in LOWER:
            return Probe(words.output_words(params, frame, name, (row, column)))
        cell = in_picture(params, name, row, column)
        return Probe(words.padding_words(params) if cell is None else words.cell_words(params, frame, name, cell))

    def handles(self, params: PoolingParams, frame: PoolingFrame) -> tuple[Handle, ...]:
        """The edge of the shifted picture, which can be pulled from anywhere on it."""
        if params.view != "shift":
            return ()
        block, (across, down) = block_named(params, "shifted"), WAYS[params.direction]
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

    def click_at(self, params: PoolingParams, frame: PoolingFrame, spot: Spot) -> Mapping[str, object]:
        """A click on an output cell looks at its window, one on the picture is a stroke of one place; one on the point
        of a digit looks at that digit.
        """
        if params.view == "many":
            digit = _nearest_digit(params, frame, spot)
            return {} if digit is None else {"source": "digit", "image": digit, "view": "shift"}
        found = found_at(blocks_of(params), spot.x, spot.y)
        if found is None:
            return {}
        name, row, column = found[1]
        if name in LOWER:
            return {} if params.view == "walk" else {"selected": (row, column)}
        return self.stroke(params, frame, [(spot.x, spot.y)])

    def stroke(self, params: PoolingParams, frame: PoolingFrame, places: Sequence[Place]) -> Mapping[str, object]:
        """A stroke over the picture, by its places on the stage, puts ink into the cells on its way, or where it begins
        on ink takes that away. ``params`` and ``frame`` are those of before the stroke.
        """
        cells = list(dict.fromkeys(_cells_on(params, places)))
        if not cells:
            return {}
        numbers = frame.picture.tolist()
        row, column = cells[0]
        ink = 0.0 if numbers[row][column] else float(LEVELS)
        for row, column in cells:
            numbers[row][column] = ink
        return {"source": "own", "size": params.side, "numbers": tuple(map(tuple, numbers))}

    def settle(self, params: PoolingParams, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """A window is larger than the padding: the one that was not touched gives way."""
        settled = dict(changes)
        window, padding = changes.get("window", params.window), changes.get("padding", params.padding)
        if padding >= window:
            settled |= {"window": padding + 1} if "padding" in changes else {"padding": window - 1}
        return settled

    def shown_values(self, params: PoolingParams, frame: PoolingFrame) -> Mapping[str, object]:
        return {"padding": params.pad}


def lit_cell(params: PoolingParams, frame: PoolingFrame) -> tuple[int, int] | None:
    """The output cell whose window is shown: the newest of a walk, otherwise the one that is selected."""
    if params.view != "walk":
        return params.selected
    row, column = divmod(frame.done - 1, frame.outputs)
    return (row, column) if frame.done else None


def _cells_on(params: PoolingParams, places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """The cells of the picture along the straight ways between places of the stage."""
    block = block_named(params, "picture")
    for (x, y), (to_x, to_y) in pairwise([places[0], *places]):
        steps = 1 + int(4 * max(abs(to_x - x), abs(to_y - y)) / block.side)
        for x_there, y_there in zip(np.linspace(x, to_x, steps + 1), np.linspace(y, to_y, steps + 1), strict=True):
            found = found_at([block], x_there, y_there)
            cell = None if found is None else in_picture(params, *found[1])
            if cell is not None:
                yield cell


def _nearest_digit(params: PoolingParams, frame: PoolingFrame, spot: Spot) -> int | None:
    """The test digit whose point lies under the pointer, in percent across and up."""
    before, after = 100 * frame.many[params.measure]
    apart = np.hypot(before - spot.x, after - spot.y)
    nearest = int(np.argmin(np.where(np.isnan(apart), np.inf, apart)))
    return nearest if apart[nearest] <= _NEAR else None
