"""Laws of every kind of field: what is allowed comes back as it was, what is not is refused in words."""

from __future__ import annotations

import importlib.util
import json
import re
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.contract.fields
from engine.calculus import Expression
from engine.contract.catalogue import load
from engine.contract.fields import (
    Cell,
    Choice,
    Choices,
    Drawing,
    Field,
    File,
    Integer,
    LabelledPoints,
    Matrix,
    Numbers,
    Option,
    Real,
    Switch,
    TypedExpression,
    Vector,
    VisibleWhen,
)
from engine.contract.fields.file import laid_down, not_carried, packed
from engine.contract.params import field_of
from engine.contract.text import LANGUAGES, Refused, untranslated
from engine.data.idx import idx_bytes, read_images
from tests.bilingual import both
from tests.pace import within
from tests.strategies import FIELDS, refused_by, values_of

_KINDS = sorted(FIELDS)
_RATE = Real(label=untranslated("rate"), minimum=-2, maximum=10, step=0.1)
_COUNT = Integer(label=untranslated("count"), minimum=1, maximum=9)
_SIDE = Choice(
    label=untranslated("side"), options=(Option("left", untranslated("left")), Option("right", untranslated("right")))
)
_SOME = Choices(label=untranslated("some"), options=(*_SIDE.options, Option("top", untranslated("top"))), fewest=2)
_SWITCH = Switch(label=untranslated("switch"))
_WEIGHTS = Vector(label=untranslated("w"), components=("w1", "w2"), minimum=-1, maximum=1, step=0.1)
_POINTS = LabelledPoints(label=untranslated("points"), minimum=-3, maximum=3, classes=2, fewest=1, most=3)
_MATRIX = Matrix(label=untranslated("W"), rows="inputs", columns=2, minimum=-1, maximum=1, step=0.1, most_rows=3)
_DRAWING = Drawing(label=untranslated("drawing"), most_strokes=2, most_points=3)
_FILE = File(label=untranslated("file"), examine=read_images, carry=Path.read_bytes)
_SCORES = Numbers(label=untranslated("z"), prefix="z", minimum=-1, maximum=1, step=0.1, fewest=2, most=3)
_FUNCTION = TypedExpression(label=untranslated("f"), variables=("x0", "x1"), understand=Expression)
_ONE_OF_EACH = (_SCORES, _RATE, _COUNT, _SIDE, _SOME, _SWITCH, _WEIGHTS, _POINTS, _MATRIX, _DRAWING, _FUNCTION)


def test_every_kind_has_strategies_and_a_control() -> None:
    named = (getattr(engine.contract.fields, name) for name in engine.contract.fields.__all__)
    kinds = {one.kind for one in named if isinstance(one, type) and issubclass(one, Field) and one is not Field}
    assert kinds == set(FIELDS)
    for kind in FIELDS:
        assert importlib.util.find_spec(f"gui.form.controls.{kind}") is not None


@pytest.mark.long
@pytest.mark.parametrize("kind", _KINDS)
@given(data=st.data())
def test_a_value_survives_a_session(kind: str, data: st.DataObject) -> None:
    field = data.draw(FIELDS[kind])
    value = data.draw(values_of(field))
    assert field.check(value) == value
    assert field.from_json(field.to_json(value)) == value
    assert field.from_json(json.loads(json.dumps(field.to_json(value)))) == value


@pytest.mark.long
@pytest.mark.parametrize("kind", _KINDS)
@given(data=st.data())
def test_a_value_survives_the_command_line(kind: str, data: st.DataObject) -> None:
    field = data.draw(FIELDS[kind])
    value = data.draw(values_of(field))
    spelled = field.to_json(value)
    text = spelled if isinstance(spelled, str) else json.dumps(spelled)
    assert field.parse(text) == value
    assert type(field.parse(text)) is type(value)


@pytest.mark.long
@pytest.mark.parametrize("kind", _KINDS)
@given(data=st.data())
def test_values_are_said_in_every_language(kind: str, data: st.DataObject) -> None:
    field = data.draw(FIELDS[kind])
    value = data.draw(values_of(field))
    for language in LANGUAGES:
        assert field.spell(value).render(language)
        assert field.allowed().render(language)
    assert isinstance(json.dumps(field.describe()), str)


@pytest.mark.parametrize("kind", _KINDS)
@given(data=st.data())
def test_other_values_are_refused_in_every_language(kind: str, data: st.DataObject) -> None:
    field = data.draw(FIELDS[kind])
    value = data.draw(refused_by(field))
    with pytest.raises(Refused) as refusal:
        field.check(value)
    sentences = [refusal.value.text.render(language) for language in LANGUAGES]
    assert len(set(sentences)) == len(LANGUAGES)
    assert all(sentence and len(sentence) < 300 for sentence in sentences)


@pytest.mark.parametrize(
    ("field", "value", "shown", "allowed"),
    [
        (_RATE, 11.5, "11.5", ("−2 to 10", "−2 到 10")),
        (_RATE, "0.5", "0.5", ("−2 to 10", "−2 到 10")),
        (_RATE, True, "True", ("−2 to 10", "−2 到 10")),
        (_RATE, float("nan"), "nan", ("−2 to 10", "−2 到 10")),
        (_COUNT, 2.5, "2.5", ("1 to 9", "1 到 9")),
        (_COUNT, 10, "10", ("1 to 9", "1 到 9")),
        (_SIDE, "up", "up", ("left, right", "left, right")),
        (_SOME, ["left", "up"], "up", ("left, right, top", "left, right, top")),
        (_SOME, ["left"], "1", ("at least 2 of left, right, top", "至少要选 2 项")),
        (_SOME, 2, "2", ("left, right, top", "left, right, top")),
        (_SWITCH, 1, "1", ("true, false", "true 或 false")),
        (_WEIGHTS, [0.5], "[0.5]", ("2 numbers (w1, w2)", "2 个数")),
        (_WEIGHTS, [0.5, -1.5], "−1.5", ("−1 to 1", "−1 到 1")),
        (_MATRIX, [[0.5, 2]], "2", ("−1 to 1", "−1 到 1")),
        (_MATRIX, [[0.5]], "[[0.5]]", ("1 to 3 rows of 2 numbers", "1 到 3 行、每行 2 个数")),
        (_DRAWING, [[[0, 0]]] * 3, "3", ("at most 2", "最多 2 笔")),
        (_DRAWING, [[]], "0", ("1 to 3", "1 到 3")),
        (_DRAWING, [[[0, 1.5]]], "1.5", ("0 to 1", "0 到 1")),
        (_DRAWING, [[[0]]], "[0]", ("[x, y]", "[x, y]")),
        (_FILE, "nowhere.idx", "nowhere.idx", ("no file", "没有文件")),
        (_FUNCTION, "x2^2", "x2", ("x0 x1 sin", "x0 x1 sin")),
        (_FUNCTION, 3, "3", ("x0^2 + x1^2", "x0^2 + x1^2")),
        (_SCORES, [0.5], "[0.5]", ("2 to 3 numbers", "2 到 3 个数")),
        (_SCORES, [0.5, -1.5], "−1.5", ("−1 to 1", "−1 到 1")),
        (_POINTS, [], "0", ("1 to 3", "1 到 3")),
        (_POINTS, [[0, 0, 0]] * 4, "4", ("1 to 3", "1 到 3")),
        (_POINTS, [[0, 4, 0]], "4", ("−3 to 3", "−3 到 3")),
        (_POINTS, [[0, 1, 2]], "2", ("0 to 1", "0 到 1")),
        (_POINTS, [[0, 1]], "[0, 1]", ("[x1, x2, label]", "[x1, x2, 标签]")),
    ],
)
def test_a_refusal_names_the_value_and_what_is_allowed(
    field: Field, value: object, shown: str, allowed: tuple[str, str]
) -> None:
    with pytest.raises(Refused) as refusal:
        field.check(value)
    sentences = {language: refusal.value.text.render(language) for language in LANGUAGES}
    assert allowed[0] in sentences["en"] and allowed[1] in sentences["zh_CN"]
    for sentence in sentences.values():
        assert shown in sentence and all(number in sentence for number in re.findall(r"−?[0-9]+", allowed[0]))


@pytest.mark.parametrize("field", _ONE_OF_EACH, ids=lambda field: field.kind)
@pytest.mark.parametrize(
    "text", ["", " ", "nan", "inf", "-inf", "NaN", "null", "९", "٣", "1_0", "0x1", "１e", "x" * 10_000, "9" * 10_000]
)
def test_odd_texts_are_refused_quickly(field: Field, text: str) -> None:
    began = time.thread_time()
    with pytest.raises(Refused) as refusal:
        field.parse(text)
    assert within(time.thread_time() - began, 0.1)
    assert all(len(refusal.value.text.render(language)) < 300 for language in LANGUAGES)


@pytest.mark.parametrize("field", [_WEIGHTS, _POINTS, _MATRIX, _SOME, _DRAWING], ids=lambda field: field.kind)
@pytest.mark.parametrize("text", ["[" * 10_000, "[1, 2", "{}", "[NaN, 1]", "[1e999, 0]", f"[{10**400}, 0]", '"[]"'])
def test_odd_json_is_refused(field: Field, text: str) -> None:
    with pytest.raises(Refused):
        field.parse(text)


@pytest.mark.parametrize("text", ["０.５", " 0.5 ", "0。5", ".5", "5e-1", "+0.5", "５ｅ－１"])
def test_numbers_are_read_as_chinese_keyboards_type_them(text: str) -> None:
    assert _RATE.parse(text) == 0.5


def test_percentages_and_thousands_are_read_in_the_unit_of_their_field() -> None:
    assert _RATE.parse("50%") == 0.5
    share = Integer(label=both("Share", "比例"), minimum=0, maximum=100, unit="%")
    assert share.parse("50%") == 50 == share.parse("50")
    samples = Integer(label=both("Samples", "样本"), minimum=0, maximum=10_000)
    assert samples.parse("5,770") == 5770
    length = Real(label=both("Length", "长度"), minimum=0.0, maximum=10_000.0, step=1.0)
    with pytest.raises(Refused, match="may mean 5770 or"):
        length.parse("5,770")


@pytest.mark.parametrize("text", ["3", "３", "3.0", "+3"])
def test_whole_numbers_are_whole(text: str) -> None:
    assert _COUNT.parse(text) == 3
    assert isinstance(_COUNT.parse(text), int)


@pytest.mark.parametrize("zero", [-0.0, 0, 0.0])
def test_there_is_one_zero(zero: float) -> None:
    assert repr(_RATE.check(zero)) == "0.0"
    assert _RATE.spell(_RATE.check(zero)).render("en") == "0"


def test_a_switch_takes_the_usual_words() -> None:
    assert [_SWITCH.parse(word) for word in ("true", "ON", " yes ", "1")] == [True] * 4
    assert [_SWITCH.parse(word) for word in ("false", "Off", "no", "0")] == [False] * 4


def test_an_example_of_a_composite_kind_is_accepted() -> None:
    for field in (_WEIGHTS, _POINTS, _MATRIX, _DRAWING, Choices(label=untranslated("some"), options=_SIDE.options)):
        assert field.parse(field.example()) == field.from_json(json.loads(field.example()))


def test_units_are_spelled() -> None:
    field = Real(label=untranslated("noise"), minimum=0, maximum=100, step=1, unit="%")
    assert field.spell(12.5).render("zh_CN") == "12.5%"


@pytest.mark.parametrize(("side", "shown"), [("left", True), ("right", False)])
def test_a_field_is_visible_while_another_has_the_value(side: str, shown: bool) -> None:
    class Holder:
        pass

    holder = Holder()
    holder.side = side
    assert VisibleWhen("side", ("left",)).holds(holder) is shown


def test_a_file_is_examined_and_a_session_carries_it_and_follows_no_path(tmp_path) -> None:
    good, bad = tmp_path / "我的 images.idx", tmp_path / "other.idx"
    good.write_bytes(idx_bytes(np.zeros((1, 28, 28), dtype=np.uint8)))
    bad.write_bytes(b"no images")
    assert _FILE.check(str(good)) == str(good)
    assert _FILE.parse(str(good)) == str(good)
    with pytest.raises(Refused, match=r"other\.idx"):
        _FILE.check(str(bad))
    saved = json.dumps(_FILE.to_json(str(good)))
    assert str(tmp_path) not in saved and len(saved) < 400
    there = Path(_FILE.from_json(json.loads(saved)))
    assert there.read_bytes() == good.read_bytes() and there.name == good.name and there != good
    assert _FILE.from_json(json.loads(saved)) == str(there)
    for path in (str(good), {"file": str(good)}, {"file_not_opened": str(good), "file": str(good)}):
        with pytest.raises(Refused):
            _FILE.from_json(path)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "", "a\0b", "x" * 5000, "C:\\a\\b.png", "."])
def test_a_carried_file_lies_in_a_folder_of_its_own_whatever_it_is_called(tmp_path, name) -> None:
    good = tmp_path / "images.idx"
    good.write_bytes(idx_bytes(np.zeros((1, 28, 28), dtype=np.uint8)))
    saved = _FILE.to_json(str(good))
    one, other = (Path(_FILE.from_json({**saved, "file": called})) for called in (name, "images.idx"))
    assert one.parent == other.parent and one.is_file()
    with pytest.raises(Refused, match="IDX"):
        _FILE.from_json({"file": name, "content": packed(b"no images")})


@pytest.mark.parametrize("content", ["", "?", "AAAA", packed(b"a")[:-4], "A" * 500_000, packed(bytes(2**24))])
def test_a_carried_file_that_is_damaged_is_refused(content) -> None:
    with pytest.raises(Refused):
        _FILE.from_json({"file": "a.idx", "content": content})


def test_a_large_file_is_named_and_not_carried(tmp_path) -> None:
    large = tmp_path / "large.idx"
    noise = np.random.default_rng(0).integers(0, 256, (1000, 28, 28), dtype=np.uint8)
    large.write_bytes(idx_bytes(noise))
    saved = _FILE.to_json(str(large))
    assert saved == {"file_not_opened": "large.idx"}
    assert _FILE.from_json(saved) == "" and not_carried(saved) == "large.idx"
    large.unlink()
    assert _FILE.to_json(str(large)) == saved


@pytest.mark.parametrize(("first", "spelled", "allowed"), [(1, "row 1, column 3", "1 to 4"), (0, "[0,2]", "0 to 3")])
def test_a_cell_is_called_as_its_stage_counts(first, spelled, allowed):
    field = Cell(label=untranslated("C"), rows=4, columns=4, first=first)
    assert field.spell((0, 2)).render("en") == spelled and field.allowed().render("en") == allowed
    # In a single row the place says it.
    row = Cell(label=untranslated("C"), rows=1, columns=4, first=first)
    assert row.spell((0, 2)).render("en") == str(2 + first)


_COUNTED_FROM_1_IN_FILES = (
    ("feature_maps", "map", 150), ("feature_maps", "neuron", 150), ("filters", "number", 30), ("cnn", "selected", 40),
)  # fmt: skip


@pytest.mark.parametrize(("experiment_id", "name", "most"), _COUNTED_FROM_1_IN_FILES)
def test_maps_filters_and_neurons_count_from_0_and_files_that_count_them_from_1_are_read_right(
    experiment_id, name, most
):
    params_type = load(experiment_id).params_type
    field = field_of(params_type, name, Integer)
    assert (field.minimum, field.maximum) == (0, most - 1)
    for kept in (1, 2, most):
        assert params_type.value_of(name, kept) == params_type.of_settings(name, kept) == kept - 1
        assert field.to_json(kept - 1) == kept and field.told(kept - 1) == field.parse(str(kept - 1)) == kept - 1
        assert field.spell(kept - 1).render("en") == str(kept - 1)
    for beyond in (0, most + 1):
        with pytest.raises(Refused, match=f"1 to {most}"):
            field.from_json(beyond)


@pytest.mark.parametrize("name", ["CON.csv", "nul.tar.gz", "com1", "aux .csv"])
def test_a_carried_file_has_no_name_that_windows_keeps_for_a_device(name: str) -> None:
    path = laid_down(name, b"1")
    assert path.name == f"_{name}" and path.read_bytes() == b"1"
    assert laid_down("console.csv", b"1").name == "console.csv"
