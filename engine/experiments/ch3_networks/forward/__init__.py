"""Forward propagation through three layers, one neuron per step: its products, their sum, its activation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.contract.api import Handle, Position, ProbePoint, Table, Text, WorkingStep, bracketed, table_of
from engine.contract.experiment import Amount, CodeMark, Pace, Preset, Probe, Unit, Walk
from engine.experiments.ch3_networks.forward.params import (
    LAYERS,
    LIMIT,
    ForwardFrame,
    ForwardParams,
    Neuron,
)
from engine.experiments.ch3_networks.forward.words import (
    neuron_name,
    signal_letter,
    sum_line,
    working_lines,
)
from engine.nn.activations import identity, relu, sigmoid
from engine.nn.forward import affine, forward
from engine.nn.losses import softmax

_NEAR = 0.3
"""The horizontal distance from a neuron, in distances between layers, within which the pointer still
counts as on it.
"""
_LAYER, _NEURON = Text("layer"), Text("neuron")
_INPUT, _VALUE = Text("input"), Text("value")


class Forward(Walk[ForwardParams, ForwardFrame]):
    """The book's 2-3-2-2 network, neuron by neuron, beside its matrix form A = X·W + B."""

    order = 2
    title = Text("Forward pass: where every number comes from")
    units = (Unit("neuron", Text("neuron", context="counted"), Text("neuron")),)
    opening = Amount(1, "neuron")
    pace = Pace(0.8, "neuron")
    presets = (
        Preset("book", Text("Book: 2-3-2-2"), {}),
        Preset("classes", Text("Three classes, softmax"), {"outputs": 3, "output": "softmax"}),
        Preset("linear", Text("Identity throughout"), {"hidden": "identity"}),
        Preset(
            "wide",
            Text("4-4-4-4, ReLU"),
            {"inputs": 4, "hidden1": 4, "hidden2": 4, "outputs": 4, "hidden": "relu"},
        ),
    )
    code = (forward, affine, identity, sigmoid, relu, softmax)

    def last_stop(self, params: ForwardParams) -> int:
        return len(params.neurons())

    def stop(self, params: ForwardParams, index: int) -> ForwardFrame:
        (a1, z1), (a2, z2), (a3, y) = params.values()
        neurons = params.neurons()
        layer, number = neurons[index - 1] if index else (0, 0)
        events = () if not index else ("neuron", "layer") if number == params.sizes[layer] else ("neuron",)
        return ForwardFrame(
            update=index,
            counts=(index,),
            events=events,
            finished=index == len(neurons),
            x=np.array(params.x[0]),
            a1=a1,
            z1=z1,
            a2=a2,
            z2=z2,
            a3=a3,
            y=y,
            layer=layer,
            neuron=number,
            neurons=len(neurons),
        )

    def headline(self, params: ForwardParams, frame: ForwardFrame) -> Text:
        lit = frame.lit(params)
        if lit is None:
            words = Text("The inputs are {x}. Press Step (Page Down) to compute the {count} neurons one by one.")
            return words(x=bracketed(frame.x), count=frame.neurons)
        sentence = Text("{name}: {sum}.")(name=neuron_name(*lit), sum=sum_line(params, frame, lit))
        if lit != (frame.layer, frame.neuron):
            return Text("Selected: {sentence}", context="forward")(sentence=sentence)
        if not frame.finished:
            return sentence
        return Text("{sentence} All done: y = {y}.")(sentence=sentence, y=bracketed(frame.y))

    def main_tables(self, params: ForwardParams, frame: ForwardFrame) -> tuple[Table, ...]:
        neurons = params.neurons()
        table = table_of(
            "neurons",
            Text("neurons"),
            layer=([layer for layer, _ in neurons], _LAYER),
            neuron=([number for _, number in neurons], _NEURON),
            weighted_sum=(
                [float(frame.sums(layer)[number - 1]) for layer, number in neurons],
                Text("weighted sum a"),
            ),
            activation=([float(frame.signals(layer)[number - 1]) for layer, number in neurons], Text("output")),
            function=([params.activation_of(layer) for layer, _ in neurons], Text("activation function")),
            computed=([frame.is_done(layer, number) for layer, number in neurons], Text("computed")),
        )
        names = [f"x{number}" for number in range(1, params.inputs + 1)]
        inputs = table_of("inputs", Text("inputs"), input=(names, _INPUT), value=(frame.x, _VALUE))
        lit = frame.lit(params)
        return (table, inputs) if lit is None else (table, _products(params, frame, lit), inputs)

    def working(self, params: ForwardParams, frame: ForwardFrame) -> tuple[WorkingStep, ...]:
        lit = frame.lit(params)
        return () if lit is None else working_lines(params, frame, lit)

    def probe(self, params: ForwardParams, frame: ForwardFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip of a neuron. In the graph, layer n is at x = n, the inputs left of layer 1; neurons spread from y
        = 1 to 0.
        """
        layer = max(0, spot.bar)
        if layer > LAYERS or (layer and abs(spot.x - layer) > _NEAR) or not 0 <= spot.y <= 1:
            return None
        number = min(int((1.0 - spot.y) * params.sizes[layer]) + 1, params.sizes[layer])
        signal = float(frame.signals(layer)[number - 1])
        if layer == 0:
            words = Text("input x{number} = {signal:.4g}")
            return Probe(words(number=number, signal=signal))
        words = Text("{name}: {sum}")
        return Probe(words(name=neuron_name(layer, number), sum=sum_line(params, frame, (layer, number))))

    def handles(self, params: ForwardParams, frame: ForwardFrame) -> tuple[Handle, ...]:
        found = []
        for number, value in enumerate(params.x[0], start=1):
            across, up = params.place(0, number)
            label = Text("input x{number}: drag up or down")(number=number)
            reach = params.reach()
            place, track = (across, up + value * reach), LIMIT * reach
            body = (across, up - track), (across, up + track)
            found.append(Handle(f"x{number}", place, 0.05 * reach, label, hint=(0.0, 1.0), body=body))
        return tuple(found)

    def drag(self, params: ForwardParams, frame: ForwardFrame, handle: str, place: Position) -> Mapping[str, object]:
        number = int(handle[1:]) if handle[:1] == "x" and handle[1:].isdecimal() else 0
        if not 1 <= number <= params.inputs:
            raise KeyError(handle)
        value = (place[1] - params.place(0, number)[1]) / params.reach()
        tidied = float(np.clip(np.round(value, 2), -LIMIT, LIMIT)) + 0.0
        row = params.x[0]
        return {"x": ((*row[: number - 1], tidied, *row[number:]),)}

    def code_mark(self, params: ForwardParams, frame: ForwardFrame) -> CodeMark | None:
        return CodeMark("forward", "a = affine(z, W, b)") if frame.layer else None


def _products(params: ForwardParams, frame: ForwardFrame, neuron: Neuron) -> Table:
    """The table of one neuron's products: a row for each input and one for the bias."""
    layer, number = neuron
    W, b = params.layers[layer - 1]
    signals, weights = [*frame.signals(layer - 1).tolist(), 1.0], [*W[:, number - 1].tolist(), float(b[number - 1])]
    letter = signal_letter(layer - 1)
    return table_of(
        "products",
        Text("products of the lit neuron"),
        layer=([layer] * len(signals), _LAYER),
        neuron=([number] * len(signals), _NEURON),
        input=([*(f"{letter}{row}" for row in range(1, len(signals))), "1 (bias)"], _INPUT),
        value=(signals, _VALUE),
        weight=(weights, Text("weight")),
        product=([value * weight for value, weight in zip(signals, weights, strict=True)], Text("product")),
    )
