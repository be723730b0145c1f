"""What the program saves, kind by kind, in numbered versions; and what is wrong in a folder in which it was saved."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.contract.text import LANGUAGES, Refused, Text
from engine.exercises import load_exercise
from engine.exercises.source_file import file_of
from engine.export.formats import DATA_FORMATS
from engine.export.record import Export
from engine.export.writing import ArrivingFile, write_together
from engine.lessons.answers import answers_text
from engine.lessons.reading import read_lesson
from engine.lessons.unanswered import no_answers
from engine.lessons.writing import lesson_text
from engine.networks.archive import read_network
from engine.networks.folder import _lent, lend_folder
from engine.networks.keeping import keep
from engine.playing import Player
from gui.app.settings import Settings
from gui.learner.progress import Progress
from gui.learner.progress_files import progress_text
from tests.attack.inside.valid_files import LESSONS, progress
from tests.kept_networks import plane

VERSIONS = 3
"""So many different contents a file has, one after the other."""
_DAY = date(2026, 3, 1)
_SETTINGS, _EXERCISE = "layerwise.ini", "affine"


@dataclass(frozen=True)
class Kind:
    """``save(folder, number)`` gives the sentence that it is not saved, None where it is. ``fault(folder, done)`` is
    what is wrong in a folder in which the versions below ``done`` are known to be saved, "" where nothing is.
    """

    save: Callable[[Path, int], Text | None]
    fault: Callable[[Path, int], str]


def _refused(save: Callable[[Path, int], object]) -> Callable[[Path, int], Text | None]:
    def tried(folder: Path, number: int) -> Text | None:
        try:
            save(folder, number)
        except Refused as refusal:
            return refusal.text
        return None

    return tried


def _of_contents(contents: Callable[[int], dict[str, bytes]], slow: bool = False) -> Kind:
    """Files that are written together, or one that arrives piece by piece."""

    @functools.cache
    def every() -> list[dict[str, bytes]]:
        return [contents(number) for number in range(VERSIONS)]

    def save(folder: Path, number: int) -> None:
        files = {folder / name: content for name, content in every()[number % VERSIONS].items()}
        if not slow:
            write_together(files)
            return
        for path, content in files.items():
            file = ArrivingFile(path)
            try:
                with file.temporary.open("wb") as arriving:
                    for start in range(0, len(content), 1000):
                        arriving.write(content[start : start + 1000])
            except OSError as error:
                file.give_up()
                raise file.refusal(error) from error
            file.put_in_place()

    def fault(folder: Path, done: int) -> str:
        for name in every()[0]:
            path = folder / name
            if not path.exists():
                if done:
                    return f"{name} is gone"
                continue
            allowed = [one[name] for one in (every()[number % VERSIONS] for number in (done - 1, done))]
            if path.read_bytes() not in allowed:
                return f"{name} is neither the old one nor the new one"
        return ""

    return Kind(_refused(save), fault)


def _settings(folder: Path, number: int) -> Text | None:
    settings = Settings(folder / _SETTINGS)
    settings.change_progress({"gates": lambda one: one.answered(f"q{number}", True, _DAY)})
    return settings.unsaved or settings.store.reason


def _fault_of_settings(folder: Path, done: int) -> str:
    settings = Settings(folder / _SETTINGS)
    kept = settings.progress("gates").questions.keys()
    if settings.set_aside is not None:
        return "the settings are damaged"
    lost = [f"q{number}" for number in range(done) if f"q{number}" not in kept]
    return f"{len(lost)} answers are lost, among them {lost[0]}" if lost else ""


def _drafts(folder: Path, number: int) -> Text | None:
    settings = Settings(folder / _SETTINGS)
    settings.keep_version(_EXERCISE, f"x = {number}\n")
    return settings.store.reason


def _fault_of_drafts(folder: Path, done: int) -> str:
    kept = Settings(folder / _SETTINGS).versions(_EXERCISE)
    lost = [number for number in range(max(0, done - 15), done) if f"x = {number}\n" not in kept]
    return f"draft {lost[0]} is lost" if lost else ""


def _network(folder: Path, number: int) -> None:
    before = list(_lent)
    lend_folder(folder / "networks")
    try:
        keep(plane(), "mine")
    finally:
        _lent[:] = before


def _fault_of_networks(folder: Path, done: int) -> str:
    files = sorted((folder / "networks").glob("*.npz")) if (folder / "networks").exists() else []
    for path in files:
        try:
            read_network(path)
        except Refused as refusal:
            return refusal.text.render("en")
    return "" if len(files) >= done else f"{done - len(files)} networks are lost"


@functools.cache
def _export(number: int) -> Export:
    experiment = load("descent")
    player = Player(experiment, Run("descent", experiment.params_type(), number))
    return Export(experiment, player.run, player.params, player.update, player.go(2 + number, heavy=True), "en")


def _exported(number: int) -> dict[str, bytes]:
    """A session, an archive, a table, a script and a notebook of one run, as one save may write them all."""
    files: dict[str, bytes] = {}
    for one in DATA_FORMATS:
        files |= one.write(_export(number), f"x{one.suffix}")
    return files


def _lesson(number: int) -> dict[str, bytes]:
    return {"a.lesson.json": lesson_text(read_lesson(LESSONS[number % len(LESSONS)])).encode()}


def _answers(number: int) -> dict[str, bytes]:
    return {"a.answers.json": answers_text(no_answers(read_lesson(LESSONS[number % len(LESSONS)]))).encode()}


def _progress(number: int) -> dict[str, bytes]:
    done = progress() if number else Progress(touched=True)
    return {"p.json": progress_text({"gates": done, "xor": Progress(followed=frozenset({str(number)}))}).encode()}


def _source(number: int) -> dict[str, bytes]:
    exercise = load_exercise(_EXERCISE)
    return {"affine.py": file_of(exercise, exercise.blank.render(LANGUAGES[0]) + f"# {number}\n", "en").encode()}


KINDS: dict[str, Kind] = {
    "settings": Kind(_settings, _fault_of_settings),
    "drafts": Kind(_drafts, _fault_of_drafts),
    "networks": Kind(_refused(_network), _fault_of_networks),
    "exports": _of_contents(_exported),
    "lesson": _of_contents(_lesson),
    "answers": _of_contents(_answers),
    "progress": _of_contents(_progress),
    "exercise": _of_contents(_source),
    "moving picture": _of_contents(lambda number: {"x.gif": bytes([number]) * 300_000}, slow=True),
}
