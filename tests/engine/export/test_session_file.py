"""Sessions come back from what was exported, and damaged files are refused in one sentence."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

from engine.contract.language import LANGUAGES
from engine.contract.run import read_session
from engine.contract.text import Refused
from engine.export import json_format, npz_format
from engine.export.png_text import RUN_KEY, texts_of, with_texts
from engine.export.record import Export
from engine.export.session_file import LARGEST_SESSION, load_session
from engine.playing import Player
from tests.dummies import Playground
from tests.frames import frames_equal


def tiny_png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def files_of(export: Export) -> dict[str, bytes]:
    return {
        **json_format.write(export, "a.json"),
        **npz_format.write(export, "a.npz"),
        "a.png": with_texts(tiny_png(), {RUN_KEY: export.session.to_json()}),
        "renamed.bin": b"\xef\xbb\xbf" + export.session.to_json().encode(),
    }


@pytest.mark.parametrize("name", ["a.json", "a.npz", "a.png", "renamed.bin"])
def test_every_file_that_carries_a_run_gives_the_same_session(tmp_path: Path, gates: Export, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(files_of(gates)[name])
    assert load_session(path) == gates.session


def test_a_session_replays_to_the_same_frame_bit_for_bit(trained: Export) -> None:
    session = read_session(trained.session.to_json(), lambda _: Playground())
    player = Player(trained.experiment, session.run)
    assert frames_equal(player.go(session.update, heavy=True), trained.frame)
    assert player.params == trained.params


BAD_CHANGES = (
    [0, "nowhere", 1],
    [0, "__class__", 1],
    [0, "images", ""],  # it begins the run again
    [0, "view", "test"],  # it only changes what is shown
    [0, "index", 10_000],
    [0, "index", None],
    [0, "brush", []],
    [0, "drawing", [[[2, 2]]]],
    [10**10, "index", 1],
    [-1, "index", 1],
    [0.5, "index", 1],
    [True, "index", 1],
    [0, "index"],
    "index",
)
BAD_HEADERS = (b"(", b"  x\n y", b"{" * 500, b"[" * 9000, b"1" * 5000, b"{1: 2}", b"\0", b"'\\ud800'", b"()\n\x0c")


def npz_with(header: bytes) -> bytes:
    """An NPZ file whose run has this header; one too long for its version has the next."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        short = len(header) < 2**16
        length = struct.pack("<H" if short else "<I", len(header))
        archive.writestr("run.npy", b"\x93NUMPY" + (b"\1\0" if short else b"\2\0") + length + header)
    return content.getvalue()


def damaged(export: Export) -> dict[str, bytes]:
    session = json.loads(export.session.to_json())
    digits = {**session, "experiment": "digits", "params": {}}
    png = files_of(export)["a.png"]
    flipped = bytearray(png)
    flipped[png.index(b"gates")] ^= 1
    objects = io.BytesIO()
    np.savez(objects, run=np.array([{}], dtype=object))
    return {
        "empty": b"",
        "not text": b"\xff\xfe\xfa",
        "not JSON": b"{",
        "a list": b"[]",
        "deep": b"[" * 100_000,
        "not a number": export.session.to_json().replace("0.5", "NaN", 1).encode(),
        "another experiment": json.dumps({**session, "experiment": "nothing"}).encode(),
        "an unknown parameter": json.dumps({**session, "params": {"w9": 1}}).encode(),
        "a value out of range": json.dumps({**session, "params": {"w1": 1e9}}).encode(),
        "a negative seed": json.dumps({**session, "seed": -1}).encode(),
        "another format": json.dumps({**session, "layerwise": 99}).encode(),
        "too large": b" " * (LARGEST_SESSION + 1),
        **{f"the journal {row}": json.dumps({**digits, "journal": [row]}).encode() for row in BAD_CHANGES},
        "a number of 400 digits": export.session.to_json().replace("0.5", "1e400", 1).encode(),
        "half a character": json.dumps({**session, "extra": {"a": "\ud800"}}).encode(),
        "a deep value": _deep({**session, "params": {"w1": "deep"}}, 988),
        "a deep change": _deep({**digits, "journal": [[0, "index", "deep"]]}, 800),
        **{f"an NPZ with the header {header}": npz_with(header) for header in BAD_HEADERS},
        "an NPZ with a header of 100 MB": npz_with(b" " * 10**8),
        "a PNG without a run": tiny_png(),
        "a PNG that ends early": png[:-8],
        "a PNG with a flipped bit": bytes(flipped),
        "an NPZ without a run": npz_format.write(export, "x")["x"].replace(b"run.npy", b"nur.npy"),
        "an NPZ that ends early": files_of(export)["a.npz"][:-30],
        "an NPZ with objects": objects.getvalue(),
        "an NPZ that claims to be huge": npz_with(b"{'descr': '<U2000000000', 'fortran_order': False, 'shape': (), }"),
    }


def _deep(session: dict[str, object], levels: int) -> bytes:
    """The session with so many lists inside one another in the place of ``"deep"``."""
    return json.dumps(session).replace('"deep"', "[" * levels + "]" * levels).encode()


def test_damaged_files_are_refused_with_their_name_and_one_line(tmp_path: Path, gates: Export) -> None:
    for kind, content in damaged(gates).items():
        path = tmp_path / "damaged.json"
        path.write_bytes(content)
        with pytest.raises(Refused) as refusal:
            load_session(path)
            pytest.fail(f"{kind}: was read")
        for language in LANGUAGES:
            text = refusal.value.text.render(language)
            assert str(path) in text, kind
            assert "\n" not in text, kind


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(Refused, match="cannot be opened"):
            load_session(path)


def test_png_texts_of_every_kind_are_read() -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    png = with_texts(tiny_png(), {"Title": "标题 α"})
    more = chunk(b"tEXt", b"Author\0M\xfcller") + chunk(b"zTXt", b"Zipped\0\0" + zlib.compress(b"z" * 1000))
    more += chunk(b"iTXt", b"Both\0\1\0zh\0\0" + zlib.compress("压缩".encode()))
    found = texts_of(io.BytesIO(png[:33] + more + png[33:]))
    assert found == {"Title": "标题 α", "Author": "Müller", "Zipped": "z" * 1000, "Both": "压缩"}


def test_a_text_that_unpacks_to_more_than_the_limit_is_an_error() -> None:
    body = b"zTXtBomb\0\0" + zlib.compress(b"z" * (LARGEST_SESSION + 10))
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    png = tiny_png()
    with pytest.raises(ValueError, match="too long"):
        texts_of(io.BytesIO(png[:33] + chunk + png[33:]))
