"""resources/images/overview/*.png: the small pictures of the overview, rendered from the experiments themselves."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from engine.contract.catalogue import entries, load
from engine.contract.run.run import Run
from engine.contract.text.text import LANGUAGES
from engine.export.record import Export
from engine.playing.player import Player
from tools.stage_picture import write_picture

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "images" / "overview"
APPROVED = ROOT / "tests" / "approved" / "pictures"
MANIFEST = FOLDER / "manifest.json"
THEMES = ("light", "dark")
_OPENINGS = "defaults-*-100.png"
"""The defaults as they open, in every language and theme but the first."""
_DRAWN_AT = (630, 420)
_KEPT_AT = (600, 400)


def stale() -> bool:
    """Whether a picture is to be made, or an experiment of the manifest is no more."""
    return bool(late()) or set(_recorded()) != {entry.id for entry in entries()}


def late() -> list[str]:
    """The experiments that look otherwise than when their pictures were made, and those that miss a picture.

    That is what the approved pictures of their stages tell: an edit after which these are the same is no reason to redo
    anything, and neither are the fonts of another system.
    """
    recorded, now = _recorded(), _digests()
    return [
        entry.id
        for entry in entries()
        if recorded.get(entry.id) != now[entry.id] or not all(_path(entry.id, *kind).exists() for kind in _kinds())
    ]


def build() -> None:
    """Render the experiments that are late at their openings, in both languages and themes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for experiment_id in late():
        _render(experiment_id)
    MANIFEST.write_text(json.dumps(_digests(), indent=1) + "\n", encoding="utf-8", newline="\n")


def _render(experiment_id: str) -> None:
    experiment = load(experiment_id)
    run = Run(experiment_id, experiment.params_type())
    player = Player(experiment, run)
    frame = player.go_by(experiment.way_to_opening(player.params))
    for language, theme_name in _kinds():
        export = Export(experiment, run, player.params, frame.update, frame, language)
        write_picture(export, theme_name, _DRAWN_AT, _KEPT_AT, _path(experiment_id, language, theme_name))


def _recorded() -> dict[str, str]:
    return json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {}


def _kinds() -> list[tuple[str, str]]:
    return [(language, theme) for language in LANGUAGES for theme in THEMES]


def _path(experiment_id: str, language: str, theme: str) -> Path:
    return FOLDER / f"{experiment_id}.{language}.{theme}.png"


def _digests() -> dict[str, str]:
    return {entry.id: _approved(entry.id) for entry in entries()}


def _approved(experiment_id: str) -> str:
    """What stands for the approved pictures of an experiment as it opens, in all languages and themes."""
    found = hashlib.sha256()
    for path in sorted((APPROVED / experiment_id).glob(_OPENINGS)):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()
