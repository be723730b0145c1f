"""The command ``list``: all experiments, as a table for people or as JSON for programs."""

from __future__ import annotations

import contextlib
import dataclasses
import inspect
import json
import re
import sys
from collections.abc import Sequence

from engine.contract import catalogue
from engine.contract.experiment import Experiment
from engine.contract.frame import frame_fields
from engine.contract.params import fields_of
from engine.contract.text import LANGUAGES, Text
from engine.playing import opened
from start.console import write_data, write_line
from start.options import LANGUAGE, Option, given_or_help, no_words

_BESIDE = re.compile(r"^    (\w+): [^#\n]+?  # (.+)$", re.MULTILINE)
_USAGE = "list [--json] [--language L]"
_ABOUT = Text("Lists all experiments.")
_OPTIONS = (
    Option("--json", Text("as JSON, with parameters and frame fields")),
    LANGUAGE,
)


def run_list(arguments: Sequence[str], language: str) -> int:
    """Print the list and return 0."""
    given = given_or_help(arguments, _USAGE, _ABOUT, _OPTIONS, language)
    if given is None:
        return 0
    no_words(given)
    if given.has("--json"):
        write_data(_json() + "\n")
    else:
        for line in _table(language):
            write_line(line)
    return 0


def describe(experiment: Experiment) -> dict[str, object]:
    """The data about an experiment for ``list --json``."""
    fields = fields_of(experiment.params_type)
    defaults = experiment.params_type()
    described = _described(experiment)
    return {
        "id": experiment.id,
        "chapter": experiment.chapter,
        "order": experiment.order,
        "title": _both(experiment.title),
        "shape": experiment.shape,
        "units": list(experiment.unit_ids),
        "frame_says": inspect.cleandoc(experiment.frame_type.__doc__ or ""),
        "parameters": [
            {
                "name": name,
                "kind": field.kind,
                "label": _both(field.label),
                "default": field.told(getattr(defaults, name)),
                "effect": field.effect,
                "unit": field.unit,
                **field.describe(),
            }
            for name, field in fields.items()
        ],
        "frame_fields": [
            {
                "name": name,
                **described[name],
                "unit": metadata.get("unit", ""),
                "measured": bool(metadata.get("measured")),
                "heavy": bool(metadata.get("heavy")),
            }
            for name, metadata in frame_fields(experiment.frame_type).items()
        ],
        "presets": [
            {
                "id": preset.id,
                "label": _both(preset.label),
                "changes": {name: fields[name].told(value) for name, value in preset.changes.items()},
            }
            for preset in experiment.presets
        ],
    }


def _described(experiment: Experiment) -> dict[str, dict[str, object]]:
    """Of each field of the frame its type, its shape as the experiment opens, and what stands beside it in the source,
    in English.
    """
    beside: dict[str, str] = {}
    for base in reversed(experiment.frame_type.__mro__[:-1]):
        with contextlib.suppress(OSError):  # a source that does not come along
            beside |= dict(_BESIDE.findall(inspect.getsource(base)))
    frame: object = None
    with contextlib.suppress(Exception):  # whatever the experiment of a pack does
        _, frame = opened(experiment)
    return {
        one.name: {
            "type": one.type if isinstance(one.type, str) else one.type.__name__,
            "shape": getattr(getattr(frame, one.name, None), "shape", None),
            "says": beside.get(one.name, ""),
        }
        for one in dataclasses.fields(experiment.frame_type)
    }


def _json() -> str:
    described = [describe(catalogue.load(entry.id)) for entry in catalogue.entries()]
    # Escapes are JSON too: a terminal that cannot show Chinese must not turn it into question marks.
    plain = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") != "utf8"
    return json.dumps(described, ensure_ascii=plain, indent=1)


def _table(language: str) -> list[str]:
    entries = catalogue.entries()
    ids = max((len(entry.id) for entry in entries), default=0)
    lines = []
    for chapter in catalogue.chapters():
        lines.append(f"{chapter.number} {chapter.title.render(language)}")
        for entry in chapter.entries:
            lines.append(f"  {entry.number}  {entry.id.ljust(ids)}  {entry.title.render(language)}")
    return lines


def _both(text: Text) -> dict[str, str]:
    return {language: text.render(language) for language in LANGUAGES}
