"""A kernel walks over an input: window, products, sum, one output cell after the other, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from engine.contract.pieces import (
    Amount,
    CodeMark,
    Handle,
    Line,
    Pace,
    Preset,
    Probe,
    Slide,
    Spot,
    Table,
    Text,
    Unit,
    Walk,
    grid_table,
    pulled_cell,
    same,
    table_of,
)
from engine.contract.there import there
from engine.experiments.array_cells import difference_tables, value_of
from engine.experiments.ch7_convolution.convolution import params as declared
from engine.experiments.ch7_convolution.convolution import traces, words
from engine.experiments.ch7_convolution.convolution.params import ConvolutionFrame, ConvolutionParams, parted
from engine.experiments.ch7_convolution.convolution.passes import frame_at
from engine.experiments.ch7_convolution.convolution.places import FAULTY, board_of
from engine.geometry.boards import Block, found_at
from engine.nn.im2col import col2im, convolve, im2col
from engine.nn.layers import Convolution as ConvolutionLayer
from engine.nn.windows import output_size

_FIELDS = {"x": "input", "w": "kernel"}
_IN_PADDING = Text("padding: a 0 around the input", "填充：输入外面补的 0")
_GIVEN = Text("{name} = {value}", "{name} = {value}")
_PART_OF_SUM = Text("{name} = {value}, this channel's sum alone", "{name} = {value}，只是这个通道的和")
_IS_WRONG = Text(
    "the mistake makes {name} = {value}, and {right} is right", "错误写法得 {name} = {value}，正确的是 {right}"
)
_EYE = ((1.0, 2.0, 1.0), (0.0, 0.0, 0.0), (-1.0, -2.0, -1.0))
_SEVEN = tuple(
    tuple(9.0 * (sign == "#") + 5.0 * (sign == "+") for sign in row)
    for row in ("........", ".######.", ".....##.", "....+#..", "...+#+..", "...##...", "..+#+...", "........")
)


class Convolution(Walk[ConvolutionParams, ConvolutionFrame]):
    """Input, kernel and output in a row; a step makes one output cell; each cell shows what it comes from."""

    order = 1
    title = Text("Convolution: window, products, sum", "卷积运算：窗口、乘积、求和")
    params_type = ConvolutionParams
    frame_type = ConvolutionFrame
    units = (Unit("cell", Text("cell", "格"), Text("output cell", "输出格")),)
    pace = Pace(2.0, "cell")
    presets = (
        Preset("bar", Text("A bar and its edges", "一根竖条和它的边缘"), {}),
        Preset(
            "digit", Text("A seven, padded", "加了填充的数字 7"),
            {"height": 8, "width": 8, "padding": 1, "input1": _SEVEN, "kernel1": _EYE},
        ),
        Preset("floor", Text("A stride that does not divide", "除不尽的步幅"), {"height": 7, "width": 7, "stride": 3}),
        Preset("channels", Text("Three channels, one output", "三通道，一个输出"), {"channels": 3, "view": "channels"}),
        Preset("im2col", Text("One matrix product", "一次矩阵乘法"), {"view": "im2col"}),
        Preset("back", Text("The way back", "反向传播"), {"view": "backward", "part": "dx0", "selected": (2, 2)}),
    )  # fmt: skip
    code = (output_size, im2col, ConvolutionLayer)
    code_for_comparison = (convolve, col2im)

    reading = staticmethod(words.reading)

    def last_stop(self, params: ConvolutionParams) -> int:
        return params.cells

    def stop(self, params: ConvolutionParams, index: int) -> ConvolutionFrame:
        return frame_at(params, index)

    def opening_for(self, params: ConvolutionParams) -> Amount:
        """The first row is done, and the first cell of the second."""
        return Amount(min(params.output_width + 1, params.cells), "cell")

    def default_steps_for(self, params: ConvolutionParams) -> Amount:
        return Amount(params.cells, "cell")

    def reopening(self, before: ConvolutionParams, after: ConvolutionParams, reached: int) -> Amount:
        """Where the window walks as before, the numbers change at the place that is looked at."""
        return Amount(reached, "cell") if before.sliding == after.sliding else self.opening_for(after)

    def main_tables(self, params: ConvolutionParams, frame: ConvolutionFrame) -> tuple[Table, ...]:
        """The output, the partners of the cell that is looked at, and every array of the view."""
        output = grid_table("output", value=frame.output).labelled(Text("output", "输出"), value=same("Z"))
        arrays = dict.fromkeys(block.array for block in board_of(params, frame) if block.array in frame.arrays)
        arrays.pop("z", None)  # what is made of it stands in the first
        shown = [_table(params, array, frame) for array in arrays]
        wrong = difference_tables(frame.arrays, frame.wrong, lambda one: traces.cell_name(params, one))
        return (output, _partners(params, frame), *wrong, _unread(frame), *shown)

    def working(self, params: ConvolutionParams, frame: ConvolutionFrame) -> tuple[Line, ...]:
        return (*words.lines_of(params, frame, traces.looked_at(params, frame)), *words.size_lines(params))

    def probe(self, params: ConvolutionParams, frame: ConvolutionFrame, spot: Spot) -> Probe | None:
        found = found_at(board_of(params, frame), spot.x, spot.y)
        if found is None or found[1][0] not in frame.arrays:
            return None
        cell = traces.alike(params, found[1])
        kind, name, value = parted(cell[0])[0], traces.cell_name(params, cell), words.spelled(frame.arrays, cell)
        if found[0].kind == FAULTY:
            return Probe(_IS_WRONG(name=name, value=words.spelled(frame.wrong, cell), right=value))
        if kind == "x" and not traces.is_inside(params, cell):
            return Probe(_IN_PADDING)
        if kind in declared.CHOSEN_IN[params.view]:
            return Probe(words.sentence_of(params, frame, cell))
        return Probe((_PART_OF_SUM if kind == "s" else _GIVEN)(name=name, value=value))

    def handles(self, params: ConvolutionParams, frame: ConvolutionFrame) -> tuple[Handle, ...]:
        """Every number that is given: pulled up it grows, pulled down it shrinks."""
        return tuple(handle for block in board_of(params, frame) for handle in _handles_of(params, block))

    def click(self, params: ConvolutionParams, frame: ConvolutionFrame, handle: str) -> Mapping[str, object]:
        """What a click beside the handle means, which is the middle of a cell."""
        place = next(one.place for one in self.handles(params, frame) if one.id == handle)
        return self.click_at(params, frame, Spot(*place))

    def click_at(self, params: ConvolutionParams, frame: ConvolutionFrame, spot: Spot) -> Mapping[str, object]:
        """A click on a cell looks at it; once more, or on the one just made, lets the light follow the walk."""
        found = found_at(board_of(params, frame), spot.x, spot.y)
        if found is None or found[0].kind == FAULTY:
            return {}
        cell = traces.alike(params, found[1])
        kind = parted(cell[0])[0]
        if kind not in declared.CHOSEN_IN[params.view] or (kind == "x" and not traces.is_inside(params, cell)):
            return {}
        if cell in (traces.looked_at(params, frame), traces.walked_to(params, frame)):
            return {} if params.follows_walk else {"part": declared.WALK}
        array, row, column = cell
        shift = params.padding if kind == "x" else 0
        return {"part": array, "selected": (row - shift, column - shift)}

    def settle(self, params: ConvolutionParams, changes: Mapping[str, object]) -> Mapping[str, object]:
        """Whoever wants to see channels apart wants to see several."""
        several = {"channels": 3} if changes.get("view") == "channels" and params.channels == 1 else {}
        return {**several, **changes}

    def code_mark(self, params: ConvolutionParams, frame: ConvolutionFrame) -> CodeMark | None:
        marks = {"im2col": ("im2col", "columns[:, :, i, j] = "), "col2im": ("col2im", "+= parts[:, :, i, j]")}
        layer = ("Convolution", "def backward" if params.is_backward else "def forward")
        return CodeMark(*marks.get(params.view, layer))


def field_of_array(array: str) -> str | None:
    """The parameter that holds an array; None for one that is computed."""
    kind, channel = parted(array)
    if kind in _FIELDS:
        return f"{_FIELDS[kind]}{there(channel) + 1}"
    return {"dz": "upstream", "b": "bias"}.get(kind)


def caption(params: ConvolutionParams, block: Block) -> tuple[str, str]:
    """The name of a block, and its shape as NumPy writes it, that of the input without padding."""
    rows, columns = params.size_of(block.array)
    kind, channel = parted(block.array)
    name = traces.symbol(params, block.array)
    if kind == "p":
        name = "·".join(traces.symbol(params, f"{factor}{channel}") for factor in "xw")
    return name + {"columns": " = im2col(X)", "dcolumns": " = dz·wᵀ"}.get(kind, ""), f"({rows}, {columns})"


@lru_cache(maxsize=64)
def _handles_of(params: ConvolutionParams, block: Block) -> list[Slide]:
    field = field_of_array(block.array)
    found: list[Slide] = []
    if field is None or block.kind:
        return found
    for place in np.ndindex(block.rows, block.columns):
        cell = block.cell(*place)
        if not traces.is_inside(params, cell) and parted(block.array)[0] == "x":
            continue
        shift = params.padding if parted(block.array)[0] == "x" else 0
        index = (place[0] - shift, place[1] - shift)
        found.append(
            pulled_cell(
                f"{block.array}_{index[0]}_{index[1]}", block.middle(*place), traces.cell_name(params, cell), field,
                None if field == "bias" else index, step=0.1 if field == "bias" else 1.0, decimals=declared.DECIMALS,
            )
        )  # fmt: skip
    return found


def _table(params: ConvolutionParams, array: str, frame: ConvolutionFrame) -> Table:
    name = same(traces.symbol(params, array))
    return grid_table(array, value=frame.arrays[array]).labelled(name, value=name)


def _partners(params: ConvolutionParams, frame: ConvolutionFrame) -> Table:
    """The cells that light up with the one that is looked at."""
    cell = traces.looked_at(params, frame)
    shown = {block.array for block in board_of(params, frame)} - {"p0", "p1", "p2"}
    terms = [(one, term) for one, term in traces.trace_of(params, frame, cell).terms.items() if one[0] in shown]
    return table_of(
        "partners",
        Text("cells that belong to the chosen one", "与所选格子有关的格子"),
        cell=([traces.cell_name(params, cell)] * len(terms), Text("cell", "格子")),
        partner=([traces.cell_name(params, one) for one, _ in terms], Text("partner", "有关的格子")),
        term=([term for _, term in terms], Text("product", "第几个乘积")),
        value=([value_of(frame.arrays, one) for one, _ in terms], Text("value", "值")),
    )


def _unread(frame: ConvolutionFrame) -> Table:
    places = np.argwhere(frame.reads == 0)
    return table_of(
        "unread",
        Text("input cells that are never read", "从没被读到的输入格"),
        row=(places[:, 0], Text("row", "行")),
        column=(places[:, 1], Text("column", "列")),
    )
