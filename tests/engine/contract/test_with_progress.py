"""Work in pieces: all of it is done, its seconds are counted, and it says now and then that it is still there."""

from __future__ import annotations

from engine.contract import protocol as module
from engine.contract.protocol import Progress, with_progress
from tests.bilingual import both

SIGN = Progress(both("working", "正在计算"))


def _steps(done, count):
    for _ in range(count):
        done.append(1)
        yield
    return "result"


def _drained(walk):
    signs = []
    while True:
        try:
            signs.append(next(walk))
        except StopIteration as end:
            return signs, end.value


def test_short_work_is_done_at_once_and_long_work_gives_signs(monkeypatch):
    for piece, signs_wanted in ((1e9, 0), (0.0, 5)):
        monkeypatch.setattr(module, "_PIECE", piece)
        done = []
        signs, (result, seconds) = _drained(with_progress(_steps(done, 5), SIGN))
        assert (len(signs), len(done), result) == (signs_wanted, 5, "result")
        assert seconds > 0 and all(sign is SIGN for sign in signs)


def test_the_time_in_which_it_is_left_alone_does_not_count(monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(module, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(module, "_PIECE", 0.5)
    walk = with_progress(_steps([], 3), SIGN)
    for _ in range(3):
        next(walk)
        for _ in range(100):
            next(clock)
    try:
        next(walk)
    except StopIteration as end:
        assert end.value == ("result", 4)


def test_a_sign_may_say_how_often_it_was_stopped(monkeypatch):
    monkeypatch.setattr(module, "_PIECE", 0.0)
    signs, _ = _drained(with_progress(_steps([], 3), lambda stops: Progress(SIGN.text, stops / 3)))
    assert [sign.fraction for sign in signs] == [1 / 3, 2 / 3, 1.0]
