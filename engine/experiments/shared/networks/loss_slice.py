"""A slice through the loss of a network in training: its parameter field, its computation, and texts."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.contract.api import Probe, Progress, Text, format_real, percent, quantity, switch, untranslated
from engine.contract.table import Table, table_of
from engine.nn.loss_slice import draw_direction, filter_normalized, slice_loss
from engine.nn.network import Network

STEPS = np.linspace(-1.0, 1.0, 51)
"""The values of α, the distance from the network along the direction; a direction's length is that of the weights."""
_HERE = len(STEPS) // 2
PARTS = ("slice_loss", "slice_accuracy")
"""The names of the plots that show the slice."""

_TAKING = Text("Taking a slice through the loss")
_SAYS = Text(
    "{said} Slice at update {update:,}, on {digits:,} training digits: {here:.3f} here, lowest {lowest:.3f} at"
    " α = {at}."
)
_AT = Text("slice at update {update:,}, α = {at}: loss {loss}, {right} of {digits:,} training digits right")


def slice_switch() -> Any:
    """The parameter field that turns slices on and off; it does not affect the training."""
    return switch(
        False,
        Text("Slice of the loss"),
        Text("The loss along one random direction of all weights, through the network as it is."),
        effect="live",
        more=True,
        beside=True,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class LossSlice:
    """Loss and accuracy on ``digits`` training digits at the points w + α·d, where w are the weights after ``update``
    updates and d is a direction.

    ``steps`` (51,) are the values of α from −1 to 1; the network itself is at 0. ``here`` is the loss at 0, ``lowest``
    the smallest loss of the slice, and ``lowest_at`` its α.
    """

    update: int
    digits: int
    steps: np.ndarray  # (51,)
    losses: np.ndarray  # (51,)
    accuracies: np.ndarray = quantity(share=True)  # (51,)
    here: float = 0.0
    lowest: float = 0.0
    lowest_at: float = 0.0


class LossSlices:
    """Computes slices of the loss through one network, always along the same random direction.

    The direction is drawn at the first slice and rescaled to the weights for each one. The loss is that on ``x`` (N, …)
    with labels ``t`` (N,), computed ``rows`` samples at a time.
    """

    def __init__(
        self, network: Network, x: np.ndarray, t: np.ndarray, random: np.random.Generator, rows: int = 1000
    ) -> None:
        self._network, self._x, self._t, self._rows = network, x, t, rows
        self._random, self._drawn = random, dict[str, np.ndarray]()
        self.newest: LossSlice | None = None

    def take(self, update: int) -> Generator[Progress, None, None]:
        """Compute the slice through the network after ``update`` updates and store it in ``newest``; yields its
        progress.
        """
        self._drawn = self._drawn or draw_direction(self._network.params, self._random)
        direction = filter_normalized(self._drawn, self._network.params)
        taking = slice_loss(self._network, self._x, self._t, direction, STEPS, self._rows)
        while True:
            try:
                done = next(taking)
            except StopIteration as found:
                losses, accuracies = found.value
                break
            yield Progress(_TAKING, done / len(STEPS))
        lowest = int(np.argmin(losses))
        arrays = {"steps": STEPS.copy(), "losses": losses, "accuracies": accuracies}
        for array in arrays.values():
            # A frame copies what might still change, and many frames have the same slice.
            array.setflags(write=False)
        self.newest = LossSlice(
            update=update,
            digits=len(self._t),
            here=float(losses[_HERE]),
            lowest=float(losses[lowest]),
            lowest_at=float(STEPS[lowest]),
            **arrays,
        )


def with_slice(said: Text, slice: LossSlice | None) -> Text:
    """Append the slice's lowest loss and its place to a headline, if there is a slice."""
    if slice is None:
        return said
    at = format_real(slice.lowest_at, 2)
    values = {"update": slice.update, "digits": slice.digits, "here": slice.here, "lowest": slice.lowest}
    # The loss of the headline is that of the newest batches, each before its update.
    return _SAYS(said=said, at=at, **values)


def slice_table(slice: LossSlice | None) -> tuple[Table, ...]:
    """The table of the slice: α, loss and accuracy. No table without a slice."""
    if slice is None:
        return ()
    table = table_of(
        "slice",
        Text("slice through the loss at update {update:,}")(update=slice.update),
        alpha=(slice.steps, untranslated("α")),
        loss=(slice.losses, Text("loss")),
        accuracy=(slice.accuracies, Text("accuracy")),
    )
    return (table,)


def slice_probe(slice: LossSlice | None, part: str, x: float) -> Probe | None:
    """The tooltip at α = x on the slice's curve; None without a slice, or if ``part`` is the name of another plot."""
    if slice is None or part not in PARTS:
        return None
    place = int(np.argmin(np.abs(slice.steps - x)))
    values = {"at": format_real(float(slice.steps[place]), 2), "loss": format_real(float(slice.losses[place]), 3)}
    right = percent(float(slice.accuracies[place]), 1)
    return Probe(_AT(update=slice.update, digits=slice.digits, right=right, **values))
