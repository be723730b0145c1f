"""Common mistakes in the losses of chapter 4."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import wrong

_SQUARED = "(y - t) ** 2"
_SUM_SQUARED_ERROR = (
    wrong("not_halved", Text("This is the whole sum of squares, not half."), ("0.5 * ", "")),
    wrong(
        "mean",
        Text("This is the mean of the squares: it is divided by the number of classes. Here it is by 2."),
        ("0.5 * np.sum", "np.mean"),
    ),
    wrong("half_mean", Text("The number of classes has been divided by, too."), ("np.sum", "np.mean")),
    wrong(
        "sum_squared",
        Text("First summed, then squared: errors of opposite sign cancel out. Each is squared by itself."),
        (f"np.sum({_SQUARED})", "np.sum(y - t) ** 2"),
    ),
    wrong(
        "not_squared",
        Text("The differences are not squared: those of opposite sign cancel out."),
        (_SQUARED, "y - t"),
    ),
    wrong("sizes", Text("These are sizes of errors, and not squares."), (_SQUARED, "np.abs(y - t)")),
    wrong(
        "root",
        Text("This is the distance between y and t. No root is taken of the sum."),
        (f"0.5 * np.sum({_SQUARED})", f"np.sqrt(np.sum({_SQUARED}))"),
    ),
    wrong("turned", Text("Squares are not negative, and neither is their sum."), ("0.5", "-0.5")),
    wrong("added", Text("y and t are added. The error is their difference."), ("y - t", "y + t")),
    wrong(
        "squares_apart",
        Text("y and t are squared apart. It is the difference that is squared."),
        (_SQUARED, "y**2 - t**2"),
    ),
    wrong(
        "entropy",
        Text("This is the cross entropy error, another loss."),
        (f"0.5 * np.sum({_SQUARED})", "-np.sum(t * np.log(y + 1e-7))"),
        of_code=True,
    ),
)

_PICKED = (
    wrong(
        "every_row",
        Text("A colon takes all rows, so each row gives the columns of all samples. Rows and columns go in pairs."),
        ("y[n, t]", "y[:, t]"),
    ),
    wrong(
        "whole_rows",
        Text("With one array of indices, whole rows are taken. t names columns: each row needs its own number too."),
        ("y[n, t]", "y[t]"),
    ),
    wrong(
        "largest",
        Text("This takes the largest of each row. It is the right class that counts, large or small."),
        ("y[n, t]", "y.max(axis=1)"),
    ),
    wrong(
        "turned",
        Text("Rows and columns are exchanged: the first index is the row."),
        ("y[n, t]", "y[t, n]"),
        of_code=True,
    ),
    wrong("by_one", Text("Classes are counted from 0, as indices are."), ("y[n, t]", "y[n, t - 1]")),
    wrong(
        "class_numbers",
        Text("Those are class numbers. It is the probabilities that are wanted."),
        ("y[n, t]", "y.argmax(axis=1)"),
        of_code=True,
    ),
    wrong(
        "logarithms",
        Text("The right numbers were picked. Their logarithm comes only in the loss."),
        ("y[n, t]", "-np.log(y[n, t])"),
        of_code=True,
    ),
    wrong(
        "averaged",
        Text("The right numbers were picked, and then averaged. Each sample has a number of its own."),
        ("y[n, t]", "y[n, t].mean()"),
    ),
)

_TO_NUMBERS = "    if t.size == y.size:\n        t = t.argmax(axis=1)\n"
_RIGHT_CLASS = "y[np.arange(batch_size), t]"
_LOGARITHMS = f"np.log({_RIGHT_CLASS} + 1e-7)"
AS_ONE_HOT = ((_TO_NUMBERS, ""), (_LOGARITHMS, "t * np.log(y + 1e-7)"))
"""The changes after which all labels are taken as one-hot."""
_LARGEST = Text("This takes the largest output of each row. It is that of the right class that counts, large or small.")
_CROSS_ENTROPY_ERROR = (
    wrong(
        "unmended",
        Text("The class numbers were multiplied with the logarithms, as if they were one-hot rows."),
        *AS_ONE_HOT,
    ),
    wrong(
        "unguarded",
        Text("The logarithm of 0 is infinite, and 0 times that is no number. See that it is never taken."),
        (_TO_NUMBERS, ""),
        (_LOGARITHMS, "t * np.log(y)"),
    ),
    wrong(
        "summed",
        Text("This is the sum over the samples. With twice as many it would be twice as large."),
        (" / batch_size", ""),
    ),
    wrong(
        "numbers_summed",
        Text("For class numbers this is the sum over the samples, for one-hot rows the mean."),
        (_TO_NUMBERS, f"    mean_of = len(y) if t.size == y.size else 1\n{_TO_NUMBERS}"),
        ("/ batch_size", "/ mean_of"),
    ),
    wrong(
        "over_all",
        Text("The number of classes has been divided by, too. Only the samples are averaged."),
        ("/ batch_size", "/ y.size"),
    ),
    wrong(
        "over_classes",
        Text("It is divided by the number of classes. It should be that of the samples."),
        ("/ batch_size", "/ y.shape[1]"),
    ),
    wrong("turned", Text("A logarithm of a probability is negative, a loss is not."), ("-np.sum", "np.sum")),
    wrong("picked_unguarded", Text("The logarithm of 0 is infinite. See that it is never taken."), (" + 1e-7", "")),
    wrong(
        "logarithm_of_sum",
        Text("First summed, then the logarithm: it should be the other way round, a logarithm for each sample."),
        (f"np.sum({_LOGARITHMS})", f"np.log(np.sum({_RIGHT_CLASS}) + 1e-7)"),
    ),
    wrong(
        "base_ten",
        Text("This is the logarithm to base 10. Here it is the natural one, to base e."),
        ("np.log", "np.log10"),
    ),
    wrong(
        "base_two",
        Text("This is the logarithm to base 2. Here it is the natural one, to base e."),
        ("np.log", "np.log2"),
    ),
    wrong("largest", _LARGEST, (_RIGHT_CLASS, "np.max(y, axis=1)")),
    wrong("largest_for_one_hot", _LARGEST, ("t.argmax", "y.argmax")),
    wrong("largest_for_numbers", _LARGEST, (_TO_NUMBERS, f"{_TO_NUMBERS}    else:\n        t = y.argmax(axis=1)\n")),
    wrong(
        "all_pairs",
        Text("Each sample was asked for the classes of all samples. Rows and columns go in pairs."),
        (_RIGHT_CLASS, "y[:, t]"),
    ),
    wrong(
        "half_sum",
        Text("This is half the sum of squared errors, another loss."),
        (_TO_NUMBERS, ""),
        (f"-np.sum({_LOGARITHMS}) / batch_size", "0.5 * np.sum((y - t) ** 2)"),
    ),
)

MISTAKES = {
    "sum_squared_error": _SUM_SQUARED_ERROR,
    "picked": _PICKED,
    "cross_entropy_error": _CROSS_ENTROPY_ERROR,
}
