"""Formats values as Python literals."""

from __future__ import annotations

from pprint import pformat


def in_docstring(text: str) -> str:
    """A text escaped for use between three double quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def literal(value: object) -> str:
    """A plain value as a Python literal; strings are in double quotes, unless they contain one."""
    if isinstance(value, str) and value.isprintable() and not set(value) & {'"', "\\"}:
        return f'"{value}"'
    return repr(value) if len(repr(value)) <= 100 else pformat(value, width=100, compact=True, sort_dicts=False)


def literal_table(values: dict[str, object]) -> str:
    """Source of a dict, with a line for each entry."""
    lines = [f"    {literal(name)}: {_indented(literal(value))},\n" for name, value in values.items()]
    return "{\n" + "".join(lines) + "}" if lines else "{}"


def literal_rows(rows: list[tuple[object, ...]]) -> str:
    """Source of a list of tuples, with a line for each row."""
    return "[\n" + "".join(f"    {_indented(literal(row))},\n" for row in rows) + "]" if rows else "[]"


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")
