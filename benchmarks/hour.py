"""A long run at full speed: whether memory and smoothness after an hour are those of the fifth minute (``--long``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from benchmarks.measurement import Measurement, Options
from benchmarks.memory import used
from benchmarks.smoothness import begin
from benchmarks.stage import Show

_EARLY = 5 / 60
"""The part of the time after which the first measurement is taken: the fifth minute of an hour."""
_WATCHED = 60.0
"""Seconds of each measurement of smoothness. At the end of each epoch, every 10 to 20 s, cnn measures its accuracy for
a second and shows no frame: in a few seconds it would be a matter of chance whether that is among them."""


def measure(options: Options) -> Iterator[Measurement]:
    """Memory of both processes and frames a second at the end, compared with early values."""
    if not options.minutes:
        return
    seconds = 60 * options.minutes
    for experiment_id in ("cnn", "playground"):
        with closing(Show(experiment_id)) as show:
            begin(show)
            show.let_go_for(seconds * _EARLY)
            early = used(), _rate(show)
            show.let_go_for(seconds * (1 - _EARLY))
            late = used(), _rate(show)
            show.runner.pause()
        name = f"{experiment_id} after {options.minutes:g} minutes"
        yield Measurement(f"{name}, memory", late[0], "MB", "early on", early[0], 1.05, of_ratio=True)
        yield Measurement(f"{name}, frames a second", late[1], "/s", "early on", early[1], 0.95, True, True)


def _rate(show: Show) -> float:
    return 1000 / float(show.painting.intervals(show, _WATCHED).mean())
