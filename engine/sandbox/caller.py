"""The caller's side of the sandbox: starts a process for untrusted code, sends calls, enforces limits, and ends it."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import threading
import types
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import numpy as np

from engine.sandbox import executor
from engine.sandbox.confinement import MEMORY
from engine.sandbox.job_object import Job
from engine.sandbox.learner_code import FILE, Fault, FaultKind, printable
from engine.sandbox.link import Closed, Link
from engine.sandbox.memory_watch import MemoryWatch
from engine.sandbox.values import Malformed
from engine.system import NO_CONSOLE

PATIENCE = 4.5
"""Seconds after which the process is killed, counted from when it is ready.

The process's own limit is lower, since it can report the line that was running.
"""
STARTING = 20.0
"""The maximum number of seconds until the process is ready: Python and NumPy may load slowly from a cold disk."""
_MOST_COMPLAINED, _LAST_WAIT, _LOOKS_APART = 100_000, 1.0, 0.2
_LINE = re.compile(rf'File "{FILE}[^"]*", line (\d+)')
_WITHOUT_ATTRIBUTES = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, type, np.ufunc)
_LONGEST, _MOST_RAISED = 300, 50


class Faulty(Exception):
    """Raised if the called code raised an exception; ``fault`` has its message and line."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


class Ended(BaseException):
    """Raised when the process has ended; ``fault`` says why.

    It is a BaseException, so that no ``except Exception`` catches it by accident.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


class Sandbox(Link):
    """A confined process that runs one source after another in an empty ``folder``; ``close`` ends it.

    With ``trains`` its own time limits are those of a training; the line that was running is reported only if
    ``patience`` is higher than they are. ``held`` are the restrictions that the system enforces, known once it
    ``is_ready``. ``printed`` and ``warned`` are the code's output and warnings. ``is_worked_out`` tells that it ended
    by its limit of CPU time. OSError if no process can be started.
    """

    def __init__(self, folder: str, patience: float = PATIENCE, trains: bool = False) -> None:
        self._job = Job(MEMORY)
        self._process = subprocess.Popen(
            _command(trains), cwd=folder, env=_environment(), close_fds=True, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, creationflags=NO_CONSOLE,
        )  # fmt: skip
        assert self._process.stdin and self._process.stdout and self._process.stderr
        super().__init__(self._process.stdout.fileno(), self._process.stdin.fileno())
        self._job.take(int(getattr(self._process, "_handle", 0)))
        self._memory = MemoryWatch(self._process.pid, MEMORY)
        self.held: tuple[str, ...] = ()
        self.printed, self.warned = "", list[str]()
        self._patience, self._is_late = patience, False
        self.is_worked_out = False
        self._complained = bytearray()
        self._raised: dict[int, Exception] = {}
        self._raises = 0
        self._ear = threading.Thread(target=self._hear_complaints, daemon=True, name="complaints")
        self._ear.start()
        self._watch = self._watched(STARTING)
        self.is_ready = False

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def wait_until_ready(self) -> None:
        """Waits until the process has imported everything and is confined; the time limit ``patience`` starts then."""
        if not self.is_ready:
            try:
                held = self.receive().get("ready")
            except (Closed, Malformed):
                raise self._ended() from None
            self.held = tuple(str(one) for one in held) if isinstance(held, list) else ()
            self.is_ready = True
            self._end_watch()
            self._watch = self._watched(self._patience)

    def make(self, source: str, exercise: str, name: str, scope: Mapping[str, Any], before: str = "") -> Any:
        """Runs the source and returns a proxy for what it defines as ``name``; if that is "", for all that it defines.

        ``scope`` are names that the source may use; if ``name`` is "", it may also use what the source ``before``
        defines. Proxies from earlier calls become invalid. ``Faulty`` if the source fails or does not define the name.
        """
        self.wait_until_ready()
        self.exchange.forget()
        try:
            self.send({"forget": True})
            self.send({"ask": "make", "source": source, "exercise": exercise, "name": name, "before": before,
                       "scope": tuple(scope.items())})  # fmt: skip
            return self.answer()
        except (Closed, Malformed) as error:
            raise self._ended(error) from None

    def ask(self, what: str, number: int, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        try:
            return super().ask(what, number, given, named)
        except (Closed, Malformed) as error:
            raise self._ended(error) from None

    def served(self, message: dict[str, Any]) -> dict[str, Any]:
        """Executes a call by untrusted code of a function that was given to it; its arguments are not trusted."""
        try:
            return self.carried_out(message)
        except (Closed, Malformed):
            raise
        except Exception as error:  # of what was given, for what it was called with
            # The last ones alone, and without their frames, which hold all that it was called with.
            self._raises += 1
            self._raised[self._raises] = error.with_traceback(None)
            self._raised.pop(self._raises - _MOST_RAISED, None)
            return {"error": (type(error).__name__, printable(f"{error}"[:_LONGEST]), self._raises)}

    def attribute(self, of: Any, name: str) -> Any:
        """Returns an attribute of an object that was given to untrusted code; AttributeError for private names."""
        if name.startswith("_") or not name.isidentifier() or isinstance(of, (_WITHOUT_ATTRIBUTES, dict, np.ndarray)):
            raise AttributeError(f"no attribute {name!r}")
        return getattr(of, name)

    def taken(self, message: dict[str, Any]) -> Any:
        self._note(message)
        if "fault" not in message:
            if "value" not in message:
                raise Malformed("an answer")
            return message["value"]
        given, fault = message.get("given"), _fault_in(message["fault"])
        error = self._raised.get(given) if type(given) is int else None
        if error is not None:
            vars(error)["foreign_line"] = fault.line
            raise error
        raise Faulty(fault)

    def wait_for_bytes(self) -> None:
        """Waits until there is data in the pipe, or the process has ended.

        The pipe alone would not tell the end, since another process may hold it open.
        """
        if sys.platform == "win32":  # which cannot wait for a pipe and a time; there the job ends whoever holds it
            return
        while not select.select([self._reads], [], [], _LOOKS_APART)[0]:
            if self._process.poll() is not None and not select.select([self._reads], [], [], 0)[0]:
                raise Closed

    def close(self) -> None:
        """Ends the process and removes its folder."""
        self._end_watch()
        self._memory.end()
        self.end()
        self._process.wait()
        self._ear.join(_LAST_WAIT)
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()
        self._job.close()

    def _note(self, message: dict[str, Any]) -> None:
        printed, warned = message.get("printed"), message.get("warned")
        if isinstance(printed, str):
            self.printed = (self.printed + printable(printed))[: executor.MOST_PRINTED]
        if isinstance(warned, tuple):
            self.warned += [one for one in warned if isinstance(one, str)][:1]

    def _watched(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._end_as_late)
        timer.daemon = True
        timer.start()
        return timer

    def _end_watch(self) -> None:
        self._watch.cancel()
        self._watch.join(_LAST_WAIT)

    def _end_as_late(self) -> None:
        self._is_late = True
        self.end()

    def end(self) -> None:
        """Kills the process; may be called from any thread. Callers that wait for an answer get ``Ended``."""
        with suppress(OSError):
            self._process.kill()

    def _hear_complaints(self) -> None:
        """Reads the first lines of stderr, in which the process says why it ends, and discards the rest."""
        pipe = self._process.stderr
        assert pipe is not None
        with pipe:
            while part := os.read(pipe.fileno(), 2**16):
                self._complained += part[: _MOST_COMPLAINED - len(self._complained)]

    def _ended(self, error: Exception | None = None) -> Ended:
        """Ends the process, and returns the exception to raise, with the reason."""
        was_late = self._is_late
        self._memory.end()
        self.end()
        if isinstance(error, Malformed):
            return Ended(Fault("broken"))
        code = self._process.wait()
        self._ear.join(_LAST_WAIT)
        if self._memory.is_over:
            return Ended(Fault("memory"))
        trace = self._complained.decode("utf-8", "replace")
        at = _LINE.search(trace)
        line = int(at[1]) if at else None
        self.is_worked_out = code == -getattr(signal, "SIGXCPU", 24)
        if was_late or self.is_worked_out or "Timeout" in trace:
            return Ended(Fault("endless", line))
        return Ended(Fault("ended", line, words=f"{code}"))


def _command(trains: bool) -> list[str]:
    what = [executor.TRAINS] if trains else []
    if getattr(sys, "frozen", False):
        return [sys.executable, "executor", *what]
    folders = {str(Path(__file__).parents[2]), str(Path(np.__file__).parents[1])}
    return [sys.executable, "-I", "-S", "-B", str(executor.__file__), *what, *sorted(folders)]


def _environment() -> dict[str, str]:
    """The environment variables of the process: none but those that Windows needs to start a program."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _fault_in(told: Any) -> Fault:
    """The fault that the process reported, after validating it."""
    if not isinstance(told, tuple) or len(told) != 5 or told[0] not in get_args(FaultKind):
        raise Malformed("a fault")
    kind, line, column, words, caller = told
    if not isinstance(words, str) or not all(one is None or _is_line(one) for one in (line, column, caller)):
        raise Malformed("a fault")
    return Fault(kind, line, column, printable(words[:_LONGEST]), caller)


def _is_line(value: Any) -> bool:
    return type(value) is int and 0 < value < 10**6
