"""Checks a pack: plays what its guides and lessons claim, reads its tables, and reports errors with file and line."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import TypeVar

from engine.contract.catalogue import load
from engine.contract.fields.labelled_points import decoded
from engine.contract.text import Refused, Text
from engine.data.own_table import table_of_text
from engine.glossary import lend_terms
from engine.guides.guide import Guide
from engine.guides.proving import Fault
from engine.guides.proving import proving as proving_guide
from engine.lessons.proving import proving as proving_lesson
from engine.packs import MANIFEST
from engine.packs.pack import Finding, Pack, line_of, line_of_quote, quotes_in
from engine.packs.proving_own import Draw, finding_of, proving_own
from engine.packs.trust import error_in_words

_NO_GUIDE = Text("there is no guide in {language}, which pack.toml names.")
_OTHER = Text("its tries and goals are not those of the guide in {language}.")
_Result = TypeVar("_Result")
_STOPS = Text("playing {file} stops with {error}.")
_NEEDED = re.compile(r'"experiment"\s*:\s*"(\w+)"', re.ASCII)
_SESSION = re.compile(r'"session"\s*:')


Checking = Generator[str, None, tuple[Finding, ...]]


def checking(pack: Pack, trusted: bool = False, draw: Draw | None = None) -> Checking:
    """A generator that checks a pack in small slices; yields the name of the current file, and returns the errors.

    The pack's own experiments, and guides and lessons that use them, are played only if the pack is ``trusted`` and its
    Python was imported (``trust.take_up``). ``draw`` draws their views.
    """
    lend_terms(lambda: pack.terms)
    try:
        return (yield from _checking(pack, trusted, draw))
    finally:
        lend_terms(dict)


def _checking(pack: Pack, trusted: bool, draw: Draw | None) -> Checking:
    found: list[Finding] = []
    if trusted:
        found += yield from _named(MANIFEST, proving_own(pack, draw))
    left_out = () if trusted else over_own(pack)
    for experiment_id in pack.experiments:
        if trusted or experiment_id not in pack.own_experiments:
            found += yield from _guides(pack, experiment_id)
    for name in pack.lessons:
        if name not in left_out:
            found += yield from _lesson(pack, name)
    for name in pack.data:
        if name.casefold().endswith(".csv"):
            yield name
            try:
                table_of_text(decoded(pack.files[name]))
            except Refused as refusal:
                line = refusal.text.values.get("number", 1)
                found.append(Finding(name, line if isinstance(line, int) else 1, refusal.text))
    return tuple(found)


def over_own(pack: Pack) -> tuple[str, ...]:
    """The files of guides and lessons that use the pack's own experiments."""
    own = set(pack.own_experiments)
    guides = [f"guide/{language}/{one}.md" for one, language in pack.guides if one in own]
    lessons = [name for name in pack.lessons if own & set(_NEEDED.findall(_text(pack, name)))]
    return *guides, *lessons


def _guides(pack: Pack, experiment_id: str) -> Generator[str, None, list[Finding]]:
    """The errors in a pack's guides for an experiment; they must make the same claims in every language of the pack."""
    found: list[Finding] = []
    first: tuple[str, Guide] | None = None
    for language in pack.manifest.languages:
        name = f"guide/{language}/{experiment_id}.md"
        guide = pack.guides.get((experiment_id, language))
        if guide is None:
            found.append(Finding(name, 1, _NO_GUIDE(language=language)))
            continue
        if first is not None and _claimed(guide) != _claimed(first[1]):
            found.append(Finding(name, 1, _OTHER(language=first[0])))
        first = first or (language, guide)
        text = pack.files[name].decode("utf-8-sig")
        try:
            faults = yield from _named(name, proving_guide(load(experiment_id), guide))
            found += [Finding(name, _line_of_fault(text, fault), fault.text) for fault in faults]
        except (Exception, SystemExit) as error:  # whatever the experiment of a pack does
            found.append(finding_of(error, name, 1, _STOPS(file=name, error=error_in_words(error))))
    return found


def _line_of_fault(text: str, fault: Fault) -> int:
    line = line_of(text, fault.place)
    return line_of_quote(text, fault.text, max(text.find(fault.place), 0), line) if fault.is_quoted else line


def _claimed(guide: Guide) -> object:
    return [
        (one.target, one.variants, [answer.key for answer in one.answers], one.number and one.number.field)
        for one in guide.tries
    ], [goal.target for goal in guide.goals]


def _lesson(pack: Pack, name: str) -> Generator[str, None, list[Finding]]:
    try:
        faults = yield from _named(name, proving_lesson(pack.lesson(name)))
    except Refused as refusal:
        reason = refusal.text.values["reason"]
        told = reason if isinstance(reason, Text) else refusal.text
        return [Finding(name, _line_of_step(pack, name, told), told)]
    except (Exception, SystemExit) as error:  # whatever the experiment of a pack does
        return [finding_of(error, name, 1, _STOPS(file=name, error=error_in_words(error)))]
    return [Finding(name, _line_of_step(pack, name, fault), fault) for fault in faults]


def _line_of_step(pack: Pack, name: str, told: object) -> int:
    """The line in a lesson's file of the step that a message names, or of the text that it quotes; 1 if there is
    none.
    """
    if not isinstance(told, Text):
        return 1
    number = told.values.get("number")
    text = _text(pack, name)
    if not isinstance(number, int):
        return line_of_quote(text, told)
    sessions = [one.start() for one in _SESSION.finditer(text)]
    if number > len(sessions):
        return 1
    # A key may stand before the session of its step, too.
    keys = [f'"{one}"' for one in quotes_in(told) if one]
    for begin in (sessions[number - 1], ([0, *sessions])[number - 1]):
        if found := [place for key in keys if (place := text.find(key, begin)) >= 0]:
            return text.count("\n", 0, min(found)) + 1
    return text.count("\n", 0, sessions[number - 1]) + 1


def _text(pack: Pack, name: str) -> str:
    return pack.files[name].decode("utf-8-sig", "replace")


def _named(name: str, working: Generator[object, None, _Result]) -> Generator[str, None, _Result]:
    """Runs a generator to its end and returns its result; yields ``name``, a file's name, instead of its values."""
    while True:
        try:
            next(working)
        except StopIteration as stop:
            result: _Result = stop.value
            return result
        yield name
