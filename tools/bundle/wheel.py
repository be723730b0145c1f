"""The wheel: the program under ``layerwise/program``, so that nothing called engine or gui gets to the top level."""

from __future__ import annotations

import base64
import hashlib
import time
import tomllib
import zipfile
from pathlib import Path

from tools.bundle.contents import DATA, ROOMS, ROOT
from tools.bundle.folder import DIST, commit_time

_ENTRY = '''\
"""Layerwise: ``layerwise``, or ``python -m layerwise``; the program itself lies in the folder ``program``."""

import os
import sys


def main():
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "program"))
    from start.command_line import main as program

    return program(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
'''


def build_wheel(target: Path = DIST) -> Path:
    """Writes the wheel into a folder and returns its path."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = f"{project['name']}-{project['version']}"
    files = {"layerwise/__init__.py": b'"""A desktop program for learning neural networks from scratch."""\n'}
    files["layerwise/__main__.py"] = _ENTRY.encode()
    for path in program_files():
        files[f"layerwise/program/{path.relative_to(ROOT).as_posix()}"] = path.read_bytes()
    info = f"{name}.dist-info"
    files[f"{info}/METADATA"] = _metadata(project).encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: layerwise\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = b"[console_scripts]\nlayerwise = layerwise.__main__:main\n"
    files[f"{info}/licenses/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    record = "".join(f"{file},sha256={_digest(content)},{len(content)}\n" for file, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"{name}-py3-none-any.whl"
    when = time.gmtime(commit_time())[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file, content in files.items():
            entry = zipfile.ZipInfo(file, when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return path


def program_files() -> list[Path]:
    """All files of the program but ``main.py``, whose presence identifies a checkout."""
    found = []
    for name in (*ROOMS, *DATA):
        path = ROOT / name
        found += [path] if path.is_file() else sorted(path.rglob("*"))
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


def requirements() -> list[str]:
    """The requirements of the wheel."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("#")[0].strip() for line in lines if line.partition("#")[0].strip()]


def _metadata(project: dict[str, object]) -> str:
    head = {
        "Metadata-Version": "2.4",
        "Name": project["name"],
        "Version": project["version"],
        "Summary": project["description"],
        "Requires-Python": project["requires-python"],
        "License-Expression": project["license"],
        "License-File": "LICENSE",
        "Description-Content-Type": "text/markdown",
    }
    needed = [f"Requires-Dist: {requirement}" for requirement in requirements()]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return "\n".join([*(f"{key}: {value}" for key, value in head.items()), *needed, "", readme])


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
