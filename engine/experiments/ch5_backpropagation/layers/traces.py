"""What cells are called and where they come from, as the rules of their layer say."""

from __future__ import annotations

from engine.boards.trace import Cell, Trace, trace
from engine.contract.api import Text, untranslated
from engine.experiments.ch5_backpropagation.layers.params import LayersParams
from engine.experiments.ch5_backpropagation.layers.rules import FORMULAS, IN_A_TEST, RULES, Rule

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
    """What an array is called in formulas."""
    return _OWN_SYMBOLS.get(params.layer, {}).get(array, SYMBOLS[array])


def is_one_row(params: LayersParams, array: str) -> bool:
    """Whether an array has one dimension only, as a bias has."""
    return array in ("b", "db", "mean", "deviation") or (params.layer == "batch_norm" and array in ("w", "dw"))


def cell_name(params: LayersParams, cell: Cell) -> str:
    """A cell as NumPy counts: dW[0,1], and b[1] where there is but one dimension."""
    array, row, column = cell
    place = "" if array == "loss" else f"[{column}]" if is_one_row(params, array) else f"[{row},{column}]"
    return symbol(params, array) + place


def headings(params: LayersParams) -> tuple[tuple[Text, ...], ...]:
    """The formulas of the forward pass and of the backward pass, each with and without its name."""
    is_test = params.layer == "batch_norm" and not params.training
    formulas = FORMULAS["batch_norm in a test" if is_test else params.layer]
    named = zip(_WAYS, formulas, strict=True)
    return tuple((name(formula=formula), untranslated(formula)) for name, formula in named)


def rule_of(params: LayersParams, array: str) -> Rule:
    """The rule of an array that the layer makes; KeyError for one that it is given."""
    rules = RULES[params.layer]
    return (rules if params.training else {**rules, **IN_A_TEST.get(params.layer, {})})[array]


def trace_of(params: LayersParams, cell: Cell) -> Trace:
    """Where a cell that the layer makes comes from."""
    classes = params.classes()
    return trace(
        rule_of(params, cell[0])[0],
        cell,
        lambda array: params.size_of(array) if array in SYMBOLS else None,
        lambda one: cell_name(params, one),
        lambda k: int(classes[k]),
    )
