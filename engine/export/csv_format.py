"""CSV: numbers in full precision, units in the header; the first table in the file, further ones in files beside it."""

from __future__ import annotations

from pathlib import PurePath

import numpy as np

from engine.contract.harmless import csv_text
from engine.contract.table import Table
from engine.export.record import Export

SUFFIX = ".csv"


def write(export: Export, name: str) -> dict[str, bytes]:
    """Returns the contents of the files by name: ``name`` has the first table, ``stem.TABLE.csv`` each further one.

    UTF-8 with a byte order mark, by which spreadsheets recognise the encoding; lines end with a line feed.
    """
    path = PurePath(name)
    files = {}
    for index, table in enumerate(export.tables):
        file_name = name if index == 0 else f"{path.stem}.{table.name}{path.suffix}"
        files[file_name] = table_text(table).encode("utf-8-sig")
    return files


def table_text(table: Table) -> str:
    """One table as CSV text: a header with units, then the rows."""
    rows = [[_spelled(value) for value in row] for row in table.rows]
    return csv_text([[column.heading for column in table.columns], *rows])


def _spelled(value: object) -> str:
    # NumPy's numbers spell themselves with their type; as Python's own they are the shortest digits that read back.
    if isinstance(value, np.generic):
        value = value.item()
    return value if isinstance(value, str) else repr(value)
