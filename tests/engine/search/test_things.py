"""What can be searched for: everything there is, once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest

from engine.contract.catalogue import entries, load
from engine.contract.language import LANGUAGES
from engine.contract.params import fields_of
from engine.derivations import all_derivations
from engine.exercises import all_exercises, experiment_of
from engine.glossary import terms
from engine.guides.guide import load_guide
from engine.search import things


def _wanted():
    ids = [one.id for one in entries()]
    return {
        "experiment": [(one, one) for one in ids],
        "question": [(one, asked.key) for one in ids for asked in load_guide(one, "en").tries],
        "goal": [(one, goal.key) for one in ids for goal in load_guide(one, "zh_CN").goals],
        "exercise": [(experiment_of(one), one.id) for one in all_exercises()],
        "derivation": [(experiment, one.id) for experiment, one in all_derivations()],
        "parameter": [(one, name) for one in ids for name in fields_of(load(one).params_type)],
        "preset": [(one, preset.id) for one in ids for preset in load(one).presets],
        "term": [("", one) for one in terms()],
    }


@pytest.mark.parametrize("kind", _wanted())
def test_all_of_a_kind_is_there_once(kind):
    found = [(one.experiment, one.id) for one in (*things.experiments(), *things.read()) if one.kind == kind]
    assert Counter(found) == Counter(_wanted()[kind]) and max(Counter(found).values()) == 1


def test_what_was_written_down_is_what_is_collected():
    assert things.PATH.read_text(encoding="utf-8") == things.written()
    for read, made in zip(things.read(), things.collect(), strict=True):
        assert read.target == made.target
        for language in LANGUAGES:
            assert read.title.render(language) == made.title.render(language)
            assert tuple(read.others.get(language, ())) == tuple(made.others.get(language, ()))


def test_a_title_has_words_in_every_language():
    for one in (*things.experiments(), *things.read()):
        assert all(one.title.render(language).strip() for language in LANGUAGES), one.target


def test_braces_stay_braces_and_a_missing_file_finds_nothing(tmp_path, monkeypatch):
    path = tmp_path / "things.json"
    path.write_text(json.dumps([["term", "", "set", {"en": "{{a}}", "zh_CN": "{{a}}"}, {}]]), encoding="utf-8")
    monkeypatch.setattr(things, "PATH", path)
    assert [one.title.render("en") for one in things.read()] == ["{a}"]
    monkeypatch.setattr(things, "PATH", tmp_path / "none.json")
    assert things.read() == []


def test_the_index_needs_no_experiment_no_guide_and_no_qt():
    program = (
        "import sys\n"
        "from engine.search.index import Index\n"
        "from engine.search.things import experiments, read\n"
        "assert Index([*experiments(), *read()]).find('gzj', 'en')\n"
        "names = ('numpy', 'PySide6', 'engine.guides.guide', 'engine.contract.params')\n"
        "print([name for name in names if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
