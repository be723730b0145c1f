"""The ghost: the run before, whose picture stands behind the open one, and in what both differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.contract.experiment import Experiment
from engine.contract.fields.base import Field, change_of
from engine.contract.params import Params, fields_of
from engine.contract.run import Run
from engine.contract.text import Text, notation
from gui.stage.snapshot import Snapshot

_THEN = Text("{first} then {last}")
_MANY = notation("{first} … {last}")
_BY_HAND = Text("Numbers set by hand")
_YOURS, _OURS = Text("your code instead of the program's"), Text("the program's code instead of yours")


@dataclass(frozen=True, eq=False)
class Ghost:
    """The snapshot that stands behind, and the run to which it belongs."""

    snapshot: Snapshot[Any, Any]
    run: Run

    def is_of(self, run: Run) -> bool:
        """Whether a run is this one, up to here; it may have gone on since, and be looked at otherwise."""
        journals = [[one for one in of.journal if one.at_update < self.snapshot.frame.update] for of in (self.run, run)]
        return (self.run.seed, self.run.written, journals[0]) == (
            run.seed,
            run.written,
            journals[1],
        ) and self.run.params.seen_as(run.params) == run.params

    def differences(
        self, experiment: Experiment[Any, Any], run: Run, params: Params, update: int = 0
    ) -> tuple[Params, tuple[Text, ...]]:
        """In what the first ``update`` updates of a run differ from this one, as ``changes_in_words`` takes it: the
        parameters of this one, beside the ``params`` of the other, and what differs further.

        A parameter that was changed in mid-run counts with the values with which the picture was computed.
        """
        here, before = self.snapshot.frame.update, self.snapshot.params
        fields, further = fields_of(type(params)), list[Text]()
        if experiment.has_course(before):
            mine, its = self.run.courses(here), run.courses(update)
            for name in [name for name in fields if name in mine or name in its]:
                field, last = fields[name], getattr(params, name)
                then, now = mine.get(name, (getattr(before, name),)), its.get(name, (last,))
                if now == (last,) and len(then) == 1:
                    before = before.replaced({name: then[0]})
                    continue
                before = before.replaced({name: last})
                if then != now:
                    further.append(change_of(field.label, _spelled(field, then), _spelled(field, now)))
        by_hand = [len(one.set_by_hand(at)) for one, at in ((self.run, here), (run, update))]
        if self.run.set_by_hand(here) != run.set_by_hand(update):
            further.append(change_of(_BY_HAND, *map(str, by_hand)))
        if self.run.written != run.written:
            further.append(_YOURS if run.written else _OURS)
        return before, tuple(further)


def _spelled(field: Field, values: Sequence[Any]) -> Text:
    """The values that a parameter had one after the other."""
    if len(values) == 1:
        return field.spell(values[0])
    return (_THEN if len(values) == 2 else _MANY)(first=field.spell(values[0]), last=field.spell(values[-1]))
