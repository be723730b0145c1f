"""What a network of a learner's file reads of digits that it was not given, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from engine.contract.text import Text
from engine.networks.kept import KeptNetwork


@dataclass(frozen=True)
class Reading:
    """The share of the digits that were read right after so many updates, and the curves of them, None if there are
    none. A right network reads at least ``least``.
    """

    share: float
    updates: int
    curves: Any = None
    least: ClassVar[float] = 0.0

    @property
    def is_enough(self) -> bool:
        """Whether as many were read as by a right network."""
        return self.share >= self.least

    @property
    def text(self) -> Text:
        """What it reads, as the rest of a sentence that begins with the network."""
        raise NotImplementedError

    @property
    def more(self) -> tuple[Text, ...]:
        """Further sentences on how it learned."""
        return ()

    @property
    def kept(self) -> KeptNetwork | None:
        """The network as one that experiments can read digits with; None if they would compute something else."""
        return None
