"""Parameters and frame of the experiment `optimizer_race`."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.api import (
    Params,
    Text,
    VisibleWhen,
    choice,
    integer,
    parameter,
    quantity,
    real,
    switch,
    untranslated,
)
from engine.contract.fields import Choices, Option
from engine.experiments.shared.learning.batches import batch_size
from engine.experiments.shared.learning.race import RaceFrame
from engine.experiments.shared.learning.rate_schedule import ScheduledRates, planned_updates, schedule_choice
from engine.nn.optimizer_registry import OPTIMIZERS, OptimizerRecord
from engine.nn.optimizers import Optimizer

CLASSES, NEURONS = 10, 100
EARLY = 100
# The accuracy is looked at this often: more often at first, when much happens. A look takes as long as 25 updates.
EARLY_LOOKS, EVERY = (0, 20, 50), 100


NAMES = {one.id: untranslated(one.name) for one in OPTIMIZERS.values()}
BOOK = tuple(one.id for one in OPTIMIZERS.values() if one.in_book)


def _rate(one: OptimizerRecord) -> Any:
    """The parameter field for the learning rate of one optimizer."""
    label = Text("{name}: rate η")(name=one.name)
    help = Text("How far one update goes, by its own rule.")
    return real(one.usual_rate, (1e-5, 10.0), label, help, step=1.1, scale="log",
                visible=VisibleWhen("optimizers", (one.id,)))  # fmt: skip


_RATES = {f"{one.id}_rate": _rate(one) for one in OPTIMIZERS.values()}


class OptimizerRaceParams(Params, declared=_RATES, after="optimizers"):
    """The competing optimizers, their learning rates (fields such as ``sgd_rate``), and the settings that all share."""

    optimizers: tuple[str, ...] = parameter(
        BOOK,
        Choices(
            label=Text("Optimizers"),
            help=Text("Which optimizers race. A change restarts the race."),
            options=tuple(Option(one, name) for one, name in NAMES.items()),
        ),
    )
    seeds: int = integer(
        1,
        (1, 5),
        Text("Seeds"),
        Text("How many races, each with its own weights and batches; the curves are means, the bands their extremes."),
    )
    raw: bool = switch(
        False,
        Text("Each batch"),
        Text("Draw the loss of every batch too, thin behind the mean of 20."),
        effect="view",
        visible=VisibleWhen("seeds", (1,)),
    )
    schedule: str = schedule_choice()
    planned: int = planned_updates(2000)
    batch_size: int = batch_size(128, 1000, more=True)
    layers: int = integer(
        4,
        (1, 6),
        Text("Hidden layers", context="number"),
        Text("Each with 100 neurons and ReLU, from He's initial weights."),
        more=True,
    )
    selected: str = choice(
        "adam",
        NAMES,
        Text("Looked at"),
        Text("Whose numbers are shown under “How”; a click on its bar chooses it."),
        effect="view",
        more=True,
    )
    across: str = choice(
        "updates",
        {"updates": Text("by updates"), "seconds": Text("by seconds")},
        Text("Curves over"),
        Text("Updates, or the time that each one's updates really took here."),
        effect="view",
        on_stage=True,
    )

    def rate(self, one: str) -> float:
        """The learning rate of the optimizer with the id ``one``."""
        return getattr(self, f"{one}_rate")

    def optimizer(self, one: str) -> Optimizer:
        """A new optimizer of the kind with the id ``one``, with its learning rate."""
        return OPTIMIZERS[one].kind(self.rate(one))

    @property
    def looked_at(self) -> int:
        """The index of the selected optimizer among the competing ones; 0 if it does not compete."""
        return self.optimizers.index(self.selected) if self.selected in self.optimizers else 0


class OptimizerRaceFrame(RaceFrame):
    """The state of the race.

    ``ahead`` is the learner with the lowest mean loss; ``behind`` the one with the highest, or the first that was lost.
    Both are None before the first update, ``ahead`` also when all are lost. ``early_leader`` was ahead at update 100.
    ``accuracy_range`` is the largest minus the smallest of the newest test accuracies. ``overlaps`` says for each pair
    of learners whether the ranges of their losses over all seeds overlap. ``rates`` are the learners' rates if a
    schedule changes them.
    """

    ahead: str | None = quantity(words=NAMES)
    behind: str | None = quantity(words=NAMES)
    early_leader: str | None = quantity(words=NAMES)
    accuracy_range: float = quantity(share=True)
    overlaps: np.ndarray  # (L, L)
    parameters: int
    test_count: int
    rates: ScheduledRates | None = None

    @property
    def has_band(self) -> bool:
        """Whether the curves are means over several seeds, so that they have a band of extremes."""
        return self.seeds > 1
