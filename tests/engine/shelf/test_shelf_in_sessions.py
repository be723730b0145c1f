"""A session carries the shelf, and what a stranger's file says of one is checked."""

from __future__ import annotations

import json

import pytest

from engine.contract.catalogue import load
from engine.contract.history import MOST_PLACES, MOST_RANGES, SeedRange
from engine.contract.run import LONGEST_NAME, MOST_ON_SHELF, Change, Run, Session, Shelved, read_session
from engine.contract.text import Refused

EXPERIMENT = load("playground")
PARAMS = EXPERIMENT.params_type()
RUN = Run("playground", PARAMS.replaced({"noise": 0.3}), 7, (Change(4, "learning_rate", 0.5),))
RANGE = SeedRange("curves.test_loss", (0.0, 2.0), (0.5, 0.1), (0.6, 0.2), (0.6, 0.30000000000000004))
SESSION = Session(RUN, 9, shelf=(Shelved(RUN, 5, "名 & {x}", (RANGE,)), Shelved(Run("playground", PARAMS), 12)))


def test_what_was_written_is_read_as_it_was():
    assert read_session(SESSION.to_json(), load) == SESSION
    without = Session(RUN, 9)
    assert "shelf" not in json.loads(without.to_json()) and read_session(without.to_json(), load) == without


def test_the_parameters_of_a_moment_have_the_live_changes_until_then():
    assert RUN.params_at(3) == RUN.params and RUN.params_at(4).learning_rate == 0.5


_ROW = json.loads(SESSION.to_json())["shelf"][0]
_RANGE = _ROW["repeats"]["ranges"]["curves.test_loss"]


def _with_range(**changes):
    return [{**_ROW, "repeats": {"seeds": 5, "ranges": {"curves.test_loss": {**_RANGE, **changes}}}}]


def test_ranges_of_another_number_of_seeds_are_none():
    shelf = [{**_ROW, "repeats": {**_ROW["repeats"], "seeds": 3}}]
    read = read_session(json.dumps({**json.loads(SESSION.to_json()), "shelf": shelf}), load)
    assert read.shelf[0].ranges == ()


@pytest.mark.parametrize(
    "shelf",
    [
        "x",
        [_ROW] * (MOST_ON_SHELF + 1),
        [3],
        [{**_ROW, "name": "x" * (LONGEST_NAME + 1)}],
        [{**_ROW, "name": 4}],
        [{**_ROW, "update": -1}],
        [{**_ROW, "seed": 1.5}],
        [{**_ROW, "params": {"noise": 1e9}}],
        [{**_ROW, "params": []}],
        [{**_ROW, "journal": [[0, "nothing", 1]]}],
        [{**_ROW, "repeats": 3}],
        [{**_ROW, "repeats": {"seeds": 5, "ranges": [1]}}],
        [{**_ROW, "repeats": {"seeds": 5, "ranges": {str(number): _RANGE for number in range(MOST_RANGES + 1)}}}],
        _with_range(low=[0.5]),
        _with_range(low=[0.5, "x"]),
        _with_range(low=[0.5, True]),
        _with_range(low=[0.5, float("nan")]),
        _with_range(low=[0.5, 0.25]),
        _with_range(at=[2.0, 2.0]),
        _with_range(at=[-1.0, 2.0]),
        _with_range(at=[0.0, 6.0]),
        _with_range(at=[], low=[], median=[], high=[]),
        _with_range(**{name: [float(n) for n in range(MOST_PLACES + 1)] for name in ("at", "low", "median", "high")}),
    ],
)
def test_a_shelf_that_is_damaged_is_refused(shelf):
    text = json.dumps({**json.loads(SESSION.to_json()), "shelf": shelf})
    with pytest.raises(Refused):
        read_session(text, load)


def test_an_experiment_without_a_shelf_takes_none():
    plain = json.loads(Session(Run("gates", load("gates").params_type())).to_json())
    row = {"name": "", "params": {}, "seed": 0, "journal": [], "update": 0}
    with pytest.raises(Refused):
        read_session(json.dumps({**plain, "shelf": [row]}), load)
