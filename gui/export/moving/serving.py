"""The process that draws moving pictures, with its own theme, language and zoom.

Qt has one theme for a whole process, and drawing a frame of a figure takes longer than the window may be blocked.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

from engine.contract import catalogue
from engine.contract.text import Refused, Text
from engine.export.record import Export
from engine.export.writing import reason_of
from engine.playing import Player
from engine.system import leave_interrupts_to_parent
from gui.export.moving.formats import MOVING_FORMATS
from gui.export.moving.lifeline import hold
from gui.export.moving.moments import Kept, Moment, moments_of
from gui.export.moving.order import About, Going, Made, NotMade, Order, Ready
from gui.export.moving.wanted import TO, sampled

Serves = Callable[[Connection, Connection, str, Connection], None]

_POLITENESS = 5
"""The nice value of the process, so that the window and its worker processes have priority."""
_MOMENT = 1.5
"""The most seconds for which a run is played again for an estimate of the file size."""
_NOT_WRITTEN = Text("The moving picture could not be written: {reason}.")
_NO_MEMORY = Text("There is not enough memory for it.")
_FAULT = Text("The moving picture could not be drawn: {error}.")


def begin(serves: Serves, orders: Connection, replies: Connection, scratch: str, life: Connection) -> None:
    """Say that the process has its pipes, and serve. On Windows the window sends nothing before that: if the process
    had died before it took its end, the window would write to the pipe for ever.
    """
    replies.send(Ready())
    serves(orders, replies, scratch, life)


def serve(orders: Connection, replies: Connection, scratch: str, life: Connection) -> None:
    """Answer the window's orders one after the other until it closes its end of the pipe."""
    settle_in(scratch, life)
    _answer_all(orders, replies)


def settle_in(scratch: str, life: Connection) -> None:
    """Prepare the process so that the window can clean up after killing it: programs that it starts are in its process
    group and hold ``life`` open while they run, and temporary files are written to the folder ``scratch``.
    """
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    tempfile.tempdir = scratch
    hold(life)


def _answer_all(orders: Connection, replies: Connection) -> None:
    leave_interrupts_to_parent()
    catalogue.find_further()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if hasattr(os, "nice"):
        os.nice(_POLITENESS)
    # Only now: Qt reads QT_QPA_PLATFORM when the application is made.
    from gui.export.offscreen import application

    application()
    with contextlib.suppress(EOFError, OSError):
        while True:
            replies.send(_answer(orders.recv(), replies))


def _answer(order: Order, replies: Connection) -> About | Made | NotMade:
    try:
        return _about(order) if not order.path else _make(order, replies)
    except Refused as refusal:
        return NotMade(refusal.text)
    except BrokenPipeError:
        raise
    except OSError as error:
        return NotMade(_NOT_WRITTEN(reason=reason_of(error)))
    except MemoryError:
        return NotMade(_NO_MEMORY)
    except Exception as error:  # whatever a view or a library raises; the window goes on without it
        return NotMade(_FAULT(error=f"{type(error).__name__}: {error}"), traceback.format_exc())


def _about(order: Order) -> About:
    from gui.export.moving.making import about_bytes

    places = order.wanted.places()
    numbers = sampled(len(places))
    shown = _frames_at([places[number].update for number in numbers], order)
    moments = [Moment(*shown[places[number].update], places[number].milliseconds) for number in numbers]
    kind = MOVING_FORMATS[order.suffix]
    return About(about_bytes(_export(order, moments[-1]), moments, numbers, order.wanted, kind))


def _frames_at(updates: Sequence[int], order: Order) -> Kept:
    """The parameters and frames at these updates: kept ones; others played again if that is fast enough, or else
    replaced by near ones.
    """
    found = {**order.near, **order.kept}
    player = Player(catalogue.load(order.run.experiment), order.run)
    ends = perf_counter() + _MOMENT
    for update in updates:
        if update in order.kept:
            continue
        while player.update < update and not player.finished and perf_counter() < ends:
            for _ in player.slice(update - player.update):
                pass
        if player.update != update:
            break
        found[update] = player.params, player.go(0)
    player.close()
    return found


def _make(order: Order, replies: Connection) -> Made:
    from gui.export.moving.making import write_moving

    experiment, places = catalogue.load(order.run.experiment), order.wanted.places()
    player = None

    def player_for() -> Player:
        nonlocal player
        player = Player(experiment, order.run)
        return player

    try:
        moments = moments_of(
            places, player_for, order.kept, TO, lambda done: replies.send(Going(done, len(places), False))
        )
    finally:
        if player is not None:
            player.close()
    export, kind = _export(order, moments[-1]), MOVING_FORMATS[order.suffix]
    write_moving(
        export, moments, order.wanted, kind, Path(order.path),
        lambda number: replies.send(Going(number + 1, len(places), True)),
    )  # fmt: skip
    return Made()


def _export(order: Order, last: Moment) -> Export:
    experiment = catalogue.load(order.run.experiment)
    return Export(
        experiment, order.run, last.params, last.frame.update, last.frame, order.language, order.when, order.shelf
    )
