"""Runs another program with visible output and returns its last lines."""

from __future__ import annotations

import collections
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.system import NO_CONSOLE

_KEPT_LINES = 40
_SECONDS_TO_END = 10


@dataclass(frozen=True)
class Outcome:
    """The exit code of a program, and the last lines that it wrote to standard error."""

    code: int
    last_lines: str = ""


def run_visibly(
    command: Sequence[str], variables: Mapping[str, str] | None = None, kept_open: Sequence[int] = ()
) -> Outcome:
    """Runs ``command`` to its end. All its output goes to this process's standard error, where pip draws its progress
    bars.

    ``variables`` is its whole environment (None: ours); it inherits the descriptors ``kept_open`` (not on Windows). On
    Ctrl+C the program is ended before KeyboardInterrupt goes on."""
    shown = _standard_error()
    inherited = tuple(kept_open) if sys.platform != "win32" else ()
    with subprocess.Popen(
        command, env=variables, stdout=shown, stderr=subprocess.PIPE, pass_fds=inherited,
        creationflags=NO_CONSOLE if shown == subprocess.DEVNULL else 0,
    ) as process:  # fmt: skip
        last_lines: collections.deque[str] = collections.deque(maxlen=_KEPT_LINES)
        assert process.stderr is not None  # a pipe was asked for
        try:
            for line in process.stderr:
                _show(line)
                last_lines.append(line.decode("utf-8", "replace"))
            process.wait()
        except KeyboardInterrupt:
            _end(process)
            raise
    return Outcome(process.returncode, "".join(last_lines))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Waits for a program that received the same Ctrl+C; ends it if it did not react."""
    process.terminate()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _standard_error() -> int:
    try:
        return sys.stderr.fileno()
    except (AttributeError, OSError, ValueError):  # pythonw has none; a test may have put another object there
        return subprocess.DEVNULL


def _show(line: bytes) -> None:
    stream = getattr(sys.stderr, "buffer", None)
    if stream is not None:
        stream.write(line)
        stream.flush()
