"""A race of optimizers on MNIST: the same initial weights and the same batches, only the update rules differ."""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.contract.api import Amount, CodeMark, Pace, Preset, Probe, ProbePoint, Table, WorkingStep, table_of
from engine.contract.text import Text
from engine.data.digits import SIDE
from engine.experiments.ch6_techniques.optimizer_race import words as optimizer_race_words
from engine.experiments.ch6_techniques.optimizer_race.params import (
    BOOK,
    CLASSES,
    NAMES,
    NEURONS,
    OptimizerRaceFrame,
    OptimizerRaceParams,
)
from engine.experiments.ch6_techniques.optimizer_race.process import OptimizerRace
from engine.experiments.shared.learning.batch_run import DigitsTraining
from engine.experiments.shared.learning.race import RACE_MEASURES, race_tables
from engine.experiments.shared.learning.rate_schedule import rate_table
from engine.nn import he
from engine.nn.deep_network import deep_network
from engine.nn.optimizer_registry import OPTIMIZERS
from engine.nn.schedules import SCHEDULES

_MEAN = Text("mean of the newest losses, one a batch")
_SEED_MEAN = Text("mean of the losses with each seed")
_SPREAD = Text("standard deviation of the first weights: He's √(2/n)")
_PARAMETERS = Text("weights and biases, the same number for all")
_EPOCHS = Text("epochs: how often every image was used")

# As many as in the book.
_UPDATES = 2000


def _times(factor: float) -> dict[str, float]:
    """The parameter changes that set the book's optimizers to their usual learning rates times ``factor``."""
    return {f"{one}_rate": float(f"{OPTIMIZERS[one].usual_rate * factor:.6g}") for one in BOOK}


class OptimizerRaceExperiment(DigitsTraining[OptimizerRaceParams, OptimizerRaceFrame]):
    """Networks 784-[100×4]-10 with the same initial weights and the same batches, each with its own optimizer."""

    order = 2
    title = Text("A race of optimizers: who is ahead, and is it fair?")
    opening = Amount(20, "update")
    pace = Pace(60, "update")
    measures = RACE_MEASURES
    default_steps = Amount(_UPDATES, "update")
    process = OptimizerRace
    presets = (
        Preset("book", Text("The book's four"), {}),
        Preset("seeds", Text("Five seeds"), {"seeds": 5}),
        Preset("smaller", Text("Rates × 0.1"), _times(0.1)),
        Preset("larger", Text("Rates × 10"), _times(10)),
        Preset(
            "all", Text("All {count}", context="compared")(count=len(OPTIMIZERS)), {"optimizers": tuple(OPTIMIZERS)}
        ),
    )
    code = (
        *(one.kind.update for one in OPTIMIZERS.values()),
        *(one.rule for one in SCHEDULES.values()),
        deep_network,
        he,
    )

    def default_steps_for(self, params: OptimizerRaceParams) -> Amount:
        """With several seeds fewer updates, so that all the races together take as long as one."""
        return Amount(_UPDATES // params.seeds, "update")

    headline = staticmethod(optimizer_race_words.headline)

    def main_tables(self, params: OptimizerRaceParams, frame: OptimizerRaceFrame) -> tuple[Table, ...]:
        loss, *accuracies = race_tables(frame, NAMES)
        count = len(frame.learners)
        standing = table_of(
            "standing",
            Text("where the race stands"),
            optimizer=([OPTIMIZERS[one].name for one in frame.learners], Text("optimizer")),
            learning_rate=([params.rate(one) for one in frame.learners], Text("learning rate")),
            mean_loss=(frame.mean_losses, Text("mean loss")),
            test_accuracy=(frame.sample_test[:, -1], Text("test accuracy")),
            test_minimum=(frame.test_minimum[:, -1], Text("lowest")),
            test_maximum=(frame.test_maximum[:, -1], Text("highest")),
            lost_at=(frame.lost_at, Text("lost after update (−1: not lost)")),
            over=([params.across] * count, Text("curves over")),
        )
        rates = rate_table(frame.rates, [(one, NAMES[one]) for one in frame.learners])
        if frame.has_band or params.raw:
            columns = {}
            for number, one in enumerate(frame.learners):
                columns[f"{one}_smallest"] = (frame.loss_minimum[number], _SMALLEST(name=OPTIMIZERS[one].name))
                columns[f"{one}_largest"] = (frame.loss_maximum[number], _LARGEST(name=OPTIMIZERS[one].name))
            updates = (frame.loss_updates, Text("update"))
            label = Text("smallest and largest loss")
            return (loss, standing, *accuracies, table_of("band", label, update=updates, **columns), *rates)
        return (loss, standing, *accuracies, *rates)

    def working(self, params: OptimizerRaceParams, frame: OptimizerRaceFrame) -> tuple[WorkingStep, ...]:
        here = params.looked_at
        lines = []
        mean = float(frame.mean_losses[here])
        if math.isfinite(mean):
            losses = frame.seed_losses[:, here] if frame.has_band else frame.newest_losses[here]
            note = _SEED_MEAN if frame.has_band else _MEAN
            lines.append(WorkingStep.over("L", "(…) / {n}", "{L}", {"L": losses.tolist()}, mean, note, n=len(losses)))
        n = float(SIDE * SIDE)
        lines.append(WorkingStep("σ", "sqrt(2 / {n})", {"n": n}, he(SIDE * SIDE), _SPREAD))
        sizes = {"i": n, "h": float(NEURONS), "k": float(CLASSES), "d": float(params.layers)}
        counted = "{i}·{h} + {h} + ({d} − 1)·({h}·{h} + {h}) + {h}·{k} + {k}"
        lines.append(WorkingStep("m", counted, sizes, float(frame.parameters), _PARAMETERS))
        done, per_epoch = float(frame.update), float(frame.updates_per_epoch)
        lines.append(WorkingStep("e", "{u} / {E}", {"u": done, "E": per_epoch}, done / per_epoch, _EPOCHS))
        return tuple(lines)

    def probe(self, params: OptimizerRaceParams, frame: OptimizerRaceFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip at ``spot``: on the curves, or in the plot "accuracy" on the bar of an optimizer."""
        if spot.part == "accuracy":
            return optimizer_race_words.bar_probe(frame, spot.row)
        return optimizer_race_words.curve_probe(frame, params.across, spot.x)

    def click_at(
        self, params: OptimizerRaceParams, frame: OptimizerRaceFrame, spot: ProbePoint
    ) -> Mapping[str, object]:
        """The parameter change of a click on an optimizer's bar, which selects the optimizer."""
        if spot.part != "accuracy" or not 0 <= spot.row < len(frame.learners) or spot.row == params.looked_at:
            return {}
        return {"selected": frame.learners[spot.row]}

    def code_mark(self, params: OptimizerRaceParams, frame: OptimizerRaceFrame) -> CodeMark | None:
        moves = OPTIMIZERS[frame.learners[params.looked_at]].parts[-1]
        return CodeMark(moves.method, moves.line)


_SMALLEST, _LARGEST = Text("{name}, smallest"), Text("{name}, largest")
