"""Softmax: scores become probabilities in four steps; only differences of scores matter; the naive form
can overflow.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.contract.api import (
    CodeMark,
    Numbers,
    Picture,
    Preset,
    Probe,
    ProbePoint,
    RandomStreams,
    Text,
    WorkingStep,
    field_of,
    untranslated,
)
from engine.contract.handle import Handle, Position, Slide, bar_body
from engine.contract.numerals import in_powers, tidy
from engine.contract.table import Table, table_of
from engine.experiments.ch3_networks.softmax import words as softmax_words
from engine.experiments.ch3_networks.softmax.params import (
    EQUAL_ROWS,
    EXPONENTS,
    FARTHEST,
    NumberFormat,
    SoftmaxFrame,
    SoftmaxParams,
)
from engine.nn.losses import largest_exponent, naive_softmax, smallest_exponent, softmax

NEAR, WIDE = (-3.0, 6.0), (-10.0, 10.0)
"""The two ranges of the axis on which scores are drawn: ``NEAR`` if all scores lie in it, else ``WIDE``."""
ACCURATE = 1e-3
"""The error of a naive probability above which the naive form is called inaccurate."""
_SCORES = field_of(SoftmaxParams, "scores", Numbers)
_STEP = 0.1
_FORMATS: dict[str, type[np.floating]] = {"float32": np.float32, "float64": np.float64}
_FRAGMENTS = {
    "shift": "shifted = x - np.max(x, axis=axis, keepdims=True)",
    "exponentiate": "exponentials = np.exp(shifted)",
    "sum": "total = np.sum(exponentials, axis=axis, keepdims=True)",
    "divide": "return exponentials / total",
}


class Softmax(Picture[SoftmaxParams, SoftmaxFrame]):
    """The probabilities of one row of scores step by step, the naive and the stable form in two number formats, and a
    small batch.
    """

    order = 3
    title = Text("Softmax: from scores to probabilities, and overflow")
    presets = (
        Preset("plus-100", Text("100 added to every score"), {"offset": 100.0}),
        Preset("equal", Text("Equal scores"), {"scores": (2.0, 2.0, 2.0)}),
        Preset(
            "ten",
            Text("Ten classes"),
            {"scores": (-1.2, -3.0, 0.8, 1.5, 4.6, -2.2, 0.3, 1.1, -0.4, 3.4)},
        ),
        Preset(
            "book-overflow",
            Text("1010, 1000, 990 (book)"),
            {"view": "overflow", "scores": (10.0, 0.0, -10.0), "offset": 1000.0, "dtype": "float64"},
        ),
        Preset(
            "no-axis",
            Text("Equal rows, no axis"),
            {"view": "batch", "rows": EQUAL_ROWS, "pitfall": "no_axis"},
        ),
    )
    code = (softmax, naive_softmax, largest_exponent, smallest_exponent)

    def compute(self, params: SoftmaxParams, streams: RandomStreams) -> SoftmaxFrame:
        scores = np.array(params.scores)
        a = scores + params.offset
        exponents = a / params.temperature
        shifted = exponents - np.max(exponents)
        exponentials = np.exp(shifted)
        probabilities = softmax(exponents)
        leader, runner_up = (int(index) for index in np.argsort(-scores, kind="stable")[:2])
        lead = float(scores[leader] - scores[runner_up])
        batch = np.array(params.rows)
        per_row = softmax(batch / params.temperature)
        at_once = softmax(batch / params.temperature, axis=None)
        return SoftmaxFrame(
            finished=True,
            scores=scores,
            a=a,
            exponents=exponents,
            shifted=shifted,
            exponentials=exponentials,
            total=float(np.sum(exponentials)),
            probabilities=probabilities,
            leader=leader,
            runner_up=runner_up,
            lead=lead,
            ratio=math.exp(lead / params.temperature),
            change=float(np.max(np.abs(probabilities - softmax(scores / params.temperature)))),
            score_range=NEAR if np.min(scores) >= NEAR[0] and np.max(scores) <= NEAR[1] else WIDE,
            float32=_in_format("float32", exponents),
            float64=_in_format("float64", exponents),
            batch=batch,
            per_row=per_row,
            at_once=at_once,
            sums_per_row=np.sum(per_row, axis=1),
            sums_at_once=np.sum(at_once, axis=1),
        )

    def headline(self, params: SoftmaxParams, frame: SoftmaxFrame) -> Text:
        return softmax_words.headline(params, frame)

    def main_tables(self, params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[Table, ...]:
        form = frame.of_format(params.dtype)
        stops = table_of(
            "stops",
            Text("stops"),
            **{"class": (range(1, len(frame.scores) + 1), Text("class"))},
            score=(frame.scores, Text("score")),
            a=(frame.a, Text("score + c")),
            shifted=(frame.shifted, Text("largest subtracted")),
            exponential=(frame.exponentials, Text("exponential")),
            probability=(frame.probabilities, Text("probability")),
        )
        forms = table_of(
            f"forms_{form.name}",
            Text("in {format}")(format=form.name),
            exponent=(frame.exponents, Text("exponent x")),
            exponential=(form.exponentials, untranslated("e^x")),
            naive=(form.naive, Text("probability, naive")),
            shifted=(form.shifted, Text("probability, largest subtracted")),
        )
        both = (frame.float32, frame.float64)
        formats = table_of(
            "formats",
            Text("number formats"),
            format=([one.name for one in both], Text("format")),
            threshold=([one.threshold for one in both], Text("overflow above")),
            lowest=([one.lowest for one in both], Text("0 below")),
            state=([one.state for one in both], Text("state")),
            error=([one.error for one in both], Text("error")),
        )
        batch = self._batch_table(params, frame)
        order = {"bars": (stops, forms, formats, batch), "overflow": (forms, formats, stops, batch)}
        return order.get(params.view, (batch, stops, forms, formats))

    def _batch_table(self, params: SoftmaxParams, frame: SoftmaxFrame) -> Table:
        """The table of the batch: scores, probabilities and their sums, row by row."""
        chosen, sums = frame.of_batch(params.pitfall)
        rows, columns = frame.batch.shape
        return table_of(
            "batch",
            Text("batch", context="counted"),
            row=(range(1, rows + 1), Text("row")),
            **{f"a{c + 1}": frame.batch[:, c] for c in range(columns)},
            **{f"p{c + 1}": chosen[:, c] for c in range(columns)},
            sum=(sums, Text("sum")),
            sum_per_row=(frame.sums_per_row, Text("sum with axis=1")),
            sum_at_once=(frame.sums_at_once, Text("sum without axis")),
        )

    def working(self, params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[WorkingStep, ...]:
        return softmax_words.working(params, frame)

    def probe(self, params: SoftmaxParams, frame: SoftmaxFrame, spot: ProbePoint) -> Probe | None:
        if spot.part == "overflow":
            words = Text("x = {x}: e^x = 10^{power}")
            return Probe(words(x=in_powers(spot.x, 4), power=in_powers(spot.x / math.log(10), 4)))
        index = spot.bar
        if spot.part == "batch":
            return self._probe_batch(params, frame, index)
        if not 0 <= index < len(frame.scores):
            return None
        words = Text("class {number}: a = {a}, e^({power}) = {e}, p = {p}")
        return Probe(
            words(
                number=index + 1,
                power="a − max" if params.temperature == 1 else "(a − max)/T",
                a=in_powers(float(frame.a[index]), 6),
                e=in_powers(float(frame.exponentials[index]), 4),
                p=in_powers(float(frame.probabilities[index]), 4),
            )
        )

    def _probe_batch(self, params: SoftmaxParams, frame: SoftmaxFrame, slot: int) -> Probe | None:
        """The tooltip of a bar of the batch; ``slot`` counts the bars row by row, with an empty slot after each row."""
        rows, columns = frame.batch.shape
        row, column = divmod(slot, columns + 1)
        if not 0 <= row < rows or column == columns:
            return None
        chosen, sums = frame.of_batch(params.pitfall)
        words = Text("row {row}, class {column}: a = {a}, p = {p}; the row sums to {total}")
        return Probe(
            words(
                row=row + 1,
                column=column + 1,
                a=in_powers(float(frame.batch[row, column]), 6),
                p=in_powers(float(chosen[row, column]), 4),
                total=in_powers(float(sums[row]), 4),
            )
        )

    def handles(self, params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[Handle, ...]:
        if params.view == "batch":
            return ()
        if params.view == "overflow":
            x = float(np.clip(frame.exponents[frame.leader], *EXPONENTS))
            label = Text("all scores: drag along the line")
            invitation = Text("drag right")
            return (Handle("offset", (x, x / math.log(10)), 1.0, label, (1.0, 0.0), invitation=invitation),)
        label = Text("score {number}: drag up or down, Delete to remove")
        invitation, by_keys = Text("pull the bar"), Text("Delete removes it.")
        return tuple(
            Slide(
                _SCORES.name(index), (float(index), score), _STEP, label(number=index + 1), (0.0, 1.0),
                invitation=invitation, body=bar_body(float(index), score), by_keys=by_keys,
                field="scores", along=(0.0, 1.0), index=index, decimals=1, within=frame.score_range,
            )
            for index, score in enumerate(params.scores)
        )  # fmt: skip

    def drag(self, params: SoftmaxParams, frame: SoftmaxFrame, handle: str, place: Position) -> Mapping[str, object]:
        if handle == "offset":
            return {"offset": tidy(place[0] * params.temperature - max(params.scores), -FARTHEST, FARTHEST, 0)}
        return super().drag(params, frame, handle, place)

    def remove(self, params: SoftmaxParams, frame: SoftmaxFrame, handle: str) -> Mapping[str, object]:
        if handle == "offset":
            return {}
        scores = _SCORES.removed(params.scores, [one.id for one in self.handles(params, frame)].index(handle))
        return {} if scores == params.scores else {"scores": scores}

    def add(self, params: SoftmaxParams, frame: SoftmaxFrame, place: Position) -> Mapping[str, object]:
        scores = _SCORES.added(params.scores, tidy(place[1], *frame.score_range, decimals=1))
        return {} if scores == params.scores or params.view != "bars" else {"scores": scores}

    def code_mark(self, params: SoftmaxParams, frame: SoftmaxFrame) -> CodeMark:
        if params.view == "overflow":
            return CodeMark("naive_softmax", "exponentials = np.exp(x)")
        return CodeMark("softmax", _FRAGMENTS["sum" if params.view == "batch" else params.stop])


def _in_format(name: str, exponents: np.ndarray) -> NumberFormat:
    """Compute softmax of the exponents in the number format ``name``, in the naive and the stable form."""
    dtype = _FORMATS[name]
    x = exponents.astype(dtype)
    naive = naive_softmax(x)
    with np.errstate(invalid="ignore", under="ignore"):
        shifted = softmax(x)
        error = float(np.max(np.abs(naive.probabilities - softmax(exponents))))
    error = math.inf if math.isnan(error) else error
    if naive.overflows:
        state = "overflow"
    elif naive.vanishes:
        state = "underflow"
    else:
        state = "fine" if error <= ACCURATE else "inaccurate"
    return NumberFormat(
        name,
        largest_exponent(dtype),
        smallest_exponent(dtype),
        naive.exponentials,
        naive.probabilities,
        shifted,
        error,
        state,
    )
