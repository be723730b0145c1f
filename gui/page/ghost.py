"""The ghost: a frame of the previous run, drawn faintly behind the open run, and how the two runs differ."""

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
    """A snapshot (parameters and frame) drawn behind the present one for comparison, and the run it belongs to."""

    snapshot: Snapshot[Any, Any]
    run: Run

    def is_of(self, run: Run) -> bool:
        """Whether ``run`` is the ghost's run, up to the ghost's update: it may have gone on since, and parameters that
        only change the view may differ.
        """
        journals = [[one for one in of.journal if one.at_update < self.snapshot.frame.update] for of in (self.run, run)]
        return (self.run.seed, self.run.written, journals[0]) == (
            run.seed,
            run.written,
            journals[1],
        ) and self.run.params.seen_as(run.params) == run.params

    def differences(
        self, experiment: Experiment[Any, Any], run: Run, params: Params, update: int = 0
    ) -> tuple[Params, tuple[Text, ...]]:
        """How the first ``update`` updates of ``run`` differ from the ghost's run, as ``changes_in_words`` takes it:
        parameters to be compared with ``params``, and texts on further differences.

        A parameter that was changed in mid-run is compared by all the values with which the frames were computed.
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
    """The successive values of a parameter in words: one, "first then last", or "first … last"."""
    if len(values) == 1:
        return field.spell(values[0])
    return (_THEN if len(values) == 2 else _MANY)(first=field.spell(values[0]), last=field.spell(values[-1]))
