"""Hands are counted, never below none, and the commonest wrong answer is the one that most believed first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.votes.vote import MOST_HANDS, Vote

_HANDS = st.lists(st.integers(0, MOST_HANDS), min_size=4, max_size=4).map(tuple)


@given(_HANDS, _HANDS, st.integers(0, 1), st.integers(0, 3), st.integers(-2000, 2000))
def test_a_count_changes_one_option_of_one_vote_within_its_bounds(first, second, vote_round, option, by):
    vote = Vote((first, second))
    changed = vote.counted(vote_round, option, by)
    assert changed.hands[1 - vote_round] == vote.hands[1 - vote_round]
    for other in range(4):
        before, after = vote.hands[vote_round][other], changed.hands[vote_round][other]
        assert after == (min(MOST_HANDS, max(0, before + by)) if other == option else before)


@given(_HANDS, _HANDS)
def test_shares_sum_to_one_where_a_hand_was_counted(first, second):
    vote = Vote((first, second))
    for vote_round in (0, 1):
        total = sum(vote.share(vote_round, option) for option in range(4))
        assert abs(total - bool(vote.total(vote_round))) < 1e-9


@given(_HANDS, _HANDS, st.integers(0, 3))
def test_the_commonest_wrong_answer_is_of_the_latest_vote_that_has_one(first, second, right):
    found = Vote((first, second)).commonest_wrong(right)
    wrong_of = [[count for option, count in enumerate(row) if option != right] for row in (second, first)]
    row = next((row for row, wrong in zip((second, first), wrong_of, strict=True) if any(wrong)), None)
    if row is None:
        assert found is None
    else:
        assert found is not None and found != right
        assert row[found] == max(count for option, count in enumerate(row) if option != right)


def test_nothing_is_wrong_where_nothing_is_right():
    assert Vote(((3, 4), (0, 0))).commonest_wrong(None) is None
