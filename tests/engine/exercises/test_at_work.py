"""The learner's code at work: right code gives the frames of ours, wrong code ends the run with a sentence."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import fields, replace
from types import SimpleNamespace

import numpy as np
import pytest

from engine.companion.messages import Reply
from engine.contract.catalogue import entries, load
from engine.contract.fields import Choice
from engine.contract.frame import frame_fields
from engine.contract.params import fields_of
from engine.contract.protocol import Answer
from engine.contract.run import Change, LearnerCode, Run
from engine.contract.text import Refused
from engine.exercises import all_exercises, at_work_in, load_exercise
from engine.exercises.at_work import CallWatch, OwnReply
from engine.exercises.own_companion import OwnCompanion, OwnPlayer
from engine.exercises.returned import Unfit, look_at
from engine.playing import Player, RunPlayer
from engine.sandbox.learner_code import compiled, exercise_of, made_by

pytestmark = pytest.mark.long

PAIRS = [
    pytest.param(one.id, experiment, marks=[pytest.mark.whole] * (experiment not in one.works_in[:1]))
    for one in all_exercises()
    for experiment in one.works_in
]
SEVERAL = [entry.id for entry in entries() if len(at_work_in(entry.id)) > 1]
"""Experiments in which several things that were written can be at work at once."""
ABLE = [entry.id for entry in entries() if at_work_in(entry.id)]
"""Experiments in which something that was written can be at work."""
_UPDATES = 3


@pytest.fixture
def played():
    """Plays an experiment with a source for an exercise, as far as asked, and ends the process."""
    companions: list[OwnCompanion] = []

    def play(exercise: str, source: str, experiment_id: str, updates: int = _UPDATES, patience: float = 60.0):
        return play_with(
            (LearnerCode(exercise, source),), experiment_id, _params_for(exercise, experiment_id), updates, patience
        )

    def play_with(written, experiment_id, changes, updates=_UPDATES, patience=60.0):
        companions.append(OwnCompanion(threading.Condition(), written))
        dead = time.monotonic() + patience
        assert companions[-1].wait_until_ready(lambda: True)
        experiment = load(experiment_id)
        params = experiment.params_type().replaced(changes)
        player = OwnPlayer(
            companions[-1], experiment, Run(experiment_id, params, written=written), lambda: time.monotonic() < dead
        )
        return player.go(updates)

    play.with_all = play_with
    yield play
    for companion in companions:
        companion.close()


def _params_for(exercise: str, experiment_id: str) -> dict[str, object]:
    """What an experiment has to be set to for the exercise's code to be used in it: its stage, where it has that."""
    if experiment_id in load_exercise(exercise).works_with:
        return dict(load_exercise(exercise).works_with[experiment_id])
    known = {field.name for field in fields(load(experiment_id).params_type)}
    stage = load_exercise(exercise).stage
    return dict(stage) if set(stage) <= known else {}


def _broken(exercise: str) -> str:
    """The right answer, but for raising when it is called."""
    name = load_exercise(exercise).name
    return f"def {name}(*all_of_it, **named):\n    raise ValueError('at work')\n"


@pytest.mark.parametrize(("exercise", "experiment_id"), PAIRS)
def test_right_code_gives_the_frames_that_ours_gives(played, exercise, experiment_id):
    frame = played(exercise, _answer(exercise), experiment_id)
    _same_as_ours(frame, load(experiment_id).params_type().replaced(_params_for(exercise, experiment_id)))


def test_runs_one_after_the_other_in_one_process_all_call_what_was_written():
    """The same experiment again, and another one, whose modules come later; each run says so for itself."""
    source = "def relu(x):\n    return 3 * np.maximum(x, 0)\n"
    companion = OwnCompanion(threading.Condition(), (LearnerCode("relu_function", source),))
    try:
        assert companion.wait_until_ready(lambda: True)
        for experiment_id, changes in (
            ("activations", {"functions": ("relu",)}), ("activations", {"functions": ("relu",)}),
            ("forward", {"hidden": "relu"}),
        ):  # fmt: skip
            experiment = load(experiment_id)
            params = experiment.params_type().replaced(changes)
            player = OwnPlayer(
                companion, experiment, Run(experiment_id, params, written=companion.written), lambda: True
            )
            mine, ours = player.go(0), Player(experiment, Run(experiment_id, params)).go(0)
            assert [one.called for one in player.run.written] == [True], experiment_id
            tables = zip(experiment.main_tables(params, mine), experiment.main_tables(params, ours), strict=True)
            assert any(one.rows != other.rows for one, other in tables), experiment_id
    finally:
        companion.close()


def test_the_ways_there_and_back_of_one_layer_are_both_at_work_though_written_apart():
    written = tuple(LearnerCode(one, _answer(one)) for one in ("convolution", "convolution_backward"))
    companion = OwnCompanion(threading.Condition(), written)
    try:
        assert companion.wait_until_ready(lambda: True)
        experiment = load("convolution")
        params = experiment.params_type().replaced({"view": "backward"})
        player = OwnPlayer(companion, experiment, Run("convolution", params, written=written), lambda: True)
        player.go(1)
        assert [one.called for one in player.run.written] == [True, True]
    finally:
        companion.close()


@pytest.mark.parametrize("experiment_id", SEVERAL)
def test_all_that_is_written_for_an_experiment_works_together(played, experiment_id):
    written = tuple(LearnerCode(one.id, _answer(one.id)) for one in at_work_in(experiment_id))
    _same_as_ours(played.with_all(written, experiment_id, {}), load(experiment_id).params_type())


@pytest.mark.parametrize(
    "experiment_id",
    # Of the gradient check what is drawn are rounding errors, which no two ways of computing share.
    [pytest.param(one, marks=[pytest.mark.whole] * (one != "graph")) for one in ABLE if one != "gradient_check"],
)
def test_right_code_does_whatever_is_chosen_as_ours_does(experiment_id):
    """Every option of every choice: what was written is used in ways that are not the experiment's first."""
    written = tuple(LearnerCode(one.id, _answer(one.id)) for one in at_work_in(experiment_id))
    experiment, companion = load(experiment_id), OwnCompanion(threading.Condition(), written)
    try:
        assert companion.wait_until_ready(lambda: True)
        for name, field in fields_of(experiment.params_type).items():
            for option in getattr(field, "options", ()) if isinstance(field, Choice) else ():
                try:
                    params = experiment.params_type().replaced({name: option.value})
                except Refused:
                    continue
                run = Run(experiment_id, params, written=written)
                _same_as_ours(OwnPlayer(companion, experiment, run, lambda: True).go(1), params, 1)
    finally:
        companion.close()


def _answer(exercise: str) -> str:
    return load_exercise(exercise).plain_source


def _same_as_ours(frame, params, updates=_UPDATES):
    experiment = next(one for one in map(load, ABLE) if isinstance(params, one.params_type))
    ours = Player(experiment, Run(experiment.id, params)).go(updates)
    assert experiment.owns(params, frame)
    # Times are measured: no two runs have the same.
    measured = {name for name, data in frame_fields(experiment.frame_type).items() if data.get("measured")}
    for table, other in zip(experiment.main_tables(params, frame), experiment.main_tables(params, ours), strict=True):
        for column, wanted in zip(table.columns, other.columns, strict=True):
            if np.asarray(wanted.values).dtype.kind == "f" and column.name not in measured:
                assert column.values == pytest.approx(wanted.values, rel=1e-3, abs=1e-4, nan_ok=True), column.name


@pytest.mark.parametrize(("exercise", "experiment_id"), PAIRS)
def test_it_is_the_learner_s_code_that_runs_and_its_fault_is_told_with_its_line(played, exercise, experiment_id):
    with pytest.raises(Refused) as refusal:
        played(exercise, _broken(exercise), experiment_id)
    said = refusal.value.text.render("en")
    assert "Line 2" in said and "at work" in said and load_exercise(exercise).name in said


@pytest.mark.parametrize(
    ("inside", "told"),
    [("while True: pass", "did not come to an end in time"), ("10 ** 10 ** 9", "has ended"), ("[0] * 10**11", "memory"),
     ("exit()", "exit()"), ("open('a', 'w')", "not available")],
)  # fmt: skip
def test_what_does_not_end_or_is_greedy_ends_the_run_and_not_the_window(played, inside, told):
    first = "        self.original_x_shape = x.shape\n"
    source = load_exercise("affine").plain_source.replace(first, f"        {inside}\n{first}")
    with pytest.raises(Refused) as refusal:
        played("affine", source, "layers", patience=8.0)
    assert told in refusal.value.text.render("en")


_IN_PLACE = ("mini_batch_update", "weight_decay", "momentum", "adagrad", "rmsprop", "adam")
"""Of these nothing comes back: arrays are changed where they are."""
_ODD = {
    "no number": ("return 'x'", "return is of the type str"),
    "None": ("return None", "return is not there"),
    "another shape": ("return np.zeros(7)", "return has the shape (7,)"),
    "complex": ("return x + 1j", "complex"),
    "objects": ("return np.array([object()] * x.size)", "object"),
    "nan": ("return x * np.nan", "into nan"),
    "inf": ("return x + np.inf", "into inf"),
    "numbers beyond all bounds": ("return x * 0 + 1e308", "into 1e+308"),
}


@pytest.mark.parametrize("name", _ODD)
def test_odd_numbers_at_work_are_told_of_the_learner_s_function_where_they_come_back(played, name):
    line, said = _ODD[name]
    with pytest.raises(Refused) as refusal:
        played("relu_function", f"def relu(x):\n    {line}\n", "activations")
    words = refusal.value.text.render("en")
    assert words.startswith("Your relu stopped the run.") and said in words


@pytest.mark.parametrize("exercise", [one.id for one in all_exercises() if one.works_in and one.id not in _IN_PLACE])
@pytest.mark.parametrize(
    "value",
    [pytest.param(value, marks=[pytest.mark.whole] * (value != "np.zeros((2, 1, 3))"))
     for value in ("None", "'x'", "np.zeros((2, 1, 3))", "1j", "(1, 2, 3)")],
)  # fmt: skip
def test_whatever_comes_back_at_work_ends_the_run_with_a_sentence_of_what_was_written(played, exercise, value):
    source = (
        f"def {load_exercise(exercise).name}(*given, **named):\n    return {value}\n"
        if "class " not in _answer(exercise)
        else f"class {load_exercise(exercise).name}:\n"
        "    lr = 0.1\n"
        "    dW = db = dgamma = dbeta = y = mask = running_mean = running_var = None\n"
        "    def __init__(self, *given, **named): pass\n"
        f"    def forward(self, *given, **named): return {value}\n"
        "    backward = forward\n"
    )
    with pytest.raises(Refused) as refusal:
        played(exercise, source, load_exercise(exercise).works_in[0])
    assert load_exercise(exercise).name in refusal.value.text.render("en")


@pytest.mark.parametrize("exercise", ["mini_batch_update", "adam"])
@pytest.mark.parametrize("value", ["None", "'x'", "np.zeros((2, 1, 3))", "values * 1j"])
def test_whatever_takes_the_place_of_an_array_at_work_ends_the_run_with_a_sentence(played, exercise, value):
    body = f"for name, values in list(params.items()): params[name] = {value}\n"
    source = (
        f"def update(params, grads, lr):\n    {body}"
        if exercise == "mini_batch_update"
        else "class Adam:\n    lr = 0.1\n    def __init__(self, **named): pass\n"
        f"    def update(self, params, grads):\n        {body}"
    )
    with pytest.raises(Refused) as refusal:
        played(exercise, source, "training" if exercise == "mini_batch_update" else "optimizer_race")
    assert load_exercise(exercise).name in refusal.value.text.render("en")


def test_where_a_run_goes_out_of_all_bounds_by_itself_nobody_is_blamed():
    calm, wild = np.ones(3), np.array([1.0, np.inf])
    look_at(wild, [wild])
    look_at(wild, [calm, {"W": np.full(2, np.nan)}])
    look_at(np.full(3, 1e30, np.float32), [calm])
    for made in (wild, np.nan, np.full(2, 1e200), (calm, wild)):
        with pytest.raises(Unfit):
            look_at(made, [calm])


def test_code_at_work_reads_no_file_but_the_learner_s_own_and_writes_none(tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    own = tmp_path / "own.txt"
    own.write_text("mine", encoding="utf-8")
    reading = (
        "get = np.linalg.__builtins__['__import__']\n"
        "def relu(x):\n"
        "    said = []\n"
        f"    for path, mode in (({str(own)!r}, 'r'), ({str(tmp_path / 'secret')!r}, 'r'), ({str(own)!r}, 'a'), "
        f"({str(tmp_path / 'new')!r}, 'w')):\n"
        "        try: said.append(get('io').open(path, mode).read())\n"
        "        except Exception as error: said.append('no')\n"
        "    raise ValueError(said)\n"
    )
    companion = OwnCompanion(threading.Condition(), (LearnerCode("relu_function", reading),), (str(own),))
    try:
        assert companion.wait_until_ready(lambda: True)
        experiment = load("activations")
        run = Run("activations", experiment.params_type(), written=companion.written)
        with pytest.raises(Refused) as refusal:
            OwnPlayer(companion, experiment, run, lambda: True).go(1)
        assert "['mine', 'no', 'no', 'no']" in refusal.value.text.render("en")
        assert companion.lacks == frozenset() or sys.platform != "linux"
    finally:
        companion.close()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["own.txt", "secret"]


@pytest.mark.parametrize(
    "inside",
    ["if x.size > 100: 10 ** 10 ** 9", "get('signal').raise_signal(19)",
     "os = get('os')\n    for pipe in range(3, 30):\n        try: os.write(pipe, bytes([255] * 3 + [0]))\n"
     "        except OSError: pass\n    get('time').sleep(60)",
     pytest.param(
         "os = get('os')\n    for pipe in range(3, 30):\n"
         "        try: os.write(pipe, bytes([0, 0, 0, 9]) + bytes(8) + b'x')\n        except OSError: pass",
         marks=pytest.mark.skipif(sys.platform == "win32", reason="pipes have no numbers there to write to"),
     )],
    ids=["a call that holds the interpreter", "stopped", "half a message", "no message"],
)  # fmt: skip
@pytest.mark.logs
def test_what_does_not_answer_is_ended_from_outside_within_its_time(inside):
    source = f"get = np.linalg.__builtins__['__import__']\ndef relu(x):\n    {inside}\n    return np.maximum(x, 0)\n"
    companion = OwnCompanion(threading.Condition(), (LearnerCode("relu_function", source),))
    try:
        assert companion.wait_until_ready(lambda: True)
        experiment = load("activations")
        run = Run("activations", experiment.params_type(), written=companion.written)
        began = time.monotonic()
        with pytest.raises(Refused) as refusal:
            OwnPlayer(companion, experiment, run, lambda: True).go(1)
        assert time.monotonic() - began < 12  # seven on a quiet machine
        assert len(refusal.value.text.render("zh_CN")) > 10
    finally:
        companion.close()
    assert companion.process.exitcode is not None


@pytest.mark.parametrize("wrong", ["frame", "update", "counts", "journal", "another run"])
def test_what_a_foreign_process_says_of_a_run_is_believed_only_where_it_can_be(wrong):
    experiment = load("gates")
    params = experiment.params_type()
    frame = Player(experiment, Run("gates", params)).go(0)
    reply = OwnReply(1, Answer(0, (0,), True, frame), None, None, True, None, ())
    xor = load("xor")
    others = Player(xor, Run("xor", xor.params_type())).go(0)
    made = {
        "frame": replace(reply, answer=replace(reply.answer, frame=others)),
        "update": replace(reply, answer=replace(reply.answer, update=-1)),
        "counts": replace(reply, answer=replace(reply.answer, counts=(0, 0, 0))),
        "journal": replace(reply, journal=(Change(0, "no such", 1),)),
        "another run": Reply(1, reply.answer, Run("gates", params), params, True),
    }[wrong]
    player = object.__new__(OwnPlayer)
    RunPlayer.__init__(player, experiment, Run("gates", params))
    player._own = SimpleNamespace(end=lambda: None)
    with pytest.raises(Refused):
        player._stand(made)
    player._under_way = True
    player._stand(reply)
    assert not player._under_way


def test_many_short_calls_are_not_one_long_one_and_a_long_one_is_found_at_its_innermost_line():
    looks: list[object] = []
    watch, clock = CallWatch(5.0), iter(range(1000))
    code = compiled("def inner(look):\n    look()\n\ndef outer(look):\n    inner(look)\n    look()\n", "affine")
    outer = made_by(code, "outer", {})

    def look() -> None:
        looks.append(watch.overdue(sys._getframe(1), float(next(clock))))

    for _ in range(100):
        outer(look)
    assert looks == [None] * 200
    clock = iter([1000.0, 1004.0, 1006.0])
    made_by(code, "inner", {})(lambda: (look(), look(), look()))
    found = looks[-1]
    assert looks[-3:-1] == [None, None]
    assert found is not None and (found.f_lineno, exercise_of(found.f_code)) == (2, "affine")
