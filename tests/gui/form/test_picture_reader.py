"""Picture files of every format come as small grey bytes."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from engine.contract.api import Refused
from engine.data import image_reader
from engine.data.own_picture import own_picture
from gui.form.picture_reader import read_grey
from start.command_line import main


@pytest.fixture(autouse=True)
def _lent(monkeypatch):
    monkeypatch.setattr(image_reader, "_lent", [read_grey])


def _saved(path, width, height, color="#808080", suffix_format=None):
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(color))
    assert image.save(str(path), suffix_format)
    return path


@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "webp", "ppm"])
def test_every_format_gives_the_grey_that_was_painted(tmp_path, suffix):
    path = _saved(tmp_path / f"grey.{suffix}", 30, 21)
    width, height, greys = read_grey(path.read_bytes(), 128)
    assert (width, height) == (30, 21) and np.ptp(np.frombuffer(greys, np.uint8)) <= 2
    assert own_picture(path).shape == (21, 30) and abs(int(own_picture(path)[3, 3]) - 50) <= 1


def test_a_large_picture_is_made_smaller_in_its_own_shape(tmp_path):
    assert own_picture(_saved(tmp_path / "large.png", 1000, 500)).shape == (64, 128)


def test_what_can_be_seen_through_lies_on_white(tmp_path):
    assert (own_picture(_saved(tmp_path / "clear.png", 20, 20, "#00000000")) == 100).all()


def test_the_name_may_be_wrong_and_in_any_script(tmp_path):
    assert own_picture(_saved(tmp_path / "图片 1.txt", 20, 20, suffix_format="PNG")).shape == (20, 20)


def test_a_ribbon_is_refused_with_its_size(tmp_path):
    with pytest.raises(Refused, match="128×2 pixels are left"):
        own_picture(_saved(tmp_path / "ribbon.png", 640, 10))


def test_a_changed_file_is_read_again(tmp_path):
    path = _saved(tmp_path / "one.png", 20, 20, "#000000")
    assert own_picture(path)[0, 0] == 0
    _saved(path, 24, 20, "#ffffff")
    assert own_picture(path)[0, 0] == 100


def test_the_command_line_reads_pictures_too(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(image_reader, "_lent", [])
    path, out = _saved(tmp_path / "grey.png", 20, 16), tmp_path / "out.csv"
    assert main(["render", "filters", "--set", "picture=own", "--set", f"file={path}", "-o", str(out)]) == 0
    assert (tmp_path / "out.picture.csv").read_text(encoding="utf-8").count("0.5") == 20 * 16


def test_nothing_that_is_no_picture_is_read(tmp_path):
    (tmp_path / "words.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    assert read_grey((tmp_path / "words.png").read_bytes(), 128) is None
    with pytest.raises(Refused, match="no picture in it"):
        own_picture(tmp_path / "words.png")
