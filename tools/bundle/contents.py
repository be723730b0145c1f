"""The content of a bundle: the program's modules, others that are imported by name, and data files.

Imported by ``packaging/layerwise.spec`` too, in the environment that builds: nothing but the standard library and NumPy
is imported."""

from __future__ import annotations

import importlib.util
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from engine.sandbox.executor import needed_modules

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("engine", "gui", "start")
DATA = ("resources", "CHANGELOG.md", "LICENSE")

# Imported by pyqtgraph where no import stands that PyInstaller would follow.
_OF_PYQTGRAPH = (
    "colorama",
    "pydoc",
    "pyqtgraph.multiprocess",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
)
# Nobody asks for these at run time, and they bring much along.
NOT_WANTED = (
    *("tkinter", "IPython", "matplotlib", "scipy", "pytest", "setuptools", "pip", "numpy.f2py"),
    *("ssl", "_ssl", "PySide6.QtNetwork"),  # nothing of the network is used
)

# Plugins that bring libraries of the builder's desktop along, or serve what this program is not.
_NO_PLUGINS = (
    "platformthemes/libqgtk3",
    "platforminputcontexts/libqtvirtualkeyboard",
    "platforminputcontexts/qtvirtualkeyboard",
    "egldeviceintegrations/",
    "platforms/libqeglfs",
    "platforms/libqlinuxfb",
    "platforms/libqminimalegl",
    "platforms/libqvkkhrdisplay",
    "platforms/libqvnc",
    "platforms/qdirect2d",
    "generic/libq",
    "sqldrivers/",
    "networkinformation/",
    "tls/",
    "qmltooling/",
    "imageformats/libqpdf",
    "imageformats/libqtiff",
    "imageformats/qpdf",
)


# Mesa's OpenGL in software, 20 MB, on Windows; nothing is drawn by OpenGL.
_NO_LIBRARIES = ("opengl32sw.dll",)


def program_modules(root: Path = ROOT) -> list[str]:
    """Every module of the program, by file: experiments, views, controls and others are imported by name."""
    found = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def hidden_imports(root: Path = ROOT) -> list[str]:
    """The modules to be named to PyInstaller, since it cannot find them by following imports."""
    return [*program_modules(root), *needed_modules(), *_OF_PYQTGRAPH, *_readers_of_pictures()]


def data_files(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Each data file or folder, and its target folder in the bundle."""
    for name in DATA:
        yield str(root / name), name if (root / name).is_dir() else "."


def is_wanted(place: str) -> bool:
    """Whether a file that PyInstaller has found belongs in the bundle, by its place there."""
    plain = place.replace("\\", "/")
    if "/translations/" in plain and not plain.rpartition("/")[2].startswith("qtbase_"):
        return False
    return not plain.endswith(_NO_LIBRARIES) and not any(f"plugins/{name}" in plain for name in _NO_PLUGINS)


def _readers_of_pictures() -> list[str]:
    """Pillow's plugins, which it imports by name, if it is installed."""
    specification = importlib.util.find_spec("PIL")
    if specification is None or not specification.submodule_search_locations:
        return []
    names = [module.name for module in pkgutil.iter_modules(specification.submodule_search_locations)]
    return [f"PIL.{name}" for name in names if name.endswith("ImagePlugin")]
