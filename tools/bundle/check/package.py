"""Tests the Debian package in a root of its own, without Python: installs, starts, upgrades and removes it there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.contract.address import address_of
from engine.version import PROJECT_PAGE, VERSION
from tools.bundle import debian
from tools.bundle.check.report import Failed, Report, Skipped, expect
from tools.bundle.desktop_files import COMPONENT
from tools.bundle.document_type import MIME_TYPE
from tools.bundle.environment import BUILD

_BARE = BUILD / "bare-root"
_PYTHON = "command -v python3 || echo none"
_LATER = f"{VERSION}+later"
_TOOLS = ("appstream", "desktop-file-utils", "shared-mime-info", "libglib2.0-bin")
# A page has to be known before it can be named; everything else is to be valid without a warning.
_NO_PAGE = () if PROJECT_PAGE else ("--override=url-homepage-missing=info",)

# As a desktop does it; what was started is looked for by its file, asked to end, and has then kept what was open.
_DOUBLE_CLICK = """\
export HOME=/tmp/home QT_QPA_PLATFORM=offscreen
mkdir -p $HOME
gio open "$1"
sleep 12
for process in $(ls -v /proc | grep '^[0-9]'); do
    if [ "$(readlink /proc/$process/exe)" = /opt/layerwise/layerwise ]; then kill -TERM $process; break; fi
done
sleep 5
grep -rh ^experiment= $HOME/.config
"""


def check_package(report: Report, folder: Path) -> None:
    """Runs every step of a package's life; a failure ends the test."""
    with report.trying("a Debian root without Python"):
        root = _bare_root()
    if report.rows[-1].outcome != "ok":
        return
    with _copy_of(root) as changed:
        _live(report, Inside(changed), changed, folder)


def _live(report: Report, inside: Inside, root: Path, folder: Path) -> None:
    with report.trying("the package is installed, with what it depends on") as seen:
        expect(inside("sh", "-c", _PYTHON).strip() == "none", "there is a Python")
        shutil.copy(_newest_deb(), root / "tmp" / "layerwise.deb")
        inside("apt-get", "update", "-q")
        inside("apt-get", "install", "-y", "-q", "--no-install-recommends", "/tmp/layerwise.deb")
        expect(
            inside("sh", "-c", "command -v python3 || echo none").strip() == "none", "a Python was installed with it"
        )
        seen.append(inside("dpkg-query", "-W", "-f", "${Package} ${Version}, ${Installed-Size} kB", "layerwise"))
    if report.rows[-1].outcome != "ok":
        return
    with report.trying("it runs there, all experiments") as seen:
        said = inside("env", "QT_QPA_PLATFORM=offscreen", "layerwise", "self-check", "--seconds", "0.3")
        seen.append(said.splitlines()[-1])
    with report.trying("entry, description and kind of file are valid") as seen:
        inside("apt-get", "install", "-y", "-q", "--no-install-recommends", *_TOOLS)
        entry = "/usr/share/applications/layerwise.desktop"
        expect(not (said := inside("desktop-file-validate", entry)), said)
        described = f"/usr/share/metainfo/{COMPONENT}.metainfo.xml"
        seen.append(inside("appstreamcli", "validate", "--no-net", *_NO_PAGE, described).splitlines()[-1].strip())
    with report.trying("a double click on a session starts it") as seen:
        session = "/tmp/mine.layerwise.json"
        inside("env", "QT_QPA_PLATFORM=offscreen", "layerwise", "render", "softmax", "-o", session)
        kind = inside("gio", "info", "-a", "standard::content-type", session)
        expect(MIME_TYPE in kind, kind)
        chosen = inside("gio", "mime", MIME_TYPE)
        expect("layerwise.desktop" in chosen, chosen)
        opened = inside("sh", "-c", _DOUBLE_CLICK, "sh", session)
        expect(opened.strip().endswith("experiment=softmax"), opened)
        seen.append(f"{MIME_TYPE}: softmax opened")
    with report.trying("an address on a page starts it") as seen:
        opened = inside("sh", "-c", _DOUBLE_CLICK, "sh", address_of("xor"))
        expect(opened.strip().endswith("experiment=xor"), opened)
        seen.append(f"{address_of('xor')}: xor opened")
    with report.trying("it is upgraded") as seen:
        later = debian.build_deb(folder, root / "tmp", _LATER, compression="none")
        inside("apt-get", "install", "-y", "-q", f"/tmp/{later.name}")
        seen.append(inside("dpkg-query", "-W", "-f", "${Version}", "layerwise"))
        expect(seen[-1] == _LATER, seen[-1])
    with report.trying("it is removed, and nothing of it stays") as seen:
        inside("apt-get", "purge", "-y", "-q", "layerwise")
        left = inside("sh", "-c", "find / -xdev -path /proc -prune -o -path /tmp -prune -o -iname '*layerwise*' -print")
        expect(not [line for line in left.splitlines() if not line.startswith("/var/")], left)


class Inside:
    """Runs commands in a root, each with its own process and mount namespaces, which end with it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(self, *command: str) -> str:
        """Runs a command and returns its output; Failed with its last lines if it fails."""
        variables = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp/root", "LANG": "C.UTF-8"}
        variables["DEBIAN_FRONTEND"] = "noninteractive"
        around = ["unshare", "--mount", "--pid", "--fork", f"--mount-proc={self._root / 'proc'}"]
        done = subprocess.run(
            [*around, "chroot", str(self._root), *command],
            env=variables, capture_output=True, encoding="utf-8", timeout=900,
        )  # fmt: skip
        if done.returncode != 0:
            raise Failed(f"{' '.join(command[:4])}: {(done.stderr or done.stdout)[-400:]}")
        return done.stdout


def _newest_deb() -> Path:
    found = sorted(debian.DIST.glob(f"layerwise_{VERSION}_*.deb"))
    if not found:
        raise Failed("there is none in dist/")
    return found[-1]


def _bare_root() -> Path:
    """A Debian of the same release as this one, cached; Skipped if it cannot be made."""
    if not sys.platform.startswith("linux") or not debian.is_possible():
        raise Skipped("only where there is dpkg")
    if os.geteuid() != 0:
        raise Skipped("only root may make one")
    if (_BARE / "made").exists():
        return _BARE
    program = shutil.which("debootstrap")
    if program is None:
        raise Skipped("debootstrap is not here (apt install debootstrap)")
    release = _release()
    shutil.rmtree(_BARE, ignore_errors=True)
    done = subprocess.run([program, "--variant=minbase", release, str(_BARE)], capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        raise Skipped(f"debootstrap {release} failed: {done.stdout[-200:]}")
    shutil.copy("/etc/resolv.conf", _BARE / "etc" / "resolv.conf")
    (_BARE / "made").touch()
    return _BARE


def _release() -> str:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return values.get("VERSION_CODENAME", "stable").strip('"')


@contextmanager
def _copy_of(root: Path) -> Iterator[Path]:
    copy = BUILD / "changed-root"
    shutil.rmtree(copy, ignore_errors=True)
    subprocess.run(["cp", "-a", "--reflink=auto", str(root), str(copy)], check=True)
    try:
        yield copy
    finally:
        shutil.rmtree(copy)
