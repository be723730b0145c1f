"""What one of two windows does with what both keep: acts by chance, and at the end all that it did, as JSON."""

from __future__ import annotations

import json
import logging
import os
import random
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(folder: Path, name: str, seed: int, acts: int) -> None:
    from engine.lessons.reading import read_lesson
    from engine.lessons.unanswered import no_answers
    from engine.networks.folder import lend_folder
    from engine.networks.keeping import keep, throw_away
    from gui.app.settings import Settings
    from gui.learner.learner import Learner
    from tests.attack.inside.valid_files import LESSONS
    from tests.kept_networks import plane

    logging.disable()
    rng = random.Random(f"{seed} {name}")
    settings = Settings(folder / "layerwise.ini")
    learner = Learner(settings)
    lend_folder(folder / "networks")
    network, lesson = plane(), read_lesson(max(LESSONS, key=lambda path: path.stat().st_size))
    answers = no_answers(lesson)
    mine: list[Path] = []
    done: dict[str, list[str]] = {
        kind: [] for kind in ("answers", "tries", "lines", "drafts", "steps", "kept", "thrown")
    }
    # Each window answers its own steps of the lesson, so that none is answered in both.
    steps = [index for index, step in enumerate(answers.steps) if step.asks][name == "b" :: 2]
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(acts):
        key = f"{name}{number}"
        act = rng.choice(("answer", "answer", "follow", "line", "draft", "lesson", "keep", "keep", "throw", "look"))
        if act == "answer":
            learner.answer(rng.choice(("gates", "xor")), key, rng.choice((True, False, None)))
            done["answers"].append(key)
        elif act == "follow":
            learner.follow("gates", [key])
            done["tries"].append(key)
        elif act == "line":
            learner.keep_line("layers", f"d/{key}", "x")
            done["lines"].append(f"d/{key}")
        elif act == "draft" and len(done["drafts"]) < 9:  # twenty are kept
            learner.keep_source("affine", f"x = '{key}'\n")
            done["drafts"].append(f"x = '{key}'\n")
        elif act == "lesson" and steps:
            step = steps.pop()
            # As a window does that has read them once, when the lesson was opened.
            answers = answers.with_step(step, answers.steps[step].answered(1, key, False, 0))
            learner.keep_lesson(answers)
            done["steps"].append(str(step))
        elif act == "keep":
            mine.append(keep(network, rng.choice(("mine", "yours"))))
            done["kept"].append(mine[-1].name)
        elif act == "throw" and mine:
            path = mine.pop(rng.randrange(len(mine)))
            throw_away(path)
            done["thrown"].append(path.name)
        else:
            learner.whole_progress()
    for _ in range(200):  # as a window does that is closed
        if not settings.unsaved and not settings.store.waits(""):
            break
        settings.save()
    kept = Counter(done["kept"]) - Counter(done["thrown"])
    print(json.dumps({**done, "networks": sorted(kept.elements()), "digest": answers.digest}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
