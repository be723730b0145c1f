"""A piece with one line blanked: lines that compute, each filled again as it stood, and nothing is run for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.exercises import all_exercises, default_stage
from engine.exercises.checking import check_source
from engine.exercises.exercise import Exercise
from engine.exercises.one_line import blanked_lines
from tests.offenders import for_each

_EXERCISES = [(one,) for one in all_exercises()]


@for_each(_EXERCISES, lambda exercise: exercise.id)
def test_a_line_of_ours_filled_as_it_stood_passes_the_check_and_left_out_fails(exercise: Exercise):
    source, stage = exercise.plain_source, default_stage(exercise)
    lines = blanked_lines(source, exercise.id)
    assert lines
    for one in lines:
        assert one.filled(one.text) == source and one.filled(f"  {one.text} ") == source
    for one in lines[:3]:
        assert not check_source(exercise, one.filled("pass"), stage).is_right, one.text


def test_only_statements_that_compute_and_stand_alone_are_blanked():
    source = '''def f(x):
    """a + b"""
    y = None
    if x: return x + 1
    z = np.dot(
        x, x)
    w = x + 1  # why
    a = 1; b = x + 1
\tq = 1
    return y + z
'''.replace("\tq = 1\n", "")
    assert [one.text for one in blanked_lines(source)] == ["return y + z"]
    assert [one.indent for one in blanked_lines("class A:\n\tdef f(self):\n\t\treturn 1 + 1\n")] == ["\t\t"]


def test_where_nothing_is_computed_any_statement_is_blanked():
    assert {one.text for one in blanked_lines("def f(x):\n    y = x\n    return y\n")} == {"y = x", "return y"}


def test_another_seed_takes_another_order_of_the_same_lines():
    source = next(one for (one,) in _EXERCISES if one.id == "max_pooling").plain_source
    orders = [blanked_lines(source, str(seed)) for seed in range(5)]
    assert len(set(orders)) > 1 and len({frozenset(one) for one in orders}) == 1
    assert blanked_lines(source, "1") == orders[1]


def test_what_python_cannot_read_has_no_lines_and_nothing_is_run():
    for source in ("def f(:", "\0", "(" * 5000, "", "x = (" * 300, "#" * 10):
        assert blanked_lines(source) == ()
    assert blanked_lines("y = 1 / 0\nraise SystemExit(2 + 2)\n")


@given(st.text(alphabet="abx=+()[]\n\r\t\f \"'#:é中\\", max_size=80))
def test_whatever_the_source_a_line_is_filled_in_its_own_place(source: str):
    for one in blanked_lines(source):
        assert [line.rstrip() for line in one.filled(one.text).split("\n")] == [
            line.rstrip() for line in source.split("\n")
        ]
