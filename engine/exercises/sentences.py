"""What a verdict says: one sentence of what was wrong, in the learner's words and with the two numbers."""

from __future__ import annotations

import re

from engine.contract.text.numerals import format_real
from engine.contract.text.text import EMPTY, Text, sentences, untranslated
from engine.exercises.exercise import LONGEST_SOURCE, Exercise
from engine.exercises.verdict import Failure

STEPS = (
    Text("Python can read it"),
    Text("It runs"),
    Text("It comes to an end in time"),
    Text("Shapes and types"),
    Text("What came in stays as it was"),
)
"""The steps before an exercise's own checks, in their order."""
RIGHT = Text("All checks hold.")

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
_RAISED = Text("Python stopped with {words}.")
_CAME_IN = Text("What came in: {came_in}.")
_FORBIDDEN = Text("{words} is not to be had here. There is NumPy, as np, and what the exercise gives.")
_ENDLESS = Text("Line {line} did not come to an end in time, and was stopped.")
_ENDLESS_SOMEWHERE = Text("It did not come to an end in time, and was stopped.")
_MEMORY = Text("There is not so much memory: an array has become far too large.")
_ENDED = Text("Python itself ended, without a word. Is there something that calls itself again and again?")
_INFINITE = Text("It turned ordinary numbers into {got}.")
_LONG = Text("It has {words} characters; at most {most} are checked.")
_BROKEN = Text("What its process gave back were no numbers, and it was stopped.")
_NOTHING = Text("{quantity} is not there yet: write the body, and give the result back with return.")
_UNTOUCHED = Text("{quantity} is what it was: write the body. The arrays are changed where they are, without a return.")
_TYPE = Text("{quantity} is of the type {got}, wanted is {wanted}.")
_NOT_WHOLE = Text("{cell} = {yours} is of the type {got}. The side of an array has to be an int, or NumPy refuses it.")
_SHAPE = Text("{quantity} has the shape {got}, wanted is {wanted}.")
_CHANGED = Text("{cell} was {expected} when it came in, and is {yours} now.")
_COPY = Text("The caller still needs it: work on a copy.")
_WARNED = Text("The numbers are right, or nearly, but NumPy warns: {words}.")
_VALUE = Text("{cell}: yours {yours}, expected {expected}.")
_FEWEST_DIGITS, _MOST_DIGITS = 6, 17
_NOT_FINITE = Text("no finite number")


def step_words(exercise: Exercise) -> tuple[Text, ...]:
    """What is checked, in the order in which it is."""
    return (*STEPS, *(check.words for check in exercise.checks))


def sentence_of(failure: Failure, exercise: Exercise) -> Text:
    """What was wrong, in one or two sentences."""
    told = _told(failure, exercise)
    if failure.kind in ("raised", "value") and failure.came_in:
        told = sentences((told, _CAME_IN(came_in=untranslated(failure.came_in))))
    if failure.kind == "changed":
        told = sentences((told, exercise.put_back if exercise.put_back != EMPTY else _COPY))
    hint = hint_of(failure, exercise)
    return sentences((told, hint)) if hint is not None else told


def hint_of(failure: Failure, exercise: Exercise) -> Text | None:
    """What kind of mistake makes just these numbers; None where none is known to."""
    return next((one.hint for one in exercise.mistakes if one.id == failure.mistake), None)


def _told(failure: Failure, exercise: Exercise) -> Text:
    quantity, cell = exercise.name_of(failure.quantity), exercise.cell_name(failure.quantity, failure.place)
    match failure.kind:
        case "syntax":
            return _located(failure, _SYNTAX(what=_syntax(failure.words), words=untranslated(failure.words)))
        case "missing":
            return _MISSING(words=untranslated(failure.words))
        case "raised":
            return _located(failure, _RAISED(words=untranslated(failure.words)))
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
        case "nothing":
            return (_UNTOUCHED if exercise.changes else _NOTHING)(quantity=quantity)
        case "type" | "shape":
            told = _TYPE if failure.kind == "type" else _SHAPE
            return told(quantity=quantity, got=failure.got, wanted=failure.wanted)
        case "whole":
            yours, _ = told_apart(failure.yours, failure.expected)
            return _NOT_WHOLE(cell=cell, yours=yours, got=failure.got)
        case "warned":
            return _WARNED(words=untranslated(failure.words))
        case "changed" | "value":
            told = _CHANGED if failure.kind == "changed" else _VALUE
            yours, expected = told_apart(failure.yours, failure.expected)
            return told(cell=cell, yours=yours, expected=expected)


def _located(failure: Failure, what: Text) -> Text:
    if failure.line is None:
        return what
    if failure.kind == "syntax" and failure.column is not None:
        return _AT(line=failure.line, column=failure.column, what=what)
    return _IN_LINE(line=failure.line, what=what)


def _syntax(words: str) -> Text:
    return next((said for pattern, said in _KNOWN_SYNTAX if re.search(pattern, words)), _PLAIN_SYNTAX)


def told_apart(yours: float | None, expected: float | None) -> tuple[Text, Text]:
    """Both with as many digits as it takes to tell them apart, six at least; None is no finite number."""
    for digits in range(_FEWEST_DIGITS, _MOST_DIGITS + 1):
        told = _number(yours, digits), _number(expected, digits)
        if told[0] != told[1]:
            break
    return told


def _number(value: float | None, digits: int) -> Text:
    return _NOT_FINITE if value is None else untranslated(format_real(value, digits))
