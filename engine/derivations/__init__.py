"""Derivations with gaps, a folder for each experiment and a module for each derivation.

``engine.derivations.layers.affine_gradients`` is shown in the experiment ``layers`` and has a ``DERIVATION`` with that
id. The module computes, ``resources/derivations/<language>/<id>.md`` has the words (``reading``), ``checking`` holds
what a learner types against what is computed.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from engine.derivations.derivation import Derivation


@cache
def derivations_of(experiment_id: str) -> tuple[Derivation, ...]:
    """The derivations of an experiment, in their order; none where it has no folder here."""
    found = [importlib.import_module(name).DERIVATION for name in _names() if name.split(".")[-2] == experiment_id]
    return tuple(sorted(found, key=lambda one: one.order))


def ids_of(experiment_id: str) -> tuple[str, ...]:
    """The ids of an experiment's derivations, without importing them."""
    return tuple(name.rpartition(".")[2] for name in _names() if name.split(".")[-2] == experiment_id)


@cache
def all_derivations() -> tuple[tuple[str, Derivation], ...]:
    """Every derivation behind the id of its experiment, by the experiments' order in the book."""
    from engine.contract.catalogue import entries

    return tuple((entry.id, one) for entry in entries() for one in derivations_of(entry.id))


@cache
def _names() -> tuple[str, ...]:
    """The modules of the derivations, without importing any of them."""
    return tuple(
        f"{__name__}.{folder.name}.{module.name}"
        for folder in pkgutil.iter_modules(__path__)
        if folder.ispkg
        for module in pkgutil.iter_modules([f"{__path__[0]}/{folder.name}"])
    )
