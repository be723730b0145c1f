"""Texts about a convolutional network for one input image: how the selected value is computed, tooltips and tables."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from engine.boards.panels import PanelPicture, found_among
from engine.contract.api import Probe, Text, WorkingStep, format_real, notation, percent
from engine.contract.table import Table, table_of
from engine.experiments.shared.networks.softmax_working import softmax_lines
from engine.nn.conv_trace import Trace, WholeNetwork, products_at, strongest_parts

_SOURCES = 12
"""A hidden neuron's table has this many pooled cells, those that contribute most."""

_READ_DIGIT = Text(
    "It reads {answer} ({p}). To the score of {digit}, {score}, hidden neuron {neuron} adds most: {part}."
)
_READ_HIDDEN = Text(
    "It reads {answer} ({p}). Hidden neuron {neuron} gives {value}; map {map} adds most, at [{row},{column}]: {part}."
)
_READ_POOL = Text("It reads {answer} ({p}). Pooled map {map} has {value} in cell [{row},{column}].")
_READ_CONV = Text("It reads {answer} ({p}). Map {map} has {value} in cell [{row},{column}], after ReLU.")
_MADE_DIGIT = (
    Text("{count} products make {products}, and b = {bias}: the score {value}, as a probability {p}"),
    Text("{products} + b = {value}, so {p}"),
    Text("score {value}"),
)  # fmt: skip
_MADE_HIDDEN = (
    Text("{count:,} products make {products}, and b = {bias}: {sum}, after ReLU {value}"),
    Text("{products} + b = {sum}, after ReLU {value}"),
    notation("{sum} → {value}"),
)  # fmt: skip
_MADE_POOL = (
    Text("The largest of its window: max({window}) = {value}"),
    notation("max({window}) = {value}"),
    notation("max = {value}"),
)
_MADE_CONV = (
    Text("{count} products make {products}, and b = {bias}: {sum}, after ReLU {value}"),
    *_MADE_HIDDEN[1:],
)  # fmt: skip
_CELL = Text("map {map}, cell [{row},{column}]: {value}")
_POOLED_CELL = Text("pooled map {map}, cell [{row},{column}]: {value}")
_PIXEL = Text("pixel [{row},{column}]: {value}")
_NEURON = Text("hidden neuron {neuron}: {value}")
_DIGIT = Text("{digit}: score {score}, probability {p}")
_OF_BOARD = {
    "pixels": Text("pixel under the window: {value}"),
    "filter": Text("weight of filter {map}: {value}"),
    "products": Text("pixel times weight: {value}"),
}
_ROW_SUM = Text("row w[{row}] over its pixels")
_WHOLE = Text("all of them and the bias")
_LIVE = Text("all neurons that do not give 0, and the bias")
_RELU = Text("what is below 0 becomes 0")
_LARGEST = Text("the largest of the window")
_OF_MAP = Text("the products of map {map}")
_NEURON_NAME, _VALUE, _WEIGHT = Text("hidden neuron"), Text("value"), Text("weight")
_PART = Text("product")


def reading_of(whole: WholeNetwork, lit: Trace, traced: str) -> Text:
    """One sentence with the network's answer and the selected value, and where they are useful its largest
    contribution.

    ``traced`` is the layer of the selection; ``lit`` is the path from it back to the input image.
    """
    answer = int(whole.probabilities.argmax())
    said = {"answer": answer, "p": percent(float(whole.probabilities[answer])), "map": lit.map}
    if lit.unit is not None:
        neuron = {"neuron": lit.unit}
        if lit.digit is not None:
            score, part = (_short(number) for number in (whole.scores[lit.digit], whole.digit_parts[lit.unit]))
            return _READ_DIGIT(**said, **neuron, digit=lit.digit, score=score, part=part)
        place = dict(zip(("row", "column"), lit.pooled, strict=True))
        part = _short(whole.unit_parts[lit.map, *lit.pooled])
        return _READ_HIDDEN(**said, **neuron, **place, value=_short(whole.hidden[lit.unit]), part=part)
    maps, cell, words = whole.rectified, lit.cell, _READ_CONV
    if traced == "pool":
        maps, cell, words = whole.pooled, lit.pooled, _READ_POOL
    return words(**said, row=cell[0], column=cell[1], value=_short(maps[lit.map, *cell]))


def made_of(whole: WholeNetwork, lit: Trace, traced: str) -> tuple[Text, ...]:
    """The calculation of the selected value in one line, in several wordings, the fullest first."""
    if lit.digit is not None:
        parts, bias, value = whole.digit_parts, whole.digit_bias, whole.scores[lit.digit]
        p = percent(float(whole.probabilities[lit.digit]))
        return tuple(one(**_sum(parts, bias), value=_short(value), p=p) for one in _MADE_DIGIT)
    if lit.unit is not None:
        a, value = whole.hidden_sums[lit.unit], whole.hidden[lit.unit]
        said = _sum(whole.unit_parts, whole.unit_bias)
        return tuple(one(**said, sum=_short(a), value=_short(value)) for one in _MADE_HIDDEN)
    if traced == "pool":
        window = ", ".join(_short(number) for number in _pool_window(whole, lit).ravel())
        value = _short(whole.pooled[lit.map, *lit.pooled])
        return tuple(one(window=window, value=value) for one in _MADE_POOL)
    said = _sum(products_at(whole, lit.map, lit.cell)[1], float(whole.biases[lit.map]))
    a, value = (_short(array[lit.map, *lit.cell]) for array in (whole.sums, whole.rectified))
    return tuple(one(**said, sum=a, value=value) for one in _MADE_CONV)


def cell_of(whole: WholeNetwork, lit: Trace, picture: PanelPicture, x: float, y: float) -> Probe | None:
    """The tooltip of the cell at x, y of the drawing; None where there is no cell."""
    found = found_among(picture.panels, x, y)
    if found is None:
        return None
    panel, row, column = found
    value, place = _short(panel.values[row, column]), {"row": row, "column": column}
    if panel.part == "digit":
        score, p = _short(whole.scores[panel.number]), percent(float(whole.probabilities[panel.number]), 1)
        return Probe(_DIGIT(digit=panel.number, score=score, p=p))
    if panel.part == "hidden":
        return Probe(_NEURON(neuron=row * panel.values.shape[1] + column, value=value))
    if panel.part in _OF_BOARD:
        of_map = {"map": lit.map} if panel.part == "filter" else {}
        return Probe(_OF_BOARD[panel.part](value=value, **of_map))
    if panel.part == "input":
        return Probe(_PIXEL(**place, value=value))
    return Probe((_CELL if panel.part == "conv" else _POOLED_CELL)(**place, map=panel.number, value=value))


def lines_of(whole: WholeNetwork, lit: Trace, traced: str) -> tuple[WorkingStep, ...]:
    """The calculation of the selected value step by step; for a digit, also that of its probability."""
    if lit.digit is not None:
        live = [n for n, value in enumerate(whole.hidden.tolist()) if value]
        pairs = {n: (float(whole.hidden[n]), float(whole.digit_weights[n])) for n in live}
        values = {f"{name}{n}": one for n, pair in pairs.items() for name, one in zip("hw", pair, strict=True)}
        sum_of_products = " + ".join([*(f"{{h{n}}}·{{w{n}}}" for n in live), "{b}"])
        score = sum(h * w for h, w in pairs.values()) + whole.digit_bias
        line = WorkingStep("a", sum_of_products, {**values, "b": whole.digit_bias}, score, _LIVE)
        return (_with_enough_digits(line, np.abs(whole.digit_parts)), *softmax_lines(whole.scores, [lit.digit]))
    if lit.unit is not None:
        sums = whole.unit_parts.astype(float).sum(axis=(1, 2)).tolist()
        a = sum(sums) + whole.unit_bias
        return (
            _with_enough_digits(
                WorkingStep.over("a", "… + {b}", "{s}", {"s": sums}, a, _OF_MAP(map="k"), b=whole.unit_bias),
                np.abs(np.array(sums)),
            ),
            WorkingStep("h", "max(0, {a})", {"a": a}, max(0.0, a), _RELU),
        )
    if traced == "pool":
        window = _pool_window(whole, lit).ravel().tolist()
        return (WorkingStep.over("m", "max(…)", "{z}", {"z": window}, max(window), _LARGEST),)
    return _convolved(whole, lit.map, lit.cell)


def _with_enough_digits(line: WorkingStep, terms: np.ndarray) -> WorkingStep:
    """The line with so many digits shown that its sum can be recomputed, even if its ``terms`` (absolute values) nearly
    cancel.
    """
    if not 0 < abs(line.result) < terms.sum():
        return line
    return replace(line, digits=min(17, max(line.digits, 5 + math.ceil(math.log10(terms.sum() / abs(line.result))))))


def _convolved(whole: WholeNetwork, number: int, cell: tuple[int, int]) -> tuple[WorkingStep, ...]:
    """The calculation of one cell of map ``number``: a sum for each row of the filter, their total with the bias, and
    ReLU.
    """
    lines = []
    window, bias = products_at(whole, number, cell)[0].astype(float), float(whole.biases[number])
    for row, (weights, pixels) in enumerate(zip(whole.filters[number].astype(float), window, strict=True)):
        series, result = {"w": weights.tolist(), "x": pixels.tolist()}, float(np.dot(weights, pixels))
        lines.append(WorkingStep.over(f"s{row}", "…", "{w}·{x}", series, result, _ROW_SUM(row=row), first=0))
    sums = [line.result for line in lines]
    a = sum(sums) + bias
    lines.append(WorkingStep.over("a", "… + {b}", "{s}", {"s": sums}, a, _WHOLE, first=0, b=bias))
    return (*lines, WorkingStep("z", "max(0, {a})", {"a": a}, max(0.0, a), _RELU))


def tables_of(whole: WholeNetwork) -> tuple[Table, ...]:
    """Two tables: the contribution of each hidden neuron to the digit's score, and the pooled cells that contribute
    most to one hidden neuron.
    """
    places = strongest_parts(whole.unit_parts, _SOURCES)
    at = tuple(np.array(places).T)
    neurons = table_of(
        "neurons",
        Text("hidden neurons for digit {digit}")(digit=whole.digit),
        neuron=(np.arange(len(whole.hidden)), _NEURON_NAME),
        value=(whole.hidden, _VALUE),
        weight=(whole.digit_weights, _WEIGHT),
        product=(whole.digit_parts, _PART),
    )
    sources = table_of(
        "sources",
        Text("what counts most for hidden neuron {neuron}")(neuron=whole.unit),
        map=(at[0], Text("map")),
        row=(at[1], Text("row")),
        column=(at[2], Text("column")),
        value=(whole.pooled[at], _VALUE),
        weight=(whole.unit_weights[at], _WEIGHT),
        product=(whole.unit_parts[at], _PART),
    )
    return neurons, sources


def _pool_window(whole: WholeNetwork, lit: Trace) -> np.ndarray:
    """The values of the map in the window of the highlighted pooled cell, (pool, pool)."""
    row, column = lit.pooled[0] * whole.pool, lit.pooled[1] * whole.pool
    return whole.rectified[lit.map, row : row + whole.pool, column : column + whole.pool]


def _sum(parts: np.ndarray, bias: float) -> dict[str, object]:
    """The values for a wording about a sum: the count and total of the products, and the bias."""
    products = float(np.sum(parts, dtype=np.float64))
    return {"count": parts.size, "products": _short(products), "bias": _short(bias)}


def _short(value: float) -> str:
    return format_real(float(value), 3)
