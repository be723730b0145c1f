"""Outside the window a pack's experiment is there too, once it is installed and trusted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.contract.catalogue import load
from engine.packs.installed import take_in
from engine.packs.pack import Pack
from gui.app.settings import Settings
from start.list_command import describe
from tests.engine.packs.coded import EXPERIMENT, coded
from tests.engine.packs.made import folder_of, small, zip_of

ROOT = Path(__file__).resolve().parents[2]
ID = "moving_average"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no variable gives a process another home there")


class Home:
    """A learner's home, in which commands are given to the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"
        ours = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "LAYERWISE_HOME": str(ROOT)}
        self.variables = {**os.environ, **dict.fromkeys(names, str(folder)), **ours}
        self.settings = Settings(folder / "layerwise" / "layerwise.ini")

    def take_in(self, files: dict[str, bytes], trusts: bool | None = True) -> Pack:
        pack = take_in(zip_of(self.folder / "a.zip", files), self.settings.path.parent / "packs", replaces=True)
        if trusts is not None:
            self.settings.set_trust(pack.id, pack.digest, trusts)
        return pack

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, words)], cwd=self.folder, env=self.variables, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip

    def main(self, *words: object) -> subprocess.CompletedProcess[str]:
        return self.run("-c", "import sys; from start.command_line import main; sys.exit(main(sys.argv[1:]))", *words)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def test_commands_know_a_trusted_experiment_and_no_other(home):
    for trusts in (None, False):
        home.take_in(coded(), trusts)
        assert ID not in home.main("list").stdout
    home.take_in(coded())
    done = home.main("list")
    assert ID in done.stdout and not done.stderr
    done = home.main("render", ID, "-o", "out.csv", "-o", "out.png", "-o", "out.layerwise.json")
    assert done.returncode == 0, done.stderr
    again = home.main("render", "out.png", "-o", "again.csv")
    assert again.returncode == 0, again.stderr
    assert (home.folder / "again.csv").read_bytes() == (home.folder / "out.csv").read_bytes()
    seen = home.main("self-check", "--experiment", ID, "--seconds", "0.2", "--json")
    assert seen.returncode == 0, seen.stderr + seen.stdout


@pytest.mark.parametrize("words", [["--experiment", ID], [f"layerwise:{ID}"], ["out.layerwise.json"]])
def test_the_window_opens_with_it(home, words):
    home.take_in(coded())
    assert home.main("render", ID, "-o", "out.layerwise.json").returncode == 0
    program = (
        "import sys; import gui.app.application as application\n"
        "from start.command_line import main\n"
        "def run_window(**given): print(given['experiment'] or given['session']); return 0\n"
        "application.run_window = run_window\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = home.run("-c", program, *words)
    assert (done.returncode, done.stdout.strip()) == (0, words[-1].removeprefix("layerwise:")), done.stderr


def test_a_fault_of_a_pack_is_one_line_and_the_command_goes_on(home):
    home.take_in({**coded(), EXPERIMENT: b"raise ValueError('nothing works')\n"})
    done = home.main("list")
    assert done.returncode == 0 and "gates" in done.stdout
    assert done.stderr.count("\n") == 1 and "averages.zip" in done.stderr and "nothing works" in done.stderr


def test_one_that_is_not_trusted_yet_is_named_and_the_list_of_packs_says_so(home):
    home.take_in(coded(), None)
    done = home.main("render", ID, "-o", "out.png")
    assert done.returncode == 2 and "is left out until you trust its Python" in done.stderr
    assert "(its Python is left out)" in home.main("pack", "list").stdout
    home.take_in(coded())
    assert "left out" not in home.main("pack", "list").stdout


def test_what_raises_in_a_command_names_the_pack_and_the_place(home):
    before = b"        means = (frame.means"
    assert before in coded()[EXPERIMENT]
    home.take_in({**coded(), EXPERIMENT: coded()[EXPERIMENT].replace(before, b"        1 / 0\n" + before, 1)})
    done = home.main("render", ID, "-o", "out.csv")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "has a fault: engine/experiments/ch7_convolution/moving_average.py:" in done.stderr


def test_a_pack_is_checked_as_it_is_given_beside_those_that_are_there(home):
    """Its own version counts, not the one in the learner's folder, and a lesson over another one's experiment is
    played.
    """
    home.take_in(coded())
    mean = b"np.mean(x[max(0, i - reach)"
    other = {**coded(), EXPERIMENT: coded()[EXPERIMENT].replace(mean, b"2 * " + mean)}
    assert home.main("pack", "check", "--trust", folder_of(home.folder / "other", other)).returncode == 1
    assert home.main("render", ID, "-o", "s.layerwise.json").returncode == 0
    session = json.loads((home.folder / "s.layerwise.json").read_text())
    lesson = {
        "layerwise_lesson": 1,
        "title": {"en": "T", "zh_CN": "T"},
        "steps": [{"session": session, "title": {"en": "T", "zh_CN": "T"}, "words": {"en": "See.", "zh_CN": "看。"}}],
    }
    path = folder_of(home.folder / "some", small("some", **{"lessons/x.lesson.json": json.dumps(lesson).encode()}))
    done = home.main("pack", "check", path)
    assert done.returncode == 0, done.stdout


def test_a_script_that_imports_the_program_finds_it(home):
    home.take_in(coded())
    done = home.main("render", ID, "-o", "out.layerwise.py", "-o", "first.csv")
    assert done.returncode == 0, done.stderr
    done = home.run("out.layerwise.py")
    assert done.returncode == 0, done.stderr
    assert (home.folder / "out.layerwise.csv").read_bytes() == (home.folder / "first.csv").read_bytes()


def test_two_packs_with_an_experiment_of_one_id_are_told_apart(home):
    home.take_in(coded())
    home.take_in({**coded(), "pack.toml": coded()["pack.toml"].replace(b"averages", b"means")})
    done = home.main("list")
    assert done.stdout.count(ID) == 1 and f"there is an experiment “{ID}” already" in done.stderr


def test_the_list_says_of_each_field_of_a_frame_what_it_is():
    described = describe(load("gates"))
    fields = {one["name"]: one for one in described["frame_fields"]}
    assert fields["weighted_sums"]["shape"] == (4,) and fields["correct"]["type"] == "int"
    assert "``margins`` are the weighted sums" in described["frame_says"]
    fields = {one["name"]: one for one in describe(load("losses"))["frame_fields"]}
    assert any(one["says"] for one in fields.values())
