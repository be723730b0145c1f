"""resources/images/overview/*.png: the small pictures of the overview, rendered from the experiments themselves."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from engine.contract.catalogue import entries, load
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.export.record import Export
from engine.playing import opened
from tools.stage_picture import write_picture

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "images" / "overview"
APPROVED = ROOT / "tests" / "approved" / "pictures"
MANIFEST = FOLDER / "manifest.json"
THEMES = ("light", "dark")
_OPENINGS = ("defaults.png", *(f"defaults-{language}-*-100.png" for language in LANGUAGES))
"""The opening with default parameters, and where it is approved in them too, in other languages and themes."""
_DRAWN_AT = (630, 420)
_KEPT_AT = (600, 400)


def stale() -> bool:
    """Whether a picture must be rebuilt, or belongs to an experiment that no longer exists."""
    return bool(late()) or set(_recorded()) != {entry.id for entry in entries()}


def late() -> list[str]:
    """The experiments whose appearance has changed since their pictures were made, and those without a picture.

    The approved pictures of the stages are compared: an edit that does not change these needs no rebuild, and neither
    do the fonts of another system.
    """
    recorded, now = _recorded(), _digests()
    return [
        entry.id
        for entry in entries()
        if recorded.get(entry.id) != now[entry.id] or not all(_path(entry.id, *kind).exists() for kind in _kinds())
    ]


def build() -> None:
    """Renders the late experiments at their openings, in every language and both themes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for experiment_id in late():
        _render(experiment_id)
    MANIFEST.write_text(json.dumps(_digests(), indent=1) + "\n", encoding="utf-8", newline="\n")


def _render(experiment_id: str) -> None:
    experiment = load(experiment_id)
    player, frame = opened(experiment)
    run = Run(experiment_id, player.params)
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
    """A fingerprint of the approved pictures of an experiment's opening, in all languages and themes."""
    found = hashlib.sha256()
    folder = APPROVED / experiment_id
    for path in sorted(one for pattern in _OPENINGS for one in folder.glob(pattern)):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()
