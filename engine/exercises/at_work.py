"""Plays runs with the learner's code instead of the engine's, in a process of its own.

The learner's function or class replaces the engine's in every module of the engine that refers to it, also inside
tables and dataclasses. That affects the whole process, hence a separate one.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import threading
import time
import types
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from functools import wraps
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

from engine.companion.frame_transport import addressed
from engine.companion.messages import Message, Refusal, Reply
from engine.companion.serving import RequestServer, WindowEnded
from engine.contract.run import Change, LearnerCode
from engine.contract.text import Text
from engine.exercises import load_exercise
from engine.exercises.checking import made_from
from engine.exercises.replacements import given_at_work, replaced_by
from engine.exercises.returned import Unfit, look_at
from engine.exercises.sentences import sentence_of
from engine.exercises.verdict import Failure
from engine.sandbox.confinement import confine, die_with_parent, folders_of_modules, limit_memory
from engine.sandbox.executor import Printed
from engine.sandbox.learner_code import Unusable, exercise_of, fault_of, is_learners
from engine.sandbox.records import RecordPacker
from engine.system import leave_interrupts_to_parent


@dataclasses.dataclass(frozen=True)
class Confined(Message):
    """Sent once, before the learner's code is compiled: the restrictions that the system imposes on the process."""

    held: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Alive(Message):
    """A sign of life, sent a few times a second while the interpreter runs."""


@dataclasses.dataclass(frozen=True)
class OwnReply(Reply):
    """A reply for a run with the learner's code.

    Instead of ``run`` and ``params``, which the window knows, it has the journal of parameter changes, if it has
    changed, and the ids of the exercises whose code was called.
    """

    journal: tuple[Change, ...] | None
    called: tuple[str, ...]


class CallWatch:
    """Finds calls of the learner's code that take longer than ``longest`` seconds; call ``overdue`` regularly."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        # The frames themselves, not their numbers: a call that follows soon may well get the number of the one before.
        self._since: dict[FrameType, float] = {}

    def overdue(self, frame: FrameType | None, now: float) -> FrameType | None:
        """The learner's innermost stack frame if a call has taken too long, else None."""
        innermost, since = None, {}
        while frame is not None:
            if is_learners(frame.f_code):
                innermost = innermost or frame
                since[frame] = self._since.get(frame, now)
            frame = frame.f_back
        self._since = since
        return innermost if since and now - min(since.values()) > self._longest else None


MEMORY = 4 * 2**30
LONGEST_CALL = 5.0
"""The maximum duration of one call of the learner's code in seconds."""
_LOOKS_APART = 0.5
_DEEPEST = 4
_STOPPED = Text("Your {title} stopped the run. {what}")


def serve_written(
    wishes: Connection, replies: Connection, written: tuple[LearnerCode, ...], files: tuple[str, ...]
) -> None:
    """The main function of the process that plays runs with the learner's code.

    It can read no files but the program's and ``files``.
    """
    leave_interrupts_to_parent()
    die_with_parent()
    _let_go_of_everything_but_the_pipes()
    limit_memory(MEMORY)
    sys.dont_write_bytecode = True
    with suppress(WindowEnded):
        _OwnDesk(wishes, replies, written, files).serve()


def _let_go_of_everything_but_the_pipes() -> None:
    """Redirects stdin, stdout and stderr to the null device, and closes the pipe to Python's resource tracker."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    sys.stdout = sys.stderr = Printed()
    tracker: Any = getattr(resource_tracker, "_resource_tracker", None)
    if (its_pipe := getattr(tracker, "_fd", None)) is not None:
        with suppress(OSError):
            os.close(its_pipe)
        tracker._fd = None


def put_to_work(written: tuple[LearnerCode, ...], calls: Calls) -> Mapping[int, Any]:
    """Compiles the learner's functions and classes; returns each by the id() of the engine's object that it replaces.

    Raises ``Unusable`` if one of them cannot be compiled or run. ``calls`` is filled with the exercises whose code is
    called.
    """
    replaced: dict[int, Any] = {}
    for one in written:
        exercise = load_exercise(one.exercise)
        given = given_at_work(exercise)
        made = _watched(made_from(exercise, one.source, given), one.exercise, calls)
        for ours, theirs in replaced_by(exercise.piece, made, given).items():
            before = replaced.get(id(ours))
            if before is not None and getattr(theirs, "completes", False):
                # Only a part of a layer, as its way back: the other part stays whosever it is.
                theirs = type(ours.__name__, (theirs, before), {})
            replaced[id(ours)] = theirs
            _KEPT.append(ours)
    return replaced


def substitute(replaced: Mapping[int, Any]) -> None:
    """Replaces objects of the engine, given by their id(), in all loaded modules of the engine except the exercises."""
    for name, module in list(sys.modules.items()):
        if name.startswith("engine.") and not name.startswith("engine.exercises"):
            for key, value in list(vars(module).items()):
                if not key.startswith("__"):
                    other = _substituted(value, replaced, _DEEPEST)
                    if other is not value:
                        setattr(module, key, other)


@dataclasses.dataclass
class Calls:
    """Records the ids of the exercises whose code was called (``made``), and of the one called ``last``."""

    made: set[str] = dataclasses.field(default_factory=set)
    last: str = ""

    def note(self, exercise_id: str) -> None:
        """Records a call of the code of this exercise."""
        self.made.add(exercise_id)
        self.last = exercise_id


def _watched(made: Any, exercise_id: str, calls: Calls) -> Any:
    """Wraps a function or class so that its calls are recorded and its return values are validated."""
    if not isinstance(made, type):
        return _watched_call(made, exercise_id, calls, ())
    base: Any = made

    class Watched(base):
        def __init__(self, *given: Any, **named: Any) -> None:
            calls.note(exercise_id)
            super().__init__(*given, **named)
            # What it was made with may change later, as weights do.
            made_with = (*given, *named.values())
            for name in dir(base):
                if not name.startswith("_") and isinstance(getattr(base, name), types.FunctionType):
                    method = _watched_call(getattr(self, name), exercise_id, calls, made_with)
                    object.__setattr__(self, name, method)

    return Watched


def _watched_call(call: Any, exercise_id: str, calls: Calls, made_with: tuple[Any, ...]) -> Any:
    @wraps(call)
    def watched(*given: Any, **named: Any) -> Any:
        calls.note(exercise_id)
        value = call(*given, **named)
        calls.last = exercise_id
        look_at(value, (*given, *named.values(), *made_with))
        return value

    return watched


_KEPT: list[Any] = []
"""The replaced objects, kept alive so that no other object gets their id()."""


def _substituted(value: Any, replaced: Mapping[int, Any], depth: int) -> Any:
    """Returns a value in which objects are replaced, by their id(), down to ``depth`` levels of nesting.

    Dictionaries, lists and dataclasses are changed in place; a tuple or mapping proxy is made anew if something in it
    changes.
    """
    if id(value) in replaced:
        return replaced[id(value)]
    if not depth or isinstance(value, (type, types.FunctionType, types.ModuleType, str, int, float)):
        return value
    if isinstance(value, dict):
        for key, part in list(value.items()):
            other = _substituted(part, replaced, depth - 1)
            if other is not part:
                value[key] = other
    elif isinstance(value, list):
        value[:] = [_substituted(part, replaced, depth - 1) for part in value]
    elif type(value) is tuple:
        parts = tuple(_substituted(part, replaced, depth - 1) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    elif isinstance(value, types.MappingProxyType):
        entries = {key: _substituted(part, replaced, depth - 1) for key, part in value.items()}
        return types.MappingProxyType(entries) if any(entries[key] is not value[key] for key in entries) else value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            part = getattr(value, field.name, None)
            other = _substituted(part, replaced, depth - 1)
            if other is not part:
                object.__setattr__(value, field.name, other)
    return value


class _OwnDesk(RequestServer):
    """Answers the window's requests with runs that use the learner's code.

    Exceptions of that code are reported as a sentence; the process ends if a call of it hangs.
    """

    def __init__(
        self, wishes: Connection, replies: Connection, written: tuple[LearnerCode, ...], files: tuple[str, ...]
    ) -> None:
        super().__init__(wishes, replies)
        self._written, self._files = written, files
        self._replaced: Mapping[int, Any] | None = None
        self._calls = Calls()
        self._current = 0
        self._record_packers: dict[int, RecordPacker] = defaultdict(RecordPacker)
        self._journals: dict[int, tuple[Change, ...]] = {}
        self._sending = threading.Lock()

    def prepare(self) -> None:
        """Puts the learner's code into the modules of an experiment, which are imported by now.

        The first time, the process is confined before that code is compiled.
        """
        if self._replaced is None:
            held = confine((self._replies.fileno(), 0, 1, 2), folders_of_modules(*self._files), own_threads=True)
            self.send(Confined(0, held))
            # Only now, so that what is given up is given up by this thread too.
            watch = threading.Thread(target=self._watch, args=(threading.get_ident(),), daemon=True, name="watch")
            watch.start()
            self._replaced = put_to_work(self._written, self._calls)
        substitute(self._replaced)

    def refusal(self, number: int, error: Exception) -> Message | None:
        if isinstance(error, Unusable):
            return self._stopped(number, Failure.of(error.fault), self._written[0].exercise)
        if isinstance(error, Unfit):
            return self._stopped(number, error.failure, self._calls.last)
        exercise = ""
        trace = error.__traceback__
        while trace is not None:
            if is_learners(trace.tb_frame.f_code):
                exercise = exercise_of(trace.tb_frame.f_code)
            trace = trace.tb_next
        return self._stopped(number, Failure.of(fault_of(error)), exercise) if exercise else None

    def begun(self, number: int) -> None:
        self._current = number
        self._calls.made.clear()

    def forget(self, number: int) -> None:
        super().forget(number)
        self._record_packers.pop(number, None)
        self._journals.pop(number, None)

    def send(self, message: Message) -> None:
        """Sends a message as a record (plain data with the name of its class); this process must not send pickles."""
        if isinstance(message, Reply):
            message = self._own_reply(message)
        parcel = addressed(message.number, self._record_packers[message.number].pack(message))
        try:
            with self._sending:
                self._replies.send_bytes(parcel)
        except OSError:
            raise WindowEnded from None

    def _own_reply(self, reply: Reply) -> OwnReply:
        number, journal = reply.number, None
        if reply.run is not None and reply.run.journal != self._journals.get(number, ()):
            journal = self._journals[number] = reply.run.journal
        return OwnReply(number, reply.answer, None, None, reply.last, journal, tuple(sorted(self._calls.made)))

    def _stopped(self, number: int, failure: Failure, exercise_id: str) -> Refusal:
        exercise = load_exercise(exercise_id)
        return Refusal(number, _STOPPED(title=exercise.name, what=sentence_of(failure, exercise)))

    def _watch(self, main: int) -> None:
        """Runs in a thread: sends ``Alive`` regularly, and ends the process if a call of the learner's code takes too
        long.

        ``main`` is the id of the thread that runs this code. The window has a time limit of its own, in case the
        interpreter is blocked.
        """
        watch = CallWatch(LONGEST_CALL)
        while True:
            time.sleep(_LOOKS_APART)
            frame = watch.overdue(sys._current_frames().get(main), time.monotonic())
            with suppress(WindowEnded):
                if frame is None:
                    self.send(Alive(0))
                    continue
                failure = Failure("endless", frame.f_lineno)
                self.send(self._stopped(self._current, failure, exercise_of(frame.f_code)))
            os._exit(1)
