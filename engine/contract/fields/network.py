"""Whose network is at work: the program's own, or one that the learner has kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from engine.contract.fields.file import File
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text
from engine.networks.folder import file_of, is_in_folder, name_of

_KEPT = "kept"
_SHIPPED = Text("the program's")
_MINE = Text("mine: {name}")
MOST_CARRIED = 9 * 2**18
"""The most bytes of a network that a session carries, packed: those of `cnn` as it opens are 1.6 million."""


@dataclass(frozen=True, kw_only=True)
class Network(File):
    """The path of a kept network as text, or "" for the program's own; ``offered`` are those that fit.

    One in the learner's folder may have been thrown away since: its path stays allowed, and whoever reads it says so.
    """

    kind: ClassVar[str] = "network"

    offered: Callable[[], Sequence[Path]]
    most_carried: int = MOST_CARRIED

    def check(self, value: object) -> str:
        if isinstance(value, str) and value:
            path = Path(value)
            if is_in_folder(path) and not path.exists():
                return value
        return super().check(value)

    def example(self) -> str:
        return "mine.network.npz"

    def to_settings(self, value: str) -> object:
        """One in the learner's folder by its name."""
        path = Path(value)
        return {_KEPT: name_of(path)} if value and is_in_folder(path) else self.to_json(value)

    def from_settings(self, value: object) -> str:
        """One in the learner's folder too; nobody's session is to choose among them."""
        if isinstance(value, dict) and set(value) == {_KEPT} and isinstance(value[_KEPT], str):
            path = file_of(value[_KEPT])
            if path is None:
                raise Refused(Text("“{name}” is no network that was kept.")(name=shortened(value[_KEPT])))
            return self.check(str(path))
        return self.from_json(value)

    def spell(self, value: str) -> Text:
        return _MINE(name=name_of(Path(value))) if value else _SHIPPED

    def allowed(self) -> Text:
        return Text("the program's, or a network that was kept")
