"""The hands counted for each answer to one question, in a first vote and in a second one after discussion."""

from __future__ import annotations

from dataclasses import dataclass

MOST_HANDS = 999
"""The maximum number of hands that are counted for one answer."""


@dataclass(frozen=True)
class Vote:
    """The counted hands: ``hands[round][option]`` is the number for an option in the first (0) or second (1) vote."""

    hands: tuple[tuple[int, ...], tuple[int, ...]]

    @classmethod
    def of(cls, options: int) -> Vote:
        """A vote on this number of options, with all counts 0."""
        return cls(((0,) * options, (0,) * options))

    def counted(self, vote_round: int, option: int, by: int) -> Vote:
        """A copy with ``by`` more hands for an option (fewer if negative), limited to 0 … ``MOST_HANDS``."""
        return self.with_hands(vote_round, option, self.hands[vote_round][option] + by)

    def with_hands(self, vote_round: int, option: int, count: int) -> Vote:
        """A copy with this number of hands for an option, limited to 0 … ``MOST_HANDS``."""
        row = list(self.hands[vote_round])
        row[option] = min(MOST_HANDS, max(0, count))
        rows = list(self.hands)
        rows[vote_round] = tuple(row)
        return Vote((rows[0], rows[1]))

    def total(self, vote_round: int) -> int:
        """The number of all hands in the first (0) or second (1) vote."""
        return sum(self.hands[vote_round])

    def share(self, vote_round: int, option: int) -> float:
        """The share of an option, from 0 to 1, in the hands of that vote; 0 if none was counted."""
        return self.hands[vote_round][option] / total if (total := self.total(vote_round)) else 0.0

    def commonest_wrong(self, right: int | None) -> int | None:
        """The wrong option with the most hands in the second vote or, if it has no wrong ones, in the first.

        Of two with the same number, it is the earlier one. None if nobody was wrong, or if ``right`` is None.
        """
        for row in reversed(self.hands):
            wrong = [(count, -option) for option, count in enumerate(row) if option != right and count]
            if wrong and right is not None:
                return -max(wrong)[1]
        return None
