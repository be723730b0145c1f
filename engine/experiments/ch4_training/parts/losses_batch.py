"""The table of the mini-batch in the experiment `losses`: class numbers beside one-hot, right losses beside wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.contract.numerals import format_real
from engine.contract.text import EMPTY, Text, same
from engine.experiments.ch4_training.parts.losses_frame import LossesFrame
from engine.experiments.ch4_training.parts.losses_params import LossesParams
from engine.experiments.ch4_training.parts.losses_words import short

CALLS = {
    "none": same("−np.log(y[np.arange(N), t]).mean()"),
    "class_numbers": same("−np.sum(t * np.log(y)) / N"),
    "half_sum_as_mean": same("0.5 * np.sum((y − t)**2) / N"),
    "not_divided": same("−np.log(y[np.arange(N), t]).sum()"),
}
"""The computation as one line of NumPy, a guard aside."""
_WRONG = {
    "class_numbers": same("−Σ t·log y"),
    "half_sum_as_mean": Text("½ Σ as mean", "½Σ 当平均"),
    "not_divided": Text("not divided", "没除以 N"),
}
_ERROR = Text("error", "报错")


@dataclass(frozen=True)
class BatchCell:
    """``role`` says whether the cell is lit with the label, or stands for what is right or wrong."""

    text: Text
    role: Literal["plain", "lit", "right", "wrong"] = "plain"
    strong: bool = False


@dataclass(frozen=True)
class BatchTable:
    """Headings with how much each column is needed (more is more), a row for each sample, and the mean."""

    headings: tuple[Text, ...]
    needed: tuple[int, ...]
    rows: tuple[tuple[BatchCell, ...], ...]


def batch_table(params: LossesParams, frame: LossesFrame) -> BatchTable:
    """What stands beside or below the bars of the batch."""
    found = frame.compared(params.pitfall)
    laid = params.pitfall == "class_numbers"
    wrong = found.wrong_loss is not None
    refused = laid and bool(frame.naive_error)
    columns = [(Text("row", "行"), 7), (same("t"), 6), (same("one-hot"), 5), (same("y[n, t]"), 4)]
    if laid:
        columns.insert(3, (Text("t as broadcast", "广播后的 t"), 3))
    columns.append((same("(1/n) Σ" if params.pitfall == "half_sum_as_mean" else "−log y"), 9))
    if wrong:
        columns.append((_WRONG[params.pitfall], 8))
    rows = []
    for n, label in enumerate(frame.labels.tolist()):
        row = [
            BatchCell(same(str(n + 1))),
            BatchCell(same(str(label)), "lit", strong=True),
            BatchCell(same(_spaced(frame.one_hot[n].tolist()))),
            BatchCell(same(format_real(float(frame.picked[n]), 4)), "lit", strong=True),
            BatchCell(short(float(found.rows[n]))),
        ]
        if laid:
            row.insert(3, BatchCell(same(_spaced(frame.labels.tolist())), "wrong"))
        if wrong:
            row.append(BatchCell(_ERROR if refused else short(float(found.wrong_rows[n])), "wrong"))
        rows.append(tuple(row))
    last = [BatchCell(EMPTY)] * len(columns)
    last[0] = BatchCell(Text("mean", "平均"), strong=True)
    last[-2 if wrong else -1] = BatchCell(short(found.loss), "right", strong=True)
    if wrong:
        last[-1] = BatchCell(_ERROR if refused else short(found.wrong_loss), "wrong", strong=True)
    return BatchTable(
        tuple(heading for heading, _ in columns), tuple(needed for _, needed in columns), (*rows, tuple(last))
    )


def _spaced(numbers: list[float]) -> str:
    return " ".join(str(int(number)) for number in numbers)
