"""The program's own reader of every kind of file, and of what it gives so much used as shows that it is whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from engine.contract.catalogue import load
from engine.contract.fields.labelled_points import decoded, rows_of
from engine.contract.text import LANGUAGES, Refused
from engine.data.idx import read_images, read_labels
from engine.data.image_reader import set_image_reader
from engine.data.own_picture import own_picture
from engine.data.own_table import own_table
from engine.data.plain_file import Unreadable, read_plain_file
from engine.exercises.source_file import read_source_file
from engine.export.session_file import load_session
from engine.lessons.answers import answers_text, read_answers
from engine.lessons.reading import read_lesson
from engine.lessons.table import csv_table, text_table
from engine.lessons.writing import lesson_text
from engine.networks.archive import network_file, read_network
from gui.app.settings import Settings
from gui.form.picture_reader import read_grey
from gui.learner.progress_files import progress_text, read_progress_file
from gui.page.last_parameters import read_state

LONGEST_SENTENCE = 700


def _points(path: Path) -> object:
    try:
        return list(rows_of(decoded(read_plain_file(path, 2**20))))
    except Unreadable as error:
        raise Refused(error.reason) from None


def _answers(path: Path) -> object:
    answers = read_answers(path)
    table = text_table([("a", answers)], "en"), csv_table([("a", answers)], "zh_CN")
    return table, answers_text(answers)


def _settings(path: Path) -> object:
    settings = Settings(path)
    whole = settings.whole_progress()
    kept = [json.dumps(one.to_json()) for one in whole.values()]
    values = settings.language, settings.theme, settings.zoom, settings.experiment, settings.geometry, settings.lesson
    states = [read_state(load(one), settings.left(one)) for one in ("descent", "gates")]
    settings.change_progress({"gates": lambda one: one.hinted("new", 1)})
    settings.keep_version("affine", "x = 1\n")
    assert settings.versions("affine")[0] == "x = 1\n" or not settings.is_kept or settings.store.reason is not None
    return kept, values, settings.asks_again, settings.put_away_on, settings.folder, states


READERS: dict[str, Callable[[Path], object]] = {
    "session": lambda path: load_session(path).to_json(),
    "lesson": lambda path: lesson_text(read_lesson(path)),
    "answers": _answers,
    "progress": lambda path: progress_text(read_progress_file(path)),
    "network": lambda path: network_file(read_network(path)),
    "table": lambda path: own_table(str(path)),
    "points": _points,
    "picture": own_picture,
    "images": read_images,
    "labels": read_labels,
    "exercise": read_source_file,
    "settings": _settings,
}


def prepared() -> None:
    """Lend what the window lends."""
    set_image_reader(read_grey)


def outcome_of(kind: str, path: Path) -> str:
    """ "" where the reader gives a value or refuses in a fit sentence; else what is wrong with what it does."""
    try:
        READERS[kind](path)
    except Refused as refusal:
        return _fault_in_sentences([refusal.text.render(language) for language in LANGUAGES])
    except BaseException as error:  # MemoryError and SystemExit too
        return f"ends with {type(error).__name__}: {str(error)[:200]}"
    return ""


def _fault_in_sentences(sentences: list[str]) -> str:
    for one in sentences:
        if not one.strip():
            return "refuses without a word"
        if len(one) >= LONGEST_SENTENCE:
            return f"refuses with {len(one)} characters: {one[:80]}…"
        if not all(sign.isprintable() for sign in one):
            return f"refuses with signs that cannot be shown: {one[:120]!r}"
    return ""
