"""Logic gates by one perceptron: the output says on which side of a line the input lies; the bias shifts the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from engine.contract.api import (
    Frame,
    Handle,
    Params,
    Position,
    ProbePoint,
    RandomStreams,
    Text,
    WorkingStep,
    choice,
    enumerated,
    real,
    required,
    untranslated,
)
from engine.contract.experiment import Picture, Preset, Probe
from engine.contract.frame import Lead, Remedy, Status
from engine.contract.table import Table, table_of
from engine.nn import distance_from_line, perceptron, step, weighted_sum

INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
ROWS = ("00", "01", "10", "11")
WANTED = {"AND": (0, 0, 0, 1), "NAND": (1, 1, 1, 0), "OR": (0, 1, 1, 1), "XOR": (0, 1, 1, 0)}
GATE_NAMES = {
    "AND": Text("AND", context="gate with its sign"),
    "NAND": Text("NAND", context="gate with its sign"),
    "OR": Text("OR", context="gate with its sign"),
    "XOR": Text("XOR", context="gate with its sign"),
}
LIMIT = 5.0
# Distances are shown to thousandths; less than half of one is none to be seen.
_ON_THE_LINE = 0.0005
_MIDDLE = np.array([0.5, 0.5])


class GatesParams(Params):
    """The target gate, the neuron's two weights and its bias."""

    target: str = choice(
        "AND",
        {gate: GATE_NAMES[gate] for gate in WANTED},
        Text("Target"),
        Text("The gate whose truth table the neuron is to reproduce."),
    )
    w1: float = real(
        0.5,
        (-LIMIT, LIMIT),
        Text("Weight w1"),
        Text("How strongly x1 counts towards the output 1; a negative weight counts against it."),
        step=0.05,
    )
    w2: float = real(
        0.5,
        (-LIMIT, LIMIT),
        Text("Weight w2"),
        Text("How strongly x2 counts towards the output 1; a negative weight counts against it."),
        step=0.05,
    )
    b: float = real(
        -0.2,
        (-LIMIT, LIMIT),
        Text("Bias b"),
        Text("Slides the line without turning it; the threshold is θ = −b."),
        step=0.05,
    )
    selected: str = choice(
        "01",
        {row: untranslated(f"({row[0]}, {row[1]})") for row in ROWS},
        Text("Input"),
        Text("The input whose signals are shown in the neuron."),
        effect="view",
    )

    @property
    def w(self) -> np.ndarray:
        """The two weights, (2,)."""
        return np.array([self.w1, self.w2])


class GatesFrame(Frame):
    """The neuron's results for the inputs 00, 01, 10, 11, which are the rows of all arrays but ``pivot``.

    ``margins`` are the weighted sums, negated where the wanted output is 0, so that they are positive for points that
    are right. ``distances`` from the line are signed; ``pivot`` (2,) is the line's point nearest to the middle of the
    inputs.
    """

    inputs: np.ndarray
    weighted_sums: np.ndarray
    outputs: np.ndarray
    wanted: np.ndarray
    right: np.ndarray
    margins: np.ndarray
    distances: np.ndarray
    correct: int
    smallest_distance: float
    threshold: float
    pivot: np.ndarray | None


class Gates(Picture[GatesParams, GatesFrame]):
    """One neuron whose outputs are compared with a gate's truth table; its line and weight vector can be dragged."""

    order = 1
    title = Text("Gates and their line: move it until all four points are right")
    presets = (
        Preset("AND-book", Text("AND, book"), {"target": "AND", "w1": 0.5, "w2": 0.5, "b": -0.7}),
        Preset("NAND-book", Text("NAND, book"), {"target": "NAND", "w1": -0.5, "w2": -0.5, "b": 0.7}),
        Preset("OR-book", Text("OR, book"), {"target": "OR", "w1": 0.5, "w2": 0.5, "b": -0.2}),
        Preset(
            "AND-notes",
            Text("AND, another choice: b = −0.9"),
            {"target": "AND", "w1": 0.5, "w2": 0.5, "b": -0.9},
        ),
        Preset(
            "NAND-notes",
            Text("NAND, another choice: b = 0.9"),
            {"target": "NAND", "w1": -0.5, "w2": -0.5, "b": 0.9},
        ),
        Preset(
            "OR-notes",
            Text("OR, another choice: w = (1, 1)"),
            {"target": "OR", "w1": 1.0, "w2": 1.0, "b": -0.9},
        ),
    )
    code = (perceptron, weighted_sum, step, distance_from_line)

    def compute(self, params: GatesParams, streams: RandomStreams) -> GatesFrame:
        sums = weighted_sum(INPUTS, params.w, params.b)
        outputs = perceptron(INPUTS, params.w, params.b)
        wanted = np.array(WANTED[params.target], dtype=float)
        distances = distance_from_line(INPUTS, params.w, params.b)
        correct = int(np.sum(outputs == wanted))
        return GatesFrame(
            finished=True,
            status=_status(params, correct),
            inputs=INPUTS,
            weighted_sums=sums,
            outputs=outputs,
            wanted=wanted,
            right=outputs == wanted,
            margins=np.where(wanted == 1, sums, -sums),
            distances=distances,
            correct=correct,
            smallest_distance=float(np.min(np.abs(distances))),
            threshold=0.0 - params.b,
            pivot=_pivot(params),
        )

    def headline(self, params: GatesParams, frame: GatesFrame) -> Text:
        gate = GATE_NAMES[params.target]
        if frame.correct == 4 and frame.smallest_distance < _ON_THE_LINE:
            return Text("{gate}: all 4 points are right, but at least one lies on the line itself.")(gate=gate)
        if frame.correct == 4:
            return Text("{gate}: all 4 points are right, and the nearest lies {distance:.3f} from the line.")(
                gate=gate, distance=frame.smallest_distance
            )
        words = Text("{gate}: {correct} of 4 points are right; {why}.")
        return words(gate=gate, correct=frame.correct, why=_why_wrong(frame))

    def main_tables(self, params: GatesParams, frame: GatesFrame) -> tuple[Table, ...]:
        return (
            table_of(
                "truth_table",
                Text("truth table"),
                x1=frame.inputs[:, 0].astype(int),
                x2=frame.inputs[:, 1].astype(int),
                weighted_sum=(frame.weighted_sums, Text("weighted sum")),
                output=(frame.outputs.astype(int), Text("output")),
                wanted=(frame.wanted.astype(int), Text("wanted")),
                right=(frame.right, Text("right", context="table column: whether the answer is right")),
                margin=(frame.margins, Text("margin (positive: right)")),
                distance=(frame.distances, Text("distance from the line")),
            ),
            table_of(
                "neuron",
                Text("neuron"),
                w1=params.w1,
                w2=params.w2,
                b=params.b,
                threshold=(frame.threshold, Text("threshold θ")),
            ),
        )

    def working(self, params: GatesParams, frame: GatesFrame) -> tuple[WorkingStep, ...]:
        row = ROWS.index(params.selected)
        x1, x2 = frame.inputs[row].tolist()
        a = float(frame.weighted_sums[row])
        values = {"w1": params.w1, "x1": x1, "w2": params.w2, "x2": x2, "b": params.b}
        lines = [
            WorkingStep("a", "{w1}·{x1} + {w2}·{x2} + {b}", values, a, Text("weighted sum and bias")),
            WorkingStep(
                "y",
                "step({a})",
                {"a": a},
                float(frame.outputs[row]),
                Text("1 if a > 0, else 0"),
            ),
            WorkingStep(
                "θ",
                "−{b}",
                {"b": params.b},
                frame.threshold,
                Text("the same rule as w·x > θ"),
            ),
        ]
        if frame.pivot is not None:
            lines.append(
                WorkingStep(
                    "d",
                    "{a} / sqrt({w1}^2 + {w2}^2)",
                    {"a": a, "w1": params.w1, "w2": params.w2},
                    float(frame.distances[row]),
                    Text("distance from the line; the sign tells the side"),
                )
            )
        return tuple(lines)

    def probe(self, params: GatesParams, frame: GatesFrame, spot: ProbePoint) -> Probe:
        a = float(weighted_sum(np.array([[spot.x, spot.y]]), params.w, params.b)[0])
        return Probe(Text("x = ({x1:.2f}, {x2:.2f}): a = {a:.3g}, y = {y}")(x1=spot.x, x2=spot.y, a=a, y=int(a > 0)))

    def handles(self, params: GatesParams, frame: GatesFrame) -> tuple[Handle, ...]:
        if frame.pivot is None:
            return ()
        x1, x2 = frame.pivot.tolist()
        return (
            Handle(
                "line",
                (x1, x2),
                0.02,
                Text("line: slides with b"),
                hint=(params.w1, params.w2),
                invitation=Text("drag the line"),
            ),
            Handle(
                "w",
                (x1 + params.w1, x2 + params.w2),
                0.02,
                Text("weight vector w: turns the line"),
                foot=(x1, x2),
            ),
        )

    def drag(self, params: GatesParams, frame: GatesFrame, handle: str, place: Position) -> Mapping[str, object]:
        target = np.array(place)
        if handle == "line":
            return {"b": _tidy(-params.w @ target)}
        if handle == "w":
            w = [_tidy(part) for part in target - frame.pivot]
            return {"w1": w[0], "w2": w[1], "b": _tidy(-np.dot(w, required(frame.pivot)))}
        raise KeyError(handle)


def _pivot(params: GatesParams) -> np.ndarray | None:
    """The point of the line nearest to the middle of the four inputs, (2,); None without a line (both weights 0)."""
    length = float(params.w @ params.w)
    if length == 0:
        return None
    return _MIDDLE - (params.w @ _MIDDLE + params.b) / length * params.w


def _status(params: GatesParams, correct: int) -> Status | None:
    """The notice that there is no line, or that no line can solve XOR; else None."""
    if params.w1 == 0 and params.w2 == 0:
        return Status(
            "no_line",
            Text("Both weights are 0, so there is no line, and all four outputs are the same."),
            Remedy(Text("Set w to (0.5, 0.5)"), {"w1": 0.5, "w2": 0.5}),
        )
    if params.target == "XOR":
        return Status(
            "not_separable",
            Text("No line gets all four XOR points right; three is the best that one can do."),
            lead=Lead(Text("Two layers can"), "xor"),
        )
    return None


def _why_wrong(frame: GatesFrame) -> Text:
    """Says which points are wrong because they lie on the wrong side, and which because they lie on the line, where the
    sum is not above 0.
    """
    if frame.pivot is None:
        words = Text("without a line every input gets the answer {y}")
        return words(y=int(frame.outputs[0]))
    wrong = np.flatnonzero(~frame.right).tolist()
    on_line = [row for row in wrong if abs(frame.distances[row]) < _ON_THE_LINE and not frame.outputs[row]]
    beyond = [row for row in wrong if row not in on_line]
    found = []
    if beyond:
        words = Text("{points} on the wrong side of the line")
        found.append(words(points=_subject(beyond)))
    if on_line:
        words = Text("{points} on the line itself, where the sum is 0 and 0 is not above 0")
        found.append(words(points=_subject(on_line)))
    if len(found) == 1:
        return found[0]
    return Text("{one}, and {other}")(one=found[0], other=found[1])


def _subject(rows: Sequence[int]) -> Text:
    """Points as the subject of a sentence, with the verb: "(0, 0) and (1, 1) are"."""
    names = [f"({ROWS[row][0]}, {ROWS[row][1]})" for row in rows]
    if len(names) == 1:
        return Text("{row} is")(row=names[0])
    return Text("{rows} and {last} are")(rows=enumerated(names[:-1]), last=names[-1])


def _tidy(value: float) -> float:
    """A dragged value rounded to hundredths and clipped to its range."""
    return float(np.clip(np.round(value, 2), -LIMIT, LIMIT)) + 0.0
