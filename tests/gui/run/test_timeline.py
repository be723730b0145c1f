"""The record keeps what matters within its budget, and gives back exactly what was kept."""

import gc
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.contract.experiment import Unit
from engine.contract.frame import Frame, Status, quantity
from engine.contract.params import Params
from engine.contract.run import Change
from engine.contract.text import untranslated
from gui.run.frame_memory import ENTRY_BYTES, FrameMemory
from gui.run.timeline import NEWEST_KEPT, STEPPED_KEPT, Timeline
from tests.bilingual import both

UNITS = (Unit("update", both("update", "次")), Unit("epoch", both("epoch", "轮")))
MEGABYTE = 2**20


class NoParams(Params):
    pass


class ArrayFrame(Frame):
    values: np.ndarray | None = quantity(default=None)
    weights: np.ndarray | None = quantity(heavy=True, default=None)


def frame(update, size=0, epoch_length=10, status=None, **fields):
    ended = update > 0 and update % epoch_length == 0
    return ArrayFrame(
        update=update,
        counts=(update, update // epoch_length),
        events=("update", "epoch") if ended else ("update",),
        status=status and Status(status, untranslated(status)),
        values=np.zeros(size, dtype=np.uint8),
        **fields,
    )


def filled(updates, budget=None, size=0, **marks):
    timeline = Timeline(UNITS, budget or FrameMemory())
    for update in updates:
        timeline.add(frame(update, size), NoParams(), **marks)
    return timeline


def updates_of(timeline):
    return [entry.update for entry in timeline.entries]


def test_back_and_forward_go_through_what_was_kept():
    timeline = filled([0, 1, 5, 9])
    assert timeline.previous(9).update == 5
    assert timeline.previous(7).update == 5
    assert timeline.previous(0) is None
    assert timeline.next(5).update == 9
    assert timeline.next(9) is None
    assert timeline.at(5).update == 5
    assert timeline.at(6) is None


@settings(max_examples=50, deadline=None)
@given(kept=st.sets(st.integers(0, 100), min_size=1), update=st.integers(-5, 110))
def test_the_nearest_entry_is_the_closest_one_kept(kept, update):
    timeline = filled(sorted(kept))
    assert abs(timeline.nearest(update).update - update) == min(abs(each - update) for each in kept)


def test_by_unit_one_goes_from_end_to_end():
    timeline = filled(range(35))
    assert timeline.previous(34, "epoch").update == 30
    assert timeline.previous(30, "epoch").update == 20
    assert timeline.previous(7, "epoch").update == 0
    assert timeline.next(7, "epoch").update == 10
    assert timeline.next(30, "epoch").update == 34


def test_an_empty_timeline_has_nothing_to_show():
    timeline = Timeline(UNITS, FrameMemory())
    assert timeline.first is timeline.newest is timeline.nearest(3) is timeline.previous(3) is timeline.next(3) is None
    assert timeline.flags == ()


def test_a_frame_of_the_same_update_takes_the_place_of_the_one_before_and_keeps_its_marks():
    timeline = filled([0, 1])
    timeline.add(frame(1, 8), NoParams(), stepped=True)
    entry = timeline.add(frame(1, 16), NoParams(), edited=True)
    assert updates_of(timeline) == [0, 1]
    assert entry.stepped and entry.edited
    assert timeline.newest.frame.values.size == 16


def test_an_earlier_update_is_refused():
    with pytest.raises(ValueError, match="update 2 after update 3"):
        filled([3, 2])


def test_the_budget_is_kept_whatever_comes():
    budget = FrameMemory(limit=2 * MEGABYTE)
    timeline = filled(range(3000), budget, size=20_000)
    assert budget.used <= budget.limit
    assert timeline.first.update == 0
    assert updates_of(timeline)[-NEWEST_KEPT:] == list(range(3000 - NEWEST_KEPT, 3000))


@settings(max_examples=20, deadline=None)
@given(count=st.integers(1, 300), back=st.integers(1, 64))
def test_up_to_64_steps_back_and_forward_again_are_exact(count, back):
    timeline = filled(range(count), FrameMemory(limit=1))
    entry = timeline.newest
    way = [entry]
    for _ in range(min(back, count - 1)):
        entry = timeline.previous(entry.update)
        way.append(entry)
    assert [each.update for each in way] == list(range(count - 1, count - 1 - len(way), -1))
    for expected in reversed(way[:-1]):
        entry = timeline.next(entry.update)
        assert entry is expected


def test_unit_ends_edits_and_changes_of_status_outlast_plain_frames():
    budget = FrameMemory(limit=100 * (ENTRY_BYTES + 1000))
    timeline = Timeline(UNITS, budget)
    for update in range(400):
        status = "diverged" if update >= 55 else None
        timeline.add(frame(update, 1000, epoch_length=50, status=status), NoParams(), edited=update == 33)
    kept = updates_of(timeline)
    assert {0, 33, 50, 55, 100, 150, 200, 250, 300} <= set(kept)
    assert len(kept) <= 100


def test_frames_made_while_stepping_outlast_events():
    budget = FrameMemory(limit=300 * (ENTRY_BYTES + 1000))
    timeline = filled(range(100), budget, size=1000, stepped=True)
    for update in range(100, 1000):
        timeline.add(frame(update, 1000, epoch_length=2), NoParams())
    assert set(range(100)) <= set(updates_of(timeline))


def test_only_so_many_stepped_frames_are_pinned():
    budget = FrameMemory(limit=(STEPPED_KEPT + 100) * (ENTRY_BYTES + 100))
    timeline = filled(range(STEPPED_KEPT + 400), budget, size=100, stepped=True)
    newest_pinned = list(range(400 + 1, STEPPED_KEPT + 400))
    assert updates_of(timeline)[-len(newest_pinned) :] == newest_pinned
    assert len(timeline) <= STEPPED_KEPT + 100


def test_the_rest_is_thinned_by_halves():
    timeline = filled(range(400))
    plain = [update for update in updates_of(timeline)[1:-NEWEST_KEPT] if update % 10]
    assert timeline.thin(0)
    left = [update for update in updates_of(timeline)[1:-NEWEST_KEPT] if update % 10]
    assert left == plain[1::2]


def test_a_buffer_that_frames_share_is_counted_once():
    budget = FrameMemory()
    shared = np.zeros(MEGABYTE, dtype=np.uint8)
    shared.setflags(write=False)
    timeline = Timeline(UNITS, budget)
    for update in range(10):
        timeline.add(ArrayFrame(update=update, values=shared, weights=None), NoParams())
    assert budget.used == MEGABYTE + 10 * ENTRY_BYTES
    timeline.clear()
    assert budget.used == 0


def test_a_timeline_that_is_gone_gives_its_memory_back():
    budget = FrameMemory()
    timeline = filled(range(5), budget, size=1000)
    assert budget.used == 5 * (ENTRY_BYTES + 1000)
    del timeline
    gc.collect()
    assert budget.used == 0


def test_a_timeline_that_was_left_gives_way_to_the_one_in_use():
    budget = FrameMemory(limit=100 * (ENTRY_BYTES + 1000))
    left = filled(range(80), budget, size=1000)
    used = filled(range(95), budget, size=1000, stepped=True)
    assert updates_of(used) == list(range(95))
    assert (left.first.update, left.newest.update) == (0, 79)
    assert budget.used <= budget.limit


def test_heavy_fields_stay_with_the_newest_entry_only():
    budget = FrameMemory()
    timeline = Timeline(UNITS, budget)
    for update in range(3):
        timeline.add(frame(update, weights=np.zeros(MEGABYTE, dtype=np.uint8)), NoParams())
    assert [entry.frame.weights is None for entry in timeline.entries] == [True, True, False]
    assert budget.used < 2 * MEGABYTE


def test_ticks_stand_where_units_ended_also_when_the_frames_are_gone():
    timeline = filled(range(500), FrameMemory(limit=1))
    assert timeline.ticks("epoch") == tuple(range(10, 500, 10))
    assert timeline.ticks("epoch", 40) == timeline.ticks("epoch")
    assert timeline.ticks("epoch", 10) == tuple(range(10, 500, 40))
    assert len(timeline) == NEWEST_KEPT + 1


def test_what_a_long_run_leaves_behind_takes_little_memory():
    timeline = Timeline(UNITS, FrameMemory(limit=1))
    taken = []
    tracemalloc.start()
    try:
        for updates in (range(500), range(500, 2500)):
            for update in updates:
                timeline.add(frame(update), NoParams())
            gc.collect()
            taken.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert len(timeline.ticks("epoch")) == 249 and len(timeline) == NEWEST_KEPT + 1
    assert taken[1] - taken[0] < 2000 * 8


def test_flags_stand_at_the_edits_the_record_has_come_to():
    timeline = filled(range(20))
    timeline.journal = (Change(3, "w", 1), Change(3, "b", 1), Change(15, "w", 2), Change(40, "w", 2))
    assert timeline.flags == (3, 15)


def test_divergence_is_marked_where_it_was_first_found():
    timeline = Timeline(UNITS, FrameMemory())
    for update in range(10):
        timeline.add(frame(update, status="diverged" if update >= 6 else "oscillating"), NoParams())
    assert timeline.diverged == 6
    assert [entry.update for entry in timeline.entries if entry.turned] == [0, 6]


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, 60))
def test_what_was_dropped_can_be_brought_back_as_it_was(at):
    budget = FrameMemory()
    timeline = filled(range(50), budget, size=100)
    timeline.add(frame(50, 100, status="diverged"), NoParams())
    timeline.journal = (Change(10, "w", 1), Change(40, "w", 2))
    before = timeline.entries, timeline.flags, timeline.ticks("epoch"), timeline.diverged, budget.used
    later = timeline.truncate_after(at)
    assert all(entry.update <= at for entry in timeline.entries)
    assert all(flag <= at for flag in timeline.flags)
    assert all(tick <= at for tick in timeline.ticks("epoch"))
    assert timeline.diverged is None or at >= 50
    assert budget.used == before[-1]
    timeline.bring_back(later)
    assert (timeline.entries, timeline.flags, timeline.ticks("epoch"), timeline.diverged, budget.used) == before
    assert len(later) == 0


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 24), length=st.sampled_from([1, 2, 3, 4, 6]), after=st.sampled_from([-3, -1, 0, 1, 2, 25]))
def test_a_record_that_is_cut_parts_ticks_flags_and_divergence_into_what_came_by_then_and_what_came_later(
    at, length, after
):
    """What lies at the very update of the cut belongs to what came by then, however it is cut."""
    broken = max(0, at + after)

    def recorded():
        timeline = Timeline(UNITS, FrameMemory())
        for update in range(25):
            status = "diverged" if update >= broken else None
            timeline.add(frame(update, epoch_length=length, status=status), NoParams())
        timeline.journal = tuple(Change(update, "w", update) for update in range(0, 25, 2))
        return timeline

    ends, changes = [one for one in range(1, 25) if one % length == 0], range(0, 25, 2)
    whole, broke = recorded(), broken if broken < 25 else None
    early = [[one for one in every if one <= at] for every in (range(25), ends, changes)]
    late = [[one for one in every if one > at] for every in (range(25), ends)]
    copy, cut = whole.copied_until(at), recorded()
    later = cut.truncate_after(at)
    for kept in (copy, cut):
        assert [updates_of(kept), list(kept.ticks("epoch")), list(kept.flags)] == early
        assert kept.diverged == (broke if broke is not None and broke <= at else None)
    assert [updates_of(later), list(later.ticks("epoch"))] == late
    assert later.diverged == (broke if broke is not None and broke > at else None)
    assert (list(whole.ticks("epoch")), whole.flags, whole.diverged) == (ends, tuple(changes), broke)


def test_nothing_is_brought_back_over_something_newer():
    timeline = filled(range(10))
    later = timeline.truncate_after(4)
    timeline.add(frame(7), NoParams())
    with pytest.raises(ValueError, match="update 5 after update 7"):
        timeline.bring_back(later)


def test_what_was_dropped_still_counts_until_it_is_forgotten():
    budget = FrameMemory()
    timeline = filled(range(10), budget, size=1000)
    later = timeline.truncate_after(4)
    assert budget.used == 10 * (ENTRY_BYTES + 1000)
    del later
    gc.collect()
    assert budget.used == 5 * (ENTRY_BYTES + 1000)


def test_a_place_is_labelled_in_words():
    label = filled([0, 120]).newest.label
    assert label.render("en") == "update 120 · after epoch 12"
    assert label.render("zh_CN") == "第 120 次 · 已完成 12 轮"
