"""The settings that are stored between starts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QStandardPaths

from engine.class_file import class_in_use
from engine.contract.text import LANGUAGES, Text
from gui.app.store import Store, Values
from gui.learner.progress import Progress, json_in, read_progress, rewritten_progress
from gui.learner.records import day_in
from gui.style.language import system_language
from gui.style.theme import system_theme
from gui.style.tokens import THEMES
from gui.style.typography import ZOOM_STEPS

_PROGRESS = "progress/"
_LEFT = "left/"
_WRITTEN = "written/"
_SAID = "said/"
_ANSWERS = "answers/"
_TRUST = "trust/"
_WITHDRAWN = "2"
_MOST_VERSIONS = 20


class Settings:
    """The user's settings in an INI file: language, theme, zoom, window, last experiment, the state of each experiment,
    and progress.

    An invalid value counts as missing. Where a class file is used, its values are the defaults of language, theme, zoom
    and experiment. If nothing can be written (``is_kept`` is False), all settings work but are lost when the program
    ends.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()
        self.store = Store(self.path)

    @property
    def set_aside(self) -> Path | None:
        """The path to which a damaged settings file was moved; None if the file was not damaged."""
        return self.store.set_aside

    @property
    def is_kept(self) -> bool:
        """Whether settings can be written at all."""
        return self.store.is_kept

    @property
    def language(self) -> str:
        """The code of the language chosen last, else of the class file's, else of the system's."""
        return self._one_of("language", LANGUAGES) or class_in_use().language or system_language()

    @language.setter
    def language(self, code: str) -> None:
        self._choose("language", code, class_in_use().language)

    @property
    def theme(self) -> str:
        """The name of the theme chosen last, else of the class file's, else of the system's."""
        return self._one_of("theme", tuple(THEMES)) or class_in_use().theme or system_theme()

    @theme.setter
    def theme(self, name: str) -> None:
        self._choose("theme", name, class_in_use().theme)

    @property
    def zoom(self) -> float:
        """The zoom factor chosen last, else the class file's, else 1."""
        usual = class_in_use().zoom or 1.0
        try:
            factor = float(str(self.store.value("zoom")))
        except (TypeError, ValueError):
            return usual
        return factor if ZOOM_STEPS[0] <= factor <= ZOOM_STEPS[-1] else usual

    @zoom.setter
    def zoom(self, factor: float) -> None:
        self._choose("zoom", factor, class_in_use().zoom)

    @property
    def experiment(self) -> str | None:
        """The id of the experiment that was visible last, else the class file's, else None; it may no longer exist."""
        value = self.store.value("experiment")
        return value if isinstance(value, str) and value else class_in_use().experiment or None

    @experiment.setter
    def experiment(self, experiment_id: str) -> None:
        self._choose("experiment", experiment_id, class_in_use().experiment)

    @property
    def geometry(self) -> QByteArray | None:
        """Position and size of the window, as ``QWidget.saveGeometry`` returns them; None if not stored."""
        value = self.store.value("geometry")
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self.store.put("geometry", geometry)

    @property
    def folder(self) -> str:
        """The folder where files were saved last; at first the user's documents or pictures folder, if it exists."""
        value = self.store.value("folder")
        if isinstance(value, str) and _is_folder(value):
            return value
        places = QStandardPaths.StandardLocation
        usual = map(QStandardPaths.writableLocation, (places.DocumentsLocation, places.PicturesLocation))
        # A folder that is not there would make the dialog open in the program's own.
        return next((folder for folder in usual if folder and _is_folder(folder)), str(Path.home()))

    @folder.setter
    def folder(self, folder: str) -> None:
        self.store.put("folder", folder)

    @property
    def lesson(self) -> str:
        """The open lesson: its file, or the name of one that comes with the program; "" for none."""
        value = self.store.value("lesson")
        return value if isinstance(value, str) else ""

    @lesson.setter
    def lesson(self, lesson: str) -> None:
        self.store.put("lesson", lesson)

    @property
    def writer(self) -> str:
        """A random id of these settings, by which the program recognises its own file of answers among those of others
        in the shared folder of a class.
        """
        value = self.store.value("writer")
        if not isinstance(value, str) or not value:
            value = os.urandom(8).hex()
            self.store.put("writer", value)
        return value

    def answers_file(self, digest: str) -> Path | None:
        """The file, in the shared folder of a class, with this user's answers in the lesson that has this digest; None
        if none was written.
        """
        value = self.store.value(_ANSWERS + digest)
        return Path(value) if isinstance(value, str) and value else None

    def keep_answers_file(self, digest: str, path: Path) -> None:
        """Store the path of the file with this user's answers in the lesson that has this digest."""
        self.store.put(_ANSWERS + digest, str(path))
        self.save()

    @property
    def own_network(self) -> str:
        """The path of the file with the learner's own network; "" for none. It may no longer exist."""
        value = self.store.value("own_network")
        return value if isinstance(value, str) else ""

    @own_network.setter
    def own_network(self, path: str) -> None:
        self.store.put("own_network", path)

    @property
    def asks_again(self) -> bool:
        """Whether questions that were answered are asked again on later days, for repetition."""
        return self.store.value("asks_again") not in (False, "false")

    @asks_again.setter
    def asks_again(self, asks: bool) -> None:
        self.store.put("asks_again", asks)

    @property
    def put_away_on(self) -> date | None:
        """The local date on which the user last closed the reminder that old questions are due; None if never."""
        return day_in(self.store.value("put_away_on"))

    @put_away_on.setter
    def put_away_on(self, day: date) -> None:
        self.store.put("put_away_on", day.isoformat())

    def left(self, experiment_id: str) -> str:
        """The parameters and seed with which an experiment was left, as JSON; "" if none are stored."""
        value = self.store.value(_LEFT + experiment_id)
        return value if isinstance(value, str) else ""

    def leave(self, experiment_id: str, text: str) -> None:
        """Store the parameters and seed with which an experiment was left, as JSON, and write them at once."""
        self.store.put(_LEFT + experiment_id, text)
        self.save()

    def forget_left(self, names: Collection[str]) -> None:
        """Delete the stored parameters and seeds of the experiments with these ids."""

        def forget(values: Values) -> None:
            for name in names:
                values.pop(_LEFT + name, None)

        self.store.change(_LEFT, forget)
        self.save()

    def say_once(self, what: str) -> bool:
        """Whether the message with the id ``what`` has never been shown; from now on it counts as shown."""
        was_said = self.store.value(_SAID + what) is not None
        if not was_said:
            self.store.put(_SAID + what, "1")
            self.save()
        return not was_said

    def trusts(self, pack_id: str, digest: str) -> bool | None:
        """Whether the user lets a pack run its Python code, whose content has this digest; None if not decided."""
        stored = str(self.store.value(_TRUST + pack_id))
        return {f"1 {digest}": True, f"0 {digest}": False, f"{_WITHDRAWN} {digest}": False}.get(stored)

    def has_trusted(self, pack_id: str) -> bool:
        """Whether the user lets a pack run its Python code, with any digest, or did so before withdrawing it."""
        return str(self.store.value(_TRUST + pack_id))[:1] in ("1", _WITHDRAWN)

    def set_trust(self, pack_id: str, digest: str, trusts: bool) -> None:
        """Store whether a pack may run its Python code as long as its content has this digest; the decision before it
        is replaced.
        """
        decision = "1" if trusts else _WITHDRAWN if self.has_trusted(pack_id) else "0"
        self.store.put(_TRUST + pack_id, f"{decision} {digest}")
        self.save()

    def forget_trust(self, pack_id: str) -> None:
        """Delete the decision whether a pack may run its Python code."""

        def forget(values: Values) -> None:
            values.pop(_TRUST + pack_id, None)

        self.store.change(_TRUST, forget)
        self.save()

    def versions(self, exercise: str) -> tuple[str, ...]:
        """The learner's stored versions of the code of an exercise, the newest first; those too large for the editor
        are left out.
        """
        from engine.exercises.exercise import LONGEST_SOURCE  # only now: it brings NumPy along

        found = _versions_in(self.store.value(_WRITTEN + exercise))
        return tuple(one for one in found if isinstance(one, str) and len(one.rstrip()) < LONGEST_SOURCE)

    def keep_version(self, exercise: str, source: str) -> None:
        """Store a version of the learner's code of an exercise as the newest, and write it at once; beyond a limit of
        versions the oldest is dropped.
        """

        def change(values: Values) -> None:
            others = [one for one in _versions_in(values.get(_WRITTEN + exercise)) if one != source]
            values[_WRITTEN + exercise] = json.dumps([source, *others][:_MOST_VERSIONS])

        self.store.change(_WRITTEN, change)
        self.save()

    def progress(self, experiment_id: str) -> Progress:
        """The learner's progress in an experiment."""
        return _progress_in(self.store.value(_PROGRESS + experiment_id))

    def whole_progress(self) -> dict[str, Progress]:
        """The learner's progress by experiment id, including experiments that this version of the program lacks."""
        keys = self.store.keys(_PROGRESS)
        return {key.removeprefix(_PROGRESS): _progress_in(self.store.value(key)) for key in keys}

    def progress_as_found(self) -> dict[str, object]:
        """The stored progress by experiment id as parsed JSON, with entries that only a newer version understands."""
        return {key.removeprefix(_PROGRESS): _json_of(self.store.value(key)) for key in self.store.keys(_PROGRESS)}

    def change_progress(self, changes: Mapping[str, Callable[[Progress], Progress]]) -> None:
        """Apply functions to the progress of the experiments with these ids and write it at once, keeping what other
        windows wrote.
        """

        def change(values: Values) -> None:
            for experiment_id, change_one in changes.items():
                found = _json_of(values.get(_PROGRESS + experiment_id))
                before = read_progress(found)
                after = change_one(before)
                if after != before:
                    values[_PROGRESS + experiment_id] = json.dumps(rewritten_progress(found, before, after))

        self.store.change(_PROGRESS, change)
        self.save()

    def erase_progress(self, names: Collection[str] | None = None) -> None:
        """Delete the progress of the experiments with these ids, by default of all."""

        def erase(values: Values) -> None:
            for key in [key for key in values if key.startswith(_PROGRESS)]:
                if names is not None and key.removeprefix(_PROGRESS) not in names:
                    continue
                del values[key]

        self.store.change(_PROGRESS, erase)
        self.save()

    @property
    def unsaved(self) -> Text | None:
        """The reason why changed progress could not be written; None if all was written or nothing can ever be."""
        return self.store.reason if self.store.waits(_PROGRESS) else None

    def save(self) -> None:
        """Write all changes to the file and read what other windows wrote; what fails is tried again with the next
        save. In a slow folder a thread writes, and this does not wait.
        """
        self.store.write()

    def save_now(self) -> None:
        """Do the same as ``save``, but wait until all is written, even in a slow folder."""
        self.store.write_now()

    def _choose(self, key: str, value: object, of_class: object) -> None:
        """Store a value. If it equals the class file's default ``of_class`` and none was stored, nothing is, so that
        the default may change for users who have chosen nothing.
        """
        if value != of_class or self.store.value(key) is not None:
            self.store.put(key, value)

    def _one_of(self, key: str, allowed: tuple[str, ...]) -> str | None:
        value = self.store.value(key)
        return value if value in allowed else None


def default_path() -> Path:
    """The path of this user's settings file."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder or Path.home()) / "layerwise" / "layerwise.ini"


def _progress_in(value: object) -> Progress:
    return _progress_of(value) if isinstance(value, str) else Progress()


@lru_cache(maxsize=64)
def _progress_of(text: str) -> Progress:
    """The progress encoded as JSON in ``text``; cached, since it is requested at every mouse move of a drag."""
    return read_progress(json_in(text))


def _json_of(value: object) -> object:
    return json_in(value) if isinstance(value, str) else None


def _versions_in(value: object) -> list[Any]:
    found = _json_of(value)
    return found if isinstance(found, list) else []


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):  # too long a name, say
        return False
