"""The drawing of a convolutional network for one input image, layer by layer: layout and highlights."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from engine.boards.panels import (
    Bar,
    Beam,
    Box,
    Heading,
    Link,
    Mark,
    Note,
    Panel,
    PanelPicture,
    left_of,
    right_of,
    two_decimals,
)
from engine.contract.api import Text, format_real, in_powers, percent
from engine.nn.conv_trace import Trace, WholeNetwork, products_at, strongest_parts

_HEIGHT = 64.0
"""The maximum height of the columns of maps, neurons and answers, where a pixel of the input image is 1 × 1."""
_LARGEST_PITCH, _TILE, _POOLED = 11.0, 0.92, 0.62
"""The maximum distance from map to map, the share of that distance that a map fills, and the side of a pooled map as a
share of a map's side.
"""
_UNIT, _UNITS_WIDTH, _DIGIT = 4.0, 14.4, 4.6
"""The maximum side of a hidden neuron's cell, the approximate width of all these cells together, and the side of an
answer's cell.
"""
_TO_MAPS, _TO_POOLED, _TO_HIDDEN, _TO_DIGITS, _BARS = 9.0, 5.0, 10.0, 9.0, 12.0
_TO_BOARD, _BETWEEN, _NOTE = 8.0, 2.6, 4.5
"""The distance from the input image to the three squares below it (window, filter, products), the distance between
these squares, and the height of the line of text under them.
"""
_POSITIVE_SHOWN, _NEGATIVE_SHOWN, _WORTH = 10, 4, 0.04
"""The maximum numbers of positive and of negative products of a hidden neuron that are drawn as lines; a digit's
product is drawn if its size is at least this share of the largest.
"""
_TINY = 1e-12

_INPUT = (Text("Input"),)
_MAPS = (Text("Convolution, ReLU"), Text("Convolution"))
_POOLS = (Text("Pooling"),)
_HIDDEN = (Text("Hidden layer"), Text("Hidden", context="short"))
_DIGITS = (Text("Answer"),)


@lru_cache(maxsize=4)
def whole_picture(whole: WholeNetwork, lit: Trace, traced: str, scales_each: bool) -> PanelPicture:
    """The drawing of the network.

    ``lit`` is the highlighted path that leads back from the selection; ``traced`` is the selection's layer: ``conv``,
    ``pool``, ``hidden`` or ``digit``. With ``scales_each`` the colours of every map are scaled by its own maximum.
    """
    drawn = _Drawn(whole, lit, traced, scales_each)
    return PanelPicture(
        drawn.whole_box, drawn.panels, tuple(drawn.links()), tuple(drawn.beams()), tuple(drawn.marks()),
        drawn.bars, drawn.notes(), drawn.headings(),
    )  # fmt: skip


def _hidden_columns(count: int) -> int:
    """The number of columns in which ``count`` hidden neurons are drawn."""
    return math.ceil(count / math.floor(_HEIGHT / _unit_side(count)))


def _unit_side(count: int) -> float:
    """The side of a hidden neuron's cell when there are ``count`` of them."""
    return min(_UNIT, math.sqrt(_UNITS_WIDTH * _HEIGHT / count), _HEIGHT)


def _map_columns(count: int) -> int:
    """The number of columns in which ``count`` maps are drawn."""
    return max(1, round(math.sqrt(0.5 * count)))


class _Drawn:
    """Lays out the columns of the drawing from left to right, with their highlights."""

    def __init__(self, whole: WholeNetwork, lit: Trace, traced: str, scales_each: bool) -> None:
        self._whole, self._lit, self._traced, self._scales_each = whole, lit, traced, scales_each
        side, k = len(whole.inputs), whole.kernel
        square = min((side - 2 * _BETWEEN) / 3, 2.2 * k)
        self._middle = -(side + _TO_BOARD + square + _NOTE) / 2
        self._input = Panel("input", 0, 0.0, 0.0, 1.0, whole.inputs, look="ink", chosen_from=False)
        window, products = products_at(whole, lit.map, lit.cell)
        self._board = self._board_of(window, products, square)
        right = side + _TO_MAPS
        self._maps = self._tiles("conv", whole.rectified, right, 1.0)
        right = max(one.box[2] for one in self._maps)
        self._pools = self._tiles("pool", whole.pooled, right + _TO_POOLED, _POOLED)
        right = max(one.box[2] for one in self._pools)
        self._units = self._unit_panel(right + _TO_HIDDEN)
        self._digits = self._digit_panels(self._units.box[2] + _TO_DIGITS)
        self.panels = (self._input, *self._board, *self._maps, *self._pools, self._units, *self._digits)
        self.bars = [self._bar(number, one) for number, one in enumerate(self._digits)]
        half = _HEIGHT / 2
        self.whole_box = (-0.5, self._middle + half, self.bars[0].box[2], self._middle - half)

    def _board_of(self, window: np.ndarray, products: np.ndarray, square: float) -> tuple[Panel, ...]:
        """The three squares below the input image: the window, the filter and their products."""
        weights, side = self._whole.filters[self._lit.map], len(self._whole.inputs)
        start = (side - 3 * square - 2 * _BETWEEN) / 2
        lefts = [start + number * (square + _BETWEEN) for number in range(3)]
        top, cell = -side - _TO_BOARD, square / self._whole.kernel
        pairs = zip(window.ravel().tolist(), weights.ravel().tolist(), strict=True)
        details = tuple(f"{two_decimals(x)}·{_in_brackets(w)}" for x, w in pairs)
        pixels, filtered, made = lefts
        return (
            Panel("pixels", 0, pixels, top, cell, window, look="ink", chosen_from=False),
            Panel("filter", 0, filtered, top, cell, weights, _full(weights), chosen_from=False),
            Panel("products", 0, made, top, cell, products, _full(products), details=details, chosen_from=False),
        )

    def _tiles(self, part: str, maps: np.ndarray, left: float, size: float) -> list[Panel]:
        """One panel for each array in ``maps``, in rows from ``left``; ``size`` scales them, since pooled maps are
        smaller.

        The map and the pooled map of one filter have the same row and column in their grids.
        """
        columns = _map_columns(len(maps))
        rows = math.ceil(len(maps) / columns)
        pitch = min(_HEIGHT / rows, _LARGEST_PITCH)
        tile, gap = _TILE * pitch * size, (1 - _TILE) * pitch
        most, made = _full(maps), []
        for number, values in enumerate(maps):
            row, column = divmod(number, columns)
            top = self._middle + (rows / 2 - row - 0.5) * pitch + tile / 2
            full = _full(values) if self._scales_each else most
            made.append(Panel(part, number, left + column * (tile + gap), top, tile / len(values), values, full))
        return made

    def _unit_panel(self, left: float) -> Panel:
        """The panel of all hidden neurons, one cell each; surplus cells of the last row are nan."""
        hidden = self._whole.hidden
        columns, side = _hidden_columns(len(hidden)), _unit_side(len(hidden))
        rows = math.ceil(len(hidden) / columns)
        values = np.full(rows * columns, np.nan)
        values[: len(hidden)] = hidden
        top = self._middle + rows * side / 2
        return Panel("hidden", 0, left, top, side, values.reshape(rows, columns), _full(hidden), "ink")

    def _digit_panels(self, left: float) -> list[Panel]:
        """One panel of a single cell for each of the ten digits, one below the other."""
        y = self._whole.probabilities
        pitch = _HEIGHT / len(y)
        tops = [self._middle + (len(y) / 2 - number - 0.5) * pitch + _DIGIT / 2 for number in range(len(y))]
        return [
            Panel("digit", number, left, top, _DIGIT, y[number].reshape(1, 1), 1.0, "ink", str(number))
            for number, top in enumerate(tops)
        ]

    def _bar(self, number: int, panel: Panel) -> Bar:
        """The bar of a digit's probability, to the right of the digit's panel."""
        _, top, right, bottom = panel.box
        share = float(self._whole.probabilities[number])
        return Bar(
            (right + 0.8, top, right + _BARS, bottom),
            share,
            percent(share),
            number == int(self._whole.probabilities.argmax()),
        )

    def links(self) -> Iterator[Link]:
        """Faint lines between neighbouring layers, then lines for the products along the highlighted path."""
        columns = _map_columns(len(self._maps))
        start = right_of(self._input.box)
        for number in range(0, len(self._maps), columns):
            row = slice(number, number + columns)
            yield Link(start, left_of(self._maps[number].box))
            yield Link(right_of(self._maps[row][-1].box), left_of(self._pools[number].box))
            yield Link(right_of(self._pools[row][-1].box), (self._units.box[0], self._level(self._pools[number])))
        for digit in self._digits:
            yield Link((self._units.box[2], self._level(digit)), left_of(digit.box))
        if self._lit.unit is not None:
            yield from self._links_to_unit(self._lit.unit)
        if self._lit.digit is not None:
            yield from self._links_to_digit(self._lit.digit)

    def _level(self, panel: Panel) -> float:
        """The y at which a line from ``panel`` meets the column of hidden neurons.

        That is the panel's middle, clipped to this column, which may be less high than the others.
        """
        _, top, _, bottom = self._units.box
        middle = (panel.box[1] + panel.box[3]) / 2
        return min(max(middle, bottom), top)

    def _links_to_unit(self, unit: int) -> Iterator[Link]:
        """Lines from the pooled cells with the largest products to a hidden neuron; the largest product is labelled."""
        parts = self._whole.unit_parts
        best = strongest_parts(parts, _POSITIVE_SHOWN)
        shown = [place for place in strongest_parts(-parts, _NEGATIVE_SHOWN) if parts[place] < 0]
        shown += [place for place in best if parts[place] > 0]
        most = _full(np.array([parts[place] for place in shown])) if shown else 1.0
        end = left_of(self._unit_box(unit))
        for number, row, column in shown:
            part = float(parts[number, row, column])
            words = _signed(part) if (number, row, column) == best[0] else ""
            yield Link(right_of(self._pools[number].part_box(row, column)), end, part / most, words)

    def _links_to_digit(self, digit: int) -> Iterator[Link]:
        """Lines from the hidden neurons with the largest products to a digit; the largest product is labelled."""
        parts = self._whole.digit_parts
        most, best = _full(parts), int(parts.argmax())
        for unit, part in enumerate(parts.tolist()):
            if abs(part) >= _WORTH * most:
                words = _signed(part) if unit == best else ""
                yield Link(right_of(self._unit_box(unit)), left_of(self._digits[digit].box), part / most, words)

    def _unit_box(self, unit: int) -> Box:
        return self._units.part_box(*divmod(unit, self._units.values.shape[1]))

    def _window_box(self) -> Box:
        return self._input.part_box(*self._lit.cell, self._whole.kernel, self._whole.kernel)

    def _pool_window_box(self) -> Box:
        (row, column), pool = self._lit.pooled, self._whole.pool
        return self._maps[self._lit.map].part_box(row * pool, column * pool, pool, pool)

    def beams(self) -> Iterator[Beam]:
        """Beams from a window to the cell that is computed from it, for convolution and pooling, and to the window's
        enlarged copy below the input image.
        """
        lit, cell = self._lit, self._maps[self._lit.map].part_box(*self._lit.cell)
        yield Beam(self._window_box(), cell)
        yield Beam(self._window_box(), self._board[0].box)
        if self._traced != "conv":
            yield Beam(self._pool_window_box(), self._pools[lit.map].part_box(*lit.pooled))

    def marks(self) -> Iterator[Mark]:
        """The frames around the window, around the cells on the highlighted path, and around the selected cell."""
        lit, traced = self._lit, self._traced
        cell, pooled = self._maps[lit.map].part_box(*lit.cell), self._pools[lit.map].part_box(*lit.pooled)
        if traced in ("conv", "pool"):
            for maps, pools in zip(self._maps, self._pools, strict=True):
                yield Mark(maps.part_box(*lit.cell), "faint")
                yield Mark(pools.part_box(*lit.pooled), "faint")
        yield Mark(self._window_box())
        yield Mark(self._maps[lit.map].box)
        if traced != "conv":
            yield Mark(self._pools[lit.map].box)
            yield Mark(self._pool_window_box())
        yield Mark(cell, "chosen" if traced == "conv" else "passed")
        yield Mark(pooled, "chosen" if traced == "pool" else "passed")
        if lit.unit is not None:
            yield Mark(self._unit_box(lit.unit), "chosen" if traced == "hidden" else "passed")
        if lit.digit is not None:
            yield Mark(self._digits[lit.digit].box, "chosen")

    def notes(self) -> tuple[Note, ...]:
        """The symbols × and = between window, filter and products, and below them the sum of the products with the
        bias.
        """
        pixels, weights, products = (panel.box for panel in self._board)
        between = [(one[2], one[1], other[0], one[3]) for one, other in ((pixels, weights), (weights, products))]
        below = (0.0, products[3], float(len(self._whole.inputs)), products[3] - _NOTE)
        return (Note(between[0], ("×",)), Note(between[1], ("=",)), Note(below, self._sums()))

    def _sums(self) -> tuple[str, ...]:
        """The wordings of the sum for the highlighted cell, the fullest first."""
        whole, (row, column), number = self._whole, self._lit.cell, self._lit.map
        a, bias = float(whole.sums[number, row, column]), float(whole.biases[number])
        products = float(np.sum(products_at(whole, number, (row, column))[1], dtype=np.float64))
        sign = "+" if bias >= 0 else "\N{MINUS SIGN}"
        made = f"{in_powers(products, 3)} {sign} {in_powers(abs(bias), 3)} = {in_powers(a, 3)}"
        return (f"Σ + b = {made}", made, f"Σ + b = {in_powers(a, 3)}", in_powers(a, 3))

    def headings(self) -> tuple[Heading, ...]:
        """The names of the columns, with number and size of their arrays."""
        whole = self._whole
        count, side, pooled = len(whole.filters), whole.sums.shape[1], whole.pooled.shape[1]
        columns = (
            ([self._input], _INPUT, (f"{len(whole.inputs)}×{len(whole.inputs)}",)),
            (self._maps, _MAPS, (f"{count} × {side}×{side}", str(count))),
            (self._pools, _POOLS, (f"{count} × {pooled}×{pooled}", str(count))),
            ([self._units], _HIDDEN, (str(len(whole.hidden)),)),
            (self._digits, _DIGITS, (str(len(whole.scores)),)),
        )
        edges = [(min(one.box[0] for one in panels), max(one.box[2] for one in panels)) for panels, _, _ in columns]
        edges[-1] = edges[-1][0], self.whole_box[2]
        # A name may be as wide as reaches half-way to the next column.
        middles = [(before[1] + behind[0]) / 2 for before, behind in pairwise(edges)]
        borders = pairwise([self.whole_box[0], *middles, self.whole_box[2]])
        return tuple(
            Heading(left, right, names, sizes)
            for (left, right), (_, names, sizes) in zip(borders, columns, strict=True)
        )


def _full(values: np.ndarray) -> float:
    """The largest absolute value, at which colours are strongest; never 0."""
    return max(float(np.abs(values).max()), _TINY)


def _in_brackets(value: float) -> str:
    """A factor as it is written after a multiplication sign: negative numbers in brackets."""
    words = two_decimals(value)
    return f"({words})" if words.startswith("\N{MINUS SIGN}") else words


def _signed(value: float) -> str:
    """A value with its sign, also if it is positive."""
    return f"+{format_real(value, 3)}" if value > 0 else format_real(value, 3)
