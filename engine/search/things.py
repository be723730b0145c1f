"""What there is to be found in the experiments, their guides, exercises and derivations, and in the glossary.

To read it from there takes seconds, since every experiment is imported and every guide is read. So it is written down
in ``resources/search/things.json``, which ``tools/search_things.py`` makes, and read from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine.contract.catalogue import RESOURCES, CatalogueEntry, entries
from engine.contract.language import LANGUAGES, language_of
from engine.contract.text import Text, text_of
from engine.search.entry import Entry

if TYPE_CHECKING:
    from engine.glossary import Term

PATH = RESOURCES / "search" / "things.json"


def experiments() -> list[Entry]:
    """The experiments, which the catalogue has without importing them; each is found by what it is about too."""
    return [
        Entry("experiment", one.name, one.id, one.id, {language: _also(one, language) for language in LANGUAGES})
        for one in entries()
    ]


def _also(one: CatalogueEntry, language: str) -> tuple[str, ...]:
    return one.line.render(language), one.number, one.id


def read() -> list[Entry]:
    """Everything that was written down, without the experiments themselves; nothing where the file is missing."""
    if not PATH.exists():
        return []
    return [
        Entry(kind, text_of(title), id, experiment, {one: tuple(names) for one, names in others.items()})
        for kind, experiment, id, title, others in json.loads(PATH.read_text(encoding="utf-8"))
    ]


def written() -> str:
    """The file as it has to be: a line for each thing."""
    lines = [
        json.dumps([one.kind, one.experiment, one.id, _templates(one.title), one.others], ensure_ascii=False)
        for one in collect()
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def collect() -> Iterator[Entry]:
    """The same from where it is made: every experiment is imported, every guide is read."""
    from engine.glossary import own_terms

    for one in entries():
        yield from _in_guide(one.id)
        yield from _to_do(one.id)
        yield from _to_set(one.id)
    yield from map(_of_term, own_terms().values())


def lent() -> list[Entry]:
    """What packs bring: their terms."""
    from engine.glossary import further_terms

    return [_of_term(one) for one in further_terms().values()]


def _of_term(term: Term) -> Entry:
    return Entry("term", term.name, term.id, "", {one: term.aliases(one) for one in LANGUAGES if term.aliases(one)})


def _in_guide(experiment_id: str) -> Iterator[Entry]:
    """The questions and the goals of an experiment's guide."""
    from engine.contract.catalogue import load
    from engine.guides.guide import load_guide

    experiment = load(experiment_id)
    guides = [load_guide(experiment_id, one) for one in LANGUAGES]
    for same in zip(*(guide.tries for guide in guides), strict=True):
        own = zip(
            LANGUAGES, (asked.varied(experiment, one) for one, asked in zip(LANGUAGES, same, strict=True)), strict=True
        )
        title = {one: _asked(asked.words, asked.text, one) for one, asked in own}
        yield Entry("question", text_of(_plain(title)), same[0].key, experiment_id)
    for goals in zip(*(guide.goals for guide in guides), strict=True):
        title = {one: goal.words for one, goal in zip(LANGUAGES, goals, strict=True)}
        yield Entry("goal", text_of(_plain(title)), goals[0].key, experiment_id)


def _asked(words: str, text: str, language: str) -> str:
    """What is done, and what is asked about it or said of it."""
    return f"{words}{language_of(language).title_mark}{text}" if text else words


def _to_do(experiment_id: str) -> Iterator[Entry]:
    """The exercises and derivations of an experiment."""
    from engine.derivations import derivations_of
    from engine.derivations.reading import load_words
    from engine.exercises import exercises_of

    for exercise in exercises_of(experiment_id):
        names = dict.fromkeys(LANGUAGES, (exercise.name,))
        yield Entry("exercise", exercise.heading, exercise.id, experiment_id, names)
    for derivation in derivations_of(experiment_id):
        title = {one: load_words(derivation.id, one).title for one in LANGUAGES}
        yield Entry("derivation", text_of(_plain(title)), derivation.id, experiment_id)


def _to_set(experiment_id: str) -> Iterator[Entry]:
    """The presets and parameters of an experiment; a parameter is found by its options too."""
    from engine.contract.catalogue import load
    from engine.contract.fields.choices import Choice, Choices
    from engine.contract.params import fields_of

    experiment = load(experiment_id)
    for preset in experiment.presets:
        yield Entry("preset", preset.label, preset.id, experiment_id)
    for name, field in fields_of(experiment.params_type).items():
        options = [option.label for option in field.options] if isinstance(field, Choice | Choices) else []
        others = {one: tuple(dict.fromkeys([name, *(label.render(one) for label in options)])) for one in LANGUAGES}
        yield Entry("parameter", field.label, name, experiment_id, others)


def _templates(title: Text) -> Mapping[str, str]:
    return _plain({one: title.render(one) for one in LANGUAGES})


def _plain(words: Mapping[str, Any]) -> dict[str, str]:
    """Words as templates that take no value."""
    return {one: said.replace("{", "{{").replace("}", "}}") for one, said in words.items()}
