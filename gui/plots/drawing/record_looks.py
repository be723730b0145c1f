"""The looks of what is drawn by name, which are those of its record in the registry, the same wherever it is drawn."""

from __future__ import annotations

from types import MappingProxyType

from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.optimizer_registry import OPTIMIZERS

OPTIMIZER_LOOKS = MappingProxyType({id: one.look for id, one in OPTIMIZERS.items()})
"""The looks of the optimizers by their ids."""


ACTIVATION_LOOKS = MappingProxyType({id: one.look for id, one in ACTIVATIONS.items()})
"""The looks of the activation functions by their ids."""
