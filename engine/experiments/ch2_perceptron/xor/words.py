"""The texts of `xor`: headline, status and remedies."""

from __future__ import annotations

import numpy as np

from engine.contract.api import Remedy, Status, Text, format_real, listed, untranslated
from engine.experiments.ch2_perceptron.xor.params import (
    AND,
    LIMIT,
    NAND,
    NEURONS,
    OR,
    ROWS,
    XOR,
    XorFrame,
    XorParams,
    gate_text,
    tidy,
)
from engine.nn.perceptrons import best_line, neuron_sum


def headline(params: XorParams, frame: XorFrame) -> Text:
    """One sentence: how the hidden layer moves the four points and which are wrong then, or the best of
    one perceptron.
    """
    if params.view == "single":
        return Text("One perceptron with w at {direction:g}°: whatever b is, at most {count} of 4 points are right.")(
            direction=params.direction, count=frame.best_count
        )
    fold = _fold(params, frame)
    if frame.correct == 4:
        return Text("{fold}. Now one line gets all 4 right.")(fold=fold)
    wrong = [row for row, right in zip(ROWS, frame.right, strict=True) if not right]
    return Text("{fold}. Wrong: {wrong}.")(fold=fold, wrong=listed(wrong))


def status(params: XorParams, hidden: np.ndarray, right: np.ndarray, places: np.ndarray) -> Status | None:
    """A notice that says why not all four points are right; None if they are."""
    if params.view == "single":
        text = Text("Turn w, the line, or go along the curve: b is always the best for that direction.")
        return Status("best_bias", text)
    for name, neuron, usual in zip(NEURONS, params.neurons, (NAND, OR, AND), strict=True):
        if neuron[:2] == (0, 0):
            text = Text("Both weights of {name} are 0, so it has no line.")
            return Status("no_line", text(name=name), Remedy(_back(name), {name: usual}))
    if np.all(right):
        return None
    for place in range(int(np.max(places)) + 1):
        group = np.flatnonzero(places == place)
        if len(set(XOR[group])) > 1:
            # No button, and no conclusion: dragging is to undo it, and a question asks what a line of y can still do.
            text = Text("{rows} share a hidden point, but need different answers.")
            return Status("mixed", text(rows=listed([ROWS[row] for row in group])))
    w, b, count = best_line(hidden, XOR)
    if count < 4:
        text = Text("No line can separate these points; the best one gets {count} of 4 right.")
        back = Remedy(Text("NAND and OR for s1 and s2"), {"s1": NAND, "s2": OR})
        return Status("not_separable", text(count=count), back)
    text = Text("Some line can separate these hidden points, but this one does not.")
    return Status("wrong_line", text, _separating(params, hidden, w, b))


def _fold(params: XorParams, frame: XorFrame) -> Text:
    """Says which gates s1 and s2 are and which of the four points the hidden layer maps to the same place."""
    s1, s2 = (gate_text(gate, params.activation) for gate in frame.gates[:2])
    if frame.distinct == 4:
        return Text("XOR: s1 ({s1}) and s2 ({s2}) send the four points to four places")(s1=s1, s2=s2)
    meetings = [
        Text("{rows} meet at {place}")(
            rows=listed([ROWS[row] for row in group]), place=_spelled(frame.hidden[group[0]])
        )
        for group in frame.meeting()
    ]
    joined = meetings[0]
    for meeting in meetings[1:]:
        joined = Text("{one}, {other}")(one=joined, other=meeting)
    return Text("XOR: s1 ({s1}) and s2 ({s2}) fold the 4 points into {distinct}: {meetings}")(
        s1=s1, s2=s2, distinct=frame.distinct, meetings=joined
    )


def _separating(params: XorParams, hidden: np.ndarray, w: np.ndarray, b: float) -> Remedy | None:
    """The remedy that gives y a separating line, with weights in hundredths; None if rounding makes a point wrong."""
    nearest = float(np.min(np.abs(hidden @ w + b)))
    scale = min(0.25 / nearest, LIMIT / float(np.max(np.abs([*w, b]))))
    y = (tidy(scale * w[0]), tidy(scale * w[1]), tidy(scale * b))
    outputs = params.activate(neuron_sum(hidden, y))
    return Remedy(_back("y"), {"y": y}) if np.all((outputs >= 0.5) == (XOR == 1)) else None


def _back(name: str) -> Text:
    return Text("A line for {name} that works")(name=name)


def _spelled(point: np.ndarray) -> Text:
    across, up = (format_real(float(np.round(part, 2))) for part in point)
    return untranslated(f"({across}, {up})")
