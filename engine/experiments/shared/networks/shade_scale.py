"""How the shades of many small pictures beside one another are scaled: each by itself, or all alike."""

from __future__ import annotations

from typing import Any

from engine.contract.api import Text, VisibleWhen, choice


def scale_choice(visible: VisibleWhen | None = None) -> Any:
    """Each by itself at first, since most of what was trained would be nearly white beside the largest."""
    return choice(
        "each",
        {"each": Text("each by itself"), "alike": Text("all alike", context="scale")},
        Text("Shades"),
        Text("Whether the strongest colour is the largest number of each picture, or of all together."),
        effect="view",
        visible=visible,
        more=True,
    )
