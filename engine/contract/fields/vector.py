"""A few real numbers that belong together and have names, such as a gate's w1, w2, b."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import Ranged, change_of, joined
from engine.contract.fields.real import check_real
from engine.contract.text.numerals import format_real
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, untranslated


@dataclass(frozen=True, kw_only=True)
class Vector(Ranged):
    """A tuple of finite reals, one per name in ``components``, each from ``minimum`` to ``maximum``."""

    kind: ClassVar[str] = "vector"

    first: ClassVar[int] = 0

    components: tuple[str, ...]
    step: float

    def check(self, value: object) -> tuple[float, ...]:
        if not isinstance(value, (list, tuple)) or len(value) != len(self.components):
            raise Refused(
                Text("“{value}” is not a list of {count} numbers ({names}).")(
                    value=shortened(value), count=len(self.components), names=", ".join(self.components)
                )
            )
        return tuple(check_real(part, self.minimum, self.maximum) for part in value)

    def example(self) -> str:
        return "[" + ", ".join(["0.5"] * len(self.components)) + "]"

    def spell(self, value: tuple[float, ...]) -> Text:
        return untranslated("(" + ", ".join(format_real(part) for part in value) + ")")

    def spell_change(self, before: tuple[float, ...], after: tuple[float, ...]) -> Text:
        changes = joined(
            [
                change_of(name, format_real(old), format_real(new))
                for name, old, new in zip(self.components, before, after, strict=True)
                if old != new
            ]
        )
        return Text("{label}: {changes}")(label=self.label, changes=changes)

    def describe(self) -> dict[str, object]:
        return {"components": list(self.components), **super().describe()}
