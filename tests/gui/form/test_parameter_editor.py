"""The editor: every change is checked, announced once, and can be undone exactly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from engine.contract.catalogue import load
from engine.contract.experiment import Preset
from engine.contract.params import fields_of
from engine.contract.run import LARGEST_SEED
from engine.contract.text import untranslated
from gui.form.editor import DEFAULT_SEED, ParameterEditor, parse_seed
from gui.style.language import set_language
from tests.gui.form.every_kind import OTHERS, SMOOTH, WIDE, Every, EveryKind
from tests.strategies import params_of, values_of


class _Heard:
    """What an editor said, in order."""

    def __init__(self, editor: ParameterEditor) -> None:
        self.changes: list[tuple] = []
        self.seeds: list[int] = []
        self.refusals: list[tuple] = []
        editor.changed.connect(lambda before, after: self.changes.append((before, after)))
        editor.seed_changed.connect(self.seeds.append)
        editor.refused.connect(lambda name, reason: self.refusals.append((name, reason)))


@pytest.mark.parametrize("name", OTHERS)
def test_a_change_of_any_parameter_is_announced_and_undone(editor: ParameterEditor, name: str) -> None:
    heard = _Heard(editor)
    before = editor.params
    assert editor.change({name: OTHERS[name]})
    after = editor.params
    assert after == before.replaced({name: OTHERS[name]})
    editor.undo_stack.undo()
    assert editor.params == before
    editor.undo_stack.redo()
    assert editor.params == after
    assert heard.changes == [(before, after), (after, before), (before, after)]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"units": 0}, "units"),
        ({"units": 3, "rate": -1}, "rate"),
        ({"rate": "fast"}, "rate"),
        ({"speed": 1}, "speed"),
        ({"points": ()}, "points"),
    ],
)
def test_a_refused_change_changes_nothing(editor: ParameterEditor, changes: dict, name: str) -> None:
    heard = _Heard(editor)
    before = editor.params
    assert not editor.change(changes)
    assert editor.params == before
    assert editor.undo_stack.count() == 0
    assert heard.changes == []
    ((refused, reason),) = heard.refusals
    assert refused == name
    assert reason.render("en") != reason.render("zh_CN")


def test_a_change_to_the_same_value_is_none(editor: ParameterEditor) -> None:
    heard = _Heard(editor)
    assert editor.change({"units": 50, "noise": 12.5})
    assert (heard.changes, editor.undo_stack.count()) == ([], 0)


def test_a_gesture_is_one_step(editor: ParameterEditor) -> None:
    before = editor.params
    for units in (51, 55, 60):
        editor.change({"units": units}, "slide units")
    assert editor.undo_stack.count() == 1
    editor.undo_stack.undo()
    assert editor.params == before
    editor.undo_stack.redo()
    assert editor.params.units == 60


def test_gestures_are_parted_by_their_ends_and_names(editor: ParameterEditor) -> None:
    editor.change({"units": 51}, "slide units")
    editor.end_gesture()
    editor.change({"units": 52}, "slide units")
    editor.change({"units": 53}, "other")
    editor.change({"units": 54})
    editor.change({"units": 55})
    assert editor.undo_stack.count() == 5


def test_a_gesture_does_not_go_on_after_undo(editor: ParameterEditor) -> None:
    editor.change({"units": 51}, "slide units")
    editor.change({"rate": 1.0})
    editor.undo_stack.undo()
    editor.change({"units": 52}, "slide units")
    assert editor.undo_stack.count() == 2


def test_a_gesture_that_comes_back_leaves_no_step(editor: ParameterEditor) -> None:
    heard = _Heard(editor)
    before = editor.params
    for units in (60, 70, 50):
        editor.change({"units": units}, "slide units")
    assert editor.params == before
    assert len(heard.changes) == 3
    assert not editor.undo_stack.canUndo()
    editor.change({"units": 61}, "slide units")
    editor.undo_stack.undo()
    assert editor.params == before


def test_looking_at_one_thing_after_another_is_one_step(editor: ParameterEditor) -> None:
    for marked in (1, 2, 3):
        editor.change({"marked": marked})
        editor.end_gesture()
    assert editor.undo_stack.count() == 1
    editor.change({"shown": "b"})
    assert editor.undo_stack.count() == 2
    editor.undo_stack.undo()
    editor.undo_stack.undo()
    assert editor.params == EveryKind()


def test_restoring_defaults_loses_nothing(editor: ParameterEditor) -> None:
    editor.change(OTHERS)
    editor.set_seed(7)
    changed = editor.params
    heard = _Heard(editor)
    editor.restore_defaults()
    assert (editor.params, editor.seed) == (EveryKind(), DEFAULT_SEED)
    assert editor.is_default()
    assert heard.seeds == [DEFAULT_SEED]
    editor.undo_stack.undo()
    assert (editor.params, editor.seed) == (changed, 7)
    assert not editor.is_default()


def test_a_preset_is_the_defaults_with_its_changes(editor: ParameterEditor) -> None:
    editor.change({"rate": 1.0, "marked": 4, "shown": "b"})
    editor.apply_preset(WIDE)
    assert editor.params == EveryKind(units=100, marked=4, shown="b")
    assert editor.equal_preset([SMOOTH, WIDE]) is WIDE
    assert editor.equal_preset([SMOOTH]) is None
    editor.undo_stack.undo()
    assert editor.params == EveryKind(rate=1.0, marked=4, shown="b")


def test_a_preset_sets_the_moment_of_another_run_back() -> None:
    descent = load("descent")
    editor = ParameterEditor(descent)
    editor.change({"selected": 2, "turn": 15})
    preset = next(one for one in descent.presets if one.id == "crawl")
    editor.apply_preset(preset)
    assert (editor.params.selected, editor.params.turn) == (-1, 15)
    assert editor.equal_preset([preset]) is preset


def test_the_preset_of_four_minima_shows_the_map_on_which_all_are_seen() -> None:
    field = load("gradient_field")
    editor = ParameterEditor(field)
    for name, view in (("relief", "relief"), ("hollows", "map")):
        editor.apply_preset(next(one for one in field.presets if one.id == name))
        assert editor.params.view == view


def test_a_preset_that_is_not_allowed_is_refused(editor: ParameterEditor) -> None:
    heard = _Heard(editor)
    broken = Preset("broken", untranslated("broken"), {"units": 1000})
    assert not editor.apply_preset(broken)
    assert editor.equal_preset([broken]) is None
    assert len(heard.refusals) == 1


def test_a_session_is_one_step(editor: ParameterEditor) -> None:
    heard = _Heard(editor)
    editor.set_run(EveryKind(units=3), 99, untranslated("Open session"))
    assert (editor.params.units, editor.seed) == (3, 99)
    assert (len(heard.changes), heard.seeds) == (1, [99])
    assert editor.undo_stack.count() == 1
    editor.undo_stack.undo()
    assert (editor.params, editor.seed) == (EveryKind(), DEFAULT_SEED)


def test_seeds_are_checked_and_undone(editor: ParameterEditor) -> None:
    heard = _Heard(editor)
    assert editor.set_seed(LARGEST_SEED)
    assert heard.seeds == [LARGEST_SEED]
    for seed in (-1, LARGEST_SEED + 1, 1.5, True, "3"):
        assert not editor.set_seed(seed)
    assert [name for name, _ in heard.refusals] == ["seed"] * 5
    assert str(LARGEST_SEED) in heard.refusals[0][1].render("zh_CN")
    editor.undo_stack.undo()
    assert editor.seed == DEFAULT_SEED
    assert parse_seed("０42") == 42


class _Part:
    """Something that a step of undo brings back beside the parameters."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def undo(self) -> None:
        self.done.append("back")

    def redo(self) -> None:
        self.done.append("again")


def test_steps_are_joined_into_one_that_brings_back_what_came_of_them(editor: ParameterEditor) -> None:
    editor.change({"units": 51}, "slide units")
    editor.end_gesture()
    index, before, part, heard = editor.undo_stack.index(), editor.params, _Part(), _Heard(editor)
    editor.change({"units": 52})
    editor.change({"rate": 1.0})
    after = editor.params
    heard.changes.clear()
    editor.join_since(index, part)
    assert (editor.params, editor.undo_stack.count(), heard.changes, part.done) == (after, 2, [], [])
    editor.change({"units": 60}, "slide units")
    editor.undo_stack.undo()
    editor.undo_stack.undo()
    assert (editor.params, part.done) == (before, ["back"])
    editor.undo_stack.redo()
    assert (editor.params, part.done) == (after, ["back", "again"])


def test_listeners_find_the_stack_at_rest(editor: ParameterEditor) -> None:
    def limit(before: EveryKind, after: EveryKind) -> None:
        if after.units > 60:
            editor.change({"units": 60})

    editor.changed.connect(limit)
    editor.change({"units": 80})
    assert editor.params.units == 60
    assert editor.undo_stack.count() == 2
    editor.undo_stack.undo()
    assert editor.params.units == 60


def test_steps_are_named_in_the_language_in_use(editor: ParameterEditor, qtbot: QtBot) -> None:
    stack = editor.undo_stack
    editor.change({"units": 7})
    assert stack.undoText() == "Units 50 → 7"
    editor.change({"rate": 1.0, "noise": 0.0})
    assert stack.undoText() == "Rate, Noise"
    editor.change(OTHERS)
    assert stack.undoText() == "10 settings"
    editor.set_seed(3)
    assert stack.undoText() == "Random seed 0 → 3"
    editor.restore_defaults()
    with qtbot.waitSignal(stack.undoTextChanged):
        set_language("zh_CN")
    texts = []
    while stack.canUndo():
        texts.append(stack.undoText())
        stack.undo()
    assert texts == ["恢复默认值", "随机种子 0 → 3", "10 项设置", "学习率、噪声", "单元数：50 → 7"]


_CHANGES = st.sampled_from(sorted(fields_of(EveryKind))).flatmap(
    lambda name: st.tuples(st.just(name), values_of(fields_of(EveryKind)[name]), st.sampled_from(["", "one", "two"]))
)


@settings(max_examples=60, deadline=None)
@given(start=params_of(EveryKind), changes=st.lists(_CHANGES, max_size=12), data=st.data())
def test_undo_and_redo_restore_exactly(start: EveryKind, changes: list, data: st.DataObject) -> None:
    editor = ParameterEditor(Every(), start)
    told = [start]
    editor.changed.connect(lambda before, after: told.append(after) if before == told[-1] else told.append(None))
    for name, value, gesture in changes:
        editor.change({name: value}, gesture)
        if data.draw(st.booleans()):
            editor.end_gesture()
    end = editor.params
    assert editor.undo_stack.count() <= len(changes)
    while editor.undo_stack.canUndo():
        editor.undo_stack.undo()
    assert editor.params == start
    while editor.undo_stack.canRedo():
        editor.undo_stack.redo()
    assert editor.params == end
    assert None not in told
    assert told[-1] == end


def test_what_a_hand_changes_takes_along_what_gives_way(editor: ParameterEditor, monkeypatch) -> None:
    monkeypatch.setattr(
        type(editor.experiment),
        "settle",
        lambda self, params, changes: {**changes, "rate": params.rate / 2} if "units" in changes else changes,
    )
    before = editor.params
    assert editor.change({"units": 3})
    assert (editor.params.units, editor.params.rate) == (3, before.rate / 2)
    editor.undo_stack.undo()
    assert editor.params == before
