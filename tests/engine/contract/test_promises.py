"""Every experiment of the catalogue against every promise of the contract."""

from __future__ import annotations

import dataclasses
import math
import re
import time
from functools import lru_cache

import numpy as np
import pytest

from engine.contract.catalogue import RESOURCES, entries, load
from engine.contract.experiment import Amount
from engine.contract.frame import arrays_of, frame_fields
from engine.contract.params import fields_of
from engine.contract.protocol import Request
from engine.contract.run import Run
from engine.contract.text import LANGUAGES
from engine.experiments.shared.surfaces.surface_relief import MAP, RELIEF
from engine.export import csv_format
from engine.export.record import Export
from engine.nn.optimizer_registry import OPTIMIZERS
from engine.playing import Player, opened
from tests.arithmetic import evaluate
from tests.frames import frames_equal
from tests.other_values import other_values
from tests.pace import within
from tests.shots import openings
from tests.walk import EXPERIMENT_IDS, some_frames, some_spots

SMALL_FRAME = max(256, 32 * len(OPTIMIZERS)) * 1024
"""Bytes; a frame of all optimizers has the way of each."""
DIVIDED = ("perceptron_rule", "descent", "playground")
"""Of each kind one in which a request could be divided wrongly: a walk by units, one by updates, a run by epochs."""


@pytest.fixture(params=EXPERIMENT_IDS)
def experiment(request):
    return load(request.param)


def test_the_catalogue_is_in_order_and_knows_every_module():
    assert EXPERIMENT_IDS[:3] == ["gates", "xor", "perceptron_rule"]
    assert [entry.number for entry in entries()] == sorted(entry.number for entry in entries())
    for entry in entries():
        experiment = load(entry.id)
        assert (experiment.id, experiment.chapter, experiment.order) == (entry.id, entry.chapter, entry.order)
        assert experiment.title == entry.title


def test_every_experiment_has_its_view_and_guides(experiment):
    views = list((RESOURCES.parent / "gui" / "views").glob(f"ch{experiment.chapter}_*/{experiment.id}.py"))
    assert len(views) == 1, f"write gui/views/<chapter>/{experiment.id}.py, in the chapter's folder"
    for language in LANGUAGES:
        path = f"guide/{language}/{experiment.id}.md"
        assert (RESOURCES / path).is_file(), f"write resources/{path}"


def test_declarations_are_complete(experiment):
    assert experiment.shape in ("picture", "walk", "run")
    assert experiment.units and experiment.code
    assert experiment.shape == "picture" or experiment.pace is not None, f"{_module(experiment)}: give it a pace"
    for amount in (experiment.opening, experiment.default_steps):
        assert amount is None or amount.unit in experiment.unit_ids
    for preset in experiment.presets:
        experiment.params_type().replaced(preset.changes)
    for language in LANGUAGES:
        for field in fields_of(experiment.params_type).values():
            assert field.label.render(language)


def test_frames_are_the_same_whenever_they_are_made(experiment):
    first, second = some_frames(experiment), some_frames(experiment)
    assert len(first) == len(second)
    assert all(frames_equal(one, other) for one, other in zip(first, second, strict=True))


def test_what_was_measured_stands_in_no_exported_table(experiment):
    player, frame = opened(experiment)
    measured = {name for name, data in frame_fields(type(frame)).items() if data["measured"]}
    otherwise = dataclasses.replace(frame, **{name: getattr(frame, name) * 2 + 1 for name in measured})
    one, other = (
        Export(experiment, player.run, player.params, player.update, measurement, "en")
        for measurement in (frame, otherwise)
    )
    assert csv_format.write(one, "a.csv") == csv_format.write(other, "a.csv")


def test_a_frame_does_not_change_while_the_run_goes_on(experiment):
    player, frame = opened(experiment)
    before = [array.tobytes() for array in arrays_of(frame)]
    player.go(100)
    assert [array.tobytes() for array in arrays_of(frame)] == before
    assert all(not array.flags.writeable and array.base is None for array in arrays_of(frame))


@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_the_frame_at_an_update_does_not_depend_on_the_requests(experiment_id):
    experiment = load(experiment_id)
    whole = Player(experiment, Run(experiment_id, experiment.params_type())).go(7)
    for sizes in ((1, 6), (3, 4), (2, 2, 3), (6, 1)) if experiment_id in DIVIDED else ((3, 4),):
        player = Player(experiment, Run(experiment_id, experiment.params_type()))
        for size in sizes:
            frame = player.go(size)
        differ = [name for name in frame_fields(type(frame)) if not _alike(getattr(whole, name), getattr(frame, name))]
        assert frames_equal(whole, frame), f"{experiment_id} by {sizes} updates differs from 7 at once in {differ}"


def test_frames_are_numbered_by_their_updates_and_counts(experiment):
    for number, frame in enumerate(some_frames(experiment)):
        assert frame.update == number
        assert frame.counts in ((), (number,)) or (
            len(frame.counts) == len(experiment.units) and frame.counts[0] == number
        )


def test_ordinary_frames_are_small(experiment):
    _, frame = opened(experiment)
    heavy = {name for name, data in frame_fields(experiment.frame_type).items() if data["heavy"]}
    for name in heavy:
        assert getattr(frame, name) is None
    assert sum(array.nbytes for array in arrays_of(frame)) <= SMALL_FRAME


def test_an_answer_takes_at_most_50_ms(experiment):
    player = Player(experiment, Run(experiment.id, experiment.params_type()))
    longest = 0.0
    for _ in range(20):
        answers = player.answers(Request(1))
        while True:
            start = time.thread_time()
            answer = next(answers, None)
            longest = max(longest, time.thread_time() - start)
            if answer is None:
                break
    assert within(longest, 0.05)


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_what_holds_of_the_defaults_holds_of_every_preset(experiment_id):
    """The same frame twice, small enough; a working that adds up; and a remedy that is allowed."""
    experiment = load(experiment_id)
    for shot in openings(experiment_id):
        said = f"{experiment_id}, {shot.name}"
        params, frame = shot.params, shot.frame
        again = opened(experiment, params)[1]
        differ = [name for name in frame_fields(type(frame)) if not _alike(getattr(again, name), getattr(frame, name))]
        assert frames_equal(frame, again), f"{said}: played twice, {differ} differ"
        assert sum(array.nbytes for array in arrays_of(frame)) <= SMALL_FRAME, said
        _working_adds_up(experiment, params, frame)
        if frame.status is not None and frame.status.remedy is not None:
            assert params.replaced(frame.status.remedy.changes) != params, said


def test_reading_and_status_speak_both_languages(experiment):
    for frame in some_frames(experiment):
        reading = experiment.headline(experiment.params_type(), frame)
        for language in LANGUAGES:
            sentence = reading.render(language)
            assert sentence and "{" not in sentence and not re.search(r"\bnan\b", sentence.lower())
            if frame.status is not None:
                assert frame.status.text.render(language)
        assert reading.render("en") != reading.render("zh_CN")


def test_a_remedy_can_be_taken(experiment):
    for frame in some_frames(experiment):
        if frame.status is not None and frame.status.remedy is not None:
            params = experiment.params_type().replaced(frame.status.remedy.changes)
            _, mended = opened(experiment, params)
            assert mended.status is None or mended.status.kind != frame.status.kind


def test_the_working_adds_up(experiment):
    for frame in some_frames(experiment):
        _working_adds_up(experiment, experiment.params_type(), frame)


def test_what_a_working_finds_has_a_symbol_for_a_name(experiment):
    """Words would stand in English in the Chinese panel; they belong into the note."""
    for frame in some_frames(experiment):
        for line in experiment.working(experiment.params_type(), frame):
            assert not set(re.findall("[A-Za-z]{3,}", line.left)) - {"cos", "log"}, line


def test_tables_are_named_rectangular_and_made_of_plain_values(experiment):
    _, frame = opened(experiment)
    tables = experiment.tables(experiment.params_type(), frame)
    assert tables and len({table.name for table in tables}) == len(tables)
    for table in tables:
        assert len({column.name for column in table.columns}) == len(table.columns)
        for column in table.columns:
            assert all(isinstance(value, (bool, int, float, str)) for value in column.values), column.name
            assert not any(isinstance(value, np.generic) for value in column.values), column.name


def test_a_probe_is_quick_and_changes_nothing(experiment):
    _, frame = opened(experiment)
    params = experiment.params_type()
    before = [array.tobytes() for array in arrays_of(frame)]
    spots = some_spots(experiment.id)
    start = time.thread_time()
    probes = [experiment.probe(params, frame, spot) for spot in spots]
    assert within(time.thread_time() - start, 0.005 * len(spots))
    for probe in filter(None, probes):
        assert all(probe.text.render(language) for language in LANGUAGES)
    assert [array.tobytes() for array in arrays_of(frame)] == before


def test_dragging_a_handle_brings_it_there_or_changes_what_is_allowed(experiment):
    for params, frame, handle in _handles(experiment):
        way = max(0.1, handle.step)
        changes = [
            experiment.drag(params, frame, handle.id, (handle.place[0] + part * way, handle.place[1] + part * way))
            for part in (1, -1)
        ]
        assert any(params.replaced(one) != params for one in changes), (
            f"{experiment.id}: dragging {handle.id!r} by {way} changes nothing. Its Slide, or drag() in "
            f"{_module(experiment)}, must give the parameter that it moves."
        )


def test_every_arrow_key_moves_every_handle(experiment):
    """One step along at least one axis must change something; otherwise keys cannot drive it."""
    for params, frame, handle in _handles(experiment):
        steps = [(handle.step, 0), (0, handle.step), (-handle.step, 0), (0, -handle.step)]
        moved = [
            params.replaced(experiment.drag(params, frame, handle.id, (handle.place[0] + dx, handle.place[1] + dy)))
            for dx, dy in steps
        ]
        assert any(one != params for one in moved), (
            f"{experiment.id}: an arrow key moves {handle.id!r} by {handle.step}, and nothing changes. Give the handle "
            f"in {_module(experiment)} a step as large as what its drag() rounds to."
        )


_SEEN_ONLY = {"shades", "turn", "tilt"}
"""What changes how a number is painted, and no number: tests/truth/test_shades.py and tests/gui/views/test_relief.py
look at that, and at the choice between a map and a relief.
"""


@pytest.mark.long
@pytest.mark.parametrize("experiment_id", EXPERIMENT_IDS)
def test_every_field_does_something(subtests, experiment_id):
    experiment = load(experiment_id)
    for name, field in fields_of(experiment.params_type).items():
        if name in _SEEN_ONLY or _is_map_or_relief(field):
            continue
        with subtests.test(field=name):
            _does_something(experiment, name, field)


def _is_map_or_relief(field):
    return {option.value for option in getattr(field, "options", ())} == {MAP, RELIEF}


def _does_something(experiment, name, field):
    # Openings first, and no further one once it has been seen: a whole run takes seconds.
    found = any(
        _tables(experiment, base, whole) != _tables(experiment, base.replaced({name: value}), whole)
        for whole in (False, True)
        for base in _bases(experiment, field)
        for value in other_values(field, getattr(base, name))
    )
    assert found, (
        f"{experiment.id}: no two values of {name!r} give different tables. main_tables() or working() in "
        f"{_module(experiment)} must hold what it changes; or show the field only where it matters, by visible=."
    )


@pytest.mark.long
def test_journals_replay(experiment):
    """Live changes recorded while playing give the same frame when the run is played anew."""
    live = [name for name, field in fields_of(experiment.params_type).items() if field.effect == "live"]
    for name in live:
        player, _ = opened(experiment)
        field = fields_of(experiment.params_type)[name]
        value = next(iter(other_values(field, getattr(player.params, name))))
        player.go(3)
        player.change(name, field.to_json(value))
        frame = player.go(8)
        again = Player(experiment, player.run).go(frame.update)
        assert frames_equal(frame, again), f"{experiment.id}: {name} changed to {value} at {frame.update - 8}"


def _working_adds_up(experiment, params, frame):
    for line in experiment.working(params, frame):
        found = evaluate(line)
        assert math.isclose(found, line.result, rel_tol=1e-9, abs_tol=1e-12), (
            f"{experiment.id}: {line.left} = {line.arithmetic()} is {found!r}, but the line says {line.result!r}. Mend "
            f"the expression or its values in working() of {_module(experiment)}."
        )


def _handles(experiment):
    """Every handle of every preset as it opens, each once, with the parameters and the frame that it belongs to."""
    seen = set()
    for shot in openings(experiment.id):
        for handle in experiment.handles(shot.params, shot.frame):
            if handle.id not in seen:
                seen.add(handle.id)
                yield shot.params, shot.frame, handle


def _alike(one, other):
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return repr(one) == repr(other)


def _module(experiment):
    return type(experiment).__module__.replace(".", "/") + ".py"


def _bases(experiment, field):
    """Parameter sets in which a field may matter: the defaults, the presets, and those in which it is visible."""
    defaults = experiment.params_type()
    found = [defaults] + [defaults.replaced(preset.changes) for preset in experiment.presets]
    if field.visible is not None:
        found = [base.replaced({field.visible.field: value}) for base in found for value in field.visible.values]
    return found


@lru_cache(maxsize=64)
def _tables(experiment, params, whole):
    """What the tables hold at the opening or at the end of a whole run, kept for the next comparison."""
    player, frame = opened(experiment, params)
    if whole:
        frame = player.go_by(experiment.default_steps_for(params) or Amount(60, experiment.units[0].id))
    return [(table.name, repr(table.rows)) for table in experiment.tables(params, frame)]
