"""Whatever lies in the place of a file that is read in the window's thread, it goes on and says what is wrong."""

from __future__ import annotations

import os
import re
import signal
import zlib

import pytest

from engine.contract.fields.labelled_points import decoded
from engine.contract.text import LANGUAGES, Refused
from engine.data import digits, image_reader
from engine.data.cnn_weights import cnn_weights
from engine.data.own_images import own_images
from engine.data.own_picture import own_picture
from engine.data.own_table import own_table
from engine.data.plain_file import Unreadable, read_plain_file
from engine.export.session_file import load_session
from gui.app.settings import Settings
from gui.form.picture_reader import read_grey
from gui.learner.progress_files import read_progress_file

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")


def _load_digits(path):
    for _ in digits.loading_digits("test", path):
        pass


READERS = {
    "session": load_session,
    "progress": read_progress_file,
    "points": lambda path: decoded(read_plain_file(path, 1_000_000)),
    "table": lambda path: own_table(str(path)),
    "images": own_images,
    "picture": own_picture,
    "MNIST": _load_digits,
    "weights": cnn_weights,
}
ODD = {
    "pipe": lambda path: os.mkfifo(path),
    "folder": os.mkdir,
    "endless": lambda path: os.symlink("/dev/zero", path),
    "nowhere": lambda path: os.symlink("/no/such/file", path),
    "circle": lambda path: os.symlink(path, path),
    "missing": lambda path: None,
}


@pytest.fixture(autouse=True)
def _at_most_five_seconds():
    def stop(*_):
        raise TimeoutError("the reader is stuck")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(5)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.long
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("reader", READERS)
def test_it_is_refused_at_once_in_the_words_of_each_language(tmp_path, reader, odd):
    path = tmp_path / "文件.dat"
    ODD[odd](path)
    with pytest.raises((Refused, Unreadable)) as refusal:
        READERS[reader](path)
    text = refusal.value.text if isinstance(refusal.value, Refused) else refusal.value.reason
    for language in LANGUAGES:
        said = text.render(language)
        assert "Errno" not in said and "\n" not in said
        # A file's name may have Latin letters, and so may a few terms; a sentence of the system's has several words.
        if language != "en":
            assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", said), said


def test_a_file_that_is_replaced_by_a_pipe_while_it_is_used_is_refused(tmp_path):
    path = tmp_path / "own.idx"
    path.write_bytes(bytes([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28]) + bytes(784))
    assert own_images(path).shape == (1, 28, 28)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(Refused):
        own_images(path)


@pytest.mark.logs
def test_settings_in_whose_place_a_pipe_lies_are_set_aside(tmp_path):
    path = tmp_path / "layerwise.ini"
    os.mkfifo(path)
    settings = Settings(path)
    settings.theme = "dark"
    settings.save()
    assert settings.set_aside is not None and Settings(path).theme == "dark"


def _nested_svg(levels):
    """A drawing that asks for 10 to the power of ``levels`` squares."""
    groups = "".join(
        f'<g id="a{level}">' + f'<use href="#a{level - 1}" xlink:href="#a{level - 1}"/>' * 10 + "</g>"
        for level in range(1, levels)
    )
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99">'
    return f'{head}<defs><rect id="a0" width="9" height="9"/>{groups}</defs><use xlink:href="#a{levels - 1}"/></svg>'


@pytest.mark.parametrize("name", ["drawing.svg", "drawing.png"])
def test_a_vector_drawing_is_refused_and_not_painted(tmp_path, monkeypatch, name):
    monkeypatch.setattr(image_reader, "_lent", [read_grey])
    path = tmp_path / name
    path.write_text(_nested_svg(12), encoding="utf-8")
    with pytest.raises(Refused, match="vector"):
        own_picture(path)


def test_a_picture_of_too_many_pixels_is_told_its_size(tmp_path, monkeypatch):
    monkeypatch.setattr(image_reader, "_lent", [read_grey])

    def chunk(kind, content):
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    side = (9999).to_bytes(4, "big")
    path = tmp_path / "large.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", side + side + bytes([8, 2, 0, 0, 0]))
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(Refused, match="9999×9999"):
        own_picture(path)


def test_a_folder_is_told_as_a_folder_where_the_system_only_forbids_to_open_it(tmp_path, monkeypatch):
    def forbidden(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("engine.data.plain_file.os.open", forbidden)
    for path, said in ((tmp_path, "it is a folder"), (tmp_path / "a", "reading it is not permitted")):
        with pytest.raises(Unreadable) as refusal:
            read_plain_file(path, 10)
        assert refusal.value.reason.render("en") == said
