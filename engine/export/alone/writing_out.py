"""Writes gathered definitions as one source text, module by module; names are changed only where two would clash."""

from __future__ import annotations

import ast
import builtins
import dataclasses
import keyword
import re
from collections import defaultdict
from collections.abc import Iterable

from engine.contract.params import Params, fields_of
from engine.export.alone.gathering import Gathered
from engine.export.alone.modules import Definition, Module
from engine.export.alone.piece import Edit, Piece, Reference, is_of
from engine.export.literals import literal


class WrittenOut:
    """Generates the source of each module's part of a script; ``reserved`` are names used by the rest of it."""

    def __init__(self, gathered: Gathered, reserved: Iterable[str] = ()) -> None:
        self._gathered = gathered
        self.names = self._named(set(reserved))

    def imports(self, more: Iterable[str] = ()) -> tuple[list[str], list[str]]:
        """The import lines for the standard library, and those for NumPy."""
        plain: set[str] = set()
        parts: dict[str, set[str]] = defaultdict(set)
        for line in {*more, *(one.line for one in self._gathered.outside())}:
            if line.startswith("from "):
                module, _, name = line.removeprefix("from ").partition(" import ")
                parts[module].add(name)
            else:
                plain.add(line)
        lines = sorted(plain) + [
            f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(parts.items())
        ]
        numpy = [line for line in lines if line.split()[1].partition(".")[0] == "numpy"]
        return [line for line in lines if line not in numpy], numpy

    def parts(self) -> list[tuple[Module, str]]:
        """Pairs of a module and the source text of its kept definitions, in order."""
        found = []
        for module in self._gathered.modules():
            kept: list[Definition] = []
            for definition in module.defined.values():
                if definition in self._gathered.pieces and definition not in kept:
                    kept.append(definition)
            kept.sort(key=lambda one: module.start(one.statement))
            texts, before = "", None
            for definition in kept:
                is_block = isinstance(definition.statement, ast.FunctionDef | ast.ClassDef)
                if before is not None:
                    texts += "\n\n\n" if is_block or before else "\n"
                texts += self._text(definition)
                before = is_block
            found.append((module, texts))
        return found

    # Names

    def _named(self, taken: set[str]) -> dict[Definition, dict[str, str]]:
        hidden: dict[Definition, set[str]] = defaultdict(set)
        aliased: dict[Definition, set[str]] = defaultdict(set)
        for _, piece in self._gathered.all_pieces():
            for reference in piece.references:
                hidden[reference.meaning] |= reference.local
                plain = isinstance(reference.node, ast.Name) and reference.node.id in reference.meaning.names
                if not plain:
                    aliased[reference.meaning] |= reference.local
        taken = taken | set(dir(builtins)) | set(keyword.kwlist) | {one.name for one in self._gathered.outside()}
        names: dict[Definition, dict[str, str]] = {}
        for module in self._gathered.modules():
            for definition in dict.fromkeys(module.defined.values()):
                if definition not in self._gathered.pieces:
                    continue
                names[definition] = {}
                for name in definition.names:
                    chosen = name
                    if name in taken or name in aliased[definition]:
                        chosen = _other_name(name, module, taken | hidden[definition])
                    names[definition][name] = chosen
                    taken.add(chosen)
        return names

    # Text

    def _text(self, definition: Definition) -> str:
        module, statement = definition.module, definition.statement
        if definition in self._gathered.frozen:
            text = self._gathered.frozen[definition]
        elif isinstance(statement, ast.ClassDef):
            text = self._class_text(definition, statement)
        else:
            edits = self._edits(module, self._gathered.pieces[definition]) + self._own_name(definition)
            text = self._edited(module, module.first_of(statement), module.last_of(statement), edits)
        if definition.docs is not None:
            text += "\n" + module.text(definition.docs)
        return text

    def _own_name(self, definition: Definition) -> list[Edit]:
        module, statement, names = definition.module, definition.statement, self.names[definition]
        edits: list[Edit] = []
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            if names[statement.name] != statement.name:
                word = "class " if isinstance(statement, ast.ClassDef) else "def "
                start = module.source.index(f"{word}{statement.name}".encode(), module.start(statement)) + len(word)
                edits.append((start, start + len(statement.name.encode()), names[statement.name]))
            return edits
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for node in (part for target in targets for part in ast.walk(target)):
                if isinstance(node, ast.Name) and names.get(node.id, node.id) != node.id:
                    edits.append((module.start(node), module.end(node), names[node.id]))
        return edits

    def _class_text(self, definition: Definition, statement: ast.ClassDef) -> str:
        parts = self._class_body(definition, statement)
        return self._class_head(definition, statement) + "\n" + ("\n\n".join(parts) or "    pass")

    def _class_head(self, definition: Definition, statement: ast.ClassDef) -> str:
        module = definition.module
        edits = self._edits(module, self._gathered.pieces[definition])

        def written(node: ast.expr) -> str:
            return self._edited(module, module.start(node), module.end(node), edits)

        lines = [f"@{written(one)}" for one in statement.decorator_list]
        if is_of(definition.value, Params):
            lines.append("@dataclass(frozen=True)")
        bases = [name if node is None else written(node) for node, name in self._gathered.bases[definition]]
        inside = f"({', '.join(dict.fromkeys(bases))})" if bases else ""
        return "\n".join([*lines, f"class {self.names[definition][statement.name]}{inside}:"])

    def _class_body(self, definition: Definition, statement: ast.ClassDef) -> list[str]:
        """The lines of a class's docstring, attributes and methods, each with the comment lines before it."""
        module, members = definition.module, self._gathered.members[definition]
        parts, held = [], []
        if ast.get_docstring(statement):
            parts.append(f"    {module.text(statement.body[0])}")
        if isinstance(definition.value, type) and issubclass(definition.value, Params):
            held += [f"    {line}" for line in self._fields(definition.value)]
        for member in statement.body:
            if id(member) not in members:
                continue
            edits = self._edits(module, members[id(member)])
            text = self._edited(module, module.first_of(member), module.last_of(member), edits)
            if isinstance(member, ast.FunctionDef):
                parts += ["\n".join(held)] if held else []
                held = []
                parts.append(f"    {text}")
            else:
                held.append(f"    {text}")
        return [*parts, "\n".join(held)] if held else parts

    def _fields(self, params_type: type[Params]) -> list[str]:
        """The source lines that declare the parameters of a class, not its bases', with their types."""
        own = [
            name
            for name in fields_of(params_type)
            if name in vars(params_type).get("__annotations__", {}) and self._gathered.asks_for(name, params_type)
        ]
        defaults = {one.name: one.default for one in dataclasses.fields(params_type)}
        return [f"{name}: {_type_of(fields_of(params_type)[name].kind)} = {literal(defaults[name])}" for name in own]

    def _edits(self, module: Module, piece: Piece) -> list[Edit]:
        edits = list(piece.edits)
        for reference in piece.references:
            if not reference.spelled:
                continue
            known = self.names.get(reference.meaning)
            # A type that is not there is left open.
            chosen = "object" if known is None else known.get(reference.spelled) or known[_original(reference)]
            if module.text(reference.node) != chosen:
                edits.append((module.start(reference.node), module.end(reference.node), chosen))
        return edits

    @staticmethod
    def _edited(module: Module, start: int, end: int, edits: list[Edit]) -> str:
        """The source between two byte offsets with edits applied; an edit inside another one is dropped."""
        inside = sorted((one for one in edits if start <= one[0] and one[1] <= end), key=lambda one: (one[0], -one[1]))
        text, place = b"", start
        for first, last, words in inside:
            if first < place:
                continue
            text += module.source[place:first] + words.encode()
            place = last
        return _tidied((text + module.source[place:end]).decode())


def _original(reference: Reference) -> str:
    for name in reference.meaning.names:
        if reference.meaning.module.live.__dict__.get(name) is not None:
            return name
    return reference.meaning.names[0]


def _tidied(text: str) -> str:
    return "\n".join(_FOR_TOOLS.sub("", line).rstrip() for line in text.split("\n"))


_FOR_TOOLS = re.compile(r"\s*# (noqa|type: ignore|fmt:).*")
"""Comments for linters and formatters, which are removed."""


def _other_name(name: str, module: Module, taken: set[str]) -> str:
    stems = [part for part in module.name.split(".") if part not in ("engine", "experiments")]
    for stem in reversed(stems):
        candidate = f"{name}_of_{stem}"
        if candidate not in taken:
            return candidate
    raise ValueError(f"no name for {module.name}.{name}")


def _type_of(kind: str) -> str:
    return {
        "real": "float", "integer": "int", "switch": "bool", "choice": "str", "file": "str", "expression": "str",
    }.get(kind, "tuple")  # fmt: skip
