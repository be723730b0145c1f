"""What the pointer reads on the stage are numbers that belong to the place that it points at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from engine.contract.catalogue import load
from engine.contract.experiment import Probe
from engine.contract.frame import Frame
from engine.contract.handle import ProbePoint
from engine.contract.params import Params
from engine.playing import opened
from gui.stage.view import Snapshot
from gui.views import load_view
from tests.gui.views.hand import brought_up, picture
from tests.shots import openings
from tests.truth.derived import derived
from tests.truth.numbers import known_of, numbers_in
from tests.truth.verdicts import Moment, Pairs, differs, moment_of
from tests.walk import EXPERIMENT_IDS

_ACROSS, _DOWN = 14, 9
"""So many places of a stage are asked about, in rows and columns."""

_UNLIKE = {"gates": {"w1": 0.9, "w2": -0.3}}
"""What else is looked at, where all presets are alike in what could be taken for one another."""

COMPUTED_THERE = {
    "gates": "a at the place",
    "xor": "a and y of every neuron at the place",
    "perceptron_rule": "a and the answer at the place",
    "activations": "values and slopes of every function at the place",
    "softmax": "e^x at the place",
    "losses": "both losses at the place",
    "differentiation": "f and its errors at the place",
    "gradient_field": "f and its gradient at the place",
    "descent": "f at the place, and the path's nearest step",
    "optimizers": "f at the place, and the paths' nearest step",
    "playground": "the answer at the place",
    "gradient_check": "a cell's gradients, and the times at a size",
    "initialization": "a layer's share between two edges",
    "hyperparameters": "a trial's rates and how often so many tosses are right",
    "feature_maps": "a pixel and its probability",
    "filters": "a window's sum",
    "convolution": "a cell's sum",
}
"""Experiments that compute under the pointer what no table holds; the rules below compute some of it again."""

Rule = tuple[str, Callable[..., Pairs]]


@pytest.mark.parametrize("experiment_id", [one for one in EXPERIMENT_IDS if one not in COMPUTED_THERE], scope="session")
def test_every_number_under_the_pointer_was_computed(qtbot, monkeypatch, experiment_id):
    wrong = []
    for name, moment, spot, sentence in _probed(qtbot, monkeypatch, experiment_id):
        more = [spot.x, spot.y, spot.row, spot.column, spot.row + 1, spot.column + 1, spot.bar, spot.bar + 1]
        more += derived(experiment_id, moment.params, moment.frame, moment.tables)
        known = known_of(moment.experiment, moment.params, moment.frame, more)
        wrong += [f"{name}: {one.text} in {sentence!r}" for one in numbers_in(sentence) if not known.has(one)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def _probed(qtbot, monkeypatch, experiment_id) -> Iterable[tuple[str, Moment, ProbePoint, str]]:
    experiment, view = load(experiment_id), None
    asked: list[ProbePoint] = []
    said = experiment.probe

    def heard(params: Params, frame: Frame, spot: ProbePoint) -> Probe | None:
        asked.append(spot)
        return said(params, frame, spot)

    monkeypatch.setattr(experiment, "probe", heard)
    frames = [(shot.name, shot.params, shot.frame) for shot in openings(experiment_id)]
    if experiment_id in _UNLIKE:
        params = frames[0][1].replaced(_UNLIKE[experiment_id])
        frames.append((f"{_UNLIKE[experiment_id]}", params, opened(experiment, params)[1]))
    for name, params, frame in frames:
        moment = moment_of(experiment, params, frame)
        if view is None:
            view = brought_up(qtbot, load_view(experiment_id)(experiment), Snapshot(params, frame))
        view.draw(params, frame)
        picture(view)
        box = view.stage.sceneRect()
        for place in np.ndindex(_ACROSS, _DOWN):
            there = QPointF(
                box.left() + box.width() * (place[0] + 0.5) / _ACROSS,
                box.top() + box.height() * (place[1] + 0.5) / _DOWN,
            )
            asked.clear()
            text = view.probe_at(there)
            if text is not None:
                yield name, moment, asked[0], text.render("en")


def _at_gate(m: Moment, spot: ProbePoint, x1: str, x2: str, a: str, y: str) -> Pairs:
    total = m.params.w1 * spot.x + m.params.w2 * spot.y + m.params.b
    yield from zip((x1, x2, a, y), (spot.x, spot.y, total, float(total > 0)), strict=True)


def _at_update(m: Moment, spot: ProbePoint, update: str, train: str, test: str, gap: str) -> Pairs:
    rows = list(zip(m.rows("train_accuracy"), m.rows("test_accuracy"), strict=True))
    one, other = min(rows, key=lambda row: abs(row[0]["update"] - spot.x))
    key = "regularized" if "regularized" in one else "plain"
    yield from zip((update, train, test), (one["update"], one[key], other[key]), strict=True)
    yield gap, 100 * (one[key] - other[key])


def _at_epoch(m: Moment, spot: ProbePoint, epoch: str, normalized: str, plain: str) -> Pairs:
    row = min(m.rows("curves"), key=lambda row: abs(row["epoch"] - spot.x))
    told = (epoch, normalized, plain)
    yield from zip(told, (row["epoch"], row["normalized"], row["plain"]), strict=True)


RULES: dict[str, Rule] = {
    "gates": (r"x = \((\S+), (\S+)\): a = (\S+), y = (\d)", _at_gate),
    "overfitting": (r"^update (\S+): training (\S+%), test (\S+%), gap (\S+) points", _at_update),
    "batch_norm": (r"^epoch (\d+): (\S+%) of 1,000 .* with batch normalization, (\S+%) without", _at_epoch),
}


@pytest.mark.parametrize("experiment_id", RULES, scope="session")
def test_what_is_read_is_what_lies_under_the_pointer(qtbot, monkeypatch, experiment_id):
    pattern, function = RULES[experiment_id]
    wrong, spoke = [], 0
    for name, moment, spot, sentence in _probed(qtbot, monkeypatch, experiment_id):
        match = re.search(pattern, sentence)
        if match:
            spoke += 1
            found = [differs(said, computed) for said, computed in function(moment, spot, *match.groups())]
            wrong += [f"{name} at ({spot.x:.3g}, {spot.y:.3g}): {one}, in {sentence!r}" for one in found if one]
    assert not wrong, "\n".join(wrong)
    assert spoke
