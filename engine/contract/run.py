"""What identifies a run: experiment, parameters, seed and the journal of everything changed while it went on."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from engine.contract.params import Params
from engine.contract.refusal import Refused, shortened
from engine.contract.text import Text

SESSION_FORMAT = 1
LARGEST_SEED = 2**32 - 1


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
                ).with_values(value=shortened(self.seed), most=LARGEST_SEED)
            )
        object.__setattr__(self, "journal", tuple(sorted(self.journal, key=lambda change: change.at_update)))


@dataclass(frozen=True)
class Session:
    """A run and the update at which it was left."""

    run: Run
    update: int = 0
    extra: dict[str, object] = field(default_factory=dict)

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
                **({"extra": self.extra} if self.extra else {}),
            },
            ensure_ascii=False,
            indent=1,
        )


def read_session(text: str, params_type_of: Any) -> Session:
    """The session in ``text``; ``params_type_of(experiment_id)`` gives its ``Params`` class or raises ``Refused``."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _damaged(Text("it is not JSON", "它不是 JSON")) from None
    if not isinstance(data, dict) or "layerwise" not in data or not isinstance(data.get("experiment"), str):
        raise _damaged(Text("it names no experiment of Layerwise", "里面没有 Layerwise 的实验"))
    if data["layerwise"] != SESSION_FORMAT:
        raise _damaged(
            Text(
                "its format is {found}, this program reads {known}", "它的格式是 {found}，本程序只读 {known}"
            ).with_values(found=shortened(data["layerwise"]), known=SESSION_FORMAT)
        )
    params = params_type_of(data["experiment"]).from_json(data.get("params", {}))
    update = data.get("update", 0)
    if isinstance(update, bool) or not isinstance(update, int) or not 0 <= update <= 10**9:
        raise _damaged(
            Text("its update is {value}, not a whole number", "它的更新次数是 {value}，应为非负整数").with_values(
                value=shortened(update)
            )
        )
    extra = data.get("extra", {})
    journal = _read_journal(data.get("journal", []))
    return Session(
        Run(data["experiment"], params, data.get("seed", 0), journal), update, extra if isinstance(extra, dict) else {}
    )


def _read_journal(rows: object) -> tuple[Change, ...]:
    if not isinstance(rows, list) or len(rows) > 100_000:
        raise _damaged(Text("its journal is not a list", "它的改动记录不是列表"))
    for row in rows:
        well_formed = isinstance(row, list) and len(row) == 3 and isinstance(row[1], str)
        if not well_formed or isinstance(row[0], bool) or not isinstance(row[0], int) or row[0] < 0:
            raise _damaged(
                Text("its journal has “{row}” in it", "它的改动记录里有“{row}”").with_values(row=shortened(row))
            )
    return tuple(Change(*row) for row in rows)


def _damaged(reason: Text) -> Refused:
    return Refused(
        Text("This session cannot be read: {reason}.", "这个会话文件读不了：{reason}。").with_values(reason=reason)
    )
