"""Hypothesis strategies by kind of field: declarations, values that they allow, and values that they do not."""

from __future__ import annotations

import math
from dataclasses import fields as dataclass_fields
from pathlib import Path

from hypothesis import strategies as st

from engine.calculus import Expression, ExpressionRefused
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
    Network,
    Numbers,
    Option,
    Real,
    Switch,
    TypedExpression,
    Vector,
)
from engine.contract.params import Params, fields_of
from engine.contract.text import Refused
from engine.data.idx import read_images
from engine.networks.archive import read_network
from tests.bilingual import both

_LABEL = both("Quantity", "数量")
_HELP = both("What it does.", "它的作用。")
_WORDS = {"label": _LABEL, "help": _HELP}

# What no field of numbers may take for one of its numbers.
NOT_NUMBERS = (True, None, "0.5", float("nan"), float("inf"), -float("inf"), [], {}, 10**400)


def _reals(minimum: float, maximum: float) -> st.SearchStrategy[float]:
    # −0 is spelled as 0, so it is not a value of its own.
    return st.floats(minimum, maximum, allow_nan=False).map(lambda number: number + 0.0)


@st.composite
def _ranges(draw: st.DrawFn) -> tuple[float, float]:
    low = draw(st.sampled_from((-1000.0, -10.0, -1.0, -0.25, 0.0, 0.5, 3.0)))
    return low, low + draw(st.sampled_from((0.5, 1.0, 2.75, 20.0, 10_000.0)))


@st.composite
def _real_fields(draw: st.DrawFn) -> Real:
    if draw(st.booleans()):
        low = 10.0 ** draw(st.integers(-8, 1))
        high = low * draw(st.sampled_from((2.0, 10.0, 1e3, 1e7)))
        return Real(**_WORDS, minimum=low, maximum=high, step=draw(st.sampled_from((1.05, 1.1, 2.0))), scale="log")
    low, high = draw(_ranges())
    return Real(**_WORDS, minimum=low, maximum=high, step=draw(st.sampled_from((0.01, 0.05, 0.3, 1.0))), unit="%")


@st.composite
def _integer_fields(draw: st.DrawFn) -> Integer:
    low = draw(st.integers(-1000, 1000))
    return Integer(**_WORDS, minimum=low, maximum=low + draw(st.integers(1, 100_000)))


@st.composite
def _choice_fields(draw: st.DrawFn) -> Choice:
    count = draw(st.integers(1, 7))
    options = tuple(Option(f"option-{index}", both(f"Option {index}", f"第 {index} 项")) for index in range(count))
    return Choice(**_WORDS, options=options)


@st.composite
def _choices_fields(draw: st.DrawFn) -> Choices:
    one = draw(_choice_fields())
    return Choices(**_WORDS, options=one.options, fewest=draw(st.integers(0, len(one.options))))


@st.composite
def _vector_fields(draw: st.DrawFn) -> Vector:
    low, high = draw(_ranges())
    names = ("w1", "w2", "w3", "b")[: draw(st.integers(1, 4))]
    return Vector(**_WORDS, components=names, minimum=low, maximum=high, step=0.1)


@st.composite
def _points_fields(draw: st.DrawFn) -> LabelledPoints:
    low, high = draw(_ranges())
    fewest = draw(st.integers(0, 2))
    most = fewest + draw(st.integers(1, 6))
    return LabelledPoints(
        **_WORDS, minimum=low, maximum=high, classes=draw(st.integers(1, 4)), fewest=fewest, most=most
    )


@st.composite
def _numbers_fields(draw: st.DrawFn) -> Numbers:
    low, high = draw(_ranges())
    fewest = draw(st.integers(1, 3))
    most = fewest + draw(st.integers(1, 6))
    if draw(st.booleans()):
        low, high = float(round(low)), float(round(high)) + 1
        return Numbers(
            **_WORDS, prefix="n", minimum=low, maximum=high, step=1, fewest=fewest, most=most, fresh=low, whole=True
        )
    return Numbers(**_WORDS, prefix="z", minimum=low, maximum=high, step=0.1, fewest=fewest, most=most, fresh=low)


@st.composite
def _matrix_fields(draw: st.DrawFn) -> Matrix:
    low, high = draw(_ranges())
    rows, columns = (draw(st.integers(1, 4) | st.just(name)) for name in ("inputs", "outputs"))
    names = {"row_names": ("x1", "x2", "x3", "x4"), "column_names": ("y1", "y2", "y3", "y4")}
    return Matrix(
        **_WORDS, rows=rows, columns=columns, minimum=low, maximum=high, step=0.1, most_rows=4, most_columns=4,
        whole=draw(st.booleans()) and low == round(low), **names
    )  # fmt: skip


@st.composite
def _drawing_fields(draw: st.DrawFn) -> Drawing:
    return Drawing(**_WORDS, most_strokes=draw(st.integers(1, 4)), most_points=draw(st.integers(1, 5)))


@st.composite
def _expression_fields(draw: st.DrawFn) -> TypedExpression:
    names = draw(st.sampled_from((("x",), ("x0", "x1"), ("x0", "x1", "x2"))))
    return TypedExpression(**_WORDS, variables=names, understand=Expression)


@st.composite
def _cell_fields(draw: st.DrawFn) -> Cell:
    rows, columns = (draw(st.integers(1, 9) | st.just(name)) for name in ("inputs", "outputs"))
    return Cell(**_WORDS, rows=rows, columns=columns, most=draw(st.integers(1, 12)))


FIELDS: dict[str, st.SearchStrategy[Field]] = {
    "real": _real_fields(),
    "integer": _integer_fields(),
    "cell": _cell_fields(),
    "choice": _choice_fields(),
    "choices": _choices_fields(),
    "switch": st.just(Switch(label=_LABEL, help=_HELP)),
    "vector": _vector_fields(),
    "labelled_points": _points_fields(),
    "matrix": _matrix_fields(),
    "numbers": _numbers_fields(),
    "drawing": _drawing_fields(),
    "expression": _expression_fields(),
    "network": st.just(
        Network(**_WORDS, examine=read_network, carry=Path.read_bytes, offered=tuple, suffixes=(".network.npz",))
    ),
    "file": st.just(File(label=_LABEL, help=_HELP, examine=read_images, carry=Path.read_bytes, suffixes=(".gz",))),
}


def values_of(field: Field) -> st.SearchStrategy:
    """Values that the field allows, in their one proper form."""
    match field:
        case Real():
            return _reals(field.minimum, field.maximum)
        case Integer():
            return st.integers(field.minimum, field.maximum)
        case Choice():
            return st.sampled_from([option.value for option in field.options])
        case Choices():
            values = [option.value for option in field.options]
            chosen = st.sets(st.sampled_from(values), min_size=field.fewest)
            return chosen.map(lambda some: tuple(value for value in values if value in some))
        case Switch():
            return st.booleans()
        case Cell():
            sizes = (size if isinstance(size, int) else field.most for size in (field.rows, field.columns))
            return st.tuples(*(st.integers(0, size - 1) for size in sizes))
        case Vector():
            return st.tuples(*[_reals(field.minimum, field.maximum)] * len(field.components))
        case LabelledPoints():
            coordinate = _reals(field.minimum, field.maximum)
            point = st.tuples(coordinate, coordinate, st.integers(0, field.classes - 1))
            return st.lists(point, min_size=field.fewest, max_size=field.most).map(tuple)
        case Matrix():
            return _matrices(field)
        case Numbers():
            whole = st.integers(math.ceil(field.minimum), math.floor(field.maximum))
            part = whole if field.whole else _reals(field.minimum, field.maximum)
            return st.lists(part, min_size=field.fewest, max_size=field.most).map(tuple)
        case Drawing():
            place = st.tuples(_reals(0, 1), _reals(0, 1))
            stroke = st.lists(place, min_size=1, max_size=field.most_points).map(tuple)
            return st.lists(stroke, max_size=field.most_strokes).map(tuple)
        case TypedExpression():
            return _functions(field.variables).map(lambda text: text if _is_taken(field, text) else field.variables[0])
        case File():
            return st.just("")  # no session opens a file, so that nothing else comes back from one
    raise TypeError(f"no strategy for fields of the kind {field.kind!r}")


def refused_by(field: Field) -> st.SearchStrategy:
    """Values that the field does not allow: of a wrong type, out of range, too few or too many."""
    match field:
        case Real() | Integer():
            outside = [field.minimum - 1, field.maximum + 1, -1e300, 1e300]
            between = [field.minimum + 0.5] if isinstance(field, Integer) else []
            return st.sampled_from([*NOT_NUMBERS, *outside, *between])
        case Choice():
            return st.sampled_from(["", "option-99", "x" * 10_000, None, 1, True, ["option-0"]])
        case Choices():
            few = [option.value for option in field.options][: field.fewest - 1]
            bad = ["", "option-99", "x" * 10_000, None, 1, True, {}, ["option-0", 1], [["option-0"]], ("option-99",)]
            return st.sampled_from([*bad, *([few, tuple(few)] if field.fewest else [])])
        case Switch():
            return st.sampled_from([0, 1, "true", None, 0.0, []])
        case Cell():
            return _spoiled((0, 0), [*NOT_NUMBERS, 0.5, -1, 100]) | st.sampled_from([(), (0,), (0, 0, 0), "00"])
        case Vector():
            good = (field.minimum,) * len(field.components)
            return _spoiled(good, [*NOT_NUMBERS, field.maximum + 1]) | st.sampled_from([good[1:], (*good, 0.0)])
        case LabelledPoints():
            point = (field.minimum, field.maximum, 0)
            broken = _spoiled(point, [*NOT_NUMBERS, field.maximum + 10_000, field.minimum - 10_000]) | st.sampled_from(
                [point[:2], (*point, 0), (field.minimum, field.maximum, 0.5), (field.minimum, field.maximum, 99)]
            )
            counts = [(point,) * (field.most + 1), *([(point,) * (field.fewest - 1)] if field.fewest else [])]
            others = max(0, field.fewest - 1)
            return broken.map(lambda one: (point,) * others + (one,)) | st.sampled_from([*counts, "points", None])
        case Matrix():
            rows, columns = (size if isinstance(size, int) else 2 for size in (field.rows, field.columns))
            row = (field.minimum,) * columns
            good = (row,) * rows
            shapes = [(), row, ((),), (*good, (*row, 0.0)), (row,) * 9, ((*row, *(0.0,) * 9),) * rows, "rows", None]
            bad = [*NOT_NUMBERS, field.maximum + 10_000, *[field.minimum + 0.5] * field.whole]
            spoiled = _spoiled(row, bad).map(lambda bad: (*good[1:], bad))
            return spoiled | st.sampled_from(shapes)
        case Numbers():
            good = (field.minimum,) * field.fewest
            counts = [good[1:], (field.minimum,) * (field.most + 1), "numbers", None]
            between = [field.minimum + 0.5] if field.whole else []
            return _spoiled(good, [*NOT_NUMBERS, field.maximum + 1, *between]) | st.sampled_from(counts)
        case Drawing():
            place = (0.5, 0.5)
            counts = [((place,),) * (field.most_strokes + 1), ((place,) * (field.most_points + 1),), ((),)]
            shapes = [*counts, (place,), "strokes", None, {}, (((0.5,),),), (((0.5, 0.5, 0.5),),)]
            spoiled = _spoiled(place, [*NOT_NUMBERS, 1.5, -0.1]).map(lambda bad: ((bad,),))
            return spoiled | st.sampled_from(shapes)
        case TypedExpression():
            return st.sampled_from(["", "x0 +", "nan", "9**9**9", "open(1)", "y", "(" * 10_000, "٣", None, 1, True, []])
        case File():
            return st.sampled_from(["no such file", "x" * 10_000, "a\0b", ".", __file__, None, 1, True, [], {}])
    raise TypeError(f"no strategy for fields of the kind {field.kind!r}")


def params_of(params_type: type[Params]) -> st.SearchStrategy[Params]:
    """Parameters of an experiment, every one of them drawn."""
    named = {name: values_of(field) for name, field in fields_of(params_type).items()}
    assert set(named) == {field.name for field in dataclass_fields(params_type)}
    return st.builds(params_type, **named)


def _is_taken(field: TypedExpression, text: str) -> bool:
    """Whether the field takes a function that is one: some ask more of it."""
    try:
        field.check(text)
    except Refused:
        return False
    return True


def _functions(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Functions in the one proper form, small enough to be allowed."""
    atoms = st.sampled_from([*names, "2", "0.5", "pi"])
    tame = ("({} + {})", "sin({})*{}", "({}-{})^2", "max({}, {})")
    wild = ("1/({})", "log({})", "sqrt({})", "abs({} - {})", "exp(100*{})", "({} + 1e17)")
    forms = st.sampled_from([*tame, *wild])

    def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.tuples(forms, inner, inner).map(lambda parts: parts[0].format(*parts[1:]))

    def is_allowed(text: str) -> bool:
        try:
            Expression(text, names)
        except ExpressionRefused:
            return False  # a part without variables that has no finite value
        return True

    return st.recursive(atoms, joined, max_leaves=8).filter(is_allowed)


@st.composite
def _matrices(draw: st.DrawFn, field: Matrix) -> tuple[tuple[float, ...], ...]:
    rows, columns = (
        size if isinstance(size, int) else draw(st.integers(1, most))
        for size, most in ((field.rows, field.most_rows), (field.columns, field.most_columns))
    )
    number = _reals(field.minimum, field.maximum)
    if field.whole:
        number = st.integers(math.ceil(field.minimum), math.floor(field.maximum)).map(float)
    row = st.tuples(*[number] * columns)
    return draw(st.tuples(*[row] * rows))


def _spoiled(good: tuple, bad: list) -> st.SearchStrategy[tuple]:
    """``good`` with one of its numbers replaced by something bad."""
    places = st.integers(0, len(good) - 1)
    return st.tuples(places, st.sampled_from(bad)).map(
        lambda choice: (*good[: choice[0]], choice[1], *good[choice[0] + 1 :])
    )
