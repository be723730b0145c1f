"""The texts of `losses`: headlines, notices and tooltips, whose figures are all computed."""

from __future__ import annotations

import math

from engine.contract.api import (
    ProbePoint,
    Remedy,
    Status,
    Text,
    counted,
    in_powers,
    notation,
    required,
    untranslated,
)
from engine.experiments.ch4_training.losses.frame import NEAREST, Compared, LossesFrame
from engine.experiments.ch4_training.losses.params import CLOSE, LossesParams, scaled_to_one, sums_to_one

SAME = 1e-9
"""Two losses that differ by less than this are called equal."""
# A guard of 1e−7 makes no loss as negative as that.
_BELOW_0 = -1e-6
_NOT_A_NUMBER = Text("not a number")

_ONE = Text("Class {target} gets {y}: cross entropy {entropy}, ½ sum of squares {half}, mean square {mean}.")
_UNGUARDED = Text("y = {y}: −log y is {loss}; with nothing added it grows without limit as y goes to 0.")
_GUARDED = Text("y = {y}: −log y is {loss}, with {guard} added it is {guarded}, and it never exceeds {ceiling}.")
_BATCH = Text("The loss of the batch is the mean of its {rows}: {mean}; the worst row alone has {worst}.")
_SILENT = Text("Class numbers in the one-hot formula give {wrong} instead of {right}, and no error is raised.")
_BY_CHANCE = Text("Class numbers in the one-hot formula happen to give the right {right} here as well.")
_REFUSED = Text("{n} class numbers do not fit rows of {c}, so NumPy raises an error. The right mean is {right}.")
_NO_MEAN = Text("½Σ = {wrong} is halved, not averaged: the mean over {c} classes is {right}.")
_TWO_CLASSES = Text("With 2 classes ½Σ and (1/n)Σ are both {right}; with any other number of classes they differ.")
_BOTH_ZERO = Text("Every row is completely right, so both errors are 0.")
_NOT_DIVIDED = Text("Without /N the loss is {wrong}, {n} times the mean {right}: it grows with the batch.")
_NEGATIVE_NOT_DIVIDED = Text(
    "Without /N the loss is {wrong}, {n} times the mean {right}: the larger the batch, the further below 0."
)
_SAME_NOT_DIVIDED = Text("With or without /N the loss is {right}: here the division makes no difference.")
_INFINITE = Text(
    "y{k} = 0 and nothing is added: −log 0 is infinite, and so is the mean of every batch with this sample."
)
_INFINITE_ROW = Text("Row {row} gives its right class 0; a single infinite row makes the whole mean infinite.")
_SUM = Text("The outputs sum to {total}, so they are not probabilities.")
_SUM_OF_ROW = Text("Row {row} sums to {total}, so its outputs are not probabilities.")
_SCALE = Text("Scale to 1")
_NEGATIVE = Text("With {guard} added, log(1 + {guard}) is above 0, so the loss can become negative.")
_AT_RIGHT = Text("class {k}, the right one: y = {y}, t = 1, (y − t)² = {square}, −log y = {loss}")
_AT_WRONG = Text("class {k}: y = {y}, t = 0, (y − t)² = {square}; cross entropy ignores it")
_AT_SHARING = Text(
    "class {k}: y = {y}, t = 0, (y − t)² = {square}; cross entropy reads only y{right}, which gives way when y{k} moves"
)
_AT_CURVE = Text("y = {y}: −log y = {loss}, ½(y − 1)² = {square}")
_AT_NEAR = Text("y = {y}: −log y = {loss}")
_AT_GUARDED = Text("y = {y}: −log y = {loss}, −log(y + {guard}) = {guarded}")
_AT_LABEL = Text("row {row}, class {k}: y = {y}, its label; the row costs {loss}")
_AT_OTHER = Text("row {row}, class {k}: y = {y}, t = 0; the label is {label}")


def spelled(loss: float) -> Text:
    """A loss as text with up to six decimals; a smaller one is not rounded to 0."""
    if math.isnan(loss):
        return _NOT_A_NUMBER
    if math.isinf(loss):
        return untranslated("∞")
    # Six decimals, but what is not 0 is not shown as 0.
    return untranslated(in_powers(round(loss, 6), 9) if abs(loss) >= 1e-6 else in_powers(loss, 3))


def short(loss: float) -> Text:
    """A loss as text with always four decimals, so that its width does not change."""
    if not math.isfinite(loss):
        return spelled(loss)
    return notation("{loss:.4f}")(loss=round(loss, 4) + 0.0)


def share_text(y: float) -> str:
    """An output as the label of its bar: two decimals, one digit for small ones."""
    return f"{y:.2f}" if y >= 0.095 else in_powers(y, 1)


def headline(params: LossesParams, frame: LossesFrame) -> Text:
    """One sentence about the current view: the losses, the guard, or the batch."""
    if params.view == "batch":
        return _of_batch(params, frame)
    values = {"target": frame.target, "y": in_powers(frame.right, 4)}
    if params.view == "one":
        half, mean = short(frame.half_sum), short(frame.mean_square)
        return _ONE(**values, entropy=short(frame.cross_entropy), half=half, mean=mean)
    if params.guard == "off":
        return _UNGUARDED(y=values["y"], loss=spelled(frame.unguarded))
    return _GUARDED(
        y=values["y"],
        loss=spelled(frame.unguarded),
        guard=guard_name(params),
        guarded=spelled(frame.cross_entropy),
        ceiling=short(frame.ceiling),
    )


def guard_name(params: LossesParams) -> str:
    """The guard as text with a typographic minus sign, such as 1e−7."""
    return params.guard.replace("-", "\N{MINUS SIGN}")


def _of_batch(params: LossesParams, frame: LossesFrame) -> Text:
    found = frame.compared(params.pitfall)
    n, c = frame.rows.shape
    values = {"n": n, "c": c, "right": short(found.loss)}
    if found.wrong_loss is None:
        worst = float(max(frame.row_cross_entropy))
        return _BATCH(rows=counted(n, "row"), mean=short(found.loss), worst=short(worst))
    return _of_mistake(params.pitfall, frame, found)(**values, wrong=short(found.wrong_loss))


def _of_mistake(pitfall: str, frame: LossesFrame, found: Compared) -> Text:
    """The wording that explains what the mistake ``pitfall`` does to the batch's loss."""
    n, c = frame.rows.shape
    match pitfall:
        case "class_numbers" if frame.naive_error:
            return _REFUSED
        case "class_numbers":
            # Two infinite losses have no difference.
            wrong = required(found.wrong_loss)
            by_chance = wrong == found.loss or abs(wrong - found.loss) < SAME
            return _BY_CHANCE if by_chance else _SILENT
        case "half_sum_as_mean" if found.loss < SAME:
            return _BOTH_ZERO
        case "half_sum_as_mean":
            return _TWO_CLASSES if c == 2 else _NO_MEAN
    if math.isinf(found.loss) or abs(found.loss) < SAME or n == 1:
        return _SAME_NOT_DIVIDED
    return _NOT_DIVIDED if found.loss > 0 else _NEGATIVE_NOT_DIVIDED


def status_of(params: LossesParams, frame: LossesFrame) -> Status | None:
    """The notice for an infinite loss, for outputs that do not sum to 1, or for a negative loss; else None."""
    batch = params.view == "batch"
    loss = frame.batch_cross_entropy if batch else frame.cross_entropy
    if math.isinf(loss):
        words = _INFINITE(k=frame.target)
        if batch:
            words = _INFINITE_ROW(row=1 + [math.isinf(one) for one in frame.row_cross_entropy].index(True))
        return Status("infinite", words, Remedy(Text("Add 1e−7"), {"guard": "1e-7"}))
    wrong = [(number, row) for number, row in enumerate(params.rows, start=1) if not sums_to_one(row)]
    if batch and wrong:
        (number, row), *_ = wrong
        rows = tuple(scaled_to_one(one) for one in params.rows)
        words = _SUM_OF_ROW(row=number, total=in_powers(math.fsum(row), 4))
        return Status("sum", words, Remedy(_SCALE, {"rows": rows}))
    if not batch and abs(frame.total - 1) >= CLOSE:
        return Status("sum", _SUM(total=in_powers(frame.total, 4)), Remedy(_SCALE, {"y": scaled_to_one(params.y)}))
    if loss >= _BELOW_0:
        return None
    return Status(
        "negative",
        _NEGATIVE(guard=guard_name(params)),
        Remedy(Text("Take 1e−7"), {"guard": "1e-7"}),
    )


def probed(params: LossesParams, frame: LossesFrame, spot: ProbePoint) -> Text | None:
    """The tooltip at ``spot``: for a bar, or in the plot "curve", "near" or "batch"; None where there is nothing."""
    match spot.part:
        case "curve" if 0 <= spot.x <= 1:
            x = spot.x + params.epsilon
            loss = spelled(-math.log(x) if x > 0 else math.inf)
            return _AT_CURVE(y=_number(spot.x), loss=loss, square=_number(0.5 * (spot.x - 1) ** 2))
        case "near" if spot.x <= 0:
            return _near(params, 10.0**spot.x if spot.x >= NEAREST else 0.0)
        case "batch":
            return _cell(params, frame, *divmod(spot.bar, params.classes + 1))
        case "" if 0 <= spot.bar < len(frame.y):
            k = spot.bar
            words = _AT_RIGHT if k == frame.target else _AT_SHARING if _moves_right(params, k) else _AT_WRONG
            values = {"y": _number(frame.y[k]), "square": _number(frame.squares[k])}
            return words(k=k, right=frame.target, loss=spelled(frame.cross_entropy), **values)
    return None


def _moves_right(params: LossesParams, k: int) -> bool:
    """Whether changing the output of the wrong class ``k`` also changes the right class's output, and so the cross
    entropy.
    """
    elsewhere = (*params.y[:k], 0.25 if params.y[k] != 0.25 else 0.75, *params.y[k + 1 :])
    return params.with_one_changed(params.y, elsewhere, params.target)[params.target] != params.y[params.target]


def _near(params: LossesParams, y: float) -> Text:
    values = {"y": _number(y), "loss": spelled(-math.log(y) if y else math.inf)}
    if params.guard == "off":
        return _AT_NEAR(**values)
    return _AT_GUARDED(**values, guard=guard_name(params), guarded=_number(-math.log(y + params.epsilon)))


def _cell(params: LossesParams, frame: LossesFrame, row: int, column: int) -> Text | None:
    """The tooltip of the batch's bar for a row and column; None in the gaps between rows."""
    if not 0 <= row < params.samples or column == params.classes:
        return None
    label, loss = int(frame.labels[row]), spelled(float(frame.row_cross_entropy[row]))
    words = _AT_LABEL if column == label else _AT_OTHER
    return words(row=row + 1, k=column, y=_number(frame.rows[row, column]), label=label, loss=loss)


def _number(value: float) -> str:
    return in_powers(float(value), 4)
