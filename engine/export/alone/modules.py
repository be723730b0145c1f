"""The engine's modules as source: their top-level definitions, and the resolution of global names."""

from __future__ import annotations

import ast
import importlib
import os
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType

import engine
from engine.contract.catalogue import further_folders

ROOT = Path(engine.__file__).resolve().parents[1]
STAND_INS = "engine.export.alone.stand_ins"
_REPLACED = (
    "engine.contract.", "engine.data.digits", "engine.data.plain_file", "engine.data.shipped_weights",
    "engine.data.strokes",
)  # fmt: skip
"""The modules whose definitions are replaced by the stand-ins of the same name, if there are any."""

Located = ast.expr | ast.stmt | ast.keyword
"""AST nodes that have a position in the source."""


@dataclass(frozen=True, eq=False)
class Definition:
    """A top-level statement of a module, and the names that it defines.

    ``docs`` is the string after it that describes it.
    """

    module: Module
    statement: ast.stmt
    names: tuple[str, ...]
    docs: ast.Expr | None = None

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def value(self) -> object:
        """The value of the definition in the running program."""
        return getattr(self.module.live, self.name)


@dataclass(frozen=True)
class Outside:
    """An import from the standard library or NumPy: its source line, and the name that it binds."""

    line: str
    name: str


class Module:
    """A module of the engine: its source, and its top-level definitions by name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.live: ModuleType = importlib.import_module(name)
        assert self.live.__file__ is not None
        # In a bundle the source lies beside what was compiled.
        self.path = Path(self.live.__file__).with_suffix(".py")
        self.source = self.path.read_bytes()
        self.tree = ast.parse(self.source)
        self._imported: dict[str, tuple[str, str | None, bool]] = {}
        self.defined: dict[str, Definition] = {}
        for place, statement in enumerate(self.tree.body):
            following = self.tree.body[place + 1] if place + 1 < len(self.tree.body) else None
            self._take(statement, following)

    def _take(self, statement: ast.stmt, following: ast.stmt | None) -> None:
        match statement:
            case ast.Import():
                for one in statement.names:
                    self._imported[one.asname or one.name] = (one.name, None, one.asname is not None)
            case ast.ImportFrom():
                for one in statement.names:
                    self._imported[one.asname or one.name] = (statement.module or "", one.name, one.asname is not None)
            case ast.FunctionDef() | ast.ClassDef():
                self._define(Definition(self, statement, (statement.name,)))
            case ast.Assign() | ast.AnnAssign():
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                names = tuple(node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))
                docs = following if isinstance(following, ast.Expr) and _is_text(following.value) else None
                if names and names != ("__all__",):
                    self._define(Definition(self, statement, names, docs))

    def _define(self, definition: Definition) -> None:
        for name in definition.names:
            self.defined[name] = definition

    @property
    def file_name(self) -> str:
        """The path of the source, with /, relative to the program or to the pack that it comes from."""
        ending = "/__init__.py" if self.path.name == "__init__.py" else ".py"
        return self.name.replace(".", "/") + ending

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The engine's modules that this module imports at its top level, in order."""
        found = []
        for statement in self.tree.body:
            if isinstance(statement, ast.ImportFrom) and (statement.module or "").partition(".")[0] == "engine":
                for one in statement.names:
                    path = f"{statement.module}.{one.name}"
                    found.append(path if is_module(path) else str(statement.module))
        return tuple(found)

    @cached_property
    def line_starts(self) -> list[int]:
        """The byte offset in the source at which each line begins."""
        starts: list[int] = [0]
        for line in self.source.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    def start(self, node: Located) -> int:
        """The byte offset at which an AST node begins."""
        return self.line_starts[node.lineno - 1] + node.col_offset

    def end(self, node: Located) -> int:
        """The byte offset after an AST node."""
        return self.line_starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)

    def lines_of(self, statement: ast.stmt) -> tuple[int, int]:
        """The byte offsets at which a statement's lines begin and end, including the comments right above it."""
        first = statement.lineno - 1
        while first and self._line(first - 1).lstrip().startswith(b"#"):
            first -= 1
        return self.line_starts[first], self.line_starts[statement.end_lineno or 0]

    def first_of(self, statement: ast.stmt) -> int:
        """The line where a statement begins, including its decorators and the comments right above it."""
        decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(one.lineno for one in decorators)]) - 1
        while first and self._line(first - 1).lstrip().startswith(b"#"):
            first -= 1
        line: bytes = self._line(first)
        return self.line_starts[first] + len(line) - len(line.lstrip())

    def last_of(self, statement: ast.stmt) -> int:
        """The line where a statement ends, including the comment after it."""
        end = self.end(statement)
        rest = self.source[end : self.line_starts[statement.end_lineno or 0]]
        return end + len(rest.rstrip()) if rest.lstrip().startswith(b"#") else end

    def _line(self, number: int) -> bytes:
        return self.source[self.line_starts[number] : self.line_starts[number + 1]]

    def text(self, node: Located) -> str:
        """The source of an AST node."""
        return self.source[self.start(node) : self.end(node)].decode()

    def meaning(self, name: str) -> Definition | Outside | Module | None:
        """What a global name of the module refers to; None for a builtin."""
        if name in self.defined:
            return stand_in_for(self.defined[name], name)
        if name not in self._imported:
            return None
        path, member, renamed = self._imported[name]
        if path.partition(".")[0] != "engine":
            if (path, member) == ("dataclasses", "replace") and self.name != STAND_INS:
                return module_of(STAND_INS).defined["replace"]
            line = f"import {path}" if member is None else f"from {path} import {member}"
            return Outside(f"{line} as {name}" if renamed else line, name)
        if member is None:
            return module_of(path)
        inner = f"{path}.{member}"
        # A package may give the name of one of its modules to something else.
        if is_module(inner) and isinstance(getattr(module_of(path).live, member, module_of(inner).live), ModuleType):
            return module_of(inner)
        return module_of(path).meaning(member)


def stand_in_for(definition: Definition, name: str) -> Definition:
    """The definition in ``stand_ins`` that replaces one that belongs to the program rather than to the mathematics."""
    if definition.module.name != STAND_INS and definition.module.name.startswith(_REPLACED):
        return module_of(STAND_INS).defined.get(name, definition)
    return definition


def is_module(path: str) -> bool:
    """Whether a dotted path is a module of the engine or of a pack's experiment, in exactly this spelling.

    Some file systems do not distinguish RMSProp.py from rmsprop.py.
    """
    return any(_is_module_in(home, path) for home in (ROOT, *further_folders()))


@cache
def _is_module_in(home: Path, path: str) -> bool:
    folder, name = home.joinpath(*path.split(".")).parent, path.rpartition(".")[2]
    if not folder.is_dir():
        return False
    names = set(os.listdir(folder))
    return f"{name}.py" in names or (name in names and (folder / name / "__init__.py").is_file())


@cache
def module_of(path: str) -> Module:
    """The module of the engine with this dotted path, parsed; cached."""
    return Module(path)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
