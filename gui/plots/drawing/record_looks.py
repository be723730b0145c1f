"""The curve styles of optimizers and activation functions, taken from their records in the registry."""

from __future__ import annotations

from types import MappingProxyType

from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.optimizer_registry import OPTIMIZERS

OPTIMIZER_LOOKS = MappingProxyType({id: one.look for id, one in OPTIMIZERS.items()})
"""The curve styles of the optimizers by their ids."""


ACTIVATION_LOOKS = MappingProxyType({id: one.look for id, one in ACTIVATIONS.items()})
"""The curve styles of the activation functions by their ids."""
