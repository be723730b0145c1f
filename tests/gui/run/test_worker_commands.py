"""Wishes reach the worker in the right order, the newest of each kind."""

import threading
from time import perf_counter

import pytest

from engine.playing import AHEAD
from gui.run.mailbox import Mailbox
from gui.run.worker_commands import NOBODY, OrderKind, WorkerCommands


@pytest.fixture
def control():
    control = WorkerCommands()
    control.begin(1)
    control.set_pace("update", 10)
    return control


def order(control, number=1, due=0.0, free=True):
    return control.next_order(number, due, lambda: free)


def test_it_rests_once_and_then_waits_for_a_wish(control):
    assert order(control).kind is OrderKind.REST
    waiting = threading.Thread(target=order, args=(control,))
    waiting.start()
    assert waiting.is_alive()
    control.step("update")
    waiting.join(5)
    assert not waiting.is_alive()


def test_only_the_run_that_is_wanted_may_go_on(control):
    assert order(control, number=2).kind is OrderKind.LEAVE
    control.cancel()
    assert order(control).kind is OrderKind.LEAVE
    assert not control.is_current(1)
    assert control.is_current(NOBODY)


def test_steps_are_done_one_by_one_in_their_order(control):
    control.step("update")
    control.step("epoch")
    assert [order(control).unit, order(control).unit] == ["update", "epoch"]
    assert order(control).kind is OrderKind.REST


def test_changes_of_one_path_coalesce_and_the_newest_comes_last(control):
    control.change("rate", 1)
    control.change("bias", 2)
    control.change("rate", 3)
    assert order(control).changes == (("bias", 2), ("rate", 3))
    assert order(control).kind is OrderKind.REST


def test_changes_are_given_out_once_and_only_to_their_run(control):
    control.change("rate", 1)
    assert control.take_changes(2) == ()
    assert control.take_changes(1) == (("rate", 1),)
    assert control.take_changes(1) == ()


def test_a_new_run_begins_without_the_wishes_for_the_last(control):
    control.change("rate", 1)
    control.step("update")
    control.begin(2)
    assert order(control, number=2).kind is OrderKind.REST


def test_changes_come_before_steps_and_steps_before_playing(control):
    control.play()
    control.change("rate", 1)
    assert order(control).kind is OrderKind.CHANGE
    assert order(control).kind is OrderKind.PACE
    control.step("update")
    assert order(control).kind is OrderKind.STEP
    assert order(control).kind is OrderKind.REST


def test_a_pause_takes_back_steps_and_cuts_short_the_one_at_work(control):
    control.step("update")
    control.step("update")
    control.pause()
    assert control.is_halted()
    assert order(control).kind is OrderKind.REST
    control.play()
    assert not control.is_halted()


def test_a_step_at_pace_waits_for_its_time(control):
    control.play()
    began = perf_counter()
    assert order(control, due=began + 0.05).kind is OrderKind.PACE
    assert perf_counter() >= began + 0.05


def test_at_full_speed_nothing_is_waited_for(control):
    control.set_full_speed(True)
    control.play()
    assert order(control, due=perf_counter() + 100, free=False).kind is OrderKind.SPEED


def test_above_the_display_rate_steps_do_not_wait_for_drawing(control):
    control.set_pace("update", 1000)
    control.play()
    assert order(control, free=False).kind is OrderKind.PACE


@pytest.mark.parametrize("wish", ["step", "pace"])
def test_a_step_waits_until_the_frame_before_it_was_taken(control, wish):
    mailbox = Mailbox(control.condition)
    mailbox.put(["a frame"])
    control.step("update") if wish == "step" else control.play()
    found = []
    waiting = threading.Thread(target=lambda: found.append(control.next_order(1, 0.0, mailbox.is_free)))
    waiting.start()
    assert not found
    assert mailbox.take() == ("a frame",)
    waiting.join(5)
    assert found[0].kind is (OrderKind.STEP if wish == "step" else OrderKind.PACE)


def test_at_its_end_a_run_plays_no_more(control):
    control.play()
    control.finish(2)
    assert order(control).kind is OrderKind.PACE
    control.finish(1)
    assert order(control).kind is OrderKind.REST


def test_every_wish_counts(control):
    before = control.serial
    control.play()
    control.pause()
    control.change("rate", 1)
    assert control.serial == before + 3
    assert order(control).serial == before + 3


def test_an_emptied_mailbox_is_free_and_gives_its_snapshots_in_order():
    mailbox = Mailbox(threading.Condition())
    assert mailbox.is_free() and mailbox.take() == ()
    mailbox.put([1, 2])
    mailbox.put([3])
    assert len(mailbox) == 3 and not mailbox.is_free()
    assert mailbox.take() == (1, 2, 3)
    assert mailbox.is_free()


def test_a_mailbox_tells_when_somebody_had_looked_in_vain():
    mailbox = Mailbox(threading.Condition())
    assert not mailbox.put([1])
    mailbox.take()
    assert not mailbox.put([2])
    mailbox.take()
    mailbox.take()
    assert mailbox.put([3])
    assert not mailbox.put([4])


def test_snapshots_made_ahead_are_taken_one_by_one_and_more_than_that_at_once():
    mailbox = Mailbox(threading.Condition())
    assert mailbox.take_next() == ()
    mailbox.put(range(AHEAD + 20))
    assert mailbox.take_next() == tuple(range(21))
    for number in range(21, AHEAD + 20):
        assert mailbox.take_next() == (number,)
    assert mailbox.is_free() and mailbox.take_next() == ()
