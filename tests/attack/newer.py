"""Files of a newer version: refused in a sentence where their format is another, else kept whole through changes."""

from __future__ import annotations

import copy
import io
import json
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from engine.contract.catalogue import load
from engine.contract.text import LANGUAGES, Refused
from engine.export import png_text
from engine.networks.archive import HEADER
from engine.networks.chosen import carried
from gui.app.settings import Settings
from gui.form.command import FormState
from gui.learner.learner import Learner
from gui.page.last_parameters import LastParameters
from tests.attack.inside.readers import LONGEST_SENTENCE, READERS, outcome_of
from tests.attack.inside.valid_files import DAY, picture, progress, valid_files
from tests.attack.outcome import Outcome

NAME = "newer"
FORMATS = {
    "session": "layerwise",
    "lesson": "layerwise_lesson",
    "answers": "layerwise_answers",
    "progress": "layerwise_progress",
    "network": "layerwise_network",
}
"""Under which name each kind of file says its format."""
_EXTRAS = (1, "new", None, True, [1, {"a": [2]}], {"b": {"c": []}}, 0.5, [], {})


def attack(seed: int, short: bool) -> Outcome:
    """Twelve files of every kind with a higher format, and with unknown fields at places by chance; or five hundred."""
    rng, outcome = random.Random(seed), Outcome()
    with tempfile.TemporaryDirectory(prefix="layerwise-attack-") as name:
        for number in range(12 if short else 500):
            for kind in FORMATS:
                suffix, content = rng.choice(valid_files()[kind])
                _higher_formats(kind, suffix, content, Path(name), rng, outcome)
                _unknown_fields(kind, suffix, content, Path(name), rng, outcome)
            _settings(Path(name) / f"{number}.ini", rng, outcome)
    return outcome


def _higher_formats(kind: str, suffix: str, content: bytes, folder: Path, rng: random.Random, outcome: Outcome) -> None:
    found = rng.choice((2, 3, 10**6, "2", 1.5))
    path = folder / f"higher{suffix}"
    path.write_bytes(_changed(suffix, content, lambda data: data.update({FORMATS[kind]: found})))
    try:
        READERS[kind](path)
    except Refused as refusal:
        for language in LANGUAGES:
            said = refusal.text.render(language)
            outcome.expect(0 < len(said) < LONGEST_SENTENCE, f"{kind}{suffix} of format {found!r}: it is said {said!r}")
    else:
        outcome.expect(False, f"{kind}{suffix} of format {found!r} is read as if it were of this one")


def _unknown_fields(kind: str, suffix: str, content: bytes, folder: Path, rng: random.Random, outcome: Outcome) -> None:
    path = folder / f"unknown{suffix}"
    path.write_bytes(_changed(suffix, content, lambda data: _extended(data, rng)))
    fault = outcome_of(kind, path)
    outcome.expect(not fault, f"{kind}{suffix} with unknown fields {fault}")
    if kind == "network" and not fault:
        outcome.expect(carried(path) == path.read_bytes(), "a network's unknown fields are lost where it is carried")


def _settings(path: Path, rng: random.Random, outcome: Outcome) -> None:
    """Settings with unknown keys, and documents with unknown fields, through what one window does in them."""
    settings = Settings(path)
    documents = {"progress/gates": progress().to_json(), "progress/of then": {"new": 1}, "left/descent": {"params": {}}}
    for document in documents.values():
        _extended(document, rng)
    for key, document in documents.items():
        settings.store.put(key, json.dumps(document))
    settings.store.put("of then/a setting", "x")
    settings.store.put("written/affine", json.dumps(["x = 1\n", {"a draft": "of then"}]))
    settings.save()
    window = Settings(path)
    learner, experiment = Learner(window, today=lambda: DAY), load("descent")
    acts: list[Callable[[], object]] = [
        lambda: learner.answer("gates", rng.choice(("q1", "q2", "new")), rng.choice((True, False, None))),
        lambda: learner.follow("gates", ["t9"]),
        lambda: learner.reach("gates", "g9", "{}"),
        lambda: learner.keep_line("gates", "d/9", "y"),
        lambda: learner.keep_source("affine", "x = 2\n"),
        lambda: LastParameters(window).keep("descent", FormState(experiment.params_type(), rng.randrange(9))),
        lambda: setattr(window, "theme", "dark"),
    ]
    for act in rng.sample(acts, rng.randrange(1, len(acts))):
        act()
    window.save()
    kept = Settings(path).store
    for key, document in documents.items():
        wanted = list(_extras_in(document))
        lost = [one for one in wanted if one not in list(_extras_in(json.loads(str(kept.value(key)))))]
        outcome.expect(not lost, f"settings: of {key} {lost[:1]} is lost")
    outcome.expect(kept.value("of then/a setting") == "x", "settings: an unknown setting is lost")
    outcome.expect('{"a draft": "of then"}' in str(kept.value("written/affine")), "settings: an unknown draft is lost")


def _changed(suffix: str, content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The same file with its JSON changed, wherever that stands in it."""
    if suffix.endswith(".json"):
        return json.dumps(_with(json.loads(content), change)).encode()
    if suffix == ".png":
        text = png_text.texts_of(io.BytesIO(content))[png_text.RUN_KEY]
        return png_text.with_texts(picture(), {png_text.RUN_KEY: json.dumps(_with(json.loads(text), change))})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if HEADER in parts:
        parts[HEADER] = json.dumps(_with(json.loads(parts[HEADER]), change)).encode()
    else:
        import numpy as np

        run = np.load(io.BytesIO(parts["run.npy"]), allow_pickle=False)
        file = io.BytesIO()
        np.save(file, np.array(json.dumps(_with(json.loads(str(run)), change))), allow_pickle=False)
        parts["run.npy"] = file.getvalue()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def _with(data: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    changed = copy.deepcopy(data)
    change(changed)
    return changed


def _extended(data: dict[str, Any], rng: random.Random) -> None:
    """Unknown fields at some of the places where there are fields."""
    places = list(_fields_in(data))
    for number, place in enumerate(rng.sample(places, rng.randrange(1, len(places) + 1))):
        place[f"new of then {number}"] = rng.choice(_EXTRAS)


def _fields_in(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _fields_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _fields_in(one)


def _extras_in(value: object) -> Iterator[tuple[str, str]]:
    for fields in _fields_in(value):
        yield from ((key, repr(one)) for key, one in fields.items() if key.startswith("new of then"))
