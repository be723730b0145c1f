"""resources/titles.json: titles and order of all experiments, so that menus need not import them."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from pathlib import Path

import engine.experiments
from engine.contract.experiment import Experiment

TARGET = Path(__file__).resolve().parents[1] / "resources" / "titles.json"


def stale() -> bool:
    """Whether the file does not say what the experiments say."""
    return not TARGET.exists() or TARGET.read_text(encoding="utf-8") != _content()


def build() -> None:
    """Write the file anew."""
    TARGET.write_text(_content(), encoding="utf-8", newline="\n")


def _content() -> str:
    titles = {
        experiment.id: {"order": experiment.order, "en": experiment.title.en, "zh_CN": experiment.title.zh}
        for experiment in _experiments()
    }
    return json.dumps(titles, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _experiments() -> list[type[Experiment]]:
    found = []
    for info in pkgutil.walk_packages(engine.experiments.__path__, "engine.experiments."):
        if not info.ispkg:
            module = importlib.import_module(info.name)
            found += [
                value
                for value in vars(module).values()
                if inspect.isclass(value) and issubclass(value, Experiment) and value.__module__ == module.__name__
            ]
    return found
