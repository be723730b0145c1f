"""Handwritten digits: a trained network reads the user's drawing and the 10,000 images of MNIST's test set."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

import numpy as np

from engine.contract.api import (
    Amount,
    CodeMark,
    Pace,
    Preset,
    Probe,
    ProbePoint,
    Progress,
    RandomStreams,
    Text,
    Training,
    Unit,
    WorkingStep,
)  # fmt: skip
from engine.contract.table import Column, Table, table_of
from engine.data.altered import altered
from engine.data.digits import SIDE, pixels
from engine.data.plain_digits import CROSS, LID, OPEN_FOUR, PLAIN
from engine.data.preprocessing import only_shrunk, preprocessed
from engine.data.strokes import inking
from engine.experiments.ch3_networks.digits import words as digits_words
from engine.experiments.ch3_networks.digits.params import ANY, IMAGES, DigitsFrame, DigitsParams
from engine.experiments.ch3_networks.digits.process import DigitReading, loading
from engine.experiments.shared.networks.layer_points import COUNT, point_under, table_of_points
from engine.experiments.shared.networks.softmax_working import softmax_lines
from engine.networks.chosen import with_origin
from engine.nn import sigmoid, softmax
from engine.nn.digit_network import DigitNetwork
from engine.nn.forward import affine, forward
from engine.nn.principal_components import principal_components


class Digits(Training[DigitsParams, DigitsFrame]):
    """The network 784-50-100-10 reads a drawing and the test set; the run reads the test set batch by batch."""

    order = 4
    title = Text("Handwritten digits: write one, see it read")
    units = (
        Unit("batch", Text("batch", context="counted"), Text("batch", context="counted")),
        Unit("pass", Text("pass", context="over the data"), Text("pass through the test set")),
    )
    opening = Amount(10, "batch")
    pace = Pace(10, "batch")
    answers_at_once = True
    uses_seed = True
    keeps_runs = False  # a trained network is looked at, and no setting makes another run of it
    presets = (
        Preset("open-4", Text("Open 4"), {"drawing": OPEN_FOUR}),
        Preset("closed-4", Text("Closed 4"), {"drawing": (*OPEN_FOUR, LID)}),
        Preset("plain-3", Text("A neat 3"), {"drawing": PLAIN[3]}),
        Preset("cross", Text("A cross, no digit"), {"drawing": CROSS}),
        Preset("blank", Text("Empty canvas"), {"drawing": ()}),
    )
    code = (
        DigitNetwork.forward, forward, affine, sigmoid, softmax, preprocessed, only_shrunk, inking, pixels,
        altered, principal_components,
    )  # fmt: skip

    def begin(self, params: DigitsParams, streams: RandomStreams) -> Generator[Progress, None, DigitReading]:
        known = yield from loading(params)
        reading = DigitReading(params, known, streams.noise.standard_normal((SIDE, SIDE)))
        yield from reading.prepare()
        return reading

    def has_course(self, params: DigitsParams) -> bool:
        # What is drawn is read at once; the run is the reading of the test set.
        return params.view in ("test", "batches")

    def reopening(self, before: DigitsParams, after: DigitsParams, reached: int) -> Amount:
        # In batches of another size it is to be seen how fast they are read.
        return Amount(0, "batch") if after.batch_size != before.batch_size else self.opening

    def seen_back(self, then: DigitsFrame, now: DigitsFrame) -> DigitsFrame:
        return then.seen_as(now)

    def seed_matters(self, params: DigitsParams) -> bool:
        return params.noise > 0

    def headline(self, params: DigitsParams, frame: DigitsFrame) -> Text:
        return with_origin(digits_words.headline(params, frame), frame.origin)

    def working(self, params: DigitsParams, frame: DigitsFrame) -> tuple[WorkingStep, ...]:
        if params.view == "batches":
            if frame.evaluated == 0:
                return ()
            values = {"right": float(frame.right), "n": float(frame.evaluated)}
            return (WorkingStep("accuracy", "{right} / {n}", values, frame.accuracy, _SO_FAR),)
        if params.view == "points":
            return ()
        scores, y = frame.scores, frame.probabilities
        if params.view == "test":
            scores, y = frame.image_scores, frame.image_probabilities
        return softmax_lines(scores, np.argsort(-y, kind="stable")[:2].tolist())

    def main_tables(self, params: DigitsParams, frame: DigitsFrame) -> tuple[Table, ...]:
        ten = range(10)
        drawing = table_of(
            "drawing",
            Text("answer to the drawing"),
            digit=(ten, _DIGIT),
            score=(frame.scores, Text("score")),
            probability=(frame.probabilities, _PROBABILITY),
        )
        seen = table_of(
            "seen",
            Text("what the network sees"),
            **{f"column_{c}": (frame.seen[:, c], Text("column {c}")(c=c)) for c in range(28)},
        )
        down, right = np.repeat([-1, 0, 1], 3), np.tile([-1, 0, 1], 3)
        moved = table_of(
            "moved",
            Text("answers when moved"),
            down=(down, Text("down", context="shifted down")),
            right=(right, Text("right", context="shifted to the right")),
            answer=(frame.moved_answers.ravel(), Text("answer")),
        )
        image = table_of(
            "image",
            Text("image of the test set"),
            image=([frame.shown] * 10, Text("image")),
            label=([frame.label] * 10, _LABEL),
            digit=(ten, _DIGIT),
            probability=(frame.image_probabilities, _PROBABILITY),
            following=([frame.following] * 10, Text("next image")),
        )
        confusion = table_of(
            "confusion",
            Text("labels and answers"),
            label=(ten, _LABEL),
            **{f"read_as_{d}": (frame.confusion[:, d], Text("read as {d}")(d=d)) for d in ten},
        )
        evaluation = table_of(
            "evaluation",
            Text("read so far"),
            batch_size=([frame.batch_size], _SIZE),
            images=([frame.evaluated], _IMAGES),
            right=([frame.right], Text("right", context="digits read rightly")),
            accuracy=([frame.accuracy], Text("accuracy")),
        )
        timing = Table(
            "timing",
            (
                Column("batch_size", frame.timed_sizes.tolist(), label=_SIZE),
                Column("images", frame.timed_images.tolist(), label=_IMAGES),
                Column("seconds", frame.seconds.tolist(), "s", Text("time per image")),
                Column("seconds_low", frame.seconds_low.tolist(), "s", Text("middle half from")),
                Column("seconds_high", frame.seconds_high.tolist(), "s", Text("middle half to")),
            ),
            Text("times"),
        )
        tables = {
            "draw": (drawing, seen, moved, image, evaluation, confusion, timing),
            "test": (image, confusion, evaluation, drawing, seen, moved, timing),
            # Times come out differently every time; the first table is what a script can repeat.
            "batches": (evaluation, timing, confusion, image, drawing, seen, moved),
            "points": (table_of_points(frame.points), image, evaluation, confusion, drawing, seen, moved, timing),
        }
        return tables[params.view]

    def click(self, params: DigitsParams, frame: DigitsFrame, handle: str) -> Mapping[str, object]:
        """The parameter changes of a click on a button or on a cell of the confusion table.

        The buttons are ``following``, ``previous``, ``following_wrong`` and ``clear``. A cell is
        ``confusion.LABEL.ANSWER`` and shows the first image of the test set with that label and answer.
        """
        name, _, place = handle.partition(".")
        if name == "clear":
            return {"drawing": ()} if params.drawing else {}
        if name == "confusion":
            label, answer = map(int, place.split("."))
            first = int(frame.first_of_cell[label, answer])
            # A filter that lets the image through stays.
            digit = params.digit if params.digit == str(label) else ANY
            only_wrong = params.only_wrong and label != answer
            return {} if first < 0 else {"index": first, "digit": digit, "only_wrong": only_wrong}
        targets = {"following": frame.following, "previous": frame.previous, "following_wrong": frame.following_wrong}
        target = targets[name]
        return {"index": target} if 0 <= target < IMAGES and target != frame.shown else {}

    def probe(self, params: DigitsParams, frame: DigitsFrame, spot: ProbePoint) -> Probe | None:
        return point_under(frame.points, spot)

    def click_at(self, params: DigitsParams, frame: DigitsFrame, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter changes of a click on a point: its image is shown. Empty if no point is close."""
        image = frame.points.point_at(spot.x, spot.y)
        return {} if image is None else _unfiltered(image)

    def settle(self, params: DigitsParams, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """When the view changes to the points, also selects one of the images that are shown as points."""
        if changes.get("view") == "points" and params.view != "points":
            return {**_unfiltered(params.index % COUNT), **changes}
        return changes

    def shown_values(self, params: DigitsParams, frame: DigitsFrame) -> Mapping[str, object]:
        return {"index": frame.shown} if frame.shown >= 0 else {}

    def entered(self, params: DigitsParams, frame: DigitsFrame, name: str, value: Any) -> Mapping[str, object]:
        if name == "index" and frame.previous < value < frame.shown:
            # The filters leave nothing from there to the image that is shown: it is the one before that is meant.
            return {name: frame.previous}
        return {name: value}

    def code_mark(self, params: DigitsParams, frame: DigitsFrame) -> CodeMark | None:
        return CodeMark("forward", "(_, y) = forward(x") if frame.origin is None else None


def _unfiltered(image: int) -> Mapping[str, object]:
    """The parameter changes that show the image of the test set with this index, without filters."""
    return {"index": image, "digit": ANY, "only_wrong": False}


_DIGIT, _PROBABILITY, _LABEL = Text("digit"), Text("probability"), Text("label")
_SIZE, _IMAGES = Text("batch size"), Text("images")
_SO_FAR = Text("images read so far")
