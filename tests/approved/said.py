"""What is said of one shot, line by line: headline, status, handles, tables, working, what the pointer reads, frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.contract.experiment import Experiment
from engine.contract.frame import flattened
from engine.contract.handle import Handle, ProbePoint
from engine.contract.language import ENGLISH
from engine.contract.params import Params, fields_of
from engine.guides.claim import Finding
from engine.guides.guide import load_guide
from engine.guides.tries import Verdict
from tests.approved.digest import column, digest, number
from tests.approved.kept import BESIDE_EACH_OTHER, Part, short
from tests.frames import leaves_of
from tests.shots import Shot

_MOST_HANDLES = 30
_DRAGGED = 12
"""Of so many handles it is tried where a drag leads; on boards of many cells all are alike."""
_BY = (5, 3)
"""A drag by so many steps of the handle."""
_IN_WORDS = ("status.",)
"""What stands in a frame, but is said in words above."""


def said_of(
    experiment: Experiment,
    shot: Shot,
    like: str,
    spots: Iterable[ProbePoint],
    languages: tuple[str, ...] = BESIDE_EACH_OTHER,
) -> Part:
    """All that a person reads at a shot, and a digest of its frame."""
    part, params, frame = Part(shot.name, like=like, languages=languages), shot.params, shot.frame
    if shot.verdict is not None:
        _say_try(part, experiment, shot, shot.verdict)
    else:
        defaults = experiment.params_type()
        part.say("changes", spelled_changes(experiment, {n: getattr(params, n) for n in params.differing(defaults)}))
    part.say_each("reading", experiment.headline(params, frame))
    _say_status(part, experiment, shot)
    for name, value in experiment.shown_values(params, frame).items():
        part.say(f"form {name}", digest(value))
    mark = experiment.code_mark(params, frame)
    if mark is not None:
        part.say("code", f"{mark.function}: {mark.fragment}")
    _say_handles(part, experiment, shot)
    for spot in spots:
        _say_spot(part, experiment, shot, spot)
    _say_working(part, experiment, shot)
    _say_tables(part, experiment, shot)
    for name, value in leaves_of(frame).items():
        if name == "status.kind" or not name.startswith(_IN_WORDS):
            part.say(f"frame {name}", digest(value))
    return part


def spelled_changes(experiment: Experiment, changes: Mapping[str, object]) -> str:
    """Parameter changes with the names of the fields and the values as a session holds them."""
    fields = fields_of(experiment.params_type)
    return ", ".join(
        f"{name} = {digest(fields[name].told(value) if name in fields else value)}" for name, value in changes.items()
    )


def spot_key(spot: ProbePoint) -> str:
    """How a spot is named in a key, as in "probe hidden (0.3, 0.4)"."""
    return f"{spot.part or '·'} ({spot.x:.4g}, {spot.y:.4g})"


def _say_status(part: Part, experiment: Experiment, shot: Shot) -> None:
    status = shot.frame.status
    if status is None:
        return
    part.say_each(f"status {status.kind}", status.text)
    if status.remedy is not None:
        changes = spelled_changes(experiment, status.remedy.changes)
        part.say("remedy", f"{part.words(status.remedy.label)} → {changes}")
    if status.lead is not None:
        part.say("lead", f"{part.words(status.lead.label)} → {status.lead.experiment}")


def _say_handles(part: Part, experiment: Experiment, shot: Shot) -> None:
    handles = experiment.handles(shot.params, shot.frame)
    part.say("handles", ", ".join(handle.id for handle in handles) or "none")
    for place, handle in enumerate(handles):
        # Of a board of cells the first and the last ones.
        if len(handles) <= _MOST_HANDLES or place < _MOST_HANDLES // 2 or place >= len(handles) - _MOST_HANDLES // 2:
            _say_handle(part, handle)
            if place < _DRAGGED:
                to = handle.place[0] + _BY[0] * handle.step, handle.place[1] + _BY[1] * handle.step
                changes = experiment.drag(shot.params, shot.frame, handle.id, to)
                part.say(f"drag {handle.id}", f"by {_BY} steps → {spelled_changes(experiment, changes)}")
                clicked = experiment.click(shot.params, shot.frame, handle.id)
                if clicked:
                    part.say(f"press {handle.id}", spelled_changes(experiment, clicked))


def _say_handle(part: Part, handle: Handle) -> None:
    body = f", body {digest(handle.body)}" if handle.body else ""
    foot = f", foot {digest(handle.foot)}" if handle.foot else ""
    kind = ", quiet" * handle.quiet + ", stays" * handle.stays
    invitation = "" if handle.quiet else f", invites {part.words(handle.invitation)} towards {digest(handle.hint)}"
    part.say(f"handle {handle.id} place", f"{digest(handle.place)}, step {number(handle.step)}{kind}{body}{foot}")
    part.say(f"handle {handle.id}", f"{part.words(handle.label)}{invitation if not handle.quiet else ''}")


def _say_spot(part: Part, experiment: Experiment, shot: Shot, spot: ProbePoint) -> None:
    key = spot_key(spot)
    probe = experiment.probe(shot.params, shot.frame, spot)
    if probe is None:
        part.say(f"probe {key}", "–")
    else:
        part.say_each(f"probe {key}", probe.text)
    changes = experiment.click_at(shot.params, shot.frame, spot)
    if changes:
        part.say(f"click {key}", spelled_changes(experiment, changes))


def _say_working(part: Part, experiment: Experiment, shot: Shot) -> None:
    for place, line in enumerate(experiment.working(shot.params, shot.frame), start=1):
        arithmetic = f"{line.left} = {line.formula()} = {line.arithmetic()} = {line.result_text()}"
        part.say(f"working {place}", arithmetic)
        note = part.words(line.note)
        if note:
            part.say(f"working {place} note", note)


def _say_tables(part: Part, experiment: Experiment, shot: Shot) -> None:
    measured = {name for name, value in _measured(shot.frame)}
    for table in experiment.main_tables(shot.params, shot.frame):
        part.say(f"table {table.name}", f"{part.words(table.title)}, {len(table.columns[0].values)} rows")
        for one in table.columns:
            if one.name not in measured:
                part.say(f"table {table.name} {one.heading}", f"{part.words(one.title)}: {column(list(one.values))}")


def _measured(frame: Any) -> Iterable[tuple[str, Any]]:
    timeless = leaves_of(frame)
    return ((name, value) for name, value in flattened(frame) if name not in timeless)


def _say_try(part: Part, experiment: Experiment, shot: Shot, verdict: Verdict) -> None:
    place = int(shot.name.rpartition(" ")[2]) - 1
    for language in part.languages:
        asked = load_guide(experiment.id, language).tries[place].varied(experiment, language)
        part.say(f"try {short(language)}", " ".join(words for words in (asked.words, asked.text) if words))
        for index, answer in enumerate(asked.answers):
            right = " (right)" if verdict.is_right(index) else ""
            part.say(f"try answer {index + 1} {short(language)}", f"{answer.words}{right} {answer.why}".rstrip())
        if asked.number is not None:
            part.say(f"try number {short(language)}", f"{asked.number.label} = {number(verdict.number)}")
        if asked.after:
            part.say(f"try after {short(language)}", asked.after)
        for index, (claim, finding) in enumerate(zip(asked.claims, verdict.findings, strict=True), start=1):
            if claim.label:
                part.say(f"try result {index} {short(language)}", replace(finding, claim=claim).text.render(language))
    asked = load_guide(experiment.id, ENGLISH.id).tries[place]
    part.say("try target", asked.target)
    part.say("try changes", spelled_changes(experiment, _differing(experiment, shot.params)))
    part.say("try claims", "; ".join(_held(finding) for finding in verdict.findings))
    for index, findings in enumerate(verdict.answers, start=1):
        part.say(f"try claims of answer {index}", "; ".join(_held(finding) for finding in findings))
    if shot.before is not None:
        part.say_each("try before", experiment.headline(*shot.before))


def _differing(experiment: Experiment, params: Params) -> dict[str, object]:
    return {name: getattr(params, name) for name in params.differing(experiment.params_type())}


def _held(finding: Finding) -> str:
    before = f", before {digest(finding.before)}" if finding.claim.needs_before else ""
    return f"{finding.claim} {'holds' if finding.holds else 'does not hold'}: {digest(finding.value)}{before}"
