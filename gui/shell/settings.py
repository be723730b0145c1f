"""What is remembered between starts, and what happens when the store is damaged."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from engine.contract.text import LANGUAGES
from gui.shell.learning.progress import Progress, json_in, read_progress
from gui.style.language import system_language
from gui.style.theme import system_theme
from gui.style.tokens import THEMES
from gui.style.typography import ZOOM_STEPS

_log = logging.getLogger(__name__)
_PROGRESS = "progress"


class Settings:
    """Language, theme, size, window, last experiment and progress, in one INI file in the user's configuration folder.

    A value that makes no sense counts as missing. ``set_aside`` is where a damaged file was moved, None if all is well.
    Where nothing can be written (``is_kept`` False) everything works, and is forgotten at the end.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()
        self.set_aside: Path | None = None
        self.is_kept = True
        self._store = self._opened()

    @property
    def language(self) -> str:
        """The language chosen last, or the system's."""
        return self._one_of("language", LANGUAGES) or system_language()

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("language", code)

    @property
    def theme(self) -> str:
        """The theme chosen last, or the system's."""
        return self._one_of("theme", tuple(THEMES)) or system_theme()

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def zoom(self) -> float:
        """The size chosen last."""
        try:
            factor = float(str(self._store.value("zoom", 1.0)))
        except (TypeError, ValueError):
            return 1.0
        return factor if ZOOM_STEPS[0] <= factor <= ZOOM_STEPS[-1] else 1.0

    @zoom.setter
    def zoom(self, factor: float) -> None:
        self._store.setValue("zoom", factor)

    @property
    def experiment(self) -> str | None:
        """The id of the experiment seen last; it may no longer exist."""
        value = self._store.value("experiment")
        return value if isinstance(value, str) and value else None

    @experiment.setter
    def experiment(self, experiment_id: str) -> None:
        self._store.setValue("experiment", experiment_id)

    @property
    def geometry(self) -> QByteArray | None:
        """Place and size of the window."""
        value = self._store.value("geometry")
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)

    @property
    def folder(self) -> str:
        """Where files were saved last; at first the user's documents or pictures, whichever folder there is."""
        value = self._store.value("folder")
        if isinstance(value, str) and _is_folder(value):
            return value
        places = QStandardPaths.StandardLocation
        usual = map(QStandardPaths.writableLocation, (places.DocumentsLocation, places.PicturesLocation))
        # A folder that is not there would make the dialog open in the program's own.
        return next((folder for folder in usual if folder and _is_folder(folder)), str(Path.home()))

    @folder.setter
    def folder(self, folder: str) -> None:
        self._store.setValue("folder", folder)

    @property
    def asks_again(self) -> bool:
        """Whether old questions are asked again on later days."""
        return self._store.value("asks_again") not in (False, "false")

    @asks_again.setter
    def asks_again(self, asks: bool) -> None:
        self._store.setValue("asks_again", asks)

    def progress(self, experiment_id: str) -> Progress:
        """What was done in an experiment."""
        value = self._store.value(f"{_PROGRESS}/{experiment_id}")
        return read_progress(json_in(value)) if isinstance(value, str) else Progress()

    def whole_progress(self) -> dict[str, Progress]:
        """What was done, by experiment; those that this version does not have are among them."""
        self._store.beginGroup(_PROGRESS)
        experiment_ids = self._store.childKeys()
        self._store.endGroup()
        return {experiment_id: self.progress(experiment_id) for experiment_id in experiment_ids}

    def change_progress(self, experiment_id: str, change: Callable[[Progress], Progress]) -> None:
        """Change what was done in an experiment, and write it at once.

        What other windows have written is read before, so that each adds to it.
        """
        self.save()
        before = self.progress(experiment_id)
        after = change(before)
        if after != before:
            self._store.setValue(f"{_PROGRESS}/{experiment_id}", json.dumps(after.to_json()))
            self.save()

    def erase_progress(self) -> None:
        """Forget all that was done."""
        self.save()
        self._store.remove(_PROGRESS)
        self.save()

    def save(self) -> None:
        """Write everything to the disk now, and read what others wrote; a disk that refuses is only logged."""
        if not self.is_kept:
            return
        self._store.sync()
        if self._store.status() != QSettings.Status.NoError:
            _log.warning("the settings could not be written to %s", self.path)

    def _opened(self) -> QSettings:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and not _readable(self.path):
                self.path.replace(self._aside)
                self.set_aside = self._aside
                _log.warning("the settings in %s were damaged and have been set aside as %s", self.path, self._aside)
        except OSError as error:
            _log.info("the settings in %s cannot be kept: %s", self.path, error)
            self.is_kept = False
        store = QSettings(str(self.path), QSettings.Format.IniFormat)
        self.is_kept = self.is_kept and store.isWritable()
        return store

    @property
    def _aside(self) -> Path:
        return self.path.with_name(self.path.name + ".damaged")

    def _one_of(self, key: str, allowed: tuple[str, ...]) -> str | None:
        value = self._store.value(key)
        return value if value in allowed else None


def default_path() -> Path:
    """The settings file of this user."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder or Path.home()) / "layerwise" / "layerwise.ini"


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):  # too long a name, say
        return False


def _readable(path: Path) -> bool:
    """Whether Qt reads the file, and it is text: Qt takes any bytes without a word and loses them at the next save."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    if "\0" in text or (text.strip() and not text.lstrip().startswith("[")):
        return False
    return QSettings(str(path), QSettings.Format.IniFormat).status() == QSettings.Status.NoError
