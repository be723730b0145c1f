"""For what is only sometimes there, such as a frame's field that one view has and another has not."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def required(value: T | None) -> T:
    """The value, where it is known to be there; ValueError where it is None."""
    if value is None:
        raise ValueError("there is no value here")
    return value
