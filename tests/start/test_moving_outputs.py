"""``render`` writes pictures that move, and refuses in a sentence what cannot be."""

from __future__ import annotations

import json

import pytest
from PIL import Image

from engine.export.session_file import load_session
from start.command_line import main


def test_render_writes_a_picture_that_moves_beside_everything_else(tmp_path, capfd, qapp):
    names = ("a.webp", "a.png", "a.csv", "a.json")
    outputs = [part for name in names for part in ("-o", str(tmp_path / name))]
    timing = ["--from", "1", "--to", "7", "--seconds", "0.5", "--fps", "10", "--hold", "0.2", "--size", "400x300"]
    assert main(["render", "forward", *timing, *outputs, "--language", "en"]) == 0
    assert not capfd.readouterr().err
    for name in ("a.webp", "a.png"):
        with Image.open(tmp_path / name) as image:
            times = []
            for number in range(image.n_frames):
                image.seek(number)
                image.load()
                times.append(image.info["duration"])
            assert (image.size, times) == ((400, 300), [100, 100, 100, 100, 300]), name
    assert load_session(tmp_path / "a.png").update == 7
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["update"] == 7
    assert sorted(path.name for path in tmp_path.glob("a.*")) == [
        "a.csv", "a.inputs.csv", "a.json", "a.png", "a.products.csv", "a.webp", "a.working.csv",
    ]  # fmt: skip
    assert not list(tmp_path.glob(".*")), "nothing is left over"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--from", "7", "--to", "7", "-o", "a.webp"], "begins at 7 and ends at 7"),
        (["--from", "-1", "-o", "a.webp"], "--from: “-1” is not a whole number"),
        (["--to", "1e3", "-o", "a.gif"], "--to: “1e3”"),
        (["--to", "9", "-o", "a.webp"], "--to 9: the run is over at update 7"),
        (["--to", "7", "--steps", "5", "-o", "a.webp"], "--to and --steps"),
        (["--seconds", "0", "-o", "a.webp"], "--seconds: “0” is not a number from 0.1 to 60"),
        (["--to", "7", "--seconds", "60", "--fps", "50", "-o", "a.webp"], "3000 frames; at most 1000"),
        (["--hold", "6", "-o", "a.gif"], "--hold: “6”"),
        (["--fps", "nan", "-o", "a.png"], "--fps: “nan”"),
        (["--size", "100x100", "-o", "a.gif"], "--size: “100x100”", ),
        (["--to", "7", "-o", "a.csv"], "--to is for pictures that move"),
        (["--hold", "1", "-o", "a.svg"], "--hold is for pictures that move"),
        (["-o", "a.mp4"], ".mp4 needs the program ffmpeg"),
        (["-o", "missing/a.webp"], "the folder does not exist"),
        (["-o", "a.webp", "-o", "./a.webp"], "two outputs"),
        (["-o", "a.avi"], ".webp .gif .mp4"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_sentence_and_leaves_nothing(arguments, named, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["render", "forward", *arguments, "--language", "en"]) == 2
    said = capfd.readouterr().err
    assert named in said and said.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_what_has_no_course_does_not_move(tmp_path, capfd, qapp):
    assert main(["render", "gates", "-o", str(tmp_path / "a.webp"), "--language", "zh_CN"]) == 2
    assert "没有过程" in capfd.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_run_that_fails_while_it_is_drawn_leaves_the_old_file(tmp_path, monkeypatch, qapp):
    path = tmp_path / "a.webp"
    path.write_bytes(b"old")

    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("gui.export.moving.webp.write", fail)
    assert main(["render", "forward", "--seconds", "0.5", "-o", str(path)]) == 130
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.webp"]
