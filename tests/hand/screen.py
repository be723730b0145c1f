"""A virtual screen with a mouse and a keyboard: Xvfb and xdotool, where both are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from types import TracebackType

PROGRAMS = ("Xvfb", "xdotool")


def missing_programs() -> list[str]:
    """Those of ``PROGRAMS`` that this machine lacks."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


class Screen:
    """An Xvfb of ``width`` × ``height`` on a display number of its own, as a context manager."""

    def __init__(self, width: int = 1366, height: int = 768) -> None:
        reading, writing = os.pipe()
        size = f"{width}x{height}x24"
        self._server = subprocess.Popen(
            # Without -noreset it would begin anew, and miss the next program, whenever one ends.
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as number:
            self.display = f":{number.readline().strip()}"

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.terminate()
        self._server.wait()

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at one place, go to another in small steps, release."""
        steps = 6
        between = [
            tuple(round(a + (b - a) * part / steps) for a, b in zip(start, end, strict=True))
            for part in range(1, steps + 1)
        ]
        moves = [word for x, y in between for word in ("mousemove", str(x), str(y), "sleep", "0.01")]
        self._do("mousemove", *map(str, start), "sleep", "0.02", "mousedown", "1", *moves, "mouseup", "1")

    def click(self, place: tuple[int, int]) -> None:
        """A click of the left button."""
        self._do("mousemove", *map(str, place), "sleep", "0.02", "click", "1")

    def scroll(self, place: tuple[int, int], notches: int) -> None:
        """Turn the wheel over a place, down where ``notches`` is positive."""
        button = "5" if notches > 0 else "4"
        self._do("mousemove", *map(str, place), "click", "--repeat", str(abs(notches)), "--delay", "10", button)

    def key(self, keys: str) -> None:
        """A key or a combination, such as ``ctrl+e``, to the window that has the focus."""
        self._do("key", keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "2", text)

    def focus(self, title: str) -> None:
        """Give the keyboard to the window whose title holds ``title``: there is no window manager here that would."""
        self._do("search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync")

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], check=True, env={**os.environ, "DISPLAY": self.display}, timeout=30)
