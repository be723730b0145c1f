"""Lets read-only mappings travel between the program's own two processes; Python by itself refuses to pickle them."""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

_ReadOnly = MappingProxyType[Any, Any]


def _parts(mapping: _ReadOnly) -> tuple[Callable[..., _ReadOnly], tuple[dict[Any, Any]]]:
    return _read_only, (dict(mapping),)


def _read_only(values: dict[Any, Any]) -> _ReadOnly:
    return MappingProxyType(values)


copyreg.pickle(MappingProxyType, _parts)
