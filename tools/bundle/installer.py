"""The installer for Windows, by NSIS, whose makensis runs on Linux too: packaging/layerwise.nsi says what it does."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from engine.version import VERSION
from tools.bundle.desktop_files import PACKAGING
from tools.bundle.environment import BUILD
from tools.bundle.folder import DIST, commit_time, size_of

SCRIPT = PACKAGING / "layerwise.nsi"
_USUAL_PLACE = Path(os.environ.get("PROGRAMFILES(X86)", ""), "NSIS")


def makensis() -> str | None:
    """Where NSIS is: its own installer does not put it on the path."""
    return shutil.which("makensis") or shutil.which("makensis", path=str(_USUAL_PLACE))


def build_installer(folder: Path, target: Path = DIST, version: str = VERSION, processor: str = "") -> Path:
    """Packs a folder that was built for Windows; CalledProcessError if makensis fails.

    The installer itself is of 32 bits, as NSIS has it everywhere, or for the ``processor`` amd64.
    """
    path = target / f"layerwise-{version}-windows-x86_64-setup.exe"
    BUILD.mkdir(parents=True, exist_ok=True)
    told = {
        "FOLDER": folder,
        "TARGET": path,
        "VERSION": version,
        "KILOBYTES": size_of(folder) // 1024,
        "ICON": PACKAGING / "layerwise.ico",
        "PICTURE": _picture(BUILD / "installer.bmp"),
        **({"TARGET_CPU": processor} if processor else {}),
    }
    options = ["-V2", "-WX", "-INPUTCHARSET", "UTF8", *(f"-D{name}={value}" for name, value in told.items())]
    subprocess.run(
        [makensis() or "makensis", *options, SCRIPT],
        check=True,
        # The paths may be Chinese, and the date of the file is that of the commit.
        env={"LC_ALL": "C.UTF-8", **os.environ, "SOURCE_DATE_EPOCH": str(commit_time())},
    )
    return path


def _picture(path: Path) -> Path:
    """Draws what stands at the left of the last page: the icon, in place of NSIS' own picture."""
    from PIL import Image  # here, since --notes is read without any package

    ground = Image.new("RGBA", (164, 314), "#e8edf3")
    with Image.open(PACKAGING / "layerwise.png") as icon:
        small = icon.convert("RGBA").resize((112, 112), Image.Resampling.LANCZOS)
    ground.alpha_composite(small, (26, 40))
    ground.convert("RGB").save(path)
    return path
