"""The texts of `overfitting`: headline and status."""

from __future__ import annotations

from engine.contract.api import Remedy, Status, Text, format_real, percent
from engine.experiments.ch6_techniques.overfitting.params import OverfittingFrame, OverfittingParams
from engine.experiments.shared.learning.augmentation import with_augmentation
from engine.experiments.shared.learning.batch_run import DIVERGED, diverged

# A gap this wide is overfitting once the training images are known; before that little has been learned.
_WIDE_GAP, _KNOWN = 0.05, 0.9
# Below this share of the training digits there is nothing yet whose gap could be compared.
_LITTLE = 0.5
# From here on a network with shuffled labels has learned much more by heart than chance gives.
_BY_HEART = 0.5

_OF_ALL = Text("{samples:,}")
_OF_SOME = Text("{train:,} of the {samples:,}")

# By whether the gap is narrower than that of the plain network, and whether more test images are right.
_COMPARED = {
    (True, True): Text(
        "Update {update:,}: the gap narrows to {gap} points (without: {plain_gap}), and the test improves: {test}"
        " (without: {plain_test})."
    ),
    (True, False): Text(
        "Update {update:,}: the gap narrows to {gap} points (without: {plain_gap}), but the test does not improve:"
        " {test} (without: {plain_test})."
    ),
    (False, True): Text(
        "Update {update:,}: the gap is no narrower, {gap} points (without: {plain_gap}), but the test improves: {test}"
        " (without: {plain_test})."
    ),
    (False, False): Text(
        "Update {update:,}: the gap is no narrower, {gap} points (without: {plain_gap}), and the test does not improve:"
        " {test} (without: {plain_test})."
    ),
}


def headline(params: OverfittingParams, frame: OverfittingFrame) -> Text:
    """One sentence with the accuracies and the gap, compared with the plain network if there is one."""
    if "diverged" in frame.events:
        words = DIVERGED
    elif frame.update == 0:
        words = Text(
            "Nothing learned yet: {train} of {measured} training digits are right and {test} of the test digits."
        )
    elif frame.stopped:
        words = Text(
            "Stopped at update {update:,}; the network of update {best:,} is kept: training {train}, test {test},"
            " gap {gap} points."
        )
    elif frame.plain_gap is not None and frame.train_accuracy < _LITTLE:
        words = Text(
            "Update {update:,}: little is learned yet, {train} of the training digits (without: {plain_train}),"
            " so the gap says nothing."
        )
    elif frame.plain_gap is not None and frame.plain_test is not None:
        words = _COMPARED[frame.gap < frame.plain_gap, frame.test_accuracy > frame.plain_test]
    else:
        words = Text(
            "Update {update:,}: {train} of {measured} training digits are right, but {test} of the test digits:"
            " the gap is {gap} points."
        )
    said = words(
        # The shares are those of the last look; within an epoch that was before.
        update=frame.update if frame.stopped or words is DIVERGED else frame.measured_at,
        measured=_measured(frame),
        best=frame.best_update or 0,
        train=percent(frame.train_accuracy, 1),
        test=percent(frame.test_accuracy, 1),
        gap=points(frame.gap),
        plain_gap=points(frame.plain_gap),
        plain_test=percent(frame.plain_test or 0.0, 1),
        plain_train=percent(frame.plain_train or 0.0, 1),
    )
    return with_augmentation(said, params.augmentation)


def _measured(frame: OverfittingFrame) -> Text:
    """How many training images there are, or on how many of them the accuracy was measured."""
    texts = _OF_SOME if frame.train_size < frame.samples else _OF_ALL
    return texts(train=frame.train_size, samples=frame.samples)


def points(gap: float | None) -> str:
    """A difference of two shares in percentage points, as text with one decimal; "" for None."""
    return "" if gap is None else f"{round(100 * gap, 1) + 0.0:.1f}".replace("-", "\N{MINUS SIGN}")


def status(params: OverfittingParams, frame: OverfittingFrame) -> Status | None:
    """The notice for this state; if several apply, the most serious one. None if there is nothing to report."""
    if "diverged" in frame.events:
        return diverged(Remedy(Text("Learning rate 0.01"), {"learning_rate": 0.01}))
    if params.dropout and params.dropout_scaling == "wrong":
        words = Text(
            "Wrong factor: in training {passed} of the activations pass, but at test time they are multiplied by"
            " {factor}."
        )
        shown = words(passed=percent(frame.passed_in_training, 1), factor=format_real(frame.passed_at_test, 3))
        remedy = Remedy(Text("Multiply by 1 − ratio"), {"dropout_scaling": "right"})
        return Status("wrong_factor", shown, remedy)
    if params.labels == "shuffled" and frame.train_accuracy > _BY_HEART:
        words = Text(
            "Learned by heart: the labels are random, yet {train} of them are right, and only {test} of the test"
            " digits."
        )
        shown = words(train=percent(frame.train_accuracy, 1), test=percent(frame.test_accuracy, 1))
        return Status("by_heart", shown, Remedy(Text("True labels"), {"labels": "true"}))
    if frame.gap > _WIDE_GAP and frame.train_accuracy > _KNOWN:
        words = Text(
            "Overfitting: {train} of {measured} training images are right, but only {test} of the test images."
        )
        values = {"train": percent(frame.train_accuracy, 1), "test": percent(frame.test_accuracy, 1)}
        remedy = Remedy(Text("Take 3,000 images"), {"samples": "3000"})
        return Status(
            "overfitting", words(measured=_measured(frame), **values), remedy if frame.samples < 3000 else None
        )
    return None
