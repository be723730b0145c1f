"""What is dropped is made no more, and nothing of it goes on, lies about or blocks what comes next."""

from __future__ import annotations

import os
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from PIL import Image

from gui.export.moving import mp4
from gui.export.moving.order import About, Going, Made, NotMade, Order
from gui.export.moving.pictures import Pictures
from gui.export.moving.serving import settle_in
from gui.moving import studio as studio_module
from gui.moving.studio import Studio, is_dropped
from tests.as_on_windows import started_as_on_windows
from tests.bilingual import both

_LONG = 120_000
_FFMPEG = """#!/bin/sh
for last in "$@"; do :; done
cat > /dev/null
while :; do echo x >> "$last"; done
"""


def _order(path: str = "") -> Order:
    return Order(None, None, ".mp4", {}, "en", path=path)  # type: ignore[arg-type] # nothing of it is drawn


def _writes_for_ever(orders, replies, scratch, life):
    """As the process does it: a sample in a folder of the moment, then a film that the program is still at."""
    settle_in(scratch, life)
    while True:
        order = orders.recv()
        if order.language == "again":
            replies.send(About(7))
            continue
        with tempfile.TemporaryDirectory(prefix="layerwise-") as folder:
            (Path(folder) / "sample").write_text("half")
            replies.send(Going(1, 2, True))
            mp4.write(Pictures((4, 4), [20], {}, lambda number: Image.new("RGB", (4, 4))), Path(order.path))


@pytest.mark.skipif(os.name != "posix", reason="a script stands for ffmpeg")
def test_what_was_dropped_leaves_no_folder_and_no_program_that_writes_on(qtbot, tmp_path, monkeypatch):
    program, scratch, film = tmp_path / "bin" / "ffmpeg", tmp_path / "scratch", tmp_path / "film.part"
    for folder in (program.parent, scratch):
        folder.mkdir()
    program.write_text(_FFMPEG)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    studio = Studio(serves=_writes_for_ever)
    dropped, sized = [], []
    studio.dropped.connect(lambda: dropped.append(True))
    studio.sized.connect(lambda order, size: sized.append(size))
    studio.ask(_order(str(film)))
    qtbot.waitUntil(film.exists, timeout=_LONG)
    assert list(scratch.rglob("sample"))
    studio.drop()
    qtbot.waitUntil(lambda: bool(dropped), timeout=_LONG)
    film.unlink()
    assert not list(scratch.iterdir())
    # What comes next is answered, by another process, and the program from before has written nothing meanwhile.
    again = Order(None, None, ".mp4", {}, "again")
    studio.ask(again)
    qtbot.waitUntil(lambda: sized == [7], timeout=_LONG)
    assert not film.exists() and dropped == [True]
    studio.close()
    assert not list(scratch.iterdir())


@pytest.mark.parametrize(("reply", "dropped"), [(About(3), True), (NotMade(both("no", "不")), True), (Made(), False)])
def test_an_order_behind_a_sample_that_is_just_answered_is_dropped_too(reply, dropped):
    assert is_dropped(True, reply) is dropped and not is_dropped(False, reply)


def _ends(orders, replies, scratch, life):
    """A process that ends instead of an answer."""
    orders.recv()


class _EndsBeforeItServes:
    """Ends the process that reads it, as one that is dropped while it starts."""

    def __reduce__(self):
        return os._exit, (1,)


def _poll_as_on_windows(end, timeout=0, poll=Connection.poll):
    """Whoever waits for a pipe whose other end is gone is told of an error there."""
    if timeout:
        raise BrokenPipeError("[WinError 109]")
    return poll(end)


def test_a_studio_whose_process_ends_is_heard_though_its_pipe_stays_open_and_serves_again(qtbot, monkeypatch):
    monkeypatch.setattr(Connection, "poll", _poll_as_on_windows)
    with started_as_on_windows(monkeypatch, studio_module):
        studio = Studio(serves=_ends)
        for _ in range(2):
            with qtbot.waitSignal(studio.not_made, timeout=_LONG):
                studio.ask(_order("x"))
        studio.close()


def test_an_order_larger_than_a_pipe_waits_for_no_process_that_ended_while_it_started(qtbot, monkeypatch):
    with started_as_on_windows(monkeypatch, studio_module):
        studio = Studio(serves=_EndsBeforeItServes())
        large = Order(None, None, ".mp4", {}, "en" * 1_000_000, path="x")  # type: ignore[arg-type]
        with qtbot.waitSignal(studio.not_made, timeout=20_000):
            studio.ask(large)
        studio.close()
