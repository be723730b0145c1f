"""Two windows at once write the same settings: what was done in either is kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gui.app.settings import Settings
from gui.learner.learner import Learner

ROOT = Path(__file__).resolve().parents[3]
ANOTHER = """
import sys
from pathlib import Path
from gui.learner.learner import Learner
from gui.app.settings import Settings
settings = Settings(Path(sys.argv[1]))
learner = Learner(settings)
print("ready", flush=True)
for line in sys.stdin:
    experiment, key = line.split()
    if experiment == "erase":
        learner.erase()
    else:
        learner.follow(experiment, [key])
        learner.answer(experiment, key, True)
    print("done", flush=True)
"""


def test_what_is_done_in_either_window_is_kept(settings):
    settings.save()
    here = Learner(settings)
    another = subprocess.Popen(
        [sys.executable, "-c", ANOTHER, str(settings.path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    def there(experiment, key):
        another.stdin.write(f"{experiment} {key}\n")
        another.stdin.flush()
        assert another.stdout.readline() == "done\n"

    with another:
        assert another.stdout.readline() == "ready\n"
        for number in range(3):
            here.follow("gates", [f"here{number}"])
            there("gates", f"there{number}")
            here.answer("gates", f"here{number}", False)
            there("xor", f"there{number}")
        wanted = {f"{place}{number}" for place in ("here", "there") for number in range(3)}
        whole = here.whole_progress()
        assert whole["gates"].followed == set(whole["gates"].questions) == wanted
        assert len(whole["xor"].questions) == 3
        there("erase", "all")
        here.follow("gates", ["afterwards"])
        another.stdin.close()
    assert Settings(settings.path).whole_progress().keys() == {"gates"}
    assert Settings(settings.path).progress("gates").followed == {"afterwards"}


AT_ONCE = """
import sys
from pathlib import Path
from gui.learner.learner import Learner
from gui.app.settings import Settings
settings = Settings(Path(sys.argv[1]))
learner = Learner(settings)
print("ready", flush=True)
sys.stdin.readline()
for number in range(30):
    learner.answer("gates", f"{sys.argv[2]}{number}", True)
while settings.unsaved:  # as a window does that is closed
    settings.save()
"""


def test_answers_that_are_given_in_either_window_in_the_same_moment_are_all_kept(settings):
    settings.save()
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, str(settings.path), name],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in ("here", "there")
    ]  # fmt: skip
    for window in windows:
        assert window.stdout.readline() == "ready\n"
    for window in windows:
        window.stdin.write("\n")
        window.stdin.flush()
    for window in windows:
        with window:
            assert window.wait(60) == 0
    asked = Settings(settings.path).progress("gates").questions
    given = {f"{name}{number}" for name in ("here", "there") for number in range(30)}
    assert asked.keys() <= given and not sorted(given - asked.keys())
