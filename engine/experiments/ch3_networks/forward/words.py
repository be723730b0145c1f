"""The texts of `forward` about one neuron: its name, its calculation in one line, and that calculation step by step."""

from __future__ import annotations

import numpy as np

from engine.contract.api import EMPTY, Text, WorkingStep, bracketed, format_real, notation
from engine.experiments.ch3_networks.forward.params import FUNCTION_NAMES, ForwardFrame, ForwardParams, Neuron
from engine.nn.activation_registry import ACTIVATIONS

_DIGITS = 3


def neuron_name(layer: int, number: int) -> Text:
    """A neuron's name, such as "Layer 2, neuron 1"."""
    return Text("Layer {layer}, neuron {number}")(layer=layer, number=number)


def signal_letter(layer: int) -> str:
    """The letter for the outputs of layer 0 (the inputs) to 3: x, z, z or y."""
    return "xzzy"[layer]


def products_and_bias(params: ForwardParams, frame: ForwardFrame, neuron: Neuron) -> str:
    """A neuron's products and its bias with rounded numbers, as in 1·0.1 + 0.5·0.2 + 0.1."""
    layer, number = neuron
    W, b = params.layers[layer - 1]
    terms: list[str] = []
    numbers: dict[str, float] = {}
    for row, signal in enumerate(frame.signals(layer - 1).tolist(), start=1):
        numbers |= {f"z{row}": _short(signal), f"w{row}": _short(W[row - 1, number - 1])}
        terms.append(f"{{z{row}}}·{{w{row}}}")
    return WorkingStep("", " + ".join((*terms, "{b}")), {**numbers, "b": _short(b[number - 1])}).arithmetic()


def activation_words(params: ForwardParams, frame: ForwardFrame, neuron: Neuron) -> Text:
    """How a neuron's activation function turns its sum into its output, with rounded numbers."""
    layer, number = neuron
    a, signal = (format_real(float(row[number - 1]), _DIGITS) for row in (frame.sums(layer), frame.signals(layer)))
    name = params.activation_of(layer)
    if name == "identity":
        return Text("which the identity leaves as it is")
    if name == "softmax":
        words = Text("softmax of {sums} gives it {signal}")
        return words(sums=bracketed(frame.sums(layer)), signal=signal)
    return notation("{name}({a}) = {signal}")(name=FUNCTION_NAMES[name], a=a, signal=signal)


def sum_line(params: ForwardParams, frame: ForwardFrame, neuron: Neuron) -> Text:
    """A neuron's calculation in one line: products and bias, their sum, and the activation function's result."""
    layer, number = neuron
    return Text("{products} = {a}, {activation}")(
        products=products_and_bias(params, frame, neuron),
        a=format_real(float(frame.sums(layer)[number - 1]), _DIGITS),
        activation=activation_words(params, frame, neuron),
    )


def working_lines(params: ForwardParams, frame: ForwardFrame, neuron: Neuron) -> tuple[WorkingStep, ...]:
    """A neuron's calculation step by step with all digits: its products, their sum with the bias, and its activation
    function.
    """
    layer, number = neuron
    W, b = params.layers[layer - 1]
    signals, column = frame.signals(layer - 1), W[:, number - 1]
    letter = signal_letter(layer - 1)
    lines, terms = [], {}
    for row, (signal, weight) in enumerate(zip(signals.tolist(), column.tolist(), strict=True), start=1):
        product = signal * weight
        names = (f"{letter}{row}", f"w{row}{number}")
        note = neuron_name(*neuron) if row == 1 else EMPTY
        values = dict(zip(names, (signal, weight), strict=True))
        lines.append(WorkingStep(f"p{row}", f"{{{names[0]}}}·{{{names[1]}}}", values, product, note))
        terms[f"p{row}"] = product
    terms[f"b{number}"] = float(b[number - 1])
    expression = " + ".join(f"{{{name}}}" for name in terms)
    note = Text("one row times one column, plus the bias")
    lines.append(WorkingStep(f"a{number}", expression, terms, float(frame.sums(layer)[number - 1]), note))
    return (*lines, *_activation_lines(params, frame, neuron))


def _activation_lines(params: ForwardParams, frame: ForwardFrame, neuron: Neuron) -> tuple[WorkingStep, ...]:
    layer, number = neuron
    name = params.activation_of(layer)
    left, a = f"{signal_letter(layer)}{number}", float(frame.sums(layer)[number - 1])
    result = float(frame.signals(layer)[number - 1])
    values = {f"a{number}": a}
    if name == "softmax":
        return _softmax_lines(frame.sums(layer), number, left, result)
    if name == "identity":
        note = Text("the identity function changes nothing")
        return (WorkingStep(left, f"{{a{number}}}", values, result, note),)
    expression = ACTIVATIONS[name].formulas[0].replace("{a}", f"{{a{number}}}")
    note = Text("the activation function {name}")(name=FUNCTION_NAMES[name])
    return (WorkingStep(left, expression, values, result, note),)


def _softmax_lines(sums: np.ndarray, number: int, left: str, result: float) -> tuple[WorkingStep, ...]:
    """The two steps of softmax for one neuron: the largest sum, and the neuron's share of the exponentials."""
    largest = float(np.max(sums))
    note = Text("the largest is subtracted first, so that exp stays small")
    all_sums = Text("softmax looks at all sums of the layer")
    whole = f"exp({{a{number}}} − {{m}}) / (…)"
    return (
        WorkingStep.over("m", "max(…)", "{a}", {"a": sums}, largest, note),
        WorkingStep.over(left, whole, "exp({a} − {m})", {"a": sums}, result, all_sums, m=largest),
    )


def _short(value: float) -> float:
    """The value rounded to three significant digits."""
    return float(format(value, f".{_DIGITS}g"))
