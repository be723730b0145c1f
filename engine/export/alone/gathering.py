"""Finds the engine's definitions that a run needs, by following names and attributes from its entry points."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType, SimpleNamespace

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.export.alone.modules import STAND_INS, Definition, Module, Outside, module_of
from engine.export.alone.piece import Pending, Piece, Reference, has_optional_fields, is_of, removal
from engine.export.alone.reader import MADE_NAME, OF_FRAMES, OF_PARAMS, Reader

_PROGRAM_BASES = ("Picture", "Walk", "Training", "Experiment")
_COMPUTING = frozenset({"compute", "begin", "prepare", "stop", "main_tables", "tables", "working", "start"})
_FOR_THE_WINDOW = frozenset(vars(Experiment)) - _COMPUTING
"""The members of an experiment that only the window uses, and not a computation."""
_LITERALS = (int, float, str, bool, type(None))


class Gathered:
    """Collects the engine's definitions that a run needs, with the analysis of each (a ``Piece``).

    ``instead`` are replacement texts for definitions, by module and name; what a replaced definition refers to is not
    needed for its sake.
    """

    def __init__(
        self, language: str, experiment: type, instead: Mapping[tuple[str, str], str] = MappingProxyType({})
    ) -> None:
        self._instead = instead
        home = module_of(experiment.__module__)
        self._language, self._word_fields, self._experiment = language, _word_fields(home), experiment
        self.pieces: dict[Definition, Piece] = {}
        self.members: dict[Definition, dict[int, Piece]] = {}
        self.frozen: dict[Definition, str] = {}
        self.bases: dict[Definition, list[tuple[ast.expr | None, str]]] = {}
        self.attributes: set[str] = set()
        self._waiting: list[tuple[Definition, ast.stmt, frozenset[str]]] = []
        self._queue: list[Definition] = []
        self._pending: list[tuple[Definition, Piece, Pending]] = []

    def need(self, definitions: Iterable[Definition], attributes: Iterable[str] = ()) -> None:
        """Marks definitions as needed, with everything that they refer to, and attributes as used.

        Members of needed classes are kept only if their names are among the used attributes.
        """
        self._queue += definitions
        self.attributes |= set(attributes)
        while self._queue or self._awake():
            if self._queue:
                self._take(self._queue.pop())

    # What belongs together

    def _take(self, definition: Definition) -> None:
        if definition in self.pieces:
            return
        reader = Reader(definition.module, self._language, self._word_fields)
        statement = definition.statement
        if text := self._instead.get((definition.module.name, definition.name)):
            self.frozen[definition], self.pieces[definition], self.members[definition] = text, Piece(), {}
            return
        if isinstance(statement, ast.ClassDef):
            self.members[definition] = {}
            self._keep(definition, self._head(definition, statement, reader))
            for member in statement.body:
                self._waiting.append((definition, member, _names_of(member)))
            return
        if frozen := _frozen(definition):
            self.frozen[definition] = frozen
            self.pieces[definition] = Piece()
            return
        self._keep(definition, reader.read(statement))

    def _head(self, definition: Definition, statement: ast.ClassDef, reader: Reader) -> Piece:
        """Analyses the header of a class; bases that belong to the program are replaced by their stand-ins."""
        piece, module = Piece(), definition.module
        for decorator in statement.decorator_list:
            _join(piece, reader.read(decorator))
        bases = [base.value if isinstance(base, ast.Subscript) else base for base in statement.bases]
        shown: list[tuple[ast.expr | None, str]] = []
        for base in bases:
            name = base.attr if isinstance(base, ast.Attribute) else module.text(base)
            if name in ("ABC", "Generic", "Protocol"):
                continue
            if name in _PROGRAM_BASES and issubclass(definition.value, Experiment):  # type: ignore[arg-type]
                piece.references.append(_reference_to(module_of(STAND_INS).defined["Experiment"]))
                shown.append((None, "Experiment"))
                continue
            _join(piece, reader.read(base))
            shown.append((base, module.text(base)))
        self.bases[definition] = shown
        return piece

    def _awake(self) -> bool:
        """Adds the members of needed classes whose names are now used somewhere; returns whether there were any."""
        still, found = [], False
        pending, self._pending = self._pending, []
        for definition, piece, one in pending:
            if self.asks_for(one.name, one.kind):
                _join(piece, one.piece)
                self._follow(definition, one.piece)
                found = True
            else:
                self._pending.append((definition, piece, one))
        for definition, member, names in self._waiting:
            if self._is_asked_for(definition, member, names):
                piece = self._member(definition, member)
                self.members[definition][id(member)] = piece
                self._follow(definition, piece)
                found = True
            else:
                still.append((definition, member, names))
        self._waiting = still
        return found

    def _member(self, definition: Definition, member: ast.stmt) -> Piece:
        reader = Reader(definition.module, self._language, self._word_fields)
        live = definition.value
        if isinstance(member, ast.AnnAssign) and isinstance(live, type) and issubclass(live, Frame):
            piece = reader.read(ast.AnnAssign(member.target, member.annotation, None, 1))
            if member.value is not None:
                default = _default_of(live, member)
                piece.edits.append((definition.module.end(member.annotation), definition.module.end(member), default))
            return piece
        return reader.read(member)

    def _is_asked_for(self, definition: Definition, member: ast.stmt, names: frozenset[str]) -> bool:
        live = definition.value
        asked = any(self.asks_for(name, live) for name in names)
        match member:
            case ast.FunctionDef(name=name, decorator_list=decorators):
                if any("abstractmethod" in ast.unparse(one) for one in decorators):
                    return False
                # Parameters are valid where they come from, and frames are made by their stand-in.
                if name == "__post_init__" and (is_of(live, Params) or is_of(live, Frame)):
                    return False
                if is_of(self._experiment, live if isinstance(live, type) else Experiment) and name in _FOR_THE_WINDOW:
                    return False
                return asked or (name.startswith("__") and name.endswith("__"))
            case ast.AnnAssign(annotation=annotation):
                if is_of(live, Params):
                    return False
                is_field = "ClassVar" not in ast.unparse(annotation) and not has_optional_fields(live)
                return asked or is_field
        return asked

    def asks_for(self, name: str, kind: object) -> bool:
        """Whether the gathered source reads an attribute of this name of objects of this kind."""
        names = {name}
        if kind is SimpleNamespace or is_of(kind, Frame):
            names.add(f"{OF_FRAMES}{name}")
        if is_of(kind, Params):
            names.add(f"{OF_PARAMS}{name}")
        return bool(names & self.attributes)

    def _keep(self, definition: Definition, piece: Piece) -> None:
        self.pieces[definition] = piece
        self._follow(definition, piece)

    def _follow(self, definition: Definition, piece: Piece) -> None:
        self._queue += [reference.meaning for reference in piece.references if not reference.is_type]
        self.attributes |= piece.attributes
        self._pending += [(definition, piece, one) for one in piece.pending]

    def finish(self) -> None:
        """Removes arguments from calls if nothing uses the field that they set."""
        dead = {id(one.node) for _, _, one in self._pending}
        for definition, piece in self.all_pieces():
            for every, dropped in piece.removed:
                more = {id(one) for one in every if id(one) in dead}
                piece.edits += removal(definition.module, every, dropped | more)

    # What was found

    @property
    def names_are_made(self) -> bool:
        """Whether the gathered source accesses an attribute by a computed name, as with ``getattr``."""
        return MADE_NAME in self.attributes

    def all_pieces(self) -> Iterator[tuple[Definition, Piece]]:
        """Yields every kept piece of source with its definition; each member of a class is a piece of its own."""
        for definition, piece in self.pieces.items():
            yield definition, piece
            for member in self.members.get(definition, {}).values():
                yield definition, member

    def outside(self) -> set[Outside]:
        """The needed imports from the standard library and NumPy."""
        return {one for _, piece in self.all_pieces() for one in piece.outside}

    def modules(self) -> list[Module]:
        """The modules that the kept source comes from, in an order in which they can be executed.

        The mathematics comes first; each module follows those that its top level needs.
        """
        needed: dict[str, set[str]] = {definition.module.name: set() for definition in self.pieces}
        for definition, piece in self._at_once():
            needed[definition.module.name] |= {
                reference.meaning.module.name for reference in piece.references if not reference.is_type
            }
        ordered: list[str] = []
        seen: set[str] = set()

        def visit(name: str) -> None:
            if name not in seen:
                seen.add(name)
                for before in sorted(needed[name], key=_rank):
                    visit(before)
                ordered.append(name)

        for name in sorted(needed, key=_rank):
            visit(name)
        return [module_of(name) for name in ordered]

    def _at_once(self) -> Iterator[tuple[Definition, Piece]]:
        """The pieces that are executed at import: constants, headers and attributes of classes."""
        for definition, piece in self.pieces.items():
            if isinstance(definition.statement, ast.FunctionDef):
                continue
            yield definition, piece
            for member in definition.statement.body if isinstance(definition.statement, ast.ClassDef) else ():
                if id(member) in self.members[definition] and not isinstance(member, ast.FunctionDef):
                    yield definition, self.members[definition][id(member)]


def _rank(name: str) -> tuple[int, int, str]:
    """A sort key for readable module order: the mathematics, its surroundings, the experiment last."""
    parts = (
        "engine.nn",
        "engine.calculus",
        "engine.geometry",
        "engine.data",
        "engine.contract",
        STAND_INS,
        "engine.boards",
    )
    within = 0 if name.endswith(".params") else 2 if (module_of(name).path.name == "__init__.py") else 1
    return next((place for place, part in enumerate(parts) if name.startswith(part)), len(parts)), within, name


def _word_fields(home: Module) -> frozenset[str]:
    """The names of class attributes that are always annotated as ``Text``, in the module and all that it imports."""
    words: set[str] = set()
    others: set[str] = set()
    seen: set[str] = set()
    waiting = [home.name]
    while waiting:
        module = module_of(waiting.pop())
        for definition in module.defined.values():
            if isinstance(definition.statement, ast.ClassDef):
                for member in definition.statement.body:
                    if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
                        said = ast.unparse(member.annotation)
                        (words if said in ("Text", "Text | None") else others).add(member.target.id)
                    elif isinstance(member, ast.FunctionDef):
                        others.add(member.name)
        seen.add(module.name)
        waiting += [name for name in module.before if name not in seen]
    return frozenset(words - others)


def _reference_to(definition: Definition) -> Reference:
    return Reference(ast.Name("", ast.Load()), "", definition, frozenset())


def _join(piece: Piece, other: Piece) -> None:
    piece.references += other.references
    piece.outside |= other.outside
    piece.attributes |= other.attributes
    piece.edits += other.edits
    piece.removed += other.removed


def _names_of(member: ast.stmt) -> frozenset[str]:
    match member:
        case ast.FunctionDef() | ast.ClassDef():
            return frozenset({member.name})
        case ast.Assign(targets=targets):
            return frozenset(node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            return frozenset({name})
    return frozenset()


def _default_of(frame_type: type, member: ast.AnnAssign) -> str:
    field = frame_type.__dataclass_fields__[member.target.id]  # type: ignore[attr-defined, union-attr]
    return "" if field.default is dataclasses.MISSING else f" = {field.default!r}"


def _frozen(definition: Definition) -> str:
    """The current value, as an assignment of a literal, of a constant computed from parameter declarations.

    A script does not contain these declarations. "" for any other constant.
    """
    text = definition.module.text(definition.statement)
    if not any(f"{word}(" in text for word in ("fields_of", "field_of")) or len(definition.names) != 1:
        return ""
    value = getattr(definition.module.live, definition.name, None)
    return f"{definition.name} = {value!r}" if _is_plain(value) else ""


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple | list):
        return all(_is_plain(one) for one in value)
    return isinstance(value, _LITERALS)
