"""Finds out how to make and call a network of any class.

It goes by the names of its methods' parameters and by the shapes of its arrays; where these are unknown, values are
tried.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

Heading = tuple[tuple[str, bool, Any], ...]
"""The parameters of a method: for each its name, whether it is required, and its default."""

OF_STATIONS = "TwoLayerNet"
SIDE, CLASSES = 28, 10
TRAIN_FLAGS = ("train_flg", "train_flag", "training", "is_training", "is_train", "train", "train_mode")
"""Known names of a parameter or attribute that is True in training and False in a test."""
_INPUTS, _HIDDEN, _DIM = SIDE * SIDE, (50, 40, 30), (1, SIDE, SIDE)
_CONVOLUTION = {"filter_num": 6, "filter_size": 5, "pad": 0, "stride": 1}
_BY_NAME: tuple[tuple[str, Any], ...] = (
    (r"(input|in|image|img|x)_?(dim|shape)s?", _DIM),
    (r"conv\w*param\w*|conv_?\d*", _CONVOLUTION),
    (r"(layer_?)?(sizes|dims|layers|widths)|architecture|shape", [_INPUTS, 40, 30, CLASSES]),
    (r"hidden\w*(list|sizes|layers|dims|units)|hiddens|hidden_?(list|layers)|sizes_hidden", [40, 30]),
    (r"(n|num|d|size)?_?(in|inputs?|features?|pixels?)(_?(size|dim|num|features?|units|nodes|n))?|d", _INPUTS),
    (r"(n|num|d|size)?_?(out|outputs?|classes|class|labels?)(_?(size|dim|num|units|nodes|n))?|c|k", CLASSES),
    (r"(n_?|num_?)?(filters?|channels|kernels)(_?num|_?count)?|filter_num", _CONVOLUTION["filter_num"]),
    (r"(filter|kernel)_?size|ksize|fh|fw", _CONVOLUTION["filter_size"]),
    (r"pad(ding)?", 0), (r"stride", 1), (r"pool\w*", 2),
    (r"(weight_?)?(init_?)?(std|scale|sigma)(_?init)?|weight_init\w*", 0.01),
    (r"lr|learning_?rate|rate|eta|alpha", 0.1),
    (r"(weight_?)?decay\w*|lam\w*|l2\w*|reg\w*", 0.0),
    (r"drop\w*", 0.5), (r"activation\w*|act", "relu"), (r"use_\w+", True), (r"batch_?size", 100), (r"seed", 0),
)  # fmt: skip
_SMALL = {_INPUTS: 6, 50: 5, 40: 5, 30: 4}
_OF_HIDDEN = re.compile(r"(n|num|d)?_?(h|hid|hidden|units|nodes|neurons)\w*\d*")
_TECHNIQUES: tuple[tuple[str, type, Any], ...] = (
    (r"(weight_?)?decay\w*|lam|lambda\w*|lamb|l2\w*|reg\w*", float, 0.1),
    (r"use_\w+|drop_?out|batch_?norm\w*|bn", bool, True),
)
"""Optional parameters that switch on weight decay, dropout or batch normalization: name pattern, type, and value for
on.
"""
_LABELS = re.compile(r"t|t_\w+|labels?|targets?")
_ROLES = (
    (r"x\w*|inputs?|images?", "x"), (r"t|t_\w+|y|labels?|targets?", "t"), (r"g|grads?|gradients?", "grads"),
    (r"lr|learning_?rate|rate|eta|alpha", "rate"), (r"params?|parameters?", "params"),
)  # fmt: skip


def is_python(source: str) -> bool:
    """Whether a source is valid Python."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def networks_in(source: str) -> tuple[str, ...]:
    """The names of the classes that have the methods ``loss`` and ``gradient``, their own or inherited.

    Base classes of such classes are left out. Empty if the source is not valid Python.
    """
    if not is_python(source):
        return ()
    tree = ast.parse(source)
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}

    def methods(name: str, depth: int = 0) -> set[str]:
        if name not in classes or depth > len(classes):
            return set()
        mine = {one.name for one in classes[name].body if isinstance(one, ast.FunctionDef)}
        return mine.union(*(methods(base, depth + 1) for base in bases(name)))

    def bases(name: str) -> set[str]:
        return {one.id for one in classes[name].bases if isinstance(one, ast.Name)}

    found = [name for name in classes if {"loss", "gradient"} <= methods(name)]
    beneath = set().union(*(bases(name) for name in found)) if found else set()
    return tuple(name for name in found if name not in beneath)


def means_both(source: str) -> bool:
    """Whether the learner's code accepts labels both as class numbers and one-hot, that is, branches on the shape of
    the labels.

    A branch in ``accuracy``, or one that raises an exception, does not count.
    """
    if not is_python(source):
        return False
    tree = ast.parse(source)
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name != "accuracy"]
    for node in (node for one in functions for node in ast.walk(one) if isinstance(node, (ast.If, ast.IfExp))):
        refuses = isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise)
        asked = [part for one in ast.walk(node.test) if isinstance(one, ast.Compare) for part in ast.walk(one)]
        if not refuses and any(_is_form_of_labels(part) for part in asked):
            return True
    return False


def _is_form_of_labels(node: ast.AST) -> bool:
    if not isinstance(node, ast.Attribute) or node.attr not in ("ndim", "size", "shape"):
        return False
    return isinstance(node.value, ast.Name) and _LABELS.fullmatch(node.value.id) is not None


def arguments(heading: Heading) -> Iterator[dict[str, Any]]:
    """Yields keyword arguments to try for a constructor, the most likely first; none if a name is unknown."""
    wanted = [name for name, has_to_be, _ in heading if has_to_be]
    hidden = [name for name in wanted if _is_of_hidden(name)]
    choices: dict[str, list[Any]] = {}
    for name in wanted:
        value = _by_name(name)
        if name in hidden:
            choices[name] = [_HIDDEN[hidden.index(name) % len(_HIDDEN)], [40, 30]]
        elif value is not None:
            choices[name] = [value, _INPUTS] if value == _DIM else [value]
    if len(choices) < len(wanted):
        if len(wanted) == 3:
            yield dict(zip(wanted, (_INPUTS, _HIDDEN[0], CLASSES), strict=True))
        return
    for values in product(*(choices[name] for name in wanted)):
        yield dict(zip(wanted, values, strict=True))


def unknown_in(heading: Heading) -> str:
    """The names of a constructor's required parameters that are unknown, joined by commas."""
    return ", ".join(name for name, needed, _ in heading if needed and _by_name(name) is None
                     and not _is_of_hidden(name))  # fmt: skip


def techniques(heading: Heading) -> dict[str, Any]:
    """Keyword arguments that switch on the techniques that a constructor leaves off by default.

    These are weight decay, dropout and batch normalization.
    """
    found: dict[str, Any] = {}
    for name, has_to_be, default in heading:
        for pattern, kind, value in _TECHNIQUES:
            fits = type(default) is bool if kind is bool else type(default) in (int, float)
            if not has_to_be and fits and not default and re.fullmatch(pattern, name.lower()):
                found[name] = value
    return found


def small(value: Any) -> Any:
    """The constructor argument with usual layer sizes, an integer or those in a list, replaced by much smaller ones;
    any other value unchanged.
    """
    if isinstance(value, list):
        return [_SMALL.get(one, one) for one in value]
    return _SMALL.get(value, value) if type(value) is int else value


def written(given: Mapping[str, Any]) -> str:
    """Keyword arguments as Python source, such as ``hidden_size=50``."""
    return ", ".join(f"{name}={value!r}" for name, value in given.items())


def flag_in(heading: Heading) -> str:
    """The name of a method's parameter that tells training from test; "" if it has none."""
    return next((name for name, *_ in heading if name in TRAIN_FLAGS), "")


def roles_in(heading: Heading) -> tuple[str, ...] | None:
    """The roles of the parameters of ``update``: x, t, grads, params or rate, from the first to the last known one.

    None if the name of a required parameter is unknown.
    """
    found = []
    for name, has_to_be, _ in heading:
        role = next((role for pattern, role in _ROLES if re.fullmatch(pattern, name.lower())), "")
        if not role and has_to_be:
            return None
        if not role:
            break
        found.append(role)
    return tuple(found)


def sample_shapes(given: Mapping[str, Any], heading: Heading, arrays: Mapping[str, Any]) -> list[tuple[int, ...]]:
    """Shapes to try for one sample, the most likely first."""
    every = {**{name: default for name, _, default in heading}, **given}
    found: list[tuple[int, ...]] = []
    for name, value in every.items():
        plain = isinstance(value, (tuple, list)) and all(type(one) is int and one > 0 for one in value)
        if plain and re.fullmatch(_BY_NAME[0][0], name.lower()):
            found.append(tuple(value))
    shapes = [one.shape for one in arrays.values() if one.ndim >= 2]
    flat = [(one,) for shape in shapes[:1] for one in shape]
    if shapes and len(shapes[0]) == 4:
        found += [(shapes[0][1], SIDE, SIDE), (shapes[0][3], SIDE, SIDE), (SIDE, SIDE)]
    elif (_INPUTS,) in flat:
        found.append((_INPUTS,))
    else:
        found += flat[:2] if len(shapes[:1]) and len(shapes[0]) == 2 else []
    return list(dict.fromkeys([*found, (_INPUTS,), _DIM]))


def _by_name(name: str) -> Any:
    return next((value for pattern, value in _BY_NAME if re.fullmatch(pattern, name.lower())), None)


def _is_of_hidden(name: str) -> bool:
    return _OF_HIDDEN.fullmatch(name.lower()) is not None and not isinstance(_by_name(name), Sequence)
