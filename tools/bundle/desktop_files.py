"""The files that register the program on a Linux desktop: entry, icon, description and file type."""

from __future__ import annotations

import re
from pathlib import Path

from engine.version import PROJECT_PAGE, VERSION
from tools.bundle.contents import ROOT

PACKAGING = ROOT / "packaging"
COMPONENT = "org.layerwise.layerwise"
_RELEASE = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def desktop_files() -> dict[str, bytes]:
    """Each file by its place under /usr/share."""
    return {
        "applications/layerwise.desktop": (PACKAGING / "layerwise.desktop").read_bytes(),
        "icons/hicolor/256x256/apps/layerwise.png": (PACKAGING / "layerwise.png").read_bytes(),
        "icons/hicolor/scalable/apps/layerwise.svg": (ROOT / "resources/images/layerwise.svg").read_bytes(),
        f"metainfo/{COMPONENT}.metainfo.xml": metainfo().encode(),
        "mime/packages/layerwise.xml": (PACKAGING / "layerwise-mime.xml").read_bytes(),
    }


def metainfo(page: str = PROJECT_PAGE) -> str:
    """The description for software centres, with the releases of the changelog."""
    form = (PACKAGING / "layerwise.metainfo.xml.in").read_text(encoding="utf-8")
    lines = "".join(f'\n    <release version="{version}" date="{date}"/>' for version, date in releases())
    homepage = f'<url type="homepage">{page}</url>\n  ' if page else ""
    return form.replace("@RELEASES@", f"{lines}\n  ").replace("@HOMEPAGE@\n  ", homepage)


def releases(changelog: Path = ROOT / "CHANGELOG.md") -> list[tuple[str, str]]:
    """Version and day of every release, the newest first; the present version is among them (ValueError otherwise)."""
    found = _RELEASE.findall(changelog.read_text(encoding="utf-8"))
    if VERSION not in [version for version, _ in found]:
        raise ValueError(f"{changelog} does not name {VERSION}, which is to be released")
    return found
