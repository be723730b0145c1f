"""The texts of `convolution`: headline, the arithmetic of a cell, and the output size."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.boards.board import Wording, listed_terms, sum_wordings
from engine.boards.cells import spelled, value_of
from engine.boards.trace import Cell, Trace
from engine.contract.api import Text, WorkingStep, counted, format_short, notation
from engine.experiments.ch7_convolution.convolution import traces
from engine.experiments.ch7_convolution.convolution.params import ConvolutionFrame, ConvolutionParams, parted
from engine.nn.parameters import count_numbers

_START = Text("The filter lies on the first window. Step (Page Down) makes {name}, the first of {all}.")
_START_BACK = Text("Nothing has come back yet. Step (Page Down) sends {name} back, the first of {all}.")
_SO_FAR = Text("{sentence} So far {done} of {all} are added.")
_MADE = Text("{name} = {value}: {made_of}. {done} of {all} made.")
_CHOSEN = Text("{name} = {value}: {made_of}.")
_PRODUCTS = Text("{products} of window and filter, added")
_WITH_BIAS = Text("{made_of}, and the bias")
_SUMS = Text("the sums of {channels}, added")
_ROW = Text("row M[{row}] times the column w")
_FEEDS = Text("{name} = {value} lies in {windows}, so it feeds {cells}, each through another weight.")
_COPIED = Text("{name} = {value} lies in {windows}, so the matrix holds as many copies.")
_FEEDS_NONE = Text("{name} = {value} is never read: no window reaches it.")
_COPY = Text("{name} = {value} is a copy of {source}.")
_COPY_OF_PADDING = Text("{name} = 0 comes from the padding.")
_AXES = {
    "n": Text("N (picture to picture)"),
    "c": Text("C (channel to channel)"),
    "fh": Text("FH (down the window)"),
    "fw": Text("FW (across the window)"),
    "oh": Text("OH (window to window, down)"),
    "ow": Text("OW (window to window, across)"),
}
_OF_ROWS, _OF_COLUMNS = (0, 4, 5), (1, 2, 3)
"""The axes of col that transpose combines into the row index and the column index of the matrix, slowest first."""
_IN_COL = Text("{name} = {value} is col[{place}].")
_ALONG = Text("{cell} Along {axis}: {cells}, a step of {step} in M.")
_ALONE = Text("{cell} Along {axis}: this one alone; a step would be {step} in M.")
_LOOPED = Text(
    "{cell} One turn of the loop fills col[:, :, {y}, {x}, :, :]: cell ({y}, {x}) of every window, {cells} at once."
)
_STAMP = Text("{name} = {value} goes back to every cell of its window, each time through the weight that it met there.")
_STAMP_ROW = Text("{name} = {value} times each weight is row dM[{row}]; col2im adds it where the window was.")
_DX = Text("It was read {count} times; what comes back adds up.")
_DX_ONCE = Text("It was read once.")
_DX_NEVER = Text("No window reads it, so no gradient comes back.")
_DX_COPIES = Text("The matrix holds {count} copies; their gradients add up.")
_DW = Text("Every window used this weight, so all windows add up.")
_DB = Text("The bias went into every output cell, so all of dZ adds up.")
_DCOLUMNS = Text("Upstream times the weight of this column.")
_SUM_OF_BIAS = Text("Gradient of the bias: {name} = {value}. {why}")
_SUM = Text("{name} = {value}. {why}")
_UNREAD = Text("{sentence} Never read: {cells}.")
_WRONG = Text("{sentence} With the mistake, {wrong} of {all} in dX are wrong by now.")
_MADE_NOTE = Text("window times filter, added")
_NOTES = {"z": _MADE_NOTE, "s": _MADE_NOTE, "columns": Text("copied from the window")}
_TO = Text("passed to {name}")
_SIZE = Text("rows of the output; a remainder of {rest} is cut off")
_SIZE_ACROSS = Text("columns of the output; a remainder of {rest} is cut off")
_OUTPUT_SIZE = Text("Output size: {sums}")
_UNREAD_MARK = Text("{sums} · crossed out: never read")


def headline(params: ConvolutionParams, frame: ConvolutionFrame) -> Text:
    """One sentence about the selected cell, and how many input cells are never read or wrong cells the
    mistake makes.
    """
    sentence = sentence_of(params, frame, traces.looked_at(params, frame))
    if frame.wrong and params.is_backward:
        every = count_numbers(frame.wrong)
        return _WRONG(sentence=sentence, wrong=frame.differing, all=counted(every, "cell"))
    if frame.unread and params.follows_walk:
        return _UNREAD(sentence=sentence, cells=counted(frame.unread, "input cell"))
    return sentence


def sentence_of(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> Text:
    """One sentence about a cell: its value and how it is computed or used."""
    kind = parted(cell[0])[0]
    said = {"name": traces.cell_name(params, cell), "value": spelled(frame.arrays, cell)}
    count = len(traces.products(params, cell))
    match kind:
        case "z":
            return _output_sentence(params, frame, cell, said)
        case "x" if not count:
            return _FEEDS_NONE(**said)
        case "x":
            words = _COPIED if params.view == "im2col" else _FEEDS
            windows, cells = counted(count, "window"), counted(count, "output cell")
            return words(**said, windows=windows, cells=cells)
        case "columns" if params.followed:
            return _followed_sentence(params, cell, said)
        case "columns":
            source = traces.products(params, cell)[0]["x"]
            is_copy = not traces.is_padding(params, source)
            return _COPY(**said, source=traces.cell_name(params, source)) if is_copy else _COPY_OF_PADDING(**said)
        case "dz":
            return _stamp_sentence(params, frame, cell, said)
    sentence = (_SUM_OF_BIAS if kind == "db" else _SUM)(**said, why=_why(params, kind, count))
    return _so_far(sentence, traces.arrived(params, frame, cell), count) if kind in traces.SUMMED else sentence


def _followed_sentence(params: ConvolutionParams, cell: Cell, said: Mapping[str, str]) -> Text:
    """One sentence about a cell's indices in the array of im2col and the step to its neighbour along an axis in the
    matrix.
    """
    place, shape = traces.place_in_col(params, cell), params.col_shape
    here = _IN_COL(**said, place=", ".join(map(str, place)))
    cells = counted(len(traces.along_axis(params, cell)), "cell")
    if params.axis == "loop":
        return _LOOPED(cell=here, y=place[2], x=place[3], cells=cells)
    (axis,) = params.followed
    group, unit = (_OF_ROWS, "row") if axis in _OF_ROWS else (_OF_COLUMNS, "column")
    inner = [shape[one] for one in group[group.index(axis) + 1 :]]
    words = _ALONG if shape[axis] > 1 else _ALONE
    return words(cell=here, axis=_AXES[params.axis], cells=cells, step=counted(math.prod(inner), unit))


def _stamp_sentence(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell, said: Mapping[str, str]) -> Text:
    """One sentence about an output cell's gradient, which goes back to all cells of its window."""
    row = cell[1] * params.output_width + cell[2]
    sentence = _STAMP_ROW(**said, row=row) if params.view == "col2im" else _STAMP(**said)
    if not params.follows_walk or cell != traces.looked_at(params, frame):
        return sentence
    if frame.update == 0:
        return _START_BACK(name=said["name"], all=counted(params.cells, "output cell"))
    return _so_far(sentence, frame.update, params.cells)


def _so_far(sentence: Text, done: int, every: int) -> Text:
    """The sentence, extended by how many of ``every`` terms are added so far if some are missing."""
    return _SO_FAR(sentence=sentence, done=done, all=every) if done < every else sentence


def _output_sentence(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell, said: Mapping[str, str]) -> Text:
    """One sentence about an output cell: its value and what it is the sum of."""
    every = counted(params.cells, "output cell")
    is_walk = params.follows_walk and cell == traces.looked_at(params, frame)
    if is_walk and frame.update == 0:
        return _START(name=said["name"], all=every)
    count = counted(len(traces.products(params, cell)), "product")
    made_of = _PRODUCTS(products=count)
    if params.adds_channels:
        made_of = _SUMS(channels=counted(params.channels, "channel"))
    if params.view == "im2col":
        made_of = _ROW(row=cell[1] * params.output_width + cell[2])
    made_of = _WITH_BIAS(made_of=made_of) if params.bias else made_of
    if is_walk:
        return _MADE(**said, made_of=made_of, done=frame.update, all=params.cells)
    return _CHOSEN(**said, made_of=made_of)


def _why(params: ConvolutionParams, kind: str, count: int) -> Text:
    """The reason why a gradient's cell is the sum of ``count`` products."""
    if kind == "dx":
        words = _DX_COPIES if params.view == "col2im" else _DX
        return words(count=count) if count > 1 else _DX_ONCE if count else _DX_NEVER
    return {"dw": _DW, "db": _DB, "dcolumns": _DCOLUMNS}[kind]


def lines_of(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> tuple[WorkingStep, ...]:
    """The calculation of a cell, after those of its channels if it is their sum; for x and dz each product with the
    cell.
    """
    made_of, kind = traces.trace_of(params, frame, cell), parted(cell[0])[0]
    values = made_of.values(frame.arrays)
    if kind not in ("x", "dz"):
        note = _NOTES[kind] if kind in _NOTES else _why(params, kind, len(traces.products(params, cell)))
        sums = [one for one in made_of.cells.values() if parted(one[0])[0] == "s"]
        alone = [line for one in sums for line in lines_of(params, frame, one)]
        name, value = traces.cell_name(params, cell), value_of(frame.arrays, cell)
        return (*alone, WorkingStep(name, made_of.expression, values, value, note))
    return tuple(line for _, line in passed_on(params, frame, cell))


def line_of(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> WorkingStep:
    """The calculation of a cell in one line."""
    return lines_of(params, frame, cell)[-1]


def passed_on(params: ConvolutionParams, frame: ConvolutionFrame, cell: Cell) -> list[tuple[str, WorkingStep]]:
    """The uses of a cell, as pairs of the target's name and the product.

    For a cell of x the targets are output cells, for one of dz the input cells that its gradient goes to.
    """
    kind, found = parted(cell[0])[0], []
    for product in traces.products(params, cell):
        if kind == "x" or "dx" in product:
            factors = {traces.cell_name(params, product[one]): product[one] for one in (kind, "w")}
            values = {name: value_of(frame.arrays, one) for name, one in factors.items()}
            target = traces.cell_name(params, product["z" if kind == "x" else "dx"])
            expression = "·".join(f"{{{name}}}" for name in factors)
            line = WorkingStep(
                "·".join(factors), expression, values, float(np.prod([*values.values()])), _TO(name=target)
            )
            found.append((target, line))
    return found


def words_below(params: ConvolutionParams, frame: ConvolutionFrame, made_of: Trace) -> tuple[Wording, ...]:
    """Wordings of the selected cell's sum, or for x and dz of its uses, the fullest first."""
    if parted(made_of.cell[0])[0] not in ("x", "dz"):
        return sum_wordings(line_of(params, frame, made_of.cell), max(made_of.terms.values(), default=0))
    passed = [(name, line.arithmetic()) for name, line in passed_on(params, frame, made_of.cell)]
    named, digits = [f"{product} → {name}" for name, product in passed], [product for _, product in passed]
    wordings = (listed_terms(some) for some in (named, digits) if some)
    return (*wordings, sentence_of(params, frame, made_of.cell))


def size_lines(params: ConvolutionParams) -> tuple[WorkingStep, WorkingStep]:
    """The calculations of the output's height and width; input cells too few for another step are subtracted."""
    made = []
    for number, (name, kernel, side) in enumerate((("OH", "FH", "H"), ("OW", "FW", "W"))):
        rest = params.sliding.remainder[number]
        values = {side: params.sliding.sides[number], "P": params.padding, kernel: params.sliding.window[number]}
        reach = f"{{D}}·({{{kernel}}} − 1) − 1" if params.dilation > 1 else f"{{{kernel}}}"
        over = f"{{{side}}} + 2·{{P}} − {reach}{' − {R}' if rest else ''}"
        values |= {"S": params.stride, "R": rest, "D": params.dilation}
        whole, note = f"({over}) / {{S}} + 1", (_SIZE_ACROSS if number else _SIZE)(rest=rest)
        used = {letter: value for letter, value in values.items() if f"{{{letter}}}" in whole}
        made.append(WorkingStep(name, whole, used, params.sliding.output[number], note))
    return made[0], made[1]


def size_words(params: ConvolutionParams, frame: ConvolutionFrame) -> tuple[Text, ...]:
    """Wordings of the output size as a formula, once if height and width are equal; the fullest first."""
    sums = []
    sliding = params.sliding
    for number, (name, side) in enumerate(zip(("OH", "OW"), sliding.sides, strict=True)):
        room, window = sliding.padded_sides[number] - sliding.reach[number], sliding.window[number]
        reach = f"{params.dilation}·({window} − 1) − 1" if params.dilation > 1 else f"{window}"
        whole = f"⌊({side} + 2·{params.padding} − {reach})/{params.stride}⌋ + 1"
        floor = f" = ⌊{format_short(room / params.stride)}⌋ + 1" if sliding.remainder[number] else ""
        sums.append((name, f"{whole}{floor} = {sliding.output[number]}"))
    (_, down), (_, across) = sums
    both = f"OH = OW = {down}" if down == across else f"OH = {down},  OW = {across}"
    marked = _UNREAD_MARK(sums=both) if frame.unread else both
    return _OUTPUT_SIZE(sums=marked), _OUTPUT_SIZE(sums=both), notation("{sums}")(sums=both)
