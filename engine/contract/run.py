"""What identifies a run: experiment, parameters, seed and the journal of everything changed while it went on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.contract.params import Params
from engine.contract.plain_json import read_json
from engine.contract.refusal import Refused, shortened
from engine.contract.text import Text

if TYPE_CHECKING:
    from engine.contract.experiment import Experiment

SESSION_FORMAT = 1
LARGEST_SEED = 2**32 - 1
MOST_UPDATES = 10**9
_MOST_CHANGES = 100_000


@dataclass(frozen=True)
class Change:
    """One live change or edit by hand: ``path`` got ``value`` when ``at_update`` updates were done.

    ``path`` is the name of a live parameter or a place that the experiment understands, such as ``weights[0][1,2]``;
    ``value`` is plain JSON.
    """

    at_update: int
    path: str
    value: Any


@dataclass(frozen=True)
class Run:
    """Replaying the same run gives the same frames, bit for bit on one machine.

    ``params`` are those at update 0; later values of live parameters stand in ``journal``, in order of ``at_update``.
    """

    experiment: str
    params: Params
    seed: int = 0
    journal: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or not 0 <= self.seed <= LARGEST_SEED:
            raise Refused(
                Text(
                    "seed: {value} is not a whole number from 0 to {most}.", "seed：{value} 不是 0 到 {most} 的整数。"
                )(value=shortened(self.seed), most=LARGEST_SEED)
            )
        object.__setattr__(self, "journal", tuple(sorted(self.journal, key=lambda change: change.at_update)))


@dataclass(frozen=True)
class Session:
    """A run and the update at which it was left."""

    run: Run
    update: int = 0

    def to_json(self) -> str:
        """The session as JSON text, one small self-contained file; no path is followed when it is read."""
        return json.dumps(
            {
                "layerwise": SESSION_FORMAT,
                "experiment": self.run.experiment,
                "params": self.run.params.to_json(),
                "seed": self.run.seed,
                "journal": [[change.at_update, change.path, change.value] for change in self.run.journal],
                "update": self.update,
            },
            ensure_ascii=False,
            indent=1,
        )


def read_session(text: str, load: Callable[[str], Experiment[Any, Any]]) -> Session:
    """The session in ``text``, all of it checked; ``load`` gives an experiment by its id or raises ``Refused``."""
    try:
        data = read_json(text)
    except ValueError:
        raise _damaged(Text("it is not JSON", "它不是 JSON")) from None
    if not isinstance(data, dict) or "layerwise" not in data or not isinstance(data.get("experiment"), str):
        raise _damaged(Text("it names no experiment of Layerwise", "里面没有 Layerwise 的实验"))
    if data["layerwise"] != SESSION_FORMAT:
        raise _damaged(
            Text("its format is {found}, this program reads {known}", "它的格式是 {found}，本程序只读 {known}")(
                found=shortened(data["layerwise"]), known=SESSION_FORMAT
            )
        )
    experiment = load(data["experiment"])
    params = experiment.params_type.from_json(data.get("params", {}))
    update = data.get("update", 0)
    if not _is_update(update):
        raise _damaged(
            Text(
                "its update is {value}, not a whole number from 0 to {most}",
                "它的更新次数是 {value}，应为 0 到 {most} 的整数",
            )(value=shortened(update), most=MOST_UPDATES)
        )
    journal = _read_journal(data.get("journal", []), experiment)
    return Session(Run(data["experiment"], params, data.get("seed", 0), journal), update)


def _read_journal(rows: object, experiment: Experiment[Any, Any]) -> tuple[Change, ...]:
    if not isinstance(rows, list) or len(rows) > _MOST_CHANGES:
        raise _damaged(
            Text("its journal is not a list of at most {most} changes", "它的改动记录不是列表，或者超过 {most} 项")(
                most=_MOST_CHANGES
            )
        )
    return tuple(_read_change(row, experiment) for row in rows)


def _read_change(row: object, experiment: Experiment[Any, Any]) -> Change:
    if not isinstance(row, list) or len(row) != 3 or not _is_update(row[0]) or not isinstance(row[1], str):
        raise _damaged(
            Text(
                "its journal has “{row}” in it, but a change is an update from 0 to {most}, a name and a value",
                "它的改动记录里有“{row}”，应依次写出更新次数（0 到 {most}）、名称和值",
            )(row=shortened(row), most=MOST_UPDATES)
        )
    update, path, value = row
    try:
        return Change(update, path, experiment.checked_change(path, value))
    except Refused as refusal:
        raise Refused(
            Text("the change at update {update}: {reason}", "第 {update} 次更新时的改动：{reason}")(
                update=update, reason=refusal.text
            )
        ) from None


def _is_update(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_UPDATES


def _damaged(reason: Text) -> Refused:
    return Refused(Text("This session cannot be read: {reason}.", "这个会话文件读不了：{reason}。")(reason=reason))
