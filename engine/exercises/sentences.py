"""The texts of a verdict: a sentence about the error, with the learner's names and the wrong and the right value."""

from __future__ import annotations

import math
import re

from engine.contract.numerals import format_real
from engine.contract.text import EMPTY, Text, sentences, untranslated
from engine.exercises.exercise import LONGEST_SOURCE, Exercise
from engine.exercises.naming import words_of
from engine.exercises.verdict import Failure

STEPS = (
    Text("Python can read it"),
    Text("It runs"),
    Text("It comes to an end in time"),
    Text("Shapes and types"),
    Text("What came in stays as it was"),
)
"""The names of the steps that precede an exercise's own checks, in order."""
RIGHT = Text("All checks hold.")
_IN_TURN = Text("a second time, and two in turn")
_SHARED = Text(
    "Each by itself is right, but with two in turn {cell} is {yours} instead of {expected}: they share something. What "
    "belongs to one of them is made anew for each, in a class in __init__, and kept in self."
)
_SHARED_STOPS = Text(
    "Each by itself is right, but with two in turn Python stops: they share something. What belongs to one of them is "
    "made anew for each, in a class in __init__, and kept in self."
)
_STALE_STOPS = Text(
    "The second time Python stops: something of the first time is left, and should be made anew with every call."
)
_STALE = Text(
    "The second time {cell} is {yours} instead of {expected}: something of the first time is left, and should be made "
    "anew with every call."
)

_IN_LINE = Text("Line {line}: {what}")
_AT = Text("Line {line}, column {column}: {what}")
_SYNTAX = Text("Python cannot read this. {what} Python says: {words}.")
_KNOWN_SYNTAX = (
    ("never closed", Text("A bracket is opened and not closed.")),
    ("expected ':'", Text("The colon at the end of the line is missing.")),
    ("unexpected indent", Text("This line is indented further than the one above it allows.")),
    ("expected an indented block", Text("It has to be indented, under the line above.")),
    ("unindent does not match", Text("It is indented like no line above it.")),
    ("unterminated", Text("A text has no closing quotation mark.")),
    ("cannot assign", Text("Left of = there has to be a name; to compare, write ==.")),
    ("unmatched|does not match opening", Text("A closing bracket has no partner.")),
    ("invalid (non-printable )?character", Text(
        "Python does not know this sign, such as a Chinese comma.")),
    ("outside function", Text("return stands outside of a function.")),
    ("inconsistent use of tabs", Text("Tabs and spaces are mixed.")),
)  # fmt: skip
_PLAIN_SYNTAX = Text("Something is missing or too much here, or just before.")

_MISSING = Text("There is no {words} in it. Keep the name in the heading: the checks call it.")
_MISSING_METHOD = Text(
    "The class {owner} has no method {method}: it has to stand inside the class, indented by four spaces."
)
_RAISED = Text("Python stopped with {words}.")
_CAME_IN = Text("What came in: {came_in}.")
_IN_CHECK = Text("It came out in the check “{check}”.")
_NO_PRODUCT = Text("{left} times {right} does not fit: {inner} and {outer}, the inner numbers, have to be equal.")
_NO_INNER = Text("This product does not fit: {inner} columns on the left, {outer} rows on the right.")
_NOT_CELL_BY_CELL = Text(
    "{left} and {right} do not fit cell by cell: counted from the right, the sizes have to be equal, or one of them 1."
)
_SIZES = r"(\([\d, ]*\))"
_NOT_ALIGNED = re.compile(rf"shapes {_SIZES} and {_SIZES} not aligned: (\d+) \(dim \d+\) != (\d+) \(dim \d+\)")
_MISMATCH = re.compile(r"matmul: .*mismatch in its core dimension 0.*size (\d+) is different from (\d+)")
_NOT_BROADCAST = re.compile(rf"could not be broadcast together with shapes {_SIZES} {_SIZES}")
_TAKES = re.compile(r"(\w+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given")
_KNOWN_ERRORS = tuple((re.compile(pattern), said) for pattern, said in (
    (r"module 'numpy' has no attribute '(int|float|bool|complex|object|str)'", Text(
        "np.{one} was taken out of NumPy: write {one} in its place.")),
    (r"module 'numpy' has no attribute '(\w+)'", Text("np has nothing called {one}: look at its letters.")),
    (r"Cannot interpret '(\d+)' as a data type", Text(
        "The sides of an array are one value, a tuple, with brackets of its own: np.zeros((2, 3)).")),
    (r"'dict_(values|keys|items)' object", Text(
        "{one}() gives no list. list(…) makes one of it, and reversed(list(…)) turns that round.")),
    (r"unsupported operand type.*'(dict)'", Text(
        "With a dictionary nothing can be computed; with its arrays it can, one by one, by their names.")),
    (r"setting an array element with a (sequence)", Text(
        "A single number belongs into this place, and it is an array or a list.")),
    (r"(<lambda>)\(\) takes 0 positional", Text(
        "This lambda takes nothing and is handed a value: between lambda and the colon there has to be a name.")),
    ("(builtin_function_or_method|'method' (?:object|and))", Text(
        "A function stands here that was not called: the brackets after its name are missing.")),
    ("('function' (?:object|and)|(?:not|type|and) 'function')", Text(
        "A function stands where a value belongs: the brackets after its name are missing, or two arguments have "
        "changed places.")),
    (r"name '(\w+)' is not defined", Text(
        "{one} has no value here: was it spelled otherwise above? What a class keeps is asked for with self. in "
        "front.")),
    (r"(?:cannot access|referenced) .*'(\w+)'", Text("{one} is asked for before it got a value.")),
    (r"'(?:list|tuple|dict|str|int|float|numpy\.\w+)' object has no attribute '(\w+)'", Text(
        "Such a value has nothing called {one}: look at its letters, and at what stands before the dot.")),
    (r"object has no attribute '(\w+)'", Text(
        "There is nothing called {one}: it has to be kept, under this very name, before it is asked for.")),
    (r"missing \d+ required positional arguments?: (.*)", Text(
        "A call lacks {one}, which stands in the heading of that function. Keep a heading that was given.")),
    (r"'?(NoneType)'?", Text("None is no number: something has no value yet, or a function gave nothing back.")),
    ("truth value of an (array)", Text(
        "if and while decide once, but an array has many answers: choose cell by cell, as by np.where or a mask.")),
    ("only (?:length-1|integer scalar|0-dim.*) (array)", Text(
        "A single number is wanted here, and it is an array. The functions of np take whole arrays, those of math do "
        "not.")),
    ("Cannot cast ufunc .*to dtype\\('(int\\d*|bool)'", Text(
        "This array holds the type {one}, and fractions cannot be written into it. Make it one of float first.")),
    (r"index (-?\d+) is out of bounds", Text(
        "There is no place {one}: places are counted from 0, so the last one is the length less 1.")),
    ("'(float|numpy.float64)' object cannot be interpreted as an integer", Text(
        "A whole number is wanted here, and this is a {one}: // divides into whole numbers, / does not.")),
    ("'(tuple|list)' object cannot be interpreted as an integer", Text(
        "A whole number is wanted here, and this is a {one}. A * before a tuple hands over its numbers one by one.")),
    ("arrays used as (indices) must be", Text("A place is a whole number: what stands in the brackets is none.")),
    (r"axis (-?\d+) is out of bounds", Text(
        "There is no axis {one}: the first is 0, and an array (N, C) has 0 and 1, a single row (C,) only 0.")),
    (r"cannot reshape array of size (\d+) into shape", Text(
        "There are {one} numbers, and the sides of this shape, multiplied, give another number.")),
    ("(inhomogeneous) shape", Text("These rows are not equally long, so they make no array.")),
    ("KeyError: (.*)", Text("The dictionary has no entry {one}.")),
))  # fmt: skip
"""Patterns of Python's and NumPy's error messages, each with a sentence that explains it."""
_NOT_AS_CALLED = Text(
    "{name} was handed {given} values and its heading takes {taken}; in a class self is one of them. Keep a heading "
    "that was given."
)
_FORBIDDEN = Text("{words} is not available here. There is NumPy, as np, and what the exercise gives.")
_ENDLESS = Text("Line {line} did not come to an end in time, and was stopped.")
_ENDLESS_SOMEWHERE = Text("It did not come to an end in time, and was stopped.")
_MEMORY = Text("There is not so much memory: an array has become far too large.")
_ENDED = Text("Python itself ended, without a word. Is there something that calls itself again and again?")
_INFINITE = Text("It turned ordinary numbers into {got}.")
_LONG = Text("It has {words} characters; at most {most} are checked.")
_BROKEN = Text("What its process gave back were no numbers, and it was stopped.")
_NO_ENTRY = Text("The dictionary has no entry '{name}'. It has {names}.")
_EMPTY_DICTIONARY = Text("The dictionary has no entry '{name}': it is empty.")
_CALLED = Text("It was called from line {line}.")
_NOTHING = Text("{quantity} is not there yet: give it back with return, or keep it where the task asks for that.")
_UNTOUCHED = Text("{quantity} is what it was: write into the arrays themselves, as += and −= do, without a return.")
_TYPE = Text("{quantity} is of the type {got}, wanted is {wanted}.")
_SINGLE = Text("{quantity} is a single number; wanted is an array of the shape {wanted}.")
_NOT_SINGLE = Text("{quantity} is an array of the shape {got}; wanted is a single number.")
_LIES_ACROSS = Text("Rows and columns have changed places.")
_AXIS_OF_ONE = Text("The numbers may be right; there is an axis of length 1 too many.")
_NO_AXIS_OF_ONE = Text("An axis of length 1 is missing: one row is a batch, too.")
_AXIS_LOST = Text("An axis has got lost: what lay along it has become one number.")
_AXIS_TOO_MANY = Text("There is an axis too many: what lies along it should have become one number.")
_REARRANGED = Text("As many numbers as there should be, but otherwise arranged.")
_LENGTH = Text("Axis {axis} has the length {mine} instead of {other}.")
_NOT_WHOLE = Text("{cell} = {yours} is of the type {got}. The side of an array has to be an int, or NumPy refuses it.")
_SHAPE = Text("{quantity} has the shape {got}, wanted is {wanted}.")
_CHANGED = Text("{cell} was {expected} when it came in, and is {yours} now.")
_COPY = Text("The caller still needs it: work on a copy.")
_WARNED = Text("The numbers are right, or nearly, but NumPy warns: {words}.")
_VALUE = Text("{cell}: yours {yours}, expected {expected}.")
_FEWEST_DIGITS, _MOST_DIGITS = 6, 17
_NOT_FINITE = Text("inf or nan, which is no finite number")


def step_words(exercise: Exercise) -> tuple[Text, ...]:
    """The names of all steps of a check, in order: ``STEPS``, the exercise's own checks, and whether calls disturb one
    another.
    """
    return (*STEPS, *(check.words for check in exercise.checks), _IN_TURN)


def sentence_of(failure: Failure, exercise: Exercise) -> Text:
    """Describes a failed check in one or more sentences, with a hint if there is one."""
    hint = hint_of(failure, exercise)
    told = sentences((_told(failure, exercise), hint)) if hint is not None else _told(failure, exercise)
    if failure.kind in ("raised", "value") and failure.came_in:
        told = sentences((told, _CAME_IN(came_in=untranslated(failure.came_in))))
    if failure.check is not None:
        told = sentences((told, _IN_CHECK(check=exercise.checks[failure.check].words)))
    if failure.kind == "changed":
        told = sentences((told, exercise.put_back if exercise.put_back != EMPTY else _COPY))
    return told


def hint_of(failure: Failure, exercise: Exercise) -> Text | None:
    """The hint of the known mistake that the learner's code makes, or an explanation of its error; else None."""
    if failure.kind == "raised":
        return next((said for pattern, said in exercise.meanings if re.search(pattern, failure.words)), None)
    return words_of(exercise, failure.mistakes) if failure.mistakes else None


def _told(failure: Failure, exercise: Exercise) -> Text:
    quantity, cell = exercise.name_of(failure.quantity), exercise.cell_name(failure.quantity, failure.place)
    match failure.kind:
        case "syntax":
            return _located(failure, _SYNTAX(what=_syntax(failure.words), words=untranslated(failure.words)))
        case "missing":
            owner, dot, method = failure.words.rpartition(".")
            return _MISSING_METHOD(owner=owner, method=method) if dot else _MISSING(words=untranslated(failure.words))
        case "raised":
            return _located(failure, _stopped(failure.words))
        case "forbidden":
            return _located(failure, _FORBIDDEN(words=untranslated(failure.words)))
        case "endless":
            return _ENDLESS(line=failure.line) if failure.line else _ENDLESS_SOMEWHERE
        case "memory":
            return _located(failure, _MEMORY)
        case "ended":
            return _ENDED
        case "broken":
            return _BROKEN
        case "infinite":
            return _INFINITE(got=untranslated(failure.got))
        case "long":
            return _LONG(words=untranslated(failure.words), most=LONGEST_SOURCE)
        case "nothing" if failure.wanted:
            words = _NO_ENTRY if failure.got else _EMPTY_DICTIONARY
            return words(name=untranslated(failure.wanted), names=untranslated(failure.got))
        case "nothing":
            return (_UNTOUCHED if exercise.changes else _NOTHING)(quantity=quantity)
        case "type":
            return _TYPE(quantity=quantity, got=failure.got, wanted=failure.wanted)
        case "shape":
            return _shape(quantity, failure.got, failure.wanted)
        case "whole":
            yours, _ = told_apart(failure.yours, failure.expected)
            return _NOT_WHOLE(cell=cell, yours=yours, got=failure.got)
        case "warned":
            return _WARNED(words=untranslated(failure.words))
        case "shared" | "stale" if not failure.quantity:
            return _SHARED_STOPS if failure.kind == "shared" else _STALE_STOPS
        case "changed" | "value" | "shared" | "stale":
            told = {"changed": _CHANGED, "shared": _SHARED, "stale": _STALE}.get(failure.kind, _VALUE)
            yours, expected = told_apart(failure.yours, failure.expected)
            return told(cell=cell, yours=yours, expected=expected)


def _located(failure: Failure, what: Text) -> Text:
    if failure.line is None:
        return what
    if failure.kind == "syntax" and failure.column is not None:
        return _AT(line=failure.line, column=failure.column, what=what)
    said = _IN_LINE(line=failure.line, what=what)
    return said if failure.caller is None else sentences((said, _CALLED(line=failure.caller)))


def _syntax(words: str) -> Text:
    return next((said for pattern, said in _KNOWN_SYNTAX if re.search(pattern, words)), _PLAIN_SYNTAX)


def _stopped(words: str) -> Text:
    explained = explanation_of(words)
    if explained is None:
        return _RAISED(words=untranslated(words.rstrip(".")))
    # What follows in further lines, as where NumPy tells the history of np.int, the explanation says in fewer words.
    first = words.splitlines()[0]
    return _misfit(words) or sentences((_RAISED(words=untranslated(first.rstrip("."))), explained))


def explanation_of(words: str) -> Text | None:
    """Explains Python's error message ``words``; None if it is not a common one."""
    if match := _TAKES.search(words):
        name, taken, given = match.groups()
        return _NOT_AS_CALLED(name=untranslated(name), taken=int(taken), given=int(given))
    found = ((pattern.search(words), said) for pattern, said in _KNOWN_ERRORS)
    return next((said(one=untranslated(match[1])) for match, said in found if match), _misfit(words))


def _shape(quantity: Text, got: str, wanted: str) -> Text:
    """A sentence saying that a shape is ``got`` instead of ``wanted``, and how the two differ."""
    mine, other = (tuple(int(one) for one in re.findall(r"\d+", shape)) for shape in (got, wanted))
    if not mine:
        return _SINGLE(quantity=quantity, wanted=wanted)
    if not other:
        return _NOT_SINGLE(quantity=quantity, got=got)
    said = _SHAPE(quantity=quantity, got=got, wanted=wanted)
    explained = _difference(mine, other)
    return said if explained is None else sentences((said, explained))


def _difference(mine: tuple[int, ...], other: tuple[int, ...]) -> Text | None:
    def without(shape: tuple[int, ...], axis: int) -> tuple[int, ...]:
        return shape[:axis] + shape[axis + 1 :]

    if len(mine) == len(other) == 2 and mine == other[::-1]:
        return _LIES_ACROSS
    for axis, length in enumerate(mine):
        if without(mine, axis) == other:
            return _AXIS_OF_ONE if length == 1 else _AXIS_TOO_MANY
    for axis, length in enumerate(other):
        if without(other, axis) == mine:
            return _NO_AXIS_OF_ONE if length == 1 else _AXIS_LOST
    if math.prod(mine) == math.prod(other):
        return _REARRANGED
    if len(mine) == len(other):
        axis = next(axis for axis, length in enumerate(mine) if length != other[axis])
        return _LENGTH(axis=axis, mine=mine[axis], other=other[axis])
    return None


def _misfit(words: str) -> Text | None:
    """Explains NumPy's error message about two shapes that do not fit; None if ``words`` are about something else."""
    if match := _NOT_ALIGNED.search(words):
        left, right = (_spaced(shape) for shape in match.group(1, 2))
        return _NO_PRODUCT(left=left, right=right, inner=int(match[3]), outer=int(match[4]))
    if match := _MISMATCH.search(words):
        return _NO_INNER(inner=int(match[2]), outer=int(match[1]))
    if match := _NOT_BROADCAST.search(words):
        return _NOT_CELL_BY_CELL(left=_spaced(match[1]), right=_spaced(match[2]))
    return None


def _spaced(shape: str) -> Text:
    return untranslated(re.sub(r",(?=\d)", ", ", shape))


def told_apart(yours: float | None, expected: float | None) -> tuple[Text, Text]:
    """Formats two numbers with at least six significant digits, and as many more as show their difference.

    None stands for a number that is not finite.
    """
    for digits in range(_FEWEST_DIGITS, _MOST_DIGITS + 1):
        told = _number(yours, digits), _number(expected, digits)
        if told[0] != told[1]:
            break
    return told


def _number(value: float | None, digits: int) -> Text:
    return _NOT_FINITE if value is None else untranslated(format_real(value, digits))
