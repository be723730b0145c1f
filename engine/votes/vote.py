"""The hands that were counted in a room for the answers to one question, before and after it talked."""

from __future__ import annotations

from dataclasses import dataclass

MOST_HANDS = 999
"""The most hands that are counted for one answer."""


@dataclass(frozen=True)
class Vote:
    """``hands[round][option]`` is how many chose an option in the first vote, 0, and in the second, 1."""

    hands: tuple[tuple[int, ...], tuple[int, ...]]

    @classmethod
    def of(cls, options: int) -> Vote:
        """A vote over so many options in which no hand was counted yet."""
        return cls(((0,) * options, (0,) * options))

    def counted(self, vote_round: int, option: int, by: int) -> Vote:
        """A copy with ``by`` more hands for an option, or fewer; never below 0 or over ``MOST_HANDS``."""
        return self.with_hands(vote_round, option, self.hands[vote_round][option] + by)

    def with_hands(self, vote_round: int, option: int, count: int) -> Vote:
        """A copy with this many hands for an option; never below 0 or over ``MOST_HANDS``."""
        row = list(self.hands[vote_round])
        row[option] = min(MOST_HANDS, max(0, count))
        rows = list(self.hands)
        rows[vote_round] = tuple(row)
        return Vote((rows[0], rows[1]))

    def total(self, vote_round: int) -> int:
        """All hands of a vote."""
        return sum(self.hands[vote_round])

    def share(self, vote_round: int, option: int) -> float:
        """The share of an option, from 0 to 1, among the hands of that vote; 0 where none was counted."""
        return self.hands[vote_round][option] / total if (total := self.total(vote_round)) else 0.0

    def commonest_wrong(self, right: int | None) -> int | None:
        """The wrong option that most chose after the talk, or, where the second vote has none, before it; the earlier
        one of two alike, None if nobody was wrong or nothing is right.
        """
        for row in reversed(self.hands):
            wrong = [(count, -option) for option, count in enumerate(row) if option != right and count]
            if wrong and right is not None:
                return -max(wrong)[1]
        return None
