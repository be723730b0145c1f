"""Checks that every correct network passes, whatever its layers are.

Each returns a sentence about what it found, raises ``Wrong`` with the fault, or ``NotJudged`` with the reason why the
network cannot be judged.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.contract.text import EMPTY, Text, enumerated, sentences, untranslated
from engine.exercises.sentences import told_apart
from engine.own_network.any_gradient import compared
from engine.own_network.any_probe import SAMPLES, Arrays, Probe, Wrong, is_running, said_of
from engine.own_network.station import probabilities
from engine.sandbox.caller import Faulty

FEW, MANY = 100, 200
"""The number of samples of a usual batch, and of one for an accuracy, which some networks count in hundreds."""
_ALIKE, _ALIKE_SINGLE, _NEAR = 1e-6, 2e-3, 0.05
_LARGE = 1000.0
_SMALL_NETWORK = 400
"""The maximum number of parameters of a network whose own numerical gradient is called."""

ARRAYS = Text("{call}: {arrays}; samples (N, {shape}), labels {labels}")
ONE_HOT, NUMBERS, IN_A_COLUMN = Text("one-hot"), Text("as numbers"), Text("0 and 1 in a column")
_NEAR_LOG = Text("{loss}, and with {classes} classes and small weights ln {classes} = {wanted}")
_FAR_FROM_LOG = Text(
    "With small weights the loss of a batch of {samples} is {loss}; that of {classes} classes is ln {classes} = "
    "{wanted}."
)
_OTHER_LOSS = Text("with small weights the loss is {loss}, and ln {classes} = {wanted}: it is no cross entropy error")
_IS_SUM = Text("It is {samples} times as large: the loss is a sum, and not divided by the number of samples.")
_IS_TURNED = Text("It has the wrong sign: the loss is −log of the probability.")
_IS_OTHER_LOG = Text("It is the logarithm to the base {base}: np.log is wanted.")
_IS_BY_C = Text("It is divided by the number of classes.")
_IS_DIVIDED_TWICE = Text("It is divided by the number of samples twice.")
_BATCH = Text("loss: {samples} samples give {yours}, one by one on average {expected}{gradient}")
_AND_GRADIENT = Text("; the gradients agree, too")
_BATCH_LOSS = Text("The loss of {samples} samples is {yours}; one by one they have {expected} on average.")
_BATCH_GRADIENT = Text("{cell}: the gradient of {samples} samples is {yours}; one by one it is {expected} on average.")
_GRADIENT_IS_SUM = Text("It is {samples} times as large: the division by the number of samples is missing.")
_BATCH_PREDICT = Text(
    "predict gives sample {sample}, class {place}, {yours} among {samples} samples and {expected} alone: in a test no "
    "sample may count for another. Softmax sums along axis 1, and batch normalization has its running means."
)
_OF_ONE = Text("A batch of one sample does not pass: {what}")
_UNCHANGED = Text("x, t and params are the same after {methods}")
_CHANGED_INPUT = Text("{method} changes {cell}: it was {before} and is {after}. Work on a copy.")
_CHANGED_PARAMS = Text("{method} changes {cell}: it was {before} and is {after}. Only an update may do that.")
_SAME = Text("loss {loss} each time; after gradient, too")
_LOSS_TWICE = Text("The same batch has the loss {first} and then {second}.")
_GRADIENT_TWICE = Text("{cell}: the first call of gradient gives {first}, the second {second}.")
_LEFT_OVER = Text("What was there before is added: gradients have to begin at 0 with each call.")
_LOSS_AFTER = Text("Before gradient the loss is {first}, after it {second}.")
_LARGE_FINE = Text("no nan with weights a thousand times as large, nor with {samples} equal samples")
_NAN_LARGE = Text(
    "With weights a thousand times as large {method} gives nan: exp overflows. Softmax subtracts the largest score "
    "first, and sigmoid is 1 / (1 + exp(−x))."
)
_NAN_SHIFTED = Text(
    "With 1000 more in each number of {bias} loss gives nan: exp overflows. Softmax subtracts the largest score first."
)
_NAN_EQUAL = Text(
    "With {samples} equal samples {method} gives nan: their variance is 0. Batch normalization adds 1e−7 to it before "
    "the root."
)
_ACCURACY = Text("{yours} of {samples} samples, as counted from predict")
_ACCURACY_WRONG = Text("accuracy gives {yours} for {samples} samples; from predict {expected} of them are right.")
_ACCURACY_KIND = Text("accuracy gives back no single number.")
_PERCENT = Text("It counts in percent.")
_COUNTED = Text("It counts the samples, and does not divide by their number.")
_IN_TRAINING = Text("It is the share in training mode: in accuracy predict has to be in test mode.")
_OF_ALL = Text("np.argmax without axis=1 looks at the whole batch.")
_TEST_SAME = Text("predict gives the same twice")
_TEST_DIFFERENT = Text(
    "In a test predict gives sample {sample}, class {place}, {first} and then {second}: what drops out at random has "
    "to be switched off there."
)
_NUMERICAL = Text("as by differences, in all {cells} cells")
_NUMERICAL_WRONG = Text("{cell}: numerical_gradient gives {yours}, the differences of the loss {expected}.")
NOT_SMALL = Text("no network of it is small enough to ask for every number")
_CONSTANT = Text(
    "It asks for a loss that does not change: f has to compute the loss anew, as lambda W: self.loss(x, t) does."
)


class NotJudged(Exception):
    """Raised if a check cannot be made with this network; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.render("en"))
        self.text = text


def check_arrays(probe: Probe) -> Text:
    """Lists the network's arrays with their shapes, the call that made it, and the shape of a sample and form of
    labels.
    """
    every = [untranslated(f"{name} {array.shape}") for name, array in probe.arrays.items()]
    shape = untranslated(", ".join(map(str, probe.shape)))
    labels = NUMBERS if probe.has_numbers else ONE_HOT if probe.classes > 1 else IN_A_COLUMN
    return ARRAYS(call=untranslated(probe.call), arrays=enumerated(every), shape=shape, labels=labels)


def check_first_loss(probe: Probe) -> Text:
    """The loss with tiny weights must be ln C: with scores near 0 each of C classes has the probability 1/C."""
    if probe.classes == 1:
        raise NotJudged(Text("there is one output, and no classes"))
    for name, array in probe.begin(0).items():
        if array.ndim >= 2 and array.dtype.kind == "f":
            probe.write(name, array * min(1.0, 0.01 / max(float(np.std(array)), 1e-12)) * 0.1)
    x, t = probe.batch(0, FEW)
    if probe.has_test_mode:
        probe.gradient(x, t)  # so that running means are some
    loss, wanted = probe.loss(x, t, train=False), float(np.log(probe.classes))
    told = {"classes": probe.classes, "loss": loss, "wanted": wanted, "samples": FEW}
    if abs(loss - wanted) < _NEAR * wanted:
        return _NEAR_LOG(**told)
    base = 10 if np.isclose(loss, wanted / np.log(10), rtol=_NEAR) else 2
    for factor, hint in (
        (FEW, _IS_SUM), (-FEW, _IS_TURNED), (-1, _IS_TURNED), (1 / np.log(10), _IS_OTHER_LOG(base=base)),
        (1 / np.log(2), _IS_OTHER_LOG(base=base)), (1 / probe.classes, _IS_BY_C), (1 / FEW, _IS_DIVIDED_TWICE),
        (FEW / probe.classes, _IS_BY_C),
    ):  # fmt: skip
        if abs(loss / wanted - factor) < _NEAR * abs(factor) and not _is_squared(probe, x, t, loss):
            raise Wrong(sentences([_FAR_FROM_LOG(**told), hint(samples=FEW)]))
    raise NotJudged(_OTHER_LOSS(**told))


def _is_squared(probe: Probe, x: np.ndarray, t: np.ndarray, loss: float) -> bool:
    """Whether this loss is a squared error between ``predict`` and the one-hot labels t."""
    if not probe.has("predict") or probe.has_numbers:
        return False
    y = probe.predict(x)
    errors = [float(np.sum((one - t) ** 2)) for one in (y, probabilities(y))]
    return any(np.isclose(loss, error * part, rtol=1e-3) for error in errors
               for part in (1.0, 0.5, 1 / len(x), 0.5 / len(x), 1 / t.size, 0.5 / t.size))  # fmt: skip


def check_batch(probe: Probe) -> Text:
    """The loss and gradient of a batch must be the means of those of its samples.

    In test mode, no sample may influence the scores of another.
    """
    probe.begin_well(1)
    x, t = probe.batch(1)
    rows = [slice(number, number + 1) for number in range(SAMPLES)]
    near = _nearness(probe, probe.loss(x, t))
    try:
        if probe.has("predict"):
            _compare_rows(probe, x, rows, near)
        yours = probe.loss(x, t, train=False)
        expected = float(np.mean([probe.loss(x[row], t[row], train=False) for row in rows]))
        if not _close(yours, expected, near):
            told = told_apart(yours, expected)
            said = _BATCH_LOSS(samples=SAMPLES, yours=told[0], expected=told[1])
            raise Wrong(
                sentences([said, _IS_SUM(samples=SAMPLES)]) if _close(yours, SAMPLES * expected, near) else said
            )
        is_mean = _is_mean_in_training(probe, x, t, rows, near)
        if is_mean:
            _compare_gradients(probe, x, t, rows, near)
    except Faulty as error:
        raise Wrong(_OF_ONE(what=said_of(error.fault))) from None
    return _BATCH(samples=SAMPLES, yours=yours, expected=expected, gradient=_AND_GRADIENT if is_mean else EMPTY)


def _compare_rows(probe: Probe, x: np.ndarray, rows: list[slice], near: float) -> None:
    together, again = probe.predict(x), probe.predict(x, seed=2)
    if not np.array_equal(together, again, equal_nan=True):
        return  # the check of test mode says so
    alone = np.concatenate([probe.predict(x[row]) for row in rows])
    apart = np.abs(together - alone)
    if alone.shape == together.shape and np.max(apart) > near * max(1.0, float(np.max(np.abs(alone)))):
        sample, place = (int(one) for one in np.unravel_index(np.argmax(apart), apart.shape))
        told = told_apart(float(together[sample, place]), float(alone[sample, place]))
        raise Wrong(_BATCH_PREDICT(sample=sample, place=place, samples=SAMPLES, yours=told[0], expected=told[1]))


def _is_mean_in_training(probe: Probe, x: np.ndarray, t: np.ndarray, rows: list[slice], near: float) -> bool:
    """Whether the loss in training mode, too, is the mean of the samples' losses: no dropout, no batch statistics."""
    if not probe.has_test_mode:
        return probe.loss(x, t) == probe.loss(x, t, seed=2)
    try:
        one_by_one = [probe.loss(x[row], t[row]) for row in rows]
    except Faulty:
        return False
    whole = probe.loss(x, t)
    return whole == probe.loss(x, t, seed=2) and _close(whole, float(np.mean(one_by_one)), near)


def _compare_gradients(probe: Probe, x: np.ndarray, t: np.ndarray, rows: list[slice], near: float) -> None:
    whole = probe.gradient(x, t)
    parts = [probe.gradient(x[row], t[row]) for row in rows]
    for name, array in whole.items():
        mean = np.mean([part[name] for part in parts], axis=0)
        cell, yours, expected = _furthest(name, array, mean)
        if abs(yours - expected) > 10 * near * max(float(np.max(np.abs(mean))), 1e-3):
            told = told_apart(yours, expected)
            said = _BATCH_GRADIENT(cell=cell, samples=SAMPLES, yours=told[0], expected=told[1])
            is_sum = np.allclose(array, SAMPLES * mean, rtol=1e-2, atol=1e-4 * float(np.max(np.abs(array))))
            raise Wrong(sentences([said, _GRADIENT_IS_SUM(samples=SAMPLES)]) if is_sum else said)


def check_unchanged(probe: Probe) -> Text:
    """Only an update may write into the samples, the labels or the network's arrays."""
    probe.begin_well(2)
    x, t = probe.batch(2, FEW)
    methods = [one for one in ("loss", "gradient", "predict", "accuracy") if probe.has(one)]
    for method in methods:
        given_x, given_t, before = x.copy(), t.copy(), probe.params()
        _ask(probe, method, given_x, given_t)
        _refuse_changes(_CHANGED_INPUT, method, {"x": x, "t": t}, {"x": given_x, "t": given_t})
        _refuse_changes(_CHANGED_PARAMS, method, before, probe.params())
    return _UNCHANGED(methods=enumerated([untranslated(one) for one in methods]))


def _ask(probe: Probe, method: str, x: np.ndarray, t: np.ndarray) -> None:
    if method == "predict":
        probe.predict(x)
    else:
        getattr(probe, method)(x, t)


def _refuse_changes(text: Text, method: str, before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray]) -> None:
    for name, array in before.items():
        if not is_running(name) and name in after and not np.array_equal(array, after[name], equal_nan=True):
            cell, was, now = _furthest(name, array, after[name])
            told = told_apart(was, now)
            raise Wrong(text(method=untranslated(method), cell=cell, before=told[0], after=told[1]))


def check_twice(probe: Probe) -> Text:
    """The same batch must give the same loss and the same gradient, whatever was computed in between."""
    probe.begin_well(3)
    x, t = probe.batch(3)
    first, second = probe.loss(x, t), probe.loss(x, t)
    if not _close(first, second, 1e-12):
        told = told_apart(first, second)
        raise Wrong(_LOSS_TWICE(first=told[0], second=told[1]))
    grads, again = probe.gradient(x, t), probe.gradient(x, t)
    for name, array in grads.items():
        if not np.allclose(array, again[name], rtol=1e-9, atol=0, equal_nan=True):
            cell, mine, other = _furthest(name, array, again[name])
            told = told_apart(mine, other)
            said = [_GRADIENT_TWICE(cell=cell, first=told[0], second=told[1])]
            is_added = np.allclose(again[name], 2 * array, rtol=1e-6)
            raise Wrong(sentences([*said, _LEFT_OVER]) if is_added else said[0])
    after = probe.loss(x, t)
    if not _close(first, after, 1e-12):
        told = told_apart(first, after)
        raise Wrong(_LOSS_AFTER(first=told[0], second=told[1]))
    return _SAME(loss=first)


def check_extremes(probe: Probe) -> Text:
    """Large scores, and a batch of equal samples, must not give nan."""
    probe.begin_well(4)
    x, t = probe.batch(4)
    equal = np.repeat(x[:1], SAMPLES, axis=0)
    is_nan = {"loss": np.isnan(probe.loss(equal, t))}
    is_nan |= {f"gradient[{name!r}]": np.isnan(one).any() for name, one in probe.gradient(equal, t).items()}
    for method in (name for name, fits in is_nan.items() if fits):
        raise Wrong(_NAN_EQUAL(samples=SAMPLES, method=untranslated(method)))
    params = probe.params()
    wide = [name for name, array in params.items() if array.ndim >= 2 and array.dtype.kind == "f"]
    if not probe.has("predict"):
        return _LARGE_FINE(samples=SAMPLES)
    for name in dict.fromkeys([*wide[:1], *wide[-1:]]):
        probe.write(name, _LARGE * params[name])
    if np.isnan(probe.predict(x)).any():
        raise Wrong(_NAN_LARGE(method=untranslated("predict")))
    for name in wide:
        probe.write(name, params[name])
    # The same for all classes changes no probability, and no logarithm meets a 0.
    y, bias = probe.predict(x), list(params)[-1]
    has_softmax = not 0 <= np.min(y) <= np.max(y) <= 1 or np.allclose(np.sum(y, axis=1), 1, atol=1e-3)
    if has_softmax and params[bias].size == probe.classes > 1:
        probe.write(bias, params[bias] + _LARGE)
        if np.isnan(probe.loss(x, t)):
            raise Wrong(_NAN_SHIFTED(bias=untranslated(bias)))
    return _LARGE_FINE(samples=SAMPLES)


def check_test_mode(probe: Probe) -> Text:
    """In test mode nothing may be random: two calls of ``predict`` must agree."""
    if not probe.has("predict"):
        raise NotJudged(Text("there is no predict"))
    probe.begin_well(5)
    x, _ = probe.batch(5)
    first, second = probe.predict(x), probe.predict(x, seed=2)
    if not np.array_equal(first, second, equal_nan=True):
        sample, place = (int(one) for one in np.unravel_index(np.argmax(np.abs(first - second)), first.shape))
        told = told_apart(float(first[sample, place]), float(second[sample, place]))
        raise Wrong(_TEST_DIFFERENT(sample=sample, place=place, first=told[0], second=told[1]))
    return _TEST_SAME


def check_accuracy(probe: Probe) -> Text:
    """The accuracy must be the share of the samples whose largest score is that of their label."""
    if not probe.has("predict") or not probe.has("accuracy"):
        raise NotJudged(Text("there is no predict, or no accuracy"))
    if probe.classes == 1:
        raise NotJudged(Text("there is one output, and no classes"))
    probe.begin_well(6)
    x, t = probe.batch(6, MANY)
    x = np.random.default_rng(probe.seed).standard_normal(x.shape)  # samples that are read differently
    if probe.has_test_mode:
        probe.gradient(x, t)
    y = probe.predict(x)
    # Of labels that are right for a third there is something to count.
    numbers = np.argmax(y, axis=1)
    numbers[MANY // 3 :] = np.random.default_rng(6).integers(0, probe.classes, MANY - MANY // 3)
    expected, answer = float(np.mean(np.argmax(y, axis=1) == numbers)), probe.accuracy(x, probe.labels(numbers))
    try:
        yours = probe.number(answer)
    except Wrong:
        raise Wrong(_ACCURACY_KIND) from None
    if abs(yours - expected) < 1.5 / MANY:
        return _ACCURACY(yours=yours, samples=MANY)
    training = float(np.mean(np.argmax(probe.predict(x, train=True), axis=1) == numbers))
    said = _ACCURACY_WRONG(yours=yours, expected=expected, samples=MANY)
    hints = (
        (np.isclose(yours, 100 * expected), _PERCENT), (np.isclose(yours, MANY * expected), _COUNTED),
        (np.isclose(yours, training, atol=0.5 / MANY) and training != expected, _IN_TRAINING),
        (yours < min(expected / 3, 1.5 / probe.classes), _OF_ALL),
    )  # fmt: skip
    hint = next((text for fits, text in hints if fits), None)
    raise Wrong(said if hint is None else sentences([said, hint]))


def check_numerical(probe: Probe) -> Text:
    """The network's own numerical gradient must agree with our central differences; checked in a small network only."""
    if not probe.has("numerical_gradient"):
        raise NotJudged(Text("there is no numerical_gradient"))
    if sum(array.size for array in probe.arrays.values()) > _SMALL_NETWORK:
        raise NotJudged(NOT_SMALL)
    probe.begin_well(1)
    modes = list(probe.modes())
    first: Wrong | None = None
    for train in modes:
        found = compared(probe, 1, train)
        mine: Arrays = probe.numerical(*probe.batch(1))
        wrong = None
        for one in found:
            yours = np.array([mine[one.name][place] for place in one.places])
            allowed = 1e-2 * np.max(np.abs(one.right)) + 1e-4
            at = int(np.argmax(np.abs(yours - one.right)))
            if abs(yours[at] - one.right[at]) > allowed and wrong is None:
                told = told_apart(float(yours[at]), float(one.right[at]))
                said = _NUMERICAL_WRONG(cell=one.cell(at), yours=told[0], expected=told[1])
                constant = not any(np.any(array) for array in mine.values())
                wrong = Wrong(sentences([said, _CONSTANT]) if constant else said)
        if wrong is None:
            return _NUMERICAL(cells=sum(array.size for array in mine.values()))
        first = first or wrong
    assert first is not None
    raise first


def _nearness(probe: Probe, loss: float) -> float:
    single = any(one.dtype in (np.float32, np.float16) for one in probe.arrays.values())
    return _ALIKE_SINGLE if single or float(np.float32(loss)) == loss else _ALIKE


def _close(mine: float, other: float, near: float) -> bool:
    return mine == other or abs(mine - other) <= near * max(1.0, abs(other)) or bool(np.isnan(mine) and np.isnan(other))


def _furthest(name: str, array: np.ndarray, other: np.ndarray) -> tuple[Text, float, float]:
    """The name of the element in which two arrays differ most, such as W1[0, 3], and its two values."""
    apart = np.abs(np.asarray(array, dtype=float) - other)
    place = np.unravel_index(int(np.argmax(np.where(np.isnan(apart), np.inf, apart))), apart.shape)
    where = ", ".join(str(int(one)) for one in place)
    return untranslated(f"{name}[{where}]"), float(array[place]), float(other[place])
