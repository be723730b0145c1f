"""Every format holds what was drawn, as long as was asked, with one picture in memory."""

from __future__ import annotations

import json
import shutil
import stat
import sys
import weakref
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.contract.text import Refused
from engine.export.png_text import RUN_KEY, texts_of
from gui.export.moving.formats import MOVING_FORMATS
from gui.export.moving.pictures import Pictures
from gui.export.moving.webp import NAMESPACE

SIZE = (64, 40)
GROUND = (251, 252, 253)
TEXTS = {
    "Title": "A <title>",
    "Description": "一句话",
    "Software": "Layerwise",
    RUN_KEY: json.dumps({"experiment": "x"}),
}
TIMES = [50, 70, 33, 50, 1050]
"""Of which the fourth picture looks as the third."""


class Drawn:
    """A dot that walks over a ground of many colours, and how many of its pictures are alive at once."""

    def __init__(self, count: int = len(TIMES)) -> None:
        self.alive: list[weakref.ref[Image.Image]] = []
        self.most = 0
        self.pictures = Pictures(SIZE, (TIMES * count)[:count], TEXTS, self.draw)

    def draw(self, number: int) -> Image.Image:
        picture = Image.new("RGB", SIZE, GROUND)
        for x in range(SIZE[0]):
            picture.paste((2 * x, 255 - x, 3 * x), (x, 30, x + 1, 40))
        place = 4 + 9 * (2 if number == 3 else number % 6)
        ImageDraw.Draw(picture).ellipse((place, 8, place + 7, 15), fill=(190, 20, 60))
        self.most = max(self.most, sum(one() is not None for one in self.alive))
        self.alive.append(weakref.ref(picture))
        return picture


def read(path: Path) -> tuple[list[np.ndarray], list[float]]:
    """All frames of a file, and how many milliseconds each is seen."""
    frames, times = [], []
    with Image.open(path) as image:
        for number in range(image.n_frames):
            image.seek(number)
            frames.append(np.asarray(image.convert("RGB")).astype(int))
            times.append(image.info["duration"])
        assert image.info["loop"] == 0
    return frames, times


@pytest.mark.parametrize("suffix", [".webp", ".gif", ".png"])
def test_a_file_has_the_pictures_and_their_times(suffix, tmp_path):
    drawn, path = Drawn(), tmp_path / "a.part"
    MOVING_FORMATS[suffix].write(drawn.pictures, path)
    frames, times = read(path)
    expected = [np.asarray(drawn.draw(number)).astype(int) for number in range(len(TIMES))]
    if suffix == ".webp":
        # What looks as the one before is seen by that one's lasting longer.
        del expected[3]
        assert times == [50, 70, 83, 1050]
    elif suffix == ".gif":
        assert times == [50, 70, 30, 50, 1050]
    else:
        assert times == TIMES
    assert len(frames) == len(expected)
    for found, picture in zip(frames, expected, strict=True):
        assert np.abs(found - picture).max() <= (12 if suffix == ".gif" else 0)
        assert tuple(found[0, 0]) == GROUND, "a ground keeps its colour in every frame"


@pytest.mark.parametrize("suffix", [".webp", ".gif", ".png"])
def test_one_picture_is_in_memory_at_a_time(suffix, tmp_path):
    drawn = Drawn(40)
    MOVING_FORMATS[suffix].write(drawn.pictures, tmp_path / "a.part")
    assert drawn.most <= 1, "beside the one that is drawn"


def test_files_say_what_they_show_and_carry_their_run(tmp_path):
    for suffix in (".webp", ".gif", ".png"):
        MOVING_FORMATS[suffix].write(Drawn().pictures, tmp_path / f"a{suffix}")
    with (tmp_path / "a.png").open("rb") as file:
        assert texts_of(file) == TEXTS
    with Image.open(tmp_path / "a.gif") as image:
        assert json.loads(image.info["comment"]) == {"experiment": "x"}
    with Image.open(tmp_path / "a.webp") as image:
        packet = ElementTree.fromstring(image.info["xmp"].decode().strip())
    assert "A <title>" in packet.itertext()
    assert json.loads(packet.find(f".//{{{NAMESPACE}}}Run").text) == {"experiment": "x"}


def test_mp4_is_refused_without_its_program(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert not MOVING_FORMATS[".mp4"].is_possible
    with pytest.raises(Refused, match=r"\.mp4 needs the program ffmpeg"):
        MOVING_FORMATS[".mp4"].require()


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of ffmpeg's name that writes what it is given, with its arguments, to the last of these; it fails
    where that is called bad.
    """
    folder = tmp_path / "programs"
    folder.mkdir()
    program = folder / "ffmpeg"
    script = folder / "stand_in.py"
    script.write_text(
        "import sys\nif 'bad' in sys.argv[-1]:\n    sys.exit('first line\\nUnknown encoder')\n"
        "pixels = sys.stdin.buffer.read()\nopen(sys.argv[-1], 'wb').write(repr(sys.argv).encode() + b'\\n' + pixels)\n",
        "utf-8",
    )
    # By a shell: a first line that names a program may have no space in its path.
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}" "$@"\n', "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(folder))
    return program


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_mp4_gives_its_program_every_picture_as_often_as_it_is_seen(stand_in, tmp_path):
    assert shutil.which("ffmpeg") == str(stand_in)
    drawn, path = Drawn(), tmp_path / "a.part"
    MOVING_FORMATS[".mp4"].write(drawn.pictures, path)
    arguments, _, pixels = path.read_bytes().partition(b"\n")
    count = len(pixels) / (SIZE[0] * SIZE[1] * 3)
    assert count == round(sum(TIMES) * 50 / 1000)
    assert pixels.startswith(drawn.draw(0).tobytes()) and pixels.endswith(drawn.draw(4).tobytes())
    assert b"'64x40'" in arguments and b"title=A <title>" in arguments
    with pytest.raises(Refused, match="ffmpeg could not write it: Unknown encoder"):
        MOVING_FORMATS[".mp4"].write(drawn.pictures, tmp_path / "bad.part")
