"""What changed is said of the part that did, in both languages, whatever kind of value it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.catalogue import entries, load
from engine.contract.fields import Cell, Drawing, Field, LabelledPoints, Matrix, Numbers, Vector
from engine.contract.params import changes_in_words, count_changes, fields_of
from engine.contract.text import LANGUAGES
from engine.data.rubber import rubbed
from tests.bilingual import both
from tests.strategies import FIELDS, values_of

_POINTS = LabelledPoints(label=both("Points", "样本点"), minimum=-1, maximum=1)
_MATRIX = Matrix(label=both("Weights W1", "权重 W1"), rows=2, columns=2, minimum=-9, maximum=9, step=1)
_NUMBERS = Numbers(label=both("Output y", "输出 y"), prefix="y", minimum=0, maximum=1, step=0.1, first=0)
_ROW = Matrix(
    label=both("Inputs x", "输入 x"), rows=1, columns=2, minimum=-9, maximum=9, step=1, column_names=("x1", "x2")
)
_BARE_ROW = Matrix(label=both("Biases b1", "偏置 b1"), rows=1, columns=2, minimum=-9, maximum=9, step=1)
_DRAWING = Drawing(label=both("Drawing", "手写"))
_VECTOR = Vector(label=both("s1", "s1"), components=("w1", "w2", "b"), minimum=-9, maximum=9, step=1)


_I, _DASH = ((0.5, 0.2), (0.5, 0.8)), ((0.3, 0.5), (0.7, 0.5))


@pytest.mark.parametrize(
    ("field", "before", "after", "en", "zh"),
    [
        (_POINTS, ((0, 0, 0), (1, 1, 1)), ((0, 0, 0), (1, 0.5, 1)), "point 2 moved", "移动点 2"),
        (_POINTS, ((0, 0, 0), (1, 1, 1)), ((0, 0, 1), (1, 1, 1)), "point 1 is now class 1", "点 1 改为类 1"),
        (_POINTS, ((0, 0, 0),), ((0, 0, 0), (1, 1, 1)), "point 2 added", "添加点 2"),
        (_POINTS, ((0, 0, 0),) * 3, ((1, 1, 1),), "Points 3 points → 1 point", "样本点：3 个点 → 1 个点"),
        (_POINTS, ((0, 0, 0), (1, 1, 1)), ((1, 1, 1),), "point 1 removed", "删除点 1"),
        (_POINTS, ((0, 0, 0), (1, 1, 1)), ((0, 0, 1), (1, 1, 0)), "2 points changed", "改动 2 个点"),
        (_MATRIX, ((1, 2), (0.3, 4)), ((1, 2), (0.5, 4)), "Weights W1[2,1] 0.3 → 0.5", "权重 W1[2,1]：0.3 → 0.5"),
        (_ROW, ((1, 0.5),), ((0.7, 0.5),), "x1 1 → 0.7", "x1：1 → 0.7"),
        (_BARE_ROW, ((1, 0.5),), ((1, 0.7),), "Biases b1[2] 0.5 → 0.7", "偏置 b1[2]：0.5 → 0.7"),
        (_MATRIX, ((1, 2), (3, 4)), ((5, 6), (7, 8)), "Weights W1: 4 of the numbers", "权重 W1：其中 4 个数"),
        (_NUMBERS, (0.1, 0.2), (0.1, 0.7), "y1 0.2 → 0.7", "y1：0.2 → 0.7"),
        (_NUMBERS, (0.1,), (0.1, 0.7), "y1 added", "添加 y1"),
        (_NUMBERS, (0.1, 0.2, 0.3), (0.7,), "Output y 3 numbers → 1 number", "输出 y：3 个数 → 1 个数"),
        (_NUMBERS, (0.1, 0.7), (0.7,), "y0 removed", "删除 y0"),
        (_DRAWING, (_I,), (_I, _DASH), "1 stroke added", "添加 1 笔"),
        (_DRAWING, (_I,), (_I, _I, _I), "2 strokes added", "添加 2 笔"),
        (_DRAWING, (_I, _DASH), (_DASH,), "1 stroke removed", "删去 1 笔"),
        (_DRAWING, (_I, _DASH), (), "2 strokes removed", "删去 2 笔"),
        (_DRAWING, (_I, _I), (_I, _DASH), "Drawing: other strokes", "手写：换了笔画"),
        (_DRAWING, (_I, _DASH), rubbed((_I, _DASH), (0.5, 0.5), 0.1), "partly erased", "擦去一部分"),
        (_VECTOR, (1, 2, 3), (1, -2, 4), "s1: w2 2 → −2, b 3 → 4", "s1 的 w2：2 → −2，b：3 → 4"),
    ],
)
def test_the_part_that_changed_is_named(field: Field, before: object, after: object, en: str, zh: str) -> None:
    change = field.spell_change(before, after)
    assert (change.render("en"), change.render("zh_CN")) == (en, zh)


@given(st.data())
def test_any_change_of_any_kind_is_said_shortly(data: st.DataObject) -> None:
    field = data.draw(st.one_of(*FIELDS.values()))
    before, after = data.draw(values_of(field)), data.draw(values_of(field))
    if before != after:
        for language in LANGUAGES:
            words = field.spell_change(before, after).render(language)
            assert words.strip()
            assert not (isinstance(field, Drawing) and " → " in words)


def test_a_list_of_one_number_is_spelled_without_brackets():
    assert [_NUMBERS.spell(value).render("en") for value in ((0.5,), (0.5, 1.0))] == ["0.5", "(0.5, 1)"]


def test_cells_are_counted_from_0_wherever_they_have_a_row_and_a_column_and_no_names():
    """As the stage, NumPy and the book count them: the strip of changes and the line below name the same cell alike."""
    counted_otherwise = [
        f"{entry.id}.{name}"
        for entry in entries()
        for name, field in fields_of(load(entry.id).params_type).items()
        if isinstance(field, Cell | Matrix) and field.rows != 1 and field.first != 0
        and not getattr(field, "column_names", ())
    ]  # fmt: skip
    assert counted_otherwise == ["batch_norm.selected"]  # one of four spreads, which are no cells


def test_another_seed_is_a_change_like_the_others():
    params = load("playground").params_type()
    changed = params.replaced({"activation": "relu"})
    assert changes_in_words(params, params, (0, 1975)).render("en") == "Random seed 0 → 1975"
    assert changes_in_words(params, changed, (0, 1975)).render("en").endswith("Random seed 0 → 1975")
    assert changes_in_words(params, params, (7, 7)) is None


def test_each_number_of_a_changed_value_is_a_difference_of_its_own():
    params = load("forward").params_type()
    one, two = params.replaced({"x": ((0.5, 0.5),)}), params.replaced({"x": ((0.5, 1.5),)})
    assert count_changes(params, one) == 1 and count_changes(params, two) == 2
    assert count_changes(params, one, (0, 7)) == 2 and count_changes(params, params) == 0


def test_what_has_no_effect_in_the_view_that_is_shown_is_no_difference():
    one = load("softmax").params_type()
    other = one.replaced({"samples": 3})
    assert changes_in_words(one, other) is None and count_changes(one, other) == 0
    batch = {"view": "batch"}
    for before in (one, one.replaced(batch)):
        said = changes_in_words(before, other.replaced(batch)).render("en")
        assert said == "Batch of scores 2×2 → 3×2, Samples 2 → 3"
    assert "Samples" not in changes_in_words(one.replaced(batch), other).render("en")
