"""Every sentence that people read, rendered: of all experiments, guides and terms, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from engine.contract.catalogue import chapters, load
from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.handle import ProbePoint
from engine.contract.params import Params, fields_of
from engine.contract.text import Text
from engine.glossary import terms
from engine.guides.guide import load_guide
from engine.guides.tries import Try
from tests.walk import moments

Said = tuple[str, str]
"""A place, for the message of a test, and the sentence there."""


def sentences_of(experiment_id: str, language: str) -> Iterator[Said]:
    """All that is said of an experiment, some of it several times."""
    experiment = load(experiment_id)
    for place, text in _declared(experiment):
        yield place, text.render(language)
    yield from headlines(experiment_id, language)
    yield from said_of_frames(experiment_id, language)
    yield from _of_the_guide(experiment_id, language)


def shared_sentences(language: str) -> Iterator[Said]:
    """What belongs to no experiment."""
    yield from _of_the_chapters(language)
    yield from _of_the_glossary(language)


def headlines(experiment_id: str, language: str) -> tuple[Said, ...]:
    """What stands above the stage at every moment that the walk comes to: the reading, and the status."""
    experiment, found = load(experiment_id), {}
    for name, params, frame in moments(experiment_id):
        texts = [experiment.headline(params, frame)]
        if frame.status is not None:
            texts.append(frame.status.text)
        for text in texts:
            found.setdefault(text.render(language), f"{experiment_id}: {name}")
    return tuple((place, sentence) for sentence, place in found.items())


def said_of_frames(experiment_id: str, language: str) -> tuple[Said, ...]:
    """Whatever else is said of a frame: remedies, notes of the working, handles, and what the pointer reads."""
    experiment, found = load(experiment_id), {}
    for name, params, frame in moments(experiment_id):
        for text in _texts_of_frame(experiment, params, frame):
            found.setdefault(text.render(language), f"{experiment_id}: {name}")
    return tuple((place, sentence) for sentence, place in found.items())


def _texts_of_frame(experiment: Experiment, params: Params, frame: Frame) -> Iterator[Text]:
    if frame.status is not None and frame.status.remedy is not None:
        yield frame.status.remedy.label
    yield from (line.note for line in experiment.working(params, frame))
    for handle in experiment.handles(params, frame):
        yield handle.label
        if handle.invitation is not None:
            yield handle.invitation
    probe = experiment.probe(params, frame, ProbePoint(0.3, 0.4))
    if probe is not None:
        yield probe.text


def _declared(experiment: Experiment) -> Iterator[tuple[str, Text]]:
    place = experiment.id
    yield place, experiment.title
    for unit in experiment.units:
        yield f"{place}: unit {unit.id}", unit.name
        if unit.kind is not None:
            yield f"{place}: unit {unit.id}", unit.kind
    for preset in experiment.presets:
        yield f"{place}: preset {preset.id}", preset.label
    for name, field in fields_of(experiment.params_type).items():
        for text in (field.label, field.help, *(option.label for option in getattr(field, "options", ()))):
            yield f"{place}: {name}", text


def _of_the_chapters(language: str) -> Iterator[Said]:
    for chapter in chapters():
        for text in (chapter.tab, chapter.title, chapter.line):
            yield f"chapter {chapter.number}", text.render(language)


def _of_the_glossary(language: str) -> Iterator[Said]:
    for term in terms().values():
        for text in (term.name, term.definition):
            yield f"term {term.id}", text.render(language)


def _of_the_guide(experiment_id: str, language: str) -> Iterator[Said]:
    guide, place = load_guide(experiment_id, language), f"guide {language}/{experiment_id}"
    yield place, guide.title
    yield place, guide.next
    for block in guide.blocks:
        yield place, "".join(span.text for span in block.spans)
    experiment = load(experiment_id)
    # As they are shown: the values that the words name are put in.
    for one in (asked.varied(experiment, language, n) for asked in guide.tries for n in _own_and(asked)):
        labels = [claim.label for claim in one.claims]
        yield from ((place, words) for words in (one.words, one.text, one.after, *labels))
        for answer in one.answers:
            labels = [claim.label for claim in answer.claims]
            yield from ((place, words) for words in (answer.words, answer.why, *labels))


def _own_and(asked: Try) -> tuple[int | None, ...]:
    """The question itself, and each with other numbers."""
    return (None, *range(len(asked.variants)))
