"""Checks the gradient of any network against central differences: which array is wrong, in which element, and how.

A kink of ReLU, a dropout mask, single precision and the 1e−7 in a logarithm must not count as faults. So any of several
steps h may agree, three batches with other weights have to show the fault, and the tolerance grows with the uncertainty
of the differences themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.contract.text import Text, listed, sentences, untranslated
from engine.exercises.sentences import told_apart
from engine.own_network.any_probe import SAMPLES, Probe, Wrong, is_running

SEEDS = (1, 2, 3)
"""The seeds of three batches and weights; a fault counts only if all of them show it."""
_STEPS, _COARSE_STEPS = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7), (3e-2, 1e-2, 3e-3)
_LARGEST, _DRAWN = 4, 10
"""The elements checked of an array: so many with the largest gradients, and so many drawn at random."""
_PART, _COARSE_PART = 1e-3, 2e-2

RIGHT = Text(
    "in {cells} cells of {arrays} arrays; furthest apart is {cell}: gradient gives {yours}, the differences {expected}"
)
_CELL = Text("{cell}: gradient gives {yours}, and the differences of the loss {expected}.")
_WHICH = Text("Wrong in {wrong}, right in {right}.")
_ALL = Text("Wrong in all arrays.")
_NOT_FINITE = Text("The gradient of {name} has nan or inf in it.")
_UNUSED = Text(
    "{cell}: gradient gives {yours}, but the loss stays {loss} when this number in params changes: what computes has "
    "another array than params."
)
_TIMES_N = Text("It is {samples} times too large, with {samples} samples: the division by the number of samples is "
                "missing.")  # fmt: skip
_BY_N = Text("It is {samples} times too small, with {samples} samples: it is divided by their number once too often.")
_BY_C = Text("It is divided by the number of classes, {classes}, and not by that of the samples, {samples}.")
_TURNED = Text("It has the wrong sign.")
_FACTOR = Text("It is everywhere {factor} times what it should be.")
_ZERO = Text("It is 0 everywhere.")
_NO_DECAY = Text("What is missing is weight decay: {rate} · {name}, which the loss has and the gradient has not.")
_DECAY_TOO_MUCH = Text("There is weight decay in it, {rate} · {name}, which the loss has not.")
_OF_OTHER = Text("These are the numbers of {other}.")
_ACROSS = Text("Rows and columns have changed places: it is transposed.")
_SAME_EVERYWHERE = Text("All its numbers are the same, and they should differ: it is summed over the wrong axis.")


@dataclass(frozen=True)
class Cells:
    """The checked elements of one array of a network, whose indices are ``places``.

    For each element: the network's gradient (``yours``), the central difference (``right``), whether both agree, and
    the parameter's value. Also the gradient ``grad`` of the whole array, and the loss of the batch.
    """

    name: str
    places: list[tuple[int, ...]]
    yours: np.ndarray
    right: np.ndarray
    agree: np.ndarray
    values: np.ndarray
    grad: np.ndarray
    loss: float

    @property
    def worst(self) -> int:
        """The position in ``places`` of the element with the largest error, among those that do not agree if there are
        any.
        """
        apart = np.abs(self.yours - self.right)
        return int(np.argmax(np.where(self.agree, apart if self.agree.all() else -1.0, apart)))

    def cell(self, number: int) -> Text:
        """The name of the element at a position in ``places``, such as W1[0, 3]."""
        place = ", ".join(map(str, self.places[number]))
        return untranslated(f"{self.name}[{place}]")


def check_gradient(probe: Probe) -> Text:
    """The network's gradient must agree with central differences of its loss.

    Returns how well it does; raises ``Wrong`` with the array, the element and both values.
    """
    first: Wrong | None = None
    for train in probe.modes():
        found, failing = list[Cells](), set[str]()
        for number, seed in enumerate(SEEDS):
            probe.begin_well(seed)
            every = compared(probe, seed, train)
            wrong = {one.name for one in every if not one.agree.all()}
            failing = failing & wrong if number else wrong
            if not failing:
                return _right(every)
            found = found or every
        first = first or _wrong(found, failing, probe.classes)
    assert first is not None
    raise first


def compared(probe: Probe, seed: int, train: bool = True) -> list[Cells]:
    """Compares some elements of every array: the network's gradient with central differences of its loss."""
    x, t = _mild_batch(probe, seed)
    grads = probe.gradient(x, t)
    for name, grad in grads.items():
        if not np.isfinite(grad).all():
            raise Wrong(_NOT_FINITE(name=untranslated(name)))
    now = probe.params()
    loss = probe.loss(x, t, train)
    single = any(one.dtype in (np.float32, np.float16) for one in now.values()) or float(np.float32(loss)) == loss
    random = np.random.default_rng(seed)
    return [
        _cells(probe, name, grads[name], now[name], random, x, t, single, train, loss)
        for name in grads
        if now[name].dtype.kind == "f" and not is_running(name) and now[name].size
    ]


def _mild_batch(probe: Probe, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A batch, after reducing the weights until no label has a probability near 0, where the 1e−7 in a logarithm
    counts.
    """
    x, t = probe.batch(seed)
    for _ in range(6):
        if not np.isfinite(loss := probe.loss(x, t)) or abs(loss) < np.log(probe.classes) + 3:
            break
        for name, array in probe.params().items():
            if array.ndim >= 2 and array.dtype.kind == "f":
                probe.write(name, array / 2)
    return x, t


def _cells(
    probe: Probe, name: str, grad: np.ndarray, array: np.ndarray, random: np.random.Generator, x: np.ndarray,
    t: np.ndarray, single: bool, train: bool, loss: float,
) -> Cells:  # fmt: skip
    largest = np.argsort(np.abs(grad), axis=None)[-_LARGEST:]
    drawn = random.choice(grad.size, min(_DRAWN, grad.size), replace=False)
    places = [tuple(map(int, np.unravel_index(one, grad.shape))) for one in dict.fromkeys([*largest[::-1], *drawn])]
    scale = float(np.max(np.abs(grad)))
    right, agree = [], []
    for place in places:
        steps = _COARSE_STEPS if single else _STEPS
        value = float(array[place])
        told = probe.losses(name, place, [value + sign * step for step in steps for sign in (1, -1)], x, t, train)
        slopes = [(up[1] - down[1]) / (up[0] - down[0]) for up, down in zip(told[::2], told[1::2], strict=True)]
        best, spread = _surest(slopes)
        noise = 4e-7 * max(1.0, abs(told[0][1])) / steps[0] if single else 0.0
        allowed = (_COARSE_PART if single else _PART) * max(abs(best), abs(grad[place]))
        allowed += 5 * spread + noise + 1e-6 * scale + 1e-10
        nearest = min(slopes, key=lambda slope: abs(slope - grad[place]))
        agree.append(abs(nearest - grad[place]) <= allowed)
        right.append(nearest if agree[-1] else best)
    yours = np.array([grad[place] for place in places])
    values = np.array([float(array[place]) for place in places])
    return Cells(name, places, yours, np.array(right), np.array(agree), values, grad, loss)


def _surest(slopes: list[float]) -> tuple[float, float]:
    """The most reliable of several central differences with ever smaller steps, and its uncertainty.

    It is the one that differs least from the difference with the step before.
    """
    apart = [abs(one - other) for one, other in pairwise(slopes)]
    at = int(np.argmin(apart))
    return slopes[at + 1] if at else slopes[1], apart[at]


def _right(found: list[Cells]) -> Text:
    worst = max(found, key=lambda one: abs(float(one.yours[one.worst] - one.right[one.worst])))
    at = worst.worst
    yours, expected = float(worst.yours[at]), float(worst.right[at])
    cells = sum(len(one.places) for one in found)
    return RIGHT(cells=cells, arrays=len(found), cell=worst.cell(at), yours=yours, expected=expected)


def _wrong(found: list[Cells], failing: set[str], classes: int) -> Wrong:
    """The fault in the last wrong array; earlier arrays may be wrong only as a consequence."""
    one = [one for one in found if one.name in failing][-1]
    at = one.worst
    yours, expected = told_apart(float(one.yours[at]), float(one.right[at]))
    if not np.any(one.right) and np.any(one.yours):
        return Wrong(_UNUSED(cell=one.cell(at), yours=yours, loss=one.loss))
    wrong, right = ([untranslated(other.name) for other in found if (other.name in failing) is is_wrong]
                    for is_wrong in (True, False))  # fmt: skip
    said = [_CELL(cell=one.cell(at), yours=yours, expected=expected)]
    said.append(_WHICH(wrong=listed(wrong), right=listed(right)) if right else _ALL)
    if hint := _looks_like(one, [other for other in found if other.name in failing], found, classes):
        said.append(hint)
    return Wrong(sentences(said))


def _looks_like(one: Cells, wrong: list[Cells], every: list[Cells], classes: int) -> Text | None:
    """A sentence on the likely cause of a wrong gradient, such as a missing division by N; None if it is unknown.

    ``one`` is the array that is reported, ``wrong`` are all wrong arrays, and ``every`` is all arrays.
    """
    name, mine, right = untranslated(one.name), one.yours, one.right
    if np.max(np.abs(mine)) <= 1e-9 * np.max(np.abs(right)):
        return _ZERO
    # A bias may have one number only, and the others the same factor.
    of_all = _factor(*(np.concatenate([getattr(other, part) for other in wrong]) for part in ("yours", "right")))
    if (factor := of_all or _factor(mine, right)) is not None:
        known = ((SAMPLES, _TIMES_N), (1 / SAMPLES, _BY_N), (SAMPLES / classes, _BY_C), (-1, _TURNED))
        text = next((text for value, text in known if np.isclose(factor, value, rtol=0.01)), _FACTOR)
        return text(samples=SAMPLES, classes=classes, factor=round(factor, 4))
    if (rate := _factor(right - mine, one.values)) is not None:
        return (_NO_DECAY if rate > 0 else _DECAY_TOO_MUCH)(rate=round(abs(rate), 4), name=name)
    if (
        len(mine) > 2
        and np.allclose(mine, mine[0], rtol=1e-9, atol=0)
        and not np.allclose(right, right[0], rtol=1e-2, atol=0)
    ):
        return _SAME_EVERYWHERE
    for other in every:
        if other.name != one.name and np.array_equal(other.grad, one.grad):
            return _OF_OTHER(other=untranslated(other.name))
    if one.grad.ndim == 2 and one.grad.shape[0] == one.grad.shape[1]:
        turned = [one.grad.T[place] for place in one.places]
        if np.allclose(turned, right, rtol=1e-2, atol=1e-6 * np.max(np.abs(right))):
            return _ACROSS
    return None


def _factor(mine: np.ndarray, right: np.ndarray) -> float | None:
    """The constant c with mine ≈ c · right; None if there is none."""
    large = np.abs(right) > 1e-3 * np.max(np.abs(right), initial=0)
    if np.count_nonzero(large) < 2 or np.max(np.abs(mine)) == 0:
        return None
    factor = float(np.median(mine[large] / right[large]))
    fits = np.allclose(mine, factor * right, rtol=0.02, atol=1e-4 * np.max(np.abs(mine)))
    return factor if fits and abs(factor) > 1e-6 else None
