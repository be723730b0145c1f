"""Packs that mean harm, or are broken: each is refused in one sentence, and nothing of it is run or followed."""

from __future__ import annotations

import io
import os
import stat
import struct
import sys
import time
import tracemalloc
import zipfile

import pytest

from engine.contract.text import LANGUAGES, Refused
from engine.packs.files import LARGEST, MOST_FILES
from engine.packs.pack import read_pack
from tests.engine.packs.made import MANIFEST, example, folder_of, small, zip_of

_BAD_NAMES = {
    "out of the folder": "../evil.csv",
    "out of data": "data/../../evil.csv",
    "an absolute path": "/tmp/evil.csv",
    "a path of Windows": "data\\..\\..\\evil.csv",
    "a drive": "C:/evil.csv",
    "a stream of Windows": "data/a:b.csv",
    "a device": "data/CON.csv",
    "a device with two suffixes": "data/nul.tar.csv",
    "a control character": "data/a\x1b[31m.csv",
    "a turned name": "data/a\u202ecsv.exe.csv",
    "a trailing dot": "data/a.csv.",
    "a trailing space": "data/a.csv ",
    "nothing between slashes": "data//a.csv",
    "a long name": f"data/{'a' * 200}.csv",
    "deep folders": "/".join(["data"] * 40) + "/a.csv",
    "a question mark": "data/what?.csv",
}

_BAD_TOML = {
    "no TOML": b"id = ",
    "invalid UTF-8": b'id = "\xff"',
    "deep TOML": b"a = " + b"[" * 5000,
    "a number too long": b"api = 0x" + b"f" * 12_000,
    "a decimal too long": b"api = " + b"9" * 12_000,
    "a huge file": b"# " + b"x" * 2**20,
    "no id": MANIFEST.replace('id = "{id}"', "").format().encode(),
    "an id that is a path": MANIFEST.format(id="../evil").encode(),
    "an id in capitals": MANIFEST.format(id="Evil").encode(),
    "a long id": MANIFEST.format(id="a" * 99).encode(),
    "a newer api": MANIFEST.format(id="some").replace("api = 1", "api = 2\nfuture = true").encode(),
    "an api that is true": MANIFEST.format(id="some").replace("api = 1", "api = true").encode(),
    "no api": MANIFEST.format(id="some").replace("api = 1\n", "").encode(),
    "an unknown key": (MANIFEST.format(id="some") + 'run = "rm -rf /"\n').encode(),
    "no titles": MANIFEST.format(id="some").replace("titles", "about").encode(),
    "a title in one language only": MANIFEST.format(id="some").replace(', zh_CN = "某个"', "").encode(),
    "a title without end": MANIFEST.format(id="some").replace("Some", "x" * 5000).encode(),
    "languages that are a table": MANIFEST.format(id="some").replace('["en", "zh_CN"]', "{ en = 1 }").encode(),
    "a language that there is not": MANIFEST.format(id="some").replace('"zh_CN"]', '"de"]').encode(),
    "a version that does not exist yet": (MANIFEST.format(id="some") + 'needs = "99.0"\n').encode(),
    "a version that is none": (MANIFEST.format(id="some") + "needs = 3\n").encode(),
}

_BAD_FILES = {
    "Python beside the guides": {"guide/en/gates.py": b"import os"},
    "Python at the top": {"setup.py": b"import os"},
    "Python among the data": {"data/x.PY": b"import os"},
    "a library": {"data/x.so": b"\x7fELF"},
    "a program": {"run.exe": b"MZ"},
    "a drawing that could hold a script": {"data/x.svg": b"<svg onload='x'/>"},
    "a guide for an experiment that is not there": {"guide/en/gatez.md": example()["guide/en/gates.md"]},
    "a guide in a language that is not named": {"guide/de/gates.md": example()["guide/en/gates.md"]},
    "a guide in no language": {"guide/gates.md": b"# x"},
    "a guide that is none": {"guide/en/gates.md": b"# x\n"},
    "a guide in another encoding": {"guide/en/gates.md": "# 与门".encode("utf-16")},
    "a guide without end": {"guide/en/gates.md": b"# x\n\n## Question\n" + b"**a *b" * 20_000},
    "two names that are one": {"data/T.csv": b"x", "data/t.CSV": b"x"},
    "two spellings that are one": {"data/\u00e9.csv": b"x", "data/e\u0301.csv": b"x"},
    "a file that is too large": {"data/l.csv": b"0" * (LARGEST + 1)},
    "much too large together": {f"data/{number}.csv": b"0" * (LARGEST - 1) for number in range(5)},
    "ten thousand files": {f"data/{number}.csv": b"x" for number in range(10_000)},
    "a few files too many": {f"data/{number}.csv": b"x" for number in range(MOST_FILES)},
}


def refused(path) -> str:
    """The one sentence with which a pack is refused, in little time and memory; nothing was imported for it."""
    before = {name for name in sys.modules if name.startswith("engine.experiments.ch")}
    tracemalloc.start()
    begun = time.monotonic()
    with pytest.raises(Refused) as found:
        read_pack(path)
    taken, most = time.monotonic() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert taken < 5 and most < 80 * 2**20, f"{taken:.1f} s, {most:,} bytes"
    for language in LANGUAGES:
        said = found.value.text.render(language)
        assert "\n" not in said and said.isprintable() and len(said) < 900
    assert {name for name in sys.modules if name.startswith("engine.experiments.ch")} - before <= {
        name for name in sys.modules if name.count(".") == 2
    }
    return found.value.text.render("en")


@pytest.mark.parametrize("name", _BAD_NAMES.values(), ids=_BAD_NAMES)
def test_a_name_that_leads_elsewhere_or_that_some_system_cannot_have(tmp_path, name):
    said = refused(zip_of(tmp_path / "a.zip", {**small(), name: b"x"}))
    assert "name that a file may have" in said or "nested" in said
    assert {one.name for one in tmp_path.iterdir()} == {"a.zip"}


@pytest.mark.parametrize("content", _BAD_TOML.values(), ids=_BAD_TOML)
def test_a_pack_toml_that_says_what_it_may_not(tmp_path, content):
    assert "pack.toml" in refused(zip_of(tmp_path / "a.zip", {**small(), "pack.toml": content}))


@pytest.mark.parametrize("files", _BAD_FILES.values(), ids=_BAD_FILES)
def test_files_that_have_no_place(tmp_path, files):
    refused(zip_of(tmp_path / "a.zip", {**small(), **files}))


def test_the_version_of_the_layout_is_told_where_it_is_newer(tmp_path):
    said = refused(zip_of(tmp_path / "a.zip", {**small(), "pack.toml": _BAD_TOML["a newer api"]}))
    assert "api 2" in said and "newer Layerwise" in said


def test_a_gigabyte_packed_into_a_megabyte(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in small().items():
            archive.writestr(name, content)
        with archive.open("data/bomb.csv", "w", force_zip64=True) as entry:
            for _ in range(256):
                entry.write(bytes(4 * 2**20))
    assert "data/bomb.csv is larger" in refused(path)
    # An archive that lies about it is no better.
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<Q", 2**30), struct.pack("<Q", 100)))
    refused(path)


def test_entries_that_all_lie_over_one_another(tmp_path):
    """One entry of 4 MB in the archive, named by 300 records of its table."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in small().items():
            archive.writestr(name, part)
        archive.writestr("data/x.csv", bytes(LARGEST - 1))
        last = archive.infolist()[-1]
        for number in range(300):
            again = zipfile.ZipInfo(f"data/{number}.csv")
            for part in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(again, part, getattr(last, part))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    (tmp_path / "a.zip").write_bytes(content.getvalue())
    refused(tmp_path / "a.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_entry_packed_in_an_unusual_way(tmp_path, method):
    path = zip_of(tmp_path / "a.zip", small())
    with zipfile.ZipFile(path, "a", method) as archive:
        archive.writestr("data/u.csv", b"x" * 1000)
    assert "data/u.csv cannot be read" in refused(path)


def test_an_encrypted_and_a_damaged_entry(tmp_path):
    path = zip_of(tmp_path / "a.zip", small())
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    path.write_bytes(content)
    assert "encrypted" in refused(path)
    whole = zip_of(tmp_path / "b.zip", small()).read_bytes()
    for end in (10, len(whole) // 2, len(whole) - 5):
        (tmp_path / "b.zip").write_bytes(whole[:end])
        refused(tmp_path / "b.zip")


def test_a_link_in_a_zip_and_in_a_folder(tmp_path):
    path = zip_of(tmp_path / "a.zip", small())
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("data/passwd.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in refused(path)
    for name, target, is_folder in (("data/passwd.csv", "/etc/passwd", False), ("lessons", "/etc", True)):
        folder = folder_of(tmp_path / f"folder {is_folder}", small())
        (folder / name).symlink_to(target, target_is_directory=is_folder)
        assert "is a link" in refused(folder)
    itself = folder_of(tmp_path / "itself", small())
    (itself / "data" / "round").symlink_to(itself, target_is_directory=True)
    assert "is a link" in refused(itself)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_and_a_device_do_not_wait(tmp_path):
    folder = folder_of(tmp_path / "a", small())
    os.mkfifo(folder / "data" / "p.csv")
    assert "not an ordinary file" in refused(folder)
    os.mkfifo(tmp_path / "p.zip")
    assert "not an ordinary file" in refused(tmp_path / "p.zip")
    assert refused(tmp_path / "nothing.zip")


def test_a_folder_without_end(tmp_path):
    folder = folder_of(tmp_path / "a", small())
    deep = folder
    for _ in range(30):
        deep = deep / "data"
    deep.mkdir(parents=True)
    assert "nested" in refused(folder)


def test_what_is_no_pack_at_all(tmp_path):
    for number, content in enumerate((b"", b"PK", b"\x00" * 100, b"PK\x05\x06" + bytes(18), b"{}")):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(content)
        refused(path)
    (tmp_path / "empty").mkdir()
    assert "no pack.toml" in refused(tmp_path / "empty")
    nothing = {"pack.toml": small()["pack.toml"]}
    assert "brings no guide" in refused(zip_of(tmp_path / "n.zip", nothing))


def test_python_is_not_run_whatever_it_is_called(tmp_path, monkeypatch):
    """Also of a pack that lies in the folder where Python would look for modules."""
    monkeypatch.chdir(folder_of(tmp_path / "a", {**small(), "engine/evil.py": b"raise SystemExit('run')"}))
    assert "Python" in refused(tmp_path / "a")
    assert not list(tmp_path.rglob("__pycache__"))
