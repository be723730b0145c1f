"""The result of having the learner's network read digits that it was not trained with, and how the network is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from engine.contract.text import Text
from engine.networks.kept import KeptNetwork


@dataclass(frozen=True)
class Reading:
    """The accuracy (``share``) on further digits after so many updates, and the curves of the training, if there was
    one.

    A right network reaches at least ``least``.
    """

    share: float
    updates: int
    curves: Any = None
    least: ClassVar[float] = 0.0

    @property
    def is_enough(self) -> bool:
        """Whether the accuracy is at least that of a right network."""
        return self.share >= self.least

    @property
    def text(self) -> Text:
        """The result as the end of a sentence that begins with the network's name."""
        raise NotImplementedError

    @property
    def more(self) -> tuple[Text, ...]:
        """Further sentences on how the training went."""
        return ()

    @property
    def kept(self) -> KeptNetwork | None:
        """The network as experiments use it to read digits; None if ours would predict something else."""
        return None
