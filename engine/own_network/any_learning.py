"""Makes some updates of a network of any class on MNIST, by its own ``update`` or, if it has none, by SGD."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from engine.contract.text import Text, untranslated
from engine.data.digits import load_digits, pixels
from engine.own_network import any_fitting as fitting
from engine.own_network.any_checks import FEW, NotJudged
from engine.own_network.any_fitting import CLASSES, SIDE
from engine.own_network.any_probe import Probe, Wrong

UPDATES, FEWEST = 300, 30
_OF_PICTURES = 25
"""The size of a mini-batch for a network that takes images (C, H, W), whose updates take long."""
_SECONDS = 30.0
_RATES = ((0.1, 0.0), (0.1, 0.9), (0.01, 0.0))
"""Pairs (learning rate, momentum) to try one after the other, since a right network may not learn with one of them."""
_FALLS = 0.9
_EVERY = 10
Tell = Callable[[int, int, float], object]
"""A callback with the updates made, the total number of updates, and the current loss."""

LEARNED = Text("after {updates} updates {by} the loss of {samples} training digits fell from {first} to {last}")
_BY_OWN, _BY_SGD = Text("by its own update"), Text("by SGD, learning rate {rate}, momentum {momentum}")
_NO_DIGITS = Text("it takes samples ({shape}) of {classes} classes, and MNIST has 784 pixels and 10 digits")
_RISES = Text("After {updates} updates {by} the loss has risen from {first} to {last}.")
_STAYS = Text(
    "The loss stays where it is: {first} before, {last} after {updates} updates {by}. The first weights are too small, "
    "too large or all alike, or the learning rate is."
)
_NOT_A_NUMBER = Text("After {updates} updates {by} the loss is nan or inf.")
_WRONG_WAY = Text(
    "update goes uphill: {name} is to change against its gradient, and changes along it. The sign is wrong."
)
_NOTHING = Text("update changes no array of params.")
_DETACHED = Text(
    "After update the loss stays {loss} when {name} in params changes: update puts new arrays into params, and the "
    "layers keep the old ones. Write into them: params[name] −= …, or [...] = …."
)
_UNKNOWN_UPDATE = Text("by SGD, since what its update wants is not clear from the names, learning rate {rate}, "
                       "momentum {momentum}")  # fmt: skip


def check_update(probe: Probe) -> Text:
    """One call of the network's ``update`` must go downhill, and change the arrays that the network computes with."""
    if not probe.has("update"):
        raise NotJudged(Text("there is no update"))
    roles = fitting.roles_in(probe.headings["update"])
    if roles is None:
        raise NotJudged(Text("what update wants is not clear from the names of its parameters"))
    probe.begin_well(7)
    x, t = probe.batch(7, FEW)
    grads, before = probe.gradient(x, t), probe.params()
    probe.step(roles, 0.01, 0.0, x, t)
    after = probe.params()
    moved = {name: after[name] - before[name] for name in grads if after[name].shape == before[name].shape}
    if not any(np.any(one) for one in moved.values()):
        raise Wrong(_NOTHING)
    for name, change in moved.items():
        size = float(np.linalg.norm(change) * np.linalg.norm(grads[name]))
        if size and float(np.sum(change * grads[name])) > 0.5 * size:
            raise Wrong(_WRONG_WAY(name=untranslated(name)))
    now = probe.gradient(x, t)
    for name, grad in now.items():
        place = tuple(int(one) for one in np.unravel_index(int(np.argmax(np.abs(grad))), grad.shape))
        told = probe.losses(name, place, [float(after[name][place]) + step for step in (0.0, 0.1, 1.0)], x, t)
        if abs(grad[place]) > 1e-6 and len({loss for _, loss in told}) == 1:
            raise Wrong(_DETACHED(name=untranslated(name), loss=told[0][1]))
    return Text("every array changes against its gradient")


def check_learning(probe: Probe, tell: Tell = lambda done, of, loss: None) -> Text:
    """The loss must fall in some updates on MNIST."""
    if int(np.prod(probe.shape)) != SIDE * SIDE or probe.classes != CLASSES:
        shape = untranslated(", ".join(map(str, probe.shape)))
        raise NotJudged(_NO_DIGITS(shape=shape, classes=probe.classes))
    roles = fitting.roles_in(probe.headings["update"]) if probe.has("update") else None
    is_told_rate = roles is None or "rate" in roles
    wrong: Wrong | None = None
    for rate, momentum in _RATES if is_told_rate else _RATES[:1]:
        if roles is not None and momentum:
            rate, momentum = 1.0, 0.0
        by = _BY_OWN if roles is not None else _UNKNOWN_UPDATE if probe.has("update") else _BY_SGD
        try:
            return _learned(probe, roles, rate, momentum, by(rate=rate, momentum=momentum), tell)
        except Wrong as error:
            wrong = wrong or error
    assert wrong is not None
    raise wrong


def _learned(probe: Probe, roles: tuple[str, ...] | None, rate: float, momentum: float, by: Text, tell: Tell) -> Text:
    digits, random = load_digits("train"), np.random.default_rng(0)
    batch = FEW if len(probe.shape) == 1 else _OF_PICTURES

    def drawn(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        x = pixels(digits.images[np.sort(rows)]).reshape(len(rows), *probe.shape)
        return x, probe.labels(digits.labels[np.sort(rows)].astype(int))

    probe.begin(0)
    fixed = drawn(random.choice(10_000, FEW, replace=False))
    first = last = probe.loss(*fixed)
    done, updates, begun = 0, UPDATES, time.monotonic()
    losses = []
    while done < updates:
        probe.step(roles, rate, momentum, *drawn(random.choice(10_000, batch, replace=False)))
        done += 1
        if done == _EVERY:
            each = (time.monotonic() - begun) / _EVERY
            updates = max(FEWEST, min(UPDATES, int(_SECONDS / each) // _EVERY * _EVERY))
        if done % _EVERY == 0:
            last = probe.loss(*fixed)
            losses.append(last)
            tell(done, updates, last)
            if not np.isfinite(last):
                raise Wrong(_NOT_A_NUMBER(updates=done, by=by))
    last = float(np.mean(losses[-2:]))
    words = {"updates": done, "by": by, "first": first, "last": last, "samples": FEW}
    if last < _FALLS * first:
        return LEARNED(**words)
    raise Wrong((_RISES if last > 1.1 * first else _STAYS)(**words))
