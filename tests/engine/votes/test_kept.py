"""The file of votes: what is written is read again, what others wrote beside it stays, hostile files are refused."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.text import Refused
from engine.votes.kept import MOST_ROWS, KeptVote, begun_since, content_of, read_votes, text_of, with_vote
from engine.votes.vote import Vote

_LINE = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20)


@st.composite
def rows(draw):
    count = draw(st.integers(2, 6))
    hands = st.lists(st.integers(0, 999), min_size=count, max_size=count).map(tuple)
    return KeptVote(
        f"2026-05-{draw(st.integers(1, 28)):02d}T10:00:{draw(st.integers(0, 59)):02d}",
        draw(_LINE), draw(_LINE), draw(_LINE), tuple(draw(_LINE) for _ in range(count)),
        Vote((draw(hands), draw(hands))), draw(st.none() | st.integers(0, count - 1)), draw(st.booleans()),
    )  # fmt: skip


@given(st.lists(rows(), max_size=6, unique_by=lambda row: (row.when, row.question)))
def test_what_is_kept_is_read_again(tmp_path_factory, every):
    path = tmp_path_factory.mktemp("votes") / "class.votes.json"
    content = {"of a newer version": 7}
    for row in every:
        content = with_vote(content, row)
    path.write_text(text_of(content), "utf-8")
    if every:
        assert read_votes(path) == tuple(every) and content_of(path)["of a newer version"] == 7


def _row(hands=(1, 2), when="2026-05-01T10:00:00", over=False):
    return KeptVote(when, "gates", "guide:gates:1", "Q", ("a", "b"), Vote((hands, (0, 0))), 0, over)


def test_a_row_takes_the_place_of_the_same_question_and_time():
    content = with_vote(with_vote({}, _row()), _row((5, 2)))
    assert [row["first"] for row in content["votes"]] == [[5, 2]]


def test_of_too_many_rows_the_oldest_go():
    content = {"votes": [{"when": str(index)} for index in range(MOST_ROWS)]}
    kept = with_vote(content, _row())["votes"]
    assert len(kept) == MOST_ROWS and kept[0]["when"] == "1" and kept[-1]["question"] == "guide:gates:1"


def test_only_a_question_of_a_moment_ago_that_is_not_over_is_gone_on_with():
    every = [_row(when="2026-05-01T09:00:00"), _row((7, 7)), _row((9, 9), "2026-05-01T11:00:00", over=True)]
    assert begun_since(every, "guide:gates:1", datetime(2026, 5, 1, 9, 30)).vote.hands[0] == (7, 7)
    assert begun_since(every, "guide:gates:1", datetime(2026, 5, 1, 10, 0, 1)) is None
    assert begun_since(every, "guide:gates:2", datetime(2026, 5, 1, 9, 0)) is None


_GOOD = with_vote({}, _row())


@pytest.mark.parametrize(
    "change",
    [
        {"first": [1]}, {"first": [1, -1]}, {"first": [1, 1000]}, {"second": [1, True]}, {"second": None},
        {"options": ["a"]}, {"options": ["a", 3]}, {"options": ["a"] * 99}, {"right": 2}, {"right": "0"},
        {"when": 5}, {"words": "x" * 5000}, {"question": None}, {"experiment": ["gates"]},
    ],
    ids=str,
)  # fmt: skip
def test_a_row_that_makes_no_sense_is_named(tmp_path, change):
    path = tmp_path / "class.votes.json"
    path.write_text(json.dumps({**_GOOD, "votes": [_GOOD["votes"][0], {**_GOOD["votes"][0], **change}]}))
    with pytest.raises(Refused, match="row 2 makes no sense"):
        read_votes(path)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"layerwise_votes": 1}', '{"layerwise_votes": 1, "votes": 3}', "[" * 99]
)
def test_what_holds_no_votes_is_refused_in_a_sentence(tmp_path, text):
    path = tmp_path / "class.votes.json"
    path.write_text(text)
    with pytest.raises(Refused, match="holds no votes"):
        read_votes(path)


def test_a_newer_format_is_named(tmp_path):
    path = tmp_path / "class.votes.json"
    path.write_text(json.dumps({**_GOOD, "layerwise_votes": 9}))
    with pytest.raises(Refused, match="format is 9"):
        read_votes(path)
