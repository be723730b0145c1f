"""XOR by two layers: no single line separates the four points, but the first layer moves them so that one line does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product

import numpy as np

from engine.contract.api import (
    Column,
    Handle,
    Picture,
    Position,
    Preset,
    Probe,
    ProbePoint,
    RandomStreams,
    Table,
    Text,
    table_of,
)
from engine.contract.working import WorkingStep
from engine.experiments.ch2_perceptron.xor import words as xor_words
from engine.experiments.ch2_perceptron.xor.params import (
    ANCHORS,
    AND,
    ARROW,
    INPUTS,
    NAND,
    NEURONS,
    NOR,
    OR,
    ROWS,
    XOR,
    XorFrame,
    XorParams,
    gate_text,
    tidy,
)
from engine.geometry.dragged_line import foot, slid, turned
from engine.nn import perceptron, sigmoid, step, weighted_sum
from engine.nn.perceptrons import Neuron, best_bias, best_line, neuron_sum, two_layers


def place_numbers(points: np.ndarray, within: float) -> np.ndarray:
    """Group nearly equal points (N, D): the index of each point's group, from 0 in order of appearance, (N,).

    A point belongs to the first group whose first point differs from it by at most ``within`` in every coordinate.
    """
    firsts: list[np.ndarray] = []
    numbers = []
    for point in points:
        near = [number for number, first in enumerate(firsts) if np.max(np.abs(point - first)) <= within]
        if not near:
            firsts.append(point)
        numbers.append(near[0] if near else len(firsts) - 1)
    return np.array(numbers)


MEET_WITHIN = 0.01
"""Hidden points that differ by at most this in every coordinate count as one."""
DIRECTIONS = np.arange(361.0)
"""The directions of w in degrees for which the best count of one perceptron is computed."""
DIAL = 0.25
"""The distance of the handle for w's direction from the middle of the inputs."""
_MIDDLE = np.array([0.5, 0.5])


class Xor(Picture[XorParams, XorFrame]):
    """Two layers of neurons that compute XOR, and for comparison the best single perceptron."""

    order = 2
    title = Text("XOR: one line, or two layers?")
    presets = (
        Preset("NAND-OR-AND", Text("NAND, OR → AND (book)"), {"s1": NAND, "s2": OR, "y": AND}),
        Preset("OR-NAND-AND", Text("OR, NAND → AND"), {"s1": OR, "s2": NAND, "y": AND}),
        Preset("AND-NOR-NOR", Text("AND, NOR → NOR"), {"s1": AND, "s2": NOR, "y": NOR}),
        Preset(
            "differences",
            Text("x1 > x2, x1 < x2 → OR"),
            {"s1": (0.5, -0.5, -0.2), "s2": (-0.5, 0.5, -0.2), "y": OR},
        ),
        Preset("near-miss", Text("Near miss: 3 of 4"), {"s1": NAND, "s2": OR, "y": (0.5, 0.25, -0.4)}),
    )
    code = (two_layers, weighted_sum, step, sigmoid, best_bias, best_line)

    def compute(self, params: XorParams, streams: RandomStreams) -> XorFrame:
        hidden, outputs = two_layers(INPUTS, *params.neurons, params.activate)
        right = (outputs >= 0.5) == (XOR == 1)
        places = place_numbers(hidden, MEET_WITHIN)
        is_step = params.activation == "step"
        single_w = _direction(params.direction)
        best_b, best_count = best_bias(INPUTS, XOR, single_w)
        single_outputs = perceptron(INPUTS, single_w, best_b)
        return XorFrame(
            finished=True,
            status=xor_words.status(params, hidden, right, places),
            inputs=INPUTS,
            weighted_sums=np.column_stack(
                [neuron_sum(INPUTS, params.s1), neuron_sum(INPUTS, params.s2), neuron_sum(hidden, params.y)]
            ),
            hidden=hidden,
            outputs=outputs,
            wanted=XOR,
            right=right,
            correct=int(np.sum(right)),
            places=places,
            distinct=int(np.max(places)) + 1,
            most_right=best_line(hidden, XOR)[2],
            gates=params.gates(hidden),
            feet=params.feet(),
            cells=params.activate(neuron_sum(INPUTS, params.y)).reshape(2, 2) if is_step else None,
            region=None if is_step else params.region(),
            single_w=single_w,
            single_sums=weighted_sum(INPUTS, single_w, best_b),
            single_outputs=single_outputs,
            single_right=single_outputs == XOR,
            best_b=best_b,
            best_count=best_count,
            directions=DIRECTIONS,
            best_counts=_best_counts(),
            single_most=_most_of_one_line(),
            single_tables=_tables_of_one_line(),
        )

    def headline(self, params: XorParams, frame: XorFrame) -> Text:
        return xor_words.headline(params, frame)

    def main_tables(self, params: XorParams, frame: XorFrame) -> tuple[Table, ...]:
        (x1, x2), wanted = INPUTS.astype(int).T, (frame.wanted.astype(int), Text("wanted"))
        network = table_of(
            "truth_table",
            Text("truth table"),
            x1=x1,
            x2=x2,
            s1=frame.hidden[:, 0],
            s2=frame.hidden[:, 1],
            y=frame.outputs,
            wanted=wanted,
            right=(frame.right, _RIGHT),
            hidden_point=(frame.places + 1, Text("point after the hidden layer")),
        )
        w1, w2, b = zip(*params.neurons, strict=True)
        neurons = table_of(
            "neurons",
            Text("neurons"),
            neuron=(NEURONS, Text("neuron")),
            w1=w1,
            w2=w2,
            b=b,
            gate=(frame.gates, Text("works like")),
        )
        single = table_of(
            "one_perceptron",
            Text("one perceptron", context="counted"),
            x1=x1,
            x2=x2,
            weighted_sum=(frame.single_sums, Text("weighted sum")),
            y=frame.single_outputs.astype(int),
            wanted=wanted,
            right=(frame.single_right, _RIGHT),
        )
        counts = Table(
            "directions",
            (
                Column("direction", frame.directions.tolist(), "°", Text("direction of w")),
                Column("best_count", frame.best_counts.tolist(), label=Text("most that are right")),
            ),
            Text("directions of w"),
        )
        return (single, counts, network, neurons) if params.view == "single" else (network, neurons, single, counts)

    def working(self, params: XorParams, frame: XorFrame) -> tuple[WorkingStep, ...]:
        row = ROWS.index(params.selected)
        x1, x2 = INPUTS[row].tolist()
        x = {"x1": x1, "x2": x2}
        if params.view == "single":
            a, y = float(frame.single_sums[row]), float(frame.single_outputs[row])
            neuron = (*frame.single_w.tolist(), frame.best_b)
            return (_sum_line("a", neuron, x, a, _BEST), WorkingStep("y", "step({a})", {"a": a}, y))
        s1, s2 = frame.hidden[row].tolist()
        lines = []
        for number, (name, inputs, result) in enumerate(
            (("s1", x, s1), ("s2", x, s2), ("y", {"s1": s1, "s2": s2}, float(frame.outputs[row])))
        ):
            a, sum_name = float(frame.weighted_sums[row, number]), ("a1", "a2", "a")[number]
            note = _GATE(gate=gate_text(frame.gates[number], params.activation))
            lines.append(_sum_line(sum_name, params.neurons[number], inputs, a, note))
            if params.activation == "step":
                lines.append(WorkingStep(name, f"step({{{sum_name}}})", {sum_name: a}, result))
            else:
                lines.append(
                    WorkingStep(name, f"sigmoid({{k}}·{{{sum_name}}})", {"k": params.sharpness, sum_name: a}, result)
                )
        return tuple(lines)

    def probe(self, params: XorParams, frame: XorFrame, spot: ProbePoint) -> Probe:
        """The tooltip at ``spot``: x and y are (x1, x2), in the plot "hidden" (s1, s2), and in the plot "map" x is in
        degrees.
        """
        if spot.part == "map":
            degrees = int(np.clip(round(spot.x), 0, 360))
            text = Text("w at {degrees}°: at most {count} of 4")
            return Probe(text(degrees=degrees, count=int(frame.best_counts[degrees])))
        point = np.array([[spot.x, spot.y]])
        if spot.part == "hidden":
            text = Text("s = ({across:.2f}, {up:.2f}): y = {y:.3g}")
            values = {"y": float(params.activate(neuron_sum(point, params.y))[0])}
        elif params.view == "single":
            text = Text("x = ({across:.2f}, {up:.2f}): y = {y:.0f}")
            values = {"y": float(perceptron(point, frame.single_w, frame.best_b)[0])}
        else:
            text = Text("x = ({across:.2f}, {up:.2f}): s = ({s1:.3g}, {s2:.3g}), y = {y:.3g}")
            hidden, y = two_layers(point, *params.neurons, params.activate)
            values = {"s1": float(hidden[0, 0]), "s2": float(hidden[0, 1]), "y": float(y[0])}
        return Probe(text(across=spot.x, up=spot.y, **values))

    def handles(self, params: XorParams, frame: XorFrame) -> tuple[Handle, ...]:
        if params.view == "single":
            x1, x2 = (_MIDDLE + DIAL * frame.single_w).tolist()
            tangent = (-float(frame.single_w[1]), float(frame.single_w[0]))
            return (
                Handle("direction.w", (x1, x2), 0.02, Text("direction of w"), hint=tangent),
                Handle("direction.line", _beside(frame), 0.02, _TURNED, hint=(-frame.single_w).tolist()),
                Handle("direction.map", (params.direction, frame.best_count), 1.0, Text("direction of w")),
            )
        found, tips = [], params.arrow_tips().tolist()
        # s2 first: sliding OR's line over (0, 0) is what is worth trying.
        for number in (1, 0, 2):
            name, (w1, w2, _), (x1, x2) = NEURONS[number], params.neurons[number], frame.feet[number].tolist()
            if w1 or w2:
                line, arrow = _LINE(name=name), _ARROW(name=name)
                found.append(Handle(f"{name}.line", (x1, x2), 0.02, line, hint=(-w1, -w2), invitation=_DRAG))
                found.append(Handle(f"{name}.w", tuple(tips[number]), 0.02, arrow, foot=(x1, x2)))
        return tuple(found)

    def drag(self, params: XorParams, frame: XorFrame, handle: str, place: Position) -> Mapping[str, object]:
        target = np.array(place, dtype=float)
        name, _, part = handle.partition(".")
        if name == "direction":
            return {"direction": _dragged_direction(part, target, frame)}
        if name not in NEURONS:
            raise KeyError(handle)
        number = NEURONS.index(name)
        w1, w2, b = params.neurons[number]
        if part == "line":
            return {name: (w1, w2, tidy(slid(np.array([w1, w2]), target)))}
        w, b = turned(np.array([w1, w2]), b, ANCHORS[number], target, ARROW)
        return {name: (tidy(w[0]), tidy(w[1]), tidy(b))}


_RIGHT = Text("right", context="table column: whether the answer is right")
_DRAG = Text("drag the line")
_LINE = Text("{name}: slides with b")
_ARROW = Text("{name}: its w turns the line")
_TURNED = Text("line: turns, and b is chosen for it")
_GATE = Text("works like {gate}")
_BEST = Text("with the best b for this direction")


def _sum_line(left: str, neuron: Neuron, inputs: Mapping[str, float], result: float, note: Text) -> WorkingStep:
    (first, one), (second, two) = inputs.items()
    w1, w2, b = neuron
    values = {"w1": w1, first: one, "w2": w2, second: two, "b": b}
    return WorkingStep(left, f"{{w1}}·{{{first}}} + {{w2}}·{{{second}}} + {{b}}", values, result, note)


def _direction(degrees: float) -> np.ndarray:
    """The unit vector (2,) of a direction in degrees, exact along the axes."""
    angle = np.radians(degrees)
    return np.round(np.array([np.cos(angle), np.sin(angle)]), 15) + 0.0


def _beside(frame: XorFrame) -> tuple[float, float]:
    """The point where the single perceptron's line can be gripped to turn it.

    It lies on the line, half a unit from the line's point nearest to the middle of the inputs.
    """
    w = frame.single_w
    x1, x2 = foot(w, frame.best_b, _MIDDLE) + 0.5 * np.array([-w[1], w[0]])
    return float(x1), float(x2)


def _dragged_direction(part: str, target: np.ndarray, frame: XorFrame) -> float:
    """The direction of the single perceptron's weights, in whole degrees, while a handle is dragged to ``target``.

    On the curve (``part`` "map") it is the x of ``target``. With the line gripped ("line"), the line points from its
    foot to the target. Otherwise the weight vector points from the middle of the inputs to the target.
    """
    if part == "map":
        return float(np.clip(np.round(target[0]), 0, 360))
    across, up = target - _MIDDLE
    if part == "line":
        along = target - foot(frame.single_w, frame.best_b, _MIDDLE)
        across, up = along[1], -along[0]
    return float(np.mod(np.round(np.degrees(np.arctan2(up, across))), 360))


@cache
def _best_counts() -> np.ndarray:
    """The most points that one perceptron gets right, for each of ``DIRECTIONS``: (361,)."""
    return np.array([best_bias(INPUTS, XOR, _direction(degrees))[1] for degrees in DIRECTIONS])


@cache
def _most_of_one_line() -> int:
    """The most XOR points that any single line gets right."""
    return best_line(INPUTS, XOR)[2]


@cache
def _tables_of_one_line() -> int:
    """The number of truth tables with two inputs, of 16, that a single line gets entirely right."""
    tables = (np.array(table) for table in product((0.0, 1.0), repeat=len(INPUTS)))
    return sum(best_line(INPUTS, table)[2] == len(INPUTS) for table in tables)
