"""PY: a script that computes the run with NumPy alone and writes the same CSV; it contains the engine's source."""

from __future__ import annotations

from textwrap import indent

from engine.contract.text import Text
from engine.export.alone.run_alone import LICENCE, alone
from engine.export.literals import in_docstring, literal
from engine.export.record import Export

SUFFIX = ".py"

_OLD_PYTHON = Text("This script needs Python 3.11 or newer.")
_NO_NUMPY = Text("This script needs NumPy: python -m pip install numpy")


def write(export: Export, name: str) -> dict[str, bytes]:
    """Returns the contents of the script, UTF-8, and of the learner's files that the run uses, by name.

    ``Refused`` if one of these files no longer exists.
    """
    parts = alone(export, name)

    def headed(key: str, text: str) -> str:
        return f"# ---- {parts.headings[key]} ----\n\n{text}"

    sections = [f"# {heading}\n\n\n{text}" for heading, text in parts.engine]
    main = [
        headed("params", f"NAME = Path(__file__).stem\n{parts.params}"),
        *([headed("folders", parts.folders)] if parts.folders else []),
        headed("run", _refusing(parts.run)),
        headed("tables", _refusing(parts.tables)),
        headed("figure", parts.figure),
    ]
    head = (
        f'"""{in_docstring(parts.introduction)}\n"""\n\n'
        f"# {LICENCE}\n# SPDX-License-Identifier: MIT\n\n"
        "from __future__ import annotations\n\n"
        f"{_checked(parts.imports, export.language)}"
    )
    return {name: ("\n\n\n".join([head, *sections, *main]) + "\n").encode(), **parts.data}


def _checked(imports: str, language: str) -> str:
    """The import lines, with an error message for an old Python and for a missing NumPy."""
    plain, _, numpy = imports.replace("import sys\n", "").rpartition("\n\n")
    old, none = (literal(text.render(language)) for text in (_OLD_PYTHON, _NO_NUMPY))
    return (
        f"import sys\n\nif sys.version_info < (3, 11):\n    sys.exit({old})\n\n{plain}\n\n"
        f"try:\n{indent(numpy, '    ')}\nexcept ImportError:\n    sys.exit({none})"
    )


def _refusing(lines: str) -> str:
    """Wraps lines so that a ``Refused`` ends the script with its message."""
    return "try:\n" + indent(lines, "    ") + "\nexcept Refused as refusal:\n    sys.exit(str(refusal))"
