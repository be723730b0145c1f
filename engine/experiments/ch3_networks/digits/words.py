"""The texts of `digits`, one headline for each of its views."""

from __future__ import annotations

from engine.contract.api import Text, field_of, format_real, percent
from engine.contract.fields.choices import Choice
from engine.experiments.ch3_networks.digits.params import IMAGES, DigitsFrame, DigitsParams, Unaltered
from engine.experiments.shared.networks.layer_points import reading_of_points
from engine.networks.digit_reader import AT_ONCE_CONV

SURE, UNSURE_BELOW = 0.95, 0.5


def headline(params: DigitsParams, frame: DigitsFrame) -> Text:
    """One sentence with the figures of the current view."""
    return {"draw": _drawing, "test": _image, "batches": _batches, "points": _points}[params.view](params, frame)


def accuracy(frame: DigitsFrame) -> str:
    """The accuracy so far in percent; a dash before the first batch."""
    return f"{100 * frame.accuracy:.1f}%" if frame.evaluated else "–"


def duration(seconds: float) -> str:
    """A time below a second in µs or ms."""
    return f"{format_real(seconds * 1e6, 3)} µs" if seconds < 1e-3 else f"{format_real(seconds * 1e3, 3)} ms"


_TURNED = (
    Text("{changed} Turned anticlockwise alone, it first changes at {degrees}°."),
    Text("{changed} Turned clockwise alone, it first changes at {degrees}°."),
)
"""Anticlockwise and clockwise; only the direction of the current rotation has been tried."""
_OTHER = Text("Changed like this, it reads {answer} ({p}) instead of {plain} ({q}).")
_STILL = Text("Changed like this, it still reads {answer}, with {p} instead of {q}.")
_OF_IMAGE = Text("Image {number} is a {label}. {changed}")
_OF_OWN = Text("Image {number} of your file: {changed}")


def _altered(params: DigitsParams, plain: Unaltered, answer: int, confidence: float) -> Text:
    """How rotation, scaling, shifting and noise change the answer and its probability."""
    words = _OTHER if answer != plain.answer else _STILL
    changed = words(answer=answer, p=percent(confidence), plain=plain.answer, q=percent(plain.confidence))
    turned = _TURNED[params.turn < 0]
    return turned(changed=changed, degrees=plain.turn_limit) if plain.turn_limit else changed


def _drawing(params: DigitsParams, frame: DigitsFrame) -> Text:
    if frame.unaltered is not None and frame.strokes:
        return _altered(params, frame.unaltered, frame.answer, frame.confidence)
    if frame.strokes == 0:
        words = Text("The canvas is empty, and still it answers {first} with {p}: it has to choose one of ten.")
    elif not params.preprocessing:
        words = Text(
            "Without preprocessing it reads {first} ({p}). Moved to 9 positions, it gets this answer in {same}."
        )
    elif frame.confidence >= SURE:
        words = Text("It reads {first} and is sure: {p}.")
    elif frame.confidence >= UNSURE_BELOW:
        words = Text("It reads {first} ({p}), but {second} is possible too ({q}).")
    else:
        words = Text("It cannot decide: {first} ({p}) or {second} ({q}).")
    return words(
        first=frame.answer,
        p=percent(frame.confidence),
        second=frame.second,
        q=percent(float(frame.probabilities[frame.second])),
        same=frame.same_when_moved,
    )


def _image(params: DigitsParams, frame: DigitsFrame) -> Text:
    if frame.shown < 0:
        return Text("No image matches these filters.")
    p = float(frame.image_probabilities[frame.image_answer])
    if frame.image_unaltered is not None:
        words = _OF_OWN if frame.label < 0 else _OF_IMAGE
        changed = _altered(params, frame.image_unaltered, frame.image_answer, p)
        return words(number=frame.shown, label=frame.label, changed=changed)
    if frame.label < 0:
        words = Text("Image {number} of your file is read as {answer} ({p}).")
    elif frame.image_answer == frame.label:
        words = Text("Image {number}, a {label}, is read correctly ({p}).")
    else:
        words = Text("Image {number} is a {label}, but read as {answer} ({p}).")
    seen = words(number=frame.shown, label=frame.label, answer=frame.image_answer, p=percent(p))
    if frame.label < 0 or frame.evaluated == 0:
        return seen
    words = Text("{seen} Of {evaluated:,} read so far, {right:,} are right.")
    if frame.evaluated == IMAGES:
        words = Text("{seen} Of all {evaluated:,}, {right:,} are right.")
    return words(seen=seen, evaluated=frame.evaluated, right=frame.right)


def _points(params: DigitsParams, frame: DigitsFrame) -> Text:
    layer = field_of(DigitsParams, "layer", Choice).spell(params.layer)
    untrained = params.weights == "untrained" and params.layer != "pixels"
    return reading_of_points(frame.points, layer, untrained)


_SLOWER = Text(
    "In batches of {fast} an image takes {time}; in batches of {slow} it takes {ratio} times as long. {state}"
)
_UNSURE = Text(
    "In batches of {fast} an image takes {time}, in batches of {slow} {ratio} times as long; but batches of one size"
    " differ as much: this machine is too busy. {state}"
)
_ALIKE = Text(
    "In batches of {slow} an image takes {other}, about as long as in those of {fast}, the fastest: {time}. {state}"
)
_ALL_ALIKE = Text("In batches of any size an image takes about as long, {other} in those of {slow}. {state}")
_ABOUT = 1.25
"""Times whose ratio is at most this are called about equally long."""


def _times_in_words(frame: DigitsFrame, fast: int, slow: int) -> Text:
    """The wording that compares the time for an image at batch size ``slow`` with that at ``fast``; both are indices of
    ``timed_sizes``.
    """
    if frame.seconds.max() <= _ABOUT * frame.seconds.min():
        return _ALL_ALIKE
    if frame.seconds[slow] <= _ABOUT * frame.seconds[fast]:
        return _ALIKE
    return _UNSURE if frame.seconds_low[slow] <= frame.seconds_high[fast] else _SLOWER


def _batches(params: DigitsParams, frame: DigitsFrame) -> Text:
    sizes = frame.timed_sizes.tolist()
    fast = int(frame.seconds.argmin())
    chosen = sizes.index(frame.batch_size) if frame.batch_size in sizes else fast
    # The size that was chosen is the one that is spoken of, beside the quickest.
    slow = chosen if chosen != fast else int(frame.seconds.argmax())
    words = _times_in_words(frame, fast, slow)
    state = Text("Right so far: {accuracy}.")
    if frame.evaluated == 0:
        state = Text("Nothing read yet in batches of {size}.")
    state = state(accuracy=accuracy(frame), size=frame.batch_size)
    if frame.origin is not None and frame.origin.kind == "conv" and frame.batch_size > AT_ONCE_CONV:
        state = Text("{state} A convolutional network takes at most {most} of them at a time.")(
            state=state, most=AT_ONCE_CONV
        )
    ratio = float(frame.seconds[slow] / frame.seconds[fast])
    return words(
        fast=sizes[fast],
        slow=sizes[slow],
        time=duration(float(frame.seconds[fast])),
        other=duration(float(frame.seconds[slow])),
        ratio=format_real(ratio, 2),
        state=state,
    )
