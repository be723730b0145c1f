"""Common mistakes in the perceptrons of chapter 2."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import wrong

_WRONG_SIGN = Text("b counts with the wrong sign. The bias is added; what is compared with has the other sign.")
_CHANGED_PLACES = Text("Both answers have changed places.")
_ALWAYS_THE_SAME = Text("The answer is always the same, whatever the inputs, w and b are.")
_TO_AND = (
    wrong("no_bias", Text("The bias does not count here. It decides how many 1s are enough for a 1."), (" + b", "")),
    wrong(
        "bias_high",
        Text("With the w and b in your heading a single 1 is enough. Is the bias low enough?"),
        ("b=-0.7", "b=-0.2"),
        of_code=True,
    ),
    wrong("threshold", _WRONG_SIGN, ("+ b", "- b")),
    wrong("own_threshold", _WRONG_SIGN, ("+ b", "- b"), ("b=-0.7", "b=0.7"), of_code=True),
    wrong(
        "bias_twice",
        Text("The bias weighs twice as much as it should, compared with the sum of the inputs."),
        ("+ b", "+ 2 * b"),
        of_code=True,
    ),
    wrong(
        "added",
        Text("Inputs and weights were added. A weight says how much its input counts: the two are multiplied."),
        ("np.array(w) * ", "np.array(w) + "),
    ),
    wrong("other_side", _CHANGED_PLACES, ("1 if a > 0 else 0", "0 if a > 0 else 1")),
    wrong("below", _CHANGED_PLACES, ("a > 0", "a < 0"), of_code=True),
    wrong("sum", Text("This is the sum itself. The step is missing."), ("1 if a > 0 else 0", "a")),
    wrong("on_the_line", Text("A sum of exactly 0 is not above 0."), ("a > 0", "a >= 0")),
    wrong(
        "bias_up",
        Text("The b in your heading does not pull the sum down, as it has to for AND."),
        ("b=-0.7", "b=0.7"),
        of_code=True,
    ),
    wrong(
        "never",
        Text("With the w and b in your heading no sum gets above 0, not even that of two 1s."),
        ("w=(0.5, 0.5), b=-0.7", "w=(0.0, 0.0), b=0.0"),
        of_code=True,
    ),
    wrong("always_1", _ALWAYS_THE_SAME, ("1 if a > 0 else 0", "1"), of_code=True),
    wrong("always_0", _ALWAYS_THE_SAME, ("1 if a > 0 else 0", "0"), of_code=True),
    wrong(
        "own_numbers",
        Text("Your gate answers the same whatever w and b it is given: use those, and choose them in the heading."),
        ("    a = ", "    w, b = (0.5, 0.5), -0.7\n    a = "),
        of_code=True,
    ),
    wrong(
        "own_bias",
        Text("Your gate has a bias of its own, whatever b it is given: use that, and choose it in the heading."),
        ("    a = ", "    b = -0.7\n    a = "),
        of_code=True,
    ),
)

_JOINED_BY_PYTHON = Text(
    "The rows are right, but only two gates stand there, and Python joins their answers. A third gate is to do that."
)
_TO_XOR = (
    wrong(
        "and_below",
        Text(
            "It is AND again. Above, both gates have to agree: for two 1s one of them says 0, for a single 1 neither."
        ),
        ("= NAND", "= AND"),
    ),
    wrong("or_above", Text("It is always 1: above, both gates have to agree."), ("return AND", "return OR")),
    wrong(
        "four_nands",
        Text("The rows are right, with four gates: so many it takes of NAND alone. With AND and OR fewer do."),
        ("s2 = OR(x1, x2)", "s2 = NAND(x1, s1)"),
        ("AND(s1, s2)", "NAND(s2, NAND(x2, s1))"),
    ),
    wrong(
        "no_gates",
        Text("The rows are right, but no gate was asked. Let the gates answer."),
        ("NAND(x1, x2)", "1 - x1 * x2"),
        ("s2 = OR(x1, x2)", "s2 = x1 + x2"),
        ("AND(s1, s2)", "s1 * s2"),
    ),
    wrong(
        "or_alone",
        Text("It is OR again: for two 1s one of the gates below has to say 0."),
        ("AND(s1, s2)", "AND(s2, s2)"),
    ),
    wrong(
        "nand_alone",
        Text("It is NAND again: two 0s have to give 0."),
        ("AND(s1, s2)", "AND(s1, s1)"),
    ),
    wrong(
        "turned",
        Text("All four answers are the other way round: the gate above has to say 1 where both below do."),
        ("return AND", "return NAND"),
    ),
    wrong(
        "always_0",
        Text("It is always 0: for a single 1 both gates below have to say 1."),
        ("s2 = OR", "s2 = AND"),
    ),
    wrong("by_python", _JOINED_BY_PYTHON, ("AND(s1, s2)", "s1 and s2")),
    wrong(
        "by_python_at_once",
        _JOINED_BY_PYTHON,
        (
            "    s1 = NAND(x1, x2)\n    s2 = OR(x1, x2)\n    return AND(s1, s2)",
            "    return NAND(x1, x2) and OR(x1, x2)",
        ),
    ),
    wrong(
        "by_python_or_first",
        _JOINED_BY_PYTHON,
        (
            "    s1 = NAND(x1, x2)\n    s2 = OR(x1, x2)\n    return AND(s1, s2)",
            "    return OR(x1, x2) and NAND(x1, x2)",
        ),
    ),
)

_TO_UPDATE = (
    wrong(
        "turned",
        Text("The line moves away from the point: what is added has the wrong sign."),
        ("t - y", "y - t"),
    ),
    wrong(
        "weights_only",
        Text("The bias has stayed as it was. It learns, too."),
        ("b + rate * error", "b"),
    ),
    wrong("without_rate", Text("You get exactly these numbers if rate does not count."), ("rate * error", "error")),
    wrong(
        "without_x",
        Text("Both weights moved by the same amount, as the bias does. Each input has its own share in a mistake."),
        ("error * x", "error"),
    ),
    wrong("always", Text("It learns from a right answer, too. Only mistakes count."), ("t - y", "2 * t - 1")),
    wrong(
        "answer_without_b",
        Text("The neuron was asked without its bias: what it answers depends on b, too."),
        (") + b > 0", ") > 0"),
    ),
    wrong(
        "sum",
        Text("Here y is the sum itself. The neuron answers 1 or 0: the step is missing."),
        ("1 if np.dot(w, x) + b > 0 else 0", "np.dot(w, x) + b"),
    ),
    wrong(
        "minus_one",
        Text("Here the neuron answers −1 where it should answer 0, so it learns twice as much, or from right answers."),
        ("else 0", "else -1"),
    ),
)

MISTAKES = {"AND": _TO_AND, "XOR": _TO_XOR, "update": _TO_UPDATE}
