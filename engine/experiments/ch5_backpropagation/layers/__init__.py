"""One layer on the bench: every cell of its forward and its backward pass, and the cells that each is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.traces import Cell
from engine.contract.pieces import (
    Handle,
    Line,
    Picture,
    Preset,
    Probe,
    Spot,
    Streams,
    Table,
    Text,
    format_real,
    grid_table,
    pulled_cell,
    same,
    table_of,
)
from engine.experiments.array_cells import difference_tables, differing, value_of
from engine.experiments.ch5_backpropagation.layers.bench import EPSILON, mistaken, passed
from engine.experiments.ch5_backpropagation.layers.params import (
    DECIMALS,
    IMAGE,
    PARTS,
    PITFALLS,
    LayersFrame,
    LayersParams,
)
from engine.experiments.ch5_backpropagation.layers.places import FAULTY, Board, board_of
from engine.experiments.ch5_backpropagation.layers.traces import cell_name, is_one_row, rule_of, symbol, trace_of
from engine.geometry.boards import Block, found_at
from engine.nn import layers
from engine.nn.parameter_shapes import count_numbers

_FIELDS = {"x": "x", "dz": "upstream", "w": "w", "b": "b"}
_OWN_FIELDS = {"multiply": {"w": "second"}, "add": {"w": "second"}, "batch_norm": {"w": "gamma", "b": "beta"}}
"""The parameters that hold what goes into a layer, and their other names in some."""
_FEWEST_TO_NORMALIZE = 3
_CELL = Text("The cell {name} is {value}. {note}", "{name} 这一格是 {value}。{note}")
_MISTAKEN = Text(
    "{sentence} Beside it the mistake: {wrong} of {all} cells differ.",
    "{sentence}旁边是错误写法：{all} 格里有 {wrong} 格不同。",
)
_IS_GIVEN = Text("{name} = {value}, which goes into the layer", "{name} = {value}，是送进这一层的数")
_IS_WRONG = Text(
    "the mistake makes {name} = {value}, and {right} is right", "错误写法得 {name} = {value}，正确的是 {right}"
)
_MADE_OF = Text("{name} = {sum} = {value}", "{name} = {sum} = {value}")


class Layers(Picture[LayersParams, LayersFrame]):
    """Forward above, backward beneath; a cell that is chosen lights those that it is made of."""

    order = 2
    title = Text("Layers, forward and back: cell by cell", "层的正向与反向：逐格演算")
    params_type = LayersParams
    frame_type = LayersFrame
    uses_seed = True
    presets = (
        Preset("affine", Text("Affine, 2 samples", "Affine，2 个样本"), {}),
        Preset(
            "relu", Text("ReLU of four numbers", "四个数过 ReLU"),
            {"layer": "relu", "inputs": 2, "x": ((1.0, -0.5), (-2.0, 3.0)), "upstream": ((3.0, 2.0), (2.0, 4.0))},
        ),
        Preset(
            "scores", Text("Scores of two samples", "两个样本的得分"),
            {"layer": "softmax_loss", "x": ((0.3, 2.9, 4.0), (1.0, 2.0, 0.5)), "selected": (0, 2)},
        ),
        Preset("images", Text("Images flattened", "把图像展平"), {"layer": "affine_4d"}),
        Preset(
            "batch", Text("A batch normalized", "把一批数据归一化"),
            {"layer": "batch_norm", "samples": 4, "part": "dx",
             "x": ((1.0, 2.0, -1.0), (2.0, 0.0, 3.0), (4.0, 1.0, 0.0), (5.0, 5.0, 2.0)),
             "upstream": ((1.0, 0.5, 0.0), (-1.0, 2.0, 1.0), (0.5, 0.0, -1.0), (2.0, 1.0, 1.0))},
        ),
    )  # fmt: skip
    code = (
        layers.Affine, layers.ReLU, layers.Sigmoid, layers.Tanh, layers.SoftmaxWithLoss, layers.Multiply, layers.Add,
        layers.Dropout, layers.BatchNormalization,
    )  # fmt: skip

    def seed_matters(self, params: LayersParams) -> bool:
        return params.layer == "dropout" and params.training

    def compute(self, params: LayersParams, streams: Streams) -> LayersFrame:
        arrays = passed(params, streams.noise)
        wrong = mistaken(params, arrays)
        return LayersFrame(
            arrays=arrays,
            wrong=wrong,
            blocked=int(np.sum(arrays["mask"] == 0)) if params.layer == "relu" else None,
            loss=float(arrays["loss"][0, 0]) if "loss" in arrays else None,
            largest_dx=float(np.max(np.abs(arrays["dx"]))),
            differing=len(differing(arrays, wrong)),
            finished=True,
        )

    def reading(self, params: LayersParams, frame: LayersFrame) -> Text:
        cell = looked_at(params)
        sentence = _CELL(
            name=cell_name(params.layer, cell), value=_value(frame, cell), note=rule_of(params, cell[0])[1]
        )
        if not frame.wrong:
            return sentence
        every = count_numbers(frame.wrong)
        return _MISTAKEN(sentence=sentence, wrong=frame.differing, all=every)

    def main_tables(self, params: LayersParams, frame: LayersFrame) -> tuple[Table, ...]:
        """The arrays that the layer makes, the cells that the chosen one is made of, and what goes into the layer."""
        cell = looked_at(params)
        made_of = trace_of(params, cell)
        sources = list(made_of.cells.values())
        lit = table_of(
            "sources",
            Text("cells that the chosen one is made of", "算出所选格子的那些格子"),
            cell=([cell_name(params.layer, cell)] * len(sources), Text("cell", "格子")),
            source=([cell_name(params.layer, one) for one in sources], Text("made of", "由它算出")),
            term=([made_of.terms[one] for one in sources], Text("term", "第几项")),
            value=([value_of(frame.arrays, one) for one in sources], Text("value", "值")),
        )
        wrong = difference_tables(frame.arrays, frame.wrong, lambda one: cell_name(params.layer, one))
        made = [_table(params, array, frame) for array in reversed(PARTS[params.layer])]
        given = [_table(params, array, frame) for array in frame.arrays if array not in PARTS[params.layer]]
        return (*made, lit, *wrong, *given)

    def working(self, params: LayersParams, frame: LayersFrame) -> tuple[Line, ...]:
        return (line_of(params, frame, looked_at(params)),)

    def probe(self, params: LayersParams, frame: LayersFrame, spot: Spot) -> Probe | None:
        found = found_at(board(params, frame).blocks, spot.x, spot.y)
        if found is None:
            return None
        block, cell = found
        name = cell_name(params.layer, cell)
        if block.kind == FAULTY:
            wrong = format_real(value_of(frame.wrong, cell), 4)
            return Probe(_IS_WRONG(name=name, value=wrong, right=_value(frame, cell)))
        if cell[0] not in PARTS[params.layer]:
            return Probe(_IS_GIVEN(name=name, value=_value(frame, cell)))
        made_of = line_of(params, frame, cell).arithmetic()
        return Probe(_MADE_OF(name=name, sum=made_of, value=_value(frame, cell)))

    def handles(self, params: LayersParams, frame: LayersFrame) -> tuple[Handle, ...]:
        """Every cell that goes into the layer: pulled up it grows, pulled down it shrinks."""
        found = []
        for block in board(params, frame).blocks:
            name = field_of_array(params.layer, block.array)
            if name is None or block.kind:
                continue
            for row, column in np.ndindex(block.rows, block.columns):
                label = cell_name(params.layer, (block.array, row, column))
                found.append(
                    pulled_cell(
                        f"{name}{row}{column}", block.middle(row, column), label, name, (row, column), step=0.1,
                        decimals=DECIMALS,
                    )
                )  # fmt: skip
        return tuple(found)

    def click_at(self, params: LayersParams, frame: LayersFrame, spot: Spot) -> Mapping[str, object]:
        """A click on a cell that the layer makes looks at it, one on a label makes that class the right one."""
        found = found_at(board(params, frame).blocks, spot.x, spot.y)
        if found is None or found[0].kind == FAULTY:
            return {}
        array, row, column = found[1]
        if array == "t":
            labels = params.labels[0]
            return {"labels": ((*labels[:row], float(column), *labels[row + 1 :]),)}
        return {"part": array, "selected": (row, column)} if array in PARTS[params.layer] else {}

    def settle(self, params: LayersParams, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """A mistake goes with a layer that can make it, and normalizing needs a batch in which something differs."""
        settled = dict(changes)
        layer = changes.get("layer", params.layer)
        pitfall = changes.get("pitfall", "none")
        if layer not in PITFALLS.get(pitfall, (layer,)):
            settled["layer"] = PITFALLS[pitfall][0]
        if "layer" in changes and layer not in PITFALLS.get(params.pitfall, (layer,)):
            settled.setdefault("pitfall", "none")
        if changes.get("layer") == "batch_norm" and params.samples < _FEWEST_TO_NORMALIZE:
            settled.setdefault("samples", _FEWEST_TO_NORMALIZE)
        return settled


def looked_at(params: LayersParams) -> Cell:
    """The cell that is taken apart."""
    return (params.shown_part, *params.selected)


def line_of(params: LayersParams, frame: LayersFrame, cell: Cell) -> Line:
    """What a cell is made of, in letters and with the numbers of a frame."""
    made_of, (_, why) = trace_of(params, cell), rule_of(params, cell[0])
    values = made_of.values(frame.arrays)
    values |= {
        name: value for name, value in (("N", params.samples), ("ε", EPSILON)) if f"{{{name}}}" in made_of.expression
    }
    return Line(cell_name(params.layer, cell), made_of.expression, values, value_of(frame.arrays, cell), why)


def board(params: LayersParams, frame: LayersFrame) -> Board:
    """Where everything lies."""
    return board_of(params, tuple(frame.wrong))


def field_of_array(layer: str, array: str) -> str | None:
    """The parameter that holds an array; None for one that is computed."""
    return {**_FIELDS, **_OWN_FIELDS.get(layer, {})}.get(array)


def caption(params: LayersParams, block: Block) -> tuple[str, str]:
    """The name and the shape of a block as NumPy writes it; of several images the first tells that of all."""
    rows, columns = params.size_of(block.array)
    name, shape = symbol(params.layer, block.array), f"({rows}, {columns})"
    if block.sample is not None:
        return (name, f"({rows}, {', '.join(map(str, IMAGE))})") if block.sample == 0 else ("", "")
    if is_one_row(params.layer, block.array):
        shape = f"({columns},)"
    return name, "" if block.array == "loss" else shape


def _value(frame: LayersFrame, cell: Cell) -> str:
    return format_real(value_of(frame.arrays, cell), 4)


def _table(params: LayersParams, array: str, frame: LayersFrame) -> Table:
    name = symbol(params.layer, array)
    return grid_table(array, value=frame.arrays[array]).labelled(same(name), value=same(name))
