"""One layer in detail: every array element of its forward and backward pass, and the elements each is computed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.boards.board import Heading, Role
from engine.boards.cells import Arrays, differing, spelled, value_of
from engine.boards.experiment import Before
from engine.boards.layout import FAULTY, FREE, GAP, Block, laid_out, left_edges
from engine.boards.trace import Cell, Trace, trace
from engine.boards.traced import TracedExperiment
from engine.contract.api import (
    Picture,
    Preset,
    RandomStreams,
    Refused,
    Table,
    Text,
    WorkingStep,
    notation,
    untranslated,
)
from engine.contract.experiment import CodeMark
from engine.experiments.ch5_backpropagation.layers.bench import EPSILON, mistaken, passed
from engine.experiments.ch5_backpropagation.layers.params import IMAGE, PARTS, PITFALLS, LayersFrame, LayersParams
from engine.experiments.ch5_backpropagation.layers.rules import FORMULAS, IN_A_TEST, RULES, Rule
from engine.nn import layers
from engine.nn.parameters import count_numbers

SYMBOLS = {
    "x": "X", "w": "W", "b": "b", "t": "t", "z": "Z", "y": "y", "mask": "M", "loss": "L", "mean": "μ",
    "deviation": "σ", "normalized": "X̂", "dx": "dX", "dw": "dW", "db": "db", "dz": "dZ",
}  # fmt: skip
_OWN_SYMBOLS = {
    "multiply": {"w": "Y", "dw": "dY"},
    "add": {"w": "Y", "dw": "dY"},
    "batch_norm": {"w": "γ", "b": "β", "dw": "dγ", "db": "dβ"},
}
_WAYS = Text("Forward: {formula}"), Text("Backward: {formula}")


def symbol(params: LayersParams, array: str) -> str:
    """The symbol of an array in the layer's formulas."""
    return _OWN_SYMBOLS.get(params.layer, {}).get(array, SYMBOLS[array])


def is_one_row(params: LayersParams, array: str) -> bool:
    """Whether an array, drawn as one row, is one-dimensional in NumPy, as a bias is."""
    return array in ("b", "db", "mean", "deviation") or (params.layer == "batch_norm" and array in ("w", "dw"))


def cell_name(params: LayersParams, cell: Cell) -> str:
    """An array element's name with NumPy's indices, such as dW[0,1], or b[1] for a one-dimensional array."""
    array, row, column = cell
    place = "" if array == "loss" else f"[{column}]" if is_one_row(params, array) else f"[{row},{column}]"
    return symbol(params, array) + place


def headings(params: LayersParams) -> tuple[tuple[Text, ...], ...]:
    """The headings of the forward and the backward pass: the formula with its title, and in short without."""
    is_test = params.layer == "batch_norm" and not params.training
    formulas = FORMULAS["batch_norm in a test" if is_test else params.layer]
    named = zip(_WAYS, formulas, strict=True)
    return tuple((name(formula=formula), untranslated(formula)) for name, formula in named)


def rule_of(params: LayersParams, array: str) -> Rule:
    """The formula (see ``engine.boards.trace``) and reason for an array's elements; KeyError if the
    array is an input.
    """
    rules = RULES[params.layer]
    return (rules if params.training else {**rules, **IN_A_TEST.get(params.layer, {})})[array]


def trace_of(params: LayersParams, cell: Cell) -> Trace:
    """The Trace of a cell: the formula of its value, with the cells that it is computed from."""
    classes = params.classes()
    return trace(
        rule_of(params, cell[0])[0],
        cell,
        lambda array: params.size_of(array) if array in SYMBOLS else None,
        lambda one: cell_name(params, one),
        lambda k: int(classes[k]),
    )


_FIELDS = {"x": "x", "dz": "upstream", "w": "w", "b": "b"}
_OWN_FIELDS = {"multiply": {"w": "second"}, "add": {"w": "second"}, "batch_norm": {"w": "gamma", "b": "beta"}}
"""The parameters that hold a layer's inputs, for the layers in which they differ from ``_FIELDS``."""
_FEWEST_TO_NORMALIZE = 3
_CELL = Text("The cell {name} is {value}. {note}")
_MISTAKEN = Text("{sentence} Beside it the mistake: {wrong} of {all} cells differ.")
_IS_GIVEN = Text("{name} = {value}, which goes into the layer")
_MADE_OF = notation("{name} = {sum} = {value}")

_CLASSES = {
    "multiply": layers.Multiply, "add": layers.Add, "relu": layers.ReLU, "sigmoid": layers.Sigmoid,
    "tanh": layers.Tanh, "affine": layers.Affine, "affine_4d": layers.Affine, "softmax_loss": layers.SoftmaxWithLoss,
    "dropout": layers.Dropout, "batch_norm": layers.BatchNormalization,
}  # fmt: skip
_HEADING = 0.9
_IMAGE_GAP, _IMAGES_BELOW = 0.4, 0.7
_LINES = {
    **dict.fromkeys(("multiply", "add"), ("x w z",)),
    **dict.fromkeys(("relu", "dropout"), ("x mask z",)),
    **dict.fromkeys(("sigmoid", "tanh"), ("x z",)),
    **dict.fromkeys(("affine", "affine_4d"), (". w", ". b", "x z")),
    "softmax_loss": ("x y t loss",),
    "batch_norm": ("mean . w", "deviation . b", "x normalized z"),
}
"""The arrangement of the forward pass's arrays, line by line from left to right; a dot leaves a place free."""
_OPPOSITE = {"x": "dx", "w": "dw", "b": "db", "z": "dz"}
_WRONG_AT = {"relu": {"dz": 1}, "softmax_loss": {"dx": 1, "y": 2}}
"""The column in which an array with the mistake is drawn, by layer and array."""


_NO_SUCH_CLASS = Text("There is no class {label}: X has {classes} columns, so the classes are 0 to {last}.")


class Layers(TracedExperiment[LayersParams, LayersFrame], Picture[LayersParams, LayersFrame]):
    """A layer's arrays with the forward pass above and the backward pass below; a selected cell highlights its
    operands.

    As in matrix multiplication by hand, X is drawn to the left of the product and W above it. Each gradient is drawn at
    the mirrored place of its array.
    """

    order = 2
    title = Text("Layers, forward and back: cell by cell")
    symbol = staticmethod(symbol)
    cell_name = staticmethod(cell_name)
    mistaken_names = {"dz": Text("{name} afterwards")}  # noqa: RUF012
    sums_have_letters = True
    partner_names = ("sources", "source")
    partner_labels = (
        Text("cells that the chosen one is made of"), Text("made of"),
        Text("term"),
    )  # fmt: skip
    uses_seed = True
    presets = (
        Preset("affine", Text("Affine, 2 samples"), {}),
        Preset(
            "relu", Text("ReLU of four numbers"),
            {"layer": "relu", "inputs": 2, "x": ((1.0, -0.5), (-2.0, 3.0)), "upstream": ((3.0, 2.0), (2.0, 4.0))},
        ),
        Preset(
            "scores", Text("Scores of two samples"),
            {"layer": "softmax_loss", "x": ((0.3, 2.9, 4.0), (1.0, 2.0, 0.5)), "selected": (0, 2)},
        ),
        Preset("images", Text("Images flattened"), {"layer": "affine_4d"}),
        Preset(
            "batch", Text("A batch normalized"),
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

    def compute(self, params: LayersParams, streams: RandomStreams) -> LayersFrame:
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

    def code_mark(self, params: LayersParams, frame: LayersFrame) -> CodeMark:
        """The method, forward or backward, that computes the array of the selected cell."""
        way = self.role(self.looked_at(params, frame)[0])
        return CodeMark(_CLASSES[params.layer].__name__, f"def {way}")

    def headline(self, params: LayersParams, frame: LayersFrame) -> Text:
        cell = self.looked_at(params, frame)
        value, why = spelled(frame.arrays, cell), rule_of(params, cell[0])[1]
        sentence = _CELL(name=cell_name(params, cell), value=value, note=why)
        if not frame.wrong:
            return sentence
        return _MISTAKEN(sentence=sentence, wrong=frame.differing, all=count_numbers(frame.wrong))

    def main_tables(self, params: LayersParams, frame: LayersFrame) -> tuple[Table, ...]:
        """The arrays that the layer computes, the cells that the selected one is computed from, and the inputs."""
        made_of = self.trace_of(params, frame, self.looked_at(params, frame))
        tables = self.cell_tables(params, frame, made_of, made_of.cells.values())
        made = [self.array_table(params, frame, array) for array in reversed(PARTS[params.layer])]
        given = [self.array_table(params, frame, array) for array in frame.arrays if array not in PARTS[params.layer]]
        return (*made, *tables, *given)

    def trace_of(self, params: LayersParams, frame: LayersFrame, cell: Cell) -> Trace:
        return trace_of(params, cell)

    def line_of(self, params: LayersParams, frame: LayersFrame, cell: Cell) -> WorkingStep:
        """The line that computes a cell, as formula and with the frame's values."""
        made_of, (_, why) = trace_of(params, cell), rule_of(params, cell[0])
        constants = {"N": float(params.samples), "ε": EPSILON}
        values = made_of.values(frame.arrays)
        values |= {name: value for name, value in constants.items() if f"{{{name}}}" in made_of.expression}
        return WorkingStep(cell_name(params, cell), made_of.expression, values, value_of(frame.arrays, cell), why)

    def blocks(self, params: LayersParams, frame: LayersFrame) -> tuple[Block, ...]:
        return board_of(params, tuple(frame.wrong))[0]

    def headings(self, params: LayersParams, frame: LayersFrame) -> tuple[Heading, ...]:
        roles: tuple[Role, ...] = ("forward", "backward")
        lines = zip(board_of(params, ())[1], headings(params), roles, strict=True)
        return tuple(Heading(top, wordings, role) for top, wordings, role in lines)

    def caption(self, params: LayersParams, block: Block) -> tuple[str, str]:
        """The name and the shape that label a block, as NumPy writes them; of several images only the first is
        labelled, for all.
        """
        name, shape = super().caption(params, block)
        rows, columns = params.size_of(block.array)
        if block.sample is not None:
            return (name, f"({rows}, {', '.join(map(str, IMAGE))})") if block.sample == 0 else ("", "")
        if is_one_row(params, block.array):
            shape = f"({columns},)"
        return name, "" if block.array == "loss" else shape

    def role(self, array: str) -> Role:
        return "backward" if array in ("dx", "dw", "db", "dz") else "forward"

    def is_chosen_from(self, params: LayersParams, array: str) -> bool:
        return array in PARTS[params.layer]

    def field_of(self, params: LayersParams, array: str) -> str | None:
        return {**_FIELDS, **_OWN_FIELDS.get(params.layer, {})}.get(array)

    def numbers_before(self, params: LayersParams, before: Before) -> tuple[Arrays, Arrays]:
        return super().numbers_before(params, before if before and before[0].layer == params.layer else None)

    def said_of(self, params: LayersParams, frame: LayersFrame, cell: Cell) -> Text:
        said = {"name": cell_name(params, cell), "value": spelled(frame.arrays, cell)}
        if cell[0] not in PARTS[params.layer]:
            return _IS_GIVEN(**said)
        return _MADE_OF(**said, sum=self.line_of(params, frame, cell).arithmetic())

    def chosen(self, params: LayersParams, frame: LayersFrame, cell: Cell) -> Mapping[str, object]:
        """The parameter changes of a click: a computed cell is selected; in one-hot labels, the cell's class becomes
        the label.
        """
        array, row, column = cell
        if array == "t":
            labels = params.labels[0]
            return {"labels": ((*labels[:row], float(column), *labels[row + 1 :]),)}
        return {"part": array, "selected": (row, column)} if array in PARTS[params.layer] else {}

    def settle(self, params: LayersParams, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """Adds changes so that layer and mistake fit each other and batch normalization has enough samples.

        Raises ``Refused`` for a label beyond the last class.
        """
        settled = dict(changes)
        layer = changes.get("layer", params.layer)
        pitfall = changes.get("pitfall", "none")
        if layer not in PITFALLS.get(pitfall, (layer,)):
            settled["layer"] = PITFALLS[pitfall][0]
        if "layer" in changes and layer not in PITFALLS.get(params.pitfall, (layer,)):
            settled.setdefault("pitfall", "none")
        if changes.get("layer") == "batch_norm" and params.samples < _FEWEST_TO_NORMALIZE:
            settled.setdefault("samples", _FEWEST_TO_NORMALIZE)
        classes = changes.get("columns", params.columns)
        label = int(max(changes["labels"][0])) if "labels" in changes else 0
        if layer == "softmax_loss" and label >= classes:
            raise Refused(_NO_SUCH_CLASS(label=label, classes=classes, last=classes - 1))
        return settled


def board_of(params: LayersParams, wrong: Sequence[str]) -> tuple[tuple[Block, ...], tuple[float, float]]:
    """The blocks of the board, one for each array, and the upper edges of the two headings.

    ``wrong`` are the ids of arrays that a mistake has changed; each gets a further block.
    """
    lines = [line.split() for line in _LINES[params.layer]]
    mirrored = [[_OPPOSITE.get(array, FREE) for array in line] for line in reversed(lines)]
    lefts, size_of = left_edges(lines, params.size_of), params.size_of

    def beside(line: Sequence[str]) -> bool:
        return line[0] not in ("x", "dx")

    forward, down = laid_out(lines, lefts, size_of, _HEADING, beside)
    backward, _ = laid_out(mirrored, lefts, size_of, down + GAP + _HEADING, beside)
    blocks = forward + backward
    for array in wrong:
        rows, columns = size_of(array)
        left, top = lefts[_WRONG_AT.get(params.layer, {}).get(array, 0)], backward[0].top
        if params.layer == "affine":
            # In the free corner beside dW, a name's height below dX; it ends where X ends, whatever their widths.
            left, top = params.columns - columns, backward[-1].top
        blocks.append(Block(array, left, top, rows, columns, kind=FAULTY))
    if params.layer == "affine_4d":
        # The corners beside W and dW are free: there lie the images that X is flattened from, and their gradients.
        for array, opposite in (("x", "w"), ("dx", "dw")):
            top = next(block.top for block in blocks if block.array == opposite) - _IMAGES_BELOW
            blocks += [_image(array, sample, top) for sample in range(params.samples)]
    return tuple(blocks), (0.0, -(down + GAP))


def _image(array: str, sample: int, top: float) -> Block:
    """The block of one sample drawn as an image; two samples are side by side, the next two below."""
    down, across = divmod(sample, 2)
    _, height, width = IMAGE
    left = across * (width + _IMAGE_GAP) - _IMAGE_GAP / 2
    return Block(array, left, top - down * (height + _IMAGE_GAP), height, width, kind="image", sample=sample)
