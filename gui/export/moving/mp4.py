"""MP4 video (H.264), by the program ffmpeg if it is on the path: frames are piped to it as they are drawn."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from engine.contract.text import Refused, Text, shortened
from engine.export.png_text import RUN_KEY
from engine.system import NO_CONSOLE
from gui.export.moving.lifeline import passed_on
from gui.export.moving.pictures import Pictures

PROGRAM = "ffmpeg"
_FAILED = Text("ffmpeg could not write it: {reason}")
_RATE = 50
_TEXTS = {"title": "Title", "comment": "Description", "description": RUN_KEY}
_LONGEST_TEXT = 16_000
"""The most characters of a metadata text. A command line can have some 32,000 on Windows, and a run with a drawn digit
is long.
"""
_LONGEST = 80


def write(pictures: Pictures, path: Path) -> None:
    """Write a video of 50 frames a second that repeats each frame for its duration; ``Refused`` with ffmpeg's message
    if it fails. A side with an odd number of pixels loses one, at its margin, since the format needs even ones.
    """
    width, height = pictures.size
    said_of_it = {key: pictures.texts.get(name, "") for key, name in _TEXTS.items()}
    texts = [f"{key}={text}" for key, text in said_of_it.items() if 0 < len(text) <= _LONGEST_TEXT]
    command = [
        PROGRAM, "-y", "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}",
        "-r", str(_RATE), "-i", "-", "-an", "-vf", "crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0", "-c:v", "libx264",
        "-crf", "18", "-pix_fmt", "yuv420p", "-movflags", "+faststart",
        *(part for text in texts for part in ("-metadata", text)), "-f", "mp4", str(path),
    ]  # fmt: skip
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            pass_fds=passed_on(),
            creationflags=NO_CONSOLE,
        ) as process,
    ):
        assert process.stdin is not None  # a pipe was asked for
        try:
            _send(pictures, process.stdin)
        except BaseException:
            process.kill()
            raise
        finally:
            with contextlib.suppress(OSError):  # whoever read from it may have ended
                process.stdin.close()
        if process.wait() != 0:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").split("\n")
            reason = next((line.strip() for line in reversed(lines) if line.strip()), "?")
            raise Refused(_FAILED(reason=shortened(reason, _LONGEST)))


def _send(pictures: Pictures, pipe: IO[bytes]) -> None:
    """Send all frames, or stop when ffmpeg has ended; exceptions raised while drawing are passed on."""
    shown = sent = 0
    for number, milliseconds in enumerate(pictures.milliseconds):
        shown += milliseconds
        due = max(sent + 1, round(shown * _RATE / 1000))
        pixels = pictures.picture(number).tobytes()
        for _ in range(due - sent):
            try:
                pipe.write(pixels)
            except OSError:  # on Windows it has another number than that of a broken pipe
                return
        sent = due
