"""The views, one module per experiment, found by its id; each draws the experiment's frames and computes nothing."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType

from engine.contract.catalogue import package_with_further
from gui.stage.view import View


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
    return next(
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, View) and value.__module__ == module.__name__
    )
