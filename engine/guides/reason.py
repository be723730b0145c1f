"""Why an answer is right: a guide offers reasons, of which one is true, and a run speaks against each of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.guides.tries import Try

TRUE_REASON = "="
"""The key of the reason that is true."""


@dataclass(frozen=True)
class Reason:
    """Why the right answer is right, or what might be taken for it: then the claims of ``refuted``, another try, speak
    against it, and ``why`` says what is seen there. The true one has none.
    """

    words: str
    refuted: Try | None = None
    why: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it is the true reason."""
        return self.refuted is None

    @property
    def key(self) -> str:
        """A short name, as that of an answer."""
        return self.refuted.key if self.refuted is not None else TRUE_REASON
