"""Common mistakes in the functions of chapter 3."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import Changes, wrong

_COMPARED = "np.array(x > 0, dtype=int)"
_TO_STEP_FUNCTION = (
    wrong("from_zero", Text("At 0 itself you give 1. The step is 1 only where x is above 0."), ("x > 0", "x >= 0")),
    wrong("other_side", Text("0 and 1 are exchanged: positive numbers become 1."), ("x > 0", "x <= 0")),
    wrong(
        "signs",
        Text("These are signs: −1 for negative numbers. The step function gives 0 there."),
        (_COMPARED, "np.sign(x)"),
    ),
    wrong(
        "booleans",
        Text("These are True and False. Added, they make no 2: turn them into numbers."),
        (", dtype=int", ""),
        of_code=True,
    ),
    wrong("at_one", Text("The step comes at 1 here. It is at 0."), ("x > 0", "x > 1")),
    wrong(
        "relu",
        Text("This is ReLU: positive numbers pass as they are. The step makes 1 of each."),
        (_COMPARED, "np.maximum(x, 0)"),
    ),
    wrong(
        "sigmoid",
        Text("This is sigmoid, the smooth step. Here there is nothing between 0 and 1."),
        (_COMPARED, "1 / (1 + np.exp(-x))"),
        of_code=True,
    ),
)

_FALLS = Text("The curve falls where it should rise, as if x had the other sign.")
_SIZE = Text("Negative and positive numbers are given the same value here, as if only their size counted.")
_TANH = Text("This is tanh: S-shaped too, but from −1 to 1.")
_NO_NUMBER = Text("A power of e has become infinite here, or all of them 0, and the quotient is no number any more.")
_QUOTIENT = "np.where(x >= 0, 1, small) / (1 + small)"
_TO_SIGMOID = (
    wrong("turned", _FALLS, ("x >= 0", "x < 0")),
    wrong("turned_by_powers", _FALLS, (_QUOTIENT, "np.exp(-x) / (1 + np.exp(-x))"), of_code=True),
    wrong("magnitude", _SIZE, ("np.where(x >= 0, 1, small)", "1")),
    wrong("magnitude_turned", _SIZE, ("np.where(x >= 0, 1, small)", "small"), of_code=True),
    wrong(
        "slope",
        Text("This is the slope of the function, not its value."),
        (_QUOTIENT, "small / (1 + small) ** 2"),
    ),
    wrong("tanh", _TANH, (_QUOTIENT, "np.tanh(x)")),
    wrong("tanh_by_powers", _TANH, (_QUOTIENT, "(np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))"), of_code=True),
    wrong("overflow", _NO_NUMBER, (_QUOTIENT, "np.exp(x) / (1 + np.exp(x))"), of_code=True),
    wrong(
        "exponential",
        Text("This is e to the power of x: the 1 in the denominator is missing."),
        (_QUOTIENT, "np.exp(x)"),
    ),
    wrong(
        "brackets",
        Text("Python divides before it adds: the denominator needs brackets."),
        (_QUOTIENT, "1 + np.exp(-x)"),
    ),
)

_LARGEST = Text("max looks for the largest number of an array. Here each number is to be compared with 0 by itself.")
_TO_RELU = (
    wrong(
        "size",
        Text("Negative numbers have only lost their sign here. They are to become 0."),
        ("np.maximum(0, x)", "np.abs(x)"),
    ),
    wrong(
        "step",
        Text("This is the step function: it says whether a number is positive, and forgets how large it is."),
        ("np.maximum(0, x)", "np.where(x > 0, 1, 0)"),
    ),
    wrong(
        "other_side",
        Text("Here the negative numbers pass, and the positive ones do not."),
        ("np.maximum", "np.minimum"),
    ),
    wrong("leaky", Text("This is Leaky ReLU: below 0 something still comes through."), ("(0, x)", "(0.01 * x, x)")),
    wrong("largest", _LARGEST, ("np.maximum(0, x)", "np.max(x, axis=0)")),
    wrong("largest_of_all", _LARGEST, ("np.maximum(0, x)", "np.max(x)")),
)

_OF_A_ROW, _MAXIMUM = ", axis=-1, keepdims=True", "np.max(a, axis=-1, keepdims=True)"
_SHARES = "exp_a / np.sum(exp_a, axis=-1, keepdims=True)"
ONE_SUM: Changes = ((_OF_A_ROW, ""),)
"""The changes that make softmax treat a whole batch as one row."""
_SHARED_SUM = Text("You get exactly these numbers if the whole batch shares one sum. Each row is a sample of its own.")
_TO_SOFTMAX = (
    wrong("unshifted", _NO_NUMBER, ("a - c", "a")),
    wrong("maximum_added", Text("The maximum was added. It is taken away."), ("a - c", "a + c")),
    wrong(
        "undivided",
        Text("You get exactly these numbers if the powers are not divided: their sum is not 1."),
        (_SHARES, "exp_a"),
    ),
    wrong("one_sum", _SHARED_SUM, *ONE_SUM),
    wrong("one_sum_of_shifted", _SHARED_SUM, (f"exp_a{_OF_A_ROW}", "exp_a")),
    wrong("columns", Text("Here the columns sum to 1. A sample is a row."), ("axis=-1", "axis=0")),
    wrong(
        "sums_as_a_row",
        Text("Each row was divided by the sums of other rows too: (N,) is laid along the columns by NumPy."),
        (f"exp_a{_OF_A_ROW}", "exp_a, axis=-1"),
    ),
    wrong(
        "one_maximum",
        Text("One maximum was taken from all rows. A row far below it is left with powers that are all 0."),
        (_MAXIMUM, "np.max(a)"),
    ),
    wrong(
        "turned",
        Text("The smallest score got the largest probability: a sign is wrong in the exponent."),
        ("a - c", "c - a"),
    ),
    wrong(
        "shares",
        Text("The scores themselves were divided. First comes e to the power of each."),
        ("np.exp(a - c)", "a"),
    ),
    wrong(
        "sum_of_scores",
        Text("The powers were divided by the sum of the scores. It takes the sum of the powers."),
        ("np.sum(exp_a", "np.sum(a"),
    ),
    wrong(
        "maxima_as_a_row",
        Text(
            "The maxima lie as a row, so NumPy took from each column the maximum of another sample. keepdims keeps "
            "them beside their rows."
        ),
        (_MAXIMUM, "np.max(a, axis=-1)"),
    ),
    wrong(
        "both_as_a_row",
        Text(
            "Maxima and sums lie as a row, so each column was treated with those of another sample. keepdims keeps "
            "them beside their rows."
        ),
        (", keepdims=True", ""),
    ),
    wrong(
        "not_turned_back",
        Text("The numbers are right, but rows and columns have changed places: what was turned has to be turned back."),
        (_SHARES, f"({_SHARES}).T"),
    ),
    wrong(
        "maximum_below",
        Text(
            "The maximum was taken away below the line only. Above it has to be taken away, too, or the rows do not "
            "sum to 1."
        ),
        ("return exp_a", "return np.exp(a)"),
    ),
)

_TO_FORWARD = (
    wrong(
        "no_biases",
        Text("You get exactly these numbers without the biases."),
        *((f' + network["b{number}"]', "") for number in (1, 2, 3)),
    ),
    wrong(
        "linear",
        Text("No activation was used at all: three such layers are no more than one."),
        ("sigmoid(", "("),
    ),
    wrong(
        "squeezed",
        Text("The output went through sigmoid, too. Here it is the sum itself."),
        ('np.dot(z2, network["W3"]) + network["b3"]', 'sigmoid(np.dot(z2, network["W3"]) + network["b3"])'),
    ),
    wrong(
        "linear_second",
        Text("The second layer's sums went on without an activation."),
        ("z2 = sigmoid(", "z2 = ("),
    ),
    wrong("linear_first", Text("The first layer's sums went on without an activation."), ("z1 = sigmoid(", "z1 = (")),
    wrong(
        "biases_behind",
        Text("The biases were added after sigmoid. They belong to the sum that goes into it."),
        (' + network["b1"])', ') + network["b1"]'),
        (' + network["b2"])', ') + network["b2"]'),
    ),
    wrong("biases_away", Text("The biases were taken away. They are added."), (" + network", " - network")),
    wrong(
        "tanh",
        Text("These are the numbers with tanh between the layers. Here it is sigmoid."),
        ("sigmoid(", "np.tanh("),
    ),
    wrong(
        "relu",
        Text("These are the numbers with ReLU between the layers. Here it is sigmoid."),
        ("sigmoid(", "np.maximum(0, "),
    ),
    wrong(
        "weights_left",
        Text("W stands on the left of the last product, so its rows were used. Each neuron has a column of W."),
        ('np.dot(z2, network["W3"])', 'np.dot(network["W3"], z2)'),
    ),
)

MISTAKES = {
    "step_function": _TO_STEP_FUNCTION,
    "sigmoid": _TO_SIGMOID,
    "relu": _TO_RELU,
    "softmax": _TO_SOFTMAX,
    "forward": _TO_FORWARD,
}
