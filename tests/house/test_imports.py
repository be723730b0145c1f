"""Who may import whom: the rooms of the house and the one way in which they use each other."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

from engine.contract.experiment import Experiment, Picture, Training, Walk
from tests.offenders import for_each

ROOT = Path(__file__).resolve().parents[2]
QT = ("PySide6", "pyqtgraph", "shiboken6")

_ROOMS = tuple(
    f"gui.plots.{room}" for room in ("board", "pictures", "bars", "curves", "learning", "plane", "surface", "network")
)
_WINDOW = tuple(
    f"gui.{room}"
    for room in (
        "app",
        "window",
        "page",
        "panels",
        "learner",
        "lessons",
        "shelf",
        "networks",
        "own_network",
        "moving",
        "vote",
        "packs",
    )
)
"""The rooms of the window, which nothing below them knows."""
# Room: what it must not import. A name stands for itself and everything under it.
FORBIDDEN = {
    "engine": (*QT, "gui", "start", "tools", "tests", "benchmarks"),
    "engine.contract": (
        "engine.boards",
        "engine.experiments",
        "engine.export",
        "engine.glossary",
        "engine.nn",
        "engine.calculus",
        "engine.playing",
        "engine.guides",
    ),
    "engine.playing": ("engine.experiments", "engine.export", "engine.guides", "engine.companion"),
    "engine.guides": ("engine.experiments", "engine.export", "engine.companion"),
    "engine.lessons": ("engine.experiments", "engine.companion", "engine.export"),
    "engine.packs": ("engine.experiments", "engine.companion"),
    "engine.chapter_tests": (
        "engine.boards",
        "engine.companion",
        "engine.exercises",
        "engine.experiments",
        "engine.export",
        "engine.glossary",
    ),
    # The book is NumPy alone, and pieces of it know nothing of what is asked of them.
    "engine.book": ("engine.contract", "engine.calculus", "engine.nn", "engine.exercises", "engine.pieces"),
    "engine.pieces": ("engine.calculus", "engine.nn", "engine.exercises", "engine.own_network", "engine.experiments"),
    # Stations are made of exercises, which know nothing of them; no experiment is needed to check a network.
    "engine.exercises": ("engine.own_network",),
    "engine.sandbox": ("engine.exercises", "engine.own_network", "engine.experiments", "engine.export"),
    "engine.own_network": (
        "engine.companion",
        "engine.experiments",
        "engine.export",
        "engine.guides",
        "engine.playing",
    ),
    "engine.experiments": ("engine.playing", "engine.guides", "engine.companion", "engine.export"),
    "engine.nn": ("engine.boards", "engine.contract", "engine.experiments", "engine.export", "engine.glossary"),
    "engine.calculus": ("engine.boards", "engine.experiments", "engine.export", "engine.glossary"),
    "engine.glossary": ("engine.experiments", "engine.export"),
    "engine.export": ("engine.experiments",),
    "gui": ("start", "tools", "tests", "benchmarks"),
    "gui.style": ("gui.plots", "gui.form", "gui.run", "gui.views", "gui.export", *_WINDOW, "engine.experiments"),
    # Boards know the contract and nothing else of the engine.
    "engine.boards": (
        *(f"engine.{room}" for room in ("calculus", "data", "geometry", "nn", "playing", "guides", "companion")),
        "engine.experiments",
        "engine.export",
        "engine.glossary",
    ),
    "engine.geometry": ("engine.boards", "engine.contract", "engine.experiments", "engine.export", "engine.glossary"),
    "gui.plots": (
        "engine.playing",
        "engine.guides",
        "gui.stage",
        "gui.form",
        "gui.run",
        "gui.views",
        "gui.export",
        *_WINDOW,
        "engine.experiments",
    ),
    # Axes stand on drawing, all other rooms of plots on both.
    "gui.plots.drawing": ("gui.plots.axes", *_ROOMS),
    "gui.plots.axes": _ROOMS,
    "gui.stage": ("gui.form", "gui.run", "gui.views", "gui.export", *_WINDOW, "engine.experiments"),
    "gui.form": ("gui.run", "gui.views", "gui.export", *_WINDOW, "engine.experiments"),
    "gui.run": ("gui.plots", "gui.form", "gui.views", "gui.export", *_WINDOW, "gui.style", "engine.experiments"),
    "gui.views": ("engine.playing", "engine.guides", "gui.form", "gui.run", "gui.export", *_WINDOW),
    "gui.export": ("gui.form", "gui.run", *_WINDOW, "engine.experiments"),
    **dict.fromkeys(_WINDOW, ("engine.experiments",)),
    "start": ("tools", "tests", "benchmarks"),
    "tools": ("tests", "benchmarks", *_WINDOW),
    "benchmarks": ("tools", "tests", "pytest"),
}
# Views that draw boards draw what their experiment lays out: of the engine they know the contract, their own experiment
# and the boards.
OF_BOARDS = (
    "gui.views.ch5_backpropagation.layers",
    "gui.views.ch7_convolution.convolution",
    "gui.views.ch7_convolution.pooling",
)
# Module and room: the module of that room which it may import all the same. One knows the experiments; a record of an
# optimizer or an activation has its words with it, and Text is all that it takes from the contract. What was approved
# belongs to the tests: the code that holds it against what is said and seen is the one that writes it anew.
EXCEPTIONS = {
    ("engine.contract.catalogue", "engine.experiments"): "engine.experiments",
    ("engine.nn.optimizer_registry", "engine.contract"): "engine.contract.text",
    ("engine.nn.activation_registry", "engine.contract"): "engine.contract.text",
    ("engine.nn.schedules", "engine.contract"): "engine.contract.text",
    ("tools.approved_words", "tests"): "tests.approved",
    ("tools.pictures", "tests"): "tests.approved",
}


def _modules():
    for room in ("engine", "gui", "start", "tools", "benchmarks"):
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
            assert not any(alias.name == "*" for alias in node.names), path
    return found


def _under(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


@for_each(_modules(), lambda module, _: module)
def test_a_module_imports_only_what_its_room_may(module, path):
    for imported in _imports(path):
        for room, banned in FORBIDDEN.items():
            if _under(module, room):
                for name in banned:
                    but = EXCEPTIONS.get((module, name))
                    allowed = not _under(imported, name) or (but is not None and _under(imported, but))
                    assert allowed, f"{module} must not import {imported}"
        if module in OF_BOARDS and _under(imported, "engine"):
            own = module.replace("gui.views", "engine.experiments") + ".params"
            assert any(_under(imported, one) for one in ("engine.contract", "engine.boards", own)), imported
        if _under(module, "gui.views") and module.count(".") == 3:
            other_view = _under(imported, "gui.views") and not _under(imported, module)
            assert not other_view, f"{module} must not import another view"


def test_importing_the_whole_engine_leaves_qt_out():
    modules = [module for module, _ in _modules() if _under(module, "engine")]
    program = f"import sys, importlib\nfor m in {modules!r}: importlib.import_module(m)\n"
    program += f"assert not [m for m in sys.modules if m.split('.')[0] in {QT!r}]"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_every_module_says_what_it_is_for():
    for module, path in _modules():
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert docstring, f"{module} has no docstring"


def test_no_module_is_a_drawer_for_everything():
    assert not [module for module, path in _modules() if path.stem in {"utils", "helpers", "misc", "common"}]


_MOST = 24
_ONE_AN_EXPERIMENT = {ROOT / "engine" / "chapter_tests" / "questions"}


def test_a_folder_has_few_modules_and_says_what_belongs_in_it():
    for room in ("engine", "gui"):
        for initial in (ROOT / room).rglob("__init__.py"):
            modules = [path for path in initial.parent.glob("*.py") if path.stem != "__init__"]
            assert len(modules) <= _MOST or initial.parent in _ONE_AN_EXPERIMENT, f"{initial.parent}: {len(modules)}"
            assert ast.get_docstring(ast.parse(initial.read_text(encoding="utf-8"))), initial


def test_no_modules_import_each_other_in_a_circle():
    """Also not for their types alone: what is in a circle can only be understood as a whole."""
    paths = dict(_modules())
    needs = {}
    for module, path in paths.items():
        taken = _imports(path)
        needs[module] = {one if one in paths else one.rpartition(".")[0] for one in taken} & (set(paths) - {module})
    assert len(needs) > 400
    while needs:
        # Whoever needs nobody that is left stands on its own; what never does is in a circle, or needs one that is.
        free = {module for module, needed in needs.items() if not needed & set(needs)}
        assert free, f"in a circle, or above one: {sorted(needs)}"
        needs = {module: needed for module, needed in needs.items() if module not in free}


OUTSIDE: dict[tuple[str, str], str] = {}
"""Functions and modules that a view takes from the engine, by view, each with its reason: at most ten, and none now."""
_WORDS = {"str", "Text", "Text | None", "WorkingStep", "tuple[Text, ...]", "tuple[str, ...]", "dict[str, str]"}
"""What is written: functions that give it choose words, and compute nothing that is drawn."""


def _views() -> list[Path]:
    return [path for path in sorted((ROOT / "gui" / "views").glob("ch*/*.py")) if path.stem != "__init__"]


def _taken(path: Path) -> list[tuple[str, object]]:
    """What a view takes from the engine outside the contract: the full name, and what it is."""
    found = []
    for name in sorted(_imports(path)):
        if _under(name, "engine") and not _under(name, "engine.contract"):
            module, _, member = name.rpartition(".")
            taken = getattr(importlib.import_module(module), member, None)
            found.append((name, importlib.import_module(name) if taken is None else taken))
    return found


def _computes(view: Path, name: str, taken: object) -> bool:
    """Whether it is a module or a function, but for words of the view's own experiment."""
    if inspect.ismodule(taken):
        return True
    if not inspect.isroutine(taken):
        return False
    own = f"engine.experiments.{view.parent.name}.{view.stem}"
    return not (_under(name, own) and taken.__annotations__.get("return") in _WORDS)


def test_a_view_draws_frames_and_computes_nothing():
    computing = {(view.stem, name) for view in _views() for name, taken in _taken(view) if _computes(view, name, taken)}
    assert computing == set(OUTSIDE)
    assert len(OUTSIDE) <= 10


def test_a_view_calls_only_what_the_contract_knows_of_an_experiment():
    known = {name for kind in (Picture, Walk, Training) for name in dir(kind)} | set(Experiment.__annotations__)
    called = {
        (view.stem, node.attr)
        for view in _views()
        for node in ast.walk(ast.parse(view.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self.experiment"
    }
    assert not {one for one in called if one[1] not in known}
