"""The package for Debian and Ubuntu: the folder under /opt, a link in /usr/bin, and the desktop files."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from engine.version import VERSION
from tools.bundle.contents import ROOT
from tools.bundle.desktop_files import desktop_files
from tools.bundle.folder import DIST, commit_time, size_of
from tools.bundle.libraries import debian_packages, newest_libc

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_CONTROL = """\
Package: layerwise
Version: {version}
Architecture: {architecture}
Maintainer: The Layerwise authors <layerwise@localhost>
Installed-Size: {kilobytes}
Depends: libc6 (>= {libc}), {packages}
Recommends: fonts-noto-cjk | fonts-wqy-microhei
Section: education
Priority: optional
Description: learn neural networks by live experiments
 Layerwise goes beside chapters 2 to 7 of the book Deep Learning from Scratch:
 27 experiments, from the AND gate to a convolutional network, with the source
 of what is computed beside the plot. In English, Chinese and Japanese.
 .
 The package holds its own Python, NumPy and Qt, and needs no network.
"""


def is_possible() -> bool:
    """Whether dpkg-deb is available."""
    return shutil.which("dpkg-deb") is not None


def build_deb(folder: Path, target: Path = DIST, version: str = VERSION, compression: str = "xz") -> Path:
    """Packs a bundle's folder; CalledProcessError if dpkg-deb fails."""
    architecture = _ARCHITECTURES.get(platform.machine(), platform.machine())
    path = target / f"layerwise_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        root.chmod(0o755)
        shutil.copytree(folder, root / "opt" / "layerwise", symlinks=True)
        (root / "usr" / "bin").mkdir(parents=True)
        (root / "usr" / "bin" / "layerwise").symlink_to("/opt/layerwise/layerwise")
        documents = {"doc/layerwise/copyright": (ROOT / "LICENSE").read_bytes()}
        for name, content in {**desktop_files(), **documents}.items():
            file = root / "usr" / "share" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        control = _CONTROL.format(
            version=version,
            architecture=architecture,
            kilobytes=size_of(root) // 1024,
            libc=newest_libc(folder),
            packages=", ".join(debian_packages()),
        )
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
        _make_plain(root)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", f"-Z{compression}", "--build", str(root), str(path)],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(commit_time())},
        )
    return path


def _make_plain(root: Path) -> None:
    """Normalises permissions and dates, so that the package is reproducible."""
    when = commit_time()
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)
