"""The texts of `training`: headline and status."""

from __future__ import annotations

from engine.contract.api import Remedy, Status, Text, counted, percent, required
from engine.contract.numerals import as_told, duration
from engine.experiments.ch4_training.training.params import SAMPLE, TrainingFrame, TrainingParams
from engine.experiments.shared.learning.batch_run import diverged
from engine.experiments.shared.networks.loss_slice import with_slice

# A network this large takes seconds for one update by numerical gradient.
SLOW_PASSES = 20_000
REDUCED = {
    "image_side": "7", "hidden": 10, "batch_size": 50, "initial_std": 0.1, "learning_rate": 1.0, "samples": "10000",
}  # fmt: skip
# Outputs so near to 0 or 1 have less than a fifth of the steepest slope of sigmoid. A network whose loss is small
# learns all the same.
MOST_SATURATED, _LEARNS_BELOW = 0.6, 1.0
WIDE_GAP = 0.05
_KNOWN = 0.9
"""Only above this training accuracy is a gap to the test accuracy called overfitting; below it the network has not
learned enough yet.
"""
# A flat stretch that is longer than this asks for help.
_PATIENCE = 200
_LEARNING_UNTIL = 600


def costs(params: TrainingParams, frame: TrainingFrame) -> tuple[Text, ...]:
    """The cost of a numerical gradient in one sentence, in several wordings, the longest first.

    Times are given only while the numerical gradient is in use; measured beside other work they would only fluctuate.
    """
    if params.gradient != "numerical":
        without_times = (
            Text(
                "A numerical gradient takes {passes:,} forward passes per update, backpropagation one pass forward and"
                " one back."
            ),
            Text("A numerical gradient would take {passes:,} forward passes per update."),
            Text("Numerical: {passes:,} passes per update"),
        )
        return tuple(words(passes=frame.passes_per_update) for words in without_times)
    wordings = (
        Text(
            "On this computer, now, {updates:,} updates would take about {whole} by numerical gradient ({passes:,}"
            " forward passes each), by backpropagation about {back_whole}."
        ),
        Text(
            "Numerical gradient: {passes:,} forward passes per update, about {time} here and now; {updates:,} updates"
            " about {whole}."
        ),
        Text("Numerical: {passes:,} forward passes per update, here about {time}"),
        Text("Numerical: {passes:,} passes per update"),
    )
    return tuple(words(**_costs(frame)) for words in wordings)


def headline(params: TrainingParams, frame: TrainingFrame) -> Text:
    """One sentence with the frame's loss and accuracies, or the cost of a numerical gradient."""
    if "diverged" in frame.events:
        words = Text("Diverged: after {updates_done} the loss is no longer a finite number.")
    elif params.gradient == "numerical" and frame.update == 0:
        words = Text(
            "One update would take {passes:,} forward passes: about {time} here, so about {whole} for {updates:,}."
        )
    elif params.gradient == "numerical":
        words = Text(
            "Update {update:,}: loss {loss:.2f}. {passes:,} forward passes, about {time} here;"
            " {updates:,} updates: {whole}."
        )
    elif frame.update == 0:
        words = Text("Nothing learned yet: {test} of the test digits are right; guessing would get about 10%.")
    elif frame.epoch_updates[-1] == frame.update:
        words = Text(
            "Epoch {epoch:,} ends at update {update:,}; right: {all_train} of {full:,} training and {all_test} of"
            " 10,000 test digits."
        )
    elif frame.sample_updates[-1] < frame.update:
        words = Text(
            "Update {update:,}: loss {loss:.2f}; right at update {sampled:,}: {train} of training and"
            " {test} of test digits."
        )
    else:
        words = Text(
            "After {updates_done} the loss is {loss:.2f}; {train} of training and {test} of test digits are right."
        )
    values = {
        "update": frame.update,
        "updates_done": counted(frame.update, "update", context="times"),
        "epoch": frame.counts[1],
        "loss": frame.mean_loss,
        "sampled": int(frame.sample_updates[-1]),
        "train": percent(frame.train_accuracy, 1),
        "test": percent(frame.test_accuracy, 1),
        "full": frame.full_size,
        "all_train": percent(float(frame.epoch_train[-1]), 1),
        "all_test": percent(float(frame.epoch_test[-1]), 1),
        **_costs(frame),
    }
    return with_slice(words(**values), frame.slice)


def status(params: TrainingParams, frame: TrainingFrame) -> Status | None:
    """The notice for this state; if several apply, the most serious one. None if there is nothing to report."""
    if "diverged" in frame.events:
        return diverged(_anew(params))
    if params.gradient == "numerical" and frame.passes_per_update > SLOW_PASSES:
        words = Text(
            "Each of {parameters:,} parameters is moved up and down: {passes:,} forward passes for one update."
        )
        remedy = Remedy(Text("Use the reduced network"), REDUCED)
        # The measured times stay out of it: a frame has to be the same every time.
        counts = {"parameters": frame.parameters, "passes": frame.passes_per_update}
        return Status("slow", words(**counts), remedy)
    sampled = int(frame.sample_updates[-1])
    if 2 * frame.dead >= frame.hidden:
        words = Text(
            "At update {update:,}, {dead} of {hidden} hidden units were 0 for all {count:,} test images sampled:"
            " no gradient passes through them, so they hardly ever recover."
        )
        values = {"update": sampled, "dead": frame.dead, "hidden": frame.hidden, "count": SAMPLE}
        return Status("dead", words(**values), _SIGMOID)
    if frame.saturated > MOST_SATURATED and not (frame.mean_loss is not None and frame.mean_loss < _LEARNS_BELOW):
        words = Text(
            "At update {update:,}, {share} of the hidden outputs lie outside 0.05 to 0.95:"
            " they are saturated, with hardly any slope left."
        )
        return Status("saturated", words(update=sampled, share=percent(frame.saturated, 1)), _calmer(params))
    if frame.update >= 20 and required(frame.mean_loss) > 1.5 * frame.chance_loss:
        words = Text("The loss {loss:.3g} is worse than guessing, ln 10 = {chance:.3f}.")
        return Status("oscillating", words(loss=frame.mean_loss, chance=frame.chance_loss), _calmer(params))
    if frame.flat:
        return _plateau(params, frame)
    if frame.gap > WIDE_GAP and float(frame.epoch_train[-1]) > _KNOWN:
        words = Text(
            "Overfitting: at update {update:,}, {train} of the {count:,} training images were right, but only {test} of"
            " the test images."
        )
        shares = {"train": percent(float(frame.epoch_train[-1]), 1), "test": percent(float(frame.epoch_test[-1]), 1)}
        remedy = Remedy(Text("Use all 60,000 images"), {"samples": "60000"})
        measured = int(frame.epoch_updates[-1])
        return Status("overfitting", words(count=frame.samples, update=measured, **shares), remedy)
    if frame.flat_updates and frame.update <= _LEARNING_UNTIL:
        words = Text("Flat start: for {flat} the loss stayed near ln 10 = {chance:.3f}, that of guessing.")
        return Status(
            "learning", words(flat=counted(frame.flat_updates, "update", context="times"), chance=frame.chance_loss)
        )
    return None


def _plateau(params: TrainingParams, frame: TrainingFrame) -> Status:
    """The notice that the loss is still that of guessing, with a remedy after 200 updates."""
    words = Text("Flat: the loss {loss:.3f} is still that of guessing, ln 10 = {chance:.3f}.")
    remedy = None
    if frame.update >= _PATIENCE and params.initial_std < 0.01:
        remedy = Remedy(Text("Standard deviation 0.1"), {"initial_std": 0.1})
    elif frame.update >= _PATIENCE and params.learning_rate < 1:
        remedy = Remedy(Text("Learning rate 1"), {"learning_rate": 1.0})
    return Status("plateau", words(loss=frame.mean_loss, chance=frame.chance_loss), remedy)


def _anew(params: TrainingParams) -> Remedy | None:
    """A remedy that restarts the run, for a run that has ended, where a live change would have no effect."""
    if params.activation == "relu":
        return _SIGMOID
    return _calmer(params) if params.initial_std > 0.1 else None


def _calmer(params: TrainingParams) -> Remedy | None:
    """A remedy with smaller initial weights or a smaller learning rate; None if both are small already."""
    if params.initial_std > 0.1:
        return Remedy(Text("Standard deviation 0.01"), {"initial_std": 0.01})
    if params.learning_rate > 0.1:
        return Remedy(Text("Learning rate 0.1"), {"learning_rate": 0.1})
    return None


def _costs(frame: TrainingFrame) -> dict[str, object]:
    """The forward passes and times of numerical gradients and backpropagation, as values for a wording."""
    # Measured now, and otherwise a moment later: a second digit would suggest that something had an effect. What is
    # multiplied of it needs one, for everybody can do that in the head.
    update = as_told(frame.numerical_seconds, 1)
    return {
        "passes": frame.passes_per_update,
        "updates": frame.run_updates,
        "time": duration(update, 1),
        "whole": duration(update * frame.run_updates),
        "back_whole": duration(frame.backpropagation_seconds * frame.run_updates, 1),
    }


# A live change cannot bring dead units back: another activation begins anew.
_SIGMOID = Remedy(Text("Use sigmoid"), {"activation": "sigmoid"})
