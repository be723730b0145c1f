"""Hyperparameter search: learning rate and weight decay tried at random or on a grid, compared on validation data."""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping

from engine.contract.api import (
    Handle,
    Measure,
    ProbePoint,
    Process,
    Progress,
    RandomStreams,
    Slide,
    Table,
    Text,
    WorkingStep,
    table_of,
)
from engine.contract.experiment import Amount, CodeMark, Pace, Preset, Training, Unit
from engine.contract.frame import required
from engine.data.digits import loading_all_digits
from engine.experiments.ch6_techniques.hyperparameters import range_words
from engine.experiments.ch6_techniques.hyperparameters import words as hyperparameters_words
from engine.experiments.ch6_techniques.hyperparameters.params import (
    BEST,
    HIGHEST,
    LOWEST_DECAY,
    LOWEST_RATE,
    MOST_LOSS,
    SEARCHES,
    HyperparametersFrame,
    HyperparametersParams,
)
from engine.experiments.ch6_techniques.hyperparameters.process import Search
from engine.experiments.ch6_techniques.hyperparameters.range_run import RangeRun
from engine.nn import SGD, schedules
from engine.nn import hyperparameter_search as searching
from engine.nn.parameters import add_decay

_APART = 0.5
"""The minimum distance, in powers of ten, to which the two edges of a range can be dragged together."""
_RANGES = {"rate_low", "rate_high", "decay_low", "decay_high"}
_WIDEN = Text("drag this edge")
_LOWEST = Text("lowest {name}: drag")
_HIGHEST = Text("highest {name}: drag")
_MARK = Text("my mark: drag")
_GUESS = Text("drag me to your guess")
_RANGE_PACE = Pace(4, "epoch")
_NAMES = {"rate": Text("rate"), "decay": Text("decay")}
_CHANCE = Text("the chance that at least one of so many random trials is among the best 5%")
_NEEDED = Text("trials for a chance of 95%, to be rounded up")
_FLATTERY = Text("validation accuracy of the best trial less its test accuracy")
_SHARE = Text("the share of rates within a factor of ten of the largest")


class Hyperparameters(Training[HyperparametersParams, HyperparametersFrame]):
    """Trials: networks 784-50-10 with the same initial weights that learn a few hundred digits by SGD, each with its
    own learning rate and weight decay.

    The best trial is the one with the highest validation accuracy. The test data are read once, at the end, for this
    trial.
    """

    order = 6
    title = Text("Hyperparameter search: look on a log scale")
    units = (
        Unit("epoch", Text("epoch", context="counted"), Text("epoch")),
        Unit("trial", Text("trial", context="counted"), Text("trial")),
    )
    opening = Amount(50, "epoch")
    pace = Pace(80, "epoch")
    uses_seed = True
    measures = (Measure("so_far", best="highest"),)
    presets = (
        Preset("wide", Text("A wide range"), {"rate_low": -3.0, "rate_high": 0.0, "decay_high": 0.0}),
        Preset("both", Text("Grid beside random"), {"search": "both", "trials": "25"}),
        Preset("luck", Text("Luck alone"), {"view": "luck"}),
        Preset("range", Text("Range test"), {"view": "range"}),
    )
    code = (
        searching.log_scale, searching.linear_scale, searching.random_search, searching.grid_search,
        searching.chance_of_best, searching.best_by_luck, add_decay, SGD.update, schedules.range_rates,
        schedules.smoothed, schedules.steepest_fall, schedules.rises_above_start,
    )  # fmt: skip

    def begin(self, params: HyperparametersParams, streams: RandomStreams) -> Generator[Progress, None, Process]:
        train, test = yield from loading_all_digits()
        return (RangeRun if params.view == "range" else Search)(params, streams, train, test)

    def has_course(self, params: HyperparametersParams) -> bool:
        return params.view != "luck"

    def pace_for(self, params: HyperparametersParams) -> Pace:
        """The normal speed; slower for a range test, which is short, so that its curve can be seen growing."""
        return _RANGE_PACE if params.view == "range" else self.pace

    def opening_for(self, params: HyperparametersParams) -> Amount:
        """A search is played for five trials before it pauses; other views pause at once."""
        return Amount(BEST * params.epochs if params.view == "search" else 0, "epoch")

    def reopening(self, before: HyperparametersParams, after: HyperparametersParams, reached: int) -> Amount:
        """If only the edges of the ranges were changed, play one trial, so that the plan of trials follows the drag."""
        dragged = set(after.differing(before)) <= _RANGES and after.view == "search"
        return Amount(after.epochs, "epoch") if dragged else self.opening_for(after)

    def default_steps_for(self, params: HyperparametersParams) -> Amount | None:
        return Amount(0, "epoch") if params.view == "luck" else None

    headline = staticmethod(hyperparameters_words.headline)
    probe = staticmethod(hyperparameters_words.probe)

    def main_tables(self, params: HyperparametersParams, frame: HyperparametersFrame) -> tuple[Table, ...]:
        luck = table_of(
            "luck",
            Text("coins"),
            coin=(range(1, params.count + 1), Text("coin")),
            right=(frame.luck_scores, Text("tosses right")),
        )
        if frame.range_test is not None:
            return range_words.tables(frame.range_test)
        if params.view == "luck":
            return (luck,)
        train, validation = Text("training accuracy"), Text("validation accuracy")
        trials = table_of(
            "trials",
            Text("trials"),
            trial=(range(1, frame.planned + 1), Text("trial")),
            on_grid=(frame.on_grid, Text("on the grid")),
            rate=(frame.rates, Text("learning rate")),
            decay=(frame.decays, Text("weight decay")),
            train=(frame.train, train),
            validation=(frame.validation, validation),
        )
        opened = table_of(
            "opened",
            Text("trial {number}")(number=frame.opened),
            epoch=(range(params.epochs + 1), Text("epoch")),
            train=(frame.opened_curves[0], train),
            validation=(frame.opened_curves[1], validation),
        )
        so_far = table_of(
            "so_far",
            Text("best so far", context="trial"),
            trials=(range(1, params.count + 1), Text("trials", context="number")),
            **{one: (row, SEARCHES[one]) for one, row in zip(frame.searches, frame.so_far, strict=True)},
        )
        return trials, opened, so_far, luck

    def working(self, params: HyperparametersParams, frame: HyperparametersFrame) -> tuple[WorkingStep, ...]:
        if frame.range_test is not None:
            return range_words.working(frame.range_test)
        if params.view == "luck":
            return ()
        lines, (low, high) = [], params.rate_range
        if high - low > 1:
            formula = "0.9·10^{b} / (10^{b} − 10^{a})" if params.pitfall == "linear" else "1 / ({b} − {a})"
            lines.append(WorkingStep("s", formula, {"a": low, "b": high}, frame.top_share, _SHARE))
        lines.append(WorkingStep("P", "1 − (1 − 0.05)^{n}", {"n": float(params.count)}, frame.chance_of_best, _CHANCE))
        lines.append(
            WorkingStep("n", "ln(1 − {q}) / ln(1 − 0.05)", {"q": 0.95}, math.log(0.05) / math.log(0.95), _NEEDED)
        )
        if frame.test_accuracy is not None:
            both = {"v": required(frame.best_validation), "t": frame.test_accuracy}
            lines.append(WorkingStep("d", "{v} − {t}", both, required(frame.flattery), _FLATTERY))
        return tuple(lines)

    def handles(self, params: HyperparametersParams, frame: HyperparametersFrame) -> tuple[Handle, ...]:
        """The handles of the four edges of the ranges, that of the highest rate first; in a range test, the handle of
        the learner's mark.
        """
        if params.view == "range":
            body = (params.mark, 0.0), (params.mark, MOST_LOSS)
            place = (params.mark, 0.5 * MOST_LOSS)
            return (
                Slide(
                    "mark", place, 0.1, _MARK, field="mark", decimals=1, body=body, hint=(1.0, 0.0), invitation=_GUESS
                ),
            )
        if params.view != "search":
            return ()
        return (*self._edges("rate", params, LOWEST_RATE), *self._edges("decay", params, LOWEST_DECAY))

    @staticmethod
    def _edges(name: str, params: HyperparametersParams, lowest: float) -> list[Slide]:
        """The handles of the upper and the lower edge of the range of ``name``; each edge is drawn across the other
        range.
        """
        across, low, high = name == "rate", getattr(params, f"{name}_low"), getattr(params, f"{name}_high")
        ends = params.decay_range if across else params.rate_range
        edges = (("high", _HIGHEST, high, (low + _APART, HIGHEST), 1.0),
                 ("low", _LOWEST, low, (lowest, high - _APART), -1.0))  # fmt: skip

        def turned(along: float, aside: float) -> tuple[float, float]:
            return (along, aside) if across else (aside, along)

        return [
            Slide(
                f"{name}_{end}", turned(power, sum(ends) / 2), 0.1, words(name=_NAMES[name]), field=f"{name}_{end}",
                along=turned(1.0, 0.0), decimals=1, within=within, invitation=_WIDEN, hint=turned(out, 0.0),
                body=(turned(power, ends[0]), turned(power, ends[1])),
            )
            for end, words, power, within, out in edges
        ]  # fmt: skip

    def click_at(
        self, params: HyperparametersParams, frame: HyperparametersFrame, spot: ProbePoint
    ) -> Mapping[str, object]:
        """The parameter change of a click in the plane of trials: selects the trial there, or the best one where there
        is none.
        """
        if params.view != "search" or spot.part not in ("", "grid"):
            return {}
        number = hyperparameters_words.trial_at(frame, spot)
        return {} if number == params.selected else {"selected": number}

    def code_mark(self, params: HyperparametersParams, frame: HyperparametersFrame) -> CodeMark | None:
        if params.view == "range":
            return CodeMark("range_rates", "return 10.0 ** np.linspace(low, high, count)")
        if params.view == "luck":
            return CodeMark("best_by_luck", "np.sum(1.0 - at_most**coins)")
        if params.pitfall == "linear":
            return CodeMark("linear_scale", "return 10.0**low + share * (10.0**high - 10.0**low)")
        if params.search == "grid":
            return CodeMark("grid_search", "for rate in values for decay in values")
        return CodeMark("log_scale", "return 10.0 ** (low + share * (high - low))")
