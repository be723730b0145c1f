"""The keys of curves: no curve runs through one, each network has one ink, and a curve of before is named."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.experiment import Amount
from engine.contract.run import Run
from engine.playing import Player, opened
from gui.plots.drawing.api import PixelPainter
from gui.plots.learning.curve_key import KEY_GROUND
from gui.plots.learning.run_plot import RunPlot
from gui.stage.view import Snapshot
from gui.style.language import set_language
from gui.views import load_view
from tests.gui.views.hand import BY_SIZE, brought_up, draw, opened_view
from tests.shots import shots
from tests.truth.drawn import named_curves
from tests.walk import EXPERIMENT_IDS

_WITH_KEYS = (
    "playground", "training", "batch_norm", "hyperparameters", "initialization", "optimizer_race", "overfitting", "cnn",
)  # fmt: skip

_UPDATES = 7
_CROWDED = {("optimizer_race", (620, 300))}


@pytest.fixture
def grounds(monkeypatch) -> list:
    """The sketches and the boxes of the grounds of keys that are drawn from now on."""
    found, fill = [], PixelPainter.fill

    def told(sketch, box, color, opacity=1.0, radius=0.0):
        fill(sketch, box, color, opacity, radius)
        if opacity == KEY_GROUND:
            found.append((sketch, box))

    monkeypatch.setattr(PixelPainter, "fill", told)
    return found


def _plots(view) -> list[RunPlot]:
    return [one for one in vars(view).values() if isinstance(one, RunPlot) and one.scene() is not None]


@pytest.mark.long
@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("experiment_id", _WITH_KEYS)
def test_no_curve_runs_through_a_key(qtbot, grounds, experiment_id, size):
    found = shots(experiment_id)
    first = Snapshot(found[0].params, found[0].frame)
    view = brought_up(qtbot, load_view(experiment_id)(load(experiment_id)), first, size)
    faults = []
    for shot in found:
        draw(view, shot, Snapshot(*shot.before) if shot.before else None)
        grounds.clear()
        view.grab()
        for plot in _plots(view):
            here, curves = plot.vb.sceneBoundingRect(), _places(plot)
            for sketch, box in grounds:
                if here.contains(box.center()) and any(box.contains(sketch.at(*place)) for place in curves):
                    faults.append(f"{shot.name}: {[name for name, _, _ in plot.key.state[0]]}")
    # Eight names of optimizers leave no place free on a low stage.
    assert bool(faults) == ((experiment_id, size) in _CROWDED), "\n".join(faults)


def _places(plot: RunPlot) -> list[list[float]]:
    """The places of every curve that a plot shows, those of before too."""
    curves = [np.column_stack(line.getData()) for line in (*plot.lines, plot.ghost) if line.isVisible()]
    return [place for curve in curves for place in curve[np.isfinite(curve).all(axis=1)].tolist()]


@pytest.mark.parametrize("size", BY_SIZE)
def test_a_network_has_one_ink_in_the_loss_and_in_the_accuracy(qtbot, size):
    view = opened_view(qtbot, "cnn", "permuted", size)
    inks = {}
    for curve in filter(lambda one: one.name, named_curves(view)):
        network = curve.name.split(",")[0].removesuffix(" network")
        inks.setdefault(network, set()).add((curve.pen.color().name(), tuple(curve.pen.dashPattern())))
    assert set(inks) == {"CNN", "dense"} and all(len(found) == 1 for found in inks.values())


def test_a_curve_of_before_is_named_in_the_key_and_only_while_it_is_there(qtbot):
    view = opened_view(qtbot, "cnn")
    before = view.current
    told = [name for name, _, _ in view.loss.key.state[0]]
    draw(view, before, before)
    assert [name for name, _, _ in view.loss.key.state[0]] == [*told, "before"]
    draw(view, before)
    assert [name for name, _, _ in view.loss.key.state[0]] == told


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", _WITH_KEYS)
def test_a_key_names_its_curves_in_either_language_also_beside_a_run_before(qtbot, monkeypatch, experiment_id):
    written, words = [], PixelPainter.words

    def told(sketch, text, *others, **more):
        words(sketch, text, *others, **more)
        written.append(text)

    monkeypatch.setattr(PixelPainter, "words", told)
    view = opened_view(qtbot, experiment_id, size=(760, 520))
    first, missing = view.current, []
    for language in ("zh_CN", "en"):
        set_language(language)
        for shot in shots(experiment_id):
            for ghost in (None, first):
                draw(view, shot, ghost)
                written.clear()
                view.grab()
                names = {name for plot in _plots(view) for name, _, value in plot.key.state[0] if value}
                if not names <= set(written):
                    missing.append(f"{language}, {shot.name}, {names - set(written)}")
    assert not missing, "\n".join(missing)


_MEASURED_SELDOM = {"training", "batch_norm", "initialization", "cnn", "overfitting"}
_TRAINED_TO_THE_END = {"hyperparameters"}
"""Of a search the key has the ends of trainings that are over, whatever the update."""
_LEARNING = {"initialization": {"view": "train"}}
_DATED = re.compile(r"at update [\d,]+|after \d+ epoch")


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_these_experiments_are_all_that_have_keys_of_runs(qtbot, experiment_id):
    view = load_view(experiment_id)(load(experiment_id))
    qtbot.addWidget(view)
    assert any(isinstance(part, RunPlot) for part in vars(view).values()) == (experiment_id in _WITH_KEYS)


@pytest.mark.long
@pytest.mark.parametrize("size", BY_SIZE)
@pytest.mark.parametrize("experiment_id", sorted({*_WITH_KEYS} - _TRAINED_TO_THE_END))
def test_a_value_that_was_measured_before_the_shown_update_says_when(qtbot, monkeypatch, experiment_id, size):
    written, words = [], PixelPainter.words

    def told(sketch, text, *others, **more):
        words(sketch, text, *others, **more)
        if _DATED.search(text):
            written.append(sketch.box.center())

    monkeypatch.setattr(PixelPainter, "words", told)
    experiment, undated, ends = load(experiment_id), [], {}
    params = experiment.params_type().replaced(_LEARNING.get(experiment_id, {}))
    player, frame = opened(experiment, params)
    view = brought_up(qtbot, load_view(experiment_id)(experiment), Snapshot(params, frame), size)
    late = 0
    for _ in range(_UPDATES):
        before, frame = dict(ends), player.go(1)
        written.clear()
        draw(view, Snapshot(params, frame))
        for plot in _plots(view):
            ends[plot] = _measured_to(plot)
            # Where the run goes on and the curves do not, their values are of before.
            if before.get(plot) == ends[plot]:
                late += 1
                if not any(map(plot.vb.sceneBoundingRect().contains, written)):
                    undated.append(f"update {frame.update}, curves to {ends[plot]:g}")
    assert not undated, "\n".join(undated)
    assert bool(late) == (experiment_id in _MEASURED_SELDOM)


def _measured_to(plot: RunPlot) -> float:
    """The last place at which a curve with a name has a value."""
    shown = [line.getData() for line, (name, _, _) in zip(plot.lines, plot.key.state[0], strict=False) if name]
    return max((float(at[np.isfinite(values)][-1]) for at, values in shown if np.isfinite(values).any()), default=0.0)


def test_accuracies_of_an_epoch_that_is_over_say_after_how_many(qtbot):
    experiment = load("batch_norm")
    params = experiment.params_type()
    player = Player(experiment, Run("batch_norm", params))
    shown = [Snapshot(params, player.go_by(Amount(1, "epoch"))), Snapshot(params, player.go(1))]
    view = brought_up(qtbot, load_view("batch_norm")(experiment), shown[0], (960, 600))
    notes = []
    for one in shown:
        draw(view, one)
        notes.append(view.curves.key.state[2])
    assert notes == ["", "after 1 epoch"]


@pytest.mark.parametrize("size", BY_SIZE)
def test_the_number_of_images_stands_beneath_the_key_also_beside_a_run_before(qtbot, monkeypatch, size):
    view = opened_view(qtbot, "training", size=size)
    written, words = [], PixelPainter.words
    monkeypatch.setattr(
        PixelPainter, "words", lambda sketch, text, *a, **b: (written.append(text), words(sketch, text, *a, **b))
    )
    for ghost in (None, view.current):
        draw(view, view.current, ghost)
        written.clear()
        view.grab()
        notes = view.accuracy.key.state[1]
        assert notes and any(note in written for note in notes), (ghost is not None, written)
