"""Traces a cell of an array to the cells that it is computed from, and the arithmetic between them.

A rule is the formula of the cell in row r and column c of an array, such as the cell of a matrix product,

    Σ⟨{x[r,k]}·{w[k,c]}⟩ + {b[0,c]}

Σ⟨…⟩ is written out for every k. {x[r,k]} is a cell of the array x; {x} is its cell in the same row and column; {x:2} is
such a cell in the second term of a sum that the rule itself writes out. Any other name in braces is a constant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

Cell = tuple[str, int, int]
"""A cell of an array: the array's id, row and column."""
Product = Mapping[str, Cell]
"""One of the products in a sum: its factors, cells by kind of array."""
_SUM = re.compile("Σ⟨(.*?)⟩")
_NAME_OF_KIND = re.compile(r"\{(\w+)\}")
_NAME = re.compile(r"\{(\w+)(?:\[(\w),(\w)\])?(?::(\d))?\}")


@dataclass(frozen=True)
class Trace:
    """How a cell is computed: ``expression`` has placeholders ``{name}`` for ``cells`` and for constants.

    ``terms`` gives, for each cell, the number from 1 of the sum's term that it belongs to; 0 for one that belongs to
    all.
    """

    cell: Cell
    expression: str
    cells: Mapping[str, Cell]
    terms: Mapping[Cell, int] = field(default_factory=dict)

    def values(self, arrays: Mapping[str, np.ndarray]) -> dict[str, float]:
        """The values of the cells in the expression, by the names that they have in it; ``arrays`` are by id."""
        return {name: float(arrays[array][row, column]) for name, (array, row, column) in self.cells.items()}


def trace(
    rule: str,
    cell: Cell,
    sizes: Callable[[str], tuple[int, int] | None],
    name: Callable[[Cell], str],
    column_of: Callable[[int], int] = lambda k: k,
) -> Trace:
    """Writes the rule out for a cell.

    ``sizes`` gives rows and columns of an array, None for a name that is a constant; ``name`` gives a cell's name in
    the expression. The index t stands for ``column_of(k)``, such as that of the right class of sample k.
    """
    cells: dict[str, Cell] = {}
    terms: dict[Cell, int] = {}

    def put(match: re.Match[str], k: int | None = None) -> str:
        array, row, column, term = match.groups()
        size = sizes(array)
        if size is None:
            return match[0]
        index = {"r": cell[1], "c": cell[2], "0": 0}
        if k is not None:
            index |= {"k": k} | ({"t": column_of(k)} if column == "t" else {})
        source = (array, index[row or ("0" if size[0] == 1 else "r")], index[column or "c"])
        cells[name(source)] = source
        is_of_all = k is not None and "k" not in (row, column)
        terms[source] = terms.get(source) or (int(term) if term else 0 if is_of_all or k is None else k + 1)
        return f"{{{name(source)}}}"

    def written_out(piece: str) -> str:
        found = [(sizes(array), place) for array, *place, _ in _NAME.findall(piece) if "k" in place]
        count = next(size[place.index("k")] for size, place in found if size is not None)
        return " + ".join(_NAME.sub(partial(put, k=k), piece) for k in range(count))

    # What is written out already contains names of cells, which must not be read as those of a rule once more.
    pieces = _SUM.split(rule)
    expression = "".join(
        written_out(piece) if number % 2 else _NAME.sub(partial(put, k=None), piece)
        for number, piece in enumerate(pieces)
    )
    return Trace(cell, expression, cells, terms)


def trace_of_products(
    cell: Cell,
    products: Iterable[tuple[int, Product]],
    term: str,
    partners: Sequence[str],
    name: Callable[[Cell], str],
    is_zero: Callable[[Cell], bool] = lambda one: False,
    written: int | None = None,
) -> Trace:
    """The trace of a cell that is a sum of products, "0" if there are none.

    Each numbered product is written as the ``term``, such as "{x}·{w}". The cells of the kinds ``partners`` are
    highlighted with the number of their product. A cell for which ``is_zero`` holds is written as 0. Only the first
    ``written`` terms are written out, and equal terms once.
    """
    cells: dict[str, Cell] = {}
    terms: dict[Cell, int] = {}
    sums = []
    for number, product in products:
        sources = {kind: product[kind] for kind in _NAME_OF_KIND.findall(term)}
        names = {kind: "0" if is_zero(one) else f"{{{name(one)}}}" for kind, one in sources.items()}
        cells |= {name(one): one for one in sources.values() if not is_zero(one)}
        terms |= {product[kind]: number for kind in partners if kind in product}
        sums.append(term.format_map(names))
    return Trace(cell, " + ".join(dict.fromkeys(sums[:written])) or "0", cells, terms)
