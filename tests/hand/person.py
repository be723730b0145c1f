"""Somebody who uses the program with mouse and keyboard only, and sees what stands on the screen."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from tests.hand.screen import Screen

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 20.0

Place = tuple[int, int]
_WAYS: tuple[Place, ...] = tuple(
    (far * across, far * up) for far in (40, 110) for across, up in ((1, 0), (-1, 0), (0, -1), (0, 1))
)
"""The ways of a drag; the longer ones for what moves by whole numbers."""


class Person:
    """Starts the program on a screen with an experiment; as a context manager, closes it again."""

    def __init__(self, screen: Screen, home: Path, experiment: str) -> None:
        self.screen = screen
        self._last_ways: dict[str, Place] = {}
        environment = {
            **os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"), "XDG_CACHE_HOME": str(home / "cache"),
        }  # fmt: skip
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.hand.observed", experiment],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment,
        )
        self.wait(lambda seen: seen.get("at_rest"))
        screen.focus("Layerwise")

    def __enter__(self) -> Person:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._program.terminate()
        self._program.wait(10)

    def ask(self, question: str, **values: object) -> object:
        """What is to be seen."""
        self._program.stdin.write(json.dumps({"ask": question, "with": values}) + "\n")
        self._program.stdin.flush()
        return json.loads(self._program.stdout.readline())

    def look(self) -> dict:
        """What stands on the screen now."""
        return self.ask("look")

    def wait(self, until: object) -> dict:
        """Look until something is to be seen; what was seen last, also where it never came."""
        end = time.monotonic() + _PATIENCE
        seen = self.look()
        while not until(seen) and time.monotonic() < end:
            time.sleep(0.02)
            seen = self.look()
        return seen

    def rest(self) -> dict:
        """Look until everything has come to rest."""
        return self.wait(lambda seen: seen["at_rest"])

    def drags(self, ring: str, off: Place) -> bool:
        """Press ``off`` pixels beside a ring and drag, one way or another; whether a parameter followed."""
        before = self._ring_in_sight(ring)
        centre = before["rings"][ring]
        start = (centre[0] + off[0], centre[1] + off[1])
        # What has moved this ring before does so most likely again.
        ways = sorted(_WAYS, key=lambda way: way != self._last_ways.get(ring))
        for way in ways:
            self.screen.drag(start, (start[0] + way[0], start[1] + way[1]))
            after = self.rest()
            if after["params"] != before["params"]:
                self._last_ways[ring] = way
                self.screen.key("ctrl+z")
                back = self.wait(lambda seen: seen["at_rest"] and seen["params"] == before["params"])
                return back["params"] == before["params"]
        return False

    def follows(self, number: int) -> bool:
        """Go on to a try, press it and, where it asks, its first answer or the look; whether the stage then agrees
        with it.
        """
        # One that is not of the path is two presses away.
        for _ in range(2):
            if not self.ask("try", number=number)["is_open"]:
                self.wait(lambda _: self.ask("try", number=number)["further"])
                self.screen.click(self._brought_into_sight(number, "further")["further"][:2])
                time.sleep(0.1)
        self.wait(lambda _: self.ask("try", number=number)["is_open"])
        row = self._brought_into_sight(number)
        self.screen.click(row["button"][:2])
        if row["answers"]:
            row = self._brought_into_sight(number, "answers")
            self.screen.click(row["answers"][0][:2])
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self.ask("agrees", number=number):
                return True
            time.sleep(0.05)
        return False

    def _ring_in_sight(self, ring: str) -> dict:
        seen = self.rest()
        for _ in range(60):
            if not seen["beyond"][ring]:
                break
            self.screen.scroll(seen["stage"], seen["beyond"][ring])
            time.sleep(0.03)
            seen = self.rest()
        return seen

    def _brought_into_sight(self, number: int, what: str = "button") -> dict:
        for _ in range(60):
            row = self.ask("try", number=number)
            place = row["answers"][0] if what == "answers" else row[what]
            if place[2]:
                break
            self.screen.scroll(row["panel"], 1 if place[1] > row["panel"][1] else -1)
            time.sleep(0.03)
        return row


def around(distance: int) -> list[Place]:
    """The eight places so many pixels off."""
    turns = (turn * math.pi / 4 for turn in range(8))
    return [(round(distance * math.cos(turn)), round(distance * math.sin(turn))) for turn in turns]
