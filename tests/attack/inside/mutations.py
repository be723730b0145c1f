"""Makes hostile files out of valid ones: flipped bits, other types in all places, bombs, and what is no file."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.lib import format as array_format

LARGE = 200 * 2**20
"""Bytes of a file with nothing in it, and of what a bomb unpacks to."""
_VALUES = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 10**30, -(10**400), 1e308, -0.0, 0.1, "", "x", "x" * 100_000,
    "\0", "\ud800",
    "../../etc/passwd", "=1+1", "<b>", "{0.__class__}", "{", "2026-02-30", "9999-12-31", [], {}, [[]], [{}], {"": []},
    ["x"] * 5000, {str(number): number for number in range(2000)}, [0] * 50_000, "𝟙", "١",
)  # fmt: skip
_SPELLED = (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"[" * 100_000, b'{"a":' * 50_000, b"1" * 5000, b'"\\ud800"')
_BYTES = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n" * 1000,
    b"%n%s",
    b"PK\x03\x04",
    b"\x89PNG\r\n\x1a\n",
    b"#",
    b"\x1b[31m",
)


def mutated(kind: str, content: bytes, rng: random.Random) -> bytes:
    """Another content, most of it as before."""
    ways: list[Callable[[bytes, random.Random], bytes]] = [_flipped, _cut, _doubled, _inserted, _encoded]
    if content.lstrip().startswith(b"{"):
        ways += [_other_value] * 6 + [_spelled_badly] * 2
    if content.startswith(b"PK"):
        ways += [_other_archive] * 6
    if kind == "settings":
        ways += [_other_setting] * 5
    if kind in ("table", "points", "exercise"):
        ways += [_other_cell] * 4
    made = rng.choice(ways)(content, rng)
    return rng.choice(ways)(made, rng) if rng.random() < 0.2 else made


def lay(kind: str, suffix: str, content: bytes, folder: Path, rng: random.Random) -> Path:
    """A hostile file of a kind in the folder: one with other content, or now and then something that is no file."""
    path = folder / f"hostile{suffix}"
    if rng.random() > 0.12:
        path.write_bytes(mutated(kind, content, rng))
        return path
    odd = rng.choice(("empty", "folder", "itself", "endless", "pipe", "sparse", "gone", "long", "socket", "null"))
    if odd == "empty":
        path.write_bytes(b"")
    elif odd == "folder":
        path.mkdir()
    elif odd == "itself":
        path.symlink_to(path)
    elif odd == "endless":
        path.symlink_to("/dev/zero")
    elif odd == "null":
        path.symlink_to("/dev/null")
    elif odd == "pipe":
        os.mkfifo(path)
    elif odd == "sparse":
        path.write_bytes(content if rng.random() < 0.5 else b"")
        os.truncate(path, LARGE)
    elif odd == "socket":
        os.mknod(path, 0o140600)
    elif odd == "long":
        path = folder / ("x" * 5000 + suffix)
    return path


def _place(content: bytes, rng: random.Random) -> int:
    return rng.randrange(len(content) + 1)


def _flipped(content: bytes, rng: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 30))):
        if made:
            made[rng.randrange(len(made))] ^= 1 << rng.randrange(8)
    return bytes(made)


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: _place(content, rng)]


def _doubled(content: bytes, rng: random.Random) -> bytes:
    start, end = sorted((_place(content, rng), _place(content, rng)))
    return content[:end] + content[start:end] * rng.choice((1, 2, 50)) + content[end:]


def _inserted(content: bytes, rng: random.Random) -> bytes:
    at = rng.choice((0, _place(content, rng), len(content)))
    return content[:at] + rng.choice(_BYTES) + content[at:]


def _encoded(content: bytes, rng: random.Random) -> bytes:
    text = content.decode("utf-8", errors="replace")
    return text.encode(rng.choice(("utf-16", "utf-16-le", "utf-32", "gb18030", "utf-8-sig", "utf-7")), errors="replace")


def _places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    found = [path]
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        found += _places(one, (*path, key))
    return found


def _changed(value: object, rng: random.Random) -> object:
    """A document with another value, another key or one less at some place."""
    places = [place for place in _places(value) if place]
    if not places:
        return rng.choice(_VALUES)
    *way, last = rng.choice(places)
    inner = value
    for key in way:
        inner = inner[key]  # type: ignore[index]
    act = rng.randrange(5)
    if act == 0:
        del inner[last]  # type: ignore[attr-defined]
    elif act == 1 and isinstance(inner, dict):
        inner[rng.choice(("", "x" * 3000, "newer", "\0", "\n"))] = rng.choice(_VALUES)
    elif act == 2 and isinstance(inner, dict):
        inner[str(rng.choice(_VALUES))[:200]] = inner.pop(last)
    elif act == 3 and isinstance(inner, list):
        inner *= rng.choice((2, 100))
    else:
        inner[last] = rng.choice(_VALUES)  # type: ignore[index]
    return value


def _other_value(content: bytes, rng: random.Random) -> bytes:
    try:
        return json.dumps(_changed(json.loads(content), rng)).encode()
    except (ValueError, RecursionError):
        return _flipped(content, rng)


def _spelled_badly(content: bytes, rng: random.Random) -> bytes:
    """What Python's own writer would not write, in the place of some value."""
    try:
        value = json.loads(content)
        places = [place for place in _places(value) if place]
        *way, last = rng.choice(places)
        inner = value
        for key in way:
            inner = inner[key]
        inner[last] = "HERE IT GOES"
        return json.dumps(value).encode().replace(b'"HERE IT GOES"', rng.choice(_SPELLED))
    except (ValueError, IndexError, RecursionError):
        return _flipped(content, rng)


def _other_setting(content: bytes, rng: random.Random) -> bytes:
    """Another value of a setting; what JSON there is in it is changed as JSON."""
    lines = content.decode("utf-8", errors="replace").split("\n")
    keyed = [at for at, line in enumerate(lines) if "=" in line]
    if not keyed:
        return _flipped(content, rng)
    at = rng.choice(keyed)
    key, _, value = lines[at].partition("=")
    plain = value.strip('"').replace('\\"', '"')
    try:
        value = json.dumps(json.dumps(_changed(json.loads(plain), rng)))
    except (ValueError, RecursionError):
        value = rng.choice(
            ("@Variant(\\0\\0\\0\\x7f)", "@ByteArray(\\xff)", "@Invalid()", "1e999", "", '"', "\\x", "[" * 9999)
        )
    lines[at] = f"{key}={value}"
    return "\n".join(lines).encode("utf-8", errors="replace")


def _other_cell(content: bytes, rng: random.Random) -> bytes:
    parts = content.split(b"\n")
    at = rng.randrange(len(parts))
    line = rng.choice((
        b"nan;inf;x", b"1e999,1e999,1", b"x" * 200_000, b";" * 10_000, b'"', b"sep=;", b"1,2,3,4,5,6,7,8,9,10", b"\0",
        b"# Layerwise exercise: ../../x", b"# Layerwise exercise: " + b"y" * 5000, b"1;2;" + b"z" * 5000,
    ))  # fmt: skip
    parts[at : at + rng.randrange(2)] = [line] * rng.choice((1, 1, 20))
    return b"\n".join(parts)


def _other_archive(content: bytes, rng: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return _flipped(content, rng)
    name = rng.choice(sorted(parts)) if parts else "x.npy"
    act, packed = rng.randrange(8), zipfile.ZIP_STORED
    if act == 0:
        parts[name] = _array(np.array([Telling()], dtype=object), allow_pickle=True)
    elif act == 1:
        parts[name], packed = b"\x93NUMPY\x01\x00v\x00" + b" " * 118 + b"\0" * LARGE, zipfile.ZIP_DEFLATED
    elif act == 2:
        shape = rng.choice(("(10**15,)", "(-1,)", "(2147483648, 2147483648)", "()", "(1,)*9999", "__import__('os')"))
        kind = rng.choice(("<f8", "<U99999999", "|O", "<i2", "V9"))
        header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
        parts[name] = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + b"\0" * 64
    elif act == 3:
        del parts[name]
    elif act == 4:
        parts |= {f"{number}.npy": b"" for number in range(rng.choice((3, 3000)))}
    elif act == 5:
        parts["../../" + name] = parts.pop(name)
    elif act == 6:
        parts[name] = mutated("json" if parts[name].lstrip().startswith(b"{") else "npy", parts[name], rng)
    else:
        parts[name], packed = parts[name], rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packed) as archive:
        for one, part in parts.items():
            archive.writestr(one, part)
    return written.getvalue()


class Telling:
    """Whoever unpickles it writes a file, by which it is known."""

    MARK = "unpickled"

    def __reduce__(self) -> tuple[object, ...]:
        return open, (os.environ.get("LAYERWISE_ATTACK_MARK", os.devnull), "w")


def _array(array: np.ndarray, allow_pickle: bool) -> bytes:
    file = io.BytesIO()
    array_format.write_array(file, array, allow_pickle=allow_pickle)
    return file.getvalue()
