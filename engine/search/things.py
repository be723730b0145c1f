"""The entries for experiments, their guides, exercises, derivations and settings, and for the glossary.

To collect them takes seconds, since every experiment is imported and every guide is read. So ``tools/search_things.py``
stores them in ``resources/search/things.json``, from which they are read.
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
    """The entries for experiments, made from the catalogue without importing them; each is found by its topic too."""
    return [
        Entry("experiment", one.name, one.id, one.id, {language: _also(one, language) for language in LANGUAGES})
        for one in entries()
    ]


def _also(one: CatalogueEntry, language: str) -> tuple[str, ...]:
    return one.line.render(language), one.number, one.id


def read() -> list[Entry]:
    """All stored entries, without those for experiments; empty if the file is missing."""
    if not PATH.exists():
        return []
    return [
        Entry(kind, text_of(title), id, experiment, {one: tuple(names) for one, names in others.items()})
        for kind, experiment, id, title, others in json.loads(PATH.read_text(encoding="utf-8"))
    ]


def written() -> str:
    """The content that the file must have: a line of JSON for each entry."""
    lines = [
        json.dumps([one.kind, one.experiment, one.id, _templates(one.title), one.others], ensure_ascii=False)
        for one in collect()
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def collect() -> Iterator[Entry]:
    """Yields the entries of ``read`` from their sources: every experiment is imported, every guide is read."""
    from engine.glossary import own_terms

    for one in entries():
        yield from _in_guide(one.id)
        yield from _to_do(one.id)
        yield from _to_set(one.id)
    yield from map(_of_term, own_terms().values())


def lent() -> list[Entry]:
    """The entries for the glossary terms of packs."""
    from engine.glossary import further_terms

    return [_of_term(one) for one in further_terms().values()]


def _of_term(term: Term) -> Entry:
    return Entry("term", term.name, term.id, "", {one: term.aliases(one) for one in LANGUAGES if term.aliases(one)})


def _in_guide(experiment_id: str) -> Iterator[Entry]:
    """The entries for the questions and goals of an experiment's guide."""
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
    """The title of a question: what its link does, and the question or text after it."""
    return f"{words}{language_of(language).title_mark}{text}" if text else words


def _to_do(experiment_id: str) -> Iterator[Entry]:
    """The entries for the exercises and derivations of an experiment."""
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
    """The entries for the presets and parameters of an experiment; a parameter's options count as further names."""
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
    """Escapes braces, so that texts by language can be used as templates of a ``Text``."""
    return {one: said.replace("{", "{{").replace("}", "}}") for one, said in words.items()}
