"""The input of an export: a run, its position, and the frame shown there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame, frame_fields
from engine.contract.params import Params, fields_of
from engine.contract.run import Run, Session, Shelved
from engine.contract.table import Table


@dataclass(frozen=True)
class Export:
    """All data that an export may use.

    ``run`` is the player's run; ``params`` are the current parameters, including live changes and those that only
    change the view. ``update`` is the update reached, ``frame`` the frame there with its heavy fields. ``language`` is
    that of titles and sentences. ``when`` is the time of the export in ISO 8601; if empty, files are the same at every
    export. ``shelf`` are the runs pinned for comparison, which the session stores.
    """

    experiment: Experiment[Any, Any]
    run: Run
    params: Params
    update: int
    frame: Frame
    language: str
    when: str = ""
    shelf: tuple[Shelved, ...] = ()

    @property
    def title(self) -> str:
        """The experiment's title in the export's language."""
        return self.experiment.title.render(self.language)

    @property
    def caption(self) -> str:
        """The frame's headline in the export's language."""
        return self.experiment.headline(self.params, self.frame).render(self.language)

    @cached_property
    def session(self) -> Session:
        """The session that opens again with this frame: the run, the parameters that only change the view, and the
        update.
        """
        fields = fields_of(type(self.params))
        shown = {name: getattr(self.params, name) for name, field in fields.items() if field.effect == "view"}
        run = Run(self.run.experiment, self.run.params.replaced(shown), self.run.seed, self.run.journal)
        return Session(run, self.update, shelf=self.shelf)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The experiment's tables without the columns of measured times, which differ from run to run.

        A column holds a measured time when it has the name of a frame field marked so: columns of files are named after
        frame fields. Measured times are in the NPZ only, so a script can write the same CSV byte for byte.
        """
        fields = frame_fields(type(self.frame))
        measured = {name for name, metadata in fields.items() if metadata.get("measured")}
        kept = []
        for table in self.experiment.tables(self.params, self.frame):
            columns = tuple(column for column in table.columns if column.name not in measured)
            if columns:
                kept.append(Table(table.name, columns, table.label))
        return tuple(kept)
