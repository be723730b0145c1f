"""The companion process: what travels between the two, and how it ends."""

import itertools
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.companion import companion as companion_module
from engine.companion.companion import Companion
from engine.companion.frame_transport import SMALL, Packer, Unpacker, address_of, addressed
from engine.companion.remote_player import RemotePlayer
from engine.contract.catalogue import load
from engine.contract.frame import arrays_of
from engine.contract.params import fields_of
from engine.contract.protocol import Request
from engine.contract.run import Change, Run
from engine.contract.text import Refused
from engine.playing import ComputationFailed, FullSpeed, Lost, Player, RunUntil
from tests.as_on_windows import started_as_on_windows
from tests.bilingual import both
from tests.dummies import Counting, CountingParams, Playground, PlaygroundParams, Stubborn, Wordy
from tests.frames import frames_equal
from tests.other_values import other_values
from tests.shots import openings
from tests.walk import EXPERIMENT_IDS, some_frames

ROOT = Path(__file__).resolve().parents[3]
RUNS = [experiment_id for experiment_id in EXPERIMENT_IDS if load(experiment_id).shape == "run"]


def sent(value):
    """What arrives in the other process."""
    return pickle.loads(pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))


@pytest.fixture
def own():
    """A companion for this test alone."""
    made = Companion(threading.Condition())
    assert made.wait_until_ready(lambda: True)
    yield made
    made.close()


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_frames_arrive_as_they_were_and_own_their_arrays(experiment_id):
    for frame in some_frames(load(experiment_id)):
        arrived = sent(frame)
        assert frames_equal(arrived, frame)
        assert arrived.status == frame.status
        assert all(array.base is None and not array.flags.writeable for array in arrays_of(arrived))


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_presets_and_their_frames_arrive_as_they_were(experiment_id):
    experiment = load(experiment_id)
    for shot in openings(experiment_id):
        assert sent(shot.params) == shot.params, shot.name
        assert frames_equal(sent(shot.frame), shot.frame), shot.name
        reading = experiment.headline(shot.params, shot.frame)
        assert sent(reading) == reading and hash(sent(reading)) == hash(reading), shot.name


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_any_parameters_arrive_as_they_were(experiment_id):
    experiment = load(experiment_id)
    for name, field in fields_of(experiment.params_type).items():
        for value in other_values(field, getattr(experiment.params_type(), name)):
            params = experiment.params_type().replaced({name: value})
            run = Run(experiment_id, params, 7, (Change(3, name, field.to_json(value)),))
            assert sent(params) == params and sent(run) == run


def test_texts_and_refusals_arrive_as_they_were():
    text = both("{a} and {b}", "{a}和 {b}")(a=both("one", "一"), b=0.5)
    assert sent(text) == text and sent(text).render("zh_CN") == text.render("zh_CN")
    with pytest.raises(TypeError):
        sent(text).values["a"] = 2
    refusal = sent(Refused(text))
    assert isinstance(refusal, Refused) and refusal.text == text and str(refusal) == "one and 0.5"


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", RUNS)
def test_every_run_gives_the_same_frames_in_the_companion_as_here(companion, experiment_id):
    """Here is also where ``render`` computes."""
    experiment = load(experiment_id)
    run = Run(experiment_id, experiment.params_type(), 3)
    opening = experiment.way_to_opening(run.params)
    here, there = Player(experiment, run), RemotePlayer(companion, experiment, run)
    assert frames_equal(here.go_by(opening, heavy=True), there.go_by(opening, heavy=True))
    live = [name for name, field in fields_of(experiment.params_type).items() if field.effect == "live"]
    for name in live:
        field = fields_of(experiment.params_type)[name]
        value = field.to_json(next(iter(other_values(field, getattr(here.params, name)))))
        here.change(name, value)
        there.change(name, value)
    assert there.run == here.run and there.params == here.params
    frames = [answer.frame for answer in itertools.islice(there.follow(FullSpeed()), 4) if answer.frame is not None]
    frames.append(there.go(heavy=True))
    for frame in frames:
        again = Player(experiment, here.run).go(frame.update, heavy=frame is frames[-1])
        assert frames_equal(frame, again)


@pytest.mark.parametrize("experiment_id", RUNS)
def test_the_way_to_a_place_is_recorded_with_the_same_frames(companion, experiment_id):
    experiment = load(experiment_id)
    run = Run(experiment_id, experiment.params_type())
    there = RemotePlayer(companion, experiment, run)
    there.go()
    frames = [a.frame for a in there.follow(RunUntil(0, 40, recording=True)) if a.frame is not None]
    assert frames or not experiment.has_course(run.params)
    here = Player(experiment, run)
    assert there.update == Player(experiment, run).go(40).update, "as far as the same way in this process"
    for frame in frames:
        assert frames_equal(here.go(frame.update - here.update), frame)


def test_many_runs_wait_side_by_side(companion):
    players = [RemotePlayer(companion, Counting(), Run("counting", CountingParams(step_size=n))) for n in range(5)]
    for updates in (1, 2, 3):
        for player in players:
            player.go(updates)
    assert [player.go().total for player in players] == [0, 6, 12, 18, 24]


def test_a_course_gives_way_to_whatever_is_asked_next(companion):
    """Also where nobody has left it, as with two iterations at once."""
    first, second = (RemotePlayer(companion, Playground(), Run("playground", PlaygroundParams())) for _ in range(2))
    course = first.follow(FullSpeed())
    assert next(course).frame is not None
    assert second.go(3).update == 3
    left = list(course)  # which ends, though full speed has no end of its own
    assert first.go().update >= max([answer.update for answer in left], default=1) > 0


def test_what_nobody_holds_any_more_is_forgotten_over_there(own):
    player = RemotePlayer(own, Playground(), Run("playground", PlaygroundParams()))
    number = player._number
    player.go()
    del player
    own.tidy()
    other = RemotePlayer(own, Counting(), Run("counting", CountingParams()))
    other._number = number
    own._heard[number], own._unpackers[number] = own._heard[number + 1], own._unpackers[number + 1]
    with pytest.raises(Exception, match=f"KeyError: {number}"):
        other.go()


def test_a_failure_is_told_in_so_many_words_as_are_read(own):
    player = RemotePlayer(own, Wordy(), Run("wordy", CountingParams()))
    with pytest.raises(ComputationFailed, match="ArithmeticError: word word") as failed:
        player.go(1)
    assert len(str(failed.value)) <= 1_000 and len(failed.value.trace) <= 11_001
    assert "in descend" in failed.value.trace
    assert RemotePlayer(own, Counting(), Run("counting", CountingParams())).go(1).update == 1


def test_the_end_of_the_process_is_heard(own):
    player = RemotePlayer(own, Counting(), Run("counting", CountingParams()))
    player.go(1)
    own.process.kill()
    with pytest.raises(Lost):
        for _ in range(1000):
            player.go(1)
    assert player.is_lost and player.run.params == CountingParams()


def _ends_at_once(wishes, replies):
    """A process that ends before it is ready."""


def test_the_end_of_a_process_that_was_never_ready_is_heard_though_its_pipe_stays_open(monkeypatch):
    with started_as_on_windows(monkeypatch, companion_module):
        made = Companion(threading.Condition(), _ends_at_once)
        assert not made.wait_until_ready(lambda: True)
        closing = threading.Thread(target=made.close, daemon=True)
        closing.start()
        closing.join(30)
        assert not closing.is_alive()


def test_a_process_that_does_not_look_up_is_ended_all_the_same(own):
    player = RemotePlayer(own, Stubborn(), Run("stubborn", CountingParams()))
    answers = player.answers(Request(1))
    assert next(answers).progress is not None
    own.send(_next())
    own.close()
    assert own.process.exitcode != 0
    with pytest.raises(Lost):
        next(answers)


def test_it_ends_with_the_window_even_if_that_is_killed():
    """The program prints the companion's number while that is at work, and kills itself."""
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    # Its standard output was inherited: that ``run`` came back says that nobody holds it any more.
    assert done.stdout.split()[0].isdigit(), done.stderr
    assert "Traceback" not in done.stderr


KILLED = """
import os, signal, threading
from engine.companion import companion as companion_module
from engine.companion.companion import Companion
from engine.companion.remote_player import RemotePlayer
from engine.playing import FullSpeed
from engine.contract.run import Run
from tests.dummies import Playground, PlaygroundParams

if __name__ == "__main__":
    companion = Companion(threading.Condition())
    assert companion.wait_until_ready(lambda: True)
    player = RemotePlayer(companion, Playground(), Run("playground", PlaygroundParams()))
    course = player.follow(FullSpeed())
    while player.update < 100:
        next(course)
    print(companion.process.pid, flush=True)
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


def test_it_imports_no_qt():
    done = subprocess.run(
        [sys.executable, "-c", "import engine.companion.serving, sys; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert not {"PySide6", "pyqtgraph", "shiboken6"} & set(done.stdout.split())


def _next():
    from engine.companion.messages import Next

    return Next()


@pytest.mark.parametrize("experiment_id", RUNS)
def test_what_frames_share_they_share_on_arrival_too(experiment_id):
    """It is sent once, and the record holds it once; small arrays aside."""
    player = Player(load(experiment_id), Run(experiment_id, load(experiment_id).params_type()))
    frames = [player.go(1) for _ in range(20)]
    packer, unpacker = Packer(), Unpacker()
    parcels = [addressed(7, packer.pack(frame)) for frame in frames]
    arrived = [unpacker.unpack(parcel) for parcel in parcels]
    assert {address_of(parcel) for parcel in parcels} == {7}
    for frame, other in zip(frames, arrived, strict=True):
        assert frames_equal(frame, other)
        assert all(array.base is None and not array.flags.writeable for array in arrays_of(other))
    large = [{id(a): a for f in found for a in arrays_of(f) if a.nbytes > SMALL} for found in (frames, arrived)]
    assert len(large[0]) == len(large[1])
    assert sum(map(len, parcels)) <= 1.2 * sum(a.nbytes for a in large[0].values()) + 20 * 15_000


def test_an_array_that_may_still_change_is_sent_as_it_is_now():
    values, packer, unpacker = np.arange(1000.0), Packer(), Unpacker()
    for first in (1.0, 2.0):
        values[0] = first
        assert unpacker.unpack(addressed(1, packer.pack(values)))[0] == first
