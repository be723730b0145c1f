"""resources/titles.json: titles and order of all experiments, so that menus need not import them."""

from __future__ import annotations

import json

from engine.contract.catalogue import RESOURCES, experiment_class, module_names

TARGET = RESOURCES / "titles.json"


def stale() -> bool:
    """Whether the file differs from the experiments' titles."""
    return not TARGET.exists() or TARGET.read_text(encoding="utf-8") != _content()


def build() -> None:
    """Writes the file."""
    TARGET.write_text(_content(), encoding="utf-8", newline="\n")


def _content() -> str:
    experiments = [experiment_class(module_name) for module_name in module_names().values()]
    titles = {
        experiment.id: {"order": experiment.order, "title": experiment.title.message} for experiment in experiments
    }
    return json.dumps(titles, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
