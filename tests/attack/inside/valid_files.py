"""One valid file, or a few, of every kind that the program opens: what hostile and newer files are made from."""

from __future__ import annotations

import gzip
import json
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from engine.contract.catalogue import load
from engine.contract.run import Change, Run
from engine.data.idx import idx_bytes
from engine.exercises import load_exercise
from engine.exercises.source_file import file_of
from engine.export import npz_format, png_text
from engine.export.png_text import RUN_KEY
from engine.export.record import Export
from engine.lessons.answers import answers_text
from engine.lessons.reading import read_lesson
from engine.lessons.unanswered import no_answers
from engine.networks.archive import network_file
from engine.playing import Player
from gui.app.settings import Settings
from gui.learner.progress import Given, Progress, Question
from gui.learner.progress_files import progress_text
from gui.learner.records import AnswerInTest, TakenTest
from tests.kept_networks import dense, plane

ROOT = Path(__file__).resolve().parents[3]
LESSONS = sorted((ROOT / "resources" / "lessons").glob("*.lesson.json"))
DAY = date(2026, 3, 1)


@cache
def valid_files() -> dict[str, tuple[tuple[str, bytes], ...]]:
    """For every kind what it ends with and what it holds."""
    session = _session()
    text = session.session.to_json()
    lesson = LESSONS[0].read_bytes()
    answers = no_answers(read_lesson(LESSONS[0]))
    answered = answers.with_step(0, answers.steps[0].answered(1, "1", False, 0)) if answers.steps[0].asks else answers
    images = idx_bytes((np.arange(2 * 28 * 28) % 256).astype(np.uint8).reshape(2, 28, 28))
    exercise = load_exercise("affine")
    source = file_of(exercise, exercise.blank.render("en"), "en")
    table = "length;width;kind\n" + "1,5;2;rose\n4;5,25;aster\n" * 6
    return {
        "session": (
            (".json", text.encode()),
            (".npz", npz_format.write(session, "x.npz")["x.npz"]),
            (".png", png_text.with_texts(picture(), {RUN_KEY: text})),
        ),
        "lesson": tuple((".lesson.json", path.read_bytes()) for path in LESSONS),
        "answers": ((".answers.json", answers_text(answered).encode()),),
        "progress": ((".json", progress_text({"gates": progress(), "chapter_2": Progress(touched=True)}).encode()),),
        "network": ((".network.npz", network_file(plane())), (".network.npz", network_file(dense(side=4)))),
        "table": ((".csv", table.encode()), (".csv", table.encode("utf-16"))),
        "points": ((".csv", b"x1,x2,label\n" + b"0.5,-1,0\n1.5,2,1\n" * 5),),
        "picture": ((".png", picture()), (".pgm", b"P5\n16 16\n100\n" + bytes(range(64)) * 4), (".idx", images)),
        "images": ((".idx", images), (".gz", gzip.compress(images))),
        "labels": ((".idx", idx_bytes(np.arange(10, dtype=np.uint8))),),
        "exercise": ((".py", source.encode()),),
        "settings": ((".ini", _settings(json.loads(lesson))),),
    }


def picture() -> bytes:
    """A small PNG, drawn by Qt."""
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImage

    image = QImage(24, 16, QImage.Format.Format_Grayscale8)
    image.fill(140)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def progress() -> Progress:
    """Progress with something of every part."""
    return Progress(
        touched=True,
        followed=frozenset({"t1", "t2"}),
        goals=frozenset({"g1"}),
        questions={"q1": Question(1, DAY, 2, Given("a", "b", "=", True)), "q2": Question(0, DAY)},
        written=frozenset({"affine"}),
        read={"relu": DAY},
        derived=frozenset({"d"}),
        lines={"d/1": "x+1"},
        hints={"g1": 2},
        reached_with={"g1": "{}"},
        tests=(TakenTest(7, DAY, (AnswerInTest("one", 1.5, True),)),),
        lesson=no_answers(read_lesson(LESSONS[0])),
    ).answered("q3", False, DAY, None, Given("a", "b"))


def _session() -> Export:
    experiment = load("playground")
    rate = experiment.checked_change("learning_rate", 0.5)
    player = Player(experiment, Run("playground", experiment.params_type(), 5, (Change(2, "learning_rate", rate),)))
    frame = player.go(3, heavy=True)
    return Export(experiment, player.run, player.params, player.update, frame, "en")


def _settings(lesson: object) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "layerwise.ini")
        settings.language, settings.theme, settings.zoom, settings.experiment = "zh_CN", "dark", 1.25, "gates"
        settings.lesson = "1_xor"
        settings.change_progress({"gates": lambda _: progress()})
        settings.keep_version("affine", "def affine(x, W, b):\n    return x @ W + b\n")
        settings.leave("descent", '{"params": {"learning_rate": 0.3}, "seed": 4}')
        settings.save()
        return settings.path.read_bytes()
