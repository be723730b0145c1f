"""Approved pictures: the stage of every shot, kept as PNG files, and what differs from them now."""

from __future__ import annotations

import json
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from engine.contract.catalogue import load
from engine.contract.language import CHINESE, ENGLISH, known_languages
from engine.contract.text import LANGUAGES
from gui.export.offscreen import application
from gui.stage.view import Snapshot, View
from gui.style.tokens import THEMES
from gui.views import load_view
from tests.approved.moments import moments
from tests.approved.palette import difference, keep, pixels_of
from tests.approved.sheet import Pair, contact_sheet
from tests.approved.stage import SIZE, appearance, facts, own_fonts, shown
from tests.shots import Shot
from tests.walk import IN_EVERY_APPEARANCE

FOLDER = Path(__file__).parent / "pictures"
_FACTS = FOLDER / "made_with.json"
_ALIKE = "alike.json"
_ZOOMS = (1.0, 2.0)
_USUAL = (ENGLISH.id, "light", 1.0)
_IN_EVERY_APPEARANCE = (ENGLISH.id, CHINESE)
"""A language of either script in every theme and size of type; of any other one how every experiment opens."""
_MOST_NAMED = 20


def check_pictures(experiment_id: str, quick: bool = False) -> None:
    """Fails where a stage looks otherwise than approved; with ``quick`` only its openings are looked at.

    The message names the pictures and a sheet that shows them, before and now. On another system, or with another Qt,
    than the pictures were made with, a difference is a warning.
    """
    __tracebackhide__ = True
    found = picture_differences(experiment_id, quick)
    message = "\n".join((*found, advice(experiment_id)))
    if found and facts() != made_with():
        warnings.warn(f"pictures were made with {made_with()}, this is {facts()}: {message}", stacklevel=2)
        return
    assert not found, message


def advice(experiment_id: str) -> str:
    """What to do with pictures that are meant so."""
    return f"Where it is meant so, look at the sheet, then: python3 -m tools.pictures --approve {experiment_id}"


def picture_differences(experiment_id: str, quick: bool = False) -> list[str]:
    """What differs, in words, the path of the sheet at the end; empty where nothing does."""
    pairs, seen = [], set()
    alike = _alike(experiment_id)
    for name, pixels in _drawn(experiment_id, quick):
        seen.add(name)
        path = path_of(experiment_id, alike.get(name, name))
        before = pixels_of(QImage(str(path))) if path.exists() else None
        differs = np.ones(pixels.shape, bool) if before is None else difference(before, pixels)
        if differs is not None:
            pairs.append(Pair(name, before, pixels, differs))
    kept = {_name_of(path) for path in (FOLDER / experiment_id).glob("*.png")} | set(alike)
    seen |= _of_drafts(experiment_id)
    gone = [] if quick else sorted(kept - {file_name(name) for name in seen} - seen)
    lines = [pair.words for pair in pairs[:_MOST_NAMED]] + [f"{name}: is drawn no more" for name in gone]
    if len(pairs) > _MOST_NAMED:
        lines.append(f"… and {len(pairs) - _MOST_NAMED} more")
    if not lines:
        return []
    sheet = [f"They are shown in {contact_sheet(experiment_id, pairs)}"] if pairs else []
    return [f"the stage of {experiment_id} is not what was approved:", *lines, *sheet]


def approve_pictures(experiment_id: str) -> bool:
    """Write anew how an experiment looks; whether that changed a picture.

    A picture that still looks as approved keeps its bytes, and one that looks like an earlier one is only named. What
    was approved in a language that is not offered now stays.
    """
    folder, known, drafts = FOLDER / experiment_id, _alike(experiment_id), _of_drafts(experiment_id)
    drawn: list[tuple[str, np.ndarray]] = []
    alike = {name: same for name, same in known.items() if name in drafts}
    changed = False
    for name, pixels in _drawn(experiment_id):
        same = next((one for one, other in drawn if np.array_equal(other, pixels)), None)
        if same is not None:
            alike[name] = same
            continue
        drawn.append((name, pixels))
        path = path_of(experiment_id, name)
        if not path.exists() or difference(pixels_of(QImage(str(path))), pixels) is not None:
            keep(pixels, path)
            changed = True
    wanted = {path_of(experiment_id, name) for name in (*drafts, *(name for name, _ in drawn))}
    for path in folder.glob("*.png"):
        if path not in wanted:
            path.unlink()
            changed = True
    text = json.dumps(alike, indent=1, ensure_ascii=False) + "\n"
    (folder / _ALIKE).write_text(text, encoding="utf-8", newline="\n")
    _FACTS.write_text(json.dumps(facts(), indent=1) + "\n", encoding="utf-8", newline="\n")
    return changed or alike != known


def path_of(experiment_id: str, name: str) -> Path:
    """The file of a picture, by the name of its shot, or of the defaults in another appearance."""
    return FOLDER / experiment_id / f"{file_name(name)}.png"


def file_name(name: str) -> str:
    """A shot's name as that of a file on every system."""
    return re.sub(r"[^\w+.-]+", "-", name)


def made_with() -> dict[str, str]:
    """The facts that the approved pictures were made with."""
    return json.loads(_FACTS.read_text(encoding="utf-8")) if _FACTS.exists() else {}


def _alike(experiment_id: str) -> dict[str, str]:
    """Shots that look to the last pixel like an earlier one, whose name stands beside theirs."""
    path = FOLDER / experiment_id / _ALIKE
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _name_of(path: Path) -> str:
    return path.stem


def _drawn(experiment_id: str, quick: bool = False) -> Iterator[tuple[str, np.ndarray]]:
    """Each picture with its name: every shot in the usual appearance, the defaults in every other one."""
    application()
    found = moments(experiment_id, quick)
    with own_fonts():
        with appearance(*_USUAL):
            yield from _shots_drawn(experiment_id, found)
        for one in _appearances(experiment_id, LANGUAGES):
            with appearance(*one), _view(experiment_id) as view:
                yield _named(*one), _picture(view, found[0])


def _appearances(experiment_id: str, languages: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Language, theme and zoom of the other pictures of the defaults."""
    for one in product(languages, THEMES, _ZOOMS):
        if one[0] not in _IN_EVERY_APPEARANCE:
            if one[1:] == _USUAL[1:]:
                yield one
        elif one != _USUAL and experiment_id in IN_EVERY_APPEARANCE:
            yield one


def _named(language: str, theme: str, zoom: float) -> str:
    return f"defaults {language} {theme} {zoom:.0%}".replace("%", "")


def _of_drafts(experiment_id: str) -> set[str]:
    """The names of pictures in languages that are known and not offered."""
    drafts = [language for language in known_languages() if language not in LANGUAGES]
    return {_named(*one) for one in _appearances(experiment_id, drafts)}


def _shots_drawn(experiment_id: str, found: Sequence[Shot]) -> Iterator[tuple[str, np.ndarray]]:
    for shot in found:
        # A view of its own for each: what was shown before leaves nothing behind, such as a hand that was invited.
        with _view(experiment_id) as view:
            yield shot.name, _picture(view, shot)


def _view(experiment_id: str):
    return shown(load_view(experiment_id)(load(experiment_id)), SIZE)


def _picture(view: View, shot: Shot) -> np.ndarray:
    ghost = Snapshot(*shot.before) if shot.before is not None and shot.before[1] is not shot.frame else None
    view.draw(shot.params, shot.frame, ghost)
    QTest.qWait(0)
    QCoreApplication.sendPostedEvents()
    return pixels_of(view.grab().toImage())
