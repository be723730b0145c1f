"""Lets read-only mappings travel between the program's own two processes; Python by itself refuses to pickle them."""

from __future__ import annotations

import copyreg
from types import MappingProxyType


def _parts(mapping: MappingProxyType) -> tuple[object, ...]:
    return _read_only, (dict(mapping),)


def _read_only(values: dict[object, object]) -> MappingProxyType:
    return MappingProxyType(values)


copyreg.pickle(MappingProxyType, _parts)
