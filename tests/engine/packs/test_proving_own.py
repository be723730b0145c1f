"""``pack check --trust`` plays, describes, draws and writes what a pack brings, and says where it fails."""

from __future__ import annotations

import json

import pytest

from engine.contract.text import LANGUAGES
from start.command_line import main
from tests.engine.packs.coded import EXPERIMENT, coded, coded_as_folder, forget
from tests.engine.packs.made import folder_of

VIEW = "gui/views/ch7_convolution/moving_average.py"
_COMPUTE = "        signal = np.array(params.signal)\n"
_HEADLINE = "        return _READING("
_TABLES = '        places = (range(1, COUNT + 1), Text("place"))\n'
_DRAW = "        params, frame = current.params, current.frame\n        self.bars.show_bars("
_PAINTED = "class MovingAverageView("
_PAINT = """class Painted(FittingWords):
    def paint(self, painter, option, widget=None):
        raise ValueError('in paint')


"""


@pytest.fixture(autouse=True)
def _catalogue(qapp):
    yield
    forget()


def checked(tmp_path, capsys, files, language="en"):
    """The findings of a folder with these files, as (file, line, words)."""
    status = main(["pack", "check", "--trust", "--json", "--language", language, str(folder_of(tmp_path / "a", files))])
    (told,) = json.loads(capsys.readouterr().out)
    assert status == int(not told["holds"])
    return [(one["file"], one["line"], one["says"]) for one in told["findings"]]


def changed(name, before, after):
    files = coded()
    text = files[name].decode()
    assert before in text
    return {**files, name: text.replace(before, after, 1).encode()}


@pytest.mark.parametrize("files", [coded, coded_as_folder], ids=["file", "folder"])
def test_the_worked_example_holds(tmp_path, capsys, files):
    assert checked(tmp_path, capsys, files()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "before", "put", "error"),
    [
        (EXPERIMENT, _COMPUTE, "        raise ValueError('in compute')\n", "ValueError in compute"),
        (EXPERIMENT, _COMPUTE, "        raise SystemExit('in compute')\n", "SystemExit in compute"),
        (EXPERIMENT, _HEADLINE, "        raise KeyError('in words')\n", "KeyError 'in words'"),
        (EXPERIMENT, _TABLES, "        raise OSError('in tables')\n", "OSError in tables"),
        (VIEW, _DRAW, "        raise OSError('in draw')\n", "OSError in draw"),
        (VIEW, "_BELOW = 0.8", "x = = 1\n", "SyntaxError"),
    ],
    ids=["compute", "exit", "headline", "tables", "draw", "syntax"],
)
def test_what_raises_is_told_with_the_line_of_the_pack(tmp_path, capsys, name, before, put, error, language):
    files = changed(name, before, put + before)
    line = files[name].decode().partition(put)[0].count("\n") + 1
    found = checked(tmp_path, capsys, files, language)
    assert found and all(error in says for *_, says in found), found
    # Each preset, and each language of the guide, is told of once.
    assert {(file, number) for file, number, _ in found} == {(name, line)} and len(found) <= 2 + len(LANGUAGES)


def test_what_is_raised_while_qt_paints_is_told(tmp_path, capsys):
    files = changed(VIEW, _PAINTED, _PAINT + _PAINTED)
    files[VIEW] = files[VIEW].replace(b"self.words = FittingWords()", b"self.words = Painted()")
    found = checked(tmp_path, capsys, files)
    assert [(file, says.partition("drawing it in ")[2]) for file, _, says in found] == [
        (VIEW, "en fails with ValueError in paint.") for _ in range(2)
    ]


def test_frames_have_to_come_again_whatever_they_are_asked_for(tmp_path, capsys):
    noise = "np.random.default_rng().random() * 1e-9 + np.mean(x[max(0, i - reach)"
    found = checked(tmp_path, capsys, changed(EXPERIMENT, "np.mean(x[max(0, i - reach)", noise))
    assert [says for *_, says in found[:2]] == [
        f"“moving_average” with {preset} comes to another frame at update 0 when it is played once more."
        for preset in ("its defaults", "the preset “jump”")
    ]


def test_a_preset_that_cannot_be_set_is_named_with_its_line(tmp_path, capsys):
    files = changed(EXPERIMENT, '{"signal": (0.0,) * 4 + (MOST,) * 4}', '{"reach": 99}')
    ((file, line, says),) = checked(tmp_path, capsys, files)
    assert file == EXPERIMENT and b'Preset("jump"' in files[EXPERIMENT].splitlines()[line - 1]
    assert "the preset “jump”: setting it fails" in says and "99" in says
