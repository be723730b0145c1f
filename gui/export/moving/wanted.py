"""The options of a moving picture, validated: part of the run, duration, frame rate, size, theme."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.contract.run import MOST_UPDATES
from engine.contract.text import Refused, Text, shortened

MOST_PICTURES = 1000
SMALLEST, LARGEST = 240, 2400
DEFAULT_SECONDS, DEFAULT_RATE, DEFAULT_HOLD = 8.0, 20.0, 1.0
DEFAULT_SIZE = (800, 500)
THEMES = ("light", "dark")
_SAMPLES = 5
"""The number of pairs of successive frames that are drawn to estimate the file size."""

FROM, TO = Text("from", context="beginning of an interval"), Text("to", context="end of an interval")
SECONDS, RATE, HOLD = Text("seconds"), Text("frames a second"), Text("hold")
WIDTH, HEIGHT = Text("width"), Text("height")

_NO_NUMBER = Text("{name}: “{value}” is not a number from {least} to {most}.")
_NO_WHOLE = Text("{name}: “{value}” is not a whole number from {least} to {most}.")
_NO_WAY = Text("It begins at {first} and ends at {last}: the end must come after the beginning.")
_TOO_MANY = Text("{seconds:g} s at {rate:g} frames a second are {count} frames; at most {most} are drawn.")
_TOO_FEW = Text("{seconds:g} s at {rate:g} frames a second are less than two frames.")
_NUMBER = re.compile(r"\+?[0-9]{1,10}([.,][0-9]{1,6})?", re.ASCII)


@dataclass(frozen=True)
class HeldUpdate:
    """An update of the run, and how many milliseconds its frame is shown."""

    update: int
    milliseconds: int


@dataclass(frozen=True)
class MovingPicture:
    """The options: from update ``first`` to ``last`` in ``seconds``, at ``rate`` frames a second; the last frame is
    shown for ``hold`` more seconds. ``size`` is width and height in pixels.

    The constructor raises ``Refused``, with a sentence, if a value is not allowed.
    """

    first: int
    last: int
    seconds: float = DEFAULT_SECONDS
    rate: float = DEFAULT_RATE
    hold: float = DEFAULT_HOLD
    size: tuple[int, int] = DEFAULT_SIZE
    theme: str = "light"

    def __post_init__(self) -> None:
        if not self.first < self.last:
            raise Refused(_NO_WAY(first=self.first, last=self.last))
        count = self.count
        if count < 2:
            raise Refused(_TOO_FEW(seconds=self.seconds, rate=self.rate))
        if count > MOST_PICTURES:
            raise Refused(_TOO_MANY(seconds=self.seconds, rate=self.rate, count=count, most=MOST_PICTURES))

    @property
    def count(self) -> int:
        """The number of frames, including repeated ones; the last frame counts once although it is held."""
        return round(self.seconds * self.rate)

    def places(self) -> tuple[HeldUpdate, ...]:
        """The updates shown, with their durations: evenly spaced, always with the first and the last.

        If there are fewer updates than frames, each update occurs once, with a longer duration.
        """
        way = self.last - self.first
        updates = [self.first + round(way * index / (self.count - 1)) for index in range(self.count)]
        # End times are rounded, not durations: errors do not add up over a thousand frames.
        ends = [round(1000 * (index + 1) / self.rate) for index in range(self.count)]
        ends[-1] += round(1000 * self.hold)
        found: list[HeldUpdate] = []
        began = 0
        for index, update in enumerate(updates):
            if index + 1 == self.count or updates[index + 1] != update:
                found.append(HeldUpdate(update, ends[index] - began))
                began = ends[index]
        return tuple(found)


def sampled(count: int) -> tuple[int, ...]:
    """The indices of the frames, of ``count``, from which the file size is estimated: pairs of successive frames."""
    starts = {round(index * (count - 2) / (_SAMPLES - 1)) for index in range(_SAMPLES)}
    return tuple(sorted(starts | {start + 1 for start in starts}))


@dataclass(frozen=True)
class Entered:
    """A number that the user types: its name, its limits, and whether it must be an integer."""

    name: Text
    least: float
    most: float
    whole: bool = False

    def called(self, name: Text) -> Entered:
        """A copy with another displayed name."""
        return dataclasses.replace(self, name=name)

    def read(self, text: str) -> float:
        """Parse the number in a text; ``Refused`` if it is not valid."""
        found = _NUMBER.fullmatch(text.strip())
        value = float(found[0].replace(",", ".")) if found else -1.0
        if found is None or not self.least <= value <= self.most or (self.whole and value != int(value)):
            words = _NO_WHOLE if self.whole else _NO_NUMBER
            raise Refused(
                words(name=self.name, value=shortened(text), least=f"{self.least:g}", most=f"{int(self.most)}")
            )
        return value


ENTRIES: Mapping[str, Entered] = {
    "first": Entered(FROM, 0, MOST_UPDATES, whole=True),
    "last": Entered(TO, 0, MOST_UPDATES, whole=True),
    "seconds": Entered(SECONDS, 0.1, 60),
    "rate": Entered(RATE, 1, 50),
    "hold": Entered(HOLD, 0, 5),
    "width": Entered(WIDTH, SMALLEST, LARGEST, whole=True),
    "height": Entered(HEIGHT, SMALLEST, LARGEST, whole=True),
}
"""The typed options, by name. At their limits, duration and hold together fit into the 65 seconds that a frame of an
animated PNG can last.
"""


def read_moving(
    texts: Mapping[str, str],
    theme: str,
    name_of: Callable[[str], Text] | None = None,
    reached: int = MOST_UPDATES,
) -> MovingPicture:
    """The options parsed from texts by the names in ``ENTRIES``; ``Refused`` with a sentence about the first invalid
    one. ``name_of`` returns other displayed names of the entries; ``reached`` is the last update of the run.
    """
    values = {}
    for name, text in texts.items():
        entry = ENTRIES[name]
        if name in ("first", "last"):
            entry = dataclasses.replace(entry, most=reached)
        values[name] = (entry if name_of is None else entry.called(name_of(name))).read(text)
    return MovingPicture(
        int(values["first"]),
        int(values["last"]),
        values.get("seconds", DEFAULT_SECONDS),
        values.get("rate", DEFAULT_RATE),
        values.get("hold", DEFAULT_HOLD),
        (int(values.get("width", DEFAULT_SIZE[0])), int(values.get("height", DEFAULT_SIZE[1]))),
        theme,
    )
