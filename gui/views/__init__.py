"""The views, one module per experiment, found by its id; each draws the experiment's frames and computes nothing."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from pathlib import Path
from types import ModuleType

from engine.contract.catalogue import class_in, further_folders, package_with_further
from gui.stage.view import View
from gui.style.painting import tells_faults

_PAINTING = frozenset({"paint", "paintEvent"})


def load_view(experiment_id: str) -> type[View]:
    """The view class of an experiment, imported when first asked for; KeyError for an unknown id."""
    for package in pkgutil.iter_modules(__path__, __name__ + "."):
        if package.ispkg:
            folder = package_with_further(package.name)
            for info in pkgutil.iter_modules(folder.__path__, package.name + "."):
                if info.name.rpartition(".")[2] == experiment_id:
                    return _view_of(importlib.import_module(info.name))
    raise KeyError(experiment_id)


def _view_of(module: ModuleType) -> type[View]:
    if any(Path(str(module.__file__)).is_relative_to(folder) for folder in further_folders()):
        _guard(module.__name__)
    return class_in(module, View)


def _guard(name: str) -> None:
    """Guard the paint methods of all classes in a pack's module, and in its submodules, with ``tells_faults``: an
    exception in them would end the process. The program's own views do this themselves.
    """
    for module in [one for key, one in sys.modules.items() if f"{key}.".startswith(f"{name}.")]:
        for made in [
            one for one in vars(module).values() if inspect.isclass(one) and one.__module__ == module.__name__
        ]:
            for paint in _PAINTING & vars(made).keys():
                if not hasattr(vars(made)[paint], "__wrapped__"):
                    setattr(made, paint, tells_faults(vars(made)[paint]))
