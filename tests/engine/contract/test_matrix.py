"""Matrices take their shape from other fields: what overlaps stays, new cells follow the stated pattern."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.fields import Integer, Matrix, parameter
from engine.contract.params import Params
from engine.contract.text import Refused, untranslated


def _weights(rows: int | str, columns: int | str) -> Matrix:
    return Matrix(
        label=untranslated("W"),
        rows=rows,
        columns=columns,
        minimum=-1,
        maximum=1,
        step=0.1,
        most_rows=4,
        most_columns=4,
        fill=(0.1, 0.1, 0.2),
    )


class _Sized(Params):
    inputs: int = parameter(2, Integer(label=untranslated("inputs"), minimum=1, maximum=4))
    outputs: int = parameter(2, Integer(label=untranslated("outputs"), minimum=1, maximum=4))
    W: tuple = parameter(((0.5, -0.5), (0.25, 0.75)), _weights("inputs", "outputs"))


def test_a_matrix_grows_by_its_pattern_and_shrinks_by_cutting() -> None:
    params = _Sized()
    assert params.replaced({"inputs": 3}).W == ((0.5, -0.5), (0.25, 0.75), (0.3, 0.5))
    assert params.replaced({"outputs": 3}).W == ((0.5, -0.5, 0.5), (0.25, 0.75, 0.6))
    assert params.replaced({"inputs": 1, "outputs": 1}).W == ((0.5,),)


def test_a_filled_cell_stays_in_range() -> None:
    field = Matrix(label=untranslated("W"), rows="n", columns=1, minimum=-1, maximum=1, step=0.1, fill=(0.5, 0.5, 0.0))
    assert field.resized(((0.0,),), 4, 1) == ((0.0,), (1.0,), (1.0,), (1.0,))


def test_sizes_and_matrix_can_be_given_together() -> None:
    params = _Sized().with_texts({"W": "[[1, 0, -1]]", "inputs": "1", "outputs": "3"})
    assert params.W == ((1.0, 0.0, -1.0),)
    assert _Sized.from_json(params.to_json()) == params


@given(rows=st.integers(1, 4), columns=st.integers(1, 4), then=st.tuples(st.integers(1, 4), st.integers(1, 4)))
def test_every_size_fits_and_keeps_what_overlaps(rows: int, columns: int, then: tuple[int, int]) -> None:
    field = _weights("inputs", "outputs")
    value = tuple(tuple(round(0.1 * r - 0.1 * c, 1) for c in range(columns)) for r in range(rows))
    changed = field.resized(value, *then)
    assert (len(changed), {len(row) for row in changed}) == (then[0], {then[1]})
    for r in range(min(rows, then[0])):
        assert changed[r][: min(columns, then[1])] == value[r][: min(columns, then[1])]
    assert field.check(changed) == changed


def test_a_large_matrix_is_spelled_by_its_size_and_a_single_number_as_itself() -> None:
    field = _weights(4, 4)
    assert field.spell(((0.5, -0.5), (0.25, 1.0))).render("en") == "(0.5 −0.5; 0.25 1)"
    large = ((-0.125,) * 4,) * 4
    assert field.spell(large).render("en") == "4×4 numbers"
    assert field.spell(large).render("zh_CN") == "4×4 个数"
    assert field.spell(((0.5,),)).render("en") == "0.5"


def test_a_matrix_of_whole_numbers_refuses_others():
    classes = Matrix(label=untranslated("t"), rows=1, columns=2, minimum=0.0, maximum=3.0, step=1.0, whole=True)
    assert classes.check([[2, 0]]) == ((2.0, 0.0),)
    with pytest.raises(Refused, match="whole number from 0 to 3"):
        classes.check([[2, 0.5]])


@pytest.mark.parametrize(("first", "name"), [(1, "W[2,1]"), (0, "W[1,0]")])
def test_a_change_names_the_cell_as_the_field_counts(first: int, name: str) -> None:
    field = dataclasses.replace(_weights(2, 2), first=first)
    before, after = ((0.1, 0.2), (0.3, 0.4)), ((0.1, 0.2), (0.5, 0.4))
    assert field.spell_change(before, after).render("en").startswith(name)
