"""A measured value with its baseline and target."""

from __future__ import annotations

from dataclasses import dataclass

_COLUMNS = "{:<52} {:>12} {:>40} {:>7} {:>16}"


@dataclass(frozen=True)
class Options:
    """Options of a measurement: seconds of watching, repeats of each latency, closings and starts of the program;
    ``whole`` measures all experiments and the ends of all runs rather than one for each chapter and its opening, and
    ``minutes`` is how long one run is watched at full speed, 0 for not at all.
    """

    seconds: float
    repeats: int
    closings: int
    starts: int
    whole: bool = True
    minutes: float = 0.0


FULL = Options(seconds=5.0, repeats=100, closings=50, starts=9)
SHORT = Options(seconds=1.0, repeats=20, closings=3, starts=3, whole=False)


@dataclass(frozen=True)
class Measurement:
    """A ``value`` in ``unit``, compared with ``baseline``.

    ``target`` is a limit of the value, or with ``of_ratio`` of the ratio to the baseline; ``at_least`` makes it a lower
    limit. Without a target the value is only printed. ``note`` explains a target that is known to be missed, and where
    the limit lies.
    """

    name: str
    value: float
    unit: str
    baseline_name: str
    baseline: float
    target: float | None = None
    at_least: bool = False
    of_ratio: bool = False
    note: str = ""

    @property
    def ratio(self) -> float:
        """The value as a multiple of its baseline."""
        return self.value / self.baseline

    @property
    def is_met(self) -> bool:
        """Whether the target is met; True without one."""
        if self.target is None:
            return True
        judged = self.ratio if self.of_ratio else self.value
        return judged >= self.target if self.at_least else judged <= self.target


def heading() -> str:
    """The header line of the report."""
    return _COLUMNS.format("measured", "value", "baseline", "ratio", "target")


def row(measurement: Measurement) -> str:
    """A measurement as a line of the report; a missed target ends in an exclamation mark."""
    target = ""
    if measurement.target is not None:
        sign = "≥" if measurement.at_least else "≤"
        unit = "×" if measurement.of_ratio else f" {measurement.unit}"
        target = f"{sign} {measurement.target:g}{unit}{'' if measurement.is_met else ' !'}"
    line = _COLUMNS.format(
        measurement.name,
        f"{measurement.value:.4g} {measurement.unit}",
        f"{measurement.baseline_name}: {measurement.baseline:.4g} {measurement.unit}",
        f"{measurement.ratio:.2f}",
        target,
    )
    return f"{line}\n    {measurement.note}" if measurement.note and not measurement.is_met else line
