"""Playing a run, here or in the companion process: the same run gives the same frames, and its journal replays."""

import dataclasses
import itertools
import traceback

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.experiment import Amount
from engine.contract.protocol import Request
from engine.contract.run import Change, Run, Session, read_session
from engine.contract.text import Refused
from engine.playing import OVERTAKEN, ComputationFailed, FullSpeed, Player, RunUntil
from tests.dummies import (
    Cells,
    CellsParams,
    Counting,
    CountingParams,
    Failing,
    Playground,
    PlaygroundParams,
    Slow,
)
from tests.frames import frames_equal

SMALL = PlaygroundParams(samples=50)


@pytest.fixture(scope="module")
def playing(play):
    return lambda journal=(), seed=0, params=SMALL: play(Playground(), Run("playground", params, seed, journal))


@pytest.fixture(scope="module")
def counting(play):
    return lambda journal=(), **values: play(Counting(), Run("counting", CountingParams(**values), 0, journal))


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), updates=st.integers(0, 80))
def test_the_same_run_gives_the_same_frame(playing, seed, updates):
    assert frames_equal(playing(seed=seed).go(updates, heavy=True), playing(seed=seed).go(updates, heavy=True))


def test_another_seed_gives_another_run(playing):
    assert not frames_equal(playing(seed=1).go(5), playing(seed=2).go(5))


edits = st.one_of(
    st.tuples(st.just("learning_rate"), st.floats(0.01, 1.0)),
    st.tuples(st.sampled_from(["weights[0][0,1]", "weights[0][1,2]"]), st.floats(-2, 2)),
)


@settings(max_examples=25, deadline=None)
@given(way=st.lists(st.tuples(st.integers(0, 9), edits), max_size=8), rest=st.integers(0, 9), data=st.data())
def test_a_journal_replays_to_the_same_frame_however_the_replay_is_divided(playing, way, rest, data):
    player = playing()
    for updates, (path, value) in way:
        player.go(updates)
        player.change(path, value)
    frame = player.go(rest, heavy=True)
    again = playing(player.run.journal)
    while again.update < player.update:
        again.go(data.draw(st.integers(1, player.update - again.update)))
    assert frames_equal(again.go(0, heavy=True), frame)
    assert again.params == player.params
    assert again.run == player.run


def test_a_journal_survives_a_session_file(play, playing):
    player = playing()
    player.go(7)
    player.change("learning_rate", 0.5)
    player.change("weights[0][1,2]", 0.25)
    frame = player.go(7)
    session = read_session(Session(player.run, 14).to_json(), lambda _: Playground())
    assert frames_equal(play(Playground(), session.run).go(session.update), frame)


def test_a_change_comes_exactly_at_its_update(counting):
    run = (Change(3, "step_size", 10), Change(5, "step_size", 100))
    totals = [counting(run).go(updates).total for updates in range(8)]
    assert totals == [0, 1, 2, 3, 13, 23, 123, 223]


def test_parameters_are_as_of_now(counting):
    player = counting((Change(3, "step_size", 10),))
    assert player.params.step_size == 1
    player.go(3)
    assert player.params.step_size == 10
    player.change("step_size", 7)
    assert player.params.step_size == 7
    assert player.run.params.step_size == 1


def test_changes_made_while_playing_are_added_to_the_journal_at_their_update(counting):
    player = counting()
    player.go(4)
    player.change("step_size", 10)
    player.go(2)
    for _ in player.answers(Request(1, changes=(("step_size", 3),))):
        pass
    assert player.run.journal == (Change(4, "step_size", 10), Change(6, "step_size", 3))


def test_the_last_of_several_changes_at_one_update_holds(counting):
    player = counting((Change(2, "step_size", 10), Change(2, "step_size", 5)))
    assert player.go(3).total == 7


def test_a_value_that_is_not_allowed_is_refused_with_its_parameter(counting):
    with pytest.raises(Refused, match="step_size"):
        counting((Change(0, "step_size", -1),)).go(1)


def test_amounts_are_counted_in_their_unit(counting):
    player = counting(last=100)
    assert player.go_by(Amount(3, "update")).update == 3
    assert player.go_by(Amount(2, "epoch")).counts == (10, 2)
    assert player.go_by(None).update == 100
    assert player.finished


def test_a_unit_is_stopped_at_also_where_a_change_is_due_before_it(counting):
    player = counting((Change(2, "step_size", 10),), last=100)
    frame = player.go(50, until="epoch")
    assert frame.counts == (5, 1)
    assert frame.total == 32


def test_progress_is_passed_on_and_a_request_answered_once(play):
    player = play(Slow(), Run("slow", CountingParams()))
    answers = list(player.answers(Request(2)))
    assert [answer.progress is None for answer in answers] == [False] * (3 * CountingParams().parts) + [True]
    assert answers[-1].frame.update == player.update == 2


def test_a_walk_is_played_to_its_last_stop(play):
    player = play(Cells(), Run("cells", CellsParams(cells=5)))
    frame = player.go_by(None)
    assert frame.square == 16
    assert frame.finished and player.finished


def test_nothing_can_be_asked_after_closing(counting):
    player = counting()
    player.go(1)
    player.close()
    with pytest.raises(RuntimeError):
        list(player.answers(Request(1)))


def test_a_view_parameter_changes_no_frame(playing):
    other = dataclasses.replace(SMALL, view="graph")
    assert frames_equal(playing().go(20), playing(params=other).go(20))


def test_what_was_left_in_the_middle_is_finished_by_the_next_request(play):
    player = play(Slow(), Run("slow", CountingParams()))
    for answer in player.answers(Request(3)):
        assert answer.progress is not None
        break
    answers = list(player.answers(Request(1)))
    assert [answer.progress is None for answer in answers].count(True) == 1
    assert player.update == player.go().total == 4


def test_what_goes_wrong_is_told_by_its_name_and_place(play):
    player = play(Failing(), Run("failing", CountingParams()))
    assert player.go(2).total == 2
    with pytest.raises((ZeroDivisionError, ComputationFailed), match="the third update goes wrong") as raised:
        player.go(1)
    trace = getattr(raised.value, "trace", None) or "".join(traceback.format_exception(raised.value))
    assert "ZeroDivisionError: the third update goes wrong" in trace and "dummies.py" in trace


@settings(max_examples=10, deadline=None)
@given(target=st.integers(0, 120), patience=st.integers(2, 5))
def test_a_course_that_was_left_can_be_followed_again_to_the_very_place(playing, target, patience):
    player, course, frames = playing(), RunUntil(0, target, recording=True), []
    player.go()
    while not course.is_reached(player.update, player.counts, player.finished):
        heard = itertools.count()
        for answer in player.follow(course, is_wanted=lambda heard=heard: next(heard) < patience):
            frames += [answer.frame] if answer.frame is not None else []
    assert player.update == target
    assert [frame.update for frame in frames] == sorted(frame.update for frame in frames)
    for frame in frames[::10]:
        assert frames_equal(frame, playing().go(frame.update))
    assert frames_equal(player.go(), playing().go(target))


def test_a_clock_that_ticks_slowly_keeps_no_frames_from_being_recorded(monkeypatch):
    ticks, moments = itertools.chain([0.0], itertools.repeat(1 / 64)), itertools.count()
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("engine.playing.thread_time", lambda: next(ticks))
    monkeypatch.setattr("engine.playing.perf_counter", lambda: next(moments) * 2e-5)
    player = Player(Counting(), Run("counting", CountingParams(last=1000)))
    answers = player.follow(RunUntil(0, 1000, recording=True))
    assert sum(answer.frame is not None and answer.update < 900 for answer in answers) > 10


def test_at_full_speed_there_is_a_frame_whenever_the_last_was_taken(playing):
    player, frames = playing(), []
    for answer in player.follow(FullSpeed()):
        frames += [answer.frame] if answer.frame is not None else []
        if len(frames) == 5:
            break
    for frame in [*frames, player.go()]:
        assert frames_equal(frame, playing().go(frame.update))


def test_at_full_speed_frames_that_nobody_takes_do_not_gather_and_an_end_is_an_end(counting):
    player, frames = counting(last=3000), []
    frames.extend(answer for answer in player.follow(FullSpeed(), waiting=frames.__len__) if answer.frame is not None)
    assert 1 <= len(frames) <= OVERTAKEN
    assert player.finished and player.update == player.go().total == 3000


def test_a_change_put_in_between_two_parts_of_a_course_is_in_the_journal(playing):
    player = playing()
    for answer in player.follow(FullSpeed()):
        if answer.frame is not None:
            break
    player.change("learning_rate", 0.5)
    (change,) = player.run.journal
    assert (change.at_update, player.params.learning_rate) == (player.update, 0.5)
    for answer in player.follow(RunUntil(0, change.at_update + 50)):
        assert answer.update >= change.at_update
    assert frames_equal(player.go(), playing(player.run.journal).go(player.update))
