"""A runner for each test, and the frames and states that it told of."""

import pytest

from engine.contract.run import Run
from gui.run.runner import Runner


class Watched(Runner):
    """A runner that remembers what it told."""

    def __init__(self):
        super().__init__()
        self.updates = []
        self.phases = []
        self.errors = []
        self.progresses = []
        self.frame_changed.connect(self._remember_frame)
        self.state_changed.connect(self._remember_state)
        self.failed.connect(self._remember_error)
        self.progressed.connect(self._remember_progress)

    def _remember_frame(self, entry):
        self.updates.append(entry.update)

    def _remember_state(self):
        self.phases.append(self.state.phase)

    def _remember_error(self, text, trace):
        self.errors.append((text, trace))

    def _remember_progress(self, progress):
        self.progresses.append(progress)


@pytest.fixture(params=["thread", "process"])
def played(request):
    """Where runs are played."""
    request.getfixturevalue("one_core" if request.param == "thread" else "two_cores")
    return request.param


@pytest.fixture
def runner(qtbot, played):
    """A runner; after the test its thread has ended and no timer of it goes."""
    watched = Watched()
    yield watched
    watched.close()
    assert watched.engine_thread._thread.isFinished()
    assert not watched._display_timer.isActive()
    assert not watched._record_timer.isActive()


@pytest.fixture
def opened(runner, settle):
    """Opens an experiment and waits until it stands at its opening."""

    def open_it(experiment, update=None, seed=0, journal=(), **values):
        run = Run(experiment.id, experiment.params_type(**values), seed, tuple(journal))
        runner.open(experiment, run, update)
        settle()
        return runner

    return open_it


@pytest.fixture
def settle(runner, qtbot):
    """Waits until the runner has nothing left to do."""

    def wait():
        qtbot.waitUntil(lambda: runner.is_settled and not runner._record_timer.isActive())

    return wait
