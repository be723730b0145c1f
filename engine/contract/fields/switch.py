"""On or off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import Field
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, untranslated

_SPELLINGS = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


@dataclass(frozen=True, kw_only=True)
class Switch(Field):
    """True or false; the command line also takes on/off, yes/no and 1/0."""

    kind: ClassVar[str] = "switch"

    def check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise Refused(_refusal(value))
        return value

    def parse(self, text: str) -> bool:
        try:
            return _SPELLINGS[text.strip().lower()]
        except KeyError:
            raise Refused(_refusal(text)) from None

    def spell(self, value: bool) -> Text:
        return Text("on") if value else Text("off")

    def describe(self) -> dict[str, object]:
        return {"choices": [False, True]}

    def allowed(self) -> Text:
        return untranslated("true, false")


def _refusal(value: object) -> Text:
    return Text("“{value}” is not one of true, false.")(value=shortened(value))
