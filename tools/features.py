"""resources/images/features/*.png: the pictures of the table in the README that says what is here beside the peers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.export.record import Export
from engine.playing import Player
from tools.stage_picture import write_picture

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "images" / "features"
MANIFEST = FOLDER / "manifest.json"
_DRAWN_AT = (720, 480)
_KEPT_AT = (540, 360)


@dataclass(frozen=True)
class Feature:
    """One picture: an experiment, the parameters that differ from its defaults, and how many updates were done.

    ``updates`` None is the experiment's opening with these parameters.
    """

    name: str
    experiment: str
    params: Mapping[str, object] = field(default_factory=dict)
    updates: int | None = None


FEATURES = (
    Feature("graph", "graph", {}, 3),
    Feature("schedule", "optimizer_race", {"schedule": "cosine"}, 100),
    Feature("range", "hyperparameters", {"view": "range"}, 400),
    Feature("stopping", "overfitting", {"early_stopping": True}, 600),
    Feature("augmentation", "overfitting", {"augmentation": 1.0}, 400),
    Feature("altered", "digits", {"view": "test", "index": 11, "turn": 45.0}),
    Feature("relief", "descent", {"view": "relief"}),
    Feature("slice", "training", {"loss_slice": True}, 1200),
    Feature("points", "digits", {"view": "points"}),
    Feature("border", "playground", {"data": "curve"}, 1000),
    Feature("classes", "playground", {"data": "spiral", "classes": 3, "hidden": (8, 8)}, 4000),
    Feature("whole_network", "feature_maps", {"view": "whole"}),
)


def stale() -> bool:
    """Whether a picture must be rebuilt, or belongs to a feature that no longer exists."""
    return bool(late()) or _recorded() != _specified()


def late() -> list[str]:
    """The features whose specification has changed since their pictures were made, and those without a picture.

    Changes of a stage's appearance are not detected: delete the pictures to rebuild them.
    """
    recorded, wanted = _recorded(), _specified()
    return [
        one.name
        for one in FEATURES
        if recorded.get(one.name) != wanted[one.name]
        or not all(_path(one.name, language).exists() for language in LANGUAGES)
    ]


def build() -> None:
    """Render the features that are late, in every language."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    due = late()
    for one in FEATURES:
        if one.name in due:
            _render(one)
    for name in set(_recorded()) - set(_specified()):
        for language in LANGUAGES:
            _path(name, language).unlink(missing_ok=True)
    MANIFEST.write_text(json.dumps(_specified(), indent=1) + "\n", encoding="utf-8", newline="\n")


def _render(feature: Feature) -> None:
    experiment = load(feature.experiment)
    run = Run(feature.experiment, experiment.params_type().replaced(feature.params))
    player = Player(experiment, run)
    opening = experiment.way_to_opening(player.params)
    frame = player.go_by(opening, heavy=True) if feature.updates is None else player.go(feature.updates, heavy=True)
    for language in LANGUAGES:
        export = Export(experiment, run, player.params, frame.update, frame, language)
        write_picture(export, "light", _DRAWN_AT, _KEPT_AT, _path(feature.name, language))


def _recorded() -> dict[str, str]:
    return json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}


def _specified() -> dict[str, str]:
    words = {one.name: json.dumps(asdict(one), sort_keys=True, default=str) for one in FEATURES}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in words.items()}


def _path(name: str, language: str) -> Path:
    return FOLDER / f"{name}.{language}.png"
