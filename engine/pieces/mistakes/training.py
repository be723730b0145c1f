"""Common mistakes in an update, in the accuracy, and in when it is looked at, of chapter 4."""

from __future__ import annotations

from engine.contract.text import Text
from engine.pieces.mistakes.mistake import wrong

_UPDATE = (
    wrong("uphill", Text("The loss grows this way: the gradient points uphill."), ("-=", "+=")),
    wrong("without_rate", Text("You get exactly these numbers if lr does not count."), ("lr * ", "")),
    wrong(
        "gradients_instead",
        Text("What stands there is the step alone. It has to be added to what the parameter was."),
        ("params[key] -= lr", "params[key][...] = -lr"),
    ),
    wrong(
        "weights_only",
        Text("The biases have stayed as they were. They learn, too."),
        ("params[key] -=", 'if key[0] == "W":\n            params[key] -='),
    ),
    wrong(
        "rebinding",
        Text(
            "The arrays have stayed as they were: the dictionary got new ones. The layers hold the old ones, and "
            "would never learn."
        ),
        ("-=", "= params[key] -"),
        of_code=True,
    ),
    wrong(
        "fixed_rate",
        Text("You get exactly these numbers with lr = 0.01, whatever is handed over."),
        ("lr * ", "0.01 * "),
        of_code=True,
    ),
    wrong(
        "by_themselves",
        Text("Each parameter has lost a share of itself. What is taken away belongs to its gradient."),
        ("grads[key]", "params[key]"),
    ),
)

_LOOP, _LAST = "    for i in range(0, len(x), batch_size):\n", "    return accuracy_cnt / len(x)\n"
_PART = "[i : i + batch_size]"
_COUNT = f"        accuracy_cnt += np.sum(predict(x{_PART}) == t{_PART})\n"
_FULL, _BATCHES = "len(x) // batch_size * batch_size", "-(-len(x) // batch_size)"
FULL_BATCHES = (
    (
        _LOOP,
        "    for i in range(len(x) // batch_size):\n        part = slice(i * batch_size, (i + 1) * batch_size)\n",
    ),
    (_PART, "[part]"),
)
"""The changes after which the samples behind the last full batch are left out."""
_ACCURACY = (
    wrong(
        "unmended",
        Text("The samples after the last full batch are never looked at, and count as wrong."),
        *FULL_BATCHES,
    ),
    wrong(
        "counted_only",
        Text("Now it is the accuracy of those that were looked at. The last ones still are not."),
        (_LOOP, f"    for i in range(0, {_FULL}, batch_size):\n"),
        (_LAST, f"    return accuracy_cnt / ({_FULL})\n"),
    ),
    wrong(
        "mean_of_batches",
        Text("The mean over the batches: a last batch of 50 counts as much in it as one of 100."),
        ("np.sum", "np.mean"),
        (_LAST, f"    return accuracy_cnt / {_BATCHES}\n"),
    ),
    wrong(
        "repeated",
        Text("The last batch was filled up with samples that had been looked at: these count twice."),
        (_LOOP, f"{_LOOP}        i = max(0, min(i, len(x) - batch_size))\n"),
        (_LAST, f"    return accuracy_cnt / ({_BATCHES} * batch_size)\n"),
    ),
    wrong("undivided", Text("This is how many are right. An accuracy is their share."), (" / len(x)", "")),
    wrong(
        "steps_of_one",
        Text("The batches overlap, since the loop goes on by one sample: each sample counts many times."),
        (_LOOP, "    for i in range(len(x)):\n"),
    ),
    wrong("first_batch", Text("Only the first batch was counted: where does return stand?"), (_LAST, f"    {_LAST}")),
    wrong(
        "at_once",
        Text("The accuracy is right, but all samples were predicted at once: then large data do not fit into memory."),
        (_LOOP, ""),
        (_COUNT, "    accuracy_cnt = np.sum(predict(x) == t)\n"),
    ),
    wrong("turned", Text("This is the share of those that are wrong."), ("==", "!=")),
)

_EPOCH, _TEST = "int(np.ceil(samples / batch_size))", "i % iter_per_epoch == 0"
IN_FLOATS = ((_EPOCH, "max(samples / batch_size, 1)"),)
"""The change after which an epoch is no whole number of updates."""
_LOST = Text("Hardly any update is a multiple of such a number with a fraction, so nearly all looks are lost.")
_DOWN = Text("Rounded down: the last samples are not seen yet when the epoch is said to be over.")
_LOOKS = (
    wrong("unmended", _LOST, *IN_FLOATS),
    wrong("below_one", _LOST, (_EPOCH, "samples / batch_size")),
    wrong("rounded_down", _DOWN, (_EPOCH, "max(samples // batch_size, 1)")),
    wrong("rounded_to_0", _DOWN, (_EPOCH, "samples // batch_size")),
    wrong(
        "first_beyond",
        Text("Looks are now 8, now 7 updates apart; every epoch has the same number."),
        *IN_FLOATS,
        (_TEST, "i % iter_per_epoch < 1"),
    ),
    wrong(
        "one_more",
        Text("One update too many: even if the batches divide the samples without a rest."),
        (_EPOCH, "samples // batch_size + 1"),
    ),
    wrong(
        "not_at_first",
        Text("The look at update 0 is missing, before anything was learned."),
        (_TEST, f"i and {_TEST}"),
    ),
    wrong(
        "rounded",
        Text("Rounded to the nearest: where the rest of the samples is less than half a batch, it is left out."),
        (_EPOCH, "max(round(samples / batch_size), 1)"),
    ),
    wrong(
        "at_the_end",
        Text("These are the last updates of the epochs. The first look is at update 0."),
        (_TEST, "(i + 1) % iter_per_epoch == 0"),
    ),
    wrong(
        "answers",
        Text("These are the answers True and False for all updates. Wanted are the updates at which it is True."),
        (f"i for i in range(updates) if {_TEST}", f"{_TEST} for i in range(updates)"),
    ),
)

MISTAKES = {"update": _UPDATE, "accuracy": _ACCURACY, "looks": _LOOKS}
