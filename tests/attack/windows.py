"""Two windows at once on one folder of settings: nothing that was done in either is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from engine.contract.text import Refused
from engine.networks.archive import read_network
from gui.app.settings import Settings
from gui.learner.learner import Learner
from tests.attack.outcome import Outcome

NAME = "windows"
ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 300.0


def attack(seed: int, short: bool) -> Outcome:
    """Forty acts in each of two windows, or four hundred, with progress, drafts, a lesson and networks."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="layerwise-attack-") as name:
        folder = Path(name)
        done = _done_in_both(folder, seed, 40 if short else 400)
        for one in done:
            if one is None:
                outcome.expect(False, f"a window of seed {seed} did not come to its end")
        _all_is_kept(folder, [one for one in done if one is not None], outcome)
    return outcome


def _done_in_both(folder: Path, seed: int, acts: int) -> list[dict[str, Any] | None]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    windows = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.attack.inside.windowing", str(folder), name, str(seed), str(acts)],
            cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for name in "ab"
    ]  # fmt: skip
    said = [window.stdout.readline() if window.stdout else "" for window in windows]
    assert said == ["ready\n"] * 2, said
    for window in windows:
        assert window.stdin is not None
        window.stdin.write("\n")
        window.stdin.flush()
    done: list[dict[str, Any] | None] = []
    for window in windows:
        try:
            out, _ = window.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            window.kill()
            out, _ = window.communicate()
        done.append(json.loads(out) if window.returncode == 0 else None)
    return done


def _all_is_kept(folder: Path, done: list[dict[str, Any]], outcome: Outcome) -> None:
    settings = Settings(folder / "layerwise.ini")
    learner = Learner(settings)
    whole = learner.whole_progress()
    asked = {key for progress in whole.values() for key in progress.questions}
    tries = {key for progress in whole.values() for key in progress.followed}
    lines = {key for progress in whole.values() for key in progress.lines}
    drafts = set(learner.versions("affine"))
    for kind, kept in (("answers", asked), ("tries", tries), ("lines", lines), ("drafts", drafts)):
        for one in done:
            lost = [key for key in one[kind] if key not in kept]
            outcome.tried += len(one[kind])
            outcome.expect(not lost, f"{len(lost)} {kind} are lost, among them {lost[:1]}")
    answers = learner.lesson(done[0]["digest"]) if done else None
    for one in done:
        for step in one["steps"]:
            answered = answers is not None and answers.steps[int(step)].tries
            outcome.expect(answered, f"what was done in step {step} of a lesson is lost")
    files = sorted((folder / "networks").glob("*.npz")) if (folder / "networks").exists() else []
    wanted = Counter(name for one in done for name in one["networks"])
    outcome.expect(Counter(path.name for path in files) == wanted, f"networks: {len(files)}, kept {wanted.total()}")
    for path in files:
        try:
            read_network(path)
        except Refused as refusal:
            outcome.expect(False, refusal.text.render("en"))
    left = [path.name for path in folder.rglob("*") if path.name.startswith(".layerwise") or path.suffix == ".lock"]
    outcome.expect(not left, f"{left} are left")
