"""Common mistakes in the gradients and descents of chapter 4."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import wrong

_FLOATS, _ROOM = "    x = np.asarray(x, dtype=float)\n", "    grad = np.zeros_like(x)\n"
_COPIED = ("np.asarray(x, dtype=float)", "np.array(x, dtype=float)")
_PUT_BACK = "        x[idx] = tmp_val\n"
IN_WHOLE_NUMBERS = ((_FLOATS, ""),)
"""The change after which an array of whole numbers is left as it is."""
_NUMERICAL_GRADIENT = (
    wrong(
        "unmended",
        Text("x + h and x − h lose their fractions when they are stored in an array of whole numbers."),
        *IN_WHOLE_NUMBERS,
    ),
    wrong(
        "gradient_only",
        Text("The gradient keeps its fractions now. The places at which f is asked still lose theirs."),
        (_FLOATS + _ROOM, "    grad = np.zeros(x.shape)\n"),
    ),
    wrong(
        "places_only",
        Text("f is asked at the right places now. The result is still put into an array of whole numbers."),
        (_FLOATS + _ROOM, _ROOM + _FLOATS),
    ),
    wrong(
        "whole_step",
        Text("A step of 1 survives, but is no small one: beside a curve that bends it is not the slope."),
        ("h = 1e-4", "h = 1"),
    ),
    wrong(
        "coarse",
        Text("h is too large: the curve bends between the two places. Take 1e-4."),
        ("h = 1e-4", "h = 1e-1"),
    ),
    wrong(
        "not_put_back",
        Text("The number was not put back: each further slope is asked for at another place."),
        _COPIED,
        (_PUT_BACK, ""),
    ),
    wrong(
        "single",
        Text("float32 holds seven digits, and most of them go when two values so near are subtracted."),
        ("dtype=float", "dtype=np.float32"),
    ),
    wrong(
        "forward_only",
        Text("These are forward differences: the value here and one beside it. Take one on either side."),
        ("tmp_val - h", "tmp_val"),
        ("(2 * h)", "h"),
    ),
    wrong("one_step", Text("Everything is twice as large: how far apart are the two places?"), ("(2 * h)", "h")),
    wrong(
        "without_brackets",
        Text("Everything is far too small: Python divides and multiplies from left to right."),
        ("(2 * h)", "2 * h"),
    ),
    wrong(
        "all_at_once",
        Text("All numbers of x were moved at once, so each entry is the sum of all slopes."),
        ("        x[idx] = tmp_val + h\n        fxh1 = f(x)\n", "        fxh1 = f(x + h)\n"),
        ("        x[idx] = tmp_val - h\n        fxh2 = f(x)\n", "        fxh2 = f(x - h)\n"),
    ),
    wrong("on_a_copy", Text("f looks at x itself and never saw a change: what was moved is a copy."), _COPIED),
    wrong(
        "turned",
        Text("The slopes have the wrong sign: below was taken from above the other way round."),
        ("fxh1 - fxh2", "fxh2 - fxh1"),
    ),
    wrong(
        "led_back",
        Text("Everything is half as large: the second place is x itself again, not one on the other side."),
        ("tmp_val - h", "tmp_val"),
    ),
    wrong(
        "nothing_seen",
        Text("All slopes are 0: is h large enough to be seen beside x, and is each quotient stored?"),
        ("grad[idx] =", "slope ="),
        of_code=True,
    ),
)

_STEP = "x -= lr * numerical_gradient(f, x)"
_RATE, _NUMBER = ("lr * ", "0.01 * "), ("range(step_num)", "range(100)")
_GRADIENT_DESCENT = (
    wrong("uphill", Text("It climbs: the gradient points uphill."), ("x -=", "x +=")),
    wrong("without_rate", Text("You get exactly these numbers if lr does not count."), ("lr * ", "")),
    wrong(
        "one_step",
        Text("It ends after a single step. Where does return stand?"),
        ("    return x", "        return x"),
        of_code=True,
    ),
    wrong(
        "slope_of_the_start",
        Text("All steps were taken with the gradient of the start. It has to be asked for where x stands now."),
        ("(f, x)", "(f, init_x)"),
    ),
    wrong(
        "fixed_rate",
        Text("You get exactly these numbers with lr = 0.01, whatever is handed over."),
        _RATE,
        of_code=True,
    ),
    wrong(
        "fixed_number",
        Text("You get exactly these numbers after 100 steps, whatever step_num is."),
        _NUMBER,
        of_code=True,
    ),
    wrong(
        "both_fixed",
        Text("You get exactly these numbers with lr = 0.01 and 100 steps, whatever is handed over."),
        _RATE,
        _NUMBER,
        of_code=True,
    ),
    wrong(
        "from_the_start",
        Text("Every step was taken from init_x again. It has to be taken from where x stands now."),
        ("x -= lr", "x = init_x - lr"),
    ),
    wrong(
        "always_from_the_start",
        Text(
            "Of all steps one alone is left: does each begin at the start again, or does the loop end with the first?"
        ),
        (_STEP, f"x = init_x.copy()\n        {_STEP}"),
    ),
    wrong(
        "step_alone",
        Text("What is left is the last step alone. It has to be taken from where x stood."),
        ("x -= lr", "x = -lr"),
    ),
    wrong(
        "by_height",
        Text("x was moved by the value of f. It is the gradient that says where and how far."),
        ("numerical_gradient(f, x)", "f(x)"),
    ),
)

_SQUARE = "(x[1] - 2) ** 2"
CUBIC = ((_SQUARE, "(x[1] - 2) ** 3"),)
"""The change after which the bowl has no bottom."""
_FUNC1 = (
    wrong("unmended", Text("x1 runs off: below 2 this term falls on and on, so there is no bottom."), *CUBIC),
    wrong(
        "turned",
        Text("Now it falls on the other side, beyond 2. There is still no bottom."),
        (f"+ {_SQUARE}", "- (x[1] - 2) ** 3"),
    ),
    wrong(
        "without_sign",
        Text("There is a bottom now, but the nearer, the flatter: this direction is not as steep as the others."),
        (_SQUARE, "abs(x[1] - 2) ** 3"),
    ),
    wrong(
        "fourth_power",
        Text("There is a bottom now, but with a fourth power: steeper far away, and flatter near it."),
        (_SQUARE, "(x[1] - 2) ** 4"),
    ),
    wrong("moved", Text("This bowl is lowest at x1 = 0."), (_SQUARE, "x[1] ** 2")),
    wrong("moved_and_lowered", Text("This bowl is lowest at x1 = 0."), (_SQUARE, "x[1] ** 2 - 2")),
    wrong(
        "upside_down",
        Text("This term is a hill, not a bowl: with this sign it falls without end on both sides."),
        (f"+ {_SQUARE}", f"- {_SQUARE}"),
    ),
    wrong("other_place", Text("This bowl is lowest at x1 = −2."), (_SQUARE, "(x[1] + 2) ** 2")),
    wrong(
        "edge",
        Text("There is a bottom now, but an edge at it: each step jumps across, as the slope never gets smaller."),
        (_SQUARE, "abs(x[1] - 2)"),
    ),
    wrong(
        "steeper",
        Text("The bottom is right, but this direction is steeper than the others."),
        (_SQUARE, f"2 * {_SQUARE}"),
    ),
)

_HANDED_OVER = "lambda W: self.loss(x, t), self.W"
_SIMPLE_NET = (
    wrong(
        "constant",
        Text(
            "No weight has any effect here. Is the loss computed anew in each call of f, and is it self.W that is "
            "moved, not a copy?"
        ),
        (_HANDED_OVER, f"{_HANDED_OVER}.copy()"),
        of_code=True,
    ),
    wrong(
        "of_inputs",
        Text("Those are the slopes by the inputs. It is the weights that are moved."),
        (_HANDED_OVER, "lambda W: self.loss(x, t), x"),
    ),
    wrong(
        "uphill",
        Text("All slopes have the other sign. A step downhill is taken later, not here."),
        ("return numerical", "return -numerical"),
    ),
    wrong(
        "averaged",
        Text("The slopes were divided by N. This loss is a sum: it is not divided by N."),
        (_HANDED_OVER, "lambda W: self.loss(x, t) / len(x), self.W"),
    ),
    wrong(
        "first_sample",
        Text("Only the first sample was looked at. The loss has a part of all."),
        (_HANDED_OVER, "lambda W: self.loss(x[:1], t[:1]), self.W"),
    ),
    wrong(
        "of_output",
        Text("Those are slopes of the outputs' sum. It is the loss that has to fall."),
        (_HANDED_OVER, "lambda W: np.sum(np.dot(x, self.W)), self.W"),
    ),
    wrong(
        "squared",
        Text("The loss was squared once more."),
        (_HANDED_OVER, "lambda W: self.loss(x, t) ** 2, self.W"),
    ),
    wrong(
        "loss_itself",
        Text("That is the loss, for every weight. How much does it change with each?"),
        (f"numerical_gradient({_HANDED_OVER})", "np.full_like(self.W, self.loss(x, t))"),
    ),
)

MISTAKES = {
    "numerical_gradient": _NUMERICAL_GRADIENT,
    "gradient_descent": _GRADIENT_DESCENT,
    "func1": _FUNC1,
    "SimpleNet": _SIMPLE_NET,
}
