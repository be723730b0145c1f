"""The two ways of playing a run, so that the same tests are made of both."""

import threading

import pytest

from engine.companion.companion import Companion
from engine.companion.remote_player import RemotePlayer
from engine.playing import Player


@pytest.fixture(scope="session")
def companion():
    """One companion process for all tests; it is kept waiting by nobody for more than half a minute."""
    made = Companion(threading.Condition())
    assert made.wait_until_ready(lambda: True)
    yield made
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.companion.companion.LAST_WAIT", 60)  # on a slow machine it is not ended by force either
        made.close()
    assert made.process.exitcode == 0


@pytest.fixture(scope="module", params=["here", "in the companion"])
def play(request):
    """Makes a player of a run: in this process, and in the other."""
    if request.param == "here":
        return Player
    companion = request.getfixturevalue("companion")
    return lambda experiment, run: RemotePlayer(companion, experiment, run)
