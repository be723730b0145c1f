"""Analyses a piece of the engine's source: its references, and the parts that only produce user-visible texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from types import SimpleNamespace

from engine.contract.language import language_of
from engine.contract.text import Text
from engine.export.alone.modules import STAND_INS, Definition, Located, Module, Outside, module_of
from engine.export.alone.piece import Arguments, Pending, Piece, Reference, has_optional_fields, removal
from engine.export.alone.scopes import bound_in, is_scope

_TABLES = {"table_of": 1, "grid_table": 1, "Table": 2, "Column": 3}
"""By function, the number of positional arguments before the label, which a script's tables do not have."""
_WORD_MAKERS = (
    "Text",
    "untranslated",
    "notation",
    "counted",
    "listed",
    "enumerated",
    "side_by_side",
    "Status",
    "Remedy",
    "Lead",
    "Probe",
)
MADE_NAME = "{}"
"""The entry in ``Piece.attributes`` for an attribute whose name is computed."""
OF_FRAMES, OF_PARAMS = "frame.", "params."
"""Prefixes of entries in ``Piece.attributes`` for attributes that are read only from a frame, or from parameters."""
_DROPPED_KEYWORDS = ("status",)


class Reader:
    """Analyses statements of one module; ``language`` is that of the script's messages."""

    def __init__(self, module: Module, language: str, word_fields: frozenset[str] = frozenset()) -> None:
        self._module, self._language, self._word_fields = module, language, word_fields

    def read(self, node: ast.AST) -> Piece:
        """Analyses a statement or a class member and returns the result."""
        self._piece = Piece()
        self._words: list[set[str]] = []
        self._local: list[frozenset[str]] = []
        self._flat: list[bool] = []
        self._raising = 0
        self._visit(node)
        return self._piece

    # Walking

    def _visit(self, node: ast.AST | None) -> None:
        if node is None:
            return
        if (
            isinstance(getattr(node, "ctx", None) or ast.Load(), ast.Load)
            and isinstance(node, ast.expr)
            and self._is_word(node)
        ):
            self._word(node)
            return
        match node:
            case ast.FunctionDef():
                self._function(node)
            case ast.ClassDef():
                for part in (*node.decorator_list, *node.bases, *(one.value for one in node.keywords), *node.body):
                    self._visit(part)
            case ast.AnnAssign():
                self._annotation(node.annotation)
                self._visit(node.target)
                self._visit(node.value)
            case ast.Call():
                self._call(node)
            case ast.Raise():
                self._raising += 1
                self._visit(node.exc)
                self._raising -= 1
            case ast.YieldFrom() if self._flat and self._flat[-1]:
                self._unwrap(node)
            case ast.Name():
                self._name(node)
            case ast.Attribute():
                self._attribute(node)
            case _ if is_scope(node):
                self._inner(node)
            case _:
                for _, value in ast.iter_fields(node):
                    if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                        self._block(value)
                    else:
                        for child in value if isinstance(value, list) else [value]:
                            if isinstance(child, ast.AST):
                                self._visit(child)

    def _block(self, statements: list[ast.stmt]) -> None:
        """Handles a list of statements and drops those that only produce texts or report progress."""
        needless = [one for one in statements if self._is_needless(one)]
        for one in statements:
            if one not in needless:
                self._visit(one)
            elif len(needless) == len(statements) and one is needless[0]:
                self._replace(one, "pass")
            else:
                self._piece.edits.append((*self._module.lines_of(one), ""))

    def _is_needless(self, statement: ast.stmt) -> bool:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                return bool(self._local) and self._is_local(name) and self._is_word(value)
            case ast.Expr(value=ast.Yield()):
                return bool(self._flat) and self._flat[-1]
            case ast.Expr(value=ast.YieldFrom(value=ast.Tuple(elts=[]))):
                return True
        return False

    def _function(self, node: ast.FunctionDef) -> None:
        for part in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults):
            self._visit(part)
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        for one in (*arguments, node.args.vararg, node.args.kwarg):
            self._annotation(one.annotation if one is not None else None)
        is_flat = self._is_progress(node.returns)
        self._returns(node.returns, is_flat)
        words = {one.arg for one in arguments if one.annotation and _says_text(self._module.text(one.annotation))}
        words |= {
            f"{one.arg}[]" for one in arguments if one.annotation and _says_texts(self._module.text(one.annotation))
        }
        self._local.append(bound_in(node))
        self._words.append(words | _assigned_words(node, self, words))
        self._flat.append(is_flat)
        self._block(node.body)
        self._flat.pop()
        self._words.pop()
        self._local.pop()

    def _inner(self, node: ast.AST) -> None:
        self._local.append(bound_in(node))
        self._words.append(set())
        for child in ast.iter_child_nodes(node):
            self._visit(child)
        self._words.pop()
        self._local.pop()

    def _annotation(self, node: ast.expr | None) -> None:
        """Handles a type annotation: type aliases are followed, ``Text`` becomes ``str``, other types are kept if they
        are in the script.
        """
        match node:
            case ast.Name(id=name):
                meaning = self._module.meaning(name)
                if isinstance(meaning, Definition) and getattr(self._module.live, name, None) is Text:
                    self._replace(node, "str")
                elif isinstance(meaning, Definition):
                    self._type(node, name, meaning)
                else:
                    self._refer(node, name, meaning)
            case ast.Attribute(value=value, attr=attr):
                owner = self._module_meant(value)
                meaning = owner.meaning(attr) if owner is not None else None
                if isinstance(meaning, Definition):
                    self._type(node, attr, meaning)
                else:
                    self._annotation(value)
            case ast.AST():
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self._annotation(child)

    def _type(self, node: ast.expr, name: str, meaning: Definition) -> None:
        is_short = isinstance(meaning.statement, ast.Assign | ast.AnnAssign) and "engine." not in repr(meaning.value)
        self._piece.references.append(Reference(node, name, meaning, frozenset(), not is_short))

    def _returns(self, node: ast.expr | None, is_flat: bool) -> None:
        """Handles a return annotation; if ``is_flat``, that of a generator whose only yields are progress.

        Of such a generator, which a script does not have, only the type of the returned value is kept.
        """
        match node:
            case ast.BinOp(left=left) if is_flat:
                self._piece.edits.append((self._module.end(left), self._module.end(node), ""))
                self._returns(left, is_flat)
            case ast.Subscript(slice=ast.Tuple(elts=[_, _, result])) if is_flat:
                self._piece.edits.append((self._module.start(node), self._module.start(result), ""))
                self._piece.edits.append((self._module.end(result), self._module.end(node), ""))
                self._annotation(result)
            case ast.Name() if is_flat:
                self._replace(node, "object")
            case _:
                self._annotation(node)

    def _is_progress(self, returns: ast.expr | None) -> bool:
        """Whether a function's annotation says that it is a generator that yields only progress.

        In a script it is an ordinary function, which does everything in one call.
        """
        if returns is None:
            return False
        text = self._module.text(returns)
        if "[Progress" in text or ("None" not in text and "Progress" in text):
            return True
        name = text.split("[")[0].split(" ")[0]
        meaning = self._module.meaning(name)
        return isinstance(meaning, Definition) and "Progress" in repr(getattr(meaning.module.live, name, ""))

    # Words

    def _is_word(self, node: ast.AST) -> bool:
        match node:
            case ast.Name(id=name):
                if self._is_local(name):
                    return any(name in words for words in self._words)
                return isinstance(self._live(node), Text)
            case ast.Attribute(attr=attr):
                return isinstance(self._live(node), Text) or attr in self._word_fields
            case ast.Call(func=function):
                if isinstance(function, ast.Name) and not self._is_local(function.id) and function.id in _WORD_MAKERS:
                    return True
                if self._is_word(function):
                    return True
                return self._returns_words(function)
            case ast.Subscript(value=ast.Name(id=name)) if self._is_local(name):
                return any(f"{name}[]" in words for words in self._words)
            case ast.Subscript(value=value):
                return _holds_words(self._live(value))
            case ast.IfExp(body=one, orelse=other):
                empty = [part for part in (one, other) if not (isinstance(part, ast.Constant) and part.value is None)]
                return bool(empty) and all(self._is_word(part) for part in empty)
            case ast.BoolOp(values=values):
                return all(self._is_word(part) for part in values)
        return False

    def _returns_words(self, function: ast.expr) -> bool:
        live = self._live(function)
        said = getattr(live, "__annotations__", {}).get("return") if callable(live) else None
        return isinstance(said, str) and (_says_text(said) or said in ("Status", "Status | None"))

    def _live(self, node: ast.AST) -> object:
        match node:
            case ast.Name(id=name) if not self._is_local(name):
                return getattr(self._module.live, name, None)
            case ast.Attribute(value=ast.Name() as value, attr=attr):
                owner = self._live(value)
                return getattr(owner, attr, None) if type(owner).__name__ in ("module", "type", "ABCMeta") else None
        return None

    def _word(self, node: ast.expr) -> None:
        if not self._raising:
            self._replace(node, '""')
            return
        self._said(node)

    def _said(self, node: ast.expr) -> None:
        """Replaces the ``Text`` of a raised ``Refused`` by a plain string in the script's language."""
        match node:
            case ast.Call(func=ast.Name(id="Text"), args=[ast.Constant(value=str(message))], keywords=[*options]):
                context = next((one.value.value for one in options if isinstance(one.value, ast.Constant)), "")
                self._replace(node, repr(self._template(Text(message, context=str(context)))))
            case ast.Call(func=function, keywords=keywords) if self._is_word(function):
                if isinstance(function, ast.Name) and self._is_local(function.id):
                    self._replace(node, '""')
                    return
                self._said(function)
                self._piece.edits.append((self._module.end(function), self._module.end(function), ".format"))
                for keyword in keywords:
                    self._visit(keyword.value)
            case ast.Name() | ast.Attribute():
                said = self._live(node)
                self._replace(node, repr(self._template(said)) if isinstance(said, Text) else '""')
            case _:
                self._replace(node, '""')

    def _template(self, words: Text) -> str:
        return words.template(language_of(self._language))

    # Calls

    def _call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        every: Arguments = [*node.args, *node.keywords]
        dropped = {id(one) for one in node.keywords if one.arg in _DROPPED_KEYWORDS}
        if name == "replace" and dropped and len(every) == 2:
            self._replace_by(node, node.args[0])
            return
        if name in _TABLES:
            dropped |= {id(one) for one in node.args[_TABLES[name] :]}
            if name in ("Table", "Column"):
                dropped |= {id(one) for one in node.keywords if one.arg == "label"}
            values = [one.value for one in node.keywords]
            dropped |= {id(one) for one in values if self._is_labelled(one)}
        if self._module.text(node.func) in ("WorkingStep", "WorkingStep.over") and node.args:
            if self._is_word(node.args[-1]):
                dropped.add(id(node.args[-1]))
            dropped |= {id(one) for one in node.keywords if one.arg == "note"}
        if self._makes_frame(node.func):
            self._frame_call(node, every, dropped)
            return
        self._visit(node.func)
        if name == "getattr" and not isinstance(node.args[1], ast.Constant):
            self._piece.attributes |= self._strings() if isinstance(node.args[1], ast.Name) else {MADE_NAME}
        if name in ("getattr", "hasattr") and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
            self._piece.attributes.add(str(node.args[1].value))
        self._remove(every, dropped)
        for one in every:
            if id(one) in dropped:
                continue
            value = one.value if isinstance(one, ast.keyword) else one
            if id(value) in dropped:
                self._replace_by(value, value.elts[0])  # type: ignore[attr-defined]
            else:
                self._visit(value)

    def _is_labelled(self, node: ast.expr) -> bool:
        """Whether a table column is given as a tuple (values, label)."""
        return isinstance(node, ast.Tuple) and len(node.elts) == 2 and self._is_word(node.elts[1])

    def _makes_frame(self, function: ast.expr) -> bool:
        live = self._live(function)
        return live is SimpleNamespace or has_optional_fields(live)

    def _frame_call(self, node: ast.Call, every: Arguments, dropped: set[int]) -> None:
        """Handles a call that constructs a frame: an argument is kept only if its field is used."""
        self._visit(node.func)
        for one in every:
            if isinstance(one, ast.keyword) and one.arg is not None and id(one) not in dropped:
                whole, self._piece = self._piece, Piece()
                self._visit(one.value)
                whole.pending.append(Pending(one.arg, every, one, self._piece, self._live(node.func)))
                self._piece = whole
            elif id(one) not in dropped:
                self._visit(one.value if isinstance(one, ast.keyword) else one)
        self._piece.removed.append((every, dropped))

    def _strings(self) -> set[str]:
        """All strings in the module that could be names of attributes.

        They count as used, since ``getattr`` may read them.
        """
        constants = (node.value for node in ast.walk(self._module.tree) if isinstance(node, ast.Constant))
        return {value for value in constants if isinstance(value, str) and value.isidentifier()}

    def _remove(self, every: Arguments, dropped: set[int]) -> None:
        self._piece.edits += removal(self._module, every, dropped)

    # Names

    def _is_local(self, name: str) -> bool:
        return any(name in names for names in self._local)

    def _name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load) and not self._is_local(node.id):
            self._refer(node, node.id, self._module.meaning(node.id))

    def _refer(self, node: ast.expr, spelled: str, meaning: Definition | Outside | Module | None) -> None:
        if isinstance(meaning, Outside):
            self._piece.outside.add(meaning)
        elif isinstance(meaning, Definition):
            local = frozenset().union(*self._local)
            self._piece.references.append(Reference(node, spelled, meaning, local))

    def _attribute(self, node: ast.Attribute) -> None:
        if self._module.text(node) == "dataclasses.replace":
            self._refer(node, "replace", module_of(STAND_INS).defined["replace"])
            return
        owner = self._module_meant(node.value)
        if owner is not None:
            meaning = owner.meaning(node.attr)
            if meaning is not None:
                self._refer(node, node.attr if isinstance(meaning, Definition) else "", meaning)
                return
        self._piece.attributes.add(f"{self._kind_of(node.value)}{node.attr}")
        self._visit(node.value)

    def _kind_of(self, node: ast.expr) -> str:
        """The kind of object that an attribute is read from, as far as the variable's name tells: a frame, parameters,
        or "".
        """
        match node:
            case ast.Name(id=name):
                pass
            case ast.Attribute(attr=attr):
                name = attr.lstrip("_")
            case _:
                return ""
        return {"frame": OF_FRAMES, "params": OF_PARAMS}.get(name, "")

    def _module_meant(self, node: ast.expr) -> Module | None:
        if isinstance(node, ast.Name) and not self._is_local(node.id):
            meaning = self._module.meaning(node.id)
            return meaning if isinstance(meaning, Module) else None
        return None

    # Edits

    def _replace(self, node: Located, text: str) -> None:
        self._piece.edits.append((self._module.start(node), self._module.end(node), text))

    def _replace_by(self, node: Located, part: ast.expr) -> None:
        """Replaces the source of a node by that of one of its parts."""
        self._piece.edits.append((self._module.start(node), self._module.start(part), ""))
        self._piece.edits.append((self._module.end(part), self._module.end(node), ""))
        self._visit(part)

    def _unwrap(self, node: ast.YieldFrom) -> None:
        self._piece.edits.append((self._module.start(node), self._module.start(node.value), ""))
        self._visit(node.value)


def _says_text(annotation: str) -> bool:
    return annotation in ("Text", "Text | None", "Text | str", "None | Text")


def _says_texts(annotation: str) -> bool:
    return annotation in ("Mapping[str, Text]", "Sequence[Text]", "tuple[Text, ...]", "dict[str, Text]")


def _holds_words(value: object) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and all(isinstance(one, Text) for one in value.values())
    return isinstance(value, (tuple, list)) and bool(value) and all(isinstance(one, Text) for one in value)


def _assigned_words(node: ast.FunctionDef, reader: Reader, known: set[str]) -> set[str]:
    """The local names in a function that are assigned a text for people; ``known`` are those known before."""
    found: set[str] = set()
    reader._local.append(bound_in(node))
    reader._words.append(known)
    for _ in range(2):
        for name, value in _assignments(node):
            if reader._is_word(value):
                found.add(name)
                known.add(name)
    reader._words.pop()
    reader._local.pop()
    return found


def _assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yields every assigned local name, with each of the expressions that it may be assigned."""
    for part in ast.walk(node):
        match part:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _given(target, value)
            case ast.For(target=target, iter=ast.Tuple(elts=rows) | ast.List(elts=rows)):
                for row in rows:
                    yield from _given(target, row)


def _given(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case ast.Tuple(), ast.IfExp(body=one, orelse=other):
            yield from _given(target, one)
            yield from _given(target, other)
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for inner, part in zip(targets, values, strict=True):
                yield from _given(inner, part)
