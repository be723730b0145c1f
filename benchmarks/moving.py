"""The time to make a moving picture: 100 frames of gradient descent at 800 × 500, drawn and written as WebP."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.measurement import Measurement, Options
from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.contract.text import untranslated
from engine.export.record import Export
from engine.playing import Player
from gui.export.moving.formats import MOVING_FORMATS
from gui.export.moving.making import write_moving
from gui.export.moving.moments import moments_of
from gui.export.moving.wanted import MovingPicture
from gui.export.offscreen import application

_FRAMES, _RATE = 100, 20
_LIMIT = 10.0


def measure(options: Options) -> Iterator[Measurement]:
    """The total time in seconds, and the processor time, which depends little on other work."""
    application()
    experiment = load("descent")
    run = Run("descent", experiment.params_type())
    wanted = MovingPicture(0, _FRAMES - 1, _FRAMES / _RATE, _RATE, size=(800, 500))
    began, worked = perf_counter(), process_time()
    moments = moments_of(wanted.places(), lambda: Player(experiment, run), {}, untranslated("to"))
    last = moments[-1]
    export = Export(experiment, run, last.params, last.frame.update, last.frame, "en")
    with tempfile.TemporaryDirectory() as folder:
        write_moving(export, moments, wanted, MOVING_FORMATS[".webp"], Path(folder) / "descent.webp")
    name = f"moving picture of {_FRAMES} frames, WebP"
    taken, processor = perf_counter() - began, process_time() - worked
    yield Measurement(name, taken, "s", "of one processor", processor, _LIMIT)
