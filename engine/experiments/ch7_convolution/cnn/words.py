"""The texts of `cnn`: headline, status and tooltips."""

from __future__ import annotations

from engine.contract.api import Probe, Remedy, Status, Text, format_real, percent, required
from engine.experiments.ch7_convolution.cnn.params import CnnFrame, CnnParams, usual_rate
from engine.experiments.shared.learning.augmentation import with_augmentation
from engine.experiments.shared.learning.batch_run import DIVERGED, diverged
from engine.experiments.shared.learning.batches import nearest_row
from engine.experiments.shared.learning.rate_schedule import schedule_ended, with_rate
from engine.experiments.shared.networks.loss_slice import with_slice

# No better than guessing after so many updates, a network needs help.
_PATIENCE, _GUESSING = 30, 0.2
_NORMALIZING = Text("{layers} · γ and β {count:,}")


def headline(params: CnnParams, frame: CnnFrame) -> Text:
    """One sentence with the current loss, accuracy or number of wrong digits."""
    values = {
        "update": frame.update,
        "epoch": frame.counts[1],
        "loss": 0.0 if frame.mean_loss is None else frame.mean_loss,
        "test": percent(frame.test_accuracy, 1),
        "dense": percent(frame.dense_test or 0.0, 1),
        "wrong": frame.wrong,
        "count": frame.sample_size,
        "at": int(frame.sample_updates[-1]),
        "all": percent(float(frame.epoch_test[0, -1]) if len(frame.epochs) else 0.0, 2),
    }
    if "diverged" in frame.events:
        words = DIVERGED
    elif frame.update == 0:
        words = Text("Nothing learned yet: {wrong} of {count} test digits are wrong, and the filters are noise.")
    elif frame.dense_test is not None:
        words = Text("Update {at:,}: of {count} test digits the CNN reads {test}, the fully connected network {dense}.")
    elif len(frame.epochs) and frame.epoch_updates[-1] == frame.update:
        words = Text("Epoch {epoch:,} ends at update {update:,}: {all} of all 10,000 test digits are right.")
    elif frame.sample_updates[-1] < frame.update:
        words = Text(
            "Update {update:,}: loss {loss:.2f}; {wrong} of {count} test digits were still wrong at update {at:,}."
        )
    else:
        words = Text("Update {update:,}: loss {loss:.2f}; {wrong} of {count} test digits are still wrong.")
    said = with_augmentation(with_rate(words(**values), frame.rates), params.augmentation)
    said = with_slice(said, frame.slice)
    if frame.drawn_answer is None:
        return said
    digit = Text("{said} Your digit: {answer} ({p}).")
    return digit(said=said, answer=frame.drawn_answer, p=percent(required(frame.drawn_confidence)))


def status(params: CnnParams, frame: CnnFrame) -> Status | None:
    """The notice for this state; if several apply, the most serious one. None if there is nothing to report."""
    usual = usual_rate(params.optimizer)
    remedy = Remedy(Text("Learning rate {rate}")(rate=usual), {"learning_rate": usual})
    if "diverged" in frame.events:
        return diverged(remedy)
    if frame.update >= _PATIENCE and frame.test_accuracy < _GUESSING:
        words = Text("It still guesses: after {update:,} updates {test} of the test digits are right.")
        shown = words(update=frame.update, test=percent(frame.test_accuracy, 1))
        return Status("guessing", shown, remedy if params.learning_rate != usual else None)
    if params.pixels == "permuted":
        words = Text(
            "All pictures have their pixels permuted in the same way: no pixel is lost, but each has new neighbours."
        )
        return Status("permuted", words, Remedy(Text("Pixels as they are"), {"pixels": "true"}))
    return schedule_ended(frame.rates, params.planned)


def parts(frame: CnnFrame) -> tuple[Text, ...]:
    """Wordings of the number of parameters in each layer, the fullest first; γ and β come last, if there are any."""
    convolution, first, last = (int(count) for count in frame.parts)
    wordings = (
        Text(
            "Parameters: convolution {convolution:,} · first fully connected layer {first:,} ({share})"
            " · last layer {last:,}"
        ),
        Text("Convolution {convolution:,} · fully connected {first:,} ({share}) · {last:,}"),
        Text("{convolution:,} · {first:,} ({share}) · {last:,}"),
    )
    share = percent(frame.share_of_first_affine, 1)
    layers = tuple(words(convolution=convolution, first=first, last=last, share=share) for words in wordings)
    if not frame.normalizing:
        return layers
    normalizing = (_NORMALIZING, _NORMALIZING, Text("{layers} · {count:,}"))
    return tuple(words(layers=said, count=frame.normalizing) for words, said in zip(normalizing, layers, strict=True))


def curve_probe(frame: CnnFrame, curve: str, update: float) -> Probe | None:
    """The tooltip of the curve "loss" or "accuracy" at the recorded update nearest to ``update``; None
    for other plots.
    """
    if curve == "loss" and len(frame.loss_updates):
        row = nearest_row(frame.loss_updates, update)
        words = Text("update {update:,}: loss of this batch {loss}, mean of the last 20 {mean}")
        loss, mean = (format_real(float(found[0, row]), 3) for found in (frame.loss_maximum, frame.loss_mean))
        return Probe(words(update=int(frame.loss_updates[row]), loss=loss, mean=mean))
    if curve == "accuracy":
        row = nearest_row(frame.sample_updates, update)
        words = Text("update {update:,}: {train} of {few} training and {test} of {count} test digits right")
        if frame.dense_test is not None:
            words = Text(
                "update {update:,}: the CNN reads {test} of {count} test digits, the fully connected network {dense}"
            )
        train, test = (percent(float(found[0, row]), 1) for found in (frame.sample_train, frame.sample_test))
        dense = percent(float(frame.sample_test[-1, row]), 1)
        sizes = {"count": frame.sample_size, "few": frame.train_size}
        return Probe(words(update=int(frame.sample_updates[row]), train=train, test=test, dense=dense, **sizes))
    return None
