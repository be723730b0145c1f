"""What a view draws is what the tables hold: curves under their names, inks and numbers, bars, and axes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from engine.contract.catalogue import load
from engine.playing import opened
from gui.plots.drawing.curve_ink import TEST, TRAIN, data_pen
from gui.plots.plane.class_points import ClassLegend
from gui.stage.fields_on_stage import words_and_marks
from gui.stage.view import Snapshot
from gui.style.theme import set_theme, theme
from gui.views import load_view
from tests.gui.views.hand import brought_up
from tests.shots import shots
from tests.truth.cases import by_experiment
from tests.truth.drawn import DrawnCurve, axes_of, bars_of, curves_in, named_curves, plots_of
from tests.truth.numbers import numbers_in
from tests.truth.verdicts import Moment, moment_of

_TRAIN_AND_TEST = {
    ("accuracy", "training"): "train_accuracy: update, cnn",
    ("accuracy", "test"): "test_accuracy: update, cnn",
}
NAMED = {
    "activations": {
        ("functions", "*"): "curves: x, *; stack_curves: x, *",
        ("slopes", "*"): "curves: x, slope of *; stack_curves: x, slope of *",
    },
    "training": {
        ("loss", "mean of 20"): "loss: update, mean_of_20",
        ("accuracy", "training"): "accuracy: update, train",
        ("accuracy", "test"): "accuracy: update, test",
    },
    "playground": {
        ("loss", "training"): "curves: epoch, train_loss",
        ("loss", "test"): "curves: epoch, test_loss",
        ("loss", "penalty"): "curves: epoch, penalty",
    },
    "optimizers": {("losses", "*"): "paths: step, f, optimizer *, powers"},
    "optimizer_race": {("loss", "*"): "loss: update, *, powers"},
    "initialization": {
        ("curves", "activations"): "layers: layer, activation_std, powers, later",
        ("curves", "gradients"): "layers: layer, gradient_std, powers",
        ("loss", "std 0.01"): "loss: update, small",
        ("loss", "Xavier"): "loss: update, xavier",
        ("loss", "He"): "loss: update, he",
        ("accuracy", "std 0.01"): "test_accuracy: update, small",
        ("accuracy", "Xavier"): "test_accuracy: update, xavier",
        ("accuracy", "He"): "test_accuracy: update, he",
    },
    "batch_norm": {
        ("curves", "with batch norm"): "curves: epoch, normalized",
        ("curves", "without"): "curves: epoch, plain",
    },
    "overfitting": {
        ("curves", "training"): "train_accuracy: update, regularized; train_accuracy: update, plain",
        ("curves", "test"): "test_accuracy: update, regularized; test_accuracy: update, plain",
    },
    "hyperparameters": {
        ("curves", "training"): "opened: epoch, train",
        ("curves", "validation"): "opened: epoch, validation",
        ("so_far", "random"): "so_far: trials, random",
        ("so_far", "grid"): "so_far: trials, grid",
    },
    "cnn": {
        ("loss", "mean of 20"): "loss: update, cnn",
        ("loss", "CNN"): "loss: update, cnn",
        ("loss", "dense network"): "loss: update, dense",
        ("accuracy", "CNN, test"): "test_accuracy: update, cnn",
        ("accuracy", "dense, test"): "test_accuracy: update, dense",
        **_TRAIN_AND_TEST,
    },
}
"""Where the numbers of a curve stand, by plot and name: "table: x, y", tables by turns where a curve is one or the
other; * is the curve's name, by which the column is labelled, "powers" says that the axis is one of powers of ten.
"""

_UNNAMED = ("each batch", "")
"""Names under which the losses of single batches stand, a band for which no column holds both edges."""

BARS = {
    ("softmax", "scores"): "stops: score",
    ("softmax", "results"): "stops: probability; forms_float64: shifted; forms_float32: shifted",
    ("losses", "bars"): "classes: y",
    ("batch_norm", "x_bars"): "numbers: x",
    ("batch_norm", "z_bars"): "numbers: z",
}
"""Where the heights of bars stand."""

AXES = {
    "activations": {"slopes": ("input x", "slope")},
    "differentiation": {"function": ("x", "f(x)"), "valley": ("step h", "error of the slope")},
    "gradient_field": {"plane": ("x0", "x1"), "slice0": ("", "f"), "slice1": ("f", "")},
    "descent": {"plane": ("x0", "x1"), "norms": ("step", "|∇f|"), "values": ("", "f")},
    "gradient_check": {"valley": ("step h", "relative error"), "time": ("parameters", "time")},
    "playground": {"loss": ("epochs", "loss"), "plane": ("x1", "x2")},
    "optimizers": {"losses": ("step", "f"), "plane": ("x0", "x1")},
    "optimizer_race": {"loss": ("updates", "loss")},
    "initialization": {"curves": ("layer, 0 are the inputs", "std")},
    "batch_norm": {"curves": ("epochs", "training accuracy")},
    "overfitting": {"curves": ("updates", "accuracy")},
    "hyperparameters": {"curves": ("epochs", "accuracy"), "so_far": ("trials", "accuracy")},
    "training": {"loss": ("", "loss"), "accuracy": ("updates", "accuracy")},
    "cnn": {"loss": ("", "loss"), "accuracy": ("updates", "accuracy")},
    "gates": {"plane": ("x1", "x2")},
    "losses": {"curve": ("y of the right class", "loss")},
}
"""The names of axes, by the plot: what its curves hold across, and what up."""


def _moments(qtbot, experiment_id, kinds=("opening", "run", "try")) -> Iterator[tuple[str, Moment, object]]:
    """The experiment's view after it has drawn each of its shots."""
    experiment, view = load(experiment_id), None
    for shot in shots(experiment_id):
        if shot.kind in kinds:
            if view is None:
                view = brought_up(qtbot, load_view(experiment_id)(experiment), Snapshot(shot.params, shot.frame))
            view.draw(shot.params, shot.frame)
            yield shot.name, moment_of(experiment, shot.params, shot.frame), view


def _columns(moment: Moment, told: str, name: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """x and y of each place where a curve's numbers may stand, as they lie on the axes."""
    for place in told.split("; "):
        table, _, columns = place.partition(": ")
        across, up, *ways = columns.split(", ")
        if table not in moment.tables:
            continue
        rows = moment.rows(table)
        chosen = next((way.split()[0] for way in ways if way.endswith(" *")), None)
        if chosen:
            labels = {_bare(row[chosen]): row[chosen] for row in rows}
            rows = [row for row in rows if row[chosen] == labels.get(_bare(name))]
        else:
            wanted = up.replace("*", name)
            found = [
                one.name
                for one in moment.tables[table].columns
                if wanted in (one.name, one.label.render("en") if one.label else None)
            ]
            if not found:
                continue
            up = found[0]
        x, y = (np.array([row[key] for row in rows], dtype=float) for key in (across, up))
        if "powers" in ways:
            yield x, np.log10(np.maximum(y, 1e-300))
            # Where something lies below zero, powers stand on both sides of it.
            yield x, np.sign(y) * np.log10(1 + np.abs(y))
        else:
            yield x, y


def _bare(name: object) -> str:
    return re.sub(r"\W", "", str(name)).lower()


def _is(curve: DrawnCurve, x: np.ndarray, y: np.ndarray) -> bool:
    """Whether a curve holds a column; where it begins before the column's first row, as at the inputs, after that."""
    if len(curve.x) != len(x):
        curve_x, curve_y = curve.x[-len(x) :], curve.y[-len(y) :]
    else:
        curve_x, curve_y = curve.x, curve.y
    known = np.isfinite(y) & np.isfinite(curve_y[: len(y)])
    # What is below the axis of powers lies on its lower end.
    y = np.maximum(y, np.min(curve_y, initial=np.inf, where=np.isfinite(curve_y)))
    return (
        len(curve_x) == len(x)
        and np.allclose(curve_x, x)
        and np.allclose(curve_y[known], y[known], rtol=1e-5, atol=1e-9)
    )


@by_experiment
def test_a_curve_under_a_name_is_the_column_of_that_name(qtbot, experiment_id):
    places, wrong, read = NAMED.get(experiment_id, {}), [], set()
    for name, moment, view in _moments(qtbot, experiment_id):
        for curve in named_curves(view):
            if curve.name in _UNNAMED:
                continue
            key = next((one for one in ((curve.plot, curve.name), (curve.plot, "*")) if one in places), None)
            if key is None:
                if curve.plot not in ("powers",):
                    wrong.append(f"{name}: nothing is known of the curve {curve.name!r} in {curve.plot}")
                continue
            read.add(key)
            found = list(_columns(moment, places[key], curve.name))
            if not any(_is(curve, x, y) for x, y in found):
                wrong.append(f"{name}: the curve {curve.name!r} in {curve.plot} is not {places[key]!r}")
            pens = curve.pen, curve.named_in
            if pens[0].color().name() != pens[1].color().name() or pens[0].style() != pens[1].style():
                wrong.append(f"{name}: the curve {curve.name!r} has another ink than its name")
    assert not wrong, "\n".join(wrong)
    assert read == set(places), f"never seen: {set(places) - read}"


@by_experiment
def test_the_number_beside_a_curve_is_that_curve_s(qtbot, experiment_id):
    places, wrong = NAMED.get(experiment_id, {}), []
    for name, moment, view in _moments(qtbot, experiment_id):
        for curve in named_curves(view):
            numbers = numbers_in(curve.value)
            if not numbers or curve.name in _UNNAMED:
                continue
            key = next((one for one in ((curve.plot, curve.name), (curve.plot, "*")) if one in places), None)
            ends, slack = [], 0.0
            if experiment_id == "activations" and curve.plot == "powers":
                ends = [10.0 ** curve.y[-1]]
            elif experiment_id == "activations":
                # What is read at the cursor, a little beside the drawn places.
                ends, slack = [np.interp(moment.params.x, curve.x, curve.y)], 0.005
            elif key is not None:
                found = (y[np.isfinite(y)] for _, y in _columns(moment, places[key], curve.name))
                ends = [float(y[-1]) for y in found if len(y)]
                if "powers" in places[key]:
                    ends = [10.0 ** ends[0], float(np.sign(ends[1])) * (10.0 ** abs(ends[1]) - 1)]
            if ends and not any(numbers[0].fits(one) or abs(numbers[0].value - one) < slack for one in ends):
                wrong.append(f"{name}: {curve.value!r} stands beside {curve.name!r}, which is at {ends}")
    assert not wrong, "\n".join(wrong)


@by_experiment
def test_training_and_test_have_the_same_inks_everywhere(qtbot, experiment_id):
    inks, wrong = {"training": TRAIN, "test": TEST, "validation": TEST}, []
    for name, _, view in _moments(qtbot, experiment_id, ("opening",)):
        for curve in named_curves(view):
            if curve.name in inks:
                wanted = data_pen(inks[curve.name])
                drawn = curve.pen.color().name(), curve.pen.style()
                if drawn != (wanted.color().name(), wanted.style()):
                    wrong.append(f"{name}: {curve.name!r} in {curve.plot} is drawn as {drawn}")
    assert not wrong, "\n".join(wrong)


@by_experiment
def test_the_number_at_a_bar_is_painted_at_that_bar(qtbot, experiment_id):
    wrong = []
    for name, _, view in _moments(qtbot, experiment_id, ("opening",)):
        bars = list(bars_of(view))
        heard = words_and_marks(view.stage) if bars else []
        for one in bars:
            plot = getattr(view, one.plot)
            x = plot.vb.mapViewToScene(QPointF(one.bar.x, one.bar.value)).x()
            above = [words for words, box in heard if box.left() <= x <= box.right() and lies_in(plot, box)]
            numbers = [words for words in above if numbers_in(words)]
            if one.bar.text and numbers and one.bar.text not in numbers:
                wrong.append(f"{name}: at the bar {one.bar.text!r} of {one.plot} stand {numbers}")
    assert not wrong, "\n".join(wrong)


def lies_in(plot, box) -> bool:
    """Whether a piece of the stage lies within a plot's own box, where its bars are and not its axes."""
    return plot.vb.sceneBoundingRect().contains(box.center())


@pytest.mark.parametrize("changes", [{}, {"w1": 0.9, "w2": -0.3}, {"w1": -0.2, "w2": 0.7, "b": 0.1}])
def test_the_arrow_of_gates_is_its_weights(qtbot, changes):
    experiment = load("gates")
    params = experiment.params_type().replaced(changes)
    shot = Snapshot(params, opened(experiment, params)[1])
    line = brought_up(qtbot, load_view("gates")(experiment), shot).arrow.line
    assert (line.dx(), line.dy()) == pytest.approx((params.w1, params.w2))
    assert params.w1 * line.x1() + params.w2 * line.y1() + params.b == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_a_legend_shows_each_class_in_its_colour(qtbot, theme_name):
    set_theme(theme_name)
    legend = ClassLegend()
    legend.resize(300, 20)
    legend.show_words(["", "", ""])
    image = QImage(300, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    legend.paint(painter, None)
    painter.end()
    colors = [[image.pixelColor(x, y).name() for y in range(20)] for x in range(300)]
    first = [next(x for x, column in enumerate(colors) if color in column) for color in _class_colors(3)]
    assert first == sorted(first) and len(set(first)) == 3


def _class_colors(count: int) -> list[str]:
    return [QColor(color).name() for color in theme().class_colors[:count]]


@by_experiment
def test_bars_are_as_high_as_their_numbers_say(qtbot, experiment_id):
    wrong, read = [], set()
    for name, moment, view in _moments(qtbot, experiment_id):
        drawn: dict[str, list] = {}
        for one in bars_of(view):
            drawn.setdefault(one.plot, []).append(one)
            numbers = numbers_in(one.bar.text)
            if numbers and not numbers[0].fits(one.bar.value + one.shift):
                wrong.append(f"{name}: a bar of {one.bar.value + one.shift:g} in {one.plot} says {one.bar.text!r}")
        for plot, bars in drawn.items():
            told = BARS.get((experiment_id, plot))
            if told is None:
                continue
            read.add(plot)
            columns = [place.partition(": ") for place in told.split("; ")]
            heights = [one.bar.value for one in bars]
            known = [moment.column(table, column) for table, _, column in columns if table in moment.tables]
            if not any(len(one) == len(heights) and np.allclose(one, heights, rtol=1e-6) for one in known):
                wrong.append(f"{name}: the bars of {plot} are not {told!r}: {heights}")
            inside = [numbers_in(one.name.lstrip("zpt")) for one in bars]
            order = [found[-1].value for found in inside if found]
            if order != sorted(order):
                wrong.append(f"{name}: names below the bars of {plot} in the order {order}")
    assert not wrong, "\n".join(wrong)
    assert read == {plot for one, plot in BARS if one == experiment_id}


@pytest.mark.parametrize("experiment_id", AXES)
def test_axes_are_named_by_what_lies_on_them(qtbot, experiment_id):
    seen = {}
    for _, _, view in _moments(qtbot, experiment_id, ("opening",)):
        for name, plot in plots_of(view).items():
            seen.setdefault(name, set()).add(axes_of(plot))
    for plot, names in AXES[experiment_id].items():
        assert names in seen.get(plot, ()), f"the axes of {plot} are called {seen.get(plot)} and not {names}"


@by_experiment
def test_every_curve_of_a_plot_has_a_name_or_is_written_down(qtbot, experiment_id):
    """How much of a view is read back is counted here, and printed with -s."""
    named = other = 0
    for _, _, view in _moments(qtbot, experiment_id, ("opening",)):
        read = list(named_curves(view))
        named = max(named, len(read))
        other = max(other, sum(len(curves_in(plot)) for plot in plots_of(view).values()) - len(read))
    print(f"{experiment_id}: {named} curves by name, {other} without")
    assert named or not NAMED.get(experiment_id)
